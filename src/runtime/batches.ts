/** Lines on their way to a descriptor that may be a full pipe. */
import type { FinishedEvent } from "./collector.js";
import { maxWaitingText, stdoutDeadlineMs } from "./limits.js";

const batchBytes = 65_536;
const lineFeed = 10;
/** Milliseconds until a full pipe is tried again: soon where its reader has just taken something, less often where it has not. A try in vain costs 30 µs. */
const soonestMs = 1;
const latestMs = 5;

/** @internal Declarations that users compile name no type of Node. */
export interface FileSystem {
  /** Returns how many bytes were taken: 0 like EAGAIN is in vain. It may call `again` as soon as it is worth another try. */
  writeSync(fd: number, memory: Uint8Array, from: number, length: number, again: () => void): number;
}

/** The way to a descriptor. What a full pipe does not take waits, in the order in which it came. */
export interface Batches {
  add(event: FinishedEvent): void;
  /** Takes what is no line of an event. */
  append(chunk: Uint8Array): void;
  /** Writes what can be written. Where the pipe was full a moment ago, that comes by itself. While the process exits, it waits for the reader. */
  write(): void;
  /** What failed since it was asked last, of how many lines and texts, or that there is no room: then what comes now is dropped. */
  problem(): BatchProblem | undefined;
  empty(): Promise<void>;
  /** The process exits: what waits, and what comes from now on, is written at once. */
  end(): void;
  ending(): boolean;
}

export interface BatchProblem {
  readonly error: unknown;
  readonly lost: number;
  readonly dropped: boolean;
}

/** @internal */
export function createBatches(fd: number, fs: FileSystem): Batches {
  const waiting: Waiting = { batches: [], bytes: 0, spare: undefined };
  let failure: unknown;
  let lost = 0;
  let ending = false;

  /** Writes once. False when it was in vain. */
  const writeSome = (batch: Batch): boolean => {
    try {
      const count = fs.writeSync(fd, batch.memory, batch.from, batch.to - batch.from, writeOrWait);
      batch.from += count;
      waiting.bytes -= count;
      if (count > 0) retry.sooner();
      return count > 0;
    } catch (error) {
      if (codeOf(error) === "EAGAIN") return false;
      failure = error;
      lost += countOf(waiting);
      waiting.batches = [];
      waiting.bytes = 0;
      batch.from = batch.to;
      return true;
    }
  };
  /** True when nothing is left. */
  const attempt = (): boolean => {
    let patience = 0;
    for (let batch = firstOf(waiting); batch !== undefined; batch = firstOf(waiting)) {
      patience = writeSome(batch) ? patienceFor(waiting.bytes) : patience - 1;
      if (patience <= 0 && batch.from < batch.to) return false;
    }
    return true;
  };
  const writeOrWait = (): void => (attempt() ? retry.stop() : retry.later());
  const retry = createRetry(writeOrWait);
  const writeAll = (): void => writePatiently(waiting, attempt);
  const write = (): void => {
    if (ending) writeAll();
    else if (!retry.waits()) writeOrWait();
  };
  return {
    add: (event) => {
      if (put(event, waiting)) return;
      write();
      putFirst(event, waiting);
    },
    append: (chunk) => append(chunk, waiting),
    write,
    problem: () => {
      const problem = { error: failure, lost, dropped: false };
      failure = undefined;
      lost = 0;
      if (waiting.bytes > maxWaitingText) return { ...problem, error: new Error(`dropped: ${maxWaitingText} bytes wait for the reader of stdout`), dropped: true };
      return problem.error === undefined ? undefined : problem;
    },
    empty: async () => {
      while (waiting.bytes > 0) await new Promise((resolve) => setTimeout(resolve, latestMs));
    },
    end: () => {
      ending = true;
      retry.stop();
      writeAll();
      if (waiting.bytes === 0) return;
      failure = new Error(`the reader of stdout took nothing for ${stdoutDeadlineMs} ms`);
      lost += countOf(waiting);
    },
    ending: () => ending,
  };
}

/**
 * How often a pipe that has just taken something, but not all, is tried again before it is left alone: not at all for a rest, which it takes as well later, and
 * more often where much waits, so that a reader which is at it right now goes on with it.
 */
function patienceFor(bytes: number): number {
  if (bytes <= batchBytes) return 0;
  return bytes <= 16 * batchBytes ? 1 : 4;
}

interface Batch {
  readonly memory: Uint8Array;
  /** So much of it has been written. */
  from: number;
  to: number;
  /** One text or line, and not as many as there are line feeds. */
  readonly single: boolean;
}

interface Waiting {
  /** Lines are put together in the last one. */
  batches: Batch[];
  bytes: number;
  /** An empty one, to be used again. */
  spare: Batch | undefined;
}

/** The first one that is not written; those before it go. */
function firstOf(waiting: Waiting): Batch | undefined {
  for (let batch = waiting.batches[0]; batch !== undefined; batch = waiting.batches[0]) {
    if (batch.from < batch.to) return batch;
    waiting.batches.shift();
    if (!batch.single) waiting.spare = batch;
  }
  return undefined;
}

/** Until nothing is left, or the reader takes nothing any more. */
function writePatiently(waiting: Waiting, attempt: () => boolean): void {
  let lastProgress = Date.now();
  for (let left = waiting.bytes; !attempt() && Date.now() - lastProgress < stdoutDeadlineMs; left = waiting.bytes) {
    if (waiting.bytes < left) lastProgress = Date.now();
    sleep(soonestMs);
  }
}

/** How many lines and texts have not been written, or not to their end. */
function countOf({ batches }: Waiting): number {
  let count = 0;
  for (const { memory, from, to, single } of batches) count += single ? Number(from < to) : memory.subarray(from, to).reduce((lines, byte) => lines + Number(byte === lineFeed), 0);
  return count;
}

/** False where the last batch has no room for it. */
function put(event: FinishedEvent, waiting: Waiting): boolean {
  const batch = waiting.batches[waiting.batches.length - 1];
  if (batch === undefined) return false;
  const count = event.copyTo(batch.memory, batch.to);
  if (count < 0) return false;
  batch.to += count;
  waiting.bytes += count;
  return true;
}

/** In a batch of its own where it is longer than one. */
function putFirst(event: FinishedEvent, waiting: Waiting): void {
  const batch = waiting.spare ?? { memory: new Uint8Array(batchBytes), from: 0, to: 0, single: false };
  waiting.spare = undefined;
  batch.from = batch.to = 0;
  waiting.batches.push(batch);
  if (!put(event, waiting)) append(new TextEncoder().encode(`${event.line}\n`), waiting);
}

function append(chunk: Uint8Array, waiting: Waiting): void {
  waiting.batches.push({ memory: chunk, from: 0, to: chunk.length, single: true });
  waiting.bytes += chunk.length;
}

interface Retry {
  /** Something was taken. */
  sooner(): void;
  later(): void;
  stop(): void;
  /** It is not time yet. */
  waits(): boolean;
}

/** The timer keeps the process alive: what it writes is not lost at a normal end. */
function createRetry(again: () => void): Retry {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delayMs = soonestMs;
  let since = 0;
  let waitMs = 0;

  const stop = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
  };
  return {
    sooner: () => {
      delayMs = soonestMs;
    },
    later: () => {
      stop();
      waitMs = delayMs;
      since = Date.now();
      delayMs = Math.min(2 * delayMs, latestMs);
      timer = setTimeout(() => {
        timer = undefined;
        again();
      }, waitMs);
    },
    stop,
    waits: () => timer !== undefined && Date.now() - since < waitMs,
  };
}

/** @internal */
export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** Blocks; only ever called while the process exits. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
