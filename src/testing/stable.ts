/** Records in which nothing changes from run to run, for golden files and snapshots. */
import { isPlainObject, put } from "../runtime/plain.js";
import type { AnyRecord } from "./records.js";

export interface StableOptions {
  /** Further paths whose values change from run to run: `sandbox.startDurationMs`; below lists, without an index: `llmCall.startedAt`. */
  readonly volatile?: readonly string[];
}

/** What stands for a value that changes, in the form of the path that `camelCase` makes. */
const byPath: { readonly [path: string]: string } = { timestamp: "<time>", durationMs: "<duration>", "messages.atMs": "<duration>", schema: "<schema>", "error.stack": "<stack>" };

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
  if (typeof value === "string" && /^messages\.args\..*\.stack$/.test(path)) return "<stack>";
  const known = Object.hasOwn(byPath, camelCase(path)) ? byPath[camelCase(path)] : undefined;
  if (known !== undefined && value !== undefined) return known;
  if (typeof value === "string") return context.names.inText(value);
  if (Array.isArray(value)) return value.map((item) => replace(item, path, context));
  if (!isPlainObject(value)) return value;
  const copy: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(value)) put(copy, context.names.inText(key), replace(item, path === "" ? key : `${path}.${key}`, context));
  return copy;
}

/** Gives each different value a name, in the order in which they come. */
interface Names {
  inText(text: string): string;
  /** What is only digits is known by the places at which it stands. */
  learn(value: unknown): void;
}

type Kind = "event" | "trace" | "span";
const kinds: { readonly [key: string]: Kind | undefined } = { traceId: "trace", spanId: "span", parentSpanId: "span" };

function createNames(): Names {
  const names = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const digits = new Map<string, Kind>();
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
      const kind = kinds[camelCase(key)];
      if (kind !== undefined && typeof item === "string") digits.set(item.replace(/^span_/, ""), kind);
      else learn(item);
    }
  };
  return {
    learn,
    inText: (text) =>
      text
        .replace(/evnt_[0-9A-Za-z]{25}/g, (id) => of("event", id))
        .replace(/span_([0-9a-f]{16})(?![0-9a-f])/g, (_, hex) => of("span", hex))
        .replace(/(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{16})(?![0-9a-f])/g, (hex) => {
          const kind = digits.get(hex);
          return kind === undefined ? hex : of(kind, hex);
        }),
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
