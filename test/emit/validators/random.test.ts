/** Random schemas of our language and values made by changing right ones: the verdict is ajv's, from each half of the validator. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Check, Issue } from "../../../src/runtime/contract.js";
import { compilePartial, fastOnly, runModule, slowOnly } from "../../helpers/validator.js";
import { changed, changes, schemas, valuesOf, type Schema } from "./random-schemas.js";

const pairs = schemas.chain((schema) => fc.tuple(fc.constant(schema), fc.array(fc.tuple(valuesOf(schema), changes), { minLength: 20, maxLength: 20 })));

function judgeOf(schema: Schema): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, unicodeRegExp: true, ownProperties: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema), apart));
  return (value) => validate(value) === true;
}

/** `uniqueItems` by itself: beside `items` of a scalar type, ajv takes what `prefixItems` allows for items of that type, and overlooks that two are equal. */
function apart(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("uniqueItems" in value) || value.uniqueItems !== true) return value;
  const { uniqueItems, ...rest } = value;
  return { ...rest, allOf: [{ uniqueItems }] };
}

function issuesOf(check: Check, v: unknown): readonly string[] {
  const issues: Issue[] = [];
  const right = check({ v }, issues);
  expect([v, right]).toEqual([v, issues.length === 0]);
  return issues.map((issue) => JSON.stringify(issue)).sort();
}

const counts = { refused: 0, right: 0, wrong: 0 };

it("a random schema gets ajv's verdict on every value", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(pairs, async ([schema, values]) => {
      const { partial } = await compilePartial({ partial: "t", properties: { v: schema } });
      if (partial === undefined) counts.refused++;
      if (partial === undefined) return;
      const whole = runModule(partial).check;
      const fast = runModule(partial, { judges: fastOnly }).check;
      const slow = runModule(partial, { judges: slowOnly }).check;
      const judge = judgeOf(schema);
      for (const [value, all] of values) {
        const v = changed(value, all);
        const right = judge(v);
        counts[right ? "right" : "wrong"]++;
        expect([v, whole({ v }), slow({ v })]).toEqual([v, right, right]);
        if (!right) expect([v, fast({ v })]).toEqual([v, false]);
        const issues = issuesOf(whole, v);
        expect([v, issues]).toEqual([v, issuesOf(slow, v)]);
        expect([v, new Set(issues).size]).toEqual([v, issues.length]);
        expect([v, issues.length === 0]).toEqual([v, right]);
      }
    }),
    { numRuns: 120 },
  );
});

it("the random cases are worth their time: few schemas are refused, and both verdicts are common", () => {
  const values = counts.right + counts.wrong;
  expect(counts.refused).toBeLessThan(12);
  expect(Math.min(counts.right, counts.wrong) / values).toBeGreaterThan(0.15);
});
