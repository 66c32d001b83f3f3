/**
 * For each keyword: a field (or definition) without it and with it. What has to change is in `outputs.txt`; that nothing else does, too. The list of
 * keywords comes from `schemas/meta`: a keyword without a flip fails the test.
 */
export interface Flip {
  /** YAML of the field `f` of partial `p`, flow style. */
  readonly field?: readonly [before: string, after: string];
  /** Whole files instead, for keywords of a definition. */
  readonly files?: readonly [before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>];
  /** What the example service writes into `p.f`, as JavaScript; default `"abc"`. */
  readonly write?: string;
}

const text = (extra: string): Flip => ({ field: ["{ type: string }", `{ type: string, ${extra} }`] });
const number = (extra: string, write = "3.14159"): Flip => ({ field: ["{ type: number }", `{ type: number, ${extra} }`], write });
const list = (extra: string, write = '["a", "a"]'): Flip => ({ field: ["{ type: array, items: { type: string } }", `{ type: array, items: { type: string }, ${extra} }`], write });
const object = (extra: string, write = '{ a: "x", b: "y" }'): Flip => ({
  field: ["{ type: object, properties: { a: { type: string }, b: { type: string } } }", `{ type: object, properties: { a: { type: string }, b: { type: string } }, ${extra} }`],
  write,
});
const map = (extra: string, write = '{ a: "x", bb: "y" }'): Flip => ({
  field: ["{ type: object, additionalProperties: { type: string } }", `{ type: object, additionalProperties: { type: string }, ${extra} }`],
  write,
});
const partial = (line: string): Flip => ({
  files: [
    { "schemas/p.yaml": "partial: p\nproperties: { f: { type: string } }" },
    { "schemas/p.yaml": `partial: p\n${line}\nproperties: { f: { type: string } }` },
  ],
});
const event = (line: string): Flip => {
  const shared = { "schemas/p.yaml": "partial: p\nproperties: { f: { type: string } }", "schemas/o.yaml": "originator: test\nproperties: { f: { type: string } }" };
  return { files: [{ ...shared, "schemas/e.yaml": "event: e\npartials: { p: optional }" }, { ...shared, "schemas/e.yaml": `event: e\n${line.includes("partials:") ? "" : "partials: { p: optional }\n"}${line}` }] };
};

/** Keywords of a schema node. */
export const fieldFlips: { readonly [keyword: string]: Flip } = {
  type: { field: ["{ type: string }", "{ type: [string, integer] }"] },
  enum: text("enum: [abc, def]"),
  const: text("const: abc"),
  oneOf: { field: ["{ type: string }", "{ oneOf: [{ const: abc, description: The first. }] }"] },
  properties: { field: ["{ type: object, properties: { a: { type: string } } }", "{ type: object, properties: { a: { type: string }, b: { type: string } } }"], write: '{ a: "x", b: "y" }' },
  required: object("required: [a]", '{ b: "y" }'),
  additionalProperties: object("additionalProperties: { type: string }", '{ a: "x", c: "z" }'),
  patternProperties: object("patternProperties: { ^c: { type: string } }", '{ a: "x", c: "z" }'),
  propertyNames: map("propertyNames: { maxLength: 1 }"),
  items: { field: ["{ type: array, items: { type: string } }", "{ type: array, items: { type: integer } }"], write: '["a"]' },
  prefixItems: list("prefixItems: [{ type: integer }]", '["a"]'),
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
  minProperties: map("minProperties: 3"),
  maxProperties: map("maxProperties: 1"),
  pattern: text("pattern: ^x"),
  format: text("format: uuid"),
  dependentRequired: object("dependentRequired: { a: [b] }", '{ a: "x" }'),
  dependencies: object("dependencies: { a: [b] }", '{ a: "x" }'),
  default: text("default: abc"),
  examples: text("examples: [abc]"),
  title: text("title: A title"),
  description: text("description: A longer text."),
  deprecated: text("deprecated: true"),
  brief: text("brief: A brief."),
  unit: number("unit: ms"),
  kind: text("kind: id"),
  aggregate: number("aggregate: p99"),
  decimals: number("decimals: 2"),
  cardinality: text("cardinality: low"),
  sensitivity: text("sensitivity: sensitive"),
  handling: text("handling: mask"),
  merge: number("merge: sum"),
  owner: text("owner: team-x"),
  stability: text("stability: experimental"),
  since: text("since: 1.2.0"),
  deprecation: text("deprecation: { reason: obsolete, note: Gone. }"),
  aliases: text("aliases: [p.old]"),
  knownValues: text("knownValues: [abc, { const: def, description: The second. }]"),
  nullMeans: { field: ['{ type: [string, "null"] }', '{ type: [string, "null"], nullMeans: Not asked. }'] },
  when: text("when: Only on Mondays."),
  join: text("join: { table: users, column: id }"),
  note: text("note: A note of some length."),
  pitfalls: text("pitfalls: [Do not sum.]"),
  links: text("links: [{ url: 'https://example.com/x', title: More }]"),
  tags: text("tags: [billing]"),
  otel: text("otel: { attribute: user.id, relation: equivalent }"),
  column: text("column: { clickhouse: UserId }"),
};

/** Keywords of a definition's root. */
export const definitionFlips: { readonly [keyword: string]: Flip } = {
  repeatable: partial("repeatable: { max: 7 }"),
  reserved: partial("reserved: { names: [gone] }"),
  grain: event("grain: one row per thing"),
  partials: event("partials: { p: required }"),
  originators: event("originators: [test]"),
  consumers: event("consumers: [billing dashboard]"),
};
