/** The collector of a `createWevt` without `collectors`, and the way to stdout that `wevt/collectors/stdio` shares. */
import type { Collector } from "./collector.js";
import { processObject } from "./platform.js";

/** The part of a writable stream that is used. */
export interface TextStream {
  write(text: string, done: (error?: Error | null) => void): boolean;
  once(event: "error", listener: () => void): unknown;
  readonly isTTY?: boolean;
}

/** One JSON line per event to stdout; `console.log` where there is no process. */
export function stdoutLines(): Collector {
  return { name: "stdout", flush: (events) => writeText(processObject()?.stdout, events.map((event) => `${event.line}\n`).join("")) };
}

/**
 * Writes whole lines through the stream, so that they stay in order with other output and a full pipe (EAGAIN) is waited for by the platform. A
 * closed pipe (EPIPE) fails this call, or the next one, and never becomes an uncaught `error` event. A promise only while the stream is full.
 */
export function writeText(stream: TextStream | undefined, text: string): void | Promise<void> {
  if (typeof stream?.write !== "function") return console.log(text.slice(0, -1));
  const target = stream;
  const earlier = failures.get(target);
  if (earlier !== undefined) {
    failures.delete(target);
    throw new Error(`an earlier write failed: ${earlier.message}`);
  }
  let settle: ((error: Error | undefined) => void) | undefined;
  const ready = target.write(text, (error) => {
    // The callback runs before the stream emits `error`: a listener added now keeps that from ending the process.
    if (error) target.once("error", () => {});
    if (settle !== undefined) settle(error ?? undefined);
    else if (error) failures.set(target, error);
  });
  if (ready) return undefined;
  return new Promise((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
}

/** The last failed write of a stream that nobody has heard of yet. */
const failures = new WeakMap<TextStream, Error>();
