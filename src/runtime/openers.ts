/** The ways into an event, and the ways in which one ends. */
import { readActiveSpan } from "./active-span.js";
import type { BuiltOriginator, EventDescriptor } from "./contract.js";
import type { Core } from "./core.js";
import { decorator, type MethodDecoration } from "./decorator.js";
import { type Ended, type Ending, isOfLeaving, whenEnded } from "./ending.js";
import { outcomeOf } from "./error-record.js";
import { type EventState, openEvent, report } from "./event.js";
import { guard, type Handle } from "./handle.js";
import { namedLike } from "./named-like.js";
import { isCount, readOption } from "./options.js";
import { later } from "./platform.js";
import { emitEvent } from "./seal.js";
import { absent, settle } from "./settle.js";
import type { TraceContext } from "./trace-context.js";
import { writeFailure } from "./write.js";

/** How a unit of work is begun, and what else may end it. */
export interface StartOptions {
  /**
   * The place in another service that called: the event goes on with its trace. Default: the enclosing event, then the active span of OpenTelemetry, where
   * its API is loaded.
   */
  readonly from?: TraceContext | undefined;
}

/** What is used of an AbortSignal: projects need not have its type. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface RunOptions extends StartOptions {
  /** When it aborts, the event is emitted with outcome `aborted` (`timeout` for a TimeoutError); the work is not stopped. */
  readonly signal?: AbortSignalLike | undefined;
  /** After so many milliseconds the event is emitted with outcome `timeout`; the work is not stopped. */
  readonly timeoutMs?: number | undefined;
  /**
   * When the work has ended, where that is after its function has returned: a promise, or a stream of Node (a `ServerResponse` that is written to), or
   * what makes one of the result: `endOfStream` of `wevt/streams` for web streams. What is closed or cancelled before it has ended makes the outcome
   * `aborted`, also while the function runs: the event is then emitted once that has returned, with all that it wrote.
   * Middleware that calls `next` returns at once: its event does not wait for handlers. A response that its server destroys with an error has failed with it.
   */
  readonly until?: Ending | ((result: unknown) => Ending | undefined) | undefined;
}

/** An originator, or how to make one from what the wrapped function was called with. */
export type OriginatorOf<This, Args extends readonly unknown[], Originator> = Originator | ((this: This, ...args: Args) => Originator);

/** Opens events: of one kind (`wevt.events.agentExecution`), or of any (`wevt`). */
export interface Openers {
  run<T>(originator: BuiltOriginator, work: (event: Handle) => T, options?: RunOptions): T;
  start(originator: BuiltOriginator, options?: StartOptions): Handle;
  wrap<This, Args extends unknown[], Result>(originator: OriginatorOf<This, Args, BuiltOriginator>, work: (this: This, ...args: Args) => Result, options?: RunOptions): (this: This, ...args: Args) => Result;
  track<This, Args extends unknown[], Result>(originator: OriginatorOf<This, Args, BuiltOriginator>, options?: RunOptions): MethodDecoration<This, Args, Result>;
}

export function createOpeners(core: Core, handleOf: (state: EventState) => Handle, definition: EventDescriptor | undefined): Openers {
  const open = (originator: BuiltOriginator | undefined, options: StartOptions | undefined): EventState => {
    const parent = core.context?.around();
    return openEvent(core, originator, { definition, parent, from: optionOf(options, "from") ?? (parent === undefined ? readActiveSpan(core) : undefined) });
  };
  const run = <T>(originator: BuiltOriginator | undefined, work: (event: Handle) => T, options: RunOptions | undefined): T => {
    const state = open(originator, options);
    const handle = handleOf(state);
    const enter = () => (typeof work !== "function" ? nothing<T>(state) : core.context === undefined ? work(handle) : core.context.run(state, () => work(handle)));
    const signal = optionOf(options, "signal");
    const forget = options === undefined ? undefined : watchLimits(state, { signal, timeoutMs: optionOf(options, "timeoutMs") });
    const ending = options === undefined ? undefined : watchEnding(state, optionOf(options, "until"));
    const finish = (failure: Ended["failure"]): void => {
      forget?.();
      ending?.forget();
      if (failure !== undefined) guard(state, "error", () => (isReasonOf(signal, failure.thrown) || isOfClose(state, failure.thrown) ? writeAbort : writeFailure)(state, failure.thrown));
      guard(state, "emit", () => emitEvent(state));
    };
    return settle(enter, (failure, value) => (failure !== undefined || ending === undefined ? finish(failure) : ending.after(value, finish)));
  };
  const wrap = <This, Args extends unknown[], Result>(originator: OriginatorOf<This, Args, BuiltOriginator>, work: (this: This, ...args: Args) => Result, options?: RunOptions) => {
    // Whoever calls what is no function is told so then.
    if (typeof work !== "function") return work;
    const wrapped = function (this: This, ...args: Args): Result {
      return run(made(core, () => (typeof originator === "function" ? Reflect.apply(originator, this, args) : originator)), () => Reflect.apply(work, this, args), options);
    };
    return namedLike(wrapped, work);
  };
  return {
    run,
    wrap,
    start: (originator, options) => handleOf(open(originator, options)),
    track: (originator, options) => decorator((method) => wrap(originator, method, options)),
  };
}

/** What is no option, or cannot be read, is none. */
function optionOf<Key extends keyof RunOptions>(options: RunOptions | undefined, key: Key): RunOptions[Key] {
  try {
    return options?.[key] ?? undefined;
  } catch {
    return undefined;
  }
}

interface WatchedEnding {
  /** The work has settled: finishes now where the ending has come, or there is none; else once it comes. */
  after(result: unknown, finish: (failure: Ended["failure"]) => void): void;
  forget(): void;
}

/** An object is watched from now on, since it may be closed while the work runs; a function is asked for one once there is a result. */
function watchEnding(state: EventState, until: RunOptions["until"]): WatchedEnding | undefined {
  if (until === undefined) return undefined;
  let known: Ended | undefined;
  let waiting: ((failure: Ended["failure"]) => void) | undefined;
  let forget: (() => void) | undefined;
  const watch = (ending: unknown): void => {
    forget = whenEnded(ending, (ended) => {
      known = ended;
      if (ended.cutOff === true && !state.sealed) state.cutOff ??= "aborted";
      // Nobody is there any more to catch what `validation: "throw"` throws.
      guardLate(() => waiting?.(ended.failure));
    });
  };
  if (typeof until !== "function") guard(state, "until", () => watch(until));
  return {
    after(result, finish) {
      if (typeof until === "function") guard(state, "until", () => watch(until(result)));
      if (known !== undefined || forget === undefined) finish(known?.failure);
      else waiting = finish;
    },
    forget: () => guardLate(() => forget?.()),
  };
}

function guardLate(work: () => void): void {
  try {
    work();
  } catch {
    // Reported already.
  }
}

/** What makes the originator is the user's code. */
function made(core: Core, make: () => BuiltOriginator): BuiltOriginator | undefined {
  try {
    const originator = make();
    // An originator is had at once, or not: an async function that makes one fails for itself.
    if (originator instanceof Promise) originator.catch(() => {});
    return originator;
  } catch {
    core.reporter.report({ problem: "unserializable", path: "originator", message: "the function that makes the originator threw: manual is used instead" });
    return undefined;
  }
}

function nothing<T>(state: EventState): T {
  report(state, { problem: "wrong_type", path: "run", message: "run takes an originator and a function: there was nothing to run" });
  return absent();
}

/** Whether this was thrown because the signal has aborted: `signal.throwIfAborted()` throws the reason as it is. */
function isReasonOf(signal: RunOptions["signal"], thrown: unknown): boolean {
  try {
    return signal?.aborted === true && thrown !== undefined && signal.reason === thrown;
  } catch {
    return false;
  }
}

/** Whether this says only that whoever read or asked went away, which is known. */
function isOfClose({ cutOff: closed }: EventState, thrown: unknown): boolean {
  return closed !== undefined && (readOption(thrown, "code") === "ERR_STREAM_PREMATURE_CLOSE" || isOfLeaving(thrown));
}

/** The work has failed by being aborted, whatever the reason is called; where that was told already, there is nothing to add. */
function writeAbort(state: EventState, reason: unknown): void {
  const { cutOff, sealed } = state;
  if (sealed) return;
  writeFailure(state, reason);
  state.cutOff = cutOff;
}

/** Ends the event when the signal aborts or the time is over; the function that is returned stops watching. */
function watchLimits(state: EventState, { signal, timeoutMs }: RunOptions): () => void {
  const forgets: (() => void)[] = [];
  guard(state, "signal", () => {
    if (signal === undefined) return;
    const outcome = (): "aborted" | "timeout" => (outcomeOf(signal.reason) === "timeout" ? "timeout" : "aborted");
    if (signal.aborted) state.cutOff = outcome();
    const abort = (): void => cutOff(state, outcome());
    signal.addEventListener("abort", abort, { once: true });
    forgets.push(() => signal.removeEventListener("abort", abort));
  });
  if (timeoutMs !== undefined && !isCount(timeoutMs)) report(state, { problem: "wrong_type", path: "timeoutMs", message: "has to be a number of milliseconds, 0 or more: the work has no limit" });
  const forgetTime = typeof timeoutMs === "number" && timeoutMs >= 0 ? later(timeoutMs, () => cutOff(state, "timeout"), state.core.clock) : undefined;
  if (forgetTime !== undefined) forgets.push(forgetTime);
  return () => {
    for (const forget of forgets) guardLate(forget);
  };
}

/** Emits now what has not ended yet. */
export function cutOff(state: EventState, outcome: "aborted" | "timeout"): void {
  if (state.sealed) return;
  state.cutOff = outcome;
  try {
    emitEvent(state);
  } catch {
    // Reported already.
  }
}
