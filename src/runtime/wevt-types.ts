/** The typed face of the runtime. `R` is a generated `Registry` type; without one, any built partial goes. */
import type { BuiltOriginator, BuiltPartial } from "./contract.js";
import type { CoreOptions } from "./core.js";
import type { DeadlineOptions } from "./create-wevt.js";
import type { ErrorDetails } from "./error-record.js";
import type { OriginatorName, PartialName, ProblemKind, RegistryTypes, WideEventOriginator, WideEventPartial } from "./types.js";

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

type Below<Paths extends string, Names extends string> = Extract<Paths, `${Names}.${string}`>;

/** Writing into an event; `P` are the partials it may carry. Nothing here throws into the caller unless `validation` is `throw`. */
export interface EventWrites<R extends RegistryTypes, P extends PartialName<R> = PartialName<R>> {
  /** Adds a built partial. A second one of the same name merges leaf by leaf, by each field's `merge`. */
  log(partial: WideEventPartial<R, P>): void;
  /** The same as `log`. */
  partial(partial: WideEventPartial<R, P>): void;
  /** Writes any subset of fields. */
  set(partials: { readonly [N in P]?: N extends keyof R["inputs"] ? Subset<R["inputs"][N]> : never }): void;
  /** Adds to one field that merges by sum, max or min. */
  add(path: Below<R["addPaths"], P>, amount: number | bigint): void;
  /** Runs the work and writes how long it took, in the field's unit. Returns what the work returns. */
  time<T>(path: Below<R["timePaths"], P>, work: () => T): T;
  /** Records an error: the outcome of the event becomes `error`, also when it is expected. The first one recorded stays. */
  error(error: unknown, details?: ErrorDetails): void;
}

/** One event while its work runs. */
export interface EventHandle<R extends RegistryTypes, P extends PartialName<R> = PartialName<R>> extends EventWrites<R, P> {
  readonly eventId: string;
  /** Ends the event and hands it to the collectors. Later calls do nothing. */
  emit(): void;
}

/** A named kind of event: `wevt.events.agentExecution`. */
export interface NamedEvent<Originator, Handle> {
  /** As `wevt.run`, for an event of this name. */
  run<T>(originator: Originator, work: (event: Handle) => T): T;
  /** As `wevt.start`, for an event of this name. */
  start(originator: Originator): Handle;
}

/** Options of `createWevt`. */
export type WevtOptions<R extends RegistryTypes = AnyRegistry> = Omit<CoreOptions, "service"> & {
  /** Who emits: name, version, and the fields of the service file. */
  readonly service?: { readonly name?: string | undefined; readonly version?: string | undefined } & { readonly [K in keyof R["service"]]: R["service"][K] };
};

/** What `createWevt` returns. `Handle` is the event, `Events` the named ones. */
export interface Wevt<R extends RegistryTypes = AnyRegistry, Handle = EventHandle<R>, Events = object> extends EventWrites<R> {
  /**
   * Runs the work inside a new event, which is emitted once: when the work returns, throws, or its promise settles. Gives back what the work
   * returns, and lets through what it throws.
   */
  run<T>(originator: WideEventOriginator<R, OriginatorName<R>>, work: (event: Handle) => T): T;
  /** Opens an event that ends with `emit()`. It is not the current one of anybody. */
  start(originator: WideEventOriginator<R, OriginatorName<R>>): Handle;
  /** The event that the calling code runs in. */
  current(): Handle | undefined;
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
