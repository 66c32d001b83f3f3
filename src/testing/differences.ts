/** What an event has to look like, compared with what it looks like. */
import { type AsymmetricMatcher, isAsymmetric } from "./show.js";

/** A question to a value that has no fixed answer. */
type Rule<Value> = AsymmetricMatcher | ((value: Value) => boolean);

/**
 * What a test says of a record: any part of it, at any depth. A leaf is a value, a function that judges it, or a matcher of the test framework; for
 * text also a pattern, and a Date or bigint as builders take them. Lists are whole. `undefined` says: not there.
 */
export type Expected<Value> = Rule<Value> | Shape<Value>;

type Shape<Value> = Value extends string
  ? Value | RegExp | Date | bigint
  : Value extends number
    ? Value | Date
    : Value extends readonly (infer Item)[]
      ? readonly Expected<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]?: Expected<Value[Key]> | undefined }
        : Value;

export interface Difference {
  /** As in the docs: `llm.model`, `chat.tags[3]`. */
  readonly path: string;
  readonly expected: unknown;
  readonly received: unknown;
}

/** Every place at which the value is not what was expected; none when it fits. */
export function differences(received: unknown, expected: unknown, path = ""): readonly Difference[] {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(received) ? [] : [{ path, expected, received }];
  if (typeof expected === "function") return received !== undefined && Reflect.apply(expected, undefined, [received]) === true ? [] : [{ path, expected, received }];
  if (Array.isArray(expected)) return inList(received, expected, path);
  if (isFields(expected)) return inFields(received, expected, path);
  return isSame(received, expected) ? [] : [{ path, expected, received }];
}

function inList(received: unknown, expected: readonly unknown[], path: string): readonly Difference[] {
  if (!Array.isArray(received) || received.length !== expected.length) return [{ path, expected, received }];
  return expected.flatMap((item, index) => differences(received[index], item, `${path}[${index}]`));
}

function inFields(received: unknown, expected: object, path: string): readonly Difference[] {
  if (typeof received !== "object" || received === null || Array.isArray(received)) return [{ path, expected, received }];
  return Object.entries(expected).flatMap(([key, value]) => differences(Object.hasOwn(received, key) ? Reflect.get(received, key) : undefined, value, path === "" ? key : `${path}.${key}`));
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof RegExp) && !(value instanceof Date);
}

/** A leaf, as it stands on a record: text for Dates and bigints. */
function isSame(received: unknown, expected: unknown): boolean {
  if (expected instanceof RegExp) return typeof received === "string" && received.search(expected) >= 0;
  if (expected instanceof Date) return received === expected.getTime() || (typeof received === "string" && new Date(received).getTime() === expected.getTime());
  if (typeof expected === "bigint") return received === expected.toString();
  return Object.is(received, expected);
}
