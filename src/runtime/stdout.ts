/** The collector of a `createWevt` without `collectors`, and the way to stdout that `wevt/collectors/stdio` shares. */
import type { Collector } from "./collector.js";
import { maxWaitingText, stdoutDeadlineMs } from "./limits.js";
import { onExit } from "./exit.js";
import { builtin, isEdge, processObject } from "./platform.js";

/** The part of a writable stream that is used. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): boolean;
  once(event: "error", listener: () => void): unknown;
  readonly isTTY?: boolean;
}

/** Takes text; `close` settles when all of it has been written. */
export interface TextWriter {
  write(text: string): void | Promise<void>;
  close(): Promise<void>;
}

/** One JSON line per event to stdout. */
export function stdoutLines(): Collector {
  return { name: "stdout", flush: (events) => stdoutWriter().write(events.map((event) => `${event.line}\n`).join("")), close: () => stdoutWriter().close() };
}

let shared: TextWriter | undefined;

/** The only one of a process, so that lines stay whole. `console.log` where there is no file system. */
export function stdoutWriter(): TextWriter {
  const fs = builtin("node:fs");
  return (shared ??= isFileSystem(fs) && !isEdge() ? descriptorWriter(1, fs) : { write: (text) => console.log(text.slice(0, -1)), close: async () => {} });
}

/** @internal */
type FileSystem = Pick<typeof import("node:fs"), "writeSync">;

function isFileSystem(value: unknown): value is FileSystem {
  return typeof value === "object" && value !== null && "writeSync" in value;
}

/**
 * Writes straight to the descriptor, because what `process.stdout` still holds when a process exits is lost when it is a pipe. While the pipe is full
 * (EAGAIN), or other output waits in `process.stdout`, text waits here, up to a limit, and the caller goes on; on exit the rest is written,
 * for as long as the reader reads.
 *
 * @internal Declarations that users compile name no type of Node.
 */
export function descriptorWriter(fd: number, fs: FileSystem): TextWriter {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let failure: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let exiting = false;
  let forgetExit: (() => void) | undefined;
  const encoder = new TextEncoder();

  /** One attempt; true when it wrote something. */
  const attempt = (): boolean => {
    const chunk = waiting[0];
    if (chunk === undefined || (!exiting && (processObject()?.stdout?.writableLength ?? 0) > 0)) return false;
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
    if (bytes > 0 && !exiting) timer = setTimeout(drain, 5);
    else forgetExit = void forgetExit?.();
  };
  const drainOnExit = (): void => {
    exiting = true;
    let lastProgress = Date.now();
    while (bytes > 0 && Date.now() - lastProgress < stdoutDeadlineMs) {
      if (attempt()) lastProgress = Date.now();
      else sleep(5);
    }
  };
  return {
    write: (text) => {
      const chunk = encoder.encode(text);
      const full = bytes + chunk.length > maxWaitingText;
      if (!full && chunk.length > 0) {
        waiting.push(chunk);
        bytes += chunk.length;
        if (exiting) drainOnExit();
        else if (timer === undefined) drain();
        if (bytes > 0) forgetExit ??= onExit("sinks", drainOnExit);
      }
      const error = failure;
      failure = undefined;
      if (error !== undefined) throw error;
      if (full) throw new Error(`dropped: ${maxWaitingText} bytes wait for the reader of stdout`);
    },
    close: async () => {
      while (bytes > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
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
export function streamWriter(stream: TextStream): TextWriter {
  let failure: Error | undefined;
  return {
    write: (text) => {
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
    },
    close: async () => {},
  };
}
