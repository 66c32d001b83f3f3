/** Work that goes on after its function has returned: a response that is streamed, a socket that stays open. */
import { readOption as read } from "./options.js";
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

/**
 * Calls back once, when the ending has come, or at once where it has come already. Gives the way to stop watching; undefined where it is no ending: then
 * nobody will call.
 */
export function whenEnded(ending: unknown, done: (ended: Ended) => void): (() => void) | undefined {
  let open = true;
  const end = (ended: Ended | undefined): void => {
    if (!open || ended === undefined) return;
    open = false;
    done(ended);
  };
  const fail = (thrown: unknown): void => end({ failure: { thrown } });
  let unlisten: (() => void) | undefined;
  if (isPromise(ending)) {
    ending.then(() => end({}), fail);
  } else if (isSource(ending)) {
    const told: unknown = ending.whenEnded((ended) => end(ended ?? {}));
    // An async function that fails has no end to tell of.
    if (isPromise(told)) told.then(undefined, fail);
  } else if (isStream(ending)) {
    end(endedBefore(ending));
    if (open) unlisten = listen(ending, end);
  } else {
    return undefined;
  }
  return () => {
    open = false;
    unlisten?.();
  };
}

/** Its listeners are taken back when it is watched no longer: a socket outlives many events. */
function listen(stream: EndingStream, end: (ended: Ended | undefined) => void): () => void {
  // A listener of `error` itself would keep an error that nobody handles from ending the process.
  const monitor: unknown = Reflect.get(Object(builtin("node:events")), "errorMonitor");
  const tell = (ended: Ended | undefined): void => end(brokenBefore(stream) ?? ended);
  const listeners: readonly (readonly [event: unknown, listener: (value: unknown) => void])[] = [
    ["finish", () => tell(written(stream))],
    ["end", () => tell(wasRead(stream))],
    ["close", () => tell({ cutOff: true })],
    ...(typeof monitor === "symbol" ? ([[monitor, (thrown: unknown) => end(brokenBy(stream, thrown))]] as const) : []),
  ];
  for (const listener of listeners) Reflect.apply(stream.once, stream, listener);
  return () => {
    const remove = read(stream, "removeListener");
    if (typeof remove === "function") for (const listener of listeners) Reflect.apply(remove, stream, listener);
  };
}

/** How a stream has ended that will tell nobody any more; undefined while it has not. */
function endedBefore(stream: object): Ended | undefined {
  const broken = brokenBefore(stream);
  if (broken !== undefined) return broken;
  if (read(stream, "writableFinished") === true) return written(stream);
  return (read(stream, "readableEnded") === true ? wasRead(stream) : undefined) ?? (read(stream, "destroyed") === true ? { cutOff: true } : undefined);
}

/** What broke the stream, or the one that a response of HTTP/2 writes to: responses emit no `error`. */
function brokenBefore(stream: object): Ended | undefined {
  for (const each of [stream, read(stream, "stream")]) {
    const errored = read(each, "errored") ?? undefined;
    if (errored !== undefined) return brokenBy(each, errored);
  }
  return undefined;
}

/** A response keeps only errors that its server gave it, be they of another connection; what a socket tells may be that its other end went away. */
function brokenBy(stream: unknown, thrown: unknown): Ended {
  return isOfLeaving(thrown) && typeof read(stream, "setHeader") !== "function" ? { cutOff: true } : { failure: { thrown } };
}

const codesOfLeaving: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "ERR_HTTP2_STREAM_ERROR", "ERR_HTTP2_SESSION_ERROR"]);

/** Whether an error of a connection says that its other end went away. */
export function isOfLeaving(thrown: unknown): boolean {
  return codesOfLeaving.has(read(thrown, "code"));
}

/** Responses say that they have finished also where whoever asked had gone away before: those of HTTP/2 themselves, those of HTTP/1 once `end` is called. */
function written(stream: object): Ended {
  const gone = read(stream, "writableEnded") === false || read(stream, "aborted") === true || read(read(stream, "socket"), "destroyed") === true;
  return gone ? { cutOff: true } : {};
}

/** What is read to its end may still be written to. */
function wasRead(stream: object): Ended | undefined {
  return read(stream, "writableEnded") === false ? undefined : {};
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
