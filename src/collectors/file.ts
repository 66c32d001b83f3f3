/** Appends finished events to a file, one JSON line each. */
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Collector, FinishedEvent, Tell } from "../runtime/collector.js";
import { isExiting, onExit } from "../runtime/exit.js";
import { maxTimerMs } from "../runtime/limits.js";
import { type Guards, isCount, usableOptions } from "../runtime/options.js";
import { warnOnce } from "../runtime/problems.js";

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
/** Each after 5 ms: a line that has not grown in 15 ms is nobody's any more, and a file that has grown for 200 ms has others who write to it. */
const sameLooks = 3;
const maxLooks = 40;

/**
 * Appends to `path`, which is made (with its folder) at the first event. Lines are whole, also beside other processes that append; a line that an
 * earlier crash cut short is closed first. Nothing is lost on a normal exit, on `process.exit` and on an uncaught error. A failed write is
 * reported, each event counted once, and tried again with the next one; what still waits at the end is reported as lost.
 *
 *     createWevt({ collectors: [file("logs/events.ndjson")] });
 */
export function file(path: string, options: FileOptions = {}): Collector {
  const { bufferBytes = batchBytes, intervalMs = 100, maxBytes: room = defaultMaxBytes }: FileOptions = usableOptions("file", options, guards);
  const batch = Buffer.allocUnsafe(bufferBytes > batchBytes ? Math.min(bufferBytes, maxBatchBytes) : batchBytes);
  /** Where no wevt can be told, stderr is, once. */
  let tell: Tell = ({ message }) => {
    tell = () => {};
    warnOnce(`wevt: collector at file: ${message}`);
  };
  const place = typeof path === "string" ? path : "the file";
  let ended = false;
  const failed = ({ events, waiting, reason }: Failure): void => {
    if (ended) tell({ events, message: `${waiting} events were lost: ${place} cannot be written: ${reason}` });
    else if (events > 0) tell({ events, message: `${events} events wait for ${place} to be writable: ${reason}` });
  };
  const lines = createLines(path, { room, batch, failed });
  const timer = createTimer(lines.write, Math.min(intervalMs, maxTimerMs));
  let forgetExit: (() => void) | undefined;
  /** The process exits: from now on nothing waits. */
  const end = (): void => {
    ended = true;
    lines.write();
  };
  return {
    name: typeof path === "string" ? `file ${path}` : "file",
    reportTo: (given) => void (tell = given),
    flush: (events) => {
      forgetExit ??= onExit("sinks", end);
      let dropped = 0;
      for (const event of events) if (!lines.add(event)) dropped += 1;
      // While the process exits, `end` writes them, and tells once what it could not write.
      if (ended || (lines.bytes() >= bufferBytes && !isExiting())) lines.write();
      else timer.start();
      if (dropped > 0) tell({ events: dropped, message: `${dropped} events were dropped: ${room} bytes wait for ${place} to be writable` });
    },
    drain: lines.write,
    close: () => {
      forgetExit?.();
      timer.stop();
      ended = true;
      lines.close();
    },
  };
}

/** Lines on their way to a file. */
interface Lines {
  /** False where there is no room for it while the file cannot be written: as long as it can, the bounds make it write earlier and lose nothing. */
  add(event: FinishedEvent): boolean;
  /** Writes what waits. What cannot be written stays, and `failed` is called. */
  write(): void;
  /** That wait. */
  bytes(): number;
  close(): void;
}

interface Failure {
  /** Lines that were not among those of an earlier failure. */
  readonly events: number;
  readonly waiting: number;
  readonly reason: string;
}

function createLines(path: string, { room, batch, failed }: { readonly room: number; readonly batch: Buffer; failed(failure: Failure): void }): Lines {
  let used = 0;
  let fd: number | undefined;
  /** What could not be written. */
  let waiting: Buffer[] = [];
  let bytes = 0;
  let lastWriteFailed = false;
  /** Lines that wait, and those of them that an earlier failure has told of. */
  let [count, told] = [0, 0];

  const keep = (chunk: Buffer): void => {
    if (chunk.length > 0) waiting.push(chunk);
    bytes += chunk.length;
  };
  /** What could not be written of it, and why. */
  const tryToWrite = (all: Buffer): { readonly rest: Buffer; readonly error?: unknown } => {
    let rest = all;
    try {
      fd ??= open(path);
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
      return { rest };
    } catch (error) {
      return { rest, error };
    }
  };
  const write = (): void => {
    const all = waiting.length === 0 ? batch.subarray(0, used) : Buffer.concat([...waiting, batch.subarray(0, used)]);
    if (all.length === 0) return;
    const { rest, error } = tryToWrite(all);
    waiting = [];
    bytes = used = 0;
    lastWriteFailed = rest.length > 0;
    if (lastWriteFailed) keep(Buffer.from(rest));
    const written = lastWriteFailed ? linesIn(all.subarray(0, all.length - rest.length)) : count;
    count -= written;
    const events = count - Math.max(0, told - written);
    told = count;
    if (lastWriteFailed) failed({ events, waiting: count, reason: error instanceof Error ? error.message : String(error) });
  };
  return {
    add: (event) => {
      let length = event.copyTo(batch, used);
      if (length < 0 || bytes + used + length > room) {
        if (lastWriteFailed) keep(Buffer.from(batch.subarray(0, used)));
        else write();
        used = 0;
        length = event.copyTo(batch, 0);
      }
      const long = length < 0 ? Buffer.from(`${event.line}\n`) : none;
      if (lastWriteFailed && bytes + Math.max(length, long.length) > room) return false;
      used += Math.max(length, 0);
      keep(long);
      count += 1;
      return true;
    },
    write,
    bytes: () => bytes + used,
    close: () => {
      write();
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
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

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}

/** What looks like a line that was cut short may be one that others are just writing: only one that stays as it is is closed. */
function open(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, "a+");
  for (let [looks, same, before] = [0, 0, 0]; looks < maxLooks; looks++) {
    const size = unendedSize(fd);
    if (size === 0) return fd;
    same = size === before ? same + 1 : 0;
    if (same === sameLooks) {
      writeSync(fd, "\n");
      return fd;
    }
    before = size;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  return fd;
}

/** Its size where it ends within a line, 0 where it does not. */
function unendedSize(fd: number): number {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== lineFeed ? size : 0;
}
