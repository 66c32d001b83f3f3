/**
 * What generated code and the runtime agree on. Generated code imports `wevt` (public types, `createWevt`) and `wevt/codegen` (this file's
 * values and the validator helpers), and states the number it was made for; another number is one clear problem at start, never a throw.
 */
import type { Sampler } from "./sampler.js";

export const contract = 1;

export type Merge = "replace" | "keep" | "sum" | "max" | "min" | "append";
export type Handling = "plain" | "hash" | "mask" | "drop" | `truncate:${number}`;

/**
 * How one place is written; only what differs from the default is present (`merge: replace`, `handling: plain`). Tells the writer which keys
 * exist (unknown ones are never written), so it is complete: every declared key stands in `fields`.
 */
export interface FieldRule {
  readonly merge?: Merge;
  readonly handling?: Handling;
  /** Factor from milliseconds to the field's unit, for `time`: 1 for ms, 0.001 for s. Present on numeric fields whose unit is a time. */
  readonly perMs?: number;
  /** Numbers stand on the record with at most this many decimals; sums are rounded once, at the end. */
  readonly decimals?: number;
  /** True where the type is integer: `time` rounds. */
  readonly integer?: true;
  /** True where `kind` is text: `wevt/redaction` looks through it. */
  readonly text?: true;
  /** True where sensitivity is above internal: the value is never shown in an issue or a problem. */
  readonly concealed?: true;
  /** `date-time`, `date`: a Date becomes ISO text. `epoch`: a Date becomes epoch milliseconds. `int64`: number or bigint becomes decimal text. */
  readonly encode?: "date-time" | "date" | "epoch" | "int64";
  readonly object?: ObjectRule;
  readonly items?: FieldRule;
  readonly prefix?: readonly FieldRule[];
  readonly variants?: { readonly on: string; readonly cases: readonly (readonly [value: string | number | boolean, object: ObjectRule])[] };
}

export interface ObjectRule {
  readonly fields: { readonly [name: string]: FieldRule };
  readonly patterns?: readonly (readonly [pattern: string, field: FieldRule])[];
  /** Other keys. Absent: closed. */
  readonly rest?: FieldRule;
}

/** One way in which a value is not what its schema says. */
export interface Issue {
  /** From the definition on: `user.tier`, `chat.tags[3]`. */
  readonly path: string;
  /** The same as keys, for programs. Empty: the value itself. */
  readonly keys: readonly (string | number)[];
  /** The JSON Schema keyword that failed; `additionalProperties` for an unknown key. */
  readonly rule: string;
  readonly problem: "wrong_type" | "constraint" | "missing_field" | "unknown_field";
  /** What the schema wants, as text: `"free" | "pro"`, `string`, `>= 0`. */
  readonly expected: string;
  /** The value as short JSON-like text; absent where the field is concealed or the value is missing. */
  readonly received?: string;
  /** Where the schema says so: `partial:user#/properties/tier/enum`. */
  readonly schema: string;
}

/**
 * Checks a value. Collects every issue when `issues` is a list (and returns whether it stayed empty); stops at the first one when it is
 * undefined. Never throws, whatever the value is.
 */
export type Check = (value: unknown, issues?: Issue[]) => boolean;

/**
 * Checks a closed object and, where `list` is true, gives its fields as a list, in the order of its rule; what is absent is undefined. An object with
 * declared fields alone is a list in its turn. Each field is read once. False where something is not right. Nothing is copied, and a getter may throw.
 */
export type Slots = (fields: object, list: boolean) => unknown[] | boolean;

/** The heavy half of a definition, in a module of its own: its validator and its rules. */
export interface SchemaModule {
  readonly check: Check;
  readonly rule: ObjectRule;
  /** Absent for an object that may have fields which are not declared. */
  readonly slots: Slots | undefined;
}

/** A definition at run time. `Input` is what its builder accepts. */
export interface Descriptor<Kind extends string = string, Name extends string = string> {
  readonly contract: number;
  readonly kind: Kind;
  readonly name: Name;
  readonly check: Check;
  readonly rule: ObjectRule;
  readonly slots?: Slots | undefined;
  readonly repeatable?: { readonly max: number; readonly rollup?: Rollup };
}

/** Adds up the items of a repeatable partial: `rollupOf` makes it, where a schema asks for it. */
export interface Rollup {
  /** Of what stands on the record. */
  readonly descriptor: PartialDescriptor;
  /** Adds an item, its fields or its slots, to what stands on the record but for `decimals`, at first an empty object. Keeps nothing of it and never throws. */
  readonly add: (into: { [name: string]: unknown }, item: object) => void;
}

/** What a builder accepts as it stands on a record: all but the properties that have another form there. */
export type InputBase<Fields, Changed extends keyof Fields> = Omit<Fields, Changed>;

export interface PartialDescriptor<Name extends string = string> extends Descriptor<"partial", Name> {
  readonly method?: string;
  /** An event that carries it is kept, whatever the sampler says. */
  readonly alwaysKeep?: true;
  /** It is what items of another one add up to: nobody writes it. */
  readonly rolled?: true;
}

export type OriginatorDescriptor<Name extends string = string> = Descriptor<"originator", Name>;
export type ServiceDescriptor = Descriptor<"service">;

export interface EventDescriptor<Name extends string = string> {
  readonly contract: number;
  readonly kind: "event";
  readonly name: Name;
  /** Property of `wevt.events`. */
  readonly method: string;
  /** Partial name → whether it must be there, and which of its fields this event requires besides. */
  readonly partials: { readonly [partial: string]: { readonly required: boolean; readonly require?: readonly string[] } };
  /** Absent: any. */
  readonly originators?: readonly string[];
  /** How it is sampled, as data for `wevt/sampling`. */
  readonly sampling?: object;
}

/** The registry as a value: what the generated `createWevt` hands to the runtime's. */
export interface RuntimeRegistry {
  readonly contract: number;
  /** The record's `schema` field: 12 hex digits over structure. */
  readonly stamp: string;
  readonly naming: "camelCase" | "snake_case";
  readonly partials: readonly PartialDescriptor[];
  readonly events: readonly EventDescriptor[];
  readonly service?: ServiceDescriptor;
  /** Makes the sampler that the events declare, where one does. The option `sampling` takes its place. */
  readonly sampling?: () => Sampler;
}

/** A partial that was built: what `user({…})` returns and `event.log` takes. Holds the caller's object by reference until it is logged. */
export interface BuiltPartial<Name extends string = string, Fields = object> {
  readonly partial: Name;
  readonly fields: Fields;
  readonly descriptor: PartialDescriptor<Name>;
}

/** What `httpOriginator({…})` returns and `run` takes. */
export interface BuiltOriginator<Name extends string = string, Fields extends object = object> {
  readonly originator: Name;
  readonly fields: Fields;
  readonly descriptor: OriginatorDescriptor<Name>;
}

/** The builder of a partial; also carries its descriptor, and the guard of its validator. */
export interface PartialBuilder<Name extends string, Fields extends object, Input extends object = Fields> {
  (fields: Input): BuiltPartial<Name, Fields>;
  readonly descriptor: PartialDescriptor<Name>;
  /** True when the value, as plain JSON data, is a valid one. */
  is(value: unknown): value is Fields;
  /** Every issue of the value. */
  check(value: unknown): readonly Issue[];
}

export interface OriginatorBuilder<Name extends string, Fields extends object, Input extends object = Fields> {
  (fields: Input): BuiltOriginator<Name, Fields>;
  readonly descriptor: OriginatorDescriptor<Name>;
  is(value: unknown): value is Fields;
  check(value: unknown): readonly Issue[];
}
