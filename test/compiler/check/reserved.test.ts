import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (text: string, more: { readonly [path: string]: string } = {}) => (await compileFiles({ "schemas/d.yaml": text, ...more })).problems;

describe("a reserved name", () => {
  it.each(["partial", "originator", "service", "group"])("is an error that shows both places where a %s defines it again", async (kind) => {
    expect(await problemsOf(`${kind}: d\nreserved: { names: [gone] }\nproperties:\n  gone: { type: string }`)).toEqual([
      'schemas/d.yaml:4:3 RESERVED_NAME "d.gone" is reserved: it may not come back',
      "  schemas/d.yaml:2:21 reserved here",
    ]);
  });

  it.each(["limits.max", "d.limits.max"])("can be a path: %s", async (name) => {
    const text = (field: string) => `partial: d\nreserved: { names: [${name}] }\nproperties:\n  ${field}`;
    expect(await problemsOf(text("limits: { type: object, properties: { max: { type: integer } } }"))).toEqual([expect.stringContaining('RESERVED_NAME "d.limits.max"'), expect.stringContaining("reserved here")]);
    expect(await problemsOf(text("max: { type: integer }"))).toEqual([]);
  });

  it("is one of the definition itself: deeper fields may have it", async () => {
    expect(await problemsOf("partial: d\nreserved: { names: [id] }\nproperties:\n  account: { type: object, properties: { id: { type: string } } }")).toEqual([]);
  });

  it("is an error as an alias", async () => {
    expect(await problemsOf("partial: d\nreserved: { names: [gone] }\nproperties:\n  tier: { type: string, aliases: [d.gone] }")).toEqual([
      'schemas/d.yaml:4:3 RESERVED_NAME "d.gone", an earlier name of "d.tier", is reserved',
      "  schemas/d.yaml:2:21 reserved here",
    ]);
  });

  it("holds for the fields of a group that is taken over", async () => {
    const group = { "schemas/g.yaml": "group: g\nproperties:\n  gone: { type: string }", "schemas/e.yaml": "partial: e\nallOf: [{ $ref: group:g }]" };
    expect(await problemsOf("partial: d\nreserved: { names: [gone] }\nallOf: [{ $ref: group:g }]", group)).toEqual(['schemas/g.yaml:3:3 RESERVED_NAME "d.gone" is reserved: it may not come back', "  schemas/d.yaml:2:21 reserved here"]);
  });

  it.each([
    ["a definition", "partial: d\nallOf: [{ $ref: group:outer }]\nproperties:\n  gone: { type: string }", "d.gone"],
    ["an object of it", "partial: d\nproperties:\n  o: { type: object, allOf: [{ $ref: group:outer }], properties: { gone: { type: string } } }", "d.o.gone"],
  ])("of a group, or of a group in a group, holds where %s takes it over", async (_, text, path) => {
    const groups = { "schemas/inner.yaml": "group: inner\nreserved: { names: [gone] }\nproperties: { a: { type: string } }", "schemas/outer.yaml": "group: outer\nallOf: [{ $ref: group:inner }]" };
    expect(await problemsOf(text, groups)).toEqual([expect.stringContaining(`RESERVED_NAME "${path}"`), "  schemas/inner.yaml:2:21 reserved here"]);
  });

  it("of an imported definition holds for the one that extends it", async () => {
    const imported = { "wevt:d.yaml": "partial: d\nreserved: { names: [gone] }\nproperties: { a: { type: string } }" };
    const [first, second] = await problemsOf("partial: d\nextends: wevt:d\nproperties:\n  gone: { type: string }", imported);
    expect([first, second]).toEqual(['schemas/d.yaml:4:3 RESERVED_NAME "d.gone" is reserved: it may not come back', "  wevt:d.yaml:2:21 reserved here"]);
  });
});

describe("a reserved value", () => {
  it.each(["enum: [free, trial]", "const: trial", "oneOf: [{ const: trial, description: Old. }]", "type: string, knownValues: [trial]"])("is an error that shows both places: %s", async (field) => {
    expect(await problemsOf(`partial: d\nreserved: { values: [trial] }\nproperties:\n  tier: { ${field} }`)).toEqual([
      'schemas/d.yaml:4:3 RESERVED_VALUE "d.tier" lists the value "trial", which is reserved: it may not come back',
      "  schemas/d.yaml:2:22 reserved here",
    ]);
  });

  it("of another type is another value", async () => {
    expect(await problemsOf('partial: d\nreserved: { values: ["1"] }\nproperties:\n  tier: { enum: [1, 2] }')).toEqual([]);
  });
});
