/** Work that goes on after its function has returned: a response that is streamed, a socket that stays open. */
import { builtin } from "./platform.js";

/** What is used of a stream of Node: it ends by `end` or `finish`, fails by `error`, and was cut off when `close` comes first. */
export interface EndingStream {
  once(event: string, listener: (...values: unknown[]) => void): unknown;
}

/** Anything else that ends: it calls back once, at once where it has ended already. `endOfStream` of `wevt/streams` makes one of a web stream. */
export interface EndingSource {
  whenEnded(done: (ended: Ended) => void): void;
}

export type Ending = PromiseLike<unknown> | EndingStream | EndingSource;

export interface Ended {
  /** How it failed; absent when it ended well. */
  readonly failure?: { readonly thrown: unknown };
  /** It was closed before it had ended: whoever read it went away. */
  readonly cutOff?: true;
}

/** Calls back once, when the ending has come. False where it is none: then nobody will call. */
export function whenEnded(ending: unknown, done: (ended: Ended) => void): boolean {
  let open = true;
  const end = (ended: Ended) => (): void => {
    if (open) done(ended);
    open = false;
  };
  const fail = (thrown: unknown): void => end({ failure: { thrown } })();
  if (isPromise(ending)) {
    ending.then(end({}), fail);
    return true;
  }
  if (isSource(ending)) {
    const told: unknown = ending.whenEnded((ended) => end(ended ?? {})());
    // An async function that fails has no end to tell of.
    if (isPromise(told)) told.then(undefined, fail);
    return true;
  }
  if (!isStream(ending)) return false;
  const over = endedBefore(ending);
  if (over !== undefined) {
    end(over)();
    return true;
  }
  for (const event of ["end", "finish"]) ending.once(event, end({}));
  ending.once("close", end({ cutOff: true }));
  // A listener of `error` itself would keep an error that nobody handles from ending the process.
  const monitor: unknown = Reflect.get(Object(builtin("node:events")), "errorMonitor");
  if (typeof monitor === "symbol") Reflect.apply(ending.once, ending, [monitor, fail]);
  return true;
}

/** How a stream has ended that will tell nobody any more; undefined while it has not. */
function endedBefore(stream: object): Ended | undefined {
  const read = (key: string): unknown => Reflect.get(stream, key);
  const errored = read("errored");
  if (errored !== undefined && errored !== null) return { failure: { thrown: errored } };
  if (read("readableEnded") === true || read("writableFinished") === true) return {};
  return read("destroyed") === true ? { cutOff: true } : undefined;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function isSource(value: unknown): value is EndingSource {
  return typeof value === "object" && value !== null && "whenEnded" in value && typeof value.whenEnded === "function";
}

function isStream(value: unknown): value is EndingStream {
  return typeof value === "object" && value !== null && "once" in value && typeof value.once === "function";
}
