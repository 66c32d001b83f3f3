/**
 * The event that is current, for each `createWevt`; and around it, for every other one in the process: also for those of another installed copy of this
 * package, with which a library may have come. They share one AsyncLocalStorage, so their events stand in one trace.
 */
import type { Carried, EventState } from "./event.js";
import { asyncStorage, type Storage } from "./platform.js";

/** What an event that is opened within another one takes from it. Other copies read it: keys may be added, and none changes its meaning. */
export interface Around {
  readonly eventId: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly root: { readonly type: string; readonly spanId: string };
  readonly sampled: boolean | undefined;
  /** What came with the trace and goes on with it. */
  readonly carried: Carried | undefined;
}

interface Frame extends Around {
  /** The nearest event of each `createWevt`; never an event further out, or a chain of timers would keep them all. */
  readonly nearest: readonly (readonly [owner: object, state: unknown])[];
}

export interface Context {
  run<T>(state: EventState, work: () => T): T;
  /** The nearest event of this `createWevt`. */
  current(): EventState | undefined;
  /** The nearest event of any. */
  around(): Around | undefined;
}

const key = Symbol.for("wevt.context");

/** Undefined where the platform has no AsyncLocalStorage: then events are passed explicitly. */
export function createContext(owner: object): Context | undefined {
  const storage = sharedStorage();
  if (storage === undefined) return undefined;
  return {
    run: (state, work) => {
      const { eventId, traceId, spanId, root, sampled, carried } = aroundOf(state);
      return storage.run({ eventId, traceId, spanId, root, sampled, carried, nearest: nearestWith(owner, state, storage.getStore()) }, work);
    },
    current: () => {
      const found = storage.getStore()?.nearest.find(([other]) => other === owner)?.[1];
      return isOwn(found) ? found : undefined;
    },
    around: () => storage.getStore(),
  };
}

/** The way back to where this was called: work that is run with it finds the same events, whoever runs it. */
export function capture(): <T>(work: () => T) => T {
  const storage = sharedStorage();
  const frame = storage?.getStore();
  return storage === undefined || frame === undefined ? (work) => work() : (work) => storage.run(frame, work);
}

function nearestWith(owner: object, state: EventState, outer: Frame | undefined): Frame["nearest"] {
  const others = outer?.nearest.filter(([other]) => other !== owner) ?? [];
  return others.length === 0 ? [[owner, state]] : [[owner, state], ...others];
}

/** Named guard: what stands under an owner was put there by that owner. */
function isOwn(state: unknown): state is EventState {
  return state !== undefined;
}

export function aroundOf({ eventId, originator }: EventState): Around {
  const { type, traceId, spanId, root = { type, spanId }, sampled, carried } = originator;
  return { eventId, traceId, spanId, root, sampled, carried };
}

function sharedStorage(): Storage<Frame> | undefined {
  try {
    const shared: unknown = Reflect.get(globalThis, key);
    if (isStorage(shared)) return shared;
    const own = asyncStorage<Frame>();
    if (own !== undefined) Object.defineProperty(globalThis, key, { value: own });
    return own;
  } catch {
    // A frozen global: what follows is not shared.
    return asyncStorage<Frame>();
  }
}

function isStorage(value: unknown): value is Storage<Frame> {
  return typeof value === "object" && value !== null && "run" in value && "getStore" in value;
}
