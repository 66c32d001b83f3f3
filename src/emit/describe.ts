/**
 * A Value in words: what it may be and which constraints hold, as plain text. Written once, used by the Markdown docs, by fields.json and by doc
 * comments. Nothing here is escaped: the words of a schema that it returns still have to go through `text.ts`.
 */
import type { ArrayShape, EnumValue, Field, Json, NumberRules, ObjectShape, StringRules, Value, Variants } from "../compiler/registry.js";

/** One constraint. `text` is ours; `code` comes from the schema (a pattern, names), stands behind it and belongs in code. */
export interface Constraint {
  /** The JSON Schema keyword that says so; of a pair of bounds the lower one. */
  readonly keyword: string;
  readonly text: string;
  readonly code?: string;
}

/** `string or null`, `array of string`, `[string, integer]`, `map of number`, `object`, `one of 2 objects, told apart by type`, `any JSON`. */
export function typeText(value: Value): string {
  if (value.variants !== undefined) return withNull(value, `one of ${value.variants.cases.length} objects, told apart by ${value.variants.discriminator}`);
  if (value.types === "any") return "any JSON";
  const [only] = value.types;
  if (value.types.length === 1 && only !== undefined) return oneType(value, only);
  return value.types.length === 0 ? "nothing" : [...value.types].sort(nullLast).map((type) => oneType(value, type)).join(" or ");
}

function nullLast(left: string, right: string): number {
  return Number(left === "null") - Number(right === "null");
}

function withNull(value: Value, text: string): string {
  return value.types !== "any" && value.types.includes("null") ? `${text}, or null` : text;
}

function oneType(value: Value, type: string): string {
  if (type === "array" && value.array !== undefined) return arrayText(value.array);
  if (type === "object" && value.object !== undefined) return objectText(value.object);
  return type;
}

function arrayText({ prefix, items }: ArrayShape): string {
  if (prefix.length > 0) return `[${[...prefix.map((field) => typeText(field.value)), ...(items === false ? [] : [`...${restText(items)}`])].join(", ")}]`;
  if (items === false) return "empty array";
  const of = restText(items);
  return of.includes(" or ") ? `array of (${of})` : `array of ${of}`;
}

function restText(rest: Field | true): string {
  return rest === true ? "any JSON" : typeText(rest.value);
}

function objectText({ fields, patterns, additional }: ObjectShape): string {
  if (fields.length > 0 || patterns.length > 0 || additional === false) return "object";
  if (additional === true) return "object with any keys";
  const of = typeText(additional.value);
  return of.includes(" or ") ? `map of (${of})` : `map of ${of}`;
}

/** Every structural constraint of the value itself; those of its fields, elements and map values are said where they are described. */
export function constraintsOf(value: Value): readonly Constraint[] {
  const { number, string, array, object, variants } = value;
  if (number === undefined && string === undefined && array === undefined && object === undefined && variants === undefined) return none;
  const known = told.get(value) ?? allConstraints(value);
  told.set(value, known);
  return known;
}

/** Doc comments, docs and fields.json all ask. */
const told = new WeakMap<Value, readonly Constraint[]>();

function allConstraints({ types, number, string, array, object, variants }: Value): readonly Constraint[] {
  const found: Constraint[] = [];
  const mixed = types === "any" || types.filter((type) => type !== "null").length > 1;
  const add = (of: string, constraints: readonly Constraint[]): void => {
    for (const one of constraints) found.push(mixed ? { ...one, text: `${of}: ${one.text}` } : one);
  };
  if (number !== undefined) add("numbers", numberConstraints(number));
  if (string !== undefined) add("strings", stringConstraints(string));
  if (array !== undefined) add("arrays", arrayConstraints(array));
  if (object !== undefined) add("objects", objectConstraints(object));
  if (variants !== undefined) add("objects", variantConstraints(variants));
  return found;
}

const none: readonly Constraint[] = [];

function numberConstraints({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: NumberRules): readonly Constraint[] {
  const found: Constraint[] = [];
  if (minimum !== undefined && maximum !== undefined) found.push({ keyword: "minimum", text: `${minimum} to ${maximum}` });
  else if (minimum !== undefined) found.push({ keyword: "minimum", text: `at least ${minimum}` });
  else if (maximum !== undefined) found.push({ keyword: "maximum", text: `at most ${maximum}` });
  if (exclusiveMinimum !== undefined) found.push({ keyword: "exclusiveMinimum", text: `more than ${exclusiveMinimum}` });
  if (exclusiveMaximum !== undefined) found.push({ keyword: "exclusiveMaximum", text: `less than ${exclusiveMaximum}` });
  if (multipleOf !== undefined) found.push({ keyword: "multipleOf", text: `a multiple of ${multipleOf}` });
  return found;
}

function stringConstraints({ minLength, maxLength, pattern, format }: StringRules): readonly Constraint[] {
  const found: Constraint[] = [];
  if (format !== undefined) found.push({ keyword: "format", text: `format ${format}` });
  found.push(...countConstraint({ min: minLength, max: maxLength, keywords: ["minLength", "maxLength"], unit: "character" }));
  if (pattern !== undefined) found.push({ keyword: "pattern", text: "matches", code: `/${pattern}/` });
  return found;
}

function arrayConstraints({ prefix, items, minItems, maxItems, uniqueItems }: ArrayShape): readonly Constraint[] {
  return [
    ...countConstraint({ min: minItems, max: maxItems, keywords: ["minItems", "maxItems"], unit: "item" }),
    ...(uniqueItems === true ? [{ keyword: "uniqueItems", text: "no two items alike" }] : []),
    ...(prefix.length === 0 ? [] : [{ keyword: "prefixItems", text: `${count(prefix.length, "fixed place")}${items === false ? ", nothing after" : ""}` }]),
  ];
}

function objectConstraints(object: ObjectShape): readonly Constraint[] {
  const { patterns, additional, keys, requiredUndeclared, dependentRequired } = object;
  const named = object.fields.length > 0 || patterns.length > 0;
  return [
    ...countConstraint({ min: object.minProperties, max: object.maxProperties, keywords: ["minProperties", "maxProperties"], unit: "key" }),
    ...(keys === undefined ? [] : [{ keyword: "propertyNames", text: keys === false ? "no keys" : "each key is", ...(keys === false ? {} : { code: describe(keys) }) }]),
    ...patterns.map(({ pattern, field }) => ({ keyword: "patternProperties", text: `${keyRuleText(field)} under keys that match`, code: `/${pattern}/` })),
    ...(additional === false || !named ? [] : [{ keyword: "additionalProperties", text: `other keys are allowed: ${keyRuleText(additional)}` }]),
    ...(requiredUndeclared.length === 0 ? [] : [{ keyword: "required", text: "always has the keys", code: requiredUndeclared.join(", ") }]),
    ...dependentRequired.map(({ when, require }) => ({ keyword: "dependentRequired", text: "with the first of these keys, the others are required too:", code: [when, ...require].join(", ") })),
  ];
}

function keyRuleText(rule: Field | boolean): string {
  if (rule === false) return "nothing";
  return rule === true ? "any JSON" : typeText(rule.value);
}

function variantConstraints({ discriminator, cases }: Variants): readonly Constraint[] {
  return cases.map((one) => ({ keyword: "oneOf", text: "a shape of its own when", code: `${discriminator} = ${JSON.stringify(one.value)}` }));
}

interface Counted {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly keywords: readonly [string, string];
  readonly unit: string;
}

function countConstraint({ min, max, keywords, unit }: Counted): readonly Constraint[] {
  if (min === undefined && max === undefined) return none;
  if (min === undefined) return [{ keyword: keywords[1], text: `at most ${count(max ?? 0, unit)}` }];
  if (max === undefined) return [{ keyword: keywords[0], text: `at least ${count(min, unit)}` }];
  return [{ keyword: keywords[0], text: min === max ? `exactly ${count(min, unit)}` : `${min}–${count(max, unit)}` }];
}

/** `1 item`, `2 items`. */
export function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

/** A constraint as one plain text: `matches /^a/`. */
export function constraintText({ text, code }: Constraint): string {
  return code === undefined ? text : `${text} ${code}`;
}

/** The closed set of values as text: `"free" | "pro"`. */
export function valuesText(values: readonly EnumValue[]): string {
  return values.map((one) => JSON.stringify(one.value)).join(" | ");
}

/**
 * The whole value on one line: type, values, constraints.
 *
 *     describe(value)  // string, 1–64 characters, matches /^a/
 */
export function describe(value: Value): string {
  const values = value.values === undefined ? [] : [`one of ${valuesText(value.values)}`];
  return [typeText(value), ...values, ...constraintsOf(value).map(constraintText)].join(", ");
}

/** An example, default or value as it looks in a record: JSON on one line. */
export function jsonText(value: Json): string {
  return JSON.stringify(value);
}
