/** A type as the structure of a field: what JSON Schema says of it. What it cannot say is reported, and said in a wider form or left out. */
import { diagnostic } from "../../compiler/diagnostics.js";
import type { Json } from "../../compiler/source.js";
import type { Type } from "../ts-morph.js";
import { arrayEntries } from "./arrays.js";
import { docsOf } from "./docs.js";
import { objectEntries, nameOf } from "./objects.js";
import { partsOf, type Literal, type Parts, type Scalar } from "./parts.js";
import { leftOut, typeText, type Reader, type Reason, type Spot } from "./reader.js";
import { escapePattern } from "./template.js";
import { discriminatorOf, variantEntries } from "./variants.js";
import { entry, type YamlEntry, type YamlFlow } from "./yaml-tree.js";

export interface Structure {
  readonly entries: readonly YamlEntry[];
  /** For guesses: the only scalar that it may be, or a closed set of values. */
  readonly kind?: Scalar | "values";
  readonly comments: readonly string[];
  /** The name of the user's type that it is, where another field may be the same. */
  readonly named?: string;
}

/** Deeper types are taken for endless ones, and so are generic types that stand in themselves more often. */
const deepest = 24;
const mostNested = 3;

/** The structure of a type, or undefined where nothing of it can be recorded, which is reported. */
export function structureOf(reader: Reader, type: Type, spot: Spot): Structure | undefined {
  const parts = partsOf(type, spot);
  const [refused] = parts.refused;
  if (refused !== undefined) return refusedStructure(reader, { spot, parts, refused });
  if (parts.untyped !== undefined) return untyped(reader, spot, parts.untyped);
  const problem = jsonReason(parts, spot);
  if (problem !== undefined) return asJson(reader, spot, { type, ...problem });
  if (parts.literals.length + parts.scalars.size + parts.patterns.length + parts.arrays.length + parts.objects.length === 0) return parts.hasNull ? { entries: [entry("type", "null")], comments: [] } : leftOut(reader, spot, nothingLeft);
  if (parts.hasUndefined && spot.present === true) stricter(reader, { type, spot }, "undefined has no form in JSON: a key of a map is left out, an element of a list cannot be");
  // Variants know each other; each adds itself.
  const inner = { ...spot, open: [...spot.open, ...parts.arrays, ...(parts.objects.length === 1 ? parts.objects : [])] };
  return parts.arrays.length + parts.objects.length === 0 ? scalars(reader, parts, { type, spot }) : shaped(reader, parts, { type, spot: inner });
}

const nothingLeft: Reason = { why: "it is never present", cure: "remove it" };

interface Refusal {
  readonly spot: Spot;
  readonly parts: Parts;
  readonly refused: Reason;
}

/** A union with members that JSON can hold is kept for these. */
function refusedStructure(reader: Reader, { spot, parts, refused }: Refusal): Structure | undefined {
  const others = parts.literals.length + parts.scalars.size + parts.arrays.length + parts.objects.length;
  return others === 0 ? leftOut(reader, spot, refused) : asJson(reader, spot, refused);
}

function untyped(reader: Reader, spot: Spot, untypedBy: NonNullable<Parts["untyped"]>): Structure {
  const entries = [entry("kind", "json")];
  if (untypedBy === "unknown") return { entries, comments: [] };
  const { why, cure } = untypedReasons[untypedBy];
  return asJson(reader, spot, { why, cure });
}

/** Why nothing is known of a type. */
export const untypedReasons: { readonly [By in Exclude<NonNullable<Parts["untyped"]>, "unknown">]: Reason } = {
  any: { why: "its type is `any`", cure: "give it a type" },
  error: { why: "TypeScript does not find its type", cure: "mend the import, or install what it comes from; --project names the tsconfig.json that finds it" },
  parameter: { why: "its type is a parameter that nothing was given for", cure: "name a type with all its arguments: `type Registry = Events<User>`" },
  object: { why: "a type without members takes anything", cure: "name its properties, or write `Record<string, V>`" },
};

export function asJson(reader: Reader, { path, node }: Spot, { why, cure, type }: Reason & { readonly type?: Type }): Structure {
  reader.report(diagnostic("IMPORT_AS_JSON", { path, why, cure }, { at: reader.spanOf(node) }));
  return { entries: [entry("kind", "json")], comments: type === undefined ? [] : [`In TypeScript: ${typeText(type, node)}`] };
}

/** Why a union or an object has no schema of its own. */
function jsonReason({ arrays, objects }: Parts, { open }: Spot): Reason | undefined {
  if ([...arrays, ...objects].some((one) => holdsItself(one, open)) || open.length > deepest) return { why: "the type holds itself, and so would need columns without end", cure: "end it: name the levels that you query" };
  if (arrays.length > 1) return { why: "it is one of several kinds of arrays", cure: "write one array of a union, `(A | B)[]`, where that is meant" };
  if (objects.length < 2) return undefined;
  return discriminatorOf(objects) === undefined ? { why: "no property with a literal of its own tells its objects apart", cure: 'give each a required property of its own value, like `kind: "card"`' } : undefined;
}

function holdsItself(type: Type, open: readonly Type[]): boolean {
  const alias = type.getAliasSymbol() ?? type.getSymbol();
  const name = alias?.getName() ?? "__type";
  const own = name.startsWith("__") || type.isArray() || type.isReadonlyArray() || type.isTuple() ? undefined : alias?.compilerSymbol;
  return open.some((outer) => outer.compilerType === type.compilerType) || (own !== undefined && open.filter((outer) => (outer.getAliasSymbol() ?? outer.getSymbol())?.compilerSymbol === own).length > mostNested);
}

interface Asked {
  readonly type: Type;
  readonly spot: Spot;
}

function shaped(reader: Reader, parts: Parts, { type, spot }: Asked): Structure | undefined {
  const [array] = parts.arrays;
  const [object] = parts.objects;
  const beside = [...scalarTypes(parts), ...(parts.hasNull ? ["null"] : [])];
  if (parts.objects.length > 1) {
    const others = [...beside.filter((one) => one !== "null"), ...(array === undefined ? [] : ["an array"])];
    if (others.length > 0) return asJson(reader, spot, { type, why: `it is one of several objects or ${others.join(" or ")}`, cure: "give each form a property of its own" });
    const named = parts.hasNull ? undefined : nameOf(type.getNonNullableType());
    return { ...variantEntries(reader, parts.objects, { ...spot, nullable: parts.hasNull }), ...(named === undefined ? {} : { named }) };
  }
  const types = [...beside.filter((one) => one !== "null"), ...(array === undefined ? [] : ["array"]), ...(object === undefined ? [] : ["object"]), ...(parts.hasNull ? ["null"] : [])];
  const shapes = [array === undefined ? undefined : arrayEntries(reader, array, spot), object === undefined ? undefined : objectEntries(reader, object, spot)].filter((one) => one !== undefined);
  if (shapes.length === 0) return undefined;
  const named = types.length === 1 && object !== undefined ? nameOf(object) : undefined;
  if (shapes.some(({ any }) => any)) return { entries: [entry("kind", "json")], comments: shapes.flatMap(({ comments }) => comments) };
  const rules = scalarRules(reader, parts, { type, spot });
  return { entries: [entry("type", single(types)), ...rules, ...shapes.flatMap(({ entries }) => entries)], comments: shapes.flatMap(({ comments }) => comments), ...(named === undefined ? {} : { named }) };
}

function single(types: readonly string[]): Json {
  return types.length === 1 ? (types[0] ?? null) : types;
}

/** Text, numbers and truth values, and closed sets of them. */
function scalars(reader: Reader, parts: Parts, asked: Asked): Structure {
  const comments = parts.brands.map((brand) => `In TypeScript: ${brand}, a brand of its own`);
  if (parts.scalars.size + parts.patterns.length === 0) return { entries: valueEntries(parts), ...(parts.literals.length > 1 ? { kind: "values" } : {}), comments };
  const types = scalarTypes(parts);
  const [kind] = [...parts.scalars, ...(parts.patterns.length === 0 ? [] : ["string" as const])];
  const only = types.length === 1 && parts.literals.length === 0 && kind !== undefined ? { kind } : {};
  return { entries: [entry("type", single([...types, ...(parts.hasNull ? ["null"] : [])])), ...scalarRules(reader, parts, asked)], ...only, comments };
}

/** The types of the scalars, and of literals that stand beside others. */
function scalarTypes({ scalars: known, patterns, literals }: Parts): readonly string[] {
  const all = new Set([...[...known].map((one) => schemaTypes[one]), ...(patterns.length === 0 ? [] : ["string"]), ...literals.map(({ value }) => typeof value)]);
  return ["boolean", "number", "string"].filter((one) => all.has(one));
}

const schemaTypes: { readonly [S in Scalar]: string } = { string: "string", number: "number", boolean: "boolean", int64: "string", date: "string" };

/** What holds for the text of a field that may have several types. */
function scalarRules(reader: Reader, parts: Parts, { type, spot }: Asked): readonly YamlEntry[] {
  const { scalars: known, literals, patterns, open } = parts;
  const texts = literals.map(({ value }) => value).filter((value) => typeof value === "string");
  if (open && literals.length > 0) return [{ key: "knownValues", value: listOf(literals) }];
  const whole: ReadonlySet<string> = new Set([...known, ...(patterns.length === 0 ? [] : ["string"])]);
  if (parts.narrow || literals.some(({ value }) => !whole.has(typeof value))) widened(reader, parts, { type, spot });
  const forms = [...(known.has("date") ? ["date-time"] : []), ...(known.has("int64") ? ["int64"] : [])];
  const [form] = forms;
  if (form !== undefined) {
    if (forms.length + texts.length + patterns.length > 1 || known.has("string")) stricter(reader, { type, spot }, `its text has to be ${form === "int64" ? "a whole number" : "a date-time"}`);
    return [entry("format", form)];
  }
  if (known.has("string")) return [];
  const all = [...texts.map((text) => `^${escapePattern(text)}$`), ...patterns];
  return all.length === 0 ? [] : [entry("pattern", all.join("|"))];
}

function widened(reader: Reader, parts: Parts, { type, spot: { path, node } }: Asked): void {
  const written = parts.narrow ? "any whole number is taken" : `single values stand beside a whole type, so it is ${scalarTypes(parts).join(" or ")}`;
  reader.report(diagnostic("IMPORT_WIDER", { path, type: typeText(type, node), written }, { at: reader.spanOf(node) }));
}

function stricter(reader: Reader, { type, spot: { path, node } }: Asked, written: string): void {
  reader.report(diagnostic("IMPORT_NARROWER", { path, type: typeText(type, node), written }, { at: reader.spanOf(node) }));
}

/** `const`, `enum`, or `oneOf` where the members of an enum have texts. */
function valueEntries({ literals, hasNull }: Parts): readonly YamlEntry[] {
  const all: readonly Literal[] = hasNull ? [...literals, { value: null }] : literals;
  const [only] = all;
  if (all.length === 1 && only !== undefined) return [entry("const", only.value)];
  const listed = listOf(all);
  return listed.kind === "list" ? [{ key: "oneOf", value: listed }] : [{ key: "enum", value: listed }];
}

/** Plain values; `{ const, description }` where one of them is explained. */
function listOf(literals: readonly Literal[]): YamlFlow | { readonly kind: "list"; readonly items: readonly YamlFlow[] } {
  const described = literals.map((one): { readonly [key: string]: Json } => ({ const: one.value, ...memberWords(one) }));
  if (described.every((one) => Object.keys(one).length === 1)) return { kind: "flow", value: literals.map(({ value }) => value) };
  return { kind: "list", items: described.map((value) => ({ kind: "flow", value })) };
}

function memberWords({ member, comment }: Literal): { readonly [key: string]: Json } {
  if (member === undefined) return comment === undefined ? {} : { description: comment };
  const { texts, metadata } = docsOf([member]);
  const words = texts.flatMap(({ value }) => (value.kind === "flow" && typeof value.value === "string" ? [value.value] : []));
  const old = metadata.find(({ key }) => key === "deprecated" || key === "deprecation");
  return { ...(words.length === 0 ? {} : { description: words.join(" ").replace(/\s*\n\s*/g, " ") }), ...(old === undefined ? {} : { deprecated: true }) };
}
