/** Time that only moves when a test says so. */
import type { Clock } from "../runtime/ids.js";

/** A moment: a Date, ISO 8601 text, or milliseconds since 1970. */
export type Moment = Date | string | number;

export interface TestClock {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Lets time pass: what is open grows older by exactly so many milliseconds. Timers of the platform do not run: those are the test runner's. */
  advance(milliseconds: number): void;
  /** Sets the time of day, as when a computer's clock is corrected: timestamps change, durations do not. */
  set(moment: Moment): void;
}

export interface ManualClock {
  readonly clock: TestClock;
  readonly source: Clock;
  /** Back to where it began. */
  rewind(): void;
}

export function manualClock(startAt: Moment): ManualClock {
  const startMs = toMs(startAt, "startAt");
  let [nowMs, elapsedMs] = [startMs, 0];
  return {
    clock: {
      get nowMs() {
        return nowMs;
      },
      advance: (milliseconds) => {
        if (!Number.isFinite(milliseconds) || milliseconds < 0) throw new RangeError(`clock.advance takes milliseconds from 0 on, received ${String(milliseconds)}; clock.set moves the time of day back`);
        nowMs += milliseconds;
        elapsedMs += milliseconds;
      },
      set: (moment) => {
        nowMs = toMs(moment, "clock.set");
      },
    },
    source: { now: () => nowMs, monotonic: () => elapsedMs },
    rewind: () => {
      [nowMs, elapsedMs] = [startMs, 0];
    },
  };
}

function toMs(moment: Moment, where: string): number {
  const milliseconds = typeof moment === "number" ? moment : new Date(moment).getTime();
  if (Number.isNaN(new Date(milliseconds).getTime())) throw new RangeError(`${where} takes a Date, ISO 8601 text or milliseconds since 1970, received ${JSON.stringify(moment) ?? String(moment)}`);
  return milliseconds;
}
