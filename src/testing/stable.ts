/** Records in which nothing changes from run to run, for golden files and snapshots. */
import { isPlainObject, put } from "../runtime/plain.js";
import type { AnyRecord } from "./records.js";

export interface StableOptions {
  /** Further paths whose values change from run to run: `sandbox.startDurationMs`; below lists, without an index: `llmCall.startedAt`. */
  readonly volatile?: readonly string[];
}

/** What stands for a value that changes. Numbered where the same value stands for the same thing. */
const byPath: { readonly [path: string]: (value: string, names: Names) => string } = {
  timestamp: (value, names) => names.of("time", value),
  durationMs: () => "<duration>",
  "messages.atMs": () => "<duration>",
  schema: () => "<schema>",
  "error.stack": () => "<stack>",
};

/**
 * The same records, with identifiers, timestamps, durations, schema stamps and stacks replaced. What was the same before is the same after, also
 * inside of texts, so that one still sees which event is whose child.
 *
 *     expect(stable(kit.events)).toMatchSnapshot(); // eventId: "<event 1>", parentEventId: "<event 1>"
 */
export function stable<Given extends object>(records: Given, { volatile = [] }: StableOptions = {}): Given extends readonly unknown[] ? AnyRecord[] : AnyRecord {
  const names = createNames();
  const paths = new Set(volatile);
  names.learn(records);
  const replaced = Array.isArray(records) ? records.map((record) => replace(record, "", { names, paths })) : replace(records, "", { names, paths });
  return asStable(replaced);
}

interface Context {
  readonly names: Names;
  readonly paths: ReadonlySet<string>;
}

function replace(value: unknown, path: string, context: Context): unknown {
  if (value !== undefined && path !== "" && context.paths.has(path)) return "<volatile>";
  const known = Object.hasOwn(byPath, camelCase(path)) ? byPath[camelCase(path)] : undefined;
  if (known !== undefined && value !== undefined) return known(String(value), context.names);
  if (typeof value === "string") return context.names.inText(value);
  if (Array.isArray(value)) return value.map((item) => replace(item, path, context));
  if (!isPlainObject(value)) return value;
  const copy: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(value)) put(copy, context.names.inText(key), replace(item, path === "" ? key : `${path}.${key}`, context));
  return copy;
}

/** Gives each different value a name, in the order in which they come. */
interface Names {
  of(kind: Kind, value: string): string;
  inText(text: string): string;
  /** Traces are text like any other: they are known by the places at which they stand. */
  learn(value: unknown): void;
}

type Kind = "event" | "trace" | "span" | "time";

function createNames(): Names {
  const names = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const traces = new Set<string>();
  const of = (kind: Kind, value: string): string => {
    const key = `${kind} ${value}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = `<${kind} ${count}>`;
    names.set(key, name);
    return name;
  };
  const learn = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (camelCase(key) === "traceId" && typeof item === "string") traces.add(item);
      else learn(item);
    }
  };
  return {
    of,
    learn,
    inText: (text) =>
      text
        .replace(/evnt_[0-9A-Za-z]{25}/g, (id) => of("event", id))
        .replace(/span_([0-9a-f]{16})(?![0-9a-f])/g, (_, hex) => of("span", hex))
        .replace(/(?<![0-9a-f])([0-9a-f]{32})(?![0-9a-f])/g, (hex) => (traces.has(hex) ? of("trace", hex) : hex))
        .replace(/(?<![0-9a-f])([0-9a-f]{16})(?![0-9a-f])/g, (hex) => names.get(`span ${hex}`) ?? hex),
  };
}

/** Base fields of either naming. */
function camelCase(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Named guard: a list becomes a list, and a record a record. */
function asStable<Given>(replaced: unknown): Given {
  return replaced as Given;
}
