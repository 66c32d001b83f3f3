/** A finished event as a sampler sees it: the record is made when it is asked for, and one value of it can be had without. */
import type { EventState } from "./event.js";
import { cloneObject, type LooseObject } from "./plain.js";
import type { SampledEvent } from "./sampler.js";

export interface Sealing {
  readonly durationMs: number;
  /** How a base key is written. */
  readonly keyOf: (state: EventState, key: string) => string;
  readonly nameOf: (state: EventState) => string;
  readonly record: () => LooseObject;
}

export function sampledEvent(state: EventState, sealing: Sealing): SampledEvent {
  const { error, originator, cutOff } = state;
  return {
    name: sealing.nameOf(state),
    traceId: originator.traceId,
    durationMs: sealing.durationMs,
    outcome: error?.outcome ?? cutOff ?? "ok",
    slug: error?.record.slug,
    sampled: originator.sampled,
    get record() {
      return cloneObject(sealing.record());
    },
    peek: (key) => peek(state, sealing, key),
  };
}

function peek(state: EventState, { durationMs, keyOf, nameOf }: Sealing, key: string): unknown {
  const { core, error, originator, cutOff, parentEventId, followUpOf } = state;
  switch (key) {
    case "service":
      return core.service;
    case "event":
      return nameOf(state);
    case "outcome":
      return error?.outcome ?? cutOff ?? "ok";
    case "error":
      return error?.record;
    case "originator": {
      const { type, traceId, spanId, parentSpanId, root, fields } = originator;
      return { ...fields, type, [keyOf(state, "traceId")]: traceId, [keyOf(state, "spanId")]: spanId, [keyOf(state, "parentSpanId")]: parentSpanId, root: root && { type: root.type, [keyOf(state, "spanId")]: root.spanId } };
    }
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
      const written = state.partials.get(key);
      return written?.descriptor.repeatable === undefined ? written?.items[0] : written.items;
    }
  }
}
