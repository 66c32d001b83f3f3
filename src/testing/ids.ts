/** Identifiers that count: of the right form, and the same in every run. */
import type { Ids } from "../runtime/ids.js";

export interface CountingIds {
  readonly source: Ids;
  /** Back to one. */
  rewind(): void;
}

/** `onEvent` is told of each event's identifier while the event is being opened. */
export function countingIds(onEvent: (eventId: string) => void): CountingIds {
  let [events, traces, spans] = [0, 0, 0];
  return {
    source: {
      eventId: () => {
        const eventId = `evnt_${decimal(++events, 25)}`;
        onEvent(eventId);
        return eventId;
      },
      traceId: () => hexadecimal(++traces, 32),
      spanId: () => `span_${hexadecimal(++spans, 16)}`,
    },
    rewind: () => {
      [events, traces, spans] = [0, 0, 0];
    },
  };
}

function decimal(count: number, length: number): string {
  return count.toString().padStart(length, "0");
}

function hexadecimal(count: number, length: number): string {
  return count.toString(16).padStart(length, "0");
}
