/** The runtime as one object, without the types of a registry; `index.ts` gives it those. */
import { within } from "./collector.js";
import type { BuiltOriginator, EventDescriptor, RuntimeRegistry } from "./contract.js";
import { type Core, type CoreOptions, createCore, emptyRegistry } from "./core.js";
import { type EventState, openEvent, type OpenOptions, writeFailure } from "./event.js";
import { createHandles, guard, type Handle, settle, type Writes } from "./handle.js";
import { emitEvent } from "./seal.js";
import type { ProblemKind } from "./types.js";

/** Opens events: of one kind (`wevt.events.agentExecution`), or of any (`wevt`). */
export interface Openers {
  run<T>(originator: BuiltOriginator, work: (event: Handle) => T): T;
  start(originator: BuiltOriginator): Handle;
}

export interface DeadlineOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
}

export interface UntypedWevt extends Writes, Openers {
  readonly events: { readonly [method: string]: Openers };
  current(): Handle | undefined;
  problems(): { readonly [kind in ProblemKind]?: number };
  flush(options?: DeadlineOptions): Promise<void>;
  close(options?: DeadlineOptions): Promise<void>;
}

export function createUntypedWevt(options: CoreOptions = {}, registry: RuntimeRegistry = emptyRegistry): UntypedWevt {
  const core = createCore(options, registry);
  const handles = createHandles(core);
  const openers = (definition?: EventDescriptor): Openers => createOpeners(core, handles.handleOf, definition);
  const events: { [method: string]: Openers } = {};
  for (const definition of registry.events) events[definition.method] = openers(definition);
  return {
    ...handles.ambient,
    ...openers(),
    events,
    current: () => {
      const state = core.storage?.getStore();
      return state === undefined ? undefined : handles.handleOf(state);
    },
    problems: () => Object.fromEntries(core.reporter.counts),
    flush: ({ timeoutMs } = {}) => within(Promise.all(core.lanes.map((lane) => lane.idle())), timeoutMs),
    close: ({ timeoutMs } = {}) => {
      emitOpen(core);
      return within(Promise.all(core.lanes.map((lane) => lane.close())), timeoutMs);
    },
  };
}

/** Work that has not ended is on record as aborted; nobody is there to catch what its validation would throw. */
function emitOpen(core: Core): void {
  for (const state of core.open) {
    state.cutOff = true;
    try {
      emitEvent(state);
    } catch {
      // Reported already.
    }
  }
}

function createOpeners(core: Core, handleOf: (state: EventState) => Handle, definition: EventDescriptor | undefined): Openers {
  const options = (): OpenOptions => ({ definition, parent: core.storage?.getStore() });
  return {
    run: (originator, work) => {
      const state = openEvent(core, originator, options());
      const handle = handleOf(state);
      const enter = () => (core.storage === undefined ? work(handle) : core.storage.run(state, () => work(handle)));
      return settle(enter, (failure) => {
        if (failure !== undefined) guard(state, "error", () => writeFailure(state, failure.thrown));
        guard(state, "emit", () => emitEvent(state));
      });
    },
    start: (originator) => handleOf(openEvent(core, originator, options())),
  };
}
