/**
 * The fast half of a validator: TypeScript that says yes to values that are right, and allocates nothing. It may say no to a right value (then
 * `explain` decides), never yes to a wrong one. `checks` is the list of everything it looks at.
 */
import type { ArrayShape, EnumValue, Field, Format, NumberRules, ObjectShape, StringRules, TypeName, Value, Variants } from "../../compiler/registry.js";
import { literal, memberAccess } from "../text.js";

/** Every check there is, by name. Taking one away has to fail a test (`test/emit/validators`). */
export const checks = [
  "type", "values", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "prefixItems",
  "items", "noMoreItems", "minItems", "maxItems", "uniqueItems", "properties", "required", "closed", "additionalProperties", "patternProperties", "propertyNames",
  "minProperties", "maxProperties", "dependentRequired", "variants",
] as const;
export type CheckName = (typeof checks)[number];

/** What a module collects while its checks are printed. */
export interface CheckModule {
  /** Declarations that the expressions use, in order. */
  readonly declarations: string[];
  /** Names to import from `wevt/codegen`. */
  readonly imports: Set<string>;
  readonly formats: Set<Format>;
  readonly plain?: boolean;
  readonly without?: ReadonlySet<CheckName>;
}

/** Declares the check of an object and returns the name of its function. */
export function objectCheck(module: CheckModule, object: ObjectShape): string {
  return declare(module, "o", objectLines(module, object));
}

/** The body of an object's check, for `o`; its last line returns the verdict. */
function objectLines(module: CheckModule, object: ObjectShape): readonly string[] {
  const closing = keysOf(module, object);
  const counts = closing.startsWith("for (const _ in o) n--");
  const lines = object.fields.map((field) => fieldLine(module, field, counts)).filter((line) => line !== "");
  const undeclared = has(module, "required") ? object.requiredUndeclared.map((name) => `if (${read(module, name)} === undefined) return false;`) : [];
  const dependent = has(module, "dependentRequired") ? object.dependentRequired.flatMap(({ when, require }) => require.map((name) => `if (${read(module, when)} !== undefined && ${read(module, name)} === undefined) return false;`)) : [];
  return [
    ...(has(module, "type") ? ['if (typeof o !== "object" || o === null || Array.isArray(o)) return false;'] : ['if (typeof o !== "object" || o === null) return true;']),
    ...(counts ? [`let ${lines.length > 0 ? "v, " : ""}n = ${object.fields.filter((field) => field.required).length};`] : lines.length > 0 || closing.includes("v = ") ? ["let v;"] : []),
    ...lines,
    ...undeclared,
    ...dependent,
    closing,
  ];
}

function has({ without }: CheckModule, check: CheckName): boolean {
  return without === undefined || !without.has(check);
}

function declare(module: CheckModule, parameter: string, lines: readonly string[]): string {
  const name = `c${module.declarations.length}`;
  module.declarations.push(`function ${name}${module.plain === true ? `(${parameter})` : `(${parameter}: any): boolean`} {\n${lines.map((line) => `  ${line}\n`).join("")}}`);
  return name;
}

function hoist(module: CheckModule, text: string): string {
  const name = `h${module.declarations.length}`;
  module.declarations.push(`const ${name} = ${text};`);
  return name;
}

function helper(module: CheckModule, name: string): string {
  module.imports.add(name);
  return name;
}

/** A property that every object inherits has to be read as its own. */
function read(module: CheckModule, name: string): string {
  return name in Object.prototype ? `${helper(module, "own")}(o, ${literal(name)})` : `o${memberAccess(name)}`;
}

function fieldLine(module: CheckModule, field: Field, counts: boolean): string {
  const value = `v = ${read(module, field.name)};`;
  const wrong = fieldTest(module, field);
  if (field.required && has(module, "required")) return wrong === "" ? `${value} if (v === undefined) return false;` : `${value}${wrong}`;
  return counts || wrong !== "" ? `${value} if (v !== undefined) {${counts ? " n++;" : ""}${wrong} }` : "";
}

/** The statement that returns false when `v` is not a right value of a field. Objects are checked in place: a call each costs a third of the time. */
function fieldTest(module: CheckModule, { value }: Field): string {
  if (!has(module, "properties")) return "";
  const plain = value.types !== "any" && value.types.length === 1 && value.values === undefined && value.variants === undefined;
  if (plain && value.types[0] === "object" && value.object !== undefined && has(module, "type")) return ` { const p = v; {\n${inPlace(objectLines(module, value.object))}\n  } }`;
  const test = valueTest(module, value, "v");
  return test === "true" ? "" : ` if (!(${test})) return false;`;
}

function inPlace(lines: readonly string[]): string {
  const text = lines.join("\n").replace(/return ([^;]*);$/, (_all, verdict: string) => (verdict === "true" ? "" : `if (!(${verdict})) return false;`));
  return `const o = p;\n${text}`.replace(/^/gm, "    ").trimEnd();
}

/** The end of an object's check: which other keys there may be. */
function keysOf(module: CheckModule, object: ObjectShape): string {
  const { patterns, additional, keys, minProperties, maxProperties } = object;
  const simple = patterns.length === 0 && keys === undefined && minProperties === undefined && maxProperties === undefined;
  if (simple && (additional === true || !has(module, "closed")) && typeof additional === "boolean") return "return true;";
  if (simple && additional === false) return `for (const _ in o) n--;\n  return n === 0 || (n < 0 && n + ${helper(module, "undefinedKeys")}(o) === 0);`;
  const body = [
    "let n = 0;",
    "for (const k in o) {",
    "  v = o[k];",
    "  if (v === undefined) continue;",
    "  n++;",
    ...eachKey(module, object).map((line) => `  ${line}`),
    "}",
    ...(minProperties !== undefined && has(module, "minProperties") ? [`if (n < ${minProperties}) return false;`] : []),
    ...(maxProperties !== undefined && has(module, "maxProperties") ? [`if (n > ${maxProperties}) return false;`] : []),
    "return true;",
  ];
  return body.join("\n  ");
}

function eachKey(module: CheckModule, { fields, patterns, additional, keys }: ObjectShape): readonly string[] {
  const lines: string[] = [];
  if (keys !== undefined && has(module, "propertyNames")) lines.push(keys === false ? "return false;" : `if (!(${valueTest(module, keys, "k")})) return false;`);
  const regexes = patterns.map(({ pattern, field }) => ({ regex: regexOf(module, pattern), field }));
  if (has(module, "patternProperties")) {
    for (const { regex, field } of regexes) {
      const test = field === false ? "false" : field === true ? "true" : valueTest(module, field.value, "v");
      if (test !== "true") lines.push(`if (${regex}.test(k) && !(${test})) return false;`);
    }
  }
  const rest = additional === true ? "true" : additional === false ? (has(module, "closed") ? "false" : "true") : has(module, "additionalProperties") ? valueTest(module, additional.value, "v") : "true";
  if (rest === "true") return lines;
  const declared = fields.length === 0 ? [] : [`${hoist(module, `/*@__PURE__*/ new Set<string>([${fields.map((field) => literal(field.name)).join(", ")}])`)}.has(k)`];
  const known = [...declared, ...regexes.map(({ regex }) => `${regex}.test(k)`)];
  lines.push(`if (${[...known.map((one) => `!${one}`), rest === "false" ? "" : `!(${rest})`].filter((one) => one !== "").join(" && ")}) return false;`);
  return lines;
}

function regexOf(module: CheckModule, pattern: string): string {
  return hoist(module, `/*@__PURE__*/ new RegExp(${literal(pattern)}, "u")`);
}

/** An expression that is true when `v` is a right value. */
export function valueTest(module: CheckModule, value: Value, v: string): string {
  if (value.variants !== undefined) return or([...(value.types !== "any" && value.types.includes("null") ? [`${v} === null`] : []), `${variantsCheck(module, value.variants)}(${v})`]);
  const byValue = value.values === undefined || !has(module, "values") ? undefined : valuesTest(module, value.values, v);
  const typed = value.types === "any" || !has(module, "type") ? anyTest(module, value, v) : typedTest(module, value, value.types, v);
  if (byValue === undefined) return typed;
  return impliedByValues(value) ? byValue : and([byValue, typed]);
}

/** A set of plain values needs no further check when every one of them has a declared type and there are no constraints beside it. */
function impliedByValues({ values = [], types, number, string, array, object }: Value): boolean {
  const bare = number === undefined && string === undefined && array === undefined && object === undefined;
  return bare && values.every(({ value }) => types === "any" || types.includes(value === null ? "null" : typeName(value)) || (typeof value === "number" && types.includes("number")));
}

function typeName(value: Exclude<EnumValue["value"], null>): TypeName {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "object") return Array.isArray(value) ? "array" : "object";
  return typeof value === "string" ? "string" : "boolean";
}

const mostCompared = 8;

function valuesTest(module: CheckModule, values: readonly EnumValue[], v: string): string {
  const plain = values.filter(({ value }) => typeof value !== "object" || value === null);
  const deep = values.filter(({ value }) => typeof value === "object" && value !== null);
  const set = `/*@__PURE__*/ new Set([${plain.map(({ value }) => literal(value)).join(", ")}])`;
  return or([
    ...(plain.length > mostCompared ? [`${hoist(module, set)}.has(${v})`] : plain.map(({ value }) => `${v} === ${literal(value)}`)),
    ...deep.map(({ value }) => `${helper(module, "deepEqual")}(${hoist(module, literal(value))}, ${v})`),
  ]);
}

function typedTest(module: CheckModule, value: Value, types: readonly TypeName[], v: string): string {
  const wanted = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  return or(wanted.map((type) => and([...typeTests[type](v), ...constraints(module, value, type, v)])));
}

/** No type is said: each constraint holds for values of its own type. */
function anyTest(module: CheckModule, value: Value, v: string): string {
  const guards: readonly (readonly [TypeName, () => string])[] = [["number", () => `typeof ${v} !== "number"`], ["string", () => `typeof ${v} !== "string"`], ["array", () => `!Array.isArray(${v})`], ["object", () => `!${helper(module, "isObject")}(${v})`]];
  const parts = guards.flatMap(([type, guard]) => {
    const found = constraints(module, value, type, v);
    return found.length === 0 ? [] : [or([guard(), and(found)])];
  });
  return and([`${helper(module, "isJson")}(${v})`, ...parts]);
}

const typeTests: { readonly [T in TypeName]: (v: string) => readonly string[] } = {
  null: (v) => [`${v} === null`],
  boolean: (v) => [`typeof ${v} === "boolean"`],
  integer: (v) => [`Number.isInteger(${v})`],
  number: (v) => [`typeof ${v} === "number"`, `${v} - ${v} === 0`],
  string: (v) => [`typeof ${v} === "string"`],
  array: (v) => [`Array.isArray(${v})`],
  object: (v) => [`typeof ${v} === "object"`, `${v} !== null`, `!Array.isArray(${v})`],
};

function constraints(module: CheckModule, value: Value, type: TypeName, v: string): readonly string[] {
  switch (type) {
    case "null":
    case "boolean":
      return [];
    case "integer":
    case "number":
      return value.number === undefined ? [] : numberTests(module, value.number, v);
    case "string":
      return value.string === undefined ? [] : stringTests(module, value.string, v);
    case "array":
      return value.array === undefined ? [] : arrayTests(module, value.array, v);
    case "object":
      return value.object === undefined ? [] : [`${objectCheck(module, value.object)}(${v})`];
  }
}

function numberTests(module: CheckModule, rules: NumberRules, v: string): readonly string[] {
  const tests: readonly (readonly [keyof NumberRules, (limit: number) => string])[] = [
    ["minimum", (limit) => `${v} >= ${literal(limit)}`],
    ["maximum", (limit) => `${v} <= ${literal(limit)}`],
    ["exclusiveMinimum", (limit) => `${v} > ${literal(limit)}`],
    ["exclusiveMaximum", (limit) => `${v} < ${literal(limit)}`],
    ["multipleOf", (limit) => `${helper(module, "isMultiple")}(${v}, ${literal(limit)})`],
  ];
  return tests.flatMap(([rule, test]) => {
    const limit = rules[rule];
    return limit === undefined || !has(module, rule) ? [] : [test(limit)];
  });
}

const formatHelpers: { readonly [F in Format]: string } = {
  "date-time": "isDateTime",
  date: "isDate",
  time: "isTime",
  duration: "isDuration",
  email: "isEmail",
  hostname: "isHostname",
  ipv4: "isIpv4",
  ipv6: "isIpv6",
  uri: "isUri",
  uuid: "isUuid",
  int64: "isInt64",
};

export function formatHelper(format: Format): string {
  return formatHelpers[format];
}

function stringTests(module: CheckModule, { minLength, maxLength, pattern, format }: StringRules, v: string): readonly string[] {
  const points = (): string => `${helper(module, "codePoints")}(${v})`;
  const tests: string[] = [];
  if (minLength !== undefined && has(module, "minLength") && minLength > 0) tests.push(minLength === 1 ? `${v} !== ""` : `(${v}.length >= ${2 * minLength} || ${points()} >= ${minLength})`);
  if (maxLength !== undefined && has(module, "maxLength")) tests.push(`(${v}.length <= ${maxLength} || ${points()} <= ${maxLength})`);
  if (pattern !== undefined && has(module, "pattern")) tests.push(`${regexOf(module, pattern)}.test(${v})`);
  if (format !== undefined) module.formats.add(format);
  if (format !== undefined && has(module, "format")) tests.push(`${helper(module, formatHelpers[format])}(${v})`);
  return tests;
}

function arrayTests(module: CheckModule, array: ArrayShape, v: string): readonly string[] {
  const { prefix, items, minItems, maxItems, uniqueItems } = array;
  const tests: string[] = [];
  if (minItems !== undefined && has(module, "minItems")) tests.push(`${v}.length >= ${minItems}`);
  if (maxItems !== undefined && has(module, "maxItems")) tests.push(`${v}.length <= ${maxItems}`);
  if (has(module, "prefixItems")) {
    for (const [index, field] of prefix.entries()) tests.push(`(${v}.length <= ${index} || ${elementCheck(module, field)}(${v}[${index}]))`);
  }
  if (items === false && has(module, "noMoreItems")) tests.push(`${v}.length <= ${prefix.length}`);
  if (typeof items === "object" && has(module, "items")) tests.push(`${itemsCheck(module, items, prefix.length)}(${v})`);
  if (uniqueItems === true && has(module, "uniqueItems")) tests.push(`${helper(module, "isUnique")}(${v})`);
  return tests;
}

function elementCheck(module: CheckModule, field: Field): string {
  const test = valueTest(module, field.value, "v");
  const direct = /^(c\d+)\(v\)$/.exec(test);
  return direct?.[1] ?? declare(module, "v", [`return ${test};`]);
}

function itemsCheck(module: CheckModule, items: Field, from: number): string {
  const test = valueTest(module, items.value, "v");
  return declare(module, "a", [`for (let i = ${from}, v; i < a.length; i++) {`, "  v = a[i];", `  if (!(${test})) return false;`, "}", "return true;"]);
}

function variantsCheck(module: CheckModule, { discriminator, cases }: Variants): string {
  if (!has(module, "variants")) return declare(module, "o", ["return true;"]);
  return declare(module, "o", [
    'if (typeof o !== "object" || o === null || Array.isArray(o)) return false;',
    `switch (${read(module, discriminator)}) {`,
    ...cases.map((one) => `  case ${literal(one.value)}: return ${objectCheck(module, one.object)}(o);`),
    "  default: return false;",
    "}",
  ]);
}

function and(parts: readonly string[]): string {
  return parts.length === 0 ? "true" : parts.map((part) => (/ \|\| /.test(part) && !part.startsWith("(") && parts.length > 1 ? `(${part})` : part)).join(" && ");
}

function or(parts: readonly string[]): string {
  if (parts.length === 0) return "false";
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" || ")})`;
}
