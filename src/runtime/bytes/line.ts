/** A sealed event as the bytes of its line, without an object or a text in between. `record`, in `sealed.ts`, is made on another way: the two must agree. */
import type { Sealed } from "../collector.js";
import type { EventState, Written } from "../event.js";
import type { PlainObject } from "../plain.js";
import { isMain, nameOf, SealedEvent, withoutAbsent } from "../sealed.js";
import { type Layout, layoutOf, type Slot } from "../slots.js";
import { type Fixed, fixedOf, identifiers, keepRun, type Keys, keyBytes, partialKey } from "./fixed.js";
import { type Kept, lineEnd, type Memory, reserve, wordsPerKey } from "./memory.js";
import { mayRecur, newMemo, recurring } from "./memo.js";
import { copyShare, keepShare } from "./shared.js";
import { ascii, close, members, milliseconds, number, open, plain, text, tooLong, word } from "./values.js";

/** Lines that are made by JSON.stringify before the memory is opened: a process that emits a few events pays nothing. */
const linesBefore = 32;

let lines = 0;
let memory: Memory | undefined;
let missing = false;
let held: Sealed | undefined;
let heldEnd = 0;

/**
 * Writes the line, newline included, into the memory and returns its length; the event that is written next takes its place. Undefined where JSON.stringify
 * has to make it: in the first events of a process, without WebAssembly, and for lines of more than a megabyte.
 */
export function writeLine(event: Sealed): number | undefined {
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
    const end = event instanceof SealedEvent ? line(memory, event) : event.writeTo?.(memory);
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

function line(into: Memory, event: SealedEvent): number | undefined {
  const fixed = fixedOf(into, event.state.core);
  if (fixed === undefined) return undefined;
  const { keys, service } = fixed;
  const { state, durationMs, problems } = event;
  let at = into.copy(service.offset, service.length, 0);
  at = text(state.eventId, at);
  at = timestamp(into, state.startedAtMs, head(into, fixed, event, at));
  at = originatorObject(into, keys, event, key(into, keys.originator, at));
  if (at < 0) return undefined;
  at = number(durationMs, key(into, keys.durationMs, at));
  at = tail(into, fixed, event, at);
  if (state.messages.length > 0) at = plain(state.messages, key(into, keys.messages, at));
  if (problems.length > 0) at = plain({ problems: problems.map(withoutAbsent) }, key(into, keys.wevt, at));
  const { baseKeys } = event;
  const { partials } = state;
  for (let index = 0; index < partials.length; index++) {
    const written = partials[index];
    if (written === undefined || baseKeys.has(written.descriptor.name)) return undefined;
    at = partial(into, written, at);
  }
  return ascii("}\n", at);
}

export function key(into: Memory, { offset, length }: Kept, at: number): number {
  return into.copy(offset, length, at);
}

/** From the event's name to its timestamp's key. */
export function head(into: Memory, fixed: Fixed, { state }: SealedEvent, start: number): number {
  const name = nameOf(state);
  const { heads, keys } = fixed;
  if (heads.name === name && heads.length > 0) return key(into, heads, start);
  const end = key(into, keys.timestamp, text(name, key(into, keys.event, start)));
  keepRun(into, heads, start, end);
  heads.name = name;
  return end;
}

/** From the outcome to the schema. */
export function tail(into: Memory, { keys, tails }: Fixed, event: SealedEvent, start: number): number {
  const { state, rate, reason } = event;
  const { error, cutOff } = state;
  const plainEnd = error === undefined && cutOff === undefined && isMain(state);
  if (plainEnd && tails.length > 0 && tails.rate === rate && tails.reason === reason) return key(into, tails, start);
  let at = outcome(into, keys, state, start);
  if (error !== undefined) at = plain(withoutAbsent(error.record), key(into, keys.error, at));
  at = ending(into, keys, event, at);
  if (!plainEnd) return at;
  keepRun(into, tails, start, at);
  tails.rate = rate;
  tails.reason = reason;
  return at;
}

export function outcome(into: Memory, keys: Keys, { error, cutOff }: EventState, at: number): number {
  return text(cutOff ?? error?.outcome ?? "ok", key(into, keys.outcome, at));
}

/** From what is behind the error to the schema. */
export function ending(into: Memory, keys: Keys, { state, rate, reason }: SealedEvent, start: number): number {
  const { parentEventId, followUpOf } = state;
  let at = isMain(state) ? word(true, key(into, keys.main, start)) : start;
  if (parentEventId !== undefined) at = text(parentEventId, key(into, keys.parentEventId, at));
  if (followUpOf !== undefined) at = text(followUpOf, key(into, keys.followUpOf, at));
  at = number(rate, key(into, keys.sampleRate, at));
  at = text(reason, key(into, keys.sampleReason, at));
  return text(state.core.registry.stamp, key(into, keys.schema, at));
}

/** Negative where a field of its own has the name of an identifier. */
function originatorObject(into: Memory, keys: Keys, { state, originator: fields }: SealedEvent, start: number): number {
  const { type, traceId, spanId, parentSpanId, root, descriptor } = state.originator;
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
  const end = Array.isArray(fields) ? slotMembers(into, layout, fields, at) : members(fields, at);
  return ascii("}", end);
}

function partial(into: Memory, written: Written, start: number): number {
  const { bound, items } = written;
  if (bound === undefined || items[0] !== bound.finished) return ownPartial(into, written, start);
  if (start > lineEnd) throw tooLong;
  const shared = copyShare(into, bound, start);
  if (shared !== undefined) return shared;
  const end = ownPartial(into, written, start);
  keepShare(into, bound, start, end);
  return end;
}

export function ownPartial(into: Memory, { descriptor, layout, items }: Written, start: number): number {
  let at = partialKey(into, layout, descriptor.name, start);
  if (descriptor.repeatable === undefined) return items[0] === undefined ? ascii("{}", at) : whole(into, layout, items[0], at);
  at = ascii("[", at);
  for (let index = 0; index < items.length; index++) {
    const values = items[index];
    if (values !== undefined) at = whole(into, layout, values, index === 0 ? at : ascii(",", at));
  }
  return ascii("]", at);
}

function whole(into: Memory, layout: Layout, values: PlainObject | Slot[], at: number): number {
  return close(at, Array.isArray(values) ? slotMembers(into, layout, values, at) : members(values, at));
}

/** `,"a":1,"b":2`. */
export function slotMembers(into: Memory, layout: Layout, values: readonly Slot[], start: number): number {
  const { words, lengths, memos } = (layout.keys ??= keyBytes(layout.names));
  const { view } = into;
  let at = start;
  for (let index = 0; index < lengths.length; index++) {
    const value = values[index];
    if (value === undefined) continue;
    if (at > lineEnd) throw tooLong;
    const from = at;
    const length = lengths[index] ?? 0;
    const first = index * wordsPerKey;
    // The last store runs over the key's end; what comes next covers that. Text of whole characters is never the bytes of a NaN.
    view.setFloat64(at, words[first] ?? 0, true);
    view.setFloat64(at + 8, words[first + 1] ?? 0, true);
    if (length > 16) {
      view.setFloat64(at + 16, words[first + 2] ?? 0, true);
      view.setFloat64(at + 24, words[first + 3] ?? 0, true);
    }
    at = length > 0 ? at + length : ascii(":", text(layout.names[index] ?? "", ascii(",", at)));
    if (typeof value === "string") at = mayRecur(value) ? recurring(into, (memos[index] ??= newMemo()), value, at) : text(value, at);
    else if (typeof value === "number") at = number(value, at);
    else if (typeof value === "boolean" || value === null) at = word(value, at);
    else {
      const below = layout.below[index];
      if (below === undefined || !Array.isArray(value)) at = plain(value, at);
      // In the flat layout, its fields have their paths as keys, in place of its own.
      else at = below.joined === true ? slotMembers(into, below, value, from) : whole(into, below, value, at);
    }
  }
  return at;
}

const secondBytes = 20;
let second = Number.NaN;
let secondAt = 0;

/** ISO 8601: up to the second it is made once a second. */
export function timestamp(into: Memory, ms: number, at: number): number {
  const whole = Math.floor(ms / 1_000);
  const rest = Math.floor(ms - whole * 1_000);
  if (whole !== second) {
    const iso = new Date(ms).toISOString();
    secondAt ||= reserve(secondBytes) ?? 0;
    if (iso.length !== secondBytes + 4 || secondAt === 0) return text(iso, at);
    into.native.utf8Write(iso.slice(0, secondBytes), secondAt);
    second = whole;
  }
  return ascii('Z"', milliseconds(rest, into.copy(secondAt, secondBytes, ascii('"', at))));
}
