/** What a collector is, and how finished events get to it. */
import { defaultDeadlineMs, maxFlushMs, maxQueuedEvents } from "./limits.js";
import type { EventState } from "./event.js";
import { cloneObject, type LooseObject, type PlainObject } from "./plain.js";
import type { Memory } from "./bytes/memory.js";
import { lineText, readLine, writeLine } from "./bytes/line.js";
import { onExit } from "./exit.js";
import type { Reporter } from "./problems.js";
import { SealedEvent } from "./sealed.js";
import type { Problem } from "./types.js";

/** A finished event. Each view is made when it is asked for. What a collector does with it reaches no other collector. */
export interface FinishedEvent {
  /** The whole record: base fields, then partials. */
  readonly record: { readonly [key: string]: unknown };
  /** The record as JSON text on one line, without a newline at the end. */
  readonly line: string;
  /** The line in UTF-8, in memory of its own. */
  readonly bytes: Uint8Array;
  /** Copies the line in UTF-8, with a newline, and returns how many bytes that were; -1, and nothing is copied, where there is no room for it, or no such place. No object is made. */
  copyTo(target: Uint8Array, at: number): number;
  /** The base fields alone. */
  readonly base: { readonly [key: string]: unknown };
  /** The partials alone, by name. */
  readonly partials: ReadonlyMap<string, unknown>;
}

/** Reports a problem of kind `collector`, which is counted once for each of the events: so many could not be taken to where they belong. */
export type Tell = (failure: { readonly events: number; readonly message: string }) => void;

/**
 * Takes finished events somewhere. `flush` may be asynchronous; while it has not settled, further events wait and come with the next call. What
 * it throws or rejects with is reported as a problem of kind `collector`, counted once for each event, and reaches nobody else.
 *
 *     const shout: Collector = { flush: (events) => events.forEach((event) => console.log(event.line)) };
 */
export interface Collector {
  /** For problem messages. */
  readonly name?: string;
  /** The form in which it is handed events; `strict(collector)` and `flat(collector)` set it. Default: the whole record. */
  readonly profile?: Profile;
  /** Called once, before the first `flush`, with the way to tell of what fails later than in a call, as what is written by a timer does. */
  reportTo?(tell: Tell): void;
  flush(events: readonly FinishedEvent[]): void | Promise<void>;
  /** Hands over what is held back, for `wevt.flush()`. */
  drain?(): void | Promise<void>;
  /** Called once, after the last `flush` has settled. */
  close?(): void | Promise<void>;
}

/** The record of a sealed event, and which of its keys are base fields. */
export interface Sealed {
  readonly record: LooseObject;
  readonly baseKeys: ReadonlySet<string>;
  readonly state: EventState;
  /** The line, once one collector has asked for it. */
  line?: string | undefined;
  /** Writes its line into the memory of `bytes/` and returns its end; undefined, like its absence, where JSON.stringify has to make it. */
  writeTo?(into: Memory): number | undefined;
  /** Its other forms, each once one collector has asked for it. */
  forms?: Map<Profile, Sealed> | undefined;
}

/** Another form of finished events. It is linked only where a collector has it. */
export interface Profile {
  readonly form: (sealed: Sealed) => Sealed;
}

/** The event in this form, which is made once. */
export function formOf(sealed: Sealed, profile: Profile | undefined): Sealed {
  if (profile === undefined) return sealed;
  const forms = (sealed.forms ??= new Map());
  const known = forms.get(profile) ?? profile.form(sealed);
  forms.set(profile, known);
  return known;
}

/** A collector's own view of a sealed event. */
export function finishedEvent(sealed: Sealed): FinishedEvent {
  return new View(sealed);
}

class View implements FinishedEvent {
  readonly #sealed: Sealed;
  #record: PlainObject | undefined;

  constructor(sealed: Sealed) {
    this.#sealed = sealed;
    this.#record = undefined;
  }

  get record(): PlainObject {
    return (this.#record ??= cloneObject(this.#sealed.record));
  }

  get line(): string {
    const sealed = this.#sealed;
    return (sealed.line ??= lineOf(sealed));
  }

  get bytes(): Uint8Array {
    const end = written(this.#sealed);
    if (end === undefined) return new TextEncoder().encode(this.line);
    const bytes = new Uint8Array(end - 1);
    readLine(bytes, 0, end - 1);
    return bytes;
  }

  copyTo(target: Uint8Array, at: number): number {
    if (at >>> 0 !== at || target?.BYTES_PER_ELEMENT !== 1) return -1;
    const end = written(this.#sealed);
    if (end === undefined) {
      const bytes = new TextEncoder().encode(`${this.line}\n`);
      if (at + bytes.length > target.length) return -1;
      target.set(bytes, at);
      return bytes.length;
    }
    if (at + end > target.length) return -1;
    readLine(target, at, end);
    return end;
  }

  get base(): { readonly [key: string]: unknown } {
    const { baseKeys } = this.#sealed;
    return Object.fromEntries(Object.entries(this.record).filter(([key]) => baseKeys.has(key)));
  }

  get partials(): ReadonlyMap<string, unknown> {
    const { baseKeys } = this.#sealed;
    return new Map(Object.entries(this.record).filter(([key]) => !baseKeys.has(key)));
  }
}

/** The length of its line in memory, newline included; undefined where only JSON.stringify makes it. */
function written(sealed: Sealed): number | undefined {
  return sealed instanceof SealedEvent || sealed.writeTo !== undefined ? writeLine(sealed) : undefined;
}

function lineOf(sealed: Sealed): string {
  const end = written(sealed);
  return end === undefined ? JSON.stringify(sealed.record) : lineText(end);
}

/** The way to one collector: one `flush` at a time, a bounded queue while it runs. */
export interface Lane {
  deliver(sealed: Sealed): void;
  /** Settles when everything that was delivered has been taken and handed over, or has failed. Never rejects. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function createLane(collector: Collector, label: string, reporter: Reporter): Lane {
  let queue: FinishedEvent[] = [];
  let running: Promise<void> | undefined;
  let since = 0;
  let closed = false;
  let forget: (() => void) | undefined;

  const tell = introduce(collector, label, reporter);
  const fail = (what: string, error: unknown, events = 1): void => tell({ events, message: `${what}: ${reasonOf(error)}` });
  const flush = (events: readonly FinishedEvent[]): void => {
    try {
      const result = collector.flush(events);
      if (!(result instanceof Object) || typeof result.then !== "function") return;
      since = Date.now();
      const settled: Promise<void> = Promise.resolve(result).then(undefined, (error: unknown) => fail(`${events.length} events failed`, error, events.length)).then(() => (running === settled ? next() : undefined));
      running = settled;
    } catch (error) {
      fail(`${events.length} events failed`, error, events.length);
    }
  };
  const next = (): void => {
    running = undefined;
    const events = queue;
    queue = [];
    forget?.();
    forget = undefined;
    if (events.length > 0) flush(events);
  };

  const idle = async (): Promise<void> => {
    while (running !== undefined) await running;
  };
  return {
    deliver: (complete) => {
      if (closed) return fail("an event was dropped", "the collector is closed");
      let sealed: Sealed;
      try {
        sealed = formOf(complete, collector.profile);
      } catch (error) {
        return fail("an event was dropped, since its form could not be made", error);
      }
      if (running !== undefined && Date.now() - since > maxFlushMs) {
        fail("a flush was given up", `it has not settled for ${maxFlushMs} ms`);
        next();
      }
      if (running === undefined) return flush([finishedEvent(sealed)]);
      if (queue.length >= maxQueuedEvents) return fail("an event was dropped", `${maxQueuedEvents} events wait for an earlier flush to settle`);
      queue.push(finishedEvent(sealed));
      forget ??= onExit("queues", next);
    },
    idle: async () => {
      await idle();
      try {
        await collector.drain?.();
      } catch (error) {
        fail("drain failed", error);
      }
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await idle();
      try {
        await collector.close?.();
      } catch (error) {
        fail("close failed", error);
      }
    },
  };
}

/** Tells the collector whom to tell. */
function introduce(collector: Collector, label: string, reporter: Reporter): Tell {
  const tell: Tell = ({ events, message }) => {
    const problem: Problem = { problem: "collector", path: label, message };
    for (let told = 0; told < events; told++) reporter.count(problem);
    reporter.tell(problem);
  };
  try {
    collector.reportTo?.(tell);
  } catch (error) {
    tell({ events: 1, message: `reportTo failed: ${reasonOf(error)}` });
  }
  return tell;
}

/** Settles with the work, or after the deadline, and never rejects. */
export async function within(work: Promise<unknown>, deadlineMs: number = defaultDeadlineMs): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  try {
    await Promise.race([work.then(() => {}, () => {}), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "unknown";
  }
}
