/**
 * `wevt/streams`: events that end when a stream has been read to its end. A web stream tells nobody from outside how it ends, so the one that is handed on
 * is another one around it: the same chunks, one at a time, as fast as they are read.
 */
import { capture } from "../context.js";
import { decorator } from "../decorator.js";
import type { Ended, EndingSource } from "../ending.js";
import { namedLike } from "../named-like.js";

/** What is used of a ReadableStream: projects need not have its type. */
export interface WebStream {
  readonly locked: boolean;
  getReader(options?: { readonly mode: "byob" }): unknown;
  cancel(reason?: unknown): PromiseLike<void>;
}

/** What is used of a Response. */
export interface WebResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: object;
  readonly body: WebStream | null;
}

interface Reader {
  read(): PromiseLike<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason?: unknown): PromiseLike<void>;
  releaseLock(): void;
}

interface Controller {
  /** Of a byte stream: the buffer that a reader waits to have filled. */
  readonly byobRequest?: { respond(bytes: number): void } | null;
  enqueue(chunk: unknown): void;
  close(): void;
  error(reason: unknown): void;
}

type Watcher = (ended: Ended) => void;

/** Of each stream that was made here; the key is the same for every installed copy. */
const key: symbol = Symbol.for("wevt.ending");

/**
 * The same stream, response or async iterable, which `endOfStream` can watch. What produces the chunks finds the event that is current now, whoever reads
 * them. A stream that somebody reads already, and a response without a body, are given back as they are.
 *
 *     await wevt.run(originator, async () => streamed(await answer(request)), { until: endOfStream });
 */
export function streamed<Streamed extends WebStream | WebResponse>(source: Streamed): Streamed;
export function streamed<Chunk>(source: AsyncIterable<Chunk>): AsyncGenerator<Chunk, unknown, undefined>;
export function streamed(source: object): object {
  try {
    return isStream(source) ? aroundStream(source) : isResponse(source) ? aroundResponse(source) : isIterable(source) ? aroundIterable(source) : source;
  } catch {
    return source;
  }
}

/**
 * A decorator for methods that give streams, responses (also by a promise) or are async generators: what they give is `streamed`, so that an event around
 * the method lasts until it has been read.
 *
 *     @wevt.track((task: Task) => agentOriginator({ taskId: task.id }), { until: endOfStream })
 *     @streaming
 *     async *answer(task: Task) { … }
 */
export function streaming<This, Args extends unknown[], Result>(method: (this: This, ...args: Args) => Result, context?: unknown): (this: This, ...args: Args) => Result;
export function streaming<This, Args extends unknown[], Result>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<(this: This, ...args: Args) => Result>): TypedPropertyDescriptor<(this: This, ...args: Args) => Result>;
export function streaming(...args: unknown[]): unknown {
  return Reflect.apply(decorator(streamsOf), undefined, args);
}

function streamsOf<This, Args extends unknown[], Result>(method: (this: This, ...args: Args) => Result): (this: This, ...args: Args) => Result {
  const streams = function (this: This, ...args: Args): Result {
    const result = Reflect.apply(method, this, args);
    return alike(result, result instanceof Promise ? result.then(around) : around(result));
  };
  return namedLike(streams, method);
}

/** A stream of Node is watched as it is. */
function around(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return isStream(value) || isResponse(value) ? streamed(value) : isIterable(value) && "next" in value ? streamed(value) : value;
}

/** Named guard: what is handed on has the form of what it stands for. */
function alike<Result>(_of: Result, made: unknown): Result {
  return made as Result;
}

/**
 * For `until`: the end of what `streamed` made. Read to its end: `ok`. Cancelled, since who read it went away: `aborted`. Broken: `error`. What was not made
 * by `streamed` ends the event when its function has returned.
 */
export function endOfStream(result: unknown): EndingSource | undefined {
  try {
    const own = endingOf(result);
    return own ?? (isResponse(result) ? endingOf(result.body) : undefined);
  } catch {
    return undefined;
  }
}

/**
 * Settles when what `streamed` made has ended, in whatever way, and never rejects: for platforms that have to be told how long work goes on.
 *
 *     context.waitUntil(ended(response).then(() => wevt.flush()));
 */
export function ended(result: unknown): Promise<void> {
  const ending = endOfStream(result);
  return ending === undefined ? Promise.resolve() : new Promise((resolve) => ending.whenEnded(() => resolve()));
}

function endingOf(value: unknown): EndingSource | undefined {
  const ending: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return isEnding(ending) ? ending : undefined;
}

function isEnding(value: unknown): value is EndingSource {
  return typeof value === "object" && value !== null && "whenEnded" in value && typeof value.whenEnded === "function";
}

/** The first end counts, and whoever asks after it is told at once. */
function createEnding(): { readonly ending: EndingSource; readonly end: Watcher } {
  let known: Ended | undefined;
  const watchers: Watcher[] = [];
  return {
    ending: { whenEnded: (watcher) => void (known === undefined ? watchers.push(watcher) : watcher(known)) },
    end: (how) => {
      if (known !== undefined) return;
      known = how;
      for (const watcher of watchers) attempt(() => watcher(how));
    },
  };
}

/** Who watches cannot break what is watched. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // Not ours to tell.
  }
}

function marked<Made extends object>(made: Made, ending: EndingSource): Made {
  return Object.defineProperty(made, key, { value: ending });
}

/** Nothing is read ahead: what was lazy stays lazy. */
function aroundStream(source: WebStream): object {
  if (source.locked || endingOf(source) !== undefined) return source;
  const inside = capture();
  const { ending, end } = createEnding();
  const type = isByteStream(source) ? ({ type: "bytes" } as const) : {};
  const reader = asReader(source.getReader());
  return marked(
    newStream({
      ...type,
      pull: async (controller) => {
        try {
          const { done, value } = await inside(() => reader.read());
          if (!done) return controller.enqueue(value);
          controller.close();
          controller.byobRequest?.respond(0);
          end({});
        } catch (error) {
          controller.error(error);
          end({ failure: { thrown: error } });
        }
      },
      cancel: (reason) => {
        end({ cutOff: true });
        return inside(() => reader.cancel(reason));
      },
    }),
    ending,
  );
}

/** Only such a stream lets its readers bring buffers of their own. */
function isByteStream(source: WebStream): boolean {
  try {
    asReader(source.getReader({ mode: "byob" })).releaseLock();
    return true;
  } catch {
    return false;
  }
}

/** The platform's own classes, which stand on globalThis wherever there are web streams. */
function newStream(source: { readonly type?: "bytes"; readonly pull: (controller: Controller) => Promise<void>; readonly cancel: (reason: unknown) => unknown }): object {
  return construct("ReadableStream", [source, { highWaterMark: 0 }]);
}

function construct(name: "ReadableStream" | "Response", args: readonly unknown[]): object {
  const Class: unknown = Reflect.get(globalThis, name);
  if (typeof Class !== "function") throw new TypeError(`no ${name} here`);
  return Reflect.construct(Class, args);
}

/** Named guard: what `getReader` of a stream returns. */
function asReader(reader: unknown): Reader {
  return reader as Reader;
}

function aroundResponse(response: WebResponse): object {
  const { body, status, statusText, headers } = response;
  if (body === null || body.locked || status < 200) return response;
  const stream = aroundStream(body);
  const made = construct("Response", [stream, { status, statusText, headers }]);
  const ending = endingOf(stream);
  return ending === undefined ? made : marked(made, ending);
}

/** Chunks are asked for by whoever iterates; leaving the loop early is an end like any other of a stream. */
function aroundIterable(source: AsyncIterable<unknown>): object {
  if (endingOf(source) !== undefined) return source;
  const inside = capture();
  const { ending, end } = createEnding();
  const iterator = inside(() => source[Symbol.asyncIterator]());
  const watched = async (step: () => Promise<IteratorResult<unknown>>, last: Ended): Promise<IteratorResult<unknown>> => {
    try {
      const result = await inside(step);
      if (result.done === true) end(last);
      return result;
    } catch (error) {
      end({ failure: { thrown: error } });
      throw error;
    }
  };
  const made = {
    next: (...values: [] | [unknown]) => watched(() => iterator.next(...values), {}),
    return: (value?: unknown) => watched(async () => (await iterator.return?.(value)) ?? { done: true, value }, { cutOff: true }),
    throw: (reason?: unknown) => watched(async () => {
      if (iterator.throw === undefined) throw reason;
      return iterator.throw(reason);
    }, { cutOff: true }),
    [Symbol.asyncIterator]: () => made,
  };
  return marked(made, ending);
}

function isStream(value: unknown): value is WebStream {
  return typeof value === "object" && value !== null && "getReader" in value && typeof value.getReader === "function";
}

function isResponse(value: unknown): value is WebResponse {
  return typeof value === "object" && value !== null && "body" in value && "headers" in value && "status" in value && (value.body === null || isStream(value.body));
}

function isIterable(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}
