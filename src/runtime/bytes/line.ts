/** A sealed event as the bytes of its line, without an object or a text in between. `record`, in `sealed.ts`, is made on another way: the two must agree. */
import type { Core } from "../core.js";
import type { OriginatorState } from "../event.js";
import type { Plain } from "../plain.js";
import { type BaseKey, type Fields, isMain, keyOf, nameOf, type Naming, type SealedEvent, type SealedPartial, withoutAbsent } from "../sealed.js";
import type { KeyBytes, Layout, Slot } from "../slots.js";
import { keep, lineEnd, maxKeyBytes, type Memory } from "./memory.js";
import { ascii, close, members, number, open, plain, text, tooLong } from "./values.js";

/** Lines that are made by JSON.stringify before the memory is opened: a process that emits a few events pays nothing. */
const linesBefore = 32;

let lines = 0;
let memory: Memory | undefined;
let missing = false;
let held: SealedEvent | undefined;
let heldEnd = 0;

/**
 * Writes the line, newline included, into the memory and returns its length; the event that is written next takes its place. Undefined where JSON.stringify
 * has to make it: in the first events of a process, without WebAssembly, and for lines of more than a megabyte.
 */
export function writeLine(event: SealedEvent): number | undefined {
  if (held === event) return heldEnd;
  if (lines < linesBefore) {
    lines += 1;
    return undefined;
  }
  if (memory === undefined) {
    if (missing) return undefined;
    memory = open();
    missing = memory === undefined;
    if (memory === undefined) return undefined;
  }
  held = undefined;
  try {
    const end = line(memory, event);
    if (end === undefined) return undefined;
    heldEnd = end;
    held = event;
    return end;
  } catch (error) {
    if (error === tooLong) return undefined;
    throw error;
  }
}

/** The text of the line that was written last, without its newline. */
export function lineText(end: number): string {
  return memory?.text(0, end - 1) ?? "";
}

/** Copies the line that was written last. */
export function readLine(target: Uint8Array, at: number, end: number): void {
  memory?.read(target, at, end);
}

/** What stands in every line of a runtime: the start, with the service, and the keys. */
interface Fixed {
  readonly core: Core;
  readonly service: Kept;
  readonly keys: Keys;
}

interface Kept {
  readonly offset: number;
  readonly length: number;
}

type Key = Exclude<BaseKey, "service"> | "type" | "traceId" | "spanId" | "parentSpanId" | "root";
type Keys = { readonly [K in Key]: Kept };

let fixed: Fixed | undefined;
const keysOf = new Map<Naming, Keys>();

function fixedOf(into: Memory, core: Core): Fixed | undefined {
  if (fixed?.core === core) return fixed;
  const { naming } = core.registry;
  const keys = keysOf.get(naming) ?? keptKeys(into, naming);
  const service = keep(into, `{"service":${JSON.stringify(core.service)}`);
  if (keys === undefined || service === undefined) return undefined;
  keysOf.set(naming, keys);
  return (fixed = { core, service, keys });
}

function keptKeys(into: Memory, naming: Naming): Keys | undefined {
  const kept = (key: Key): Kept => keep(into, `${key === "type" ? "{" : ","}${JSON.stringify(keyOf(naming, key))}:`) ?? { offset: 0, length: 0 };
  return {
    eventId: kept("eventId"),
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

function line(into: Memory, event: SealedEvent): number | undefined {
  const fixed = fixedOf(into, event.state.core);
  if (fixed === undefined) return undefined;
  const { keys, service } = fixed;
  const { state, durationMs, originator, partials, problems } = event.parts;
  const { error } = state;
  let at = into.copy(service.offset, service.length, 0);
  at = text(state.eventId, key(into, keys.eventId, at));
  at = text(nameOf(state), key(into, keys.event, at));
  at = timestamp(state.startedAtMs, key(into, keys.timestamp, at));
  at = originatorObject(into, { state: state.originator, fields: originator, keys }, key(into, keys.originator, at));
  if (at < 0) return undefined;
  at = number(durationMs, key(into, keys.durationMs, at));
  at = text(error?.outcome ?? state.cutOff ?? "ok", key(into, keys.outcome, at));
  if (error !== undefined) at = plain(withoutAbsent(error.record), key(into, keys.error, at));
  if (isMain(state)) at = ascii("true", key(into, keys.main, at));
  if (state.parentEventId !== undefined) at = text(state.parentEventId, key(into, keys.parentEventId, at));
  if (state.followUpOf !== undefined) at = text(state.followUpOf, key(into, keys.followUpOf, at));
  at = number(event.rate, key(into, keys.sampleRate, at));
  at = text(event.reason, key(into, keys.sampleReason, at));
  at = text(state.core.registry.stamp, key(into, keys.schema, at));
  if (state.messages.length > 0) at = plain(state.messages, key(into, keys.messages, at));
  if (problems.length > 0) at = plain({ problems: problems.map(withoutAbsent) }, key(into, keys.wevt, at));
  for (const one of partials) {
    at = event.baseKeys.has(one.name) ? -1 : partial(into, one, at);
    if (at < 0) return undefined;
  }
  return ascii("}\n", at);
}

function key(into: Memory, { offset, length }: Kept, at: number): number {
  return into.copy(offset, length, at);
}

const identifiers: ReadonlySet<string> = new Set(["type", "traceId", "trace_id", "spanId", "span_id", "parentSpanId", "parent_span_id", "root"]);

interface Originator {
  readonly state: OriginatorState;
  readonly fields: Fields | undefined;
  readonly keys: Keys;
}

/** Negative where a field of its own has the name of an identifier. */
function originatorObject(into: Memory, { state: { type, traceId, spanId, parentSpanId, root }, fields, keys }: Originator, start: number): number {
  let at = text(type, key(into, keys.type, start));
  at = text(traceId, key(into, keys.traceId, at));
  at = text(spanId, key(into, keys.spanId, at));
  if (parentSpanId !== undefined) at = text(parentSpanId, key(into, keys.parentSpanId, at));
  if (root !== undefined) {
    at = text(root.type, key(into, keys.type, key(into, keys.root, at)));
    at = ascii("}", text(root.spanId, key(into, keys.spanId, at)));
  }
  if (fields === undefined) return ascii("}", at);
  const { layout, values } = fields;
  if (layout === undefined ? Object.keys(values).some((name) => identifiers.has(name)) : (layout.keys ??= keyBytes(into, layout.names))?.identifying !== false) return -1;
  const end = layout === undefined ? members(values, at) : slotMembers(into, { layout, values }, at);
  return end < 0 ? end : ascii("}", end);
}

function partial(into: Memory, { name, items, repeatable }: SealedPartial, start: number): number {
  let at = ascii(":", text(name, ascii(",", start)));
  if (!repeatable) return items[0] === undefined ? ascii("{}", at) : whole(into, items[0], at);
  at = ascii("[", at);
  for (let index = 0; index < items.length && at >= 0; index++) {
    const item = items[index];
    if (item !== undefined) at = whole(into, item, index === 0 ? at : ascii(",", at));
  }
  return at < 0 ? at : ascii("]", at);
}

function whole(into: Memory, { layout, values }: Fields, at: number): number {
  const end = layout === undefined ? members(values, at) : slotMembers(into, { layout, values }, at);
  return end < 0 ? end : close(at, end);
}

/** `,"a":1,"b":2`; negative where there is no room for the keys. */
function slotMembers(into: Memory, { layout, values }: { readonly layout: Layout; readonly values: readonly Slot[] }, start: number): number {
  const keys = (layout.keys ??= keyBytes(into, layout.names));
  if (keys === undefined) return -1;
  const { offsets, lengths } = keys;
  let at = start;
  for (let index = 0; index < offsets.length; index++) {
    const value = values[index];
    if (value === undefined) continue;
    if (at > lineEnd) throw tooLong;
    at = into.copy(offsets[index] ?? 0, lengths[index] ?? 0, at);
    if (typeof value === "string") at = text(value, at);
    else if (typeof value === "number") at = number(value, at);
    else if (typeof value === "boolean") at = value ? ascii("true", at) : ascii("false", at);
    else {
      const below = layout.below[index];
      at = below !== undefined && Array.isArray(value) ? whole(into, { layout: below, values: value }, at) : plain(value as Plain, at);
      if (at < 0) return at;
    }
  }
  return at;
}

function keyBytes(into: Memory, names: readonly string[]): KeyBytes | undefined {
  const keys = { offsets: new Int32Array(names.length), lengths: new Int32Array(names.length), identifying: names.some((name) => identifiers.has(name)) };
  for (const [index, name] of names.entries()) {
    const kept = name.length > maxKeyBytes / 6 ? undefined : keep(into, `,${JSON.stringify(name)}:`);
    if (kept === undefined) return undefined;
    keys.offsets[index] = kept.offset;
    keys.lengths[index] = kept.length;
  }
  return keys;
}

let second = Number.NaN;
let secondText = "";

/** ISO 8601: up to the second it is made once a second. */
function timestamp(ms: number, at: number): number {
  const whole = Math.floor(ms / 1_000);
  if (whole !== second) {
    secondText = new Date(ms).toISOString().slice(0, -4);
    second = whole;
  }
  const rest = Math.floor(ms - whole * 1_000);
  let end = ascii('"', at);
  end = ascii(secondText, end);
  if (rest < 100) end = ascii(rest < 10 ? "00" : "0", end);
  return ascii('Z"', number(rest, end));
}
