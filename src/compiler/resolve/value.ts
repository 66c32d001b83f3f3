/** A schema node as a Value: types, closed value sets, constraints, shapes. */
import { diagnostic } from "../diagnostics.js";
import type { ArrayShape, EnumValue, Field, Format, NumberRules, StringRules, TypeName, Value } from "../registry.js";
import { entryOf, originOf, toJson, type Json, type MapNode, type SourceNode, type Span } from "../source.js";
import { isNullType, jsonAt, listAt, nodeAt, numberAt, textAt, textsAt, type Keywords } from "./keywords-of.js";
import { enumValueOf, inheritedBelow, metaOf } from "./meta.js";
import { objectShape } from "./object.js";
import { expand, headOf, type Expanded } from "./reference.js";
import type { Place, Scope } from "./scope.js";
import { variantsOf } from "./variants.js";

export interface FieldSpot {
  readonly name: string;
  readonly path: string;
  readonly pointer: string;
  readonly required: boolean;
  /** Where the field is named; its schema's place when it has no name. */
  readonly at: Span;
}

/** Resolves one field; undefined after a mistake, which is reported. */
export function resolveField(scope: Scope, parent: Place, spot: FieldSpot, node: SourceNode): Field | undefined {
  const expanded = expand(scope, { ...parent, path: spot.path, pointer: spot.pointer }, node);
  if (expanded === undefined) return undefined;
  const { keywords, place } = expanded;
  const inherited = inheritedBelow(place.inherited, keywords);
  const below = inherited === place.inherited ? place : { ...place, inherited };
  const value = resolveValue(scope, { ...expanded, place: below }, spot);
  if (value === undefined) return undefined;
  const { path, name, pointer, required } = spot;
  const from = place.from ?? parent.from;
  return {
    name,
    path,
    pointer,
    required,
    value,
    meta: metaOf(keywords, below.inherited, value),
    ...(from === undefined ? {} : { from }),
    origin: originOf(spot.at.source, spot.at.start),
  };
}

/** Resolves the value of an expanded node whose place already inherits from it. */
export function resolveValue(scope: Scope, expanded: Expanded, spot: { readonly path: string; readonly at: Span }): Value | undefined {
  const { keywords, place } = expanded;
  const values = closedValues(keywords);
  const variants = values === undefined && listAt(keywords, "oneOf") !== undefined;
  const types = typesOf(keywords, values, variants);
  if (types === undefined) {
    scope.report(diagnostic("MISSING_TYPE", { path: spot.path }, { at: headOf(spot.at) }));
    return undefined;
  }
  if (variants) {
    const found = variantsOf(scope, expanded, spot);
    return found === undefined ? undefined : { types, variants: found };
  }
  const hasObject = has(types, "object");
  const shaped = objectKeywords.some((keyword) => keywords.has(keyword));
  if (hasObject && !shaped && types !== "any" && values === undefined && textAt(keywords, "kind") !== "json") {
    scope.report(diagnostic("UNSHAPED_OBJECT", { path: spot.path }, { at: keywords.get("type")?.keySpan ?? headOf(spot.at) }));
    return undefined;
  }
  const number = numberRules(keywords);
  const string = stringRules(keywords);
  const array = has(types, "array") ? arrayShape(scope, place, keywords) : undefined;
  return {
    types,
    ...(values === undefined ? {} : { values }),
    ...(number === undefined ? {} : { number }),
    ...(string === undefined ? {} : { string }),
    ...(array === undefined ? {} : { array }),
    ...(hasObject && shaped ? { object: objectShape(scope, place, keywords) } : {}),
  };
}

const objectKeywords = [
  "properties", "additionalProperties", "patternProperties", "propertyNames", "allOf", "minProperties", "maxProperties", "required",
  "dependentRequired", "dependencies",
];
const typeOrder: readonly TypeName[] = ["null", "boolean", "integer", "number", "string", "array", "object"];

function has(types: readonly TypeName[] | "any", type: TypeName): boolean {
  return types === "any" || types.includes(type);
}

function typesOf(keywords: Keywords, values: readonly EnumValue[] | undefined, variants: boolean): Value["types"] | undefined {
  const said = textAt(keywords, "type") === undefined ? textsAt(keywords, "type") : [textAt(keywords, "type") ?? ""];
  if (said.length > 0) return typeOrder.filter((type) => said.includes(type));
  if (values !== undefined) return typeOrder.filter((type) => values.some((one) => typeOfJson(one.value) === type));
  if (variants) return listAt(keywords, "oneOf")?.some(isNullType) === true ? ["null", "object"] : ["object"];
  if (keywords.has("allOf")) return ["object"];
  return textAt(keywords, "kind") === "json" ? "any" : undefined;
}

/** The JSON Schema type of a value; whole numbers are integers. */
export function typeOfJson(value: Json): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "boolean" || typeof value === "string" ? typeof value as "boolean" | "string" : "object";
}

/** The values of `const`, `enum` or a `oneOf` of consts. */
function closedValues(keywords: Keywords): readonly EnumValue[] | undefined {
  const constant = nodeAt(keywords, "const");
  const listed = listAt(keywords, "enum")?.map((node): EnumValue => ({ value: toJson(node) }));
  if (constant !== undefined) return intersect([{ value: toJson(constant) }], listed);
  if (listed !== undefined) return listed;
  const cases = listAt(keywords, "oneOf");
  if (cases === undefined || !cases.every(isConstant)) return undefined;
  return cases.map((node) => (isNullType(node) ? { value: null } : enumValueOf(node)));
}

function intersect(left: readonly EnumValue[], right: readonly EnumValue[] | undefined): readonly EnumValue[] {
  if (right === undefined) return left;
  const keys = new Set(right.map((one) => JSON.stringify(one.value)));
  return left.filter((one) => keys.has(JSON.stringify(one.value)));
}

function isConstant(node: SourceNode): node is MapNode {
  return node.kind === "map" && (entryOf(node, "const") !== undefined || isNullType(node));
}

function numberRules(keywords: Keywords): NumberRules | undefined {
  return collect(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const, (keyword) => numberAt(keywords, keyword));
}

function stringRules(keywords: Keywords): StringRules | undefined {
  const lengths = collect(["minLength", "maxLength"] as const, (keyword) => numberAt(keywords, keyword));
  const pattern = textAt(keywords, "pattern");
  const format = textAt(keywords, "format");
  if (lengths === undefined && pattern === undefined && format === undefined) return undefined;
  return { ...lengths, ...(pattern === undefined ? {} : { pattern }), ...(format === undefined ? {} : { format: format as Format }) };
}

/** Those of the keywords that are there, or undefined when none is. */
export function collect<K extends string, V>(names: readonly K[], read: (name: K) => V | undefined): { [N in K]?: V } | undefined {
  const found: { [N in K]?: V } = {};
  let any = false;
  for (const name of names) {
    const value = read(name);
    if (value === undefined) continue;
    found[name] = value;
    any = true;
  }
  return any ? found : undefined;
}

/** `prefixItems` with `items` (2020-12), or `items` as a list with `additionalItems` (draft-07). */
function arrayShape(scope: Scope, place: Place, keywords: Keywords): ArrayShape | undefined {
  const counts = collect(["minItems", "maxItems"] as const, (keyword) => numberAt(keywords, keyword));
  const unique = jsonAt(keywords, "uniqueItems") === true;
  const draft7 = listAt(keywords, "items") !== undefined;
  const prefixKey = draft7 ? "items" : "prefixItems";
  const restKey = draft7 ? "additionalItems" : "items";
  const leading = (listAt(keywords, prefixKey) ?? []).map((node, index) => {
    const name = { name: `[${index}]`, key: `${prefixKey}/${index}` };
    const field = element(scope, place, name, node);
    return field === true ? anyField(place, name, node) : field;
  });
  const prefix = leading.filter((field) => field !== false);
  const rest = nodeAt(keywords, restKey);
  const end = leading.indexOf(false);
  const items = end >= 0 ? false : rest === undefined ? true : element(scope, place, { name: "[]", key: restKey }, rest);
  if (counts === undefined && !unique && leading.length === 0 && rest === undefined) return undefined;
  return { prefix: end >= 0 ? prefix.slice(0, end) : prefix, items, ...counts, ...(unique ? { uniqueItems: true } : {}) };
}

export interface ElementName {
  readonly name: string;
  /** Pointer below the parent. */
  readonly key: string;
}

/** A schema without a name of its own: elements, map values. `true` and `false` stand for themselves. */
export function element(scope: Scope, place: Place, { name, key }: ElementName, node: SourceNode): Field | boolean {
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  const path = name.startsWith("[") ? `${place.path}${name}` : `${place.path}.${name}`;
  return resolveField(scope, place, { name, path, pointer: `${place.pointer}/${key}`, required: false, at: headOf(node) }, node) ?? true;
}

function anyField(place: Place, { name, key }: ElementName, node: SourceNode): Field {
  return {
    name,
    path: `${place.path}${name}`,
    pointer: `${place.pointer}/${key}`,
    required: false,
    value: { types: "any" },
    meta: metaOf(new Map(), place.inherited, { types: "any" }),
    origin: originOf(node.source, node.start),
  };
}
