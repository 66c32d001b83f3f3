/**
 * Why a value is wrong. A schema is made ready once, when a value first fails at it: everything an issue says beside the value is put together
 * then, so that a mistake that comes with every event costs little.
 */
import { deepEqual, isAtLeast, isAtMost, isMultiple, isNumber, isJsonObject, isUnique, readKey } from "./json-values.js";
import { failure, reportIssue, type Explanation, type Search, type Spot } from "./report-issue.js";

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

/** The spot of a part of a schema; what is concealed stays so below. */
export function spotBelow(spot: Spot, schema: Schema | boolean | undefined, ...path: readonly string[]): Spot {
  const concealed = spot.concealed || (typeof schema === "object" && schema["x-concealed"] === true);
  const pointer = [spot.pointer, ...path.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
  return { ...spot, pointer, concealed };
}

/** Explains a value as a whole. */
export function explanationOf(schema: Schema | boolean, spot: Spot): Explanation {
  if (typeof schema === "boolean") {
    const nothing = failure(spot, "false", { expected: "nothing" });
    return (value, search) => schema || reportIssue(nothing, value, search);
  }
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? Object.keys(typeTests));
  const tests = types.flatMap((type) => typeTests[type] ?? []);
  const wrongType = failure(spot, "type", { problem: "wrong_type", expected: schema.type === undefined ? "JSON" : types.join(" or ") });
  const parts = [...valueParts(schema, spot), ...numberParts(schema, spot), ...stringParts(schema, spot), ...arrayParts(schema, spot), ...objectParts(schema, spot), ...variantParts(schema, spot)];
  const [test, ...others] = tests;
  if (test === undefined || others.length > 0) return (value, search) => (isOneOf(tests, value) ? every(parts, value, search) : reportIssue(wrongType, value, search));
  const [part, ...more] = parts;
  if (part === undefined) return (value, search) => test(value) || reportIssue(wrongType, value, search);
  if (more.length === 0) return (value, search) => (test(value) ? part(value, search) : reportIssue(wrongType, value, search));
  return (value, search) => (test(value) ? every(parts, value, search) : reportIssue(wrongType, value, search));
}

function isOneOf(tests: readonly ((value: unknown) => boolean)[], value: unknown): boolean {
  for (const test of tests) if (test(value)) return true;
  return false;
}

function every(parts: readonly Explanation[], value: unknown, search: Search): boolean {
  let ok = true;
  for (let index = 0; index < parts.length; index++) {
    if (parts[index]?.(value, search) !== false) continue;
    if (search.issues === undefined) return false;
    ok = false;
  }
  return ok;
}

const typeTests: { readonly [type: string]: (value: unknown) => boolean } = {
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  number: isNumber,
  string: (value) => typeof value === "string",
  array: Array.isArray,
  object: isJsonObject,
};

/** A rule about values of one type: whether it holds, and what it wants. */
function rule<T>(spot: Spot, name: string, { expected, of, holds }: { readonly expected: string; readonly of: (value: unknown) => value is T; readonly holds: (value: T) => boolean }): Explanation {
  const wrong = failure(spot, name, { expected });
  return (value, search) => !of(value) || holds(value) || reportIssue(wrong, value, search);
}

function valueParts(schema: Schema, spot: Spot): readonly Explanation[] {
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (values === undefined) return [];
  const expected = values.map((one) => JSON.stringify(one)).join(" | ");
  return [rule(spot, "const" in schema ? "const" : "enum", { expected, of: isAny, holds: (value) => values.some((one) => deepEqual(one, value)) })];
}

function isAny(_value: unknown): _value is unknown {
  return true;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isNumeric(value: unknown): value is number {
  return typeof value === "number";
}

function numberParts({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema, spot: Spot): readonly Explanation[] {
  const parts: Explanation[] = [];
  const add = (name: string, expected: string, holds: (value: number) => boolean): number => parts.push(rule(spot, name, { expected, of: isNumeric, holds }));
  if (minimum !== undefined) add("minimum", `>= ${minimum}`, (value) => value >= minimum);
  if (maximum !== undefined) add("maximum", `<= ${maximum}`, (value) => value <= maximum);
  if (exclusiveMinimum !== undefined) add("exclusiveMinimum", `> ${exclusiveMinimum}`, (value) => value > exclusiveMinimum);
  if (exclusiveMaximum !== undefined) add("exclusiveMaximum", `< ${exclusiveMaximum}`, (value) => value < exclusiveMaximum);
  if (multipleOf !== undefined) add("multipleOf", `a multiple of ${multipleOf}`, (value) => isMultiple(value, multipleOf));
  return parts;
}

function stringParts({ minLength, maxLength, pattern, format }: Schema, spot: Spot): readonly Explanation[] {
  const parts: Explanation[] = [];
  const add = (name: string, expected: string, holds: (value: string) => boolean): number => parts.push(rule(spot, name, { expected, of: isString, holds }));
  const regex = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const formatTest = format === undefined ? undefined : spot.formats[format];
  if (minLength !== undefined) add("minLength", `at least ${minLength} characters`, (value) => isAtLeast(value, minLength));
  if (maxLength !== undefined) add("maxLength", `at most ${maxLength} characters`, (value) => isAtMost(value, maxLength));
  // The compiler accepts patterns by the steps that they take up to `maxLength`.
  if (regex !== undefined) add("pattern", `/${pattern}/`, (value) => (maxLength !== undefined && !isAtMost(value, maxLength)) || regex.test(value));
  if (formatTest !== undefined) add("format", String(format), formatTest);
  return parts;
}

function arrayParts({ minItems, maxItems, uniqueItems, prefixItems = [], items }: Schema, spot: Spot): readonly Explanation[] {
  const parts: Explanation[] = [];
  const add = (name: string, expected: string, holds: (value: readonly unknown[]) => boolean): number => parts.push(rule(spot, name, { expected, of: isArray, holds }));
  if (minItems !== undefined) add("minItems", `at least ${minItems} items`, (value) => value.length >= minItems);
  if (maxItems !== undefined) add("maxItems", `at most ${maxItems} items`, (value) => value.length <= maxItems);
  if (uniqueItems === true) add("uniqueItems", "different items", isUnique);
  if (prefixItems.length === 0 && items === undefined) return parts;
  const prefix = prefixItems.map((item, index) => explanationOf(item, spotBelow(spot, item, "prefixItems", String(index))));
  const rest = items === undefined ? undefined : explanationOf(items, spotBelow(spot, items, "items"));
  parts.push((value, search) => {
    if (!isArray(value)) return true;
    let ok = true;
    for (let index = 0; index < value.length; index++) {
      const element = prefix[index] ?? rest;
      if (element === undefined || at(index, element, value[index], search)) continue;
      if (search.issues === undefined) return false;
      ok = false;
    }
    return ok;
  });
  return parts;
}

/** Explains what stands below a key. */
function at(key: string | number, explanation: Explanation, value: unknown, search: Search): boolean {
  search.below.push(key);
  const ok = explanation(value, search);
  search.below.pop();
  return ok;
}

function objectParts(schema: Schema, spot: Spot): readonly Explanation[] {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => ({ name, inherited: name in Object.prototype, explanation: explanationOf(field, spotBelow(spot, field, "properties", name)), missing: missingOf(schema, name, spot) }));
  const ofFields: Explanation = (value, search) => {
    if (!isJsonObject(value)) return true;
    let ok = true;
    for (const { name, inherited, explanation, missing } of fields) {
      const field = inherited ? readKey(value, name) : value[name];
      if (field === undefined ? missing === undefined || at(name, missing, undefined, search) : at(name, explanation, field, search)) continue;
      if (search.issues === undefined) return false;
      ok = false;
    }
    return ok;
  };
  return [...(fields.length === 0 ? [] : [ofFields]), ...keyParts(schema, spot)];
}

/** What is said where a field is missing that an object requires; undefined where it is not required. */
function missingOf({ required = [] }: Schema, name: string, object: Spot): Explanation | undefined {
  if (!required.includes(name)) return undefined;
  const missing = failure(object, "required", { problem: "missing_field", expected: "a value" });
  return (_value, search) => reportIssue(missing, undefined, search);
}

/** Explains the keys of an object, its declared fields left out: which there must and which there may be, and what stands at the others. */
function keyParts(schema: Schema, spot: Spot): readonly Explanation[] {
  const { properties = {}, required = [], minProperties, maxProperties, dependentRequired = {} } = schema;
  const parts: Explanation[] = [];
  const add = (name: string, expected: string, holds: (value: { readonly [key: string]: unknown }) => boolean): number => parts.push(rule(spot, name, { expected, of: isJsonObject, holds }));
  for (const name of required) {
    const missing = Object.hasOwn(properties, name) ? undefined : missingOf(schema, name, spot);
    if (missing !== undefined) parts.push((value, search) => !isJsonObject(value) || readKey(value, name) !== undefined || at(name, missing, undefined, search));
  }
  if (minProperties !== undefined) add("minProperties", `at least ${minProperties} keys`, (value) => keysOf(value).length >= minProperties);
  if (maxProperties !== undefined) add("maxProperties", `at most ${maxProperties} keys`, (value) => keysOf(value).length <= maxProperties);
  for (const [name, needs] of Object.entries(dependentRequired)) {
    for (const need of needs) add("dependentRequired", `${need} beside ${name}`, (value) => readKey(value, name) === undefined || readKey(value, need) !== undefined);
  }
  return [...parts, ...eachKey(schema, spot)];
}

/** A key that holds `undefined` is none. */
function keysOf(value: { readonly [key: string]: unknown }): readonly string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

function eachKey({ properties = {}, patternProperties = {}, additionalProperties = true, propertyNames }: Schema, spot: Spot): readonly Explanation[] {
  const patterns = Object.entries(patternProperties).map(([pattern, field]) => ({ regex: new RegExp(pattern, "u"), explanation: explanationOf(field, spotBelow(spot, field, "patternProperties", pattern)) }));
  const name = propertyNames === undefined ? undefined : explanationOf(propertyNames, spot);
  const wrongName = failure(spot, "propertyNames", { expected: "another name" });
  const unknown = failure(spot, "additionalProperties", { problem: "unknown_field", expected: "no such field" });
  const rest: Explanation | undefined =
    additionalProperties === true ? undefined : additionalProperties === false ? (_value, search) => reportIssue(unknown, undefined, search) : explanationOf(additionalProperties, spotBelow(spot, additionalProperties, "additionalProperties"));
  if (patterns.length === 0 && name === undefined && rest === undefined) return [];
  const declared = new Set(Object.keys(properties));
  const explainKey = (key: string, value: unknown, search: Search): boolean => {
    let ok = name === undefined || name(key, { ...search, issues: undefined }) || reportIssue(wrongName, undefined, search);
    const matching = patterns.filter(({ regex }) => regex.test(key));
    for (const { explanation } of matching) ok = explanation(value, search) && ok;
    if (rest === undefined || matching.length > 0 || declared.has(key)) return ok;
    return rest(value, search) && ok;
  };
  const onlyRest = patterns.length === 0 && name === undefined;
  return [
    (value, search) => {
      if (!isJsonObject(value)) return true;
      let ok = true;
      for (const key of Object.keys(value)) {
        if ((onlyRest && declared.has(key)) || value[key] === undefined) continue;
        search.below.push(key);
        const right = explainKey(key, value[key], search);
        search.below.pop();
        if (!right && search.issues === undefined) return false;
        ok &&= right;
      }
      return ok;
    },
  ];
}

function variantParts({ oneOf, "x-discriminator": on }: Schema, spot: Spot): readonly Explanation[] {
  if (oneOf === undefined || on === undefined) return [];
  const cases = oneOf.map((one, index) => ({ value: one.properties?.[on]?.const, explanation: explanationOf(one, spotBelow(spot, one, "oneOf", String(index))) }));
  const expected = cases.map((one) => JSON.stringify(one.value)).join(" | ");
  const missing = failure(spot, "oneOf", { problem: "missing_field", expected });
  const wrong = failure(spot, "oneOf", { expected });
  return [
    (value, search) => {
      if (!isJsonObject(value)) return true;
      const said = readKey(value, on);
      const variant = cases.find((one) => one.value === said);
      if (variant !== undefined) return variant.explanation(value, search);
      return at(on, (one) => reportIssue(said === undefined ? missing : wrong, one, search), said, search);
    },
  ];
}
