/** Conditions are data: path → JSON Schema fragment, all must hold. They look at what was written and make no record. */
import type { FieldRule } from "../runtime/contract.js";
import { ruleOf } from "../runtime/rules.js";
import type { Schema } from "../runtime/explain.js";
import { handleValue, variantRule } from "../runtime/handling.js";
import { deepEqual, isAtLeast, isAtMost, isMultiple } from "../runtime/json-values.js";
import { isPlainObject } from "../runtime/plain.js";
import type { SampledEvent } from "../runtime/sampler.js";

/** What a fragment may say. It holds for a value that is there and of the type that the keyword speaks of. */
export type AnyFragment = Pick<Schema, "type" | "const" | "enum" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems">;

type Test = (value: unknown) => boolean;

const number = (compare: (value: number, bound: number) => boolean) => (bound: unknown): Test => (value) => typeof value === "number" && compare(value, Number(bound));
const length = (compare: (value: string, bound: number) => boolean) => (bound: unknown): Test => (value) => typeof value === "string" && compare(value, Number(bound));
const items = (compare: (value: number, bound: number) => boolean) => (bound: unknown): Test => (value) => Array.isArray(value) && compare(value.length, Number(bound));
const atLeast = (value: number, bound: number): boolean => value >= bound;
const atMost = (value: number, bound: number): boolean => value <= bound;

const tests: { readonly [keyword: string]: (wanted: unknown) => Test } = {
  type: (wanted) => (value) => (Array.isArray(wanted) ? wanted : [wanted]).some((type) => isOfType(value, type)),
  const: (wanted) => equals(wanted),
  enum: (wanted) => {
    const all = (Array.isArray(wanted) ? wanted : []).map(equals);
    return (value) => all.some((test) => test(value));
  },
  minimum: number(atLeast),
  maximum: number(atMost),
  exclusiveMinimum: number((value, bound) => value > bound),
  exclusiveMaximum: number((value, bound) => value < bound),
  multipleOf: number(isMultiple),
  minLength: length(isAtLeast),
  maxLength: length(isAtMost),
  pattern: (wanted) => {
    const pattern = new RegExp(String(wanted), "u");
    return (value) => typeof value === "string" && pattern.test(value);
  },
  minItems: items(atLeast),
  maxItems: items(atMost),
};

function equals(wanted: unknown): Test {
  return (value) => deepEqual(value, wanted);
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

/** Throws for a keyword that is none, and for a pattern that does not compile. */
export function compileCondition(condition: { readonly [path: string]: object | undefined }): (event: SampledEvent) => boolean {
  const parts = Object.entries(condition).map(([path, fragment]) => {
    const all = Object.entries(fragment ?? {}).map(([keyword, wanted]) => {
      const test = Object.hasOwn(tests, keyword) ? tests[keyword] : undefined;
      if (test === undefined) throw new Error(`${keyword} of ${path} is no keyword of a condition`);
      return test(wanted);
    });
    return compilePath(path, (value) => all.every((test) => test(value)));
  });
  return (event) => parts.every((holds) => holds(event));
}

/** Whether any value at the path passes the test: in a list, that of one element is enough. */
export function compilePath(path: string, test: Test): (event: SampledEvent) => boolean {
  const [key = "", ...steps] = path.split(/\.|(?=\[)/);
  const [field] = steps;
  const walk: Walk = { steps, test };
  if (key === "originator" && field !== undefined) return (event) => someBelow(event.peek(key, field), ruleBelow(event.ruleOf?.(key), undefined, field), 1, walk);
  return (event) => someBelow(event.peek(key), event.ruleOf?.(key), 0, walk);
}

interface Walk {
  readonly steps: readonly string[];
  readonly test: Test;
}

/** `[]` each element, `[2]` one, `*` each value of a map; a name is looked for in each element of a list. The rule is there where something is rounded. */
function someBelow(value: unknown, rule: FieldRule | undefined, index: number, walk: Walk): boolean {
  const step = walk.steps[index];
  if (value === undefined) return false;
  if (step === undefined) return walk.test(rule === undefined ? value : recorded(value, rule));
  if (Array.isArray(value)) {
    const one = /^\[(\d+)\]$/.exec(step)?.[1];
    if (one !== undefined) return someBelow(value[Number(one)], ruleOfItem(rule, Number(one)), index + 1, walk);
    const next = step === "[]" ? index + 1 : index;
    return value.some((item, at) => someBelow(item, ruleOfItem(rule, at), next, walk));
  }
  if (typeof value !== "object" || value === null) return false;
  if (step === "*") return Object.keys(value).some((name) => someBelow(Reflect.get(value, name), ruleBelow(rule, value, name), index + 1, walk));
  return Object.hasOwn(value, step) && someBelow(Reflect.get(value, step), ruleBelow(rule, value, step), index + 1, walk);
}

function ruleBelow(rule: FieldRule | undefined, value: unknown, name: string): FieldRule | undefined {
  if (rule === undefined) return undefined;
  const object = rule.object ?? (isPlainObject(value) ? variantRule(value, rule) : undefined);
  return object === undefined ? undefined : ruleOf(object, name);
}

/** Items of a repeatable partial have its own rule. */
function ruleOfItem(rule: FieldRule | undefined, at: number): FieldRule | undefined {
  return rule?.object === undefined ? (rule?.prefix?.[at] ?? rule?.items) : rule;
}

const unhashed = { hash: undefined, keyMissing: () => {} };

/** A number as it will stand on the record, also in a list. What is hashed, masked or dropped there stays as it was written. */
function recorded(value: unknown, rule: FieldRule): unknown {
  if (Array.isArray(value)) return value.map((item, at) => recordedItem(item, ruleOfItem(rule, at)));
  return typeof value === "number" && rule.handling === undefined ? handleValue(value, rule, "", unhashed) : value;
}

function recordedItem(item: unknown, rule: FieldRule | undefined): unknown {
  return rule === undefined ? item : recorded(item, rule);
}
