/** What `handling` makes of a value. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handleValue } from "../../src/runtime/handling.js";

const handling = { hash: undefined, keyMissing: () => {} };

describe("handling: truncate:N", () => {
  it("keeps the first N code points of any text, and never half of one", () => {
    const unit = fc.constantFrom("a", "é", "日", "𝒳", "👩", "\u200d", "\ud83d", "\udc69");
    fc.assert(
      fc.property(fc.array(unit).map((units) => units.join("")), fc.integer({ min: 0, max: 12 }), (text, count) => {
        expect(handleValue(text, { handling: `truncate:${count}` }, "field", handling)).toBe(Array.from(text).slice(0, count).join(""));
      }),
      { numRuns: 5_000 },
    );
  });

  it("leaves numbers, booleans and null as they are, and out what has neither a length nor a scalar value", () => {
    const kept = [5, true, null, { a: "text" }, ["text"]].map((value) => handleValue(value, { handling: "truncate:2" }, "field", handling));
    expect(kept).toEqual([5, true, null, undefined, undefined]);
  });
});
