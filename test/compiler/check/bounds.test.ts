import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (schema: string): Promise<readonly string[]> => (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: ${schema}` })).problems;

describe("constraints that no value meets are refused", () => {
  it.each([
    ["{ type: number, minimum: 3, maximum: 2 }", "minimum 3 and maximum 2 leave nothing between them"],
    ["{ type: number, exclusiveMinimum: 2, maximum: 2 }", "exclusiveMinimum 2 and maximum 2 leave nothing between them"],
    ["{ type: integer, minimum: 0.1, maximum: 0.9 }", "minimum 0.1 and maximum 0.9 have no whole number between them"],
    ["{ type: string, minLength: 3, maxLength: 2 }", "minLength 3 is more than maxLength 2"],
    ["{ type: array, items: { type: string }, minItems: 3, maxItems: 2 }", "minItems 3 is more than maxItems 2"],
    ["{ type: object, properties: { y: { type: string } }, required: [y], maxProperties: 0 }", "1 properties are required, and maxProperties is 0"],
  ])("%s", async (schema, conflict) => {
    expect(await problemsOf(schema)).toEqual([`schemas/a.yaml:3:3 NO_VALUE_FITS no value fits "a.x": ${conflict}`]);
  });

  it("a closed object that requires what it does not declare", async () => {
    const problems = await problemsOf("{ type: object, required: [z], properties: { y: { type: string } } }");
    expect(problems).toEqual(['schemas/a.yaml:3:3 REQUIRED_UNDECLARED "a.x" requires "z", which it does not declare, and it is closed']);
  });

  it("two variants of one discriminator value", async () => {
    const variant = "{ type: object, required: [type], properties: { type: { const: card } } }";
    expect((await problemsOf(`{ oneOf: [${variant}, ${variant}] }`))[0]).toMatch(/VARIANT_REPEATED .* "\\?"card\\?""$/);
  });
});
