/**
 * What users hold: `event`, and the same writes on `wevt` for the event that is current. Every method may be called on anything (`const { log } =
 * event`), with anything; only a ValidationError of `validation: "throw"` gets out.
 */
import type { BuiltOriginator, BuiltPartial } from "./contract.js";
import { type Around, aroundOf } from "./context.js";
import type { Core } from "./core.js";
import { type ErrorDetails, errorRecord } from "./error-record.js";
import { type EventState, isBuilt, isDescriptor, openEvent, report } from "./event.js";
import type { MessageTemplate } from "./messages/feature.js";
import { namedLike } from "./named-like.js";
import { shownPath } from "./rules.js";
import { say, type Said } from "./say.js";
import { emitEvent } from "./seal.js";
import { absent, settle } from "./settle.js";
import { ValidationError } from "./validate.js";
import { addDuration, addTo, prepare, setPartials, writeBound, writeError, writeWhole } from "./write.js";

/** The untyped form of a handle; `wevt-types.ts` has what users see. */
export interface Writes {
  log(partial: BuiltPartial): void;
  partial(partial: BuiltPartial): void;
  set(partials: object): void;
  add(path: string, amount: number | bigint): void;
  time<T>(path: string, work: () => T): T;
  error(error: unknown, details?: ErrorDetails): void;
  message(template: MessageTemplate, ...args: unknown[]): void;
  debug(template: MessageTemplate, ...args: unknown[]): void;
}

export interface Timer {
  /** Writes the time since the start. Later calls do nothing. */
  stop(): void;
}

export interface Handle extends Writes {
  readonly eventId: string;
  start(path: string): Timer;
  child(originator: BuiltOriginator): Handle;
  bind<This, Args extends unknown[], Result>(work: (this: This, ...args: Args) => Result): (this: This, ...args: Args) => Result;
  emit(): void;
}

/** Where the platform is older than `using`, compilers agree on these. */
const disposeKey: symbol = Symbol.dispose ?? Symbol.for("Symbol.dispose");
const asyncDisposeKey: symbol = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

/** The event that a call on `receiver` means: its own, or the current one. */
type Find = (receiver: unknown, path: string) => EventState | undefined;

/** Handles of one `createWevt` share a prototype; each holds only its event. */
export function createHandles(core: Core): { readonly handleOf: (state: EventState) => Handle; readonly ambient: Writes } {
  const find: Find = (receiver, path) => {
    const state = stateOf(receiver) ?? core.context?.current();
    if (state === undefined) core.reporter.report({ problem: "no_event", path: shownPath(core.partials, path), message: "written while no event is open: it is lost; write inside run, pass the event, or wrap the listener in event.bind" });
    return state;
  };
  const writes = createWrites(core, find);
  const handleOf = (state: EventState): Handle => {
    const known = state.handle;
    if (isHandle(known)) return known;
    const handle: unknown = new OwnHandle(state);
    state.handle = handle;
    if (!isHandle(handle)) throw new Error("a handle without a state");
    return handle;
  };
  class OwnHandle extends EventHandle {}
  const methods = { ...writes, ...partialMethods(core, find), ...ownMethods(core, handleOf), emit: emitMethod, [disposeKey]: emitMethod, [asyncDisposeKey]: emitLater };
  Object.assign(OwnHandle.prototype, methods);
  Object.defineProperty(OwnHandle.prototype, "eventId", { get: eventIdOf, enumerable: true });
  return { handleOf, ambient: writes };
}

/** What users hold: the event, which only this module can take out of it. */
class EventHandle {
  readonly #state: EventState;
  constructor(state: EventState) {
    this.#state = state;
  }
  static stateOf(receiver: object): EventState | undefined {
    return #state in receiver ? receiver.#state : undefined;
  }
}

function isHandle(value: unknown): value is Handle {
  return stateOf(value) !== undefined;
}

export function stateOf(receiver: unknown): EventState | undefined {
  return typeof receiver === "object" && receiver !== null ? EventHandle.stateOf(receiver) : undefined;
}

function eventIdOf(this: unknown): string {
  return stateOf(this)?.eventId ?? "";
}

function emitMethod(this: unknown): void {
  const state = stateOf(this);
  if (state !== undefined) guard(state, "emit", () => emitEvent(state));
}

function parentOf(receiver: unknown): Around | undefined {
  const state = stateOf(receiver);
  return state === undefined ? undefined : aroundOf(state);
}

async function emitLater(this: unknown): Promise<void> {
  emitMethod.call(this);
}

/** What only an event can do, and `wevt` itself cannot. */
function ownMethods(core: Core, handleOf: (state: EventState) => Handle): Omit<Handle, keyof Writes | "eventId" | "emit"> {
  return {
    start(path) {
      const state = stateOf(this);
      const started = timer(core, (elapsedMs) => {
        core.timers?.delete(started);
        if (state !== undefined) guard(state, "start", () => addDuration(state, path, elapsedMs));
      });
      if (state !== undefined) core.timers?.add(started, { state, path: shownPath(core.partials, path) });
      return started;
    },
    child(originator) {
      return handleOf(openEvent(core, originator, { parent: parentOf(this) }));
    },
    bind(work) {
      const state = stateOf(this);
      const { context } = core;
      if (state === undefined || context === undefined || typeof work !== "function") return work;
      const bound = function (this: ThisParameterType<typeof work>, ...args: Parameters<typeof work>) {
        return context.run(state, () => Reflect.apply(work, this, args));
      };
      return namedLike(bound, work);
    },
  };
}

function timer(core: Core, write: (elapsedMs: number) => void): Timer {
  const started = core.clock.monotonic();
  let running = true;
  const stop = (): void => {
    if (!running) return;
    running = false;
    write(core.clock.monotonic() - started);
  };
  return Object.defineProperty({ stop }, disposeKey, { value: stop });
}

function createWrites(core: Core, find: Find): Writes {
  function log(this: unknown, partial: BuiltPartial): void {
    const state = stateOf(this) ?? find(this, nameOf(partial));
    if (state === undefined) return;
    try {
      writeBuilt(state, partial);
    } catch (error) {
      failed(state, "log", error);
    }
  }
  return {
    log,
    partial: log,
    set(partials) {
      const state = find(this, "set");
      if (state !== undefined) guard(state, "set", () => setPartials(state, partials));
    },
    add(path, amount) {
      const state = find(this, path);
      if (state !== undefined) guard(state, "add", () => addTo(state, path, amount));
    },
    time(path, work) {
      const state = find(this, path);
      if (typeof work !== "function") {
        if (state !== undefined) report(state, { problem: "wrong_type", path: shownPath(core.partials, path), message: "time takes a path and a function: there was nothing to run" });
        return absent();
      }
      const started = core.clock.monotonic();
      return settle(work, () => {
        if (state !== undefined) guard(state, "time", () => addDuration(state, path, core.clock.monotonic() - started));
      });
    },
    error(error, details) {
      const state = find(this, "error");
      if (state !== undefined) guard(state, "error", () => writeError(state, error, details));
    },
    message(template, ...args) {
      tell(core, stateOf(this), { call: "message", template, args });
    },
    debug(template, ...args) {
      if (core.messages?.debug.on === true) tell(core, stateOf(this), { call: "debug", template, args });
    },
  };
}

function tell(core: Core, own: EventState | undefined, said: Said): void {
  const state = own ?? core.context?.current();
  try {
    say(core, state, said);
  } catch (error) {
    if (error instanceof ValidationError) throw error;
    core.reporter.report({ problem: "unserializable", path: "messages", message: "the message could not be read: it was left out" });
  }
}

/** `event.user({…})` for every partial of the registry that has a shorthand. */
function partialMethods(core: Core, find: Find): { readonly [method: string]: (this: unknown, fields: object) => void } {
  const methods: { [method: string]: (this: unknown, fields: object) => void } = {};
  for (const descriptor of core.registry.partials) {
    // With a method of this name, each handle would be taken for a promise, and awaited for ever.
    if (descriptor.method === undefined || descriptor.method === "then") continue;
    methods[descriptor.method] = function write(fields) {
      const state = find(this, descriptor.name);
      if (state === undefined) return;
      try {
        writeWhole(state, core.prepared.get(descriptor.name) ?? prepare(core, descriptor), fields);
      } catch (error) {
        failed(state, descriptor.name, error);
      }
    };
  }
  return methods;
}

function writeBuilt(state: EventState, partial: unknown): void {
  if (!isBuilt(partial)) return report(state, { problem: "wrong_type", message: "log takes a built partial, such as user({…}): it was left out" });
  const { descriptor, fields } = partial;
  const bound = state.core.bound?.get(partial);
  if (bound !== undefined) return writeBound(state, descriptor, bound);
  const known = state.core.prepared.get(descriptor.name);
  if (known?.descriptor === descriptor) writeWhole(state, known, fields);
  else if (isDescriptor(descriptor)) writeWhole(state, prepare(state.core, descriptor), fields);
  else report(state, { problem: "wrong_type", message: "log takes a built partial, such as user({…}): this one was not built by generated code, and was left out" });
}

function nameOf(partial: unknown): string {
  try {
    const name: unknown = typeof partial === "object" && partial !== null ? Reflect.get(partial, "partial") : undefined;
    return typeof name === "string" ? name : "log";
  } catch {
    return "log";
  }
}

/** Runs a write. What the caller passed may throw when it is read; that is a problem, and not the caller's. */
export function guard(state: EventState, call: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    failed(state, call, error);
  }
}

function failed(state: EventState, call: string, error: unknown): void {
  if (error instanceof ValidationError) throw error;
  const { type } = errorRecord(error, {}, { stacks: false });
  report(state, { problem: "unserializable", path: call, message: `the call failed with ${type}: what it wrote may be incomplete` });
}
