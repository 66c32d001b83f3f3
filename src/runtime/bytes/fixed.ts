/** What stands in every line of a runtime, as bytes: the start, with the service, the keys, and what came last where that mostly comes again. */
import type { Core } from "../core.js";
import { type BaseKey, keyOf, type Naming } from "../sealed.js";
import type { KeyBytes, Layout } from "../slots.js";
import { keep, type Kept, type Memory, reserve, wordsPerKey } from "./memory.js";
import { ascii, text } from "./values.js";

export interface Fixed {
  readonly core: Core;
  /** Up to the key of the event's id. */
  readonly service: Kept;
  readonly keys: Keys;
  /** From the event's name to the timestamp's key. */
  readonly heads: Run & { name: string };
  /** From the outcome to the schema, of an event that went well and is the only one. */
  readonly tails: Run & { rate: number; reason: string };
}

/** Bytes of the last line that the next one probably has, too. */
export interface Run {
  readonly offset: number;
  /** 0 where there are none. */
  length: number;
}

type Key = Exclude<BaseKey, "service" | "eventId"> | "type" | "traceId" | "spanId" | "parentSpanId" | "root";
export type Keys = { readonly [K in Key]: Kept };

export const identifiers: ReadonlySet<string> = new Set(["type", "traceId", "trace_id", "spanId", "span_id", "parentSpanId", "parent_span_id", "root"]);

/** The runtime that wrote last; there is mostly one. */
let fixed: Fixed | undefined;
const fixedOfCores = new WeakMap<Core, Fixed>();
const keysOf = new Map<Naming, Keys>();

/** What is kept stays for the life of the process: once for each runtime. Undefined where there is no room left. */
export function fixedOf(into: Memory, core: Core): Fixed | undefined {
  if (fixed?.core === core) return fixed;
  const known = fixedOfCores.get(core) ?? fix(into, core);
  if (known !== undefined) fixed = known;
  return known;
}

const bytesPerRun = 512;

function fix(into: Memory, core: Core): Fixed | undefined {
  const { naming } = core.registry;
  const runs = reserve(2 * bytesPerRun);
  if (runs === undefined) return undefined;
  const keys = keysOf.get(naming) ?? keptKeys(into, naming);
  const service = keep(into, `{"service":${JSON.stringify(core.service)},${JSON.stringify(keyOf(naming, "eventId"))}:`);
  if (service === undefined || Object.values(keys).some(({ length }) => length === 0)) return undefined;
  const made: Fixed = { core, service, keys, heads: { offset: runs, length: 0, name: "" }, tails: { offset: runs + bytesPerRun, length: 0, rate: 0, reason: "" } };
  keysOf.set(naming, keys);
  fixedOfCores.set(core, made);
  return made;
}

/** Keeps what stands in the line from `from` to `end`. */
export function keepRun(into: Memory, run: Run, from: number, end: number): void {
  run.length = 0;
  if (end - from > bytesPerRun) return;
  into.copy(from, end - from, run.offset);
  run.length = end - from;
}

/** A key for which there is no room has no length. */
function keptKeys(into: Memory, naming: Naming): Keys {
  const kept = (key: Key): Kept => keep(into, `${key === "type" ? "{" : ","}${JSON.stringify(keyOf(naming, key))}:`) ?? { offset: 0, length: 0 };
  return {
    event: kept("event"),
    timestamp: kept("timestamp"),
    originator: kept("originator"),
    type: kept("type"),
    traceId: kept("traceId"),
    spanId: kept("spanId"),
    parentSpanId: kept("parentSpanId"),
    root: kept("root"),
    durationMs: kept("durationMs"),
    outcome: kept("outcome"),
    error: kept("error"),
    main: kept("main"),
    parentEventId: kept("parentEventId"),
    followUpOf: kept("followUpOf"),
    sampleRate: kept("sampleRate"),
    sampleReason: kept("sampleReason"),
    schema: kept("schema"),
    messages: kept("messages"),
    wevt: kept("wevt"),
  };
}

/** `,"user":` */
export function partialKey(into: Memory, layout: Layout, name: string, at: number): number {
  const keys = (layout.keys ??= keyBytes(layout.names));
  if (keys.name === name && keys.head !== undefined) return into.copy(keys.head.offset, keys.head.length, at);
  keys.head ??= keep(into, `,${JSON.stringify(name)}:`);
  keys.name ??= name;
  return ascii(":", text(name, ascii(",", at)));
}

/** The keys of a layout's fields. */
export function keyBytes(names: readonly string[]): KeyBytes {
  const words = new Float64Array(names.length * wordsPerKey);
  const lengths = new Uint8Array(names.length);
  for (const [index, name] of names.entries()) {
    const key = new TextEncoder().encode(`,${JSON.stringify(name)}:`);
    if (key.length > wordsPerKey * 8) continue;
    new Uint8Array(words.buffer).set(key, index * wordsPerKey * 8);
    lengths[index] = key.length;
  }
  return { words, lengths, identifying: names.some((name) => identifiers.has(name)), memos: names.map(() => undefined), name: undefined, head: undefined };
}
