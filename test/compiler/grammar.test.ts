import { describe, expect, it } from "vitest";
import { load } from "../../src/compiler/load.js";
import { conditionKeywords, keywordTable, unsupportedKeywords } from "../../src/compiler/keywords.js";
import { dedent } from "../helpers/compile.js";
import { diagnosticsText } from "../helpers/diagnostics-text.js";

/** Problems of one file as `line:column ID message (hint)`, related places on lines of their own. */
function problemsOf(text: string): readonly string[] {
  return diagnosticsText(load([{ path: "a.yaml", text: dedent(text) }]).diagnostics)
    .replaceAll("\n    hint: ", "  -> ")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace("a.yaml:", "").replace("  error  ", " ").replace("  warn  ", " warn "));
}

/** Problems of one field of a partial; it starts at 3:6. */
const fieldProblems = (field: string): readonly string[] => problemsOf(`partial: p\nproperties:\n  f: ${field}`);

describe("a definition", () => {
  it("has one key that says what it defines", () => {
    expect(problemsOf("properties: { a: { type: string } }")).toEqual(["1:1 NO_DEFINITION_KEY  the file does not say what it defines  -> start with `partial: NAME`, or originator, service, event, group"]);
    expect(problemsOf("partail: user\nproperties: { a: { type: string } }")).toEqual(['1:1 NO_DEFINITION_KEY  the file does not say what it defines: "partail" is no such key  -> did you mean "partial"?']);
    expect(problemsOf("partial: user\nevent: signup")).toEqual(["2:1 SEVERAL_DEFINITION_KEYS  the file defines a partial and an event", "    1:1  the partial  -> write one definition per file"]);
  });

  it.each([
    ["partial: User", 'INVALID_NAME  "User" is no name for a partial: a small letter, then letters, digits and _  -> write user'],
    ["partial: my-user", 'INVALID_NAME  "my-user" is no name for a partial: a small letter, then letters, digits and _  -> write myUser'],
    ["partial: a.b", 'INVALID_NAME  "a.b" is no name for a partial: a small letter, then letters, digits and _  -> write aB'],
    ["event: agent..run", 'INVALID_NAME  "agent..run" is no name for an event: a small letter, then letters, digits and _; dots between such names  -> write agentRun'],
    ["originator: 日本", 'INVALID_NAME  "日本" is no name for an originator: a small letter, then letters, digits and _'],
    ["partial: 7", 'WRONG_KEYWORD_VALUE  "partial" has to be a name like `user` or `rateLimit`; this is 7'],
    ["partial: [a]", 'WRONG_KEYWORD_VALUE  "partial" has to be a name like `user` or `rateLimit`; this is a list'],
  ])("%s: its name is told", (text, expected) => {
    expect(problemsOf(text).map((line) => line.replace(/^\d+:\d+ /, ""))).toEqual([expected]);
  });

  it("an event may have dots in its name and owns no fields", () => {
    expect(problemsOf("event: agent.execution\npartials: { user: required, chat: { presence: optional, require: [id] } }\noriginators: [http]\ngrain: one row per run")).toEqual([]);
    expect(problemsOf("event: e\nproperties: { a: { type: string } }")).toEqual(['2:1 MISPLACED_KEYWORD  "properties" has no meaning in an event  -> it belongs to a partial: an event owns no fields, it lists `partials:`']);
  });

  it("is an object", () => {
    expect(problemsOf("partial: p\ntype: object")).toEqual([]);
    expect(problemsOf("partial: p\ntype: string")).toEqual(['2:7 WRONG_KEYWORD_VALUE  "type" has to be object: a definition is an object; this is the text "string"']);
  });

  it.each([
    ["rollups: { a: { sum: true } }", '2:1 UNKNOWN_KEYWORD  unknown keyword "rollups"  -> did you mean "rollup"?'],
    ["rollup: { a: { total: true } }", '2:16 UNKNOWN_KEY  "rollup" has no key "total"  -> it has sum, min, max, histogram'],
    ["rollup: { a: { sun: true } }", '2:16 UNKNOWN_KEY  "rollup" has no key "sun"  -> did you mean "sum"?'],
    ["rollup: { a: { sum: 1 } }", '2:21 WRONG_KEYWORD_VALUE  "rollup.a.sum" has to be true or false; this is 1  -> '],
    ["rollup: { a: { histogram: [] } }", '2:27 WRONG_KEYWORD_VALUE  "rollup.a.histogram" has to be a list of at least 1; this is an empty list  -> '],
    ["rollup: { a: { histogram: [x] } }", '2:28 WRONG_KEYWORD_VALUE  "rollup.a.histogram" has to be a number; this is the text "x"  -> '],
    ["rollup: { a: sum }", '2:14 WRONG_KEYWORD_VALUE  "rollup.a" has to be a mapping; this is the text "sum"  -> '],
    ["rollup: [a]", '2:9 WRONG_KEYWORD_VALUE  "rollup" has to be true (counts alone), or a mapping of number fields to what is kept of them: sum, min, max, histogram; this is a list  -> '],
  ])("of what items add up to is told at its place: %s", (line, expected) => {
    const cure = "write for each field what is kept: `durationMs: { sum: true, histogram: [100, 1000] }`";
    expect(problemsOf(`partial: p\n${line}`)).toEqual([expected.replace(/-> $/, `-> ${cure}`)]);
  });

  it.each([
    ["sampling: {}", '2:11 WRONG_KEYWORD_VALUE  "sampling" has to be a mapping with `base` (the share that is kept, from 0 to 1) or `rules` (a list; each has a name, conditions, and `keep`, a share, or `perSecond`); this is an empty mapping'],
    ["sampling: { rate: 0.1 }", '2:13 UNKNOWN_KEY  "sampling" has no key "rate"'],
    ["sampling: { rules: [{ name: a, outcom: error }] }", '2:32 UNKNOWN_KEY  "sampling" has no key "outcom"  -> did you mean "outcome"?'],
    ["sampling: { rules: [{ name: a, outcome: failed }] }", '2:41 WRONG_KEYWORD_VALUE  "sampling.rules.outcome" has to be'],
    ["sampling: { rules: [{ keep: 1 }] }", '2:21 WRONG_KEYWORD_VALUE  "sampling.rules" has to be'],
    ["sampling: { rules: [{ name: a, when: { x: { min: 1 } } }] }", '2:45 UNKNOWN_KEY  "sampling" has no key "min"'],
    ["alwaysKeep: true", '2:1 MISPLACED_KEYWORD  "alwaysKeep" has no meaning in an event  -> it belongs to a partial'],
    ["x-alwaysKeep: true", '2:1 MISPLACED_KEYWORD  "x-alwaysKeep" has no meaning in an event  -> it belongs to a partial'],
  ])("of sampling is judged: %s", (line, expected) => {
    expect(problemsOf(`event: e\n${line}`)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("an unknown keyword", () => {
  it.each([
    ["{ type: string, breif: x }", '3:22 UNKNOWN_KEYWORD  unknown keyword "breif"  -> did you mean "brief"?'],
    ["{ type: string, min_length: 1 }", '3:22 UNKNOWN_KEYWORD  unknown keyword "min_length"  -> did you mean "minLength"?'],
    ["{ type: string, x-unti: ms }", '3:22 UNKNOWN_KEYWORD  unknown keyword "x-unti"  -> did you mean "x-unit"?'],
    ["{ type: string, frobnicate: 1 }", '3:22 UNKNOWN_KEYWORD  unknown keyword "frobnicate"  -> a key of your own starts with `x-`'],
    ["{ type: object, zipcode: { type: string } }", '3:22 UNKNOWN_KEYWORD  unknown keyword "zipcode"  -> a field stands below `properties:`'],
    ["{ type: string, grain: x }", '3:22 MISPLACED_KEYWORD  "grain" has no meaning in a field  -> it belongs to an event'],
    ["{ type: string, alwaysKeep: true }", '3:22 MISPLACED_KEYWORD  "alwaysKeep" has no meaning in a field  -> it belongs to a partial'],
    ["{ type: string, rollup: true }", '3:22 MISPLACED_KEYWORD  "rollup" has no meaning in a field  -> it belongs to a partial'],
  ])("%s is one error", (field, expected) => {
    expect(fieldProblems(field)).toEqual([expected]);
  });

  it("that starts with x- is kept", () => {
    expect(fieldProblems("{ type: string, x-team-colour: blue, x-internal: { a: 1 } }")).toEqual([]);
  });

  it.each([...unsupportedKeywords.keys()])("%s of JSON Schema is named, with a cure", (keyword) => {
    expect(fieldProblems(`{ type: string, ${keyword}: {} }`)).toEqual([`3:22 UNSUPPORTED_KEYWORD  JSON Schema keyword "${keyword}" is not supported  -> ${unsupportedKeywords.get(keyword)}`]);
  });

  it("unit on a partial is misplaced, in both spellings", () => {
    const cure = "has no meaning in a partial  -> it belongs to a field";
    expect(problemsOf("partial: p\nunit: ms")).toEqual([`2:1 MISPLACED_KEYWORD  "unit" ${cure}`]);
    expect(problemsOf("partial: p\nx-unit: ms")).toEqual([`2:1 MISPLACED_KEYWORD  "x-unit" ${cure}`]);
  });
});

describe("the value of a keyword", () => {
  it.each([
    ["{ type: strnig }", 'type', "3:14", /^"type" has to be null, boolean, .*; this is the text "strnig" {2}-> did you mean "string"/],
    ["{ type: [string, null] }", "type", "3:23", /this is null  -> null in a list of types is text/],
    ["{ type: string, minLength: -1 }", "minLength", "3:33", /has to be a whole number, 0 or more; this is -1/],
    ['{ type: number, minimum: "0" }', "minimum", "3:31", /has to be a number; this is the text "0"/],
    ["{ type: number, minimum: 5, exclusiveMinimum: true }", "exclusiveMinimum", "3:52", /a number; this is true {2}-> the draft-04 form .* is written `exclusiveMinimum: 5`/],
    ["{ type: number, maximum: 9, exclusiveMaximum: true }", "exclusiveMaximum", "3:52", /the draft-04 form `maximum: 9, exclusiveMaximum: true` is written `exclusiveMaximum: 9`/],
    ["{ type: number, multipleOf: 0 }", "multipleOf", "3:34", /greater than 0/],
    ["{ type: string, required: true }", "required", "3:32", /a list of property names; this is true {2}-> `required` stands on the object/],
    ["{ type: array, uniqueItems: yes }", "uniqueItems", "3:34", /true or false; this is the text "yes" {2}-> yes is text in YAML 1.2: write true or false/],
    ["{ type: string, deprecated: on }", "deprecated", "3:34", /on is text in YAML 1.2/],
    ["{ type: string, format: datetime }", "format", "3:30", /this is the text "datetime" {2}-> did you mean "date-time"\?/],
    ["{ type: number, unit: 1 }", "unit", "3:28", /a UCUM-like unit as text.*this is 1 {2}-> quote what YAML reads/],
    ["{ type: number, unit: {item} }", "unit", "3:28", /this is a mapping {2}-> quote what YAML reads/],
    ["{ type: string, kind: dimention }", "kind", "3:28", /did you mean "dimension"/],
    ["{ type: string, handling: truncate:0 }", "handling", "3:32", /plain, hash, mask, truncate:N or drop/],
    [`{ type: string, brief: ${"x".repeat(121)} }`, "brief", "3:29", /one line of at most 120 characters; this is text of 121 characters {2}-> move the rest/],
    ['{ type: string, brief: "a\\nb" }', "brief", "3:29", /one line/],
    ["{ type: string, enum: [] }", "enum", "3:28", /a list of values; this is an empty list/],
    ["{ type: string, enum: free }", "enum", "3:28", /a list of values; this is the text "free"/],
    ["{ type: string, deprecation: { reason: gone } }", "deprecation.reason", "3:45", /one of renamed, obsolete, split/],
    ["{ type: string, links: [ftp://x] }", "links", "3:30", /a list of http\(s\) addresses/],
    ["{ type: string, links: ['javascript:alert(1)'] }", "links", "3:30", /a list of http\(s\) addresses/],
    ["{ type: string, join: { table: users } }", "join", "3:28", /a mapping with table and column; this is a mapping without column/],
    ["{ type: object, dependencies: { a: { type: object } } }", "dependencies.a", "3:41", /a list.* {2}-> schemas in `dependencies` are not supported/],
    ["{ type: string, oneOf: { const: a } }", "oneOf", "3:29", /a list of schemas; this is a mapping/],
    ["{ type: object, properties: [a] }", "properties", "3:34", /a mapping of names to schemas; this is a list/],
    ["{ type: array, items: string }", "items", "3:28", /a schema, true or false; this is the text "string"/],
    ["{ type: object, additionalProperties: no }", "additionalProperties", "3:44", /no is text in YAML 1.2/],
    ["{ type: string, when: { user.tier: { nope: 1 } } }", "when", "3:43", /"when" has no key "nope"/],
  ])("%s is told at its place", (field, keyword, place, message) => {
    const problems = fieldProblems(field);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${place} (WRONG_KEYWORD_VALUE|UNKNOWN_KEY)  "${keyword}" `));
    expect(problems[0]?.replace(/^\S+ \S+ {2}/, "")).toMatch(message);
  });

  it("with an unknown key says what is near", () => {
    expect(fieldProblems("{ type: string, deprecation: { reson: renamed } }")).toEqual(['3:37 UNKNOWN_KEY  "deprecation" has no key "reson"  -> did you mean "reason"?']);
    expect(fieldProblems("{ type: string, join: { table: a, column: b, zzzzz: c } }")).toEqual(['3:51 UNKNOWN_KEY  "join" has no key "zzzzz"  -> it has table, column']);
  });

  it("that should be a schema is told", () => {
    expect(fieldProblems("string")).toEqual(['3:6 NOT_A_SCHEMA  a schema has to be a mapping; this is the text "string"  -> write `{ type: string }`']);
    expect(fieldProblems("")).toEqual(["3:4 NOT_A_SCHEMA  a schema has to be a mapping; this is null  -> write `{ type: string }`"]);
  });

  it("listed twice is told with both places", () => {
    expect(fieldProblems("{ enum: [a, { x: 1, y: 2 }, { y: 2, x: 1 }] }")).toEqual(["3:34 DUPLICATE_VALUE  a mapping is listed twice", "    3:18  first listed here  -> remove one of the two"]);
  });

  it("named like a built-in of JavaScript is only a value", () => {
    expect(fieldProblems("{ enum: [{ toString: 1 }, { toString: 2 }, { valueOf: 1, constructor: 1, __proto__: 1 }] }")).toEqual([]);
  });
});

describe("yes and no among values", () => {
  it("unquoted are text, with a warning", () => {
    expect(fieldProblems('{ enum: [se, no, "on"] }')).toEqual(['3:19 warn LEGACY_BOOLEAN  no is the text "no" here, and a truth value to readers of YAML 1.1  -> write "no" in quotes, or true or false when that is meant']);
    expect(fieldProblems("{ const: yes }")).toHaveLength(1);
  });
});

describe("both spellings of metadata", () => {
  it("are read alike", () => {
    expect(fieldProblems("{ type: number, x-unit: ms, x-brief: Time., x-deprecation: { reason: obsolete } }")).toEqual([]);
    expect(fieldProblems("{ type: number, x-sensitivity: high }")[0]).toMatch(/^3:37 WRONG_KEYWORD_VALUE/);
  });

  it("on one field are an error at both places", () => {
    expect(fieldProblems("{ type: number, unit: ms, x-unit: s }")).toEqual(['3:32 BOTH_SPELLINGS  "unit" and "x-unit" are the same keyword', "    3:22  written plainly here  -> keep one of them"]);
  });
});

describe("a property name", () => {
  it.each([
    ["http.status", "nest it: `http: { type: object, properties: { status: … } }`"],
    ["1st", "the name on the wire is the name in the schema: choose a plain one"],
    ["a b", "the name on the wire is the name in the schema: choose a plain one"],
    ["größe", "the name on the wire is the name in the schema: choose a plain one"],
  ])("%j is an error with its cure", (name, cure) => {
    expect(problemsOf(`partial: p\nproperties:\n  ${JSON.stringify(name)}: { type: string }`)).toEqual([`3:3 INVALID_NAME  "${name}" is no name for a property: a letter or _, then letters, digits, _ and -  -> ${cure}`]);
  });

  it("may be any name elsewhere: $defs and patterns", () => {
    expect(problemsOf("partial: p\n$defs: { a.b: { type: string } }\nproperties: { _a-B9: { type: string } }\npatternProperties: { '^a.b': { type: string } }")).toEqual([]);
  });
});

describe("draft-07", () => {
  it("is read: definitions, items as a list, numeric exclusive bounds, dependencies of names", () => {
    expect(problemsOf(`
      $schema: http://json-schema.org/draft-07/schema#
      $id: https://example.com/p
      $comment: From an older tool.
      partial: p
      definitions: { id: { type: string } }
      properties:
        pair: { type: array, items: [{ type: string }, { type: number, exclusiveMinimum: 0 }], additionalItems: false }
      dependencies: { a: [b] }
    `)).toEqual([]);
  });
});

describe("one mistake", () => {
  it("is one diagnostic, and several are told in file order", () => {
    const problems = problemsOf(`
      partial: p
      properties:
        a: { type: strin, breif: x }
        b: { items: [{ type: zz }, 7] }
      required: [a, a]
    `);
    expect(problems.map((line) => line.slice(0, line.indexOf("  ")))).toEqual(["3:14 WRONG_KEYWORD_VALUE", "3:21 UNKNOWN_KEYWORD", "4:24 WRONG_KEYWORD_VALUE", "4:30 NOT_A_SCHEMA", "5:11 WRONG_KEYWORD_VALUE"]);
  });

  it("in an aliased value is told once, where it was written", () => {
    expect(problemsOf("partial: p\nproperties:\n  a: &a { type: strin }\n  b: *a\n  c: { <<: *a }")).toHaveLength(1);
  });
});

describe("the table of keywords", () => {
  it("names each keyword once, with a line for editors", () => {
    expect(new Set(keywordTable.map((keyword) => keyword.name)).size).toBe(keywordTable.length);
    expect(keywordTable.filter((keyword) => keyword.brief === "" || keyword.expects === "")).toEqual([]);
    expect(conditionKeywords.filter((name) => !keywordTable.some((keyword) => keyword.name === name))).toEqual([]);
  });
});
