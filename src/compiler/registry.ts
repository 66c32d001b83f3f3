/**
 * The Registry: everything the schemas say, fully resolved. It holds no `$ref`, no YAML and no file handle; references are objects; it is
 * deeply frozen and ordered, and prints as JSON (`print-registry.ts`). Emitters see this and nothing else.
 */
import type { RollupDef } from "./rollups.js";
import type { Json, Origin } from "./source.js";

export type { RolledField, RollupDef } from "./rollups.js";
export type { Json, Origin } from "./source.js";

export type Naming = "camelCase" | "snake_case";

export interface Registry {
  /** Number of this shape; grows when a reader of an older number would misread it. */
  readonly format: 1;
  /** How the keys of the base record are written. */
  readonly naming: Naming;
  /** 12 hex digits over structure (names, types, constraints, presence, merge, handling), not over texts. The record's `schema` field. */
  readonly stamp: string;
  /** The fields of the base record, in record order, with `naming` applied. */
  readonly base: readonly Field[];
  /** Each list is sorted by name, code unit order. */
  readonly partials: readonly PartialDef[];
  readonly originators: readonly OriginatorDef[];
  readonly services: readonly ServiceDef[];
  readonly events: readonly EventDef[];
  readonly groups: readonly GroupDef[];
}

export type Definition = PartialDef | OriginatorDef | ServiceDef | EventDef | GroupDef;
export type DefinitionKind = Definition["kind"];

interface DefinitionBase {
  readonly name: string;
  readonly names: Names;
  readonly meta: Meta;
  readonly origin: Origin;
  /** The import it came through (`wevt:http`, `@acme/events/schemas/*.yaml`); absent for the project's own. */
  readonly importedFrom?: string;
}

/** Identifiers derived from a definition's name, in one place (`names.ts`), unique per kind. */
export interface Names {
  /** `genAi`, `httpOriginator`, `agentExecution`. */
  readonly value: string;
  /** `GenAi`, `HttpOriginator`, `AgentExecution`. */
  readonly type: string;
  /** Base name of generated files, unique on case-insensitive disks: `gen_ai`, `http`, `agent.execution`. */
  readonly file: string;
  /** The event's shorthand method (`event.genAi(…)`); absent where the name is one of the event's own methods. Partials only. */
  readonly method?: string;
}

export interface PartialDef extends DefinitionBase {
  readonly kind: "partial";
  readonly object: ObjectShape;
  /** The partial is an array of these on the event, at most `max` items. 0: there is its roll-up alone, beside an empty array. */
  readonly repeatable?: { readonly max: number };
  /** What all of them add up to, also those beyond `max`. */
  readonly rollup?: RollupDef;
  /** An event that carries it is kept, however it is sampled. */
  readonly alwaysKeep?: true;
  readonly reserved?: Reserved;
}

export interface OriginatorDef extends DefinitionBase {
  readonly kind: "originator";
  readonly object: ObjectShape;
  readonly reserved?: Reserved;
}

export interface ServiceDef extends DefinitionBase {
  readonly kind: "service";
  readonly object: ObjectShape;
  readonly reserved?: Reserved;
}

export interface GroupDef extends DefinitionBase {
  readonly kind: "group";
  readonly object: ObjectShape;
  readonly reserved?: Reserved;
}

/** What may never come back. */
export interface Reserved {
  /** Names of properties, or paths to them: from the definition on (`limits.max`) or full (`user.limits.max`). */
  readonly names: readonly Reservation<string>[];
  /** Values of any field's enum. */
  readonly values: readonly Reservation<Json>[];
}

export interface Reservation<T> {
  readonly value: T;
  readonly origin: Origin;
}

export interface EventDef extends DefinitionBase {
  readonly kind: "event";
  /** "one row per …" */
  readonly grain?: string;
  readonly partials: readonly EventPartial[];
  /** Empty: any. */
  readonly originators: readonly OriginatorDef[];
  readonly consumers: readonly string[];
  readonly sampling?: EventSampling;
}

/** Which events of one name are kept, as `wevt/sampling` takes it. A type alias: it is JSON. */
export type EventSampling = {
  /** The first one that matches decides. */
  readonly rules?: readonly EventSamplingRule[];
  /** The share that is kept of the others, from 0 to 1. */
  readonly base?: number;
};

/** What is said of an event has to hold, all of it. */
export type EventSamplingRule = {
  readonly name: string;
  readonly outcome?: string | readonly string[];
  readonly unforeseen?: boolean;
  readonly sampled?: boolean;
  readonly slowerThanMs?: number;
  readonly slowerThan?: string;
  readonly when?: { readonly [path: string]: { readonly [keyword: string]: Json } };
  readonly per?: readonly string[];
  readonly perSecond?: number;
  readonly keep?: number;
};

export interface EventPartial {
  readonly partial: PartialDef;
  readonly presence: "required" | "optional";
  /** Fields of the partial that this event requires beyond the partial's own `required`. */
  readonly require: readonly string[];
}

/**
 * One named place that holds a value: a property, or the elements of an array (`name` is `[]`), an element at a fixed index (`[0]`), the
 * values of a map (`*`), or of the keys that match a pattern (`/^x_/`).
 */
export interface Field {
  readonly name: string;
  /** From the definition on: `user.limits.max`, `chat.tags[]`, `flags.values.*`. Unique in the registry; the path analysts query. */
  readonly path: string;
  /** JSON pointer into the merged schema of the definition: `/properties/limits/properties/max`. */
  readonly pointer: string;
  readonly required: boolean;
  readonly value: Value;
  readonly meta: Meta;
  /** The group it was merged from (`allOf`), or the imported definition that it was inherited from (`extends`). */
  readonly from?: string;
  readonly origin: Origin;
}

export type TypeName = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** What a value may be: JSON Schema with every reference resolved. A part applies only to values of its type, as in JSON Schema. */
export interface Value {
  /** In the order null, boolean, integer, number, string, array, object. `"any"`: whatever JSON can say (`kind: json`). */
  readonly types: readonly TypeName[] | "any";
  /** The closed set of values of `const`, `enum` or a `oneOf` of consts (null included when it is allowed). */
  readonly values?: readonly EnumValue[];
  readonly number?: NumberRules;
  readonly string?: StringRules;
  readonly array?: ArrayShape;
  readonly object?: ObjectShape;
  /** Objects told apart by one property with a const (`oneOf` with a discriminator). `object` is absent then. */
  readonly variants?: Variants;
}

export interface EnumValue {
  readonly value: Json;
  readonly description?: string;
  readonly deprecated?: boolean;
}

export interface NumberRules {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

export type Format = "date-time" | "date" | "time" | "duration" | "email" | "hostname" | "ipv4" | "ipv6" | "uri" | "uuid" | "int64";

export interface StringRules {
  /** Lengths count code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression in Unicode mode, not anchored. */
  readonly pattern?: string;
  readonly format?: Format;
}

export interface ArrayShape {
  readonly prefix: readonly Field[];
  /** The elements after the prefix. `false`: there may be none. `true`: anything. */
  readonly items: Field | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

export interface ObjectShape {
  /** In schema order. */
  readonly fields: readonly Field[];
  readonly patterns: readonly PatternFields[];
  /** All other keys. `false`: closed. `true`: anything. */
  readonly additional: Field | boolean;
  /** A rule for each key. `false`: no keys at all. */
  readonly keys?: Value | false;
  /** Names in `required` that no property declares (open objects only). */
  readonly requiredUndeclared: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired: readonly { readonly when: string; readonly require: readonly string[] }[];
}

export interface PatternFields {
  readonly pattern: string;
  /** `false`: no key may match. */
  readonly field: Field | boolean;
}

export interface Variants {
  readonly discriminator: string;
  readonly cases: readonly VariantCase[];
}

export interface VariantCase {
  readonly value: string | number | boolean;
  readonly object: ObjectShape;
  readonly meta: Meta;
}

export type FieldKind = "id" | "dimension" | "measure" | "timestamp" | "flag" | "text" | "json";
export type Cardinality = "low" | "medium" | "high" | "unbounded";
export type Sensitivity = "none" | "internal" | "pseudonymous" | "personal" | "sensitive" | "secret";
export type Stability = "experimental" | "stable" | "deprecated";
export type Merge = "replace" | "keep" | "sum" | "max" | "min" | "append";
export type Handling = "plain" | "hash" | "mask" | "drop" | `truncate:${number}`;

/** What is said about a definition or a field. Inheritance (config, file, object, field) and defaults are applied. */
export interface Meta {
  readonly brief?: string;
  readonly description?: string;
  readonly title?: string;
  readonly comment?: string;
  readonly unit?: string;
  readonly kind?: FieldKind;
  readonly aggregate?: string;
  readonly decimals?: number;
  readonly cardinality?: Cardinality;
  /** Default `none`. */
  readonly sensitivity: Sensitivity;
  /** Default by sensitivity: secret → drop, sensitive → mask, else plain. */
  readonly handling: Handling;
  /** Default `replace`. */
  readonly merge: Merge;
  readonly owner?: string;
  /** Default `stable`. */
  readonly stability: Stability;
  readonly since?: string;
  /** Present exactly when `stability` is `deprecated`. */
  readonly deprecation?: Deprecation;
  readonly aliases: readonly string[];
  readonly knownValues: readonly EnumValue[];
  readonly nullMeans?: string;
  /** Prose, or a condition: path → JSON Schema fragment. */
  readonly when?: string | { readonly [path: string]: Json };
  readonly join?: { readonly table: string; readonly column: string };
  readonly note?: string;
  readonly pitfalls: readonly string[];
  readonly links: readonly Link[];
  readonly tags: readonly string[];
  readonly otel?: { readonly attribute: string; readonly relation?: string };
  /** Physical name or type per backend. */
  readonly column?: Json;
  readonly examples: readonly Json[];
  /** What absence means; never written into an event. `undefined`: not said. */
  readonly default?: Json;
  /** Unknown `x-*` keywords, kept as they are, sorted. */
  readonly extensions: { readonly [keyword: string]: Json };
}

export interface Deprecation {
  readonly since?: string;
  readonly reason?: "renamed" | "obsolete" | "split";
  readonly replacedBy?: string;
  readonly note?: string;
  readonly removeAfter?: string;
}

export interface Link {
  readonly url: string;
  readonly title?: string;
}
