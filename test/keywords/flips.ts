/**
 * For each keyword: an example without it and with it, and what is written into it. Which keywords there are is read from `schemas/meta`, what has
 * to change stands in `outputs.md`; here is only how to ask.
 */

/** Where a keyword stands: in the schema of a field, or at the root of a definition. */
export const places = ["field", "partial", "originator", "service", "group", "event"] as const;
export type Place = (typeof places)[number];

export interface Flip {
  /** YAML: of the field in flow style, of a definition the lines below its name. */
  readonly before: string;
  readonly after: string;
  /** What is written, an event each: the value of the field, or the fields of the definition. Default: one that fits. */
  readonly write?: readonly unknown[];
  /** Several writes into one event instead. */
  readonly several?: readonly unknown[];
  /** The field is timed. */
  readonly time?: true;
  /** Other files that both have. */
  readonly files?: { readonly [path: string]: string };
  /** A group: not taken over by `allOf`, but the type of a field. */
  readonly whole?: true;
  /** Whole projects instead. */
  readonly projects?: readonly [before: Files, after: Files];
}

export type Files = { readonly [path: string]: string };
export type Flips = { readonly [keyword: string]: Flip };

/** What can be said anywhere, and how. */
const sayings = {
  brief: "A brief.",
  title: "A title",
  description: "A longer text.",
  $comment: "A remark.",
  deprecated: "true",
  owner: "team-x",
  stability: "experimental",
  since: "1.2.0",
  deprecation: "{ since: 2.0.0, reason: renamed, replacedBy: p.h, note: Gone soon., removeAfter: 2030-01-01 }",
  aliases: "[p.old]",
  when: "Only on Mondays.",
  note: "A note of some length.",
  pitfalls: "[Do not sum.]",
  links: "[{ url: 'https://example.com/x', title: More }]",
  tags: "[billing]",
  otel: "{ attribute: user.id, relation: equivalent }",
};

const map = <T>(from: { readonly [keyword: string]: T }, flip: (keyword: string, value: T) => Flip, above = ""): Flips => Object.fromEntries(Object.entries(from).map(([keyword, value]) => [`${above}${keyword}`, flip(keyword, value)]));

const of = (body: string, write: readonly unknown[]) => (extra: string): Flip => ({ before: `{ ${body} }`, after: `{ ${body}, ${extra} }`, write });
const text = of("type: string", ["abc"]);
const number = of("type: number", [3.14159]);
const list = of("type: array, items: { type: string }", [["a", "a"]]);
const object = of("type: object, properties: { a: { type: string }, b: { type: string } }", [{ b: "y" }, { a: "x" }, { a: "x", c: "z" }]);
const named = of("type: object, additionalProperties: { type: string }", [{ a: "x", bb: "y" }]);

/** A field that refers into another. */
function holding(keyword: string, type: string): Files {
  return { "schemas/p.yaml": `partial: p\nproperties:\n  f: { $ref: '#/properties/h/${keyword}/x' }\n  h: { type: string, ${keyword}: { x: { type: ${type} } } }` };
}

const fieldFlips: Flips = {
  ...map(sayings, (keyword, value) => text(`${keyword}: ${value}`)),
  $id: text("$id: https://example.com/f"),
  $ref: { before: "{ type: string }", after: "{ $ref: './other.yaml#/$defs/short' }", files: { "schemas/other.yaml": "group: other\n$defs: { short: { type: string, maxLength: 2 } }" } },
  $defs: { before: "", after: "", projects: [holding("$defs", "string"), holding("$defs", "integer")] },
  definitions: { before: "", after: "", projects: [holding("definitions", "string"), holding("definitions", "integer")] },
  type: { before: "{ type: string }", after: "{ type: [string, integer] }", write: [7] },
  enum: { ...text("enum: [abc, def]"), write: ["zzz"] },
  const: { ...text("const: abc"), write: ["zzz"] },
  oneOf: { before: "{ type: string }", after: "{ oneOf: [{ const: abc, description: The first. }, { const: def }] }", write: ["zzz"] },
  allOf: { ...object("allOf: [{ $ref: group:g }]"), files: { "schemas/g.yaml": "group: g\nproperties: { c: { type: string } }" } },
  properties: { before: "{ type: object, properties: { a: { type: string } } }", after: "{ type: object, properties: { a: { type: string }, b: { type: string } } }", write: [{ b: "y" }] },
  required: object("required: [a]"),
  additionalProperties: object("additionalProperties: { type: string }"),
  patternProperties: object("patternProperties: { ^c: { type: string } }"),
  propertyNames: named("propertyNames: { maxLength: 1 }"),
  minProperties: named("minProperties: 3"),
  maxProperties: named("maxProperties: 1"),
  dependentRequired: object("dependentRequired: { a: [b] }"),
  dependencies: object("dependencies: { a: [b] }"),
  items: { before: "{ type: array, items: { type: string } }", after: "{ type: array, items: { type: integer } }", write: [["a"]] },
  prefixItems: list("prefixItems: [{ type: integer }]"),
  additionalItems: { before: "{ type: array, items: [{ type: string }] }", after: "{ type: array, items: [{ type: string }], additionalItems: { type: integer } }", write: [["a", "b"]] },
  minItems: list("minItems: 3"),
  maxItems: list("maxItems: 1"),
  uniqueItems: list("uniqueItems: true"),
  minimum: number("minimum: 4"),
  maximum: number("maximum: 3"),
  exclusiveMinimum: number("exclusiveMinimum: 4"),
  exclusiveMaximum: number("exclusiveMaximum: 3"),
  multipleOf: number("multipleOf: 2"),
  minLength: text("minLength: 4"),
  maxLength: text("maxLength: 2"),
  pattern: text("pattern: ^x"),
  format: text("format: uuid"),
  default: text("default: abc"),
  examples: text("examples: [abc]"),
  unit: { ...number("unit: s"), time: true },
  kind: { before: "{ type: integer }", after: "{ type: integer, kind: timestamp }", write: [new Date(0)] },
  aggregate: number("aggregate: p99"),
  decimals: number("decimals: 2"),
  cardinality: text("cardinality: low"),
  sensitivity: { ...text("sensitivity: sensitive"), write: ["abc", 7] },
  handling: text("handling: mask"),
  merge: { ...number("merge: sum"), several: [1, 2] },
  knownValues: text("knownValues: [abc, { const: def, description: The second. }]"),
  nullMeans: { before: '{ type: [string, "null"] }', after: '{ type: [string, "null"], nullMeans: Not asked. }', write: [null] },
  join: text("join: { table: users, column: id }"),
  column: text("column: { clickhouse: UserId }"),
};

/** A field before and after a part of a keyword's value. */
const part = (before: string, after: string): Flip => ({ before: `{ type: string, ${before} }`, after: `{ type: string, ${after} }` });

const fieldParts: Flips = {
  "deprecation.since": part("deprecation: { reason: obsolete }", "deprecation: { reason: obsolete, since: 2.0.0 }"),
  "deprecation.reason": part("deprecation: { note: Gone. }", "deprecation: { note: Gone., reason: obsolete }"),
  "deprecation.replacedBy": part("deprecation: { reason: renamed }", "deprecation: { reason: renamed, replacedBy: p.h }"),
  "deprecation.note": part("deprecation: { reason: obsolete }", "deprecation: { reason: obsolete, note: Gone soon. }"),
  "deprecation.removeAfter": part("deprecation: { reason: obsolete }", "deprecation: { reason: obsolete, removeAfter: 2030-01-01 }"),
  "knownValues.const": part("knownValues: [abc]", "knownValues: [abc, { const: def }]"),
  "knownValues.description": part("knownValues: [{ const: abc }]", "knownValues: [{ const: abc, description: The first. }]"),
  "knownValues.deprecated": part("knownValues: [{ const: abc }]", "knownValues: [{ const: abc, deprecated: true }]"),
  "join.table": part("join: { table: users, column: id }", "join: { table: people, column: id }"),
  "join.column": part("join: { table: users, column: id }", "join: { table: users, column: key }"),
  "links.url": part("links: [{ url: 'https://example.com/x' }]", "links: [{ url: 'https://example.com/y' }]"),
  "links.title": part("links: [{ url: 'https://example.com/x' }]", "links: [{ url: 'https://example.com/x', title: More }]"),
  "otel.attribute": part("otel: { attribute: user.id }", "otel: { attribute: enduser.id }"),
  "otel.relation": part("otel: { attribute: user.id }", "otel: { attribute: user.id, relation: related }"),
  "column.name": part("column: { clickhouse: { type: UUID } }", "column: { clickhouse: { type: UUID, name: UserId } }"),
  "column.type": part("column: { clickhouse: { name: UserId } }", "column: { clickhouse: { name: UserId, type: UUID } }"),
};

/** Other forms of a keyword's value. */
const fieldForms: Flips = {
  "$ref (a group)": { before: "{ type: object, properties: { a: { type: string } } }", after: "{ $ref: group:g }", write: [{ b: "x" }], files: { "schemas/g.yaml": "group: g\nproperties: { a: { type: string }, b: { type: string } }" } },
  "type (or null)": { before: "{ type: string }", after: '{ type: [string, "null"] }', write: [null] },
  "oneOf (variants)": {
    before: "{ type: object, required: [t], properties: { t: { type: string }, a: { type: string } } }",
    after: "{ oneOf: [{ type: object, required: [t], properties: { t: { const: x }, a: { type: string } } }, { type: object, required: [t], properties: { t: { const: y } } }] }",
    write: [{ t: "x", a: "abc" }, { t: "y", a: "abc" }, { t: "z" }],
  },
  "additionalProperties (true)": object("additionalProperties: true"),
  "additionalProperties (false)": { before: "{ type: object, maxProperties: 3 }", after: "{ type: object, maxProperties: 3, additionalProperties: false }", write: [{ a: "x" }] },
  "items (a list, draft-07)": { before: "{ type: array, items: { type: string } }", after: "{ type: array, items: [{ type: string }, { type: integer }] }", write: [["a", "b"]] },
  "items (false)": { before: "{ type: array, prefixItems: [{ type: string }] }", after: "{ type: array, prefixItems: [{ type: string }], items: false }", write: [["a", "b"]] },
  "kind (json)": { before: "{ type: string }", after: "{ kind: json }", write: [{ any: ["thing"] }] },
  "when (a condition)": text("when: { p.h: { const: x } }"),
  "pitfalls (one text)": text("pitfalls: Do not sum."),
  "links (an address)": text("links: ['https://example.com/x']"),
  "column (one name)": text("column: user_id"),
};

/** A keyword with each value of a closed list. */
const valued = (keyword: string, values: readonly string[], flip: (saying: string, value: string) => Flip): Flips => Object.fromEntries(values.map((value) => [`${keyword}: ${value}`, flip(`${keyword}: ${value}`, value)]));

const fieldValues: Flips = {
  ...valued("type", ["null", "boolean", "integer", "number", "string", "array"], (saying) => ({ before: "{ enum: [abc, def] }", after: `{ ${saying.replace("null", '"null"')} }`, write: [{}, "zzz"] })),
  "type: object": { before: "{ type: string }", after: "{ type: object, additionalProperties: true }", write: [{}] },
  ...valued("format", ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "int64"], (saying) => ({ ...text(saying), write: ["no such", new Date(0), 5n] })),
  ...valued("kind", ["id", "dimension", "measure", "timestamp", "flag", "text", "json"], (saying) => ({ before: "{ type: integer }", after: `{ type: integer, ${saying} }`, write: [new Date(0)] })),
  ...valued("aggregate", ["sum", "avg", "min", "max", "count", "distinct", "last", "rate", "p50", "p75", "p90", "p95", "p99", "p999", "none"], (saying) => number(saying)),
  ...valued("cardinality", ["low", "medium", "high", "unbounded"], (saying) => text(saying)),
  ...valued("sensitivity", ["none", "internal", "pseudonymous", "personal", "sensitive", "secret"], (saying) => ({ ...text(saying), write: ["abc", 7] })),
  ...valued("handling", ["plain", "hash", "mask", "drop", "truncate:2"], (saying) => text(saying)),
  ...valued("merge", ["replace", "keep", "sum", "max", "min"], (saying) => ({ ...number(saying), several: [2, 3, 1, 2.5] })),
  "merge: append": { ...list("merge: append"), several: [["a"], ["b"]] },
  ...valued("stability", ["experimental", "stable", "deprecated"], (saying) => text(saying)),
};

const properties = "properties: { f: { type: string }, h: { type: string } }";
const fits = [{ f: "abc" }];
const root = (line: string, write: readonly unknown[] = fits): Flip => ({ before: properties, after: `${properties}\n${line}`, write });
const mapRoot = (line: string): Flip => ({ before: "additionalProperties: { type: string }", after: `additionalProperties: { type: string }\n${line}`, write: [{ a: "x", bb: "y" }] });

const ownerFlips: Flips = {
  ...map(sayings, (keyword, value) => root(`${keyword}: ${value}`)),
  $schema: root("$schema: https://json-schema.org/draft/2020-12/schema"),
  $id: root("$id: https://example.com/p"),
  $defs: { before: "$defs: { x: { type: string } }\nproperties: { f: { $ref: '#/$defs/x' } }", after: "$defs: { x: { type: integer } }\nproperties: { f: { $ref: '#/$defs/x' } }" },
  definitions: { before: "definitions: { x: { type: string } }\nproperties: { f: { $ref: '#/definitions/x' } }", after: "definitions: { x: { type: integer } }\nproperties: { f: { $ref: '#/definitions/x' } }" },
  type: root("type: object"),
  allOf: { ...root("allOf: [{ $ref: group:shared }]", [{ c: "z" }]), files: { "schemas/shared.yaml": "group: shared\nproperties: { c: { type: string } }" } },
  properties: { before: "properties: { f: { type: string } }", after: properties, write: [{ h: "x" }] },
  required: root("required: [f]", [{ h: "x" }]),
  additionalProperties: root("additionalProperties: { type: string }", [{ x: "y" }]),
  patternProperties: root("patternProperties: { ^x: { type: string } }", [{ x: "y" }]),
  propertyNames: mapRoot("propertyNames: { maxLength: 1 }"),
  minProperties: mapRoot("minProperties: 3"),
  maxProperties: mapRoot("maxProperties: 1"),
  dependentRequired: root("dependentRequired: { f: [h] }"),
  dependencies: root("dependencies: { f: [h] }"),
  sensitivity: root("sensitivity: sensitive", [...fits, { f: 7 }]),
  reserved: root("reserved: { names: [gone], values: [old] }"),
};

/** A definition under another name, and one that adds to an imported one. */
function naming(kind: Exclude<Place, "field">, body: string, more: string): Flips {
  const imported = { [`wevt:x.yaml`]: `${kind}: x\n${body}` };
  return {
    [kind]: { before: "", after: "", projects: [imported, { [`wevt:x.yaml`]: `${kind}: y\n${body}` }], write: [{ f: 7 }] },
    extends: { before: "", after: "", projects: [imported, { ...imported, "schemas/x.yaml": `${kind}: x\nextends: wevt:x\n${more}` }], write: [{ h: "x" }] },
  };
}

function flipOf(from: Flips, keyword: string): Flip {
  const flip = from[keyword];
  if (flip === undefined) throw new Error(`no flip ${keyword}`);
  return flip;
}

const owned = (kind: Exclude<Place, "field">): Flips => ({ ...ownerFlips, ...naming(kind, "properties: { f: { type: string } }", "properties: { h: { type: string } }") });

const numbers = "properties: { n: { type: number } }";
const rolled = (kept: string): string => `${numbers}\nrepeatable: true\nrollup: { n: ${kept} }`;

/** What an event refers to. */
export const eventFiles: Files = {
  "schemas/o.yaml": "originator: o\nproperties: { f: { type: string } }",
  "schemas/p.yaml": "partial: p\nproperties: { f: { type: string }, h: { type: string } }",
  "schemas/q.yaml": "partial: q\nproperties: { f: { type: string } }",
};

const event = (line: string): Flip => ({ before: "partials: { p: optional }", after: `partials: { p: optional }\n${line}` });

export const flips: { readonly [P in Place]: Flips } = {
  field: { ...fieldFlips, ...fieldForms, ...fieldParts, ...fieldValues },
  partial: {
    ...owned("partial"),
    repeatable: root("repeatable: true"),
    "repeatable.max": { before: `${properties}\nrepeatable: true`, after: `${properties}\nrepeatable: { max: 1 }`, several: [...fits, ...fits] },
    rollup: { before: `${numbers}\nrepeatable: true`, after: `${numbers}\nrepeatable: true\nrollup: true`, several: [{ n: 1 }, { n: 3 }] },
    ...map({ sum: "true", min: "true", max: "true", histogram: "[2, 4]" }, (kept, value) => ({ before: rolled("{}"), after: rolled(`{ ${kept}: ${value} }`), several: [{ n: 1 }, { n: 3 }] }), "rollup."),
    alwaysKeep: { ...root("alwaysKeep: true"), files: { "schemas/e.yaml": "event: e\npartials: { p: optional }\nsampling: { base: 1 }" } },
    "reserved.names": root("reserved: { names: [gone] }"),
    "reserved.values": root("reserved: { values: [old] }"),
  },
  originator: owned("originator"),
  service: owned("service"),
  group: { ...owned("group"), ...map({ additionalProperties: true, propertyNames: true, minProperties: true, maxProperties: true }, (keyword) => ({ ...flipOf(ownerFlips, keyword), whole: true })) },
  event: {
    ...map(sayings, (keyword, value) => event(`${keyword}: ${value}`)),
    ...naming("event", "partials: { p: optional }", "partials: { q: required }"),
    $schema: event("$schema: https://json-schema.org/draft/2020-12/schema"),
    $id: event("$id: https://example.com/e"),
    grain: event("grain: one row per thing"),
    partials: { before: "partials: { p: optional }", after: "partials: { p: optional, q: required }" },
    "partials.presence": { before: "partials: { p: { presence: optional } }", after: "partials: { p: { presence: required } }", write: [] },
    "partials.require": { before: "partials: { p: { presence: required } }", after: "partials: { p: { presence: required, require: [h] } }" },
    originators: { ...event("originators: [other]"), files: { "schemas/other.yaml": "originator: other\nproperties: { f: { type: string } }" } },
    consumers: event("consumers: [billing dashboard]"),
    sampling: event("sampling: { base: 0.5, rules: [{ name: everything }] }"),
    "sampling.base": event("sampling: { base: 1 }"),
    "sampling.rules": event("sampling: { rules: [{ name: abc, when: { p.f: { const: abc } } }] }"),
  },
};

/** Why some keywords change nothing: `place keyword`, or a keyword wherever it stands. */
export const changesNothing: { readonly [keyword: string]: string } = {
  $schema: "it names the dialect, for editors",
  $id: "references go by file and by name",
  "merge: replace": "it is the default",
  "sensitivity: none": "it is the default",
  "handling: plain": "it is the default",
  "stability: stable": "it is the default",
  "partial type": "a definition is an object, said or not",
  "originator type": "a definition is an object, said or not",
  "service type": "a definition is an object, said or not",
  "group type": "a definition is an object, said or not",
};
