/** The way to the descriptor of stdout beside `process.stdout`, into which threads, `console.log` and pipes of the application write as well. */
import { codeOf, type FileSystem } from "./batches.js";
import { isExiting } from "./exit.js";
import { processObject } from "./platform.js";

const lineFeed = 10;
const newLine: Uint8Array = Uint8Array.of(lineFeed);

/** The end of a line whose beginning a full pipe took. */
interface Cut {
  readonly rest: Uint8Array;
  /** `process.stdout` has it, and has written it. */
  given: boolean;
  done: boolean;
  error?: Error | null | undefined;
}

/**
 * In a thread, everything goes through its `process.stdout`, which brings it to the main thread in whole pieces, or to where that wants it. In the main thread,
 * the descriptor is written to while nothing waits in `process.stdout`, which is given the second half of a line that was cut, before others can write to it.
 *
 * @internal
 */
export function sharedOutlet(fs: FileSystem): FileSystem {
  let cut: Cut | undefined;
  let listening = false;
  /** The process exits, and nobody else writes any more. */
  let alone = false;

  const give = (): void => {
    const stdout = processObject()?.stdout;
    if (cut === undefined || cut.given || stdout?.writable !== true || stdout.writableLength > 0 || unwritten(stdout) === undefined) return;
    const given = cut;
    given.given = true;
    stdout.write(given.rest, (error) => {
      given.done = true;
      given.error = error;
      // The callback runs before the stream emits `error`: a listener added now keeps that from ending the process.
      if (error) stdout.once("error", () => {});
    });
  };
  /** First of all that listen, because the others fill it again at once. */
  const whenDrained = (stdout: NodeJS.WriteStream, again: () => void): void => {
    if (listening) return;
    listening = true;
    stdout.prependOnceListener?.("drain", () => {
      listening = false;
      again();
      give();
    });
  };
  const tryToWrite: FileSystem["writeSync"] = (fd, memory, from, length, again) => {
    let at = from;
    try {
      at += fs.writeSync(fd, memory, from, length, again);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") throw error;
    }
    if (at > 0 && at < from + length && memory[at - 1] !== lineFeed) {
      const rest = memory.subarray(at, from + length);
      cut = { rest: rest.subarray(0, rest.indexOf(lineFeed) + 1 || length), given: false, done: false };
      processObject()?.nextTick(give);
    }
    return at - from;
  };
  return {
    writeSync: (fd, memory, from, length, again) => {
      const stdout = processObject()?.stdout;
      const waits = stdout !== undefined && stdout.writableLength > 0;
      if (waits && !isExiting()) {
        whenDrained(stdout, again);
        return 0;
      }
      if (isOfThread(stdout)) return writeInThread(stdout, memory.slice(from, from + length));
      const before = cut;
      cut = undefined;
      if (before?.given === true) {
        if (before.error) throw before.error;
        // While the process exits, as much of it as a full pipe took.
        const written = before.rest.length - (before.done ? 0 : (unwritten(stdout) ?? 0));
        if (written > 0) return written;
      } else if (waits && !alone && unwritten(stdout) !== 0) fs.writeSync(fd, newLine, 0, 1, again); // What others cut has lost its end.
      alone = isExiting();
      return tryToWrite(fd, memory, from, length, again);
    },
  };
}

/** How much a full pipe has not taken of what `process.stdout` has handed to the system; undefined where only Node would know. */
function unwritten(stdout: object | undefined): number | undefined {
  const count: unknown = Reflect.get(Object(Reflect.get(Object(stdout), "_handle")), "writeQueueSize");
  return typeof count === "number" ? count : undefined;
}

/** `process.stdout` in a thread of Node. */
interface ThreadStream {
  write(chunk: Uint8Array): boolean;
  _writev(chunks: readonly { readonly chunk: Uint8Array; readonly encoding: string }[], done: () => void): void;
}

/** It is the only one without a descriptor. */
function isOfThread(stdout: object | undefined): stdout is ThreadStream {
  return stdout !== undefined && Reflect.get(stdout, "fd") === undefined && typeof Reflect.get(stdout, "_writev") === "function";
}

/** While it ends, past the stream, which would hold it back until the main thread asks for it. */
function writeInThread(stdout: ThreadStream, chunk: Uint8Array): number {
  if (isExiting()) stdout._writev([{ chunk, encoding: "buffer" }], () => {});
  else stdout.write(chunk);
  return chunk.length;
}
