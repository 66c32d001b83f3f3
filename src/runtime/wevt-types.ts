/// <reference lib="esnext.disposable" preserve="true" />
/** The typed face of the runtime. `R` is a generated `Registry` type; without one, any built partial goes. */
import type { BuiltOriginator, BuiltPartial } from "./contract.js";
import type { CoreOptions } from "./core.js";
import type { DeadlineOptions } from "./create-wevt.js";
import type { MethodDecoration } from "./decorator.js";
import type { SeenEvent } from "./enrich.js";
import type { ErrorDetails } from "./error-record.js";
import type { MessageTemplate } from "./messages/feature.js";
import type { MessageSource } from "./messages/sink.js";
import type { OriginatorOf, RunOptions, StartOptions } from "./openers.js";
import type { TraceContext } from "./trace-context.js";
import type { OriginatorName, PartialName, ProblemKind, RegistryTypes, WideEventOriginator } from "./types.js";

/** What stands in for a registry where there is none: every name and path is accepted. */
export interface AnyRegistry extends RegistryTypes {
  readonly partials: { readonly [name: string]: object };
  readonly inputs: { readonly [name: string]: object };
  readonly repeatable: string;
  readonly originators: { readonly [name: string]: object };
  readonly service: OpenService;
  readonly events: { readonly [name: string]: object };
  readonly addPaths: string;
  readonly timePaths: string;
}

/** Extra service fields where no service file declares them. */
export interface OpenService {
  readonly [name: string]: string | number | boolean | undefined;
}

/** A subset of a partial's fields, at any depth; arrays are whole. */
export type Subset<T> = T extends readonly unknown[] | Date ? T : T extends object ? { readonly [K in keyof T]?: Subset<T[K]> | undefined } : T;

type Below<Paths extends string, Names extends string> = string extends Paths ? string : Extract<Paths, `${Names}.${string}`>;

/**
 * Writing into an event; `P` are the partials it may carry. Nothing here throws into the caller unless `validation` is `throw`. A partial is taken as one type
 * for all names: a union with a member for each name costs the user's compiler more than the calls themselves where there are hundreds.
 */
export interface EventWrites<R extends RegistryTypes, P extends PartialName<R> = PartialName<R>> {
  /** Adds a built partial. A second one of the same name merges leaf by leaf, by each field's `merge`. */
  log(partial: BuiltPartial<P, R["partials"][P]>): void;
  /** The same as `log`. */
  partial(partial: BuiltPartial<P, R["partials"][P]>): void;
  /** Writes any subset of fields. Of a repeatable partial, one more item, or a list of them. */
  set(partials: { readonly [N in P]?: N extends keyof R["inputs"] ? Subset<R["inputs"][N]> | (N extends R["repeatable"] ? readonly Subset<R["inputs"][N]>[] : never) : never }): void;
  /** Adds to one field that merges by sum, max or min. */
  add(path: Below<R["addPaths"], P>, amount: number | bigint): void;
  /** Runs the work and writes how long it took, in the field's unit. Returns what the work returns. */
  time<T>(path: Below<R["timePaths"], P>, work: () => T): T;
  /**
   * Writes a message: its text, its template, and its arguments by name, as values. `message("Hello %{name}s!", "Luke")`; the verbs are those of Go's fmt.
   * The level is inferred (an Error among the arguments: error), or said: `message({ level: "warn", text: "…" })`. Outside any event it makes one of its own,
   * which has failed with the Error that a message of level error tells of.
   */
  message(template: MessageTemplate, ...args: unknown[]): void;
  /** The same, while debug messages are on; they are off unless turned on by WEVT_DEBUG_MESSAGES, a signal, or `setDebug` of `wevt/messages`. */
  debug(template: MessageTemplate, ...args: unknown[]): void;
  /**
   * Records an error: the outcome of the event becomes `error`, also when it is expected, unless the event is cut off. The first one recorded stays, unless it
   * was expected and another failure ends the work; the one left out is counted. The details hold for every event that records the same object.
   */
  error(error: unknown, details?: ErrorDetails): void;
}

/** One event while its work runs. */
export interface EventHandle<R extends RegistryTypes, P extends PartialName<R> = PartialName<R>> extends EventWrites<R, P> {
  readonly eventId: string;
  /** Starts a timer of its own, which writes the time until `stop()` in the field's unit. Timers of one field may overlap. */
  start(path: Below<R["timePaths"], P>): RunningTimer;
  /** Opens an event within this one, that ends with `emit()`: its record carries `parentEventId`. */
  child(originator: WideEventOriginator<R, OriginatorName<R>>): EventHandle<R>;
  /** The same function, which finds this event as the current one: for callbacks that something else calls. */
  bind<This, Args extends unknown[], Result>(work: (this: This, ...args: Args) => Result): (this: This, ...args: Args) => Result;
  /**
   * Ends the event and hands it to the collectors. Later calls do nothing. What is written afterwards is gathered for a second and comes in one
   * follow-up record, whose `followUpOf` names this event.
   */
  emit(): void;
  /** `using event = wevt.start(…)` emits it at the end of the block. What the block throws is not seen: `run` sees it. */
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface RunningTimer {
  /** Writes the time since the start. Later calls do nothing. */
  stop(): void;
  /** `using timer = event.start(…)` stops it at the end of the block. */
  [Symbol.dispose](): void;
}

/** Opens events: of a named kind (`wevt.events.agentExecution`), or of any (`wevt`). */
export interface NamedEvent<Originator, Handle> {
  /**
   * Runs the work inside a new event, which is emitted once: when the work returns, throws, or its promise settles, or when one of the options ends
   * it before. Gives back what the work returns, and lets through what it throws.
   */
  run<T>(originator: Originator, work: (event: Handle) => T, options?: RunOptions): T;
  /** Opens an event that ends with `emit()`. It is not the current one of anybody. */
  start(originator: Originator, options?: StartOptions): Handle;
  /** The same function, each call of which runs inside an event of its own. */
  wrap<This, Args extends unknown[], Result>(originator: OriginatorOf<This, Args, Originator>, work: (this: This, ...args: Args) => Result, options?: RunOptions): (this: This, ...args: Args) => Result;
  /**
   * A decorator that wraps a method.
   *
   *     class PlanningAgent {
   *       @wevt.events.agentExecution.track((task: Task) => agentOriginator({ taskId: task.id }))
   *       async execute(task: Task) { … }
   *     }
   */
  track<This, Args extends unknown[], Result>(originator: OriginatorOf<This, Args, Originator>, options?: RunOptions): MethodDecoration<This, Args, Result>;
}

/** Options of `createWevt`. */
export type WevtOptions<R extends RegistryTypes = AnyRegistry> = Omit<CoreOptions, "service" | "enrich"> & {
  /**
   * Run at the end of each event, in this order, before it is sampled, checked and handled: what they write is treated like everything else. They cannot wait,
   * and what they throw costs only what they would have added. `seen.peek("originator", "userAgent")` reads what was written.
   */
  readonly enrich?: readonly ((event: EventHandle<R>, seen: SeenEvent) => unknown)[];
  /** Who emits: name, version, and the fields of the service file. */
  readonly service?: { readonly name?: string | undefined; readonly version?: string | undefined } & { readonly [K in keyof R["service"]]: R["service"][K] };
};

/** What `createWevt` returns. `Handle` is the event, `Events` the named ones. */
export interface Wevt<R extends RegistryTypes = AnyRegistry, Handle = EventHandle<R>, Events = object> extends EventWrites<R>, MessageSource, NamedEvent<WideEventOriginator<R, OriginatorName<R>>, Handle> {
  /**
   * The same partial, for many events: it is checked, copied, handled and made bytes of once, so that logging it costs next to nothing. Later changes of what it
   * was built from are not seen. What a write would report is reported now.
   *
   *     const host = wevt.bind(instance({ id: "i-1", region: "eu-1" }));
   *     wevt.run(originator, (event) => event.log(host));
   */
  bind<N extends PartialName<R>>(partial: BuiltPartial<N, R["partials"][N]>): BuiltPartial<N, R["partials"][N]>;
  /** The event that the calling code runs in. */
  current(): Handle | undefined;
  /** What a service that is called from within an event has to be told; the event is the current one when none is given. */
  traceContext(event?: Handle): TraceContext | undefined;
  /** Events by name. */
  readonly events: Events;
  /** How often each kind of problem was counted since the start. */
  problems(): { readonly [Kind in ProblemKind]?: number };
  /** Resolves when the collectors have taken everything emitted so far, or after `timeoutMs` (5,000). Never rejects. */
  flush(options?: DeadlineOptions): Promise<void>;
  /** Emits what is open, with outcome `aborted`, drains the collectors and closes them; gives up after `timeoutMs` (5,000). Never rejects. */
  close(options?: DeadlineOptions): Promise<void>;
}

export type { BuiltOriginator, BuiltPartial };
