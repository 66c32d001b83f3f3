/** Keeps finished events in memory, for tests. */
import type { Collector, FinishedEvent } from "../runtime/collector.js";
import { type Guards, isCount, usableOptions } from "../runtime/options.js";

export interface MemoryOptions {
  /** Events that are kept, the latest ones; default 10,000. */
  readonly maxEvents?: number;
}

export interface MemoryCollector extends Collector {
  /** The finished events, oldest first. */
  readonly events: readonly FinishedEvent[];
  /** Their records. */
  readonly records: readonly FinishedEvent["record"][];
  /** Their JSON lines. */
  readonly lines: readonly string[];
  /** Forgets everything. */
  clear(): void;
}

const guards: Guards<MemoryOptions> = { maxEvents: isCount };

/**
 * Collects events for a test to look at.
 *
 *     const collected = memory();
 *     const wevt = createWevt({ collectors: [collected] });
 *     // … run the code …
 *     expect(collected.records[0]).toMatchObject({ user: { tier: "pro" } });
 */
export function memory(options: MemoryOptions = {}): MemoryCollector {
  const { maxEvents = 10_000 }: MemoryOptions = usableOptions("memory", options, guards);
  const events: FinishedEvent[] = [];
  return {
    name: "memory",
    get events() {
      return [...events];
    },
    get records() {
      return events.map((event) => event.record);
    },
    get lines() {
      return events.map((event) => event.line);
    },
    clear: () => void events.splice(0),
    flush: (finished) => {
      events.push(...finished);
      if (events.length > maxEvents) events.splice(0, events.length - maxEvents);
    },
  };
}
