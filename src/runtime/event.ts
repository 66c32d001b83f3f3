/** One unit of work: what was written so far, and every way to write. Nothing here keeps or changes what the caller passed. */
import type { BuiltOriginator, EventDescriptor, FieldRule, OriginatorDescriptor, PartialDescriptor } from "./contract.js";
import { copyField, copyFields, ruleOf } from "./copy.js";
import type { Core } from "./core.js";
import { errorRecord, type ErrorDetails, outcomeOf } from "./error-record.js";
import { maxOpenEvents } from "./limits.js";
import { mergeFields } from "./merge.js";
import { isPlainObject, type Plain, type PlainObject, put } from "./plain.js";
import { createProblemList, type ProblemList } from "./problems.js";
import type { ErrorRecord, Outcome, Problem, ProblemKind } from "./types.js";
import { issuesOf, problemOf, ValidationError } from "./validate.js";

export interface EventState {
  readonly core: Core;
  readonly eventId: string;
  readonly startedAtMs: number;
  readonly startedMonotonic: number;
  readonly originator: OriginatorState;
  readonly definition: EventDescriptor | undefined;
  readonly parent: Parent | undefined;
  readonly partials: Map<string, Written>;
  readonly problems: ProblemList;
  error: { readonly record: ErrorRecord; readonly outcome: Outcome } | undefined;
  /** Open until it is emitted, then sealed for good. */
  sealed: boolean;
  lateWrites: number;
  /** `close()` came before the work had ended. */
  cutOff: boolean;
  /** What the user holds, once somebody does: one object per event (a WeakMap entry per event is dear to the garbage collector). */
  handle: unknown;
}

/** What is kept of the event within which this one was opened: never the event itself, or a chain of timers would keep them all. */
export interface Parent {
  readonly eventId: string;
  readonly traceId: string;
  readonly spanId: string;
}

export interface OriginatorState {
  readonly type: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly descriptor: OriginatorDescriptor | undefined;
  readonly fields: PlainObject;
}

export interface Written {
  readonly descriptor: PartialDescriptor;
  /** One item, or several of a repeatable partial. */
  readonly items: PlainObject[];
}

/** Kinds that `validation: "off"` does not look for. */
const validationKinds: ReadonlySet<ProblemKind> = new Set<ProblemKind>(["wrong_type", "constraint", "missing_field", "missing_partial", "undeclared_partial", "unknown_field"]);
const defaultMaxItems = 100;

export interface OpenOptions {
  readonly definition?: EventDescriptor | undefined;
  readonly parent?: EventState | undefined;
}

export function openEvent(core: Core, originator: BuiltOriginator | undefined, { definition, parent }: OpenOptions = {}): EventState {
  const startedAtMs = core.clock.now();
  const problems = createProblemList(core.maxProblems);
  const eventId = core.ids.eventId(startedAtMs);
  const found: Problem[] = [];
  const built = readOriginator(core, originator, (problem) => void found.push(problem));
  const state: EventState = {
    core,
    eventId,
    startedAtMs,
    startedMonotonic: core.clock.monotonic(),
    originator: { ...built, traceId: parent?.originator.traceId ?? core.ids.traceId(), spanId: core.ids.spanId() },
    definition,
    parent: parent === undefined ? undefined : { eventId: parent.eventId, traceId: parent.originator.traceId, spanId: parent.originator.spanId },
    partials: new Map(),
    problems,
    error: undefined,
    sealed: false,
    lateWrites: 0,
    cutOff: false,
    handle: undefined,
  };
  if (core.open.size < maxOpenEvents) core.open.add(state);
  for (const problem of found) report(state, problem);
  if (definition?.originators !== undefined && !definition.originators.includes(built.type)) report(state, { problem: "constraint", path: "originator.type", message: `event ${definition.name} is declared for ${definition.originators.join(", ")}, not for ${built.type}` });
  return state;
}

function readOriginator(core: Core, originator: BuiltOriginator | undefined, report: (problem: Problem) => void): Pick<OriginatorState, "type" | "descriptor" | "fields"> {
  try {
    if (typeof originator === "object" && typeof originator.originator === "string") {
      const { descriptor, originator: type } = originator;
      if (!isDescriptor(descriptor) || typeof originator.fields !== "object" || originator.fields === null) {
        report({ problem: "wrong_type", path: "originator", message: "its fields are no object, or its builder is not generated code: only its type was written" });
        return { type, descriptor: undefined, fields: {} };
      }
      return { type, descriptor, fields: copyFields(originator.fields, { rule: descriptor.rule, path: "originator", report: (problem, path, message) => (core.validation === "off" && validationKinds.has(problem) ? undefined : report({ problem, path, message })) }) };
    }
  } catch {
    report({ problem: "unserializable", path: "originator", message: "the originator could not be read" });
  }
  report({ problem: "wrong_type", path: "originator", message: "run and start take a built originator, such as httpOriginator({…}): manual is used instead" });
  return { type: "manual", descriptor: undefined, fields: {} };
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
  if (state.problems.add(problem)) state.core.reporter.report(problem, { eventId: state.eventId });
}

/** True when the event is still open; otherwise the write is counted, and reported once. */
export function isOpen(state: EventState, path: string): boolean {
  if (!state.sealed) return true;
  state.lateWrites += 1;
  if (state.lateWrites === 1) state.core.reporter.report({ problem: "late", path, message: "written after the event was emitted: it is lost; emit later, or open an event of its own" }, { eventId: state.eventId });
  return false;
}

export interface Write {
  readonly descriptor: PartialDescriptor;
  readonly fields: unknown;
  /** All required fields are due now (`log`), or any subset will do (`set`). */
  readonly whole: boolean;
}

/** Writes the fields of one partial. Throws a ValidationError with `validation: "throw"`, and nothing else. */
export function writePartial(state: EventState, { descriptor, fields, whole }: Write): void {
  const name = descriptor.name;
  if (!isOpen(state, name)) return;
  const problems: Problem[] = [];
  const note = (problem: Problem): void => void problems.push(problem);
  const copy = copyPartial(state, { descriptor, fields, whole }, note);
  if (state.definition !== undefined && !Object.hasOwn(state.definition.partials, name)) note({ problem: "undeclared_partial", path: name, message: `event ${state.definition.name} does not list this partial: it was written all the same` });
  for (const problem of problems) report(state, problem);
  if (state.core.validation === "throw" && problems.length > 0) throw new ValidationError(problems);
  if (copy !== undefined) place(state, descriptor, copy);
}

function copyPartial(state: EventState, { descriptor, fields, whole }: Write, note: (problem: Problem) => void): PlainObject | undefined {
  const path = descriptor.name;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    note({ problem: "wrong_type", path, message: `expected an object of fields, received ${fields === null ? "null" : Array.isArray(fields) ? "array" : typeof fields}: it was left out` });
    return undefined;
  }
  try {
    const copy = copyFields(fields, { rule: descriptor.rule, path, report: (problem, place, message) => note({ problem, path: place, message }) });
    if (state.core.validation === "throw") {
      const issues = issuesOf(descriptor, copy).filter((issue) => whole || issue.problem !== "missing_field");
      for (const issue of issues) note(problemOf(issue, descriptor.rule, copy, path));
    }
    return copy;
  } catch {
    note({ problem: "unserializable", path, message: "the fields could not be read: they were left out" });
    return undefined;
  }
}

function place(state: EventState, descriptor: PartialDescriptor, copy: PlainObject): void {
  const name = descriptor.name;
  const written = state.partials.get(name);
  if (written === undefined) {
    state.partials.set(name, { descriptor, items: [copy] });
  } else if (descriptor.repeatable === undefined) {
    const target = written.items[0] ?? {};
    mergeFields(target, copy, { rule: descriptor.rule, path: name, report: (problem, path, message) => report(state, { problem, path, message }) });
  } else {
    const max = descriptor.repeatable.max ?? defaultMaxItems;
    if (written.items.length < max) written.items.push(copy);
    else report(state, { problem: "limit", path: name, message: `more than ${max} of them on one event: the rest was left out` });
  }
}

/** The subset form: partial name → some of its fields. Of a repeatable partial, one more item, or a list of items. */
export function setPartials(state: EventState, partials: unknown): void {
  if (typeof partials !== "object" || partials === null) return report(state, { problem: "wrong_type", message: "set takes an object of partials, such as { user: { tier } }" });
  for (const name of Object.keys(partials)) {
    const fields: unknown = Reflect.get(partials, name);
    if (fields === undefined) continue;
    const descriptor = descriptorOf(state, name);
    if (descriptor === undefined) unknownPartial(state, name);
    else for (const one of descriptor.repeatable !== undefined && Array.isArray(fields) ? fields : [fields]) writePartial(state, { descriptor, fields: one, whole: false });
  }
}

function descriptorOf(state: EventState, name: string): PartialDescriptor | undefined {
  return state.core.partials.get(name) ?? state.partials.get(name)?.descriptor;
}

function unknownPartial(state: EventState, path: string): void {
  if (!isOpen(state, path)) return;
  const problem: Problem = { problem: "unknown_field", path, message: "no partial of this name is known here: it was left out" };
  report(state, problem);
  if (state.core.validation === "throw") throw new ValidationError([problem]);
}

/** Adds to a field that merges by sum, max or min. */
export function addTo(state: EventState, path: string, amount: unknown): void {
  const target = resolvePath(state, path);
  if (target === undefined) return unknownPartial(state, typeof path === "string" ? path : "");
  const merge = target.rule.merge ?? "replace";
  if (merge !== "sum" && merge !== "max" && merge !== "min") return refuse(state, { problem: "constraint", path, message: `add takes fields that merge by sum, max or min; this one merges by ${merge}: use set` });
  if (typeof amount !== "number" && typeof amount !== "bigint") return refuse(state, { problem: "wrong_type", path, message: `add takes a number, received ${typeof amount}: it was left out` });
  writeAt(state, target, amount);
}

/** Writes a duration, in milliseconds, into a field whose unit is a time. */
export function addDuration(state: EventState, path: string, elapsedMs: number): void {
  const target = resolvePath(state, path);
  if (target === undefined) return unknownPartial(state, typeof path === "string" ? path : "");
  if (target.rule.perMs === undefined) return refuse(state, { problem: "constraint", path, message: "time takes numeric fields whose unit is a time: it was left out" });
  const value = elapsedMs * target.rule.perMs;
  writeAt(state, target, target.rule.integer === true ? Math.round(value) : Number(value.toPrecision(12)));
}

function refuse(state: EventState, problem: Problem): void {
  if (!isOpen(state, problem.path ?? "")) return;
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
  const path = `${descriptor.name}.${keys.join(".")}`;
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
export function writeError(state: EventState, error: unknown, details: ErrorDetails = {}): void {
  if (!isOpen(state, "error") || state.error !== undefined) return;
  state.error = { record: errorRecord(error, details, state.core.stacks), outcome: outcomeOf(error) };
}


/** What ended the work decides the outcome; the record of an error that was written before, with its slug, stays. */
export function writeFailure(state: EventState, thrown: unknown): void {
  if (state.sealed) return;
  state.error = { record: state.error?.record ?? errorRecord(thrown, {}, state.core.stacks), outcome: outcomeOf(thrown) };
}
