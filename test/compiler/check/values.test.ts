import { describe, expect, it } from "vitest";
import { hasFormat } from "../../../src/compiler/rules/text-formats.js";
import { refusalBySchema } from "../../../src/compiler/rules/value-judge.js";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (schema: string): Promise<readonly string[]> => (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: ${schema}` })).problems;
const placeOf = (schema: string, value: string): string => `3:${"  x: ".length + schema.lastIndexOf(value) + 1}`;

describe("a value or metadata that its own field refuses is told once, where it stands", () => {
  it.each([
    ["{ type: integer, examples: [1, many] }", "BAD_VALUE", "many"],
    ["{ type: integer, maximum: 3, default: 4 }", "BAD_VALUE", "4"],
    ["{ type: string, maxLength: 2, enum: [ab, abc] }", "BAD_VALUE", "abc"],
    ["{ type: string, minLength: 4, enum: [abc] }", "BAD_VALUE", "abc"],
    ["{ type: integer, const: a }", "BAD_VALUE", "a "],
    ["{ type: string, maxLength: 2, oneOf: [{ const: ab }, { const: abc }] }", "BAD_VALUE", "{ const: abc }"],
    ["{ type: string, pattern: ^a, knownValues: [b] }", "BAD_VALUE", "b]"],
    ["{ type: string, format: date, examples: [tomorrow] }", "BAD_VALUE", "tomorrow"],
    ["{ type: string, format: int64, examples: ['9223372036854775808'] }", "BAD_VALUE", "'9"],
    ["{ type: array, items: { type: string }, examples: [[a, 1]] }", "BAD_VALUE", "[a"],
    ["{ type: string, examples: [2e10] }", "UNQUOTED_VALUE", "2e10"],
    ["{ type: string, merge: sum }", "METADATA_MISFIT", "sum"],
    ["{ type: integer, handling: hash }", "METADATA_MISFIT", "hash"],
    ["{ type: integer, format: int64 }", "METADATA_MISFIT", "int64"],
    ["{ type: string, unit: ms }", "METADATA_MISFIT", "ms"],
    ["{ type: string, sensitivity: secret, handling: plain }", "SECRET_IN_PLAIN", "plain"],
    ['{ type: number, unit: "{item" }', "UNIT_SYNTAX", '"{item'],
    ["{ type: number, unit: a//b }", "UNIT_SYNTAX", "a//b"],
    ["{ type: number, unit: m. }", "UNIT_SYNTAX", "m."],
    ["{ type: string, nullMeans: none }", "NULL_NEVER", "none"],
  ])("%s", async (schema, id, value) => {
    expect(await problemsOf(schema)).toEqual([expect.stringMatching(new RegExp(`^schemas/a.yaml:${placeOf(schema, value)} ${id} `))]);
  });

  it("where none of the listed values fits, each is told", async () => {
    expect(await problemsOf("{ type: string, minLength: 4, enum: [a, b] }")).toHaveLength(2);
  });

  it("with quotes of its own once, and control characters made visible", async () => {
    expect((await problemsOf("{ type: string, maxLength: 2, examples: [abc] }"))[0]).toContain('refuses its own `examples` "abc": it has');
    expect((await problemsOf('{ type: string, maxLength: 2, examples: ["ab\\u202ec"] }'))[0]).toContain('"ab\\u{202e}c"');
  });
});

it.each(["ms", "By/s", "m/s", "/min", "{item}/s", "[degF]", "1", "%", "currency:USD", "kg.m/s2", "10*3"])("the unit %s is fine", async (unit) => {
  expect(await problemsOf(`{ type: number, unit: ${JSON.stringify(unit)} }`)).toEqual([]);
});

it("a value that no comparison can be trusted with is let through, not a crash", async () => {
  expect(await problemsOf("{ enum: [{ toString: 1 }], examples: [{ toString: 2 }] }")).toEqual([]);
});

describe("ajv, which is slow to load, is asked only where something is wrong: the same answer is given without it", () => {
  const texts = ["2026-01-20", "2026-02-30", "2026-01-20T00:19:26.748Z", "2026-01-20T24:00:00Z", "12:00:00Z", "P3D", "P", "a@b.example", "a@b", "b.example", "-b", "192.0.2.1", "192.0.2.256", "::1", ":::", "https://b.example/?c#d", "no uri", "3e0f2c6a-6c1e-4b7e-9a6e-0a1b2c3d4e5f", "3e0f", "9223372036854775807", "-9223372036854775809", "01", ""];
  const formats = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "int64"] as const;

  it.each(formats)("format %s", (format) => {
    const verdicts = texts.map((text) => refusalBySchema({ type: "string", format }, text) === undefined);
    expect(texts.map((text) => hasFormat(format, text))).toEqual(verdicts);
    expect(new Set(verdicts).size).toBe(2);
  });

  it.each([
    ["{ type: array, items: { type: string, format: date } }", "[2026-01-20, x]"],
    ["{ type: array, items: { type: integer, minimum: 1 } }", "[0]"],
    ["{ type: array, items: { type: integer }, minItems: 2 }", "[1]"],
    ["{ type: array, items: { type: integer }, maxItems: 1 }", "[1, 2]"],
    ["{ type: array, items: { type: integer }, uniqueItems: true }", "[1, 1]"],
    ["{ type: array, items: { type: array, items: { type: integer } } }", "[[1], [a]]"],
    ["{ type: array, prefixItems: [{ type: integer }], items: { type: string } }", "[a]"],
    ["{ type: array, items: { type: object, properties: { y: { type: integer } } } }", "[{ y: a }]"],
    ["{ type: string, format: date, maxLength: 2 }", "2026-01-20"],
  ])("%s refuses %s", async (schema, example) => {
    const text = `${schema.slice(0, -2)}, examples: [${example}] }`;
    expect(await problemsOf(text)).toEqual([expect.stringMatching(/ BAD_VALUE /)]);
  });

  it.each([
    ["{ type: array, items: { type: string, format: date } }", '["2026-01-20"]'],
    ["{ type: array, items: { type: array, items: { type: integer } } }", "[[1], []]"],
    ["{ type: array, prefixItems: [{ type: integer }], items: { type: string } }", "[1, a]"],
  ])("%s accepts %s", async (schema, example) => {
    expect(await problemsOf(`${schema.slice(0, -2)}, examples: [${example}] }`)).toEqual([]);
  });
});

describe("what contradicts itself", () => {
  it("a required field with a default is a warning", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": "partial: a\nrequired: [x]\nproperties: { x: { type: string, default: b } }" });
    expect(problems).toEqual(['schemas/a.yaml:3:43 DEFAULT_OF_REQUIRED "a.x" is required, so its `default` says nothing']);
  });

  it.each(["deprecation: { reason: obsolete }", "x-deprecation: {}", "stability: deprecated"])("`deprecated: false` beside %s is refused and shows both", async (other) => {
    expect(await problemsOf(`{ type: string, deprecated: false, ${other} }`)).toEqual([expect.stringMatching(/^schemas\/a\.yaml:3:34 DEPRECATED_AND_NOT /), expect.stringMatching(/^ {2}schemas\/a\.yaml:3:41 /)]);
  });

  it.each([
    ["{ type: integer, minLength: 1 }", '"minLength" says nothing about integer: it is for string'],
    ["{ type: string, minimum: 1 }", '"minimum" says nothing about string: it is for integer or number'],
    ["{ type: [boolean, string], uniqueItems: true }", '"uniqueItems" says nothing about boolean or string: it is for array'],
    ["{ type: array, items: { type: string }, required: [a] }", '"required" says nothing about array: it is for object'],
  ])("a keyword that the type ignores is a warning at the keyword: %s", async (schema, message) => {
    const keyword = message.slice(1, message.indexOf('"', 1));
    expect(await problemsOf(schema)).toEqual([`schemas/a.yaml:${placeOf(schema, keyword)} IGNORED_KEYWORD ${message}`, expect.stringMatching(/ the type$/)]);
  });

  it("a keyword of any of the types is fine", async () => {
    expect(await problemsOf('{ type: [string, integer, "null"], minLength: 1, minimum: 1 }')).toEqual([]);
  });

  it("a repeatable partial without an end is refused", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": "partial: a\nrepeatable: { max: 10001 }\nproperties: { x: { type: string } }" });
    expect(problems).toEqual(['schemas/a.yaml:2:20 REPEATABLE_MAX partial "a" would be kept 10,001 times on one event; the most is 10,000']);
  });
});
