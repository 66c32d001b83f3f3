/** The keys of the user's Registry type as definitions: partials, and originators and a service where it groups them. */
import { diagnostic } from "../../compiler/diagnostics.js";
import { namePattern } from "../../compiler/keywords.js";
import { camelCase } from "../../compiler/names.js";
import type { Symbol as TypeSymbol, Type } from "../ts-morph.js";
import { docsOf, type Docs } from "./docs.js";
import { objectEntries, typeDeclarations } from "./objects.js";
import { partsOf } from "./parts.js";
import { leftOut, typeText, type Reader, type Spot } from "./reader.js";
import { untypedReasons } from "./schema.js";
import { withSharedTypes } from "./share.js";
import { entry, type YamlMap } from "./yaml-tree.js";

export interface ImportedDefinition {
  readonly kind: "partial" | "originator" | "service";
  readonly name: string;
  readonly root: YamlMap;
}

/** Keys that group definitions, as the Registry type that `wevt generate` writes does. */
const groups: { readonly [key: string]: ImportedDefinition["kind"] } = { partials: "partial", originators: "originator", services: "service" };

const validName = new RegExp(namePattern);

const noProperties = { why: "it has no properties, so there are no partials", cure: "name a type whose properties are partials: `interface Registry { user: User }`" };

/** Texts, numbers and lists have properties in TypeScript, too. */
function isObject(type: Type): boolean {
  return (type.isObject() || type.isIntersection()) && !type.isArray() && !type.isReadonlyArray() && !type.isTuple();
}

export function definitionsOf(reader: Reader, registry: Type, spot: Spot): readonly ImportedDefinition[] {
  const symbols = registry.getProperties();
  if (registry.isUnion()) return leftOut(reader, { ...spot, path: typeText(registry, spot.node) }, { why: "it is a union, and partials are the properties of one type", cure: `write \`interface Registry { ${registry.getUnionTypes().slice(0, 3).map((one) => memberOf(one, spot)).join("; ")} }\`` }) ?? [];
  if (!isObject(registry)) return leftOut(reader, { ...spot, path: typeText(registry, spot.node) }, { ...noProperties, why: "it is no object, and partials are the properties of one" }) ?? [];
  if (registry.getStringIndexType() !== undefined) leftOut(reader, { ...spot, path: "*" }, { why: "keys that the type does not name are no partials", cure: "name each partial" });
  if (symbols.length === 0) return leftOut(reader, { ...spot, path: typeText(registry, spot.node) }, noProperties) ?? [];
  if (!symbols.some((one) => one.getName() === "partials")) return symbols.flatMap((symbol) => definitionOf(reader, { symbol, kind: "partial" }, spot) ?? []);
  return symbols.flatMap((symbol) => {
    const kind = groups[symbol.getName()];
    if (kind === undefined) return leftOut(reader, spotOf(symbol, spot), { why: "beside `partials`, only `originators` and `services` hold definitions", cure: "move it below `partials`" }) ?? [];
    return symbol.getTypeAtLocation(spot.node).getProperties().flatMap((one) => definitionOf(reader, { symbol: one, kind }, spot) ?? []);
  });
}

/** `pageViewed: PageViewed`. */
function memberOf(type: Type, { node }: Spot): string {
  const text = typeText(type, node);
  return /^\w+$/.test(text) ? `${camelCase(text)}: ${text}` : `name: ${text}`;
}

function spotOf(symbol: TypeSymbol, { node, open }: Spot): Spot {
  return { path: symbol.getName(), node: symbol.getDeclarations()[0] ?? node, open };
}

interface Named {
  readonly symbol: TypeSymbol;
  readonly kind: ImportedDefinition["kind"];
}

function definitionOf(reader: Reader, { symbol, kind }: Named, outer: Spot): ImportedDefinition | undefined {
  const name = symbol.getName();
  const spot = spotOf(symbol, outer);
  if (!validName.test(name)) return badName(reader, spot, { name, kind });
  const whole = symbol.getTypeAtLocation(outer.node);
  const { type, repeatable } = elementOf(whole);
  const { objects, ...others } = partsOf(type, spot);
  if (others.untyped === "error") return leftOut(reader, spot, untypedReasons.error);
  const [object] = objects;
  const plain = others.literals.length + others.scalars.size + others.patterns.length + others.arrays.length + others.refused.length === 0 && others.untyped === undefined;
  if (object === undefined || objects.length > 1 || !plain) return notAnObject(reader, spot, { whole, kind, several: objects.length > 1 });
  if (hasNull(whole)) {
    reader.report(diagnostic("IMPORT_NARROWER", { path: name, type: typeText(whole, spot.node), written: "a record has a partial or has it not; it is never null" }, { at: reader.spanOf(spot.node) }));
  }
  const docs = docsOf([...symbol.getDeclarations(), ...typeDeclarations(type)]);
  const { entries } = objectEntries(reader, object, { ...spot, open: [...spot.open, object] });
  const root: YamlMap = { kind: "map", entries: [entry(kind, name), ...words(docs), ...(repeatable ? [entry("repeatable", true)] : []), ...entries], comments: docs.comments, at: reader.spanOf(spot.node) };
  return { kind, name, root: withSharedTypes(root) };
}

/** Of a definition a tag states what holds for all of it. */
const ofDefinitions: ReadonlySet<string> = new Set(["title", "sensitivity", "owner", "stability", "since", "note", "deprecated", "deprecation", "links"]);

function words(docs: Docs): YamlMap["entries"] {
  return [...docs.texts, ...docs.metadata.filter(({ key }) => ofDefinitions.has(key))];
}

/** A list of objects is a repeatable partial. */
function elementOf(whole: Type): { readonly type: Type; readonly repeatable: boolean } {
  const bare = whole.getNonNullableType();
  const element = bare.isArray() || bare.isReadonlyArray() ? (bare.getArrayElementType() ?? bare.getNumberIndexType()) : undefined;
  return element === undefined ? { type: whole, repeatable: false } : { type: element, repeatable: true };
}

function hasNull(type: Type): boolean {
  return type.isUnion() && type.getUnionTypes().some((one) => one.isNull());
}

function notAnObject(reader: Reader, spot: Spot, { whole, kind, several }: { readonly whole: Type; readonly kind: string; readonly several: boolean }): undefined {
  const cure = several ? `put the union into a property: \`${spot.path}: { detail: … }\`` : `wrap it into an object, \`${spot.path}: { value: … }\`, or name a type whose properties are partials with --type`;
  return leftOut(reader, spot, { why: `a ${kind} is an object with named fields, and this is ${typeText(whole, spot.node)}`, cure });
}

function badName(reader: Reader, spot: Spot, { name, kind }: { readonly name: string; readonly kind: string }): undefined {
  const better = camelCase(name).replace(/^[0-9]+/, "");
  const cure = better === "" ? "rename the key" : `rename the key to \`${better}\`, and with it what is on the record`;
  reader.report(diagnostic("IMPORT_NAME", { path: name, what: kind === "originator" ? "an originator" : `a ${kind}`, name, why: "it has to begin with a small letter, and go on with letters, digits and _", cure }, { at: reader.spanOf(spot.node) }));
}
