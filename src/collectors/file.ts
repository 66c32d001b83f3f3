/** Appends finished events to a file, one JSON line each. */
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Collector, FinishedEvent } from "../runtime/collector.js";
import { onExit } from "../runtime/exit.js";
import { maxTimerMs } from "../runtime/limits.js";
import { type Guards, isCount, usableOptions } from "../runtime/options.js";

export interface FileOptions {
  /** Bytes that are gathered before they are written; default 65,536, and at most 1,048,576: more at a time is faster, and more is lost when the machine fails. 0 writes each event at once. */
  readonly bufferBytes?: number;
  /** Longest time that a line waits in the buffer, in milliseconds; default 100. The timer keeps no process alive: the rest is written on exit. */
  readonly intervalMs?: number;
  /** Bytes that are kept while the file cannot be written; default 8,388,608. Further events are dropped and reported. Less than `bufferBytes` only writes earlier. */
  readonly maxBytes?: number;
}

const guards: Guards<FileOptions> = { bufferBytes: isCount, intervalMs: isCount, maxBytes: isCount };
const lineFeed = 10;
const none: Buffer = Buffer.alloc(0);
const batchBytes = 65_536;
const maxBatchBytes = 1_048_576;
const defaultMaxBytes = 8_388_608;

/**
 * Appends to `path`, which is made (with its folder) at the first event. Lines are whole, also beside other processes that append; a line that an
 * earlier crash cut short is closed first. Nothing is lost on a normal exit, on `process.exit` and on an uncaught error. A failed write is tried
 * again with the next one.
 *
 *     createWevt({ collectors: [file("logs/events.ndjson")] });
 */
export function file(path: string, options: FileOptions = {}): Collector {
  const { bufferBytes = batchBytes, intervalMs = 100, maxBytes: room = defaultMaxBytes }: FileOptions = usableOptions("file", options, guards);
  const lines = createLines(path, { room, batch: Buffer.allocUnsafe(bufferBytes > batchBytes ? Math.min(bufferBytes, maxBatchBytes) : batchBytes) });
  /** What it throws is reported by the next flush or close, which tries again: the lines stay. */
  const writeQuietly = (): void => quietly(lines.write);
  const timer = createTimer(writeQuietly, Math.min(intervalMs, maxTimerMs));
  let gathered = bufferBytes;
  let forgetExit: (() => void) | undefined;
  /** The process exits: from now on nothing waits. */
  const end = (): void => {
    gathered = 0;
    writeQuietly();
  };
  return {
    name: typeof path === "string" ? `file ${path}` : "file",
    flush: (events) => {
      forgetExit ??= onExit("sinks", end);
      let dropped = 0;
      for (const event of events) if (!lines.add(event)) dropped += 1;
      if (dropped > 0) writeQuietly();
      if (dropped > 0) throw new Error(`${dropped} events were dropped: ${room} bytes wait for ${path} to be writable`);
      if (lines.bytes() >= gathered) lines.write();
      else timer.start();
    },
    drain: lines.write,
    close: () => {
      forgetExit?.();
      timer.stop();
      lines.close();
    },
  };
}

/** Lines on their way to a file. */
interface Lines {
  /** False where there is no room for it while the file cannot be written: as long as it can, the bounds make it write earlier and lose nothing. */
  add(event: FinishedEvent): boolean;
  /** Writes what waits. What cannot be written stays. */
  write(): void;
  /** That wait. */
  bytes(): number;
  close(): void;
}

function createLines(path: string, { room, batch }: { readonly room: number; readonly batch: Buffer }): Lines {
  let used = 0;
  let fd: number | undefined;
  /** What could not be written. */
  let waiting: Buffer[] = [];
  let bytes = 0;
  let lastWriteFailed = false;

  const keep = (chunk: Buffer): void => {
    if (chunk.length > 0) waiting.push(chunk);
    bytes += chunk.length;
  };
  const write = (): void => {
    let rest = waiting.length === 0 ? batch.subarray(0, used) : Buffer.concat([...waiting, batch.subarray(0, used)]);
    if (rest.length === 0) return;
    try {
      fd ??= open(path);
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    } finally {
      waiting = [];
      bytes = used = 0;
      lastWriteFailed = rest.length > 0;
      if (lastWriteFailed) keep(Buffer.from(rest));
    }
  };
  return {
    add: (event) => {
      let count = event.copyTo(batch, used);
      if (count < 0 || bytes + used + count > room) {
        if (lastWriteFailed) keep(Buffer.from(batch.subarray(0, used)));
        else quietly(write);
        used = 0;
        count = event.copyTo(batch, 0);
      }
      const long = count < 0 ? Buffer.from(`${event.line}\n`) : none;
      if (lastWriteFailed && bytes + Math.max(count, long.length) > room) return false;
      used += Math.max(count, 0);
      keep(long);
      return true;
    },
    write,
    bytes: () => bytes + used,
    close: () => {
      try {
        write();
      } finally {
        if (fd !== undefined) closeSync(fd);
        fd = undefined;
      }
    },
  };
}

/** Calls once, so long after it was first started; it keeps no process alive. Cheaper than one that every write would stop. */
function createTimer(call: () => void, afterMs: number): { start(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        call();
      }, afterMs).unref();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // As said where it is called.
  }
}

function open(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, "a+");
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== lineFeed) writeSync(fd, "\n");
  return fd;
}
