/** Unions of objects that one property with a literal tells apart: `oneOf` with a discriminator. */
import type { Type } from "../ts-morph.js";
import type { Shape } from "./arrays.js";
import { docsOf } from "./docs.js";
import { nameOf, objectEntries, typeDeclarations } from "./objects.js";
import type { Reader, Spot } from "./reader.js";
import { entry, type YamlEntry, type YamlMap, type YamlNode } from "./yaml-tree.js";

/** The first property of the first object that is required in every one, with a literal of its own. */
export function discriminatorOf(objects: readonly Type[]): string | undefined {
  return objects[0]?.getProperties().map((one) => one.getName()).find((name) => {
    const values = objects.map((object) => literalOf(object, name));
    return values.every((value) => value !== undefined) && new Set(values).size === values.length;
  });
}

function literalOf(object: Type, name: string): string | undefined {
  const symbol = object.getProperty(name);
  const node = symbol?.getDeclarations()[0];
  if (symbol === undefined || node === undefined || symbol.isOptional()) return undefined;
  const type = symbol.getTypeAtLocation(node);
  if (type.isBooleanLiteral()) return type.getText();
  return type.isStringLiteral() || type.isNumberLiteral() || type.isEnumLiteral() ? JSON.stringify(type.getLiteralValue()) : undefined;
}

const nothing: YamlNode = { kind: "map", entries: [entry("type", "null")], comments: [] };

export function variantEntries(reader: Reader, objects: readonly Type[], spot: Spot & { readonly nullable: boolean }): Shape {
  const items = objects.map((object): YamlMap => {
    const at = typeDeclarations(object)[0] ?? spot.node;
    const { entries, comments } = objectEntries(reader, object, { ...spot, open: [...spot.open, object] });
    const words: readonly YamlEntry[] = docsOf(typeDeclarations(object)).texts;
    const map: YamlMap = { kind: "map", entries: [entry("type", "object"), ...words, ...entries], comments, at: reader.spanOf(at) };
    const name = nameOf(object);
    return name === undefined ? map : { ...map, named: { name, schema: map, beside: { entries: [], comments: [] } } };
  });
  return { entries: [{ key: "oneOf", value: { kind: "list", items: [...items, ...(spot.nullable ? [nothing] : [])] } }], comments: [] };
}
