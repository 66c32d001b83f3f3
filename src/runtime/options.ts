/** What was given as options, as far as it can be used. Options come from config and from other people's code: a wrong one is a problem, and no throw. */
import type { CoreOptions } from "./core.js";
import { warnOnce } from "./problems.js";
import type { Problem } from "./types.js";

export type Guard = (value: unknown) => boolean;
/** What each option has to be. */
export type Guards<Options> = { readonly [Key in keyof Required<Options>]: Guard };

export const isBoolean: Guard = (value) => typeof value === "boolean";
export const isText: Guard = (value) => typeof value === "string";
export const isFunction: Guard = (value) => typeof value === "function";
export const isObject: Guard = (value) => typeof value === "object";
export const isCount: Guard = (value) => typeof value === "number" && value >= 0;
export const hasMethods = (...names: readonly string[]): Guard => (value) => typeof value === "object" && names.every((name) => typeof readOption(value, name) === "function");

const guards: Guards<CoreOptions> = {
  service: isObject,
  collectors: Array.isArray,
  validation: (value) => value === "report" || value === "throw" || value === "off",
  hashKey: (value) => isText(value) || value instanceof Uint8Array || (isObject(value) && isText(readOption(value, "id"))),
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

/** The options of `createWevt` that can be used. */
export function readOptions(given: unknown): ReadOptions {
  const { options, wrong, unknown } = take(given, guards);
  return {
    options,
    wrong: [
      ...wrong.map((key): Problem => ({ problem: "constraint", path: key, message: "createWevt cannot use this option as it is: it was left out, and its default holds" })),
      ...unknown.map((key): Problem => ({ problem: "unknown_field", path: key, message: `createWevt has no such option; it has ${Object.keys(guards).join(", ")}` })),
    ],
  };
}

/** The options that can be used, of what is made before there is a wevt that could be told: stderr is. */
export function usableOptions(place: string, given: unknown, wanted: { readonly [key: string]: Guard }): { readonly [key: string]: unknown } {
  const { options, wrong, unknown } = take(given, wanted);
  if (wrong.length > 0) warnOnce(`wevt: constraint at ${place}: cannot use ${wrong.join(", ")} as given: the default holds`);
  for (const key of unknown) warnOnce(`wevt: unknown_field at ${place}: it has no option ${key}, but ${Object.keys(wanted).join(", ")}`);
  return options;
}

interface Taken {
  readonly options: { readonly [key: string]: unknown };
  readonly wrong: readonly string[];
  /** Nothing has an option of such a name. */
  readonly unknown: readonly string[];
}

/** Null stands for absent, as undefined does. */
function take(given: unknown, wanted: { readonly [key: string]: Guard }): Taken {
  const options: { [key: string]: unknown } = {};
  const wrong: string[] = [];
  for (const [key, guard] of Object.entries(wanted)) {
    try {
      const value: unknown = Reflect.get(Object(given ?? {}), key);
      if (value === undefined || value === null) continue;
      if (guard(value)) options[key] = value;
      else wrong.push(key);
    } catch {
      // It cannot be read.
      wrong.push(key);
    }
  }
  return { options, wrong, unknown: keysOf(given).filter((key) => !Object.hasOwn(wanted, key)) };
}

function keysOf(given: unknown): readonly string[] {
  try {
    return typeof given === "object" && given !== null ? Object.keys(given).slice(0, 100) : [];
  } catch {
    return [];
  }
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
