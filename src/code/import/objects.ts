/** Objects: properties, index signatures, and what of a class or an interface is no data. */
import { diagnostic } from "../../compiler/diagnostics.js";
import { propertyNamePattern } from "../../compiler/keywords.js";
import { Node, ts, type Symbol as TypeSymbol, type Type } from "../ts-morph.js";
import type { Shape } from "./arrays.js";
import { isOwn } from "./built-ins.js";
import { docsOf, withTypeDocs } from "./docs.js";
import { fieldMap } from "./fields.js";
import { indexEntries } from "./indexes.js";
import { propertyComment } from "./line-comments.js";
import { leftOut, type Reader, type Spot } from "./reader.js";
import { structureOf } from "./schema.js";
import { valuesOf } from "./values.js";
import { entry, type YamlMap } from "./yaml-tree.js";

const validName = new RegExp(propertyNamePattern);

/** `required`, `properties` and what holds for other keys. */
export function objectEntries(reader: Reader, type: Type, spot: Spot): Shape {
  const fields = type.getProperties().flatMap((symbol) => propertyOf(reader, symbol, spot) ?? []);
  const others = indexEntries(reader, type, spot);
  const required = fields.filter((field) => field.required).map((field) => field.name);
  const properties: YamlMap = { kind: "map", entries: fields.map(({ name, map }) => ({ key: name, value: map })), comments: [] };
  const entries = [
    ...(required.length === 0 ? [] : [entry("required", required)]),
    ...(fields.length === 0 ? [] : [{ key: "properties", value: properties }]),
    ...others,
    ...(fields.length + others.length > 0 ? [] : [entry("additionalProperties", false)]),
  ];
  return { entries, comments: [] };
}

interface Property {
  readonly name: string;
  readonly required: boolean;
  readonly map: YamlMap;
}

function propertyOf(reader: Reader, symbol: TypeSymbol, outer: Spot): Property | undefined {
  const name = symbol.getName();
  const declarations = symbol.getDeclarations();
  const node = declarations[0] ?? outer.node;
  const spot: Spot = { ...outer, path: `${outer.path}.${name}`, node, present: false };
  if (name.startsWith("#") || declarations.some(isHidden)) return undefined;
  if (isSymbolKey(symbol)) return leftOut(reader, { ...spot, path: `${outer.path}.[symbol]` }, { why: "a key that is a symbol is not written", cure: "use a text as key" });
  if (!validName.test(name) || name === "__proto__") return badName(reader, spot, name);
  reader.countField(spot.path);
  const type = symbol.getTypeAtLocation(outer.node);
  const structure = structureOf(reader, type, spot);
  if (structure === undefined) return undefined;
  const own = docsOf(declarations);
  const comment = own.texts.length === 0 ? propertyComment(node) : undefined;
  const ofType = docsOf([...referenced(node), ...typeDeclarations(type)]);
  const docs = withTypeDocs(own, ofType);
  const { entries, comments } = valuesOf(reader, { docs, structure, spot });
  const values = { entries, comments: [...(comment === undefined ? [] : [`brief: ${comment}`]), ...comments] };
  const map = fieldMap(structure, { name, docs, own, ofType, values }, reader.spanOf(node));
  return { name, required: !symbol.isOptional() && !takesUndefined(type), map };
}

/** Where the type of a property is declared: its docs stand in for those that the property has not. */
export function typeDeclarations(type: Type): readonly Node[] {
  const bare = type.getNonNullableType();
  const symbols = [bare.getAliasSymbol(), bare.isUnion() && !bare.isEnum() ? undefined : bare.getSymbol()].filter((one) => one !== undefined);
  return symbols.flatMap((one) => one.getDeclarations()).filter(isOwn);
}

/** The declarations of an alias that the type checker sees through: `type Celsius = number`. */
function referenced(node: Node): readonly Node[] {
  const typeNode = Node.isTyped(node) ? node.getTypeNode() : undefined;
  if (!Node.isTypeReference(typeNode)) return [];
  const symbol = typeNode.getTypeName().getSymbol();
  return ((symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? []).filter((one) => Node.isTypeAliasDeclaration(one) && isOwn(one));
}

/** The name of a type of the user's own, without arguments. */
export function nameOf(type: Type): string | undefined {
  const alias = type.getAliasSymbol();
  if (type.getAliasTypeArguments().length + type.getTypeArguments().length > 0) return undefined;
  const symbol = alias ?? type.getSymbol();
  const name = symbol?.getName();
  return name === undefined || name.startsWith("__") || !symbol?.getDeclarations().some(isOwn) ? undefined : name;
}

function takesUndefined(type: Type): boolean {
  return type.isUndefined() || type.isVoid() || (type.isUnion() && type.getUnionTypes().some((one) => one.isUndefined() || one.isVoid()));
}

function isHidden(node: Node): boolean {
  return Node.isModifierable(node) && (node.hasModifier(ts.SyntaxKind.PrivateKeyword) || node.hasModifier(ts.SyntaxKind.ProtectedKeyword));
}

function isSymbolKey(symbol: TypeSymbol): boolean {
  return String(symbol.compilerSymbol.escapedName).startsWith("__@");
}

function badName(reader: Reader, { path, node }: Spot, name: string): undefined {
  const words = name.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  const better = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("").replace(/^(?=[0-9])/, "_");
  const why = name === "__proto__" ? "assignments to it change an object instead of its fields" : name.includes(".") ? "a dot parts the names of a path" : "it has to begin with a letter, and go on with letters, digits, _ and -";
  const cure = name.includes(".") ? `nest it (\`${name.split(".").join(": { ")}: …${" }".repeat(name.split(".").length - 1)}\`), or rename it where it is written` : better === "" ? "rename it where it is written" : `rename it where it is written, for example to \`${better}\``;
  reader.report(diagnostic("IMPORT_NAME", { path, what: "a property", name, why, cure }, { at: reader.spanOf(node) }));
}
