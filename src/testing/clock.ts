/** Time that only moves when a test says so. */
import type { Clock } from "../runtime/ids.js";

/** A moment: a Date, ISO 8601 text, or milliseconds since 1970. */
export type Moment = Date | string | number;

export interface TestClock {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /**
   * Lets time pass: what is open grows older by exactly so many milliseconds. Time limits of events (`timeoutMs`) that are over then end them, and what was
   * written late is emitted after its second, each at its moment. Timers of the platform do not run: those are the test runner's.
   */
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
  let timers: readonly Waiting[] = [];
  const pass = (milliseconds: number): void => {
    nowMs += milliseconds;
    elapsedMs += milliseconds;
  };
  const drop = (timer: Waiting): void => void (timers = timers.filter((one) => one !== timer));
  return {
    clock: {
      get nowMs() {
        return nowMs;
      },
      advance: (milliseconds) => {
        if (!Number.isFinite(milliseconds) || milliseconds < 0) throw new RangeError(`clock.advance takes milliseconds from 0 on, received ${String(milliseconds)}; clock.set moves the time of day back`);
        const endMs = elapsedMs + milliseconds;
        for (let due = firstDue(timers, endMs); due !== undefined; due = firstDue(timers, endMs)) {
          drop(due);
          pass(Math.max(0, due.atMs - elapsedMs));
          due.work();
        }
        pass(endMs - elapsedMs);
      },
      set: (moment) => {
        nowMs = toMs(moment, "clock.set");
      },
    },
    source: {
      now: () => nowMs,
      monotonic: () => elapsedMs,
      later: (delayMs, work) => {
        const timer = { atMs: elapsedMs + delayMs, work };
        timers = [...timers, timer];
        return () => drop(timer);
      },
    },
    rewind: () => {
      [nowMs, elapsedMs] = [startMs, 0];
      timers = [];
    },
  };
}

/** What waits for its moment. */
interface Waiting {
  readonly atMs: number;
  readonly work: () => void;
}

/** The earliest of those that are due; of the same moment, the one that was set first. */
function firstDue(timers: readonly Waiting[], endMs: number): Waiting | undefined {
  return timers.reduce<Waiting | undefined>((first, timer) => (timer.atMs <= endMs && (first === undefined || timer.atMs < first.atMs) ? timer : first), undefined);
}

function toMs(moment: Moment, where: string): number {
  const milliseconds = typeof moment === "number" ? moment : new Date(moment).getTime();
  if (Number.isNaN(new Date(milliseconds).getTime())) throw new RangeError(`${where} takes a Date, ISO 8601 text or milliseconds since 1970, received ${JSON.stringify(moment) ?? String(moment)}`);
  return milliseconds;
}
