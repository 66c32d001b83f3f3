/** Rules as data, typed by a registry: `R` is a generated `Registry` type; without one, every path is accepted. */
import type { ErrorRecord, EventName, OriginatorName, Outcome, PartialName, PathsOf, RegistryTypes, Rollups } from "../runtime/types.js";
import type { AnyRegistry } from "../runtime/wevt-types.js";
import type { AnyFragment } from "./condition.js";

export type Percentile = "p50" | "p75" | "p90" | "p95" | "p99" | "p999";

/** What all rules have: its conditions, all of which must hold, and how many of the events that it matches are kept. */
export interface SamplingRule<R extends RegistryTypes = AnyRegistry> {
  /** `sampleReason` on the records that it keeps. */
  readonly name: string;
  readonly outcome?: Outcome | readonly Outcome[];
  /** Whether the event has an error that no slug places and that nobody said is expected. */
  readonly unforeseen?: boolean;
  /** What the caller of a continued trace decided. Nobody else asks for it. */
  readonly sampled?: boolean;
  readonly slowerThanMs?: number;
  /**
   * Slower than so many of the events of the same name (and key, see `per`) that reached this rule before: the threshold is the percentile, or up to
   * 5 % above it. It looks back some thousand events, and matches none until it has seen enough (100 for p99).
   */
  readonly slowerThan?: Percentile;
  /** Path → JSON Schema fragment. All must hold, each for a value that is there; in a list, one element is enough. */
  readonly when?: Condition<R>;
  /** What tells apart the events that `slowerThan` and `perSecond` speak of, beside their name. */
  readonly per?: readonly RecordPath<R>[];
  /** Keeps about so many a second of each key: rare ones all, common ones thinned. */
  readonly perSecond?: number;
  /** The share that is kept, from 0 to 1. Default 1. */
  readonly keep?: number;
}

/** How the events of one name are sampled: the first rule that matches decides. */
export interface Sampling<R extends RegistryTypes = AnyRegistry> {
  readonly rules?: readonly SamplingRule<R>[];
  /** The share that is kept of what no rule matches, from 0 to 1. Default 1. */
  readonly base?: number;
}

/** A rule in code may also be for events of some names alone. */
export interface EventRule<R extends RegistryTypes = AnyRegistry> extends SamplingRule<R> {
  readonly event?: NameOf<R> | readonly NameOf<R>[];
}

/** Events without a name of their own are called as their originators are; `message` is one outside any event. */
type NameOf<R extends RegistryTypes> = EventName<R> | OriginatorName<R> | "message";

export type Condition<R extends RegistryTypes = AnyRegistry> = string extends RecordPath<R> ? { readonly [path: string]: AnyFragment } : { readonly [Path in RecordPath<R>]?: Fragment<Path extends R["repeatable"] ? readonly unknown[] : ValueAt<RecordFields<R>, Path>> };

/** Where a value can be when sampling is decided: `user.tier`, `originator.method`, `durationMs`, `user.tags[]`. */
export type RecordPath<R extends RegistryTypes> = string extends PartialName<R> ? string : WithElements<R, Leaves<PathsOf<RecordObjects<R>>> | OriginatorPaths<R> | RootPaths | Extract<R["repeatable"], string>>;

type RootPaths = "event" | "outcome" | "durationMs" | "main" | "duration_ms" | "parentEventId" | "parent_event_id" | "followUpOf" | "follow_up_of";

type Leaves<Tree> = Tree extends string ? Tree : { [Key in keyof Tree]: Leaves<Tree[Key]> }[keyof Tree];

/** Each originator has fields of its own. */
type OriginatorPaths<R extends RegistryTypes> = { [Name in OriginatorName<R>]: Leaves<PathsOf<{ readonly originator: R["originators"][Name] }>> }[OriginatorName<R>];

type WithElements<R extends RegistryTypes, Path extends string> = Path | (Path extends string ? (NonNullable<ValueAt<RecordFields<R>, Path>> extends readonly unknown[] ? `${Path}[]` | `${Path}[].${string}` : never) : never);

type RecordFields<R extends RegistryTypes> = RecordObjects<R> & { readonly event: string; readonly outcome: Outcome; readonly durationMs: number; readonly main: true };

type RecordObjects<R extends RegistryTypes> = R["partials"] & Rollups<R> & {
  readonly service: { readonly name: string; readonly version: string } & R["service"];
  readonly originator: { readonly type: OriginatorName<R>; readonly traceId: string; readonly parentSpanId: string };
  readonly error: ErrorRecord;
};

type ValueAt<Fields, Path extends string> = Path extends `${infer Key}.${infer Rest}` ? (Key extends keyof Fields ? ValueAt<NonNullable<Fields[Key]>, Rest> : unknown) : Path extends keyof Fields ? Fields[Path] : unknown;

type Fragment<Value> = unknown extends Value ? AnyFragment : SameFor<NonNullable<Value> | Extract<Value, null>>;

type SameFor<Value> = { readonly type?: string | readonly string[]; readonly const?: Value; readonly enum?: readonly Value[] } & Has<Value, number, NumberKeywords> & Has<Value, string, StringKeywords> & Has<Value, readonly unknown[], ArrayKeywords>;

type Has<Value, Type, Keywords> = [Extract<Value, Type>] extends [never] ? object : Pick<AnyFragment, Keywords & keyof AnyFragment>;
type NumberKeywords = "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf";
type StringKeywords = "minLength" | "maxLength" | "pattern";
type ArrayKeywords = "minItems" | "maxItems";
