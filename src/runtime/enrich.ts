/** What is added to every event at its end: before it is sampled, checked and handled, so that what is added is treated like everything else. */
import { type EventState, keepProblem } from "./event.js";
import { readList } from "./options.js";
import { sampledEvent } from "./sampled-event.js";
import type { SampledEvent } from "./sampler.js";
import { nameOf } from "./sealed.js";

/** An event at its end, as far as its record is not needed for it. */
export type SeenEvent = Omit<SampledEvent, "record">;

/** Completes the event. False while the same event is being completed already: then it is not emitted a second time. */
export type Complete = (state: EventState, durationMs: number) => boolean;

/** Undefined where there is nothing to add. What an enricher throws or rejects with is reported, and costs only what it would have added. */
export function createComplete(enrichers: unknown, handleOf: (state: EventState) => unknown): Complete | undefined {
  const list = readList(enrichers);
  if (list.length === 0) return undefined;
  let busy: EventState | undefined;
  return (state, durationMs) => {
    // Events that an enricher opens are not enriched: it would never end.
    if (busy !== undefined) return busy !== state;
    if (state.followUpOf !== undefined) return true;
    busy = state;
    try {
      for (let index = 0; index < list.length; index++) enrichOnce(state, list[index], { path: `enrich[${index}]`, handle: handleOf(state), durationMs });
    } finally {
      busy = undefined;
    }
    return true;
  };
}

function enrichOnce(state: EventState, enricher: unknown, { path, handle, durationMs }: { readonly path: string; readonly handle: unknown; readonly durationMs: number }): void {
  const fail = (message: string): void => {
    keepProblem(state, { problem: "unserializable", path, message });
  };
  if (typeof enricher !== "function") return fail("an enricher is a function of the event: it was left out");
  try {
    const seen: SeenEvent = sampledEvent(state, { durationMs, nameOf, record: () => ({}) });
    const result: unknown = Reflect.apply(enricher, undefined, [handle, seen]);
    if (!(result instanceof Promise)) return;
    result.catch(() => {});
    fail("an enricher cannot wait: what it writes after its first await comes too late");
  } catch {
    fail("it threw: what it would have added is missing");
  }
}
