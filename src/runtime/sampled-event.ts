/** A finished event as a sampler sees it: the record is made when it is asked for, and one value of it can be had without. */
import { type EventState, itemAt, originatorFields, writtenOf } from "./event.js";
import type { FieldRule } from "./contract.js";
import { isUnchanged } from "./handling.js";
import { cloneObject, isPlainObject, own, type LooseObject } from "./plain.js";
import type { SampledEvent } from "./sampler.js";

export interface Sealing {
  readonly durationMs: number;
  readonly nameOf: (state: EventState) => string;
  readonly record: () => LooseObject;
}

export function sampledEvent(state: EventState, sealing: Sealing): SampledEvent {
  return new FinishedEvent(state, sealing);
}

/** A class, since an object literal with a getter takes V8 five times as long, a third of what a dropped event costs (test/bench/sampling.mjs). */
class FinishedEvent implements SampledEvent {
  readonly name: string;
  readonly traceId: string;
  readonly durationMs: number;
  readonly outcome: SampledEvent["outcome"];
  readonly slug: string | undefined;
  readonly sampled: boolean | undefined;
  readonly peek: SampledEvent["peek"];
  readonly #state: EventState;
  readonly #sealing: Sealing;

  constructor(state: EventState, sealing: Sealing) {
    const { error, originator, cutOff } = state;
    this.name = sealing.nameOf(state);
    this.traceId = originator.traceId;
    this.durationMs = sealing.durationMs;
    this.outcome = cutOff ?? error?.outcome ?? "ok";
    this.slug = error?.record.slug;
    this.sampled = originator.sampled;
    this.peek = (key, field) => (key === "originator" && field !== undefined ? originatorField(originator, field) : below(peek(state, sealing, key), field));
    this.#state = state;
    this.#sealing = sealing;
  }

  ruleOf(key: string): FieldRule | undefined {
    const object = (key === "originator" ? this.#state.originator : writtenOf(this.#state, key))?.descriptor?.rule;
    return object === undefined || isUnchanged(object) ? undefined : { object };
  }

  get record(): SampledEvent["record"] {
    return cloneObject(this.#sealing.record());
  }
}

function below(value: unknown, field: string | undefined): unknown {
  return field === undefined ? value : isPlainObject(value) ? own(value, field) : undefined;
}

/** Its object is made of several: a field is had without. */
function originatorField(originator: EventState["originator"], field: string): unknown {
  const { type, traceId, spanId, parentSpanId, root } = originator;
  switch (field) {
    case "type":
      return type;
    case "traceId":
    case "trace_id":
      return traceId;
    case "spanId":
    case "span_id":
      return spanId;
    case "parentSpanId":
    case "parent_span_id":
      return parentSpanId;
    case "root":
      return root && { ...root, span_id: root.spanId };
    default:
      return own(originatorFields(originator), field);
  }
}

function peek(state: EventState, { durationMs, nameOf }: Sealing, key: string): unknown {
  const { core, error, originator, cutOff, parentEventId, followUpOf } = state;
  switch (key) {
    case "service":
      return core.service;
    case "event":
      return nameOf(state);
    case "outcome":
      return cutOff ?? error?.outcome ?? "ok";
    case "error":
      return error?.record;
    case "originator":
      return { ...originatorFields(originator), type: originator.type };
    case "durationMs":
    case "duration_ms":
      return durationMs;
    case "main":
      return parentEventId === undefined && followUpOf === undefined ? true : undefined;
    case "parentEventId":
    case "parent_event_id":
      return parentEventId;
    case "followUpOf":
    case "follow_up_of":
      return followUpOf;
    default: {
      const written = writtenOf(state, key);
      if (written === undefined) return undefined;
      return written.descriptor.repeatable === undefined ? itemAt(written, 0) : written.items.map((_, index) => itemAt(written, index));
    }
  }
}
