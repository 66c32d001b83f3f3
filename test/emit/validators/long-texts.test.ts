import { expect, it } from "vitest";
import type { Issue } from "../../../src/runtime/contract.js";
import { compilePartial, runModule } from "../../helpers/validator.js";

it("a text over maxLength is not tried against the pattern, which may take long on it", async () => {
  const { partial } = await compilePartial({ partial: "t", properties: { v: { type: "string", pattern: "^a*a*b$", maxLength: 5 } } });
  if (partial === undefined) throw new Error("the schema was refused");
  const { check } = runModule(partial);
  const rulesAt = (v: string): readonly string[] => {
    const issues: Issue[] = [];
    check({ v }, issues);
    return issues.map((issue) => issue.rule);
  };
  expect(rulesAt("aaaaaa")).toEqual(["maxLength"]);
  expect(rulesAt("aaaaa")).toEqual(["pattern"]);
});
