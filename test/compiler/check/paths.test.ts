import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (properties: string): Promise<readonly string[]> => (await compileFiles({ "schemas/p.yaml": `partial: p\nproperties:\n${properties}` })).problems;

const variants = (left: string, right: string): string => `
  pay:
    oneOf:
      - { type: object, required: [type], properties: { type: { const: card }, amount: ${left} } }
      - { type: object, required: [type], properties: { type: { const: sepa }, amount: ${right} } }`.slice(1);

describe("a path in two variants", () => {
  it.each([
    ["types", "{ type: integer }", "{ type: string }", "types", '"integer" and "string"'],
    ["types, one above others", "{ type: object, properties: { a: { type: string } } }", "{ type: string }", "types", '"object" and "string"'],
    ["units", "{ type: integer, unit: ms }", "{ type: integer, unit: s }", "units", '"ms" and "s"'],
    ["formats", "{ type: string, format: date }", "{ type: string, format: uuid }", "formats", '"date" and "uuid"'],
    ["sets of values", "{ enum: [a, b] }", "{ enum: [a, c] }", "sets of values", ''],
  ])("with two %s is an error that shows both places", async (_, left, right, what, sides) => {
    const problems = await problemsOf(variants(left, right));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^schemas\/p\.yaml:6:\d+ PATH_WITH_TWO /);
    expect(problems[0]).toContain(`"p.pay.amount" has two ${what}: ${sides}`);
    expect(problems[1]).toMatch(/^ {2}schemas\/p\.yaml:5:\d+ /);
  });

  it.each([
    ["{ type: integer, unit: ms }", "{ type: integer, unit: ms }"],
    ["{ enum: [a, b] }", "{ enum: [b, a] }"],
    ["{ const: a }", "{ const: b }"],
  ])("that is one thing is fine: %s %s", async (left, right) => {
    expect(await problemsOf(variants(left, right))).toEqual([]);
  });

  it("is told once where it stands in a group that two partials include", async () => {
    const { problems } = await compileFiles({
      "schemas/g.yaml": `group: g\nproperties:\n${variants("{ type: integer }", "{ type: string }")}`,
      "schemas/p.yaml": "partial: p\nallOf: [{ $ref: group:g }]",
      "schemas/q.yaml": "partial: q\nallOf: [{ $ref: group:g }]",
    });
    expect(problems).toEqual(['schemas/g.yaml:6:96 PATH_WITH_TWO "p.pay.amount" has two types: "integer" and "string"', "  schemas/g.yaml:5:96 integer"]);
  });
});

describe("a path that definitions share on the record", () => {
  it.each([["originator"], ["service"]])("has one meaning in each %s", async (kind) => {
    const { problems } = await compileFiles({
      "schemas/a.yaml": `${kind}: alpha\nproperties: { size: { type: integer, unit: By } }`,
      "schemas/b.yaml": `${kind}: beta\nproperties: { size: { type: integer, unit: ms } }`,
    });
    expect(problems).toEqual([`schemas/b.yaml:2:44 PATH_WITH_TWO "${kind}.size" has two units: "By" and "ms"`, "  schemas/a.yaml:2:44 By"]);
  });

  it("may not say of the service's name what the record does not", async () => {
    const { problems } = await compileFiles({
      "wevt:record.yaml": "group: record\nproperties: { service: { type: object, properties: { name: { type: string } } } }",
      "schemas/s.yaml": "service: s\nproperties: { name: { type: integer } }",
    });
    expect(problems[0]).toBe('schemas/s.yaml:2:29 PATH_WITH_TWO "service.name" has two types: "string" and "integer"');
  });
});

describe("an alias", () => {
  it.each(["p.b", "p.c", "p.b.x"])("that stands in the way of a field is an error that shows both places: %s", async (alias) => {
    const problems = await problemsOf(`  a: { type: string, aliases: [${alias}] }\n  b: { type: string }\n  c: { type: object, properties: { d: { type: string } } }`);
    expect(problems).toEqual([expect.stringMatching(/^schemas\/p\.yaml:3:32 ALIAS_TAKEN /), expect.stringMatching(/^ {2}schemas\/p\.yaml:[45]:(3|36) field /)]);
  });

  it("that is a field of an originator, a service or the record is in the way too", async () => {
    const { problems } = await compileFiles({
      "wevt:record.yaml": "group: record\nproperties: { durationMs: { type: number } }",
      "schemas/o.yaml": "originator: o\nproperties: { method: { type: string } }",
      "schemas/s.yaml": "service: s\nproperties: { pod: { type: string } }",
      "schemas/p.yaml": "partial: p\nproperties: { f: { type: string, aliases: [originator.method, service.pod, durationMs] } }",
    });
    expect(problems.filter((one) => one.includes("ALIAS_TAKEN"))).toHaveLength(3);
  });

  it("that two fields claim is an error that shows both places", async () => {
    expect(await problemsOf("  a: { type: string, aliases: [p.old] }\n  b: { type: string, aliases: [p.old] }")).toEqual([
      'schemas/p.yaml:4:32 ALIAS_TWICE "p.b" and "p.a" both claim the earlier name "p.old"',
      '  schemas/p.yaml:3:32 field "p.a"',
    ]);
  });

  it("of a field that is gone is fine", async () => {
    expect(await problemsOf("  a: { type: string, aliases: [p.old] }")).toEqual([]);
  });
});

describe("what names another field", () => {
  it.each(["{ type: string, deprecation: { reason: renamed, replacedBy: p.g } }", "{ type: string, when: { p.g: { const: x } } }"])("has to find it: %s", async (field) => {
    expect(await problemsOf(`  f: ${field}`)).toEqual([expect.stringMatching(/^schemas\/p\.yaml:3:(66|35) UNKNOWN_PATH /)]);
  });

  it("is fine where it does", async () => {
    expect(await problemsOf("  f: { type: string, deprecation: { reason: renamed, replacedBy: p.g } }\n  g: { type: string, when: { p.f: { const: x } } }")).toEqual([]);
  });

  it("is told once where a whole partial says it", async () => {
    const { problems } = await compileFiles({ "schemas/p.yaml": "partial: p\ndeprecation: { replacedBy: q }\nproperties: { a: { type: string }, b: { type: string } }" });
    expect(problems).toEqual([expect.stringMatching(/^schemas\/p\.yaml:2:28 UNKNOWN_PATH /)]);
  });

  it("cannot be replaced by itself", async () => {
    expect(await problemsOf("  f: { type: string, deprecation: { replacedBy: p.f } }")).toEqual(['schemas/p.yaml:3:49 REPLACED_BY_ITSELF "p.f" is replaced by itself']);
    const { problems } = await compileFiles({ "schemas/p.yaml": "partial: p\ndeprecation: { replacedBy: p }\nproperties: { a: { type: string } }" });
    expect(problems).toEqual([expect.stringMatching(/^schemas\/p\.yaml:2:28 REPLACED_BY_ITSELF "p" is replaced by itself$/)]);
  });

  it("cannot be replaced in a circle, which is shown", async () => {
    const problems = await problemsOf("  f: { type: string, deprecation: { replacedBy: p.g } }\n  g: { type: string, deprecation: { replacedBy: p.f } }");
    expect(problems.slice(0, 2)).toEqual(['schemas/p.yaml:3:49 REPLACED_BY_ITSELF "p.f" is replaced by "p.g", which leads back to it', '  schemas/p.yaml:4:49 "p.g" is replaced here']);
  });

  it("finds fields that come from a group, base fields, and fields of originators and services", async () => {
    const { problems } = await compileFiles({
      "wevt:record.yaml": "group: record\nproperties: { durationMs: { type: number } }",
      "schemas/g.yaml": "group: g\nproperties: { host: { type: string } }",
      "schemas/o.yaml": "originator: http\nproperties: { method: { type: string } }",
      "schemas/p.yaml": "partial: p\nallOf: [{ $ref: group:g }]\nproperties: { f: { type: string, deprecation: { reason: renamed, replacedBy: p.host }, when: { durationMs: { minimum: 1 }, originator.method: { const: GET }, http.method: { const: GET } } } }",
    });
    expect(problems).toEqual([]);
  });
});
