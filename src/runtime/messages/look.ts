/**
 * Reads what a caller passes to a message, once, into plain data that nobody else holds: text and arguments are both made from it, so they agree, and
 * whatever happens while it is read (getters and `toString` that throw, revoked proxies, cycles, endless structures) happens here, bounded.
 */
import { errorRecord } from "../error-record.js";
import { maxMessageDepth, maxMessageItems, maxMessageLength, maxMessageValues, maxStackLength } from "../limits.js";
import { clip } from "../plain.js";
import type { ErrorRecord } from "../types.js";

/** A value as it was seen. */
export type Seen = string | number | bigint | boolean | null | undefined | Composite;

export type Composite =
  /** Shown as text: Dates, what has a `toString` of its own; functions, symbols and what could not be read, which are no `value`. */
  | { readonly kind: "text"; readonly type: string; readonly text: string; readonly value: boolean }
  | { readonly kind: "error"; readonly type: string; readonly message: string; readonly code: ErrorRecord["code"]; readonly stack: string | undefined; readonly causes: NonNullable<ErrorRecord["causes"]> }
  /** `toString` or `toJSON` threw. */
  | { readonly kind: "panic"; readonly type: string; readonly text: string }
  | { readonly kind: "bytes"; readonly type: string; readonly bytes: Uint8Array }
  | { readonly kind: "list"; readonly type: string; readonly items: readonly Seen[] }
  | { readonly kind: "fields"; readonly type: string; readonly fields: readonly (readonly [key: string, value: Seen])[] };

/** What may still be read for one message. */
export interface Budget {
  units: number;
  values: number;
  /** Units of the stacks of errors, which no text shows; undefined where they are not wanted. */
  stacks: number | undefined;
  /** True once something was left out for its size. */
  cut: boolean;
  /** The caller's objects that are being read, outermost first. */
  readonly open: object[];
}

export function newBudget(stacks: boolean): Budget {
  return { units: maxMessageLength, values: maxMessageValues, stacks: stacks ? maxStackLength : undefined, cut: false, open: [] };
}

/** `toString` and `toJSON` are the caller's, and may send a message themselves: beyond this depth they are not called. */
const maxNestedCalls = 3;
let nestedCalls = 0;

/** Longer bigints are not written out: that takes time by the square of their length. */
const maxBigintBits = 4_096;

export function look(value: unknown, budget: Budget): Seen {
  if (--budget.values < 0) return left(budget);
  switch (typeof value) {
    case "string":
      return lookAtText(value, budget);
    case "bigint":
      return BigInt.asIntN(maxBigintBits, value) === value ? value : textOf("bigint", `[bigint of more than ${maxBigintBits} bits]`, false);
    case "symbol":
      return textOf("symbol", lookAtText(String(value), budget), false);
    case "function":
      return textOf("function", "[function]", false);
    case "object":
      return value === null ? null : lookInto(value, budget);
    default:
      return isScalar(value) ? value : undefined;
  }
}

function isScalar(value: unknown): value is number | boolean | undefined {
  return typeof value === "number" || typeof value === "boolean";
}

/** An Error of this realm or another one. */
export function isError(value: unknown): boolean {
  try {
    return typeof value === "object" && value !== null && (value instanceof Error || Object.prototype.toString.call(value) === "[object Error]");
  } catch {
    return false;
  }
}

/** An object literal, as opposed to an instance of something. */
export function isLiteral(value: unknown): value is object {
  try {
    if (typeof value !== "object" || value === null) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || (prototype === Object.prototype && !isError(value));
  } catch {
    return false;
  }
}

function textOf(type: string, text: string, value: boolean): Seen {
  return { kind: "text", type, text, value };
}

function left(budget: Budget): Seen {
  budget.cut = true;
  return textOf("object", "…", false);
}

function lookAtText(text: string, budget: Budget): string {
  if (text.length <= budget.units) {
    budget.units -= text.length;
    return text;
  }
  budget.cut = true;
  const short = `${text.slice(0, budget.units)}…`;
  budget.units = 0;
  return short;
}

function lookInto(value: object, budget: Budget): Seen {
  if (budget.open.includes(value)) return textOf("object", "[circular]", false);
  if (budget.open.length >= maxMessageDepth) return left(budget);
  budget.open.push(value);
  try {
    return lookAtObject(value, budget);
  } catch {
    return textOf("object", "[unreadable]", false);
  } finally {
    budget.open.pop();
  }
}

function lookAtObject(value: object, budget: Budget): Seen {
  if (Array.isArray(value)) return lookAtItems("Array", value, budget);
  if (value instanceof Uint8Array) return lookAtBytes(value, budget);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return lookAtItems(classOf(value), value, budget);
  if (isError(value)) return lookAtError(value, budget);
  const type = classOf(value);
  if (value instanceof Date) return lookAtDate(value, type);
  if (value instanceof Map) return lookAtMap(value, { type, budget });
  if (value instanceof Set) return lookAtItems(type, firstOf(Set.prototype.values.call(value), budget), budget);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return look(value.valueOf(), budget);
  const told = lookByMethod(value, { type, budget });
  return told === undefined ? lookAtFields(value, { type, budget }) : told.seen;
}

function classOf(value: object): string {
  const constructor: unknown = Reflect.get(value, "constructor");
  const name: unknown = typeof constructor === "function" ? Reflect.get(constructor, "name") : undefined;
  return typeof name === "string" && name !== "" && name !== "Object" ? name.slice(0, 100) : "object";
}

/** What the record of an event would hold of it; the text shows `causes` with `%+v` only, `code` and `stack` never. */
function lookAtError(error: object, budget: Budget): Seen {
  const { type, message, code, stack, causes = [] } = errorRecord(error, {}, { stacks: budget.stacks !== undefined, cut: () => void (budget.cut = true) });
  const told = { kind: "error", type, message: lookAtText(message, budget), code, stack: stack === undefined ? stack : lookAtStack(stack, budget) } as const;
  return { ...told, causes: causes.filter(() => --budget.values >= 0).map((cause) => ({ ...cause, message: lookAtText(cause.message, budget) })) };
}

function lookAtStack(stack: string, budget: Budget): string | undefined {
  const { stacks = 0 } = budget;
  if (stack.length > stacks) budget.cut = true;
  budget.stacks = Math.max(0, stacks - stack.length);
  return stacks === 0 ? undefined : clip(stack, stacks);
}

function lookAtDate(date: Date, type: string): Seen {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? textOf(type, "Invalid Date", false) : textOf(type, new Date(time).toISOString(), true);
}

function lookAtBytes(source: Uint8Array, budget: Budget): Seen {
  const length = Math.min(source.length, budget.units);
  if (length < source.length) budget.cut = true;
  budget.units -= length;
  return { kind: "bytes", type: classOf(source), bytes: Uint8Array.prototype.slice.call(source, 0, length) };
}

function lookAtItems(type: string, source: ArrayLike<unknown> | object, budget: Budget): Seen {
  const length = Number(Reflect.get(source, "length"));
  const items: Seen[] = [];
  for (let index = 0; index < length; index++) {
    if (index === maxMessageItems || budget.values <= 0) {
      items.push(left(budget));
      break;
    }
    items.push(lookAtKey(source, { key: index, budget }));
  }
  return { kind: "list", type, items };
}

/** One more than is shown, so that it is known that there are more. */
function firstOf<T>(values: Iterable<T>, budget: Budget): T[] {
  const first: T[] = [];
  for (const value of values) if (first.push(value) > Math.min(maxMessageItems, budget.values)) break;
  return first;
}

function lookAtMap(map: Map<unknown, unknown>, { type, budget }: { readonly type: string; readonly budget: Budget }): Seen {
  const fields: [string, Seen][] = [];
  for (const [key, value] of firstOf<[unknown, unknown]>(Map.prototype.entries.call(map), budget)) {
    if (fields.length >= maxMessageItems || budget.values <= 0) fields.push(["…", left(budget)]);
    else fields.push([keyText(key, budget), look(value, budget)]);
  }
  return { kind: "fields", type, fields };
}

function keyText(key: unknown, budget: Budget): string {
  const seen = look(key, budget);
  if (typeof seen !== "object" || seen === null) return String(seen);
  return seen.kind === "text" ? seen.text : `[${seen.type}]`;
}

/** What the value says of itself: `toString`, unless it is the one that every object has, or else `toJSON`. */
function lookByMethod(value: object, { type, budget }: { readonly type: string; readonly budget: Budget }): { readonly seen: Seen } | undefined {
  if (nestedCalls >= maxNestedCalls) return undefined;
  nestedCalls++;
  let method = "String";
  try {
    const toText: unknown = Reflect.get(value, "toString");
    const text: unknown = typeof toText === "function" && toText !== Object.prototype.toString ? Reflect.apply(toText, value, []) : undefined;
    if (typeof text === "string" && !text.startsWith("[object ")) return { seen: textOf(type, lookAtText(text, budget), true) };
    method = "toJSON";
    const toJson: unknown = Reflect.get(value, "toJSON");
    const json: unknown = typeof toJson === "function" ? Reflect.apply(toJson, value, []) : value;
    return json === value ? undefined : { seen: look(json, budget) };
  } catch (error) {
    return { seen: { kind: "panic", type, text: lookAtText(`${method} method: ${errorRecord(error, {}, { stacks: false }).message}`, budget) } };
  } finally {
    nestedCalls--;
  }
}

function lookAtFields(value: object, { type, budget }: { readonly type: string; readonly budget: Budget }): Seen {
  const fields: [string, Seen][] = [];
  for (const key of Object.keys(value)) {
    if (fields.length === maxMessageItems || budget.values <= 0) {
      fields.push(["…", left(budget)]);
      break;
    }
    fields.push([lookAtText(key, budget), lookAtKey(value, { key, budget })]);
  }
  return { kind: "fields", type, fields };
}

function lookAtKey(source: object, { key, budget }: { readonly key: string | number; readonly budget: Budget }): Seen {
  let value: unknown;
  try {
    value = Reflect.get(source, key);
  } catch {
    return textOf("object", "[unreadable]", false);
  }
  return look(value, budget);
}
