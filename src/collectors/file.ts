/** Appends finished events to a file, one JSON line each. */
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Collector } from "../runtime/collector.js";
import { onExit } from "../runtime/exit.js";

export interface FileOptions {
  /** Bytes that are gathered before they are written; default 16,384. 0 writes each event at once. */
  readonly bufferBytes?: number;
  /** Longest time that a line waits in the buffer, in milliseconds; default 100. The timer keeps no process alive: the rest is written on exit. */
  readonly intervalMs?: number;
  /** Bytes that are kept while the file cannot be written; default 8,388,608. Further events are dropped and reported. */
  readonly maxBytes?: number;
}

const lineFeed = 10;

/**
 * Appends to `path`, which is made (with its folder) at the first event. Lines are whole, also beside other processes that append; a line that an
 * earlier crash cut short is closed first. Nothing is lost on a normal exit, on `process.exit` and on an uncaught error. A failed write is tried
 * again with the next one.
 *
 *     createWevt({ collectors: [file("logs/events.ndjson")] });
 */
export function file(path: string, { bufferBytes = 16_384, intervalMs = 100, maxBytes = 8_388_608 }: FileOptions = {}): Collector {
  let fd: number | undefined;
  let waiting: Buffer[] = [];
  let bytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let forgetExit: (() => void) | undefined;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (bytes === 0) return;
    fd ??= open(path);
    let rest = Buffer.concat(waiting);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    } finally {
      waiting = rest.length > 0 ? [rest] : [];
      bytes = rest.length;
    }
  };
  const writeQuietly = (): void => {
    try {
      write();
    } catch {
      // The lines stay; the next flush or close tries again, and reports.
    }
  };
  return {
    name: `file ${path}`,
    flush: (events) => {
      forgetExit ??= onExit("sinks", writeQuietly);
      let dropped = 0;
      for (const event of events) {
        const line = Buffer.from(`${event.line}\n`);
        if (bytes + line.length > maxBytes) dropped += 1;
        else {
          waiting.push(line);
          bytes += line.length;
        }
      }
      if (bytes >= bufferBytes) write();
      else if (timer === undefined) timer = setTimeout(writeQuietly, intervalMs).unref();
      if (dropped > 0) throw new Error(`${dropped} events were dropped: ${maxBytes} bytes wait for ${path} to be writable`);
    },
    close: () => {
      try {
        write();
      } finally {
        forgetExit?.();
        if (fd !== undefined) closeSync(fd);
        fd = undefined;
      }
    },
  };
}

function open(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, "a+");
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== lineFeed) writeSync(fd, "\n");
  return fd;
}
