import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Meta, ObjectShape, Registry, Value } from "../../src/compiler/registry.js";
import { docsEmitter } from "../../src/emit/docs.js";
import type { Emitter } from "../../src/emit/emitter.js";
import { fieldsEmitter, fieldsJson } from "../../src/emit/fields.js";
import { see } from "../helpers/markdown.js";
import { standardRegistry, templateRegistry } from "../helpers/projects.js";
import { event, field, integer, partial, plainMeta, registry, service, shape, string } from "../helpers/registry.js";

const schema: unknown = JSON.parse(readFileSync(new URL("../../schemas/meta/fields.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(typeof schema === "object" && schema !== null ? schema : {});

/** One field with a value, on a record of an event. */
function registryWith(value: Value, said: Partial<Meta> = {}, object: Partial<ObjectShape> = {}): Registry {
  const p = partial("p", { object: shape([field("p", "f", { value, meta: said })], object) });
  return registry({ partials: [p], events: [event("e", { partials: [{ partial: p, presence: "required", require: [] }] })] });
}

/** What a reader of the pages sees, all pages together. */
async function seen(given: Registry): Promise<string> {
  const files = await docsEmitter.emit(given, { options: { fieldsJson: false }, out: "" });
  return files.map((file) => see(file.text).text).join("\n");
}

/** Each keyword that says something about a field, and words by which a reader recognises it. */
const keywords: { readonly [K in keyof Required<Meta>]: readonly [Partial<Meta>, RegExp] } = {
  brief: [{ brief: "It is short." }, /It is short\./],
  description: [{ description: "It is longer." }, /It is longer\./],
  title: [{ title: "A title" }, /Title: A title/],
  comment: [{ comment: "Why so" }, /Comment: Why so/],
  unit: [{ unit: "By" }, /Unit: By/],
  kind: [{ kind: "id" }, /Kind: id/],
  aggregate: [{ aggregate: "p99" }, /Aggregate with: p99/],
  decimals: [{ decimals: 2 }, /Decimals: 2/],
  cardinality: [{ cardinality: "low" }, /Cardinality: low/],
  sensitivity: [{ sensitivity: "personal" }, /Sensitivity: personal, written as it is/],
  handling: [{ handling: "truncate:5" }, /Handling: written up to 5 characters/],
  merge: [{ merge: "sum" }, /Several writes: are added up \(sum\)/],
  owner: [{ owner: "team-x" }, /Owner: team-x/],
  stability: [{ stability: "experimental" }, /Stability: experimental/],
  since: [{ since: "1.2" }, /Since: 1\.2/],
  deprecation: [{ deprecation: { since: "2", reason: "renamed", replacedBy: "p.g", note: "Later.", removeAfter: "3" } }, /Deprecated: since 2, renamed, use p\.g instead, will be removed after 3, Later\./],
  aliases: [{ aliases: ["p.old"] }, /Earlier names: p\.old/],
  knownValues: [{ knownValues: [{ value: "a", description: "First." }] }, /Known values: others may come\s+"a": First\./],
  nullMeans: [{ nullMeans: "not asked" }, /Null means: not asked/],
  when: [{ when: { "p.g": { minimum: 1 } } }, /Present when: p\.g: \{"minimum":1\}/],
  join: [{ join: { table: "users", column: "id" } }, /Joins: users\.id/],
  note: [{ note: "Mind this." }, /Mind this\./],
  pitfalls: [{ pitfalls: ["A trap."] }, /Pitfall\s+A trap\./],
  links: [{ links: [{ url: "https://a.example/", title: "Why" }] }, /Link: Why/],
  tags: [{ tags: ["billing"] }, /Tags: billing/],
  otel: [{ otel: { attribute: "user.id", relation: "match" } }, /OpenTelemetry: user\.id \(match\)/],
  column: [{ column: { clickhouse: "user_id" } }, /Column: clickhouse: user_id/],
  examples: [{ examples: ["abc", 1] }, /Examples: "abc", 1/],
  default: [{ default: { a: 1 } }, /Absent means: \{"a":1\}/],
  extensions: [{ extensions: { "x-cost": { eur: 1 } } }, /Extensions\s+x-cost, \{"eur":1\}/],
};

const leaf = (name: string, value: Value = string()) => field("p.f", name, { value });
const object = (more: Partial<ObjectShape>): Value => ({ types: ["object"], object: shape([leaf("a")], more) });

/** Each constraint, and the words for it. */
const constraints: readonly (readonly [string, Value, RegExp])[] = [
  ["minimum", { types: ["number"], number: { minimum: 3 } }, /number, at least 3/],
  ["maximum", { types: ["number"], number: { maximum: 9 } }, /number, at most 9/],
  ["minimum and maximum", { types: ["number"], number: { minimum: 0, maximum: 9 } }, /number, 0 to 9/],
  ["exclusiveMinimum", { types: ["number"], number: { exclusiveMinimum: 3 } }, /more than 3/],
  ["exclusiveMaximum", { types: ["number"], number: { exclusiveMaximum: 3 } }, /less than 3/],
  ["multipleOf", { types: ["integer"], number: { multipleOf: 5 } }, /a multiple of 5/],
  ["minLength", string({ minLength: 2 }), /at least 2 characters/],
  ["maxLength", string({ maxLength: 1 }), /at most 1 character\b/],
  ["pattern", string({ pattern: "^a|`b`" }), /matches \/\^a\|`b`\//],
  ["format", string({ format: "uuid" }), /format uuid/],
  ["minItems", { types: ["array"], array: { prefix: [], items: true, minItems: 2 } }, /array of any JSON, at least 2 items/],
  ["maxItems", { types: ["array"], array: { prefix: [], items: true, maxItems: 2 } }, /at most 2 items/],
  ["uniqueItems", { types: ["array"], array: { prefix: [], items: true, uniqueItems: true } }, /no two items alike/],
  ["items", { types: ["array"], array: { prefix: [], items: leaf("[]", integer) } }, /array of integer/],
  ["prefixItems", { types: ["array"], array: { prefix: [leaf("[0]"), leaf("[1]", integer)], items: false } }, /\[string, integer\], 2 fixed places, nothing after/],
  ["minProperties", object({ minProperties: 1 }), /at least 1 key\b/],
  ["maxProperties", object({ maxProperties: 4 }), /at most 4 keys/],
  ["additionalProperties", object({ additional: leaf("*", integer) }), /other keys are allowed: integer/],
  ["patternProperties", object({ patterns: [{ pattern: "^x_", field: leaf("/^x_/", integer) }] }), /integer under keys that match \/\^x_\//],
  ["propertyNames", object({ additional: true, keys: string({ maxLength: 3 }) }), /each key is string, at most 3 characters/],
  ["required without a field", object({ additional: true, requiredUndeclared: ["z"] }), /always has the keys z/],
  ["dependentRequired", object({ dependentRequired: [{ when: "a", require: ["b", "c"] }] }), /required too: a, b, c/],
  ["null", { types: ["null", "string"] }, /string or null/],
  ["values", { types: ["string"], values: [{ value: "free", description: "No card.", deprecated: true }] }, /"free" \(deprecated\) No card\./],
  ["variants", { types: ["object"], variants: { discriminator: "t", cases: [{ value: "card", meta: { ...plainMeta, brief: "By card." }, object: shape([leaf("t"), leaf("digits")]) }] } }, /Shape: t = "card": By card\./],
];

describe("no keyword is only parsed", () => {
  it.each(Object.entries(keywords))("%s is seen in the docs and in fields.json", async (key, [said, words]) => {
    const given = registryWith(string(), said);
    expect(await seen(given)).toMatch(words);
    expect(await seen(registryWith(string()))).not.toMatch(words);
    const [row] = JSON.parse(fieldsJson(given)).fields.filter((one: { path: string }) => one.path === "p.f");
    expect(row.meta[key]).toEqual(Object.values(said)[0]);
  });

  it.each(constraints)("%s is seen in the docs and in fields.json", async (_, value, words) => {
    expect(await seen(registryWith(value))).toMatch(words);
    expect(fieldsJson(registryWith(value))).not.toBe(fieldsJson(registryWith({ types: ["boolean"] })));
  });

  it.each(Object.entries(keywords))("%s of a definition is seen in the docs and in fields.json", async (key, [said, words]) => {
    const given = registry({ services: [service("s", { meta: said })] });
    expect(await seen(given)).toMatch(words);
    expect(JSON.parse(fieldsJson(given)).definitions[0].meta[key]).toEqual(Object.values(said)[0]);
  });
});

describe("fields.json", () => {
  it("is the same bytes beside the pages and alone, and is left out where the config says so", async () => {
    const given = registryWith(string());
    const from = async ({ emit }: Pick<Emitter, "emit">, options = {}): Promise<string | undefined> => (await emit(given, { options, out: "docs" })).find(({ path }) => path === "fields.json")?.text;
    expect(await from(fieldsEmitter)).toBe(fieldsJson(given));
    expect(await from(docsEmitter)).toBe(fieldsJson(given));
    expect(await from(docsEmitter, { fieldsJson: false })).toBeUndefined();
  });

  it.each([["rest", () => templateRegistry("rest", ["http", "route", "response"])], ["standard", standardRegistry]] as const)("of %s is as its schema says, sorted and complete", async (_, registryOf) => {
    const file = JSON.parse(fieldsJson(await registryOf()));
    validate(file);
    expect(validate.errors).toBeNull();
    const paths: string[] = file.fields.map((one: { path: string }) => one.path);
    expect(paths).toEqual([...paths].sort());
  });

  it("of every keyword and constraint is as its schema says", () => {
    for (const [said] of Object.values(keywords)) expect(validate(JSON.parse(fieldsJson(registryWith(string(), said)))), JSON.stringify(said)).toBe(true);
    for (const [name, value] of constraints) expect(validate(JSON.parse(fieldsJson(registryWith(value)))), name).toBe(true);
  });

  it("says for each event whether a field is always there", () => {
    const p = partial("p", { object: shape([field("p", "a", { value: string(), required: true }), field("p", "b", { value: string() })]) });
    const given = registry({ partials: [p], events: [event("one", { partials: [{ partial: p, presence: "required", require: ["b"] }] }), event("two", { partials: [{ partial: p, presence: "optional", require: [] }] })] });
    const rows: { path: string; events: { name: string; presence: string }[] }[] = JSON.parse(fieldsJson(given)).fields.filter((one: { path: string }) => one.path.startsWith("p."));
    expect(rows.map((row) => [row.path, ...row.events.map((one) => `${one.name} ${one.presence}`)])).toEqual([
      ["p.a", "one required", "two optional"],
      ["p.b", "one required", "two optional"],
    ]);
  });

  it("has one line for each field", async () => {
    const text = fieldsJson(await standardRegistry());
    const { fields, definitions } = JSON.parse(text);
    expect(text.split("\n").filter((line) => line.startsWith("    {"))).toHaveLength(fields.length + definitions.length);
  });
});

describe("fields.json of a registry of which an earlier one is known", () => {
  it("is what it would be without, whatever texts and extensions say", () => {
    const tricky = { brief: 'a","definition":"partial:p', extensions: { "x-row": { path: "q", definition: "partial:p" } } };
    const given = (unit: string): Registry =>
      registry({
        partials: [partial("p", { object: shape([field("p", 'a","definition":"partial:q', { value: string(), meta: tricky }), field("p", "é\\", { value: string() })]) }), partial("q", { object: shape([field("q", "f", { value: integer, meta: { ...tricky, unit } })]) })],
        services: [service("s", { object: shape([field("s", "f", { value: string(), meta: tricky })]) })],
      });
    const text = fieldsJson(given("By"));
    expect(fieldsJson(given("ms"), undefined, { text, holds: ({ name }) => name === "p" })).toBe(fieldsJson(given("ms")));
    expect(fieldsJson(given("ms"), undefined, { text, holds: () => true })).toBe(text);
  });
});
