/** Every way to write into an event. Nothing here keeps or changes what the caller passed. */
import type { Bound } from "./bound.js";
import type { FieldRule, PartialDescriptor } from "./contract.js";
import { copyField, copyFields } from "./copy.js";
import type { Core, Prepared } from "./core.js";
import { errorRecord, type ErrorDetails, isAnswer, isAnyObject, isSameFailure, outcomeOf } from "./error-record.js";
import { beyondEvent, type EventState, itemAt, report, unitsWritten, writable, writtenOf } from "./event.js";
import { maxArrayItems, maxEventUnits } from "./limits.js";
import { mergeFields } from "./merge.js";
import { readOption } from "./options.js";
import { isPlainObject, type Plain, type PlainObject, put } from "./plain.js";
import { rollUp } from "./rollup.js";
import { pathOf, ruleOf, shownPath } from "./rules.js";
import { fieldsOf, layoutOf, type Slot, takeSlots, unitsOf } from "./slots.js";
import type { ErrorRecord, Problem } from "./types.js";
import { issuesOf, problemOf, ValidationError } from "./validate.js";

const defaultMaxItems = 100;

export interface Write {
  readonly descriptor: PartialDescriptor;
  readonly fields: unknown;
  /** All required fields are due now (`log`), or any subset will do (`set`). */
  readonly whole: boolean;
}

/** Looked up once; partials that are in no registry are looked up each time. */
export function prepare({ partials, prepared }: Core, descriptor: PartialDescriptor): Prepared {
  const known = prepared.get(descriptor.name);
  if (known?.descriptor === descriptor) return known;
  const made = { descriptor, layout: layoutOf(descriptor.rule) };
  if (partials.get(descriptor.name) === descriptor) prepared.set(descriptor.name, made);
  return made;
}

/** Writes all the fields of one partial, which mostly are right. Throws as `writePartial` does. */
export function writeWhole(written: EventState, prepared: Prepared, fields: unknown): void {
  const { descriptor, layout } = prepared;
  const state = writable(written, descriptor.name);
  if (state === undefined) return;
  if (typeof fields === "object" && fields !== null && isDeclared(state, descriptor.name)) {
    const taken = takeSlots(fields, descriptor.slots, layout);
    if (taken !== undefined) return place(state, prepared, taken.slots, taken.units);
  }
  write(state, { descriptor, fields, whole: true });
}

/** Writes what `bind` made. Nothing is left to be checked but whether the event lists it. */
export function writeBound(written: EventState, descriptor: PartialDescriptor, bound: Bound): void {
  const state = writable(written, descriptor.name);
  if (state === undefined) return;
  if (isDeclared(state, descriptor.name)) place(state, prepare(state.core, descriptor), bound.slots, bound.units, bound);
  else write(state, { descriptor, fields: fieldsOf(bound.slots, layoutOf(descriptor.rule)), whole: true });
}

/** Writes fields of one partial. Throws a ValidationError with `validation: "throw"`, and nothing else. */
export function writePartial(written: EventState, one: Write): void {
  const state = writable(written, one.descriptor.name);
  if (state !== undefined) write(state, one);
}

function isDeclared({ definition }: EventState, name: string): boolean {
  return definition === undefined || Object.hasOwn(definition.partials, name);
}

/** The long way of a write: it says what is wrong. */
function write(state: EventState, { descriptor, fields, whole }: Write): void {
  const { name } = descriptor;
  const problems: Problem[] = [];
  const note = (problem: Problem): void => void problems.push(problem);
  const copy = copyPartial(state.core, { descriptor, fields, whole }, note);
  if (!isDeclared(state, name)) note({ problem: "undeclared_partial", path: name, message: `event ${state.definition?.name ?? ""} does not list this partial: it was written all the same` });
  for (const problem of problems) report(state, problem);
  if (state.core.validation === "throw" && problems.length > 0) throw new ValidationError(problems);
  if (copy !== undefined) place(state, { descriptor, layout: layoutOf(descriptor.rule) }, copy, unitsOf(copy));
}

/** Our copy of the fields, with `validation: "throw"` checked; undefined where they are no object, or cannot be read. */
export function copyPartial({ validation }: Pick<Core, "validation">, { descriptor, fields, whole }: Write, note: (problem: Problem) => void): PlainObject | undefined {
  const path = descriptor.name;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    note({ problem: "wrong_type", path, message: `expected an object of fields, received ${fields === null ? "null" : Array.isArray(fields) ? "array" : typeof fields}: it was left out` });
    return undefined;
  }
  try {
    const copy = copyFields(fields, { rule: descriptor.rule, path, report: (problem, place, message) => note({ problem, path: place, message }) });
    if (validation === "throw") {
      const issues = issuesOf(descriptor, copy).filter((issue) => whole || issue.problem !== "missing_field");
      for (const issue of issues) note(problemOf(issue, descriptor.rule, copy, path));
    }
    return copy;
  } catch {
    note({ problem: "unserializable", path, message: "the fields could not be read: they were left out" });
    return undefined;
  }
}

function place(state: EventState, { descriptor, layout }: Prepared, copy: PlainObject | Slot[], units: number, bound?: Bound): void {
  const { name, repeatable } = descriptor;
  if (repeatable?.rollup !== undefined) rollUp(state, { descriptor, layout }, repeatable.rollup, copy);
  const written = writtenOf(state, name);
  const max = repeatable?.max ?? defaultMaxItems;
  if (repeatable !== undefined && written !== undefined && written.items.length >= max) return max === 0 ? undefined : report(state, { problem: "limit", path: name, message: `more than ${max} of them on one event: the rest was left out` });
  // What was replaced or added up takes no room any more: it is counted anew before anything is left out.
  if (state.units + units > maxEventUnits) state.units = unitsWritten(state);
  if (state.units + units > maxEventUnits) return report(state, { problem: "limit", path: name, message: beyondEvent });
  state.units += units;
  if (written === undefined) {
    state.partials.push({ descriptor, layout, items: [copy], merged: false, bound });
  } else if (repeatable === undefined) {
    const target = itemAt(written, 0) ?? {};
    const source = Array.isArray(copy) ? fieldsOf(copy, written.layout) : copy;
    written.merged = true;
    mergeFields(target, source, { rule: descriptor.rule, path: name, report: (problem, path, message) => report(state, { problem, path, message }) });
  } else {
    written.items.push(copy);
  }
}

/** The subset form: partial name → some of its fields. Of a repeatable partial, one more item, or a list of items. */
export function setPartials(state: EventState, partials: unknown): void {
  if (typeof partials !== "object" || partials === null) return report(state, { problem: "wrong_type", message: "set takes an object of partials, such as { user: { tier } }" });
  for (const name of firstOf(state, Object.keys(partials), "")) {
    const fields: unknown = Reflect.get(partials, name);
    if (fields === undefined) continue;
    const descriptor = descriptorOf(state, name);
    if (descriptor === undefined) unknownField(state, name);
    else for (const one of descriptor.repeatable !== undefined && Array.isArray(fields) ? firstOf(state, fields, name) : [fields]) writePartial(state, { descriptor, fields: one, whole: false });
  }
}

/** As many as an array may have items. */
function firstOf<T>(state: EventState, items: readonly T[], path: string): readonly T[] {
  if (items.length <= maxArrayItems) return items;
  report(state, { problem: "limit", path, message: `${items.length} of them in one write were cut at ${maxArrayItems}` });
  return items.slice(0, maxArrayItems);
}

function descriptorOf(state: EventState, name: string): PartialDescriptor | undefined {
  const known = state.core.partials.get(name) ?? writtenOf(state, name)?.descriptor;
  return known?.rolled === true ? undefined : known;
}

function unknownField(state: EventState, path: unknown): void {
  const shown = shownPath(state.core.partials, path);
  const [name = ""] = shown.split(".", 1);
  refuse(state, { problem: "unknown_field", path: shown, message: descriptorOf(state, name) === undefined ? "no partial of this name is known here: it was left out" : "no schema declares a field here that takes a number: it was left out" });
}

/** Adds to a field that merges by sum, max or min. */
export function addTo(state: EventState, path: string, amount: unknown): void {
  const target = resolvePath(state, path);
  if (target === undefined) return unknownField(state, path);
  const merge = target.rule.merge ?? "replace";
  const place = pathOf(target.descriptor.name, target.keys, { object: target.descriptor.rule });
  if (merge !== "sum" && merge !== "max" && merge !== "min") return refuse(state, { problem: "constraint", path: place, message: `add takes fields that merge by sum, max or min; this one merges by ${merge}: use set` });
  if (typeof amount !== "number" && typeof amount !== "bigint") return refuse(state, { problem: "wrong_type", path: place, message: `add takes a number, received ${typeof amount}: it was left out` });
  writeAt(state, target, amount);
}

/** Writes a duration, in milliseconds, into a field whose unit is a time. */
export function addDuration(state: EventState, path: string, elapsedMs: number): void {
  const target = resolvePath(state, path);
  if (target === undefined) return unknownField(state, path);
  if (target.rule.perMs === undefined) return refuse(state, { problem: "constraint", path: shownPath(state.core.partials, path), message: "time takes numeric fields whose unit is a time: it was left out" });
  const value = elapsedMs * target.rule.perMs;
  writeAt(state, target, target.rule.integer === true ? Math.round(value) : Number(value.toPrecision(12)));
}

function refuse(written: EventState, problem: Problem): void {
  const state = writable(written, problem.path ?? "");
  if (state === undefined) return;
  report(state, problem);
  if (state.core.validation === "throw") throw new ValidationError([problem]);
}

interface Target {
  readonly descriptor: PartialDescriptor;
  readonly keys: readonly string[];
  readonly rule: FieldRule;
}

/** The field of `partial.field.field`. The last key of a map may hold dots. */
function resolvePath(state: EventState, path: unknown): Target | undefined {
  if (typeof path !== "string") return undefined;
  const [name = "", ...segments] = path.split(".");
  const descriptor = descriptorOf(state, name);
  if (descriptor === undefined || descriptor.repeatable !== undefined) return undefined;
  const keys: string[] = [];
  let rule: FieldRule = { object: descriptor.rule };
  while (segments.length > 0) {
    if (rule.object === undefined) return undefined;
    const key: string = Object.hasOwn(rule.object.fields, segments[0] ?? "") ? (segments.shift() ?? "") : takeMapKey(rule.object, segments);
    const next = ruleOf(rule.object, key);
    if (next === undefined) return undefined;
    keys.push(key);
    rule = next;
  }
  return keys.length === 0 ? undefined : { descriptor, keys, rule };
}

function takeMapKey(object: NonNullable<FieldRule["object"]>, segments: string[]): string {
  const inner = ruleOf(object, segments[0] ?? "");
  return inner?.object === undefined ? segments.splice(0).join(".") : (segments.shift() ?? "");
}

function writeAt(state: EventState, { descriptor, keys, rule }: Target, value: number | bigint): void {
  const path = pathOf(descriptor.name, keys, { object: descriptor.rule });
  const copy = copyField(value, { rule, path, report: (problem, place, message) => report(state, { problem, path: place, message }) });
  if (copy === undefined) return;
  const nested = keys.reduceRight<Plain>((inner, key) => {
    const object: PlainObject = {};
    put(object, key, inner);
    return object;
  }, copy);
  if (isPlainObject(nested)) writePartial(state, { descriptor, fields: nested, whole: false });
}

/** Records an error. The first one stays: it is the nearest to the cause, and two errors are never blended into one. */
export function writeError(written: EventState, error: unknown, details: ErrorDetails = {}): void {
  const state = writable(written, "error");
  if (state === undefined) return;
  const { error: first } = state;
  if (first === undefined || (first.thrown === error && isAnyObject(error))) {
    state.error = { thrown: error, record: recordOf(state, error, details), outcome: outcomeOf(error) };
    return;
  }
  // Also of one that stays off the record: what is said of it holds for the next event that records it.
  const record = errorRecord(error, details, { stacks: false });
  if (!isSameFailure(first.thrown, error)) noteOther(state, record);
}

function recordOf(state: EventState, error: unknown, details: ErrorDetails): ErrorRecord {
  let cut = false;
  const record = errorRecord(error, details, { stacks: state.core.stacks, cut: () => void (cut = true) });
  if (typeof (readOption(details, "slug") ?? "") !== "string") report(state, { problem: "wrong_type", path: "error.slug", message: "has to be text: it was left out" });
  if (cut) report(state, { problem: "limit", path: "error", message: "its texts, its stack or its causes have no room on a record: they were cut" });
  return record;
}

/** Another failure than the one on record is lost, and not in silence. */
function noteOther(state: EventState, { type, slug }: ErrorRecord): void {
  report(state, { problem: "limit", path: "error", message: `an event has room for one error: another one (${slug === undefined ? type : `${type}, ${slug}`}) was left out` });
}

/**
 * What ends the work decides the outcome, and takes the place of another failure that was expected and handled; one that was not stays on the record, the
 * nearest to the cause. An answer that is made of the recorded one is no other failure. Of an event that is emitted, a failure comes in a follow-up; work
 * that was cut off is expected to fail, unless with something that is no consequence of that.
 */
export function writeFailure(written: EventState, thrown: unknown): void {
  const outcome = outcomeOf(thrown);
  if (written.sealed && written.cutOff !== undefined && outcome !== "error") return;
  const state = writable(written, "error");
  if (state === undefined) return;
  const { error: first } = state;
  const handled = first?.record.expected === true;
  const other = first !== undefined && !isSameFailure(first.thrown, thrown) && !isAnswer(thrown, handled ? 500 : Infinity);
  state.cutOff = undefined;
  state.error = first === undefined || (other && handled) ? { thrown, record: recordOf(state, thrown, {}), outcome } : { ...first, outcome };
  if (other) noteOther(state, handled ? first.record : errorRecord(thrown, {}, { stacks: false }));
}
