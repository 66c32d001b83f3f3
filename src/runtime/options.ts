/** What was given to `createWevt`, as far as it can be used. Options come from config and from other people's code: a wrong one is a problem, and no throw. */
import type { CoreOptions } from "./core.js";
import type { Problem } from "./types.js";

type Guard = (value: unknown) => boolean;

const isBoolean: Guard = (value) => typeof value === "boolean";
const isFunction: Guard = (value) => typeof value === "function";
const isObject: Guard = (value) => typeof value === "object";
const isCount: Guard = (value) => typeof value === "number" && value >= 0;
const hasMethods = (...names: readonly string[]): Guard => (value) => typeof value === "object" && names.every((name) => typeof readOption(value, name) === "function");

const guards: { readonly [Key in keyof Required<CoreOptions>]: Guard } = {
  service: isObject,
  collectors: Array.isArray,
  validation: (value) => value === "report" || value === "throw" || value === "off",
  hashKey: (value) => typeof value === "string" || typeof value === "object",
  onProblem: isFunction,
  maxProblems: isCount,
  healthIntervalMs: isCount,
  stacks: isBoolean,
  sampling: isFunction,
  messages: (value) => hasMethods("format", "infer")(value) && typeof readOption(value, "debug") === "object",
  enrich: Array.isArray,
  redaction: hasMethods("redact"),
  openTelemetry: isBoolean,
  clock: hasMethods("now", "monotonic"),
  ids: hasMethods("eventId", "traceId", "spanId"),
};

export interface ReadOptions {
  readonly options: CoreOptions;
  readonly wrong: readonly Problem[];
}

/** The options that can be used; null stands for absent, as undefined does. */
export function readOptions(given: unknown): ReadOptions {
  const options: { [key: string]: unknown } = {};
  const wrong: Problem[] = [];
  for (const [key, guard] of Object.entries(guards)) {
    const value = readOption(given, key);
    if (value === undefined || value === null) continue;
    if (fits(value, guard)) options[key] = value;
    else wrong.push({ problem: "constraint", path: key, message: "createWevt cannot use this option as it is: it was left out, and its default holds" });
  }
  return { options, wrong };
}

/** A property; undefined where there is none or it cannot be read. */
export function readOption(source: unknown, key: string): unknown {
  try {
    return source === undefined || source === null ? undefined : Reflect.get(Object(source), key);
  } catch {
    return undefined;
  }
}

/** The items of a list, whatever kind of list it is. */
export function readList(list: unknown, max = 100): readonly unknown[] {
  const length = readOption(list, "length");
  return Array.from({ length: typeof length === "number" && length > 0 ? Math.min(length, max) : 0 }, (_, index) => readOption(list, String(index)));
}

function fits(value: unknown, guard: Guard): boolean {
  try {
    return guard(value);
  } catch {
    return false;
  }
}
