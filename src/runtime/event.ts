/** One unit of work: what was written so far, and its life: open, sealed, late. */
import type { Bound } from "./bound.js";
import type { BuiltOriginator, BuiltPartial, EventDescriptor, OriginatorDescriptor, PartialDescriptor } from "./contract.js";
import { copyFields } from "./copy.js";
import type { Around } from "./context.js";
import type { Core } from "./core.js";
import { followUpDelayMs, maxEventUnits, maxFollowUps, maxOriginatorType } from "./limits.js";
import { addOpen } from "./open-list.js";
import { clip, type PlainObject } from "./plain.js";
import { later } from "./platform.js";
import { createProblemList, type ProblemList } from "./problems.js";
import { emitFollowUp, emitFollowUps } from "./seal.js";
import { fieldsOf, type Layout, layoutOf, type Slot, takeSlots, unitsOf } from "./slots.js";
import type { TraceContext } from "./trace-context.js";
import type { ErrorRecord, Outcome, Problem, ProblemKind } from "./types.js";

export interface EventState {
  readonly core: Core;
  readonly eventId: string;
  readonly startedAtMs: number;
  readonly startedMonotonic: number;
  readonly originator: OriginatorState;
  readonly definition: EventDescriptor | undefined;
  /** Of the event within which this one was opened; never that event itself, or a chain of timers would keep them all. */
  readonly parentEventId: string | undefined;
  /** In the order of their first writes. */
  readonly partials: Written[];
  /** Absent where there were none. */
  problems: ProblemList | undefined;
  readonly messages: PlainObject[];
  error: { readonly thrown: unknown; readonly record: ErrorRecord; readonly outcome: Outcome } | undefined;
  /** Of what was written, as `unitsOf` counts. */
  units: number;
  /** Open until it is emitted, then sealed for good. */
  sealed: boolean;
  /** How it was ended from outside before its work had: `close()`, a signal, a time limit. Then this is its outcome, whatever `error` says. */
  cutOff: "aborted" | "timeout" | undefined;
  /** The event that was emitted when these values came. */
  readonly followUpOf: string | undefined;
  /** Gathers what is written after the event was emitted. */
  followUp: EventState | undefined;
  /** Its neighbours among the open ones. */
  earlier: EventState | undefined;
  later: EventState | undefined;
  /** What the user holds, once somebody does: one object per event (a WeakMap entry per event is dear to the garbage collector). */
  handle: unknown;
}

export interface OriginatorState {
  readonly type: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** What began the trace, where that is not this event. */
  readonly root: TraceContext["root"];
  /** What the caller of a continued trace decided. */
  readonly sampled: boolean | undefined;
  /** What came with the trace and goes on with it. */
  readonly carried: Carried | undefined;
  readonly descriptor: OriginatorDescriptor | undefined;
  /** As slots where they were right. */
  readonly fields: PlainObject | Slot[];
}

export type Carried = Pick<TraceContext, "random" | "state" | "baggage">;

/** Our own trace ids are random. */
const begun: Carried = { random: true };

export interface Written {
  readonly descriptor: PartialDescriptor;
  /** Of the items that are slots. */
  readonly layout: Layout;
  /** One item, or several of a repeatable partial; once the event is sealed, as they stand on the record. */
  readonly items: (PlainObject | Slot[])[];
  /** More than one write made an item: its fields may stand in any order. */
  merged: boolean;
  /** Whose slots the one item is, while it is. */
  readonly bound: Bound | undefined;
}

/** What was written of a partial. An event has few of them: a list is faster than a map. */
export function writtenOf({ partials }: EventState, name: string): Written | undefined {
  for (let index = 0; index < partials.length; index++) {
    const written = partials[index];
    if (written?.descriptor.name === name) return written;
  }
  return undefined;
}

/** The room that an event takes. */
export function unitsWritten({ originator, partials }: EventState): number {
  let units = unitsOf(originator.fields);
  for (const { items } of partials) for (const item of items) units += unitsOf(item);
  return units;
}

/** An item as an object, which it stays. */
export function itemAt({ layout, items }: Written, index: number): PlainObject | undefined {
  const item = items[index];
  return Array.isArray(item) ? (items[index] = fieldsOf(item, layout)) : item;
}

/** The originator's own fields. */
export function originatorFields({ descriptor, fields }: OriginatorState): PlainObject {
  return !Array.isArray(fields) ? fields : descriptor === undefined ? {} : fieldsOf(fields, layoutOf(descriptor.rule));
}

/** Kinds that `validation: "off"` does not look for. */
const validationKinds: ReadonlySet<ProblemKind> = new Set<ProblemKind>(["wrong_type", "constraint", "missing_field", "missing_partial", "undeclared_partial", "unknown_field"]);

export interface OpenOptions {
  readonly definition?: EventDescriptor | undefined;
  /** The event within which this one is opened. */
  readonly parent?: Around | undefined;
  /** The place in another service that called. It counts more than the parent. */
  readonly from?: TraceContext | undefined;
}

export function openEvent(core: Core, originator: BuiltOriginator | undefined, { definition, parent, from }: OpenOptions = {}): EventState {
  const startedAtMs = core.clock.now();
  const eventId = core.ids.eventId(startedAtMs);
  const found: Problem[] = [];
  const { type, descriptor, fields, units } = readOriginator(core, originator, found);
  const { traceId, spanId, parentSpanId, root, sampled, carried } = placeInTrace(core, parent, validContext(from));
  const state: EventState = {
    core,
    eventId,
    startedAtMs,
    startedMonotonic: core.clock.monotonic(),
    originator: { type, descriptor, fields, traceId, spanId, parentSpanId, root, sampled, carried },
    definition,
    parentEventId: parent?.eventId,
    partials: [],
    problems: undefined,
    messages: [],
    error: undefined,
    units,
    sealed: false,
    cutOff: undefined,
    followUpOf: undefined,
    followUp: undefined,
    earlier: undefined,
    later: undefined,
    handle: undefined,
  };
  addOpen(core.open, state);
  for (const problem of found) report(state, problem);
  if (definition?.originators !== undefined && !definition.originators.includes(type)) report(state, { problem: "constraint", path: "originator.type", message: `event ${definition.name} is declared for ${definition.originators.join(", ")}, not for ${type}` });
  return state;
}

/** Of a write that an event has no room for. */
export const beyondEvent: string = `an event has room for ${maxEventUnits} units: this was left out`;

let given = "";
let clipped = "";

/** As it stands on the record. The last one mostly comes again. */
function typeOf(type: string): string {
  if (type !== given) {
    clipped = clip(type, maxOriginatorType);
    given = type;
  }
  return clipped;
}

/** Its type, fields and the room that they take; what is wrong is put on the list. */
function readOriginator(core: Core, originator: BuiltOriginator | undefined, found: Problem[]): Pick<OriginatorState, "type" | "descriptor" | "fields"> & { readonly units: number } {
  const report = (problem: Problem): void => void found.push(problem);
  try {
    if (typeof originator === "object" && typeof originator.originator === "string") {
      const { descriptor } = originator;
      const type = typeOf(originator.originator);
      if (!isDescriptor(descriptor) || typeof originator.fields !== "object" || originator.fields === null) {
        report({ problem: "wrong_type", path: "originator", message: "its fields are no object, or its builder is not generated code: only its type was written" });
        return { type, descriptor: undefined, fields: {}, units: 0 };
      }
      const taken = takeSlots(originator.fields, descriptor.slots, layoutOf(descriptor.rule));
      if (taken !== undefined && taken.units <= maxEventUnits) return { type, descriptor, fields: taken.slots, units: taken.units };
      const fields = copyFields(originator.fields, { rule: descriptor.rule, path: "originator", report: (problem, path, message) => (core.validation === "off" && validationKinds.has(problem) ? undefined : report({ problem, path, message })) });
      const units = unitsOf(fields);
      if (units <= maxEventUnits) return { type, descriptor, fields, units };
      report({ problem: "limit", path: "originator", message: beyondEvent });
      return { type, descriptor, fields: {}, units: 0 };
    }
  } catch {
    report({ problem: "unserializable", path: "originator", message: "the originator could not be read" });
  }
  report({ problem: "wrong_type", path: "originator", message: "run and start take a built originator, such as httpOriginator({…}): manual is used instead" });
  return { type: "manual", descriptor: undefined, fields: {}, units: 0 };
}

/** True for what has the form of a built partial; whether its descriptor is one is not looked at. */
export function isBuilt(value: unknown): value is BuiltPartial {
  return typeof value === "object" && value !== null && "fields" in value && "descriptor" in value && typeof value.descriptor === "object" && value.descriptor !== null;
}

/** True for what generated code makes, of whatever contract number. */
export function isDescriptor(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("name" in value && "check" in value && "rule" in value)) return false;
  const { name, check, rule } = value;
  return typeof name === "string" && typeof check === "function" && typeof rule === "object" && rule !== null && "fields" in rule && typeof rule.fields === "object" && rule.fields !== null;
}

/** Counts a problem, keeps it on the event and tells `onProblem`, once. */
export function report(state: EventState, problem: Problem): void {
  if (state.core.validation === "off" && validationKinds.has(problem.problem)) return;
  keepProblem(state, problem);
}

/** The same, whatever the policy is. False when it was there already, or has no room there: then it is counted alone. */
export function keepProblem(state: EventState, problem: Problem): boolean {
  const { core, eventId } = state;
  const kept = (state.problems ??= createProblemList(core.maxProblems)).add(problem);
  if (kept === "new") core.reporter.report(problem, { eventId });
  else if (kept === "beyond") core.reporter.count(problem);
  return kept === "new";
}

/**
 * Where a write goes: to the event, or, once that is emitted, to its follow-up. Undefined when that is emitted, too: such a write is lost, counted, and
 * reported the first time.
 */
export function writable(state: EventState, path: string): EventState | undefined {
  if (!state.sealed) return state;
  const late = (message: string): void => state.core.reporter.report({ problem: "late", path, message }, { eventId: state.eventId });
  if (state.core.closed) {
    late("written after close(): it is lost; close when nothing writes any more");
    return undefined;
  }
  if (state.followUp === undefined) {
    state.followUp = openFollowUp(state);
    late("written after the event was emitted: it comes in a follow-up record; emit later, or open an event of its own");
  }
  if (!state.followUp.sealed) return state.followUp;
  late("written after the event and its follow-up were emitted: it is lost; open an event of its own");
  return undefined;
}

/** It is emitted after a while, or by `flush` and `close`. */
function openFollowUp(state: EventState): EventState {
  const { core, originator, definition, parentEventId } = state;
  const startedAtMs = core.clock.now();
  const followUp: EventState = {
    core,
    eventId: core.ids.eventId(startedAtMs),
    startedAtMs,
    startedMonotonic: core.clock.monotonic(),
    originator: { ...originator, descriptor: undefined, fields: {} },
    definition,
    parentEventId,
    partials: [],
    problems: undefined,
    messages: [],
    error: undefined,
    units: 0,
    sealed: false,
    cutOff: undefined,
    followUpOf: state.eventId,
    followUp: undefined,
    earlier: undefined,
    later: undefined,
    handle: undefined,
  };
  if (core.followUps.size >= maxFollowUps) emitFollowUps(core);
  core.followUps.add(followUp);
  later(followUpDelayMs, () => emitFollowUp(followUp), core.clock);
  return followUp;
}

function placeInTrace(core: Core, parent: Around | undefined, from: TraceContext | undefined): Omit<OriginatorState, "type" | "descriptor" | "fields"> {
  const spanId = core.ids.spanId();
  if (from !== undefined) return { traceId: from.traceId, spanId, parentSpanId: `span_${from.spanId}`, root: from.root, sampled: from.sampled, carried: carriedBy(from) };
  if (parent === undefined) return { traceId: core.ids.traceId(), spanId, parentSpanId: undefined, root: undefined, sampled: undefined, carried: begun };
  return { traceId: parent.traceId, spanId, parentSpanId: parent.spanId, root: parent.root, sampled: parent.sampled, carried: parent.carried };
}

/** Passed on as it came; what writes headers of it checks it. */
function carriedBy({ random, state, baggage }: TraceContext): Carried | undefined {
  if (random === undefined && state === undefined && baggage === undefined) return undefined;
  return { ...(random === undefined ? {} : { random }), ...(state === undefined ? {} : { state }), ...(baggage === undefined ? {} : { baggage }) };
}

/** Somebody else's headers may lie behind it: what is no context is none. */
function validContext(from: TraceContext | undefined): TraceContext | undefined {
  try {
    if (from === undefined || !isId(from.traceId, 32) || !isId(from.spanId, 16)) return undefined;
    const { traceId, spanId, root, sampled, random, state, baggage } = from;
    const known = root !== undefined && typeof root.type === "string" && /^span_[0-9a-f]{16}$/.test(root.spanId);
    return { traceId, spanId, ...(typeof sampled === "boolean" ? { sampled } : {}), ...(random === true ? { random } : {}), ...(typeof state === "string" ? { state } : {}), ...(typeof baggage === "string" ? { baggage } : {}), ...(known ? { root: { type: clip(root.type, maxOriginatorType), spanId: root.spanId } } : {}) };
  } catch {
    return undefined;
  }
}

function isId(value: unknown, length: number): boolean {
  return typeof value === "string" && value.length === length && /^[0-9a-f]*[1-9a-f][0-9a-f]*$/.test(value);
}
