import fc from "fast-check";
import { expect, it } from "vitest";
import { all, always, any, compared, equal, holds, isAlways, isNever, never, not, print, type Test } from "../../../src/emit/typescript/expressions.js";

const { test } = fc.letrec<{ test: Test }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(holds("a"), holds("b"), equal("n", "1"), compared("n", "<", 2), compared("n", ">=", 1), always, never),
    fc.array(tie("test"), { maxLength: 3 }).map(all),
    fc.array(tie("test"), { maxLength: 3 }).map(any),
    tie("test").map(not),
  ),
}));

function verdict(text: string, values: { readonly a: boolean; readonly b: boolean; readonly n: number }): unknown {
  return new Function("a", "b", "n", `return ${text};`)(values.a, values.b, values.n);
}

it("a test turned round is true exactly where the test is false, and printing keeps what it means", () => {
  fc.assert(
    fc.property(test, fc.record({ a: fc.boolean(), b: fc.boolean(), n: fc.integer({ min: 0, max: 3 }) }), (one, values) => {
      const right = verdict(print(one), values);
      expect(verdict(print(not(one)), values)).toBe(!right);
      expect(verdict(print(all([one, holds("a")])), values)).toBe(right === true && values.a);
      expect(verdict(print(any([one, holds("a")])), values)).toBe(right === true || values.a);
      if (isAlways(one)) expect(right).toBe(true);
      if (isNever(one)) expect(right).toBe(false);
    }),
  );
});

it("prints parentheses only where they say something", () => {
  expect(print(not(any([equal("v", '"a"'), equal("v", '"b"')])))).toBe('v !== "a" && v !== "b"');
  expect(print(all([any([holds("a"), holds("b")]), all([holds("c")])]))).toBe("(a || b) && c");
  expect([print(all([])), print(any([])), print(all([holds("a"), never])), print(any([always, holds("a")]))]).toEqual(["true", "false", "false", "true"]);
});
