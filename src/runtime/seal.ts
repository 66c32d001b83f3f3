/** The end of an event: what was written becomes the record, exactly once. */
import type { Sealed } from "./collector.js";
import type { Descriptor } from "./contract.js";
import type { Core } from "./core.js";
import type { EventState } from "./event.js";
import { clonePlain, type LooseObject, own, type Plain, type PlainObject, put } from "./plain.js";
import { sampledEvent } from "./sampled-event.js";
import { alwaysKept, decide, keepAll, type Decision, type SampledEvent, type Sampler } from "./sampler.js";
import type { Problem } from "./types.js";
import { validate, ValidationError } from "./validate.js";

/** How each base key is written with `naming: snake_case`; the others are the same in both. */
const snakeCase: { readonly [key: string]: string } = {
  eventId: "event_id",
  traceId: "trace_id",
  spanId: "span_id",
  parentSpanId: "parent_span_id",
  durationMs: "duration_ms",
  parentEventId: "parent_event_id",
  followUpOf: "follow_up_of",
  sampleRate: "sample_rate",
  sampleReason: "sample_reason",
};

type BaseKey = "service" | "eventId" | "event" | "timestamp" | "originator" | "durationMs" | "outcome" | "error" | "main" | "parentEventId" | "followUpOf" | "sampleRate" | "sampleReason" | "schema" | "messages" | "wevt";
type Base = { [Key in BaseKey]: Plain | undefined };

const baseKeys: ReadonlySet<string> = new Set<BaseKey>(["service", "eventId", "event", "timestamp", "originator", "durationMs", "outcome", "error", "main", "parentEventId", "followUpOf", "sampleRate", "sampleReason", "schema", "messages", "wevt"]);
const snakeBaseKeys: ReadonlySet<string> = new Set([...baseKeys].map((key) => snakeCase[key] ?? key));

/** Seals the event and hands it to every collector, or does not, as was decided or as the sampler decides. Does nothing the second time. Throws a ValidationError with `validation: "throw"`, after emitting. */
export function emitEvent(state: EventState, decided?: Decision): void {
  if (state.sealed) return;
  const { core } = state;
  state.sealed = true;
  core.open.delete(state);
  core.followUps.delete(state);
  const durationMs = round(core.clock.monotonic() - state.startedMonotonic);
  const found: Problem[] = [];
  const note = (problem: Problem): void => {
    // Late fields are never all of them.
    if ((state.followUpOf !== undefined && problem.problem === "missing_field") || !state.problems.add(problem)) return;
    found.push(problem);
    core.reporter.report(problem, { eventId: state.eventId });
  };
  let sealed: Sealed | undefined;
  const decision = decided ?? (core.sampling === undefined ? keepAll : decisionOn(state, core.sampling, sampledEvent(state, { durationMs, nameOf, record: () => (sealed ??= toRecord(state, { durationMs, decision: keepAll }, note)).record })));
  if (decision.keep) {
    sealed ??= toRecord(state, { durationMs, decision }, note);
    sealed.record[keyOf(state, "sampleRate")] = decision.rate;
    sealed.record[keyOf(state, "sampleReason")] = decision.reason;
    for (const lane of core.lanes) lane.deliver(sealed);
  }
  if (core.validation === "throw" && found.length > 0) throw new ValidationError(found);
}

/** What was written too late is emitted now. */
export function emitFollowUps(core: Core): void {
  for (const state of [...core.followUps]) {
    try {
      emitEvent(state);
    } catch {
      // A ValidationError has nobody left to be thrown at; it is reported already.
    }
  }
}

/** The sampler sees every event, also those that are kept in any case: what it counts is what happened. */
function decisionOn(state: EventState, sampling: Sampler, event: SampledEvent): Decision {
  const decision = decide(sampling, event, (problem) => state.core.reporter.report(problem, { eventId: state.eventId }));
  for (const { descriptor } of state.partials.values()) if (descriptor.alwaysKeep === true) return alwaysKept;
  return decision;
}

function nameOf(state: EventState): string {
  return state.definition?.name ?? state.originator.type;
}

function toRecord(state: EventState, { durationMs, decision: { rate, reason } }: { readonly durationMs: number; readonly decision: Decision }, note: (problem: Problem) => void): Sealed {
  const { core, error } = state;
  if (core.validation !== "off" && state.followUpOf === undefined) noteMissing(state, note);
  const originator = originatorRecord(state, note);
  const partials = partialRecords(state, note);
  const problems = state.problems.list();
  // One literal, in the order of the record: keys that are set one by one make V8 fall back to a hash table.
  const base: Base = {
    service: core.service,
    eventId: state.eventId,
    event: nameOf(state),
    timestamp: new Date(state.startedAtMs).toISOString(),
    originator,
    durationMs,
    outcome: error?.outcome ?? state.cutOff ?? "ok",
    error: error === undefined ? undefined : toPlain(error.record),
    main: state.parentEventId === undefined && state.followUpOf === undefined ? true : undefined,
    parentEventId: state.parentEventId,
    followUpOf: state.followUpOf,
    sampleRate: rate,
    sampleReason: reason,
    schema: core.registry.stamp,
    messages: state.messages.length === 0 ? undefined : state.messages,
    wevt: problems.length === 0 ? undefined : { problems: problems.map(toPlain) },
  };
  const inSnakeCase = core.registry.naming === "snake_case";
  const record: LooseObject = inSnakeCase ? Object.fromEntries(Object.entries(base).map(([key, value]) => [keyOf(state, key), value])) : base;
  for (const [name, value] of partials) if (own(record, name) === undefined) put(record, name, value);
  return { record, baseKeys: inSnakeCase ? snakeBaseKeys : baseKeys, state };
}

function keyOf(state: EventState, key: string): string {
  return state.core.registry.naming === "snake_case" ? (snakeCase[key] ?? key) : key;
}

/** Its own fields come last and cannot take the place of the identifiers. */
function originatorRecord(state: EventState, note: (problem: Problem) => void): PlainObject {
  const { type, traceId, spanId, parentSpanId, root, descriptor, fields } = state.originator;
  const record: PlainObject = state.core.registry.naming === "snake_case" ? { type, trace_id: traceId, span_id: spanId } : { type, traceId, spanId };
  if (parentSpanId !== undefined) put(record, keyOf(state, "parentSpanId"), parentSpanId);
  if (root !== undefined) put(record, "root", { type: root.type, [keyOf(state, "spanId")]: root.spanId });
  if (descriptor === undefined) return record;
  const finished = finish(state, { descriptor, fields, ordered: true, path: "originator" }, note);
  for (const key of Object.keys(finished)) if (!Object.hasOwn(record, key)) put(record, key, finished[key] ?? null);
  return record;
}

function partialRecords(state: EventState, note: (problem: Problem) => void): readonly (readonly [name: string, value: Plain])[] {
  const records: (readonly [string, Plain])[] = [];
  for (const [name, { descriptor, items, merged }] of state.partials) {
    const repeatable = descriptor.repeatable !== undefined;
    const finished = items.map((item, index) => finish(state, { descriptor, fields: item, ordered: !merged, path: repeatable ? `${name}[${index}]` : name }, note));
    records.push([name, repeatable ? finished : (finished[0] ?? {})]);
  }
  return records;
}

/** Checked and handled. If that fails, which is our mistake, these fields are left out: the rest of the event is emitted, and nothing unhandled. */
function finish(state: EventState, { descriptor, fields, ordered, path }: { readonly descriptor: Descriptor; readonly fields: PlainObject; readonly ordered: boolean; readonly path: string }, note: (problem: Problem) => void): PlainObject {
  try {
    return validate(descriptor, fields, { path, validation: state.core.validation, ordered, hash: state.core.hash, report: note });
  } catch {
    note({ problem: "unserializable", path, message: "its rules could not be applied: it was left out; run `wevt generate` with the installed version" });
    return {};
  }
}

/** What the event's own definition asks for, judged before anything is left out: a value of a wrong type is reported as that, once. */
function noteMissing(state: EventState, note: (problem: Problem) => void): void {
  const event = state.definition?.name ?? "";
  for (const [name, { required, require = [] }] of Object.entries(state.definition?.partials ?? {})) {
    const items = state.partials.get(name)?.items;
    if (items === undefined && required) note({ problem: "missing_partial", path: name, message: `event ${event} requires this partial, but it was never written` });
    for (const field of require) {
      if (items?.some((item) => !Object.hasOwn(item, field)) === true) note({ problem: "missing_field", path: `${name}.${field}`, message: `event ${event} requires this field, but it was never written` });
    }
  }
}

/** A copy without absent keys. */
function toPlain(value: object): Plain {
  const plain: PlainObject = {};
  for (const [key, item] of Object.entries(value)) if (isPlain(item)) put(plain, key, clonePlain(item));
  return plain;
}

function isPlain(value: unknown): value is Plain {
  return value !== undefined;
}

/** Microseconds are what clocks tell apart. */
function round(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1000) / 1000);
}
