/** The collector of a `createWevt` without `collectors`, and the way to stdout that `wevt/collectors/stdio` shares. */
import type { Collector, FinishedEvent } from "./collector.js";
import { maxWaitingText, stdoutDeadlineMs } from "./limits.js";
import { onExit } from "./exit.js";
import { builtin, isEdge, processObject } from "./platform.js";

/** The part of a writable stream that is used. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): boolean;
  once(event: "error", listener: () => void): unknown;
  readonly isTTY?: boolean;
}

/** Takes lines and text. */
export interface LineWriter {
  /** A line each. */
  events(events: readonly FinishedEvent[]): void | Promise<void>;
  write(text: string): void | Promise<void>;
  /** Hands over what is held back. */
  drain(): void;
  /** Settles when everything has been written. */
  close(): Promise<void>;
}

/** One JSON line per event to stdout. */
export function stdoutLines(): Collector {
  return { name: "stdout", flush: (events) => stdoutWriter().events(events), drain: () => stdoutWriter().drain(), close: () => stdoutWriter().close() };
}

let shared: LineWriter | undefined;

/** The only one of a process, so that lines stay whole. `console.log` where there is no file system. */
export function stdoutWriter(): LineWriter {
  const fs = builtin("node:fs");
  return (shared ??= isFileSystem(fs) && !isEdge() ? descriptorWriter(1, fs) : consoleWriter);
}

const consoleWriter: LineWriter = {
  events: (events) => events.forEach((event) => console.log(event.line)),
  write: (text) => console.log(text.slice(0, -1)),
  drain: () => {},
  close: async () => {},
};

/** @internal */
type FileSystem = Pick<typeof import("node:fs"), "writeSync">;

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
  const queue = createQueue(fd, fs);
  const batch = new Uint8Array(batchBytes);
  let used = 0;
  let due = false;

  const drain = (): void => {
    due = false;
    if (used === 0) return;
    const chunk = batch.subarray(0, used);
    used = 0;
    queue.push(chunk);
  };
  onExit("sinks", () => {
    drain();
    queue.end();
  });
  const add = (event: FinishedEvent): void => {
    let count = event.copyTo(batch, used);
    if (count < 0) {
      drain();
      count = event.copyTo(batch, 0);
    }
    if (count < 0) queue.push(new TextEncoder().encode(`${event.line}\n`));
    else used += count;
  };
  return {
    events: (events) => {
      const problem = queue.problem(used);
      if (problem === undefined || !problem.dropped) for (const event of events) add(event);
      if (queue.ending()) drain();
      else if (!due) {
        due = true;
        setImmediate(drain);
      }
      if (problem !== undefined) throw problem.error;
    },
    write: (text) => {
      drain();
      const problem = queue.problem(used);
      if (problem === undefined || !problem.dropped) queue.push(new TextEncoder().encode(text));
      if (problem !== undefined) throw problem.error;
    },
    drain,
    close: async () => {
      drain();
      await queue.empty();
    },
  };
}

const batchBytes = 65_536;

interface Queue {
  /** Writes what can be written; the rest, copied, waits. */
  push(chunk: Uint8Array): void;
  /** What failed since it was asked last, or that there is no room: then what comes now is dropped. */
  problem(more: number): { readonly error: unknown; readonly dropped: boolean } | undefined;
  empty(): Promise<void>;
  /** The process exits: the rest is written now, by waiting. */
  end(): void;
  ending(): boolean;
}

function createQueue(fd: number, fs: FileSystem): Queue {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let failure: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ending = false;

  /** One attempt; true when it wrote something. */
  const attempt = (): boolean => {
    const chunk = waiting[0];
    if (chunk === undefined || (!ending && (processObject()?.stdout?.writableLength ?? 0) > 0)) return false;
    try {
      const written = fs.writeSync(fd, chunk);
      bytes -= written;
      if (written < chunk.length) waiting[0] = chunk.subarray(written);
      else waiting.shift();
      return true;
    } catch (error) {
      if (codeOf(error) === "EAGAIN") return false;
      failure = error;
      waiting = [];
      bytes = 0;
      return false;
    }
  };
  const drain = (): void => {
    timer = undefined;
    while (attempt());
    if (bytes > 0 && !ending) timer = setTimeout(drain, 5);
  };
  const end = (): void => {
    ending = true;
    let lastProgress = Date.now();
    while (bytes > 0 && Date.now() - lastProgress < stdoutDeadlineMs) {
      if (attempt()) lastProgress = Date.now();
      else sleep(5);
    }
  };
  return {
    push: (chunk) => {
      waiting.push(chunk);
      bytes += chunk.length;
      if (ending) end();
      else if (timer === undefined) drain();
      const last = waiting.at(-1);
      // Whoever pushed it writes into its memory again.
      if (last !== undefined && last.buffer === chunk.buffer) waiting[waiting.length - 1] = last.slice();
    },
    problem: (more) => {
      const error = failure;
      failure = undefined;
      const dropped = bytes + more > maxWaitingText;
      if (dropped) return { error: new Error(`dropped: ${maxWaitingText} bytes wait for the reader of stdout`), dropped };
      return error === undefined ? undefined : { error, dropped };
    },
    empty: async () => {
      while (bytes > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    end,
    ending: () => ending,
  };
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** Blocks; only ever called while the process exits. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/**
 * Writes through a stream of the user's. An `error` of it fails this call, or the next one, and never ends the process. A promise only while the
 * stream is full.
 */
export function streamWriter(stream: TextStream): LineWriter {
  let failure: Error | undefined;
  const write = (text: string): void | Promise<void> => {
    const earlier = failure;
    failure = undefined;
    if (earlier !== undefined) throw earlier;
    let settle: ((error: Error | undefined) => void) | undefined;
    const ready = stream.write(text, (error) => {
      // The callback runs before the stream emits `error`: a listener added now keeps that from ending the process.
      if (error) stream.once("error", () => {});
      if (settle !== undefined) settle(error ?? undefined);
      else failure = error ?? undefined;
    });
    if (ready) return undefined;
    return new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
  };
  return { write, events: (events) => write(events.map((event) => `${event.line}\n`).join("")), drain: () => {}, close: async () => {} };
}
