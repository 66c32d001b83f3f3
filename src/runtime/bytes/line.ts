/** A sealed event as the bytes of its line, without an object or a text in between. `record`, in `sealed.ts`, is made on another way: the two must agree. */
import type { Core } from "../core.js";
import type { OriginatorState, Written } from "../event.js";
import type { PlainObject } from "../plain.js";
import { type BaseKey, isMain, keyOf, nameOf, type Naming, type SealedEvent, withoutAbsent } from "../sealed.js";
import { type KeyBytes, type Layout, layoutOf, type Slot } from "../slots.js";
import { keep, lineEnd, type Memory, wordsPerKey } from "./memory.js";
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

/** The runtime that wrote last; there is mostly one. */
let fixed: Fixed | undefined;
const fixedOfCores = new WeakMap<Core, Fixed>();
const keysOf = new Map<Naming, Keys>();

function fixedOf(into: Memory, core: Core): Fixed | undefined {
  if (fixed?.core === core) return fixed;
  const known = fixedOfCores.get(core) ?? fix(into, core);
  if (known !== undefined) fixed = known;
  return known;
}

/** What is kept stays for the life of the process: once for each runtime. Undefined where there is no room left. */
function fix(into: Memory, core: Core): Fixed | undefined {
  const { naming } = core.registry;
  const keys = keysOf.get(naming) ?? keptKeys(into, naming);
  const service = keep(into, `{"service":${JSON.stringify(core.service)}`);
  if (service === undefined || Object.values(keys).some(({ length }) => length === 0)) return undefined;
  const made = { core, service, keys };
  keysOf.set(naming, keys);
  fixedOfCores.set(core, made);
  return made;
}

/** A key for which there is no room has no length. */
function keptKeys(into: Memory, naming: Naming): Keys {
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
  const { state, durationMs, originator, problems } = event.parts;
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
  for (const written of state.partials) {
    if (event.baseKeys.has(written.descriptor.name)) return undefined;
    at = partial(into, written, at);
  }
  return ascii("}\n", at);
}

function key(into: Memory, { offset, length }: Kept, at: number): number {
  return into.copy(offset, length, at);
}

const identifiers: ReadonlySet<string> = new Set(["type", "traceId", "trace_id", "spanId", "span_id", "parentSpanId", "parent_span_id", "root"]);

interface Originator {
  readonly state: OriginatorState;
  readonly fields: PlainObject | Slot[] | undefined;
  readonly keys: Keys;
}

/** Negative where a field of its own has the name of an identifier. */
function originatorObject(into: Memory, { state: { type, traceId, spanId, parentSpanId, root, descriptor }, fields, keys }: Originator, start: number): number {
  let at = text(type, key(into, keys.type, start));
  at = text(traceId, key(into, keys.traceId, at));
  at = text(spanId, key(into, keys.spanId, at));
  if (parentSpanId !== undefined) at = text(parentSpanId, key(into, keys.parentSpanId, at));
  if (root !== undefined) {
    at = text(root.type, key(into, keys.type, key(into, keys.root, at)));
    at = ascii("}", text(root.spanId, key(into, keys.spanId, at)));
  }
  if (fields === undefined || descriptor === undefined) return ascii("}", at);
  const layout = layoutOf(descriptor.rule);
  if (Array.isArray(fields) ? (layout.keys ??= keyBytes(layout.names)).identifying : Object.keys(fields).some((name) => identifiers.has(name))) return -1;
  const end = Array.isArray(fields) ? slotMembers(into, { layout, values: fields }, at) : members(fields, at);
  return ascii("}", end);
}

function partial(into: Memory, { descriptor, layout, items }: Written, start: number): number {
  let at = ascii(":", text(descriptor.name, ascii(",", start)));
  if (descriptor.repeatable === undefined) return items[0] === undefined ? ascii("{}", at) : whole(into, { layout, values: items[0] }, at);
  at = ascii("[", at);
  for (let index = 0; index < items.length; index++) {
    const values = items[index];
    if (values !== undefined) at = whole(into, { layout, values }, index === 0 ? at : ascii(",", at));
  }
  return ascii("]", at);
}

function whole(into: Memory, { layout, values }: { readonly layout: Layout; readonly values: PlainObject | Slot[] }, at: number): number {
  return close(at, Array.isArray(values) ? slotMembers(into, { layout, values }, at) : members(values, at));
}

/** `,"a":1,"b":2`. */
function slotMembers(into: Memory, { layout, values }: { readonly layout: Layout; readonly values: readonly Slot[] }, start: number): number {
  const { words, lengths } = (layout.keys ??= keyBytes(layout.names));
  const { view } = into;
  let at = start;
  for (let index = 0; index < lengths.length; index++) {
    const value = values[index];
    if (value === undefined) continue;
    if (at > lineEnd) throw tooLong;
    const length = lengths[index] ?? 0;
    const word = index * wordsPerKey;
    // The last store runs over the key's end; what comes next covers that. Text of whole characters is never the bytes of a NaN.
    view.setFloat64(at, words[word] ?? 0, true);
    view.setFloat64(at + 8, words[word + 1] ?? 0, true);
    if (length > 16) {
      view.setFloat64(at + 16, words[word + 2] ?? 0, true);
      view.setFloat64(at + 24, words[word + 3] ?? 0, true);
    }
    at = length > 0 ? at + length : ascii(":", text(layout.names[index] ?? "", ascii(",", at)));
    if (typeof value === "string") at = text(value, at);
    else if (typeof value === "number") at = number(value, at);
    else if (typeof value === "boolean") at = value ? ascii("true", at) : ascii("false", at);
    else {
      const below = layout.below[index];
      at = below !== undefined && Array.isArray(value) ? whole(into, { layout: below, values: value }, at) : plain(value, at);
    }
  }
  return at;
}

function keyBytes(names: readonly string[]): KeyBytes {
  const words = new Float64Array(names.length * wordsPerKey);
  const lengths = new Uint8Array(names.length);
  for (const [index, name] of names.entries()) {
    const key = new TextEncoder().encode(`,${JSON.stringify(name)}:`);
    if (key.length > wordsPerKey * 8) continue;
    new Uint8Array(words.buffer).set(key, index * wordsPerKey * 8);
    lengths[index] = key.length;
  }
  return { words, lengths, identifying: names.some((name) => identifiers.has(name)) };
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
