/** A sealed event: nothing of it changes any more, and each of its forms is made when it is asked for. */
import type { Sealed } from "./collector.js";
import type { EventState } from "./event.js";
import { clonePlain, type LooseObject, own, type Plain, type PlainObject, put } from "./plain.js";
import type { Decision } from "./sampler.js";
import { fieldsOf, type Layout, layoutOf, type Slot } from "./slots.js";
import type { Problem } from "./types.js";

export type BaseKey = "service" | "eventId" | "event" | "timestamp" | "originator" | "durationMs" | "outcome" | "error" | "main" | "parentEventId" | "followUpOf" | "sampleRate" | "sampleReason" | "schema" | "messages" | "wevt";

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

const baseKeys: ReadonlySet<string> = new Set<BaseKey>(["service", "eventId", "event", "timestamp", "originator", "durationMs", "outcome", "error", "main", "parentEventId", "followUpOf", "sampleRate", "sampleReason", "schema", "messages", "wevt"]);
const snakeBaseKeys: ReadonlySet<string> = new Set([...baseKeys].map((key) => snakeCase[key] ?? key));

export type Naming = "camelCase" | "snake_case";

export function keyOf(naming: Naming, key: string): string {
  return naming === "snake_case" ? (snakeCase[key] ?? key) : key;
}

export function baseKeysOf(naming: Naming): ReadonlySet<string> {
  return naming === "snake_case" ? snakeBaseKeys : baseKeys;
}

const none: readonly Problem[] = [];

/** What collectors are handed a view of. One object for all that is known of the end of an event. */
export class SealedEvent implements Sealed {
  readonly state: EventState;
  readonly durationMs: number;
  /** Set by `seal.ts` before anybody reads the event: the originator's own fields, and the problems that stand on the record. */
  originator: PlainObject | Slot[] | undefined = undefined;
  problems: readonly Problem[] = none;
  finished = false;
  /** What was not known before the end. */
  found: Problem[] | undefined = undefined;
  rate = 1;
  reason = "all";
  line: string | undefined = undefined;
  forms: Sealed["forms"] = undefined;
  #record: LooseObject | undefined = undefined;

  constructor(state: EventState, durationMs: number) {
    this.state = state;
    this.durationMs = durationMs;
  }

  get baseKeys(): ReadonlySet<string> {
    return baseKeysOf(this.state.core.registry.naming);
  }

  get record(): LooseObject {
    return (this.#record ??= recordOf(this));
  }

  /** The decision stands on the record, also on one that it was made by. */
  decide({ rate, reason }: Decision): void {
    this.rate = rate;
    this.reason = reason;
    if (this.#record === undefined) return;
    const { naming } = this.state.core.registry;
    this.#record[keyOf(naming, "sampleRate")] = rate;
    this.#record[keyOf(naming, "sampleReason")] = reason;
  }
}

function objectOf(fields: PlainObject | Slot[], layout: Layout): PlainObject {
  return Array.isArray(fields) ? fieldsOf(fields, layout) : fields;
}

export function nameOf(state: EventState): string {
  return state.definition?.name ?? state.originator.type;
}

/** One literal, in the order of the record: keys that are set one by one make V8 fall back to a hash table. */
function recordOf({ state, durationMs, originator, problems, rate, reason }: SealedEvent): LooseObject {
  const { core, error } = state;
  const { naming } = core.registry;
  const base: { [Key in BaseKey]: Plain | undefined } = {
    service: core.service,
    eventId: state.eventId,
    event: nameOf(state),
    timestamp: new Date(state.startedAtMs).toISOString(),
    originator: originatorRecord(state, originator),
    durationMs,
    outcome: state.cutOff ?? error?.outcome ?? "ok",
    error: error === undefined ? undefined : withoutAbsent(error.record),
    main: isMain(state) ? true : undefined,
    parentEventId: state.parentEventId,
    followUpOf: state.followUpOf,
    sampleRate: rate,
    sampleReason: reason,
    schema: core.registry.stamp,
    messages: state.messages.length === 0 ? undefined : state.messages,
    wevt: problems.length === 0 ? undefined : { problems: problems.map(withoutAbsent) },
  };
  const record: LooseObject = naming === "snake_case" ? Object.fromEntries(Object.entries(base).map(([key, value]) => [keyOf(naming, key), value])) : base;
  for (const { descriptor, layout, items } of state.partials) {
    const [first = {}] = items;
    if (own(record, descriptor.name) === undefined) put(record, descriptor.name, descriptor.repeatable === undefined ? objectOf(first, layout) : items.map((item) => objectOf(item, layout)));
  }
  return record;
}

export function isMain({ parentEventId, followUpOf }: EventState): boolean {
  return parentEventId === undefined && followUpOf === undefined;
}

/** Its own fields come last and cannot take the place of the identifiers. */
function originatorRecord(state: EventState, fields: PlainObject | Slot[] | undefined): PlainObject {
  const { type, traceId, spanId, parentSpanId, root, descriptor } = state.originator;
  const { naming } = state.core.registry;
  const record: PlainObject = naming === "snake_case" ? { type, trace_id: traceId, span_id: spanId } : { type, traceId, spanId };
  if (parentSpanId !== undefined) put(record, keyOf(naming, "parentSpanId"), parentSpanId);
  if (root !== undefined) put(record, "root", { type: root.type, [keyOf(naming, "spanId")]: root.spanId });
  if (fields === undefined || descriptor === undefined) return record;
  const finished = objectOf(fields, layoutOf(descriptor.rule));
  for (const key of Object.keys(finished)) if (!Object.hasOwn(record, key)) put(record, key, finished[key] ?? null);
  return record;
}

/** A copy without absent keys. */
export function withoutAbsent(value: object): PlainObject {
  const plain: PlainObject = {};
  for (const [key, item] of Object.entries(value)) if (isPlain(item)) put(plain, key, clonePlain(item));
  return plain;
}

function isPlain(value: unknown): value is Plain {
  return value !== undefined;
}
