/**
 * The one table of every keyword: where it may stand, what its value is, what it means. The grammar of `schemas/meta`, the check of schema files
 * and "did you mean" are all read from here. It knows nothing of files or diagnostics.
 */
import type { Json } from "./source.js";

/** `field`: any schema below a definition's root. The others: the root of such a definition. */
export type KeywordPlace = "field" | "partial" | "originator" | "service" | "event" | "group";

/** What stands below a keyword that holds schemas: one, a list, either, or names with a schema each. */
export type Holds = "schema" | "schemas" | "schemaOrList" | "named" | "patterns";

export interface Keyword {
  readonly name: string;
  /** `metadata` may be written with `x-`; `definition` names or shapes a whole definition; the rest is JSON Schema. */
  readonly kind: "structure" | "metadata" | "definition";
  readonly places: readonly KeywordPlace[];
  /** JSON Schema of its value; absent when it holds schemas. */
  readonly value?: { readonly [keyword: string]: Json };
  readonly holds?: Holds;
  /** One line for editors and messages. */
  readonly brief: string;
  /** What the value has to be: "`type` has to be …". */
  readonly expects: string;
  /** A hint for values that are often wrong. */
  readonly cure?: string;
  /** A hint for null, which YAML makes of an unquoted null. */
  readonly nullCure?: string;
  /** It flows from the config to files, objects and fields. */
  readonly inherited?: true;
}

export const definitionKinds = ["partial", "originator", "service", "event", "group"] as const;

/** Names of definitions, of events and of properties. */
export const namePattern = "^[a-z][A-Za-z0-9_]*$";
export const eventNamePattern = "^[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*)*$";
export const propertyNamePattern = "^[A-Za-z_][A-Za-z0-9_-]*$";

const fields: readonly KeywordPlace[] = ["field"];
const owners: readonly KeywordPlace[] = ["partial", "originator", "service", "group"];
const objects: readonly KeywordPlace[] = ["field", ...owners];
const roots: readonly KeywordPlace[] = [...owners, "event"];
const everywhere: readonly KeywordPlace[] = ["field", ...roots];

const text = { type: "string", minLength: 1 } as const;
const line = { type: "string", minLength: 1, pattern: "^[^\\r\\n]*$" } as const;
const number = { type: "number" } as const;
const count = { type: "integer", minimum: 0 } as const;
const flag = { type: "boolean" } as const;
const names = { type: "array", items: text, uniqueItems: true } as const;
const texts = { type: "array", items: text } as const;
const typeNames = ["null", "boolean", "integer", "number", "string", "array", "object"] as const;
const formats = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "int64"] as const;

const oneOf = (values: readonly string[]): { readonly value: { readonly enum: readonly string[] }; readonly expects: string } => ({
  value: { enum: values },
  expects: `one of ${values.join(", ")}`,
});
const wholeNumber = { value: count, expects: "a whole number, 0 or more" };
const anyNumber = { value: number, expects: "a number" };
const someText = { value: text, expects: "text" };
const oneLine = { value: line, expects: "one line of text" };

const draft4Bound = "the draft-04 form `minimum: 5, exclusiveMinimum: true` is written `exclusiveMinimum: 5`";

const structure: readonly Omit<Keyword, "kind">[] = [
  { name: "$schema", places: roots, ...someText, brief: "The JSON Schema dialect; draft 2020-12 and draft-07 are read." },
  { name: "$id", places: everywhere, ...someText, brief: "Accepted and ignored: references go by file and by name." },
  { name: "$comment", places: everywhere, ...someText, brief: "A remark for whoever edits the schema." },
  { name: "$ref", places: fields, ...someText, brief: "`#/$defs/x`, `./file.yaml#/…`, `group:NAME` or `partial:NAME#/properties/x`." },
  { name: "$defs", places: objects, holds: "patterns", expects: "a mapping of names to schemas", brief: "Schemas to refer to with `$ref: '#/$defs/NAME'`." },
  { name: "definitions", places: objects, holds: "patterns", expects: "a mapping of names to schemas", brief: "The draft-07 name of $defs." },
  {
    name: "type", places: objects, brief: "The type, or a list of types: `[string, \"null\"]` may be null.",
    value: { anyOf: [{ enum: typeNames }, { type: "array", items: { enum: typeNames }, minItems: 1, uniqueItems: true }] },
    expects: `${typeNames.join(", ")}, or a list of these`, nullCure: 'null in a list of types is text: `type: [string, "null"]`',
  },
  { name: "enum", places: fields, value: { type: "array", minItems: 1 }, expects: "a list of values", brief: "The closed set of values." },
  { name: "const", places: fields, value: {}, expects: "a value", brief: "The only value." },
  { name: "oneOf", places: fields, holds: "schemas", expects: "a list of schemas", brief: "Documented values (each a `const` with a description), or variants told apart by a property with a const." },
  { name: "allOf", places: objects, holds: "schemas", expects: "a list of references to groups", brief: "Groups whose properties this object takes over: `[{ $ref: group:NAME }]`." },
  { name: "properties", places: objects, holds: "named", expects: "a mapping of names to schemas", brief: "The fields. An object that lists them is closed unless it says otherwise." },
  { name: "required", places: objects, value: names, expects: "a list of property names", brief: "Properties that must be present.", cure: "`required` stands on the object and lists its properties: `required: [id]`" },
  { name: "additionalProperties", places: objects, holds: "schema", expects: "true, false or a schema", brief: "Whether other keys are allowed, or what their values are." },
  { name: "patternProperties", places: objects, holds: "patterns", expects: "a mapping of regular expressions to schemas", brief: "Schemas for keys that match a pattern." },
  { name: "propertyNames", places: objects, holds: "schema", expects: "a schema", brief: "A schema that each key has to match." },
  { name: "minProperties", places: objects, ...wholeNumber, brief: "Fewest keys." },
  { name: "maxProperties", places: objects, ...wholeNumber, brief: "Most keys." },
  {
    name: "dependentRequired", places: objects, value: { type: "object", additionalProperties: names }, expects: "a mapping of property names to lists of property names",
    brief: "When the key is present, so are these.",
  },
  {
    name: "dependencies", places: objects, value: { type: "object", additionalProperties: names }, expects: "a mapping of property names to lists of property names",
    brief: "The draft-07 name of dependentRequired.", cure: "schemas in `dependencies` are not supported; lists of names are",
  },
  { name: "items", places: fields, holds: "schemaOrList", expects: "a schema, true or false", brief: "The elements after `prefixItems`; as a list (draft-07), the leading elements." },
  { name: "prefixItems", places: fields, holds: "schemas", expects: "a list of schemas", brief: "The leading elements, one schema each." },
  { name: "additionalItems", places: fields, holds: "schema", expects: "a schema, true or false", brief: "Draft-07: the elements after `items` as a list." },
  { name: "minItems", places: fields, ...wholeNumber, brief: "Fewest elements." },
  { name: "maxItems", places: fields, ...wholeNumber, brief: "Most elements." },
  { name: "uniqueItems", places: fields, value: flag, expects: "true or false", brief: "No two elements are equal." },
  { name: "minimum", places: fields, ...anyNumber, brief: "The least value." },
  { name: "maximum", places: fields, ...anyNumber, brief: "The greatest value." },
  { name: "exclusiveMinimum", places: fields, ...anyNumber, brief: "The value is greater than this.", cure: draft4Bound },
  { name: "exclusiveMaximum", places: fields, ...anyNumber, brief: "The value is less than this.", cure: draft4Bound.replaceAll("imum: 5", "imum: 9").replaceAll("inimum", "aximum") },
  { name: "multipleOf", places: fields, value: { type: "number", exclusiveMinimum: 0 }, expects: "a number greater than 0", brief: "The value is a multiple of this." },
  { name: "minLength", places: fields, ...wholeNumber, brief: "Fewest characters (code points)." },
  { name: "maxLength", places: fields, ...wholeNumber, brief: "Most characters (code points)." },
  { name: "pattern", places: fields, value: { type: "string" }, expects: "a regular expression as text", brief: "A regular expression that the text matches somewhere; anchor it with ^ and $." },
  { name: "format", places: fields, ...oneOf(formats), brief: "A well-known form of text; it is checked." },
  { name: "default", places: fields, value: {}, expects: "a value", brief: "What absence means to a reader. It is never written into an event." },
  { name: "examples", places: fields, value: { type: "array" }, expects: "a list of values", brief: "Typical values, for the docs." },
  { name: "title", places: everywhere, ...oneLine, brief: "A short name for people." },
  { name: "description", places: everywhere, ...someText, brief: "The full explanation." },
  { name: "deprecated", places: everywhere, value: flag, expects: "true or false", brief: "Not to be used any more; say more with `deprecation`." },
];

const link = { type: "object", properties: { url: { type: "string", pattern: "^(https?://|mailto:)\\S+$" }, title: line }, required: ["url"], additionalProperties: false } as const;

const share = { type: "number", minimum: 0, maximum: 1 } as const;
const outcome = { enum: ["ok", "error", "aborted", "timeout"] } as const;
const samplingRule = {
  type: "object",
  required: ["name"],
  properties: {
    name: line,
    outcome: { anyOf: [outcome, { type: "array", items: outcome, minItems: 1, uniqueItems: true }] },
    unforeseen: flag,
    sampled: flag,
    slowerThanMs: { type: "number", minimum: 0 },
    slowerThan: { enum: ["p50", "p75", "p90", "p95", "p99", "p999"] },
    when: { type: "object", minProperties: 1, additionalProperties: { $ref: "#/$defs/condition" } },
    per: { type: "array", items: line, minItems: 1, uniqueItems: true },
    perSecond: { type: "number", exclusiveMinimum: 0 },
    keep: share,
  },
  additionalProperties: false,
} as const;

/** The bounds are ascending, which only the check stage can tell. */
const rolledUp = {
  type: "object",
  properties: {
    sum: { description: "The sum of all values.", ...flag },
    min: { description: "The smallest value.", ...flag },
    max: { description: "The largest value.", ...flag },
    histogram: { description: "Upper bounds, ascending. Each counts the values up to it, and `inf` counts all.", type: "array", items: number, minItems: 1, maxItems: 50 },
  },
  additionalProperties: false,
} as const;

const metadata: readonly Omit<Keyword, "kind">[] = [
  { name: "brief", places: everywhere, value: { ...line, maxLength: 120 }, expects: "one line of at most 120 characters", brief: "One line that says what this is.", cure: "move the rest to `description` or `note`" },
  {
    name: "unit", places: fields, value: { type: "string", pattern: "^(currency:[A-Z]{3}|[!-~]{1,30})$" }, expects: "a UCUM-like unit as text: ms, s, By, \"%\", \"1\", \"{item}\", currency:USD",
    brief: "The unit: ms, s, By, %, 1, {item}, currency:USD.", cure: 'quote what YAML reads as something else: `unit: "1"`, `unit: "{item}"`, `unit: "%"`',
  },
  { name: "kind", places: fields, ...oneOf(["id", "dimension", "measure", "timestamp", "flag", "text", "json"]), brief: "What a query does with the field." },
  { name: "aggregate", places: fields, ...oneOf(["sum", "avg", "min", "max", "count", "distinct", "last", "rate", "p50", "p75", "p90", "p95", "p99", "p999", "none"]), brief: "The aggregate that makes sense by default." },
  { name: "decimals", places: fields, value: { type: "integer", minimum: 0, maximum: 15 }, expects: "a whole number from 0 to 15", brief: "Digits after the point that are kept." },
  { name: "cardinality", places: fields, ...oneOf(["low", "medium", "high", "unbounded"]), brief: "How many different values there are." },
  { name: "sensitivity", places: objects, ...oneOf(["none", "internal", "pseudonymous", "personal", "sensitive", "secret"]), brief: "How careful one has to be with the value.", inherited: true },
  {
    name: "handling", places: fields, value: { type: "string", pattern: "^(plain|hash|mask|drop|truncate:[1-9][0-9]{0,8})$" }, expects: "plain, hash, mask, truncate:N or drop",
    brief: "What the serializer does with the value. truncate:N keeps the first N code points; what a reader sees as one character may be several (accents, emoji), and be cut.",
  },
  { name: "merge", places: fields, ...oneOf(["replace", "keep", "sum", "max", "min", "append"]), brief: "What a second write of the field does." },
  { name: "owner", places: everywhere, ...oneLine, brief: "The team that answers questions about this.", inherited: true },
  { name: "stability", places: everywhere, ...oneOf(["experimental", "stable", "deprecated"]), brief: "What a reader may rely on.", inherited: true },
  { name: "since", places: everywhere, value: { type: ["string", "number"], minLength: 1 }, expects: "a version or a date", brief: "The version or date of its first appearance." },
  {
    name: "deprecation", places: everywhere, expects: "a mapping with since, reason, replacedBy, note or removeAfter", brief: "Since when and why it should not be used, and what replaces it.",
    value: { type: "object", properties: { since: { type: ["string", "number"] }, reason: { enum: ["renamed", "obsolete", "split"] }, replacedBy: line, note: text, removeAfter: { type: ["string", "number"] } }, additionalProperties: false },
  },
  { name: "aliases", places: everywhere, value: names, expects: "a list of earlier full paths", brief: "Earlier full paths of this field." },
  {
    name: "knownValues", places: fields, expects: "a list of values, or of `{ const, description }`", brief: "An open enum: documented, not enforced.",
    value: { type: "array", minItems: 1, items: { type: ["string", "number", "boolean", "null", "object"], properties: { const: {}, description: text, deprecated: flag }, required: ["const"], additionalProperties: false } },
  },
  { name: "nullMeans", places: fields, ...oneLine, brief: "What null says that absence does not." },
  {
    name: "when", places: everywhere, value: { type: ["string", "object"], minLength: 1, additionalProperties: { $ref: "#/$defs/condition" } }, expects: "prose, or a mapping of paths to schemas",
    brief: "When the field is present: prose, or a condition on other fields.",
  },
  {
    name: "join", places: fields, value: { type: "object", properties: { table: line, column: line }, required: ["table", "column"], additionalProperties: false }, expects: "a mapping with table and column",
    brief: "The table and column that this identifies a row of.",
  },
  { name: "note", places: everywhere, ...someText, brief: "A longer remark, shown as a footnote." },
  { name: "pitfalls", places: everywhere, value: { type: ["string", "array"], minLength: 1, items: text }, expects: "text, or a list of texts", brief: "Mistakes that readers of this data make." },
  {
    name: "links", places: everywhere, value: { type: "array", items: { type: ["string", "object"], pattern: link.properties.url.pattern, properties: link.properties, required: link.required, additionalProperties: false } },
    expects: "a list of http(s) addresses, or of `{ url, title }`", brief: "Where to read more.",
  },
  { name: "tags", places: everywhere, value: { type: "array", items: line, uniqueItems: true }, expects: "a list of texts", brief: "Labels to search and group by.", inherited: true },
  {
    name: "otel", places: everywhere, expects: "a mapping with attribute and relation", brief: "The OpenTelemetry attribute that this corresponds to.",
    value: { type: "object", properties: { attribute: line, relation: { enum: ["equivalent", "related", "broader", "narrower"] } }, required: ["attribute"], additionalProperties: false },
  },
  {
    name: "column", places: fields, expects: "a column name, or a mapping of backends to names or `{ name, type }`", brief: "The physical column, per backend.",
    value: { type: ["string", "object"], minLength: 1, additionalProperties: { type: ["string", "object"], minLength: 1, properties: { name: line, type: line }, additionalProperties: false } },
  },
  { name: "alwaysKeep", places: ["partial"], value: flag, expects: "true or false", brief: "An event that carries this partial is kept, however it is sampled." },
  {
    name: "sampling", places: ["event"], value: { type: "object", minProperties: 1, properties: { base: share, rules: { type: "array", minItems: 1, items: samplingRule } }, additionalProperties: false },
    expects: "a mapping with `base` (the share that is kept, from 0 to 1) or `rules` (a list; each has a name, conditions, and `keep`, a share, or `perSecond`)",
    brief: "Which of these events are kept: the first rule that matches decides, else the base share.",
  },
];

const named = (kind: (typeof definitionKinds)[number], what: string): Omit<Keyword, "kind"> => ({
  name: kind,
  places: [kind],
  value: { type: "string", pattern: kind === "event" ? eventNamePattern : namePattern },
  expects: kind === "event" ? "a name like `agent.execution`" : "a name like `user` or `rateLimit`",
  brief: what,
});

const definition: readonly Omit<Keyword, "kind">[] = [
  named("partial", "A named group of fields that one team owns."),
  named("originator", "What triggers the work."),
  named("service", "Who emits; its extra fields."),
  named("event", "A named kind of wide event."),
  named("group", "Fields that several definitions share; never emitted alone."),
  { name: "extends", places: roots, ...oneLine, brief: "The imported definition of the same name to which this one adds properties: `wevt:user`." },
  {
    name: "repeatable", places: ["partial"], expects: "true, or a mapping with max", brief: "The event holds an array of this partial; with `max: 0` its roll-up alone.",
    value: { type: ["boolean", "object"], properties: { max: { type: "integer", minimum: 0 } }, additionalProperties: false },
  },
  {
    name: "rollup", places: ["partial"], expects: "true (counts alone), or a mapping of number fields to what is kept of them: sum, min, max, histogram",
    brief: "What all items of a repeatable partial add up to, also those beyond `max`.",
    value: { type: ["boolean", "object"], additionalProperties: rolledUp }, cure: "write for each field what is kept: `durationMs: { sum: true, histogram: [100, 1000] }`",
  },
  {
    name: "reserved", places: owners, expects: "a mapping with names and values", brief: "Names and enum values that may never come back.",
    value: { type: "object", properties: { names, values: { type: "array" } }, additionalProperties: false },
  },
  { name: "grain", places: ["event"], ...oneLine, brief: "One row per what." },
  {
    name: "partials", places: ["event"], expects: "a mapping of partials to required or optional", brief: "The partials that the event must or may carry.",
    value: {
      type: "object",
      additionalProperties: { type: ["string", "object"], pattern: "^(required|optional)$", properties: { presence: { enum: ["required", "optional"] }, require: names }, additionalProperties: false },
    },
  },
  { name: "originators", places: ["event"], value: names, expects: "a list of originators", brief: "The originators that may open the event; none: any." },
  { name: "consumers", places: ["event"], value: texts, expects: "a list of texts", brief: "Who reads the event: dashboards, alerts, teams." },
];

export const keywordTable: readonly Keyword[] = [
  ...definition.map((one): Keyword => ({ ...one, kind: "definition" })),
  ...structure.map((one): Keyword => ({ ...one, kind: "structure" })),
  ...metadata.map((one): Keyword => ({ ...one, kind: "metadata" })),
];

/** By plain name. */
export const keywordsByName: ReadonlyMap<string, Keyword> = new Map(keywordTable.map((keyword) => [keyword.name, keyword]));

/** Names of the metadata keywords, without `x-`. */
export const metadataKeywords: ReadonlySet<string> = new Set(metadata.map((keyword) => keyword.name));

/** What a schema inside a condition (`when`) may say. */
export const conditionKeywords = ["type", "const", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems"];

/** JSON Schema keywords that wevt does not support; `instead` is the cure. */
export const unsupportedKeywords: ReadonlyMap<string, string> = new Map([
  ["not", "say what is allowed, with `enum`, `pattern` or bounds"],
  ["anyOf", "use `oneOf` with a discriminating const, a list of types, or `kind: json`"],
  ["if", "use `oneOf` with a discriminating const"],
  ["then", "use `oneOf` with a discriminating const"],
  ["else", "use `oneOf` with a discriminating const"],
  ["contains", "describe all elements with `items`"],
  ["minContains", "describe all elements with `items`"],
  ["maxContains", "describe all elements with `items`"],
  ["unevaluatedItems", "use `items: false` after `prefixItems`"],
  ["unevaluatedProperties", "objects are closed by themselves; use `additionalProperties`"],
  ["dependentSchemas", "use `dependentRequired`, or `oneOf` with a discriminating const"],
  ["$anchor", "refer by place: `#/$defs/NAME`"],
  ["$dynamicRef", "use `$ref`"],
  ["$dynamicAnchor", "use `$ref` and `$defs`"],
  ["$recursiveRef", "use `$ref`"],
  ["$recursiveAnchor", "use `$ref` and `$defs`"],
  ["$vocabulary", "remove it"],
  ["contentEncoding", "say it in `description`"],
  ["contentMediaType", "say it in `description`"],
  ["contentSchema", "say it in `description`"],
  ["readOnly", "remove it: events are only written"],
  ["writeOnly", "remove it: events are only written"],
  ["nullable", 'write `type: [string, "null"]`'],
  ["discriminator", "give every variant of `oneOf` a required property with a const"],
  ["example", "write `examples: [ … ]`"],
  ["id", "write `$id`, or remove it"],
  ["divisibleBy", "write `multipleOf`"],
  ["extends", "only a definition extends another"],
]);
