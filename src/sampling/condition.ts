/** Conditions are data: path → JSON Schema fragment, all must hold. They look at what was written and make no record. */
import type { Schema } from "../runtime/explain.js";
import { deepEqual, isAtLeast, isAtMost, isMultiple } from "../runtime/json-values.js";
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
    return { reach: compilePath(path), holds: (value: unknown) => all.every((test) => test(value)) };
  });
  return (event) => parts.every(({ reach, holds }) => reach(event, holds));
}

/** Whether any value at the path passes the test: in a list, that of one element is enough. */
export type Reach = (event: SampledEvent, test: Test) => boolean;

export function compilePath(path: string): Reach {
  const [key = "", ...steps] = path.split(/\.|(?=\[)/);
  const [field] = steps;
  if (key === "originator" && field !== undefined) return (event, test) => someBelow(event.peek(key, field), steps, 1, test);
  return (event, test) => someBelow(event.peek(key), steps, 0, test);
}

/** `[]` each element, `[2]` one, `*` each value of a map; a name is looked for in each element of a list. */
function someBelow(value: unknown, steps: readonly string[], index: number, test: Test): boolean {
  const step = steps[index];
  if (value === undefined) return false;
  if (step === undefined) return test(value);
  if (Array.isArray(value)) {
    if (/^\[\d+\]$/.test(step)) return someBelow(value[Number(step.slice(1, -1))], steps, index + 1, test);
    const next = step === "[]" ? index + 1 : index;
    return value.some((item) => someBelow(item, steps, next, test));
  }
  if (typeof value !== "object" || value === null) return false;
  if (step === "*") return Object.values(value).some((item) => someBelow(item, steps, index + 1, test));
  return Object.hasOwn(value, step) && someBelow(Reflect.get(value, step), steps, index + 1, test);
}
