import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const problemsOf = async (schema: string): Promise<readonly string[]> => (await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: ${schema}` })).problems;

describe("a value or metadata that its own field refuses is told once", () => {
  it.each([
    ["{ type: integer, examples: [1, many] }", "BAD_VALUE"],
    ["{ type: integer, maximum: 3, default: 4 }", "BAD_VALUE"],
    ["{ type: string, maxLength: 2, enum: [ab, abc] }", "BAD_VALUE"],
    ["{ type: string, pattern: ^a, knownValues: [b] }", "BAD_VALUE"],
    ["{ type: string, format: date, examples: [tomorrow] }", "BAD_VALUE"],
    ["{ type: string, format: int64, examples: ['9223372036854775808'] }", "BAD_VALUE"],
    ["{ type: array, items: { type: string }, examples: [[a, 1]] }", "BAD_VALUE"],
    ["{ type: string, examples: [2e10] }", "UNQUOTED_VALUE"],
    ["{ type: string, merge: sum }", "METADATA_MISFIT"],
    ["{ type: integer, handling: hash }", "METADATA_MISFIT"],
    ["{ type: integer, format: int64 }", "METADATA_MISFIT"],
    ["{ type: string, unit: ms }", "METADATA_MISFIT"],
    ["{ type: string, sensitivity: secret, handling: plain }", "SECRET_IN_PLAIN"],
    ['{ type: number, unit: "{item" }', "UNIT_SYNTAX"],
    ["{ type: string, nullMeans: none }", "NULL_NEVER"],
  ])("%s", async (schema, id) => {
    expect(await problemsOf(schema)).toEqual([expect.stringMatching(new RegExp(`^schemas/a.yaml:3:3 ${id} `))]);
  });
});

it("a value that no comparison can be trusted with is let through, not a crash", async () => {
  expect(await problemsOf("{ enum: [{ toString: 1 }], examples: [{ toString: 2 }] }")).toEqual([]);
});
