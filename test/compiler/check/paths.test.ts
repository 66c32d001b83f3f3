import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (properties: string) => (await compileFiles({ "schemas/p.yaml": `partial: p\nproperties:\n${properties}` })).problems;

describe("a path", () => {
  const variants = (left: string, right: string): string => `
  pay:
    oneOf:
      - { type: object, required: [type], properties: { type: { const: card }, amount: ${left} } }
      - { type: object, required: [type], properties: { type: { const: sepa }, amount: ${right} } }`.slice(1);

  it("with two types is an error that shows both places", async () => {
    const problems = await problemsOf(variants("{ type: integer }", "{ type: string }"));
    expect(problems).toEqual(['schemas/p.yaml:6:80 PATH_WITH_TWO "p.pay.amount" has two types: "integer" and "string"', "  schemas/p.yaml:5:80 integer"]);
  });

  it("with two units is an error that shows both places", async () => {
    const problems = await problemsOf(variants("{ type: integer, unit: ms }", "{ type: integer, unit: s }"));
    expect(problems[0]).toContain('PATH_WITH_TWO "p.pay.amount" has two units: "ms" and "s"');
  });

  it("that two variants share as one thing is fine", async () => {
    expect(await problemsOf(variants("{ type: integer, unit: ms }", "{ type: integer, unit: ms }"))).toEqual([]);
  });
});

describe("an alias", () => {
  it.each(["p.b", "p.c", "p.b.x"])("that stands in the way of a field is an error that shows both places: %s", async (alias) => {
    const problems = await problemsOf(`  a: { type: string, aliases: [${alias}] }\n  b: { type: string }\n  c: { type: object, properties: { d: { type: string } } }`);
    expect(problems).toEqual([expect.stringMatching(/^schemas\/p\.yaml:3:3 ALIAS_TAKEN /), expect.stringMatching(/^ {2}schemas\/p\.yaml:[45]:3 field /)]);
  });

  it("of a field that is gone is fine", async () => {
    expect(await problemsOf("  a: { type: string, aliases: [p.old] }")).toEqual([]);
  });
});

describe("what names another field", () => {
  it.each(["{ type: string, deprecation: { reason: renamed, replacedBy: p.g } }", "{ type: string, when: { p.g: { const: x } } }"])("has to find it: %s", async (field) => {
    expect(await problemsOf(`  f: ${field}`)).toEqual([expect.stringMatching(/^schemas\/p\.yaml:3:3 UNKNOWN_PATH /)]);
  });

  it("is fine where it does", async () => {
    expect(await problemsOf("  f: { type: string, deprecation: { reason: renamed, replacedBy: p.g } }\n  g: { type: string, when: { p.f: { const: x } } }")).toEqual([]);
  });

  it("finds fields that come from a group, and base fields", async () => {
    const { problems } = await compileFiles({
      "wevt:record.yaml": "group: record\nproperties: { durationMs: { type: number } }",
      "schemas/g.yaml": "group: g\nproperties: { host: { type: string } }",
      "schemas/p.yaml": "partial: p\nallOf: [{ $ref: group:g }]\nproperties: { f: { type: string, deprecation: { reason: renamed, replacedBy: p.host }, when: { durationMs: { minimum: 1 } } } }",
    });
    expect(problems).toEqual([]);
  });
});
