/**
 * What generated validators call. A generated validator is one boolean expression for values that are right, which allocates nothing; when it says
 * no, `explain` reads the schema and finds out why. `explain` has the last word: where the expression is too strict (a key that holds
 * `undefined`, a name that every object inherits), nothing is reported.
 */
import type { Check, Issue } from "./contract.js";
import { deepEqual, isNumber, isObject, isUnique } from "./json-values.js";

/** JSON Schema 2020-12 as generated: resolved, closed or open in words, `x-concealed` on fields whose values are never shown. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly prefixItems?: readonly Schema[];
  readonly items?: Schema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly patternProperties?: { readonly [pattern: string]: Schema | boolean };
  readonly propertyNames?: Schema | boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
  readonly oneOf?: readonly Schema[];
  readonly "x-discriminator"?: string;
  readonly "x-concealed"?: boolean;
}

export type Formats = { readonly [name: string]: (text: string) => boolean };

/**
 * The validator of a definition. `where` is `partial:user`; formats are handed in, so that only those that are used are linked.
 */
export function checker(is: (value: unknown) => boolean, { schema, where, formats = {} }: { readonly schema: Schema; readonly where: string; readonly formats?: Formats }): Check {
  return (value, issues) => {
    try {
      return is(value) || explain(schema, value, rootOf({ issues, formats, where, name: nameIn(where) }));
    } catch {
      issues?.push({ path: nameIn(where), keys: [], rule: "type", problem: "wrong_type", expected: "plain data", schema: where });
      return false;
    }
  };
}

/** What a generated module holds as JSON text. */
export function data<T>(text: string): T {
  return JSON.parse(text);
}

function nameIn(where: string): string {
  return where.slice(where.indexOf(":") + 1);
}

interface Search {
  readonly issues: Issue[] | undefined;
  readonly formats: Formats;
  readonly where: string;
  readonly name: string;
}

/** Where the search is: keys from the value, pointer into the schema. */
interface Spot {
  readonly search: Search;
  readonly keys: readonly (string | number)[];
  readonly pointer: string;
  readonly concealed: boolean;
}

function rootOf(search: Search): Spot {
  return { search, keys: [], pointer: "", concealed: false };
}

function below(spot: Spot, key: string | number, pointer: string): Spot {
  return { ...spot, keys: [...spot.keys, key], pointer: `${spot.pointer}/${pointer}` };
}

/** Finds every issue, or stops at the first when none are collected. True when there is none. */
function explain(schema: Schema | boolean, value: unknown, at: Spot): boolean {
  if (typeof schema === "boolean") return schema || fail(at, value, { rule: "false", problem: "constraint", expected: "nothing" });
  const spot = schema["x-concealed"] === true ? { ...at, concealed: true } : at;
  if (!explainType(schema, value, spot)) return false;
  let ok = true;
  const all = spot.search.issues !== undefined;
  for (const part of [explainValues, explainNumber, explainString, explainArray, explainObject, explainVariants]) {
    if ((ok || all) && !part(schema, value, spot)) ok = false;
  }
  return ok;
}

type Failure = Pick<Issue, "rule" | "problem" | "expected">;

function fail(spot: Spot, value: unknown, failure: Failure): false {
  const { search, keys, pointer, concealed } = spot;
  search.issues?.push({
    path: keys.reduce<string>((path, key) => (typeof key === "number" ? `${path}[${key}]` : `${path}.${key}`), search.name),
    keys,
    ...failure,
    ...(concealed || value === undefined ? {} : { received: show(value) }),
    schema: `${search.where}#${pointer}${failure.rule === "false" ? "" : `/${failure.rule}`}`,
  });
  return false;
}

const longest = 80;

/** A value as short text; never calls into it. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  return Array.isArray(value) ? "array" : typeof value;
}

const typeTests: { readonly [type: string]: (value: unknown) => boolean } = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  number: isNumber,
  string: (value) => typeof value === "string",
  array: Array.isArray,
  object: isObject,
};

function explainType({ type }: Schema, value: unknown, spot: Spot): boolean {
  const types = type === undefined ? Object.keys(typeTests) : typeof type === "string" ? [type] : type;
  if (types.some((one) => typeTests[one]?.(value) === true)) return true;
  return fail(spot, value, { rule: "type", problem: "wrong_type", expected: type === undefined ? "JSON" : types.join(" or ") });
}

function explainValues(schema: Schema, value: unknown, spot: Spot): boolean {
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (values === undefined || values.some((one) => deepEqual(one, value))) return true;
  const expected = values.map((one) => JSON.stringify(one)).join(" | ");
  return fail(spot, value, { rule: "const" in schema ? "const" : "enum", problem: "constraint", expected });
}

function constraint(spot: Spot, value: unknown, rule: string, expected: string): false {
  return fail(spot, value, { rule, problem: "constraint", expected });
}

type Limit = readonly [rule: "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", sign: string, holds: (value: number, limit: number) => boolean];

const numberLimits: readonly Limit[] = [
  ["minimum", ">=", (value, limit) => value >= limit],
  ["maximum", "<=", (value, limit) => value <= limit],
  ["exclusiveMinimum", ">", (value, limit) => value > limit],
  ["exclusiveMaximum", "<", (value, limit) => value < limit],
];

function explainNumber(schema: Schema, value: unknown, spot: Spot): boolean {
  if (typeof value !== "number") return true;
  let ok = true;
  for (const [rule, sign, holds] of numberLimits) {
    const limit = schema[rule];
    if (limit !== undefined && !holds(value, limit)) ok = constraint(spot, value, rule, `${sign} ${limit}`);
  }
  const step = schema.multipleOf;
  if (step !== undefined && !isMultiple(value, step)) ok = constraint(spot, value, "multipleOf", `a multiple of ${step}`);
  return ok;
}

/** True for whole multiples; floating point decides, as in ajv. */
export function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(value / step) || (Number.isInteger(value) && value % step === 0);
}

/** Length in code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}

const patterns = new Map<string, RegExp>();

/** Compiled once; the schemas of a program are finite, so the cache is. */
function regexOf(pattern: string): RegExp {
  let regex = patterns.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(pattern, "u");
    patterns.set(pattern, regex);
  }
  return regex;
}

function explainString(schema: Schema, value: unknown, spot: Spot): boolean {
  if (typeof value !== "string") return true;
  const { minLength, maxLength, pattern, format } = schema;
  let ok = true;
  if (minLength !== undefined && codePoints(value) < minLength) ok = constraint(spot, value, "minLength", `at least ${minLength} characters`);
  if (maxLength !== undefined && codePoints(value) > maxLength) ok = constraint(spot, value, "maxLength", `at most ${maxLength} characters`);
  if (pattern !== undefined && !regexOf(pattern).test(value)) ok = constraint(spot, value, "pattern", `/${pattern}/`);
  if (format !== undefined && spot.search.formats[format]?.(value) === false) ok = constraint(spot, value, "format", format);
  return ok;
}

function explainArray(schema: Schema, value: unknown, spot: Spot): boolean {
  if (!Array.isArray(value)) return true;
  const { minItems, maxItems, uniqueItems, prefixItems = [], items = true } = schema;
  let ok = true;
  if (minItems !== undefined && value.length < minItems) ok = constraint(spot, value, "minItems", `at least ${minItems} items`);
  if (maxItems !== undefined && value.length > maxItems) ok = constraint(spot, value, "maxItems", `at most ${maxItems} items`);
  if (uniqueItems === true && !isUnique(value)) ok = constraint(spot, value, "uniqueItems", "different items");
  for (let index = 0; index < value.length; index++) {
    const prefix = prefixItems[index];
    const element = prefix ?? items;
    if (!explain(element, value[index], below(spot, index, prefix === undefined ? "items" : `prefixItems/${index}`))) ok = false;
    if (!ok && spot.search.issues === undefined) return false;
  }
  return ok;
}

function explainObject(schema: Schema, value: unknown, spot: Spot): boolean {
  if (!isObject(value)) return true;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const counted = explainCounts(schema, keys, value, spot);
  let ok = counted;
  for (const key of keys) {
    if (!explainKey(schema, key, value, spot)) ok = false;
    if (!ok && spot.search.issues === undefined) return false;
  }
  return ok;
}

function explainCounts(schema: Schema, keys: readonly string[], value: object, spot: Spot): boolean {
  const { required = [], minProperties, maxProperties, dependentRequired = {} } = schema;
  let ok = true;
  for (const name of required) {
    if (keys.includes(name)) continue;
    const missing: Spot = { ...spot, keys: [...spot.keys, name] };
    ok = fail(missing, undefined, { rule: "required", problem: "missing_field", expected: "a value" });
  }
  if (minProperties !== undefined && keys.length < minProperties) ok = constraint(spot, value, "minProperties", `at least ${minProperties} keys`);
  if (maxProperties !== undefined && keys.length > maxProperties) ok = constraint(spot, value, "maxProperties", `at most ${maxProperties} keys`);
  for (const [name, needs] of Object.entries(dependentRequired)) {
    const missing = keys.includes(name) ? needs.filter((one) => !keys.includes(one)) : [];
    if (missing.length > 0) ok = constraint(spot, value, "dependentRequired", `${missing.join(", ")} beside ${name}`);
  }
  return ok;
}

function explainKey(schema: Schema, key: string, value: { readonly [key: string]: unknown }, spot: Spot): boolean {
  const { properties = {}, patternProperties = {}, additionalProperties = true, propertyNames } = schema;
  const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
  let ok = own === undefined || explain(own, value[key], below(spot, key, `properties/${key}`));
  let known = own !== undefined;
  if (propertyNames !== undefined && !explain(propertyNames, key, { ...below(spot, key, "propertyNames"), search: { ...spot.search, issues: undefined } })) {
    ok = constraint(below(spot, key, ""), undefined, "propertyNames", "another name");
  }
  for (const [pattern, field] of Object.entries(patternProperties)) {
    if (!regexOf(pattern).test(key)) continue;
    known = true;
    if (!explain(field, value[key], below(spot, key, `patternProperties/${pattern}`))) ok = false;
  }
  if (known) return ok;
  if (additionalProperties !== false) return explain(additionalProperties, value[key], below(spot, key, "additionalProperties")) && ok;
  return fail({ ...spot, keys: [...spot.keys, key] }, undefined, { rule: "additionalProperties", problem: "unknown_field", expected: "no such field" });
}

function explainVariants(schema: Schema, value: unknown, spot: Spot): boolean {
  const { oneOf, "x-discriminator": on } = schema;
  if (oneOf === undefined || on === undefined || !isObject(value)) return true;
  const said = value[on];
  const constants = oneOf.map((one) => one.properties?.[on]?.const);
  const index = constants.indexOf(said);
  const variant = oneOf[index];
  if (variant !== undefined) return explain(variant, value, { ...spot, pointer: `${spot.pointer}/oneOf/${index}` });
  const at = { ...spot, keys: [...spot.keys, on] };
  return fail(at, said, { rule: "oneOf", problem: said === undefined ? "missing_field" : "constraint", expected: constants.map((one) => JSON.stringify(one)).join(" | ") });
}
