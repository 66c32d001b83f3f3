/** The public types of `wevt` that generated code refines. `R` is the generated `Registry` type. */
import type { BuiltOriginator, BuiltPartial } from "./contract.js";

/** The shape of a generated `Registry` type. */
export interface RegistryTypes {
  /** Partial name → its fields as they stand on a record. */
  readonly partials: object;
  /** Partial name → what its builder accepts. */
  readonly inputs: object;
  /** Names of the repeatable partials; `never` when there are none. */
  readonly repeatable: string;
  /** What repeatable partials add up to, by its name on a record; absent when nothing is rolled up. */
  readonly rollups?: object;
  /** Originator name → its fields. */
  readonly originators: object;
  /** Extra service fields. */
  readonly service: object;
  /** Event name → { required: names; optional: names; originators: names }. */
  readonly events: object;
  /** Paths that `add` takes: merge sum, max or min. */
  readonly addPaths: string;
  /** Paths that `time` takes: numeric, unit of time. */
  readonly timePaths: string;
}

/** What stands beside the repeatable partials. */
export type Rollups<R extends RegistryTypes> = undefined extends R["rollups"] ? object : { readonly [N in keyof R["rollups"]]: R["rollups"][N] };

export type PartialName<R extends RegistryTypes> = Extract<keyof R["partials"], string>;
export type OriginatorName<R extends RegistryTypes> = Extract<keyof R["originators"], string>;
export type EventName<R extends RegistryTypes> = Extract<keyof R["events"], string>;

/** A built partial of this registry, `WideEventPartial<R, "user">`. */
export type WideEventPartial<R extends RegistryTypes, N extends PartialName<R> = PartialName<R>> = {
  [K in N]: BuiltPartial<K, R["partials"][K]>;
}[N];

export type WideEventOriginator<R extends RegistryTypes, N extends OriginatorName<R> = OriginatorName<R>> = {
  [K in N]: BuiltOriginator<K, Extract<R["originators"][K], object>>;
}[N];

/**
 * Each field's path at its place: `PathsOf<R["partials"]>["user"]["tier"]` is `"user.tier"`. Objects with named properties are branches; scalars,
 * lists, maps and variants are leaves.
 */
export type PathsOf<Partials> = { readonly [Name in keyof Partials & string]: FieldPaths<Partials[Name], `${Name}.`> };

type FieldPaths<Fields, Above extends string> = {
  readonly [Key in keyof Fields as string extends Key ? never : number extends Key ? never : Key & string]-?: PathOrBranch<Branches<Fields[Key]>, `${Above}${Key & string}`>;
};

type PathOrBranch<Branch, Path extends string> = [Branch] extends [never] ? Path : IsUnion<Branch> extends true ? Path : NamedKeys<Branch> extends never ? Path : FieldPaths<Branch, `${Path}.`>;

type Branches<Value> = unknown extends Value ? never : Exclude<Extract<Value, object>, readonly unknown[]>;

type NamedKeys<Branch> = keyof { [Key in keyof Branch as string extends Key ? never : number extends Key ? never : Key]: true };

type IsUnion<Type, Whole = Type> = (Type extends Type ? ([Whole] extends [Type] ? never : true) : never) extends never ? false : true;

export type Outcome = "ok" | "error" | "aborted" | "timeout";

/** The base of every record, camelCase naming (with `naming: snake_case` the same keys are written in snake_case). */
export interface WideEventBase<R extends RegistryTypes = RegistryTypes> {
  readonly service: { readonly name: string; readonly version?: string } & R["service"];
  /** `evnt_` and 25 base62 digits, time-ordered. */
  readonly eventId: string;
  readonly event: string;
  /** Start of the work, ISO 8601 UTC with milliseconds. */
  readonly timestamp: string;
  readonly originator: OriginatorRecord<R>;
  readonly durationMs: number;
  readonly outcome: Outcome;
  readonly error?: ErrorRecord;
  readonly main?: true;
  readonly parentEventId?: string;
  readonly followUpOf?: string;
  /** This record stands for N like it; at least 1. */
  readonly sampleRate: number;
  readonly sampleReason: string;
  readonly schema: string;
  readonly messages?: readonly MessageRecord[];
  readonly wevt?: { readonly problems: readonly Problem[] };
}

export type OriginatorRecord<R extends RegistryTypes> = {
  [N in OriginatorName<R>]: {
    readonly type: N;
    /** 32 hex digits. */
    readonly traceId: string;
    /** `span_` and 16 hex digits. */
    readonly spanId: string;
    readonly parentSpanId?: string;
    readonly root?: { readonly type: string; readonly spanId: string };
  } & R["originators"][N];
}[OriginatorName<R>];

export interface MessageRecord {
  /** Milliseconds since the start of the event. */
  readonly atMs: number;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly text: string;
  /** Where it is not the text itself. */
  readonly template?: string;
  readonly args?: { readonly [name: string]: unknown };
}

export interface ErrorRecord {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly slug?: string;
  readonly expected?: boolean;
  /** No slug says where it comes from, and nobody said that it is expected. */
  readonly unforeseen?: true;
  readonly stack?: string;
  readonly causes?: readonly { readonly type: string; readonly message: string; readonly code?: string | number }[];
}

export type ProblemKind =
  | "wrong_type"
  | "constraint"
  | "missing_field"
  | "missing_partial"
  | "undeclared_partial"
  | "unknown_field"
  | "limit"
  | "late"
  | "no_event"
  | "unserializable"
  | "collector";

/** A counted mistake, on the record (`wevt.problems`) and given to `onProblem`. */
export interface Problem {
  readonly problem: ProblemKind;
  readonly path?: string;
  readonly message: string;
  /** The value that was left out, redacted and truncated to 200 characters. */
  readonly value?: string;
}

/** One finished event of this registry: the base, then its partials. */
export type WideEventLog<R extends RegistryTypes> = WideEventBase<R> & {
  readonly [N in PartialName<R>]?: N extends R["repeatable"] ? readonly R["partials"][N][] : R["partials"][N];
} & Partial<Rollups<R>>;
