/** The runtime as one object, without the types of a registry; `index.ts` gives it those. */
import { bindPartial } from "./bound.js";
import { within } from "./collector.js";
import type { BuiltPartial, EventDescriptor, RuntimeRegistry } from "./contract.js";
import { type Core, type CoreOptions, coreKey, createCore, emptyRegistry, readRegistry } from "./core.js";
import { createComplete } from "./enrich.js";
import type { EventState } from "./event.js";
import { createHandles, type Handle, stateOf, type Writes } from "./handle.js";
import { watchHealth } from "./health.js";
import { defaultDeadlineMs, defaultHealthIntervalMs, maxOpenEvents, maxTimerMs } from "./limits.js";
import { listOpen } from "./open-list.js";
import { createOpeners, cutOff, type Openers } from "./openers.js";
import { onExit } from "./exit.js";
import { readOption } from "./options.js";
import { messageSink, type MessageSource } from "./messages/sink.js";
import { sinkOf } from "./say.js";
import { emitFollowUps } from "./seal.js";
import type { TraceContext } from "./trace-context.js";
import type { ProblemKind } from "./types.js";

export interface DeadlineOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
}

export interface UntypedWevt extends Writes, Openers, MessageSource {
  readonly [coreKey]: Core;
  readonly events: { readonly [method: string]: Openers };
  bind<Built extends BuiltPartial>(partial: Built): Built;
  current(): Handle | undefined;
  traceContext(event?: Handle): TraceContext | undefined;
  problems(): { readonly [kind in ProblemKind]?: number };
  flush(options?: DeadlineOptions): Promise<void>;
  close(options?: DeadlineOptions): Promise<void>;
}

export function createUntypedWevt(options: CoreOptions = {}, given: RuntimeRegistry = emptyRegistry): UntypedWevt {
  const registry = readRegistry(given);
  const core = createCore(options, registry);
  const handles = createHandles(core);
  core.complete = createComplete(readOption(options, "enrich"), handles.handleOf);
  const openers = (definition?: EventDescriptor): Openers => createOpeners(core, handles.handleOf, definition);
  const events: { [method: string]: Openers } = {};
  for (const definition of registry.events) events[definition.method] = openers(definition);
  const health = watchHealth(core, intervalOf(readOption(options, "healthIntervalMs")));
  const end = (): void => {
    emitOpen(core);
    health.stop();
  };
  const forgetExit = onExit("events", end);
  return {
    ...handles.ambient,
    ...openers(),
    events,
    [coreKey]: core,
    bind: (partial) => bindPartial(core, partial),
    current: () => {
      const state = core.context?.current();
      return state === undefined ? undefined : handles.handleOf(state);
    },
    traceContext: (event) => {
      const state = stateOf(event) ?? core.context?.current();
      return state === undefined ? undefined : contextOf(state);
    },
    [messageSink]: () => {
      const state = core.context?.current();
      return state === undefined || state.sealed ? undefined : sinkOf(state);
    },
    problems: () => Object.fromEntries(core.reporter.counts),
    flush: (deadline) => {
      emitFollowUps(core);
      return within(Promise.all(core.lanes.map((lane) => lane.idle())), deadlineOf(deadline));
    },
    close: (deadline) => {
      end();
      core.closed = true;
      forgetExit();
      return within(Promise.all(core.lanes.map((lane) => lane.close())), deadlineOf(deadline));
    },
  };
}

function deadlineOf(given: unknown): number {
  const timeoutMs = readOption(given, "timeoutMs");
  return typeof timeoutMs === "number" && timeoutMs >= 0 ? Math.min(timeoutMs, maxTimerMs) : defaultDeadlineMs;
}

function intervalOf(given: unknown): number {
  return typeof given === "number" && given >= 0 ? given : defaultHealthIntervalMs;
}

/** What a service that is called from within this event has to know. */
function contextOf({ originator }: EventState): TraceContext {
  const { type, traceId, spanId, root = { type, spanId }, sampled, carried } = originator;
  return { traceId, spanId: spanId.slice("span_".length), root, ...(sampled === undefined ? {} : { sampled }), ...carried };
}

/** Work that has not ended is on record as aborted; nobody is there to catch what its validation would throw. */
export function emitOpen(core: Core): void {
  for (const state of listOpen(core.open)) cutOff(state, "aborted");
  const { unlisted } = core.open;
  core.open.unlisted = 0;
  if (unlisted > 0) core.reporter.report({ problem: "limit", message: `${unlisted} events more than ${maxOpenEvents} were open at the end: they were not emitted` });
  emitFollowUps(core);
}
