/** The end of an event: what was written becomes the record, exactly once. */
import type { Descriptor, EventDescriptor } from "./contract.js";
import type { Core } from "./core.js";
import { type EventState, keepProblem, type Written, writtenOf } from "./event.js";
import { removeOpen } from "./open-list.js";
import type { PlainObject } from "./plain.js";
import { sampledEvent } from "./sampled-event.js";
import { alwaysKept, decide, keepAll, type Decision, type Sampler } from "./sampler.js";
import { nameOf, SealedEvent } from "./sealed.js";
import { handleSlots, type Layout, layoutOf, type Slot } from "./slots.js";
import type { Problem } from "./types.js";
import { noKey, validate, ValidationError } from "./validate.js";

/** Seals the event and hands it to every collector, or does not, as was decided or as the sampler decides. Does nothing the second time. Throws a ValidationError with `validation: "throw"`, after emitting. */
export function emitEvent(state: EventState, decided?: Decision): void {
  if (state.sealed) return;
  const { core } = state;
  const durationMs = round(core.clock.monotonic() - state.startedMonotonic);
  if (decided === undefined && core.complete?.(state, durationMs) === false) return;
  state.sealed = true;
  removeOpen(core.open, state);
  if (state.followUpOf !== undefined) core.followUps.delete(state);
  const event = new SealedEvent(state, durationMs);
  const decision = decided ?? (core.sampling === undefined ? keepAll : decisionOn(event, core.sampling));
  if (decision.keep) {
    finish(event);
    event.decide(decision);
    for (const lane of core.lanes) lane.deliver(event);
  }
  if (core.validation === "throw" && event.found !== undefined) throw new ValidationError(event.found);
}

function note(event: SealedEvent, problem: Problem): void {
  // Late fields are never all of them.
  if (event.state.followUpOf !== undefined && problem.problem === "missing_field") return;
  if (keepProblem(event.state, problem)) (event.found ??= []).push(problem);
}

/** What was written too late is emitted now. */
export function emitFollowUps(core: Core): void {
  for (const state of [...core.followUps]) emitFollowUp(state);
}

export function emitFollowUp(state: EventState): void {
  try {
    emitEvent(state);
  } catch {
    // A ValidationError has nobody left to be thrown at; it is reported already.
  }
}

/** The sampler sees every event, also those that are kept in any case: what it counts is what happened. */
function decisionOn(event: SealedEvent, sampling: Sampler): Decision {
  const { state, durationMs } = event;
  const sampled = sampledEvent(state, { durationMs, nameOf, record: () => finish(event).record });
  const decision = decide(sampling, sampled, (problem) => state.core.reporter.report(problem, { eventId: state.eventId }));
  for (const { descriptor } of state.partials) if (descriptor.alwaysKeep === true) return alwaysKept;
  return decision;
}

/** What was written becomes what stands on the record; once, for a sampler may have asked for it. */
function finish(event: SealedEvent): SealedEvent {
  if (event.finished) return event;
  event.finished = true;
  const { state } = event;
  if (state.definition !== undefined && state.core.validation !== "off" && state.followUpOf === undefined) noteMissing(event, state.definition);
  state.core.redaction?.redact(state);
  const { descriptor, fields } = state.originator;
  if (descriptor !== undefined) {
    const layout = layoutOf(descriptor.rule);
    event.originator = isFinished(fields, layout) ? fields : finished(event, { descriptor, fields, layout, ordered: true, path: "originator" });
  }
  const { partials } = state;
  for (let index = 0; index < partials.length; index++) {
    const written = partials[index];
    if (written !== undefined) finishItems(event, written);
  }
  if (state.problems !== undefined) event.problems = redacted(state.problems.list(), state.core);
  return event;
}

/** What a problem names behind its partial, and what it quotes, is the caller's. */
function redacted(problems: readonly Problem[], { redaction, partials }: Core): readonly Problem[] {
  const text = redaction?.text;
  if (text === undefined) return problems;
  return problems.map((problem) => {
    const { path, value } = problem;
    const [name = ""] = path?.split(".", 1) ?? [];
    const from = partials.has(name) ? name.length + 1 : 0;
    return { ...problem, ...(path === undefined ? {} : { path: path.slice(0, from) + text(path.slice(from)) }), ...(value === undefined ? {} : { value: text(value) }) };
  });
}

function finishItems(event: SealedEvent, { descriptor, items, layout, merged, bound }: Written): void {
  const { name, repeatable } = descriptor;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item === undefined || isFinished(item, layout)) continue;
    items[index] = item === bound?.slots ? bound.finished : finished(event, { descriptor, fields: item, layout, ordered: !merged, path: repeatable === undefined ? name : `${name}[${index}]` });
  }
}

/** Slots of which nothing is handled stand on the record as they are. */
function isFinished(fields: PlainObject | Slot[], { handled }: Layout): boolean {
  return handled.length === 0 && Array.isArray(fields);
}

interface Finishing {
  readonly descriptor: Descriptor;
  readonly fields: PlainObject | Slot[];
  readonly layout: Layout;
  readonly ordered: boolean;
  readonly path: string;
}

/** Fields as they stand on the record. Slots were checked when they were written. */
function finished(event: SealedEvent, { descriptor, fields, layout, ordered, path }: Finishing): PlainObject | Slot[] {
  try {
    const { hash, validation } = event.state.core;
    if (!Array.isArray(fields)) return validate(descriptor, fields, { path, ordered, validation, hash, report: (problem) => note(event, problem) });
    return handleSlots(fields, layout, path, { hash, keyMissing: (place) => note(event, { problem: "unserializable", path: place, message: noKey }) });
  } catch {
    // Our mistake: these fields are left out, the rest of the event is emitted, and nothing unhandled.
    note(event, { problem: "unserializable", path, message: "its rules could not be applied: it was left out; run `wevt generate` with the installed version" });
    return {};
  }
}

/** What the event's own definition asks for, judged before anything is left out: a value of a wrong type is reported as that, once. */
function noteMissing(event: SealedEvent, { name: eventName, partials }: EventDescriptor): void {
  for (const name of Object.keys(partials)) {
    const { required, require = [] } = partials[name] ?? { required: false };
    const written = writtenOf(event.state, name);
    if (written === undefined && required) note(event, { problem: "missing_partial", path: name, message: `event ${eventName} requires this partial, but it was never written` });
    for (const field of require) {
      if (written?.items.some((item) => !hasField(written, item, field)) === true) note(event, { problem: "missing_field", path: `${name}.${field}`, message: `event ${eventName} requires this field, but it was never written` });
    }
  }
}

function hasField({ layout }: Written, item: PlainObject | Slot[], field: string): boolean {
  return Array.isArray(item) ? item[layout.names.indexOf(field)] !== undefined : Object.hasOwn(item, field);
}

/** Microseconds are what clocks tell apart. */
function round(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1000) / 1000);
}
