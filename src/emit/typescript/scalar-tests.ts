/** Tests of values that hold no others: types, enum values, numbers, strings. */
import type { EnumValue, Format, NumberRules, StringRules, TypeName, Value } from "../../compiler/registry.js";
import { literal } from "../text.js";
import { has, helper, hoist, regexOf, type CheckModule } from "./check-module.js";
import { all, any, compared, equal, holds, not, type Test } from "./expressions.js";

export function isType(type: TypeName, v: string): Test {
  switch (type) {
    case "null":
      return equal(v, "null");
    case "boolean":
    case "string":
      return equal(`typeof ${v}`, literal(type));
    case "integer":
      return holds(`Number.isInteger(${v})`);
    case "number":
      return holds(`Number.isFinite(${v})`);
    case "array":
      return holds(`Array.isArray(${v})`);
    case "object":
      return all([equal(`typeof ${v}`, '"object"'), not(equal(v, "null")), not(holds(`Array.isArray(${v})`))]);
  }
}

/** A set of plain values needs no further check when every one of them has a declared type and there are no constraints beside it. */
export function impliedByValues({ values = [], types, number, string, array, object }: Value): boolean {
  const bare = number === undefined && string === undefined && array === undefined && object === undefined;
  return bare && values.every(({ value }) => types === "any" || types.includes(value === null ? "null" : typeName(value)) || (typeof value === "number" && types.includes("number")));
}

function typeName(value: Exclude<EnumValue["value"], null>): TypeName {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "object") return Array.isArray(value) ? "array" : "object";
  return typeof value === "string" ? "string" : "boolean";
}

const mostCompared = 8;

export function valuesTest(module: CheckModule, values: readonly EnumValue[], v: string): Test {
  const plain = values.filter(({ value }) => typeof value !== "object" || value === null);
  const deep = values.filter(({ value }) => typeof value === "object" && value !== null);
  const set = `/*@__PURE__*/ new Set([${plain.map(({ value }) => literal(value)).join(", ")}])`;
  return any([
    ...(plain.length > mostCompared ? [holds(`${hoist(module, set)}.has(${v})`)] : plain.map(({ value }) => equal(v, literal(value)))),
    ...deep.map(({ value }) => holds(`${helper(module, "deepEqual")}(${hoist(module, literal(value))}, ${v})`)),
  ]);
}

export function numberTests(module: CheckModule, rules: NumberRules, v: string): readonly Test[] {
  const tests: readonly (readonly [keyof NumberRules, (limit: number) => Test])[] = [
    ["minimum", (limit) => compared(v, ">=", literal(limit))],
    ["maximum", (limit) => compared(v, "<=", literal(limit))],
    ["exclusiveMinimum", (limit) => compared(v, ">", literal(limit))],
    ["exclusiveMaximum", (limit) => compared(v, "<", literal(limit))],
    ["multipleOf", (limit) => holds(`${helper(module, "isMultiple")}(${v}, ${literal(limit)})`)],
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

export function stringTests(module: CheckModule, { minLength, maxLength, pattern, format }: StringRules, v: string): readonly Test[] {
  const tests: Test[] = [];
  if (minLength === 1 && has(module, "minLength")) tests.push(not(equal(v, '""')));
  if (minLength !== undefined && minLength > 1 && has(module, "minLength")) tests.push(holds(`${helper(module, "isAtLeast")}(${v}, ${minLength})`));
  if (maxLength !== undefined && has(module, "maxLength")) tests.push(holds(`${helper(module, "isAtMost")}(${v}, ${maxLength})`));
  if (pattern !== undefined && has(module, "pattern")) tests.push(holds(`${regexOf(module, pattern)}.test(${v})`));
  if (format !== undefined) module.formats.add(format);
  if (format !== undefined && has(module, "format")) tests.push(holds(`${helper(module, formatHelpers[format])}(${v})`));
  return tests;
}
