/** The collector of a `createWevt` without `collectors`, and the way to stdout that `wevt/collectors/stdio` shares. */
import type { Collector, FinishedEvent, Tell } from "./collector.js";
import { type BatchProblem, createBatches, type FileSystem } from "./batches.js";
import { onExit } from "./exit.js";
import { sharedOutlet } from "./outlet.js";
import { builtin, isEdge } from "./platform.js";

/** The part of a writable stream that is used. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): boolean;
  once(event: "error", listener: () => void): unknown;
  readonly isTTY?: boolean;
}

/** Takes lines and text. */
export interface LineWriter {
  /** Whom to tell of what fails later than in a call; until then, the next call throws. */
  reportTo(tell: Tell): void;
  /** A line each. */
  events(events: readonly FinishedEvent[]): void | Promise<void>;
  write(text: string, events: number): void | Promise<void>;
  /** Hands over what is held back. */
  drain(): void;
  /** Settles when everything has been written. */
  close(): Promise<void>;
}

/** One JSON line per event to stdout. */
export function stdoutLines(): Collector {
  return { name: "stdout", reportTo: (tell) => stdoutWriter().reportTo(tell), flush: (events) => stdoutWriter().events(events), drain: () => stdoutWriter().drain(), close: () => stdoutWriter().close() };
}

let shared: LineWriter | undefined;

/** The only one of a thread. `console.log` where there is no file system. */
export function stdoutWriter(): LineWriter {
  return (shared ??= openStdout());
}

function openStdout(): LineWriter {
  const fs = builtin("node:fs");
  return isFileSystem(fs) && !isEdge() ? descriptorWriter(1, sharedOutlet(fs)) : consoleWriter;
}

const consoleWriter: LineWriter = {
  reportTo: () => {},
  events: (events) => events.forEach((event) => console.log(event.line)),
  write: (text) => console.log(text.slice(0, -1)),
  drain: () => {},
  close: async () => {},
};

function isFileSystem(value: unknown): value is FileSystem {
  return typeof value === "object" && value !== null && "writeSync" in value;
}

/**
 * Writes straight to the descriptor, because what `process.stdout` still holds when a process exits is lost when it is a pipe. The lines of one turn of
 * the event loop are written together at its end, or as soon as they fill 64 KB. While the pipe is full (EAGAIN), or other output waits in
 * `process.stdout`, they wait here, up to a limit, and the caller goes on; on exit the rest is written, for as long as the reader reads.
 *
 * @internal Declarations that users compile name no type of Node.
 */
export function descriptorWriter(fd: number, fs: FileSystem): LineWriter {
  const batches = createBatches(fd, fs);
  let due = false;
  let tell: Tell | undefined;

  const fail = ({ error, lost, dropped }: BatchProblem, events = 0): void => {
    if (tell === undefined) throw error;
    const failed = lost + (dropped ? events : 0);
    tell({ events: failed, message: `${failed} events failed: ${messageOf(error)}` });
  };
  const check = (): void => {
    const problem = tell === undefined ? undefined : batches.problem();
    if (problem !== undefined && problem.lost > 0) fail(problem);
  };
  const drain = (): void => {
    due = false;
    batches.write();
    check();
  };
  onExit("sinks", () => {
    batches.end();
    check();
  });
  return {
    reportTo: (given) => void (tell = given),
    events: (events) => {
      const problem = batches.problem();
      if (problem === undefined || !problem.dropped) for (const event of events) batches.add(event);
      if (batches.ending()) drain();
      else if (!due) {
        due = true;
        setImmediate(drain);
      }
      if (problem !== undefined) fail(problem, events.length);
    },
    write: (text, events) => {
      const problem = batches.problem();
      if (problem === undefined || !problem.dropped) batches.append(new TextEncoder().encode(text));
      batches.write();
      if (problem !== undefined) fail(problem, events);
      check();
    },
    drain,
    close: async () => {
      drain();
      await batches.empty();
      check();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Writes through a stream of the user's. An `error` of it fails this call, or the next one, and never ends the process. A promise only while the
 * stream is full.
 */
export function streamWriter(stream: TextStream): LineWriter {
  let failure: Error | undefined;
  let tell: Tell | undefined;
  const write = (text: string, events: number): void | Promise<void> => {
    const earlier = failure;
    failure = undefined;
    if (earlier !== undefined) throw earlier;
    let settle: ((error: Error | undefined) => void) | undefined;
    const ready = stream.write(text, (error) => {
      // The callback runs before the stream emits `error`: a listener added now keeps that from ending the process.
      if (error) stream.once("error", () => {});
      if (settle !== undefined) settle(error ?? undefined);
      else if (error && tell !== undefined) tell({ events, message: `${events} events failed: ${messageOf(error)}` });
      else failure = error ?? undefined;
    });
    if (ready) return undefined;
    return new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
  };
  return { reportTo: (given) => void (tell = given), write, events: (events) => write(events.map((event) => `${event.line}\n`).join(""), events.length), drain: () => {}, close: async () => {} };
}
