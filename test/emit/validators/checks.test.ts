/** Each check of the generator is needed: taking it away, from either half, lets a committed case through. */
import { describe, expect, it } from "vitest";
import type { PartialDef } from "../../../src/compiler/registry.js";
import { checks } from "../../../src/emit/typescript/check-module.js";
import { explainer, type Schema } from "../../../src/runtime/validation.js";
import { compilePartial, fastOnly, runModule, slowOnly, type RunOptions } from "../../helpers/validator.js";
import { cases, type Case } from "./cases.js";

interface Ready {
  readonly one: Case;
  readonly partial: PartialDef;
}

const ready: readonly Ready[] = await Promise.all(
  cases.map(async (one) => {
    const { partial, diagnostics } = await compilePartial({ partial: "t", properties: { v: one.schema }, ...one.root });
    if (partial === undefined) throw new Error(`${JSON.stringify(one.schema)}: ${diagnostics.map((found) => `${found.id} ${found.message}`).join("; ")}`);
    return { one, partial };
  }),
);

/** What a validator gets wrong. */
function mistakes(options: RunOptions, side: "right" | "wrong" | "both" = "both"): readonly string[] {
  return ready.flatMap(({ one, partial }) => {
    const { check } = runModule(partial, options);
    const accepted = side === "right" ? [] : one.wrong.filter((v) => check({ v }));
    const rejected = side === "wrong" ? [] : one.right.filter((v) => !check({ v }));
    return [...accepted, ...rejected].map((v) => `${JSON.stringify(one.schema)} on ${JSON.stringify(v)}`);
  });
}

/** The explaining half without a keyword, wherever it stands. */
function without(keyword: string): NonNullable<RunOptions["judges"]> {
  return { ...slowOnly, explainer: (options) => explainer({ ...options, schema: strip(options.schema, keyword) }) };
}

function strip(schema: Schema, keyword: string): Schema {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === keyword ? undefined : value)));
}

describe("generated validators", () => {
  it("accept what is right and refuse what is wrong", () => {
    expect(mistakes({})).toEqual([]);
    expect(mistakes({ judges: slowOnly })).toEqual([]);
    expect(mistakes({ judges: fastOnly }, "wrong")).toEqual([]);
  });

  it.each(checks)("notice when the check %s is left out of the fast half", (name) => {
    expect(mistakes({ without: new Set([name]), judges: fastOnly }, "wrong")).not.toEqual([]);
  });

  const keywords = [
    "type", "const", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "prefixItems", "items", "minItems",
    "maxItems", "uniqueItems", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties", "dependentRequired", "oneOf", "x-discriminator",
  ];
  it.each(keywords)("notice when the half that explains does not know %s", (keyword) => {
    expect(mistakes({ judges: without(keyword) })).not.toEqual([]);
  });

  it("collect one issue at least for every wrong value, each with its place in the schema", () => {
    for (const { one, partial } of ready) {
      const { check } = runModule(partial);
      for (const v of one.wrong) {
        const issues: { path: string; schema: string }[] = [];
        expect(check({ v }, issues as never)).toBe(false);
        expect(issues.length).toBeGreaterThan(0);
        for (const issue of issues) expect([issue.path.startsWith("t.v"), issue.schema.startsWith("partial:t#/properties/v")]).toEqual([true, true]);
      }
    }
  });
});
