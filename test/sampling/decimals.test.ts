/** Conditions and keys see numbers as they stand on the record: rounded to the `decimals` of their field. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldRule } from "../../src/runtime/contract.js";
import type { UntypedWevt } from "../../src/runtime/create-wevt.js";
import { declaredSampling, tailSampling } from "../../src/sampling/index.js";
import { originator, partial, registry } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const cents: FieldRule = { decimals: 2 };
const bill = partial("bill", {
  usd: { type: "number", merge: "sum", decimals: 2 },
  exact: { type: "number" },
  secret: { type: "number", decimals: 2, handling: "drop" },
  inner: { object: { fields: { usd: cents, list: { items: cents }, pair: { prefix: [{}, cents] }, map: { object: { fields: {}, rest: cents } }, keyed: { object: { fields: {}, patterns: [["^c_", cents]] } } } } },
  method: { variants: { on: "kind", cases: [["card", { fields: { kind: {}, fee: cents } }], ["cash", { fields: { kind: {}, fee: {} } }]] } },
});
const line = partial("line", { usd: { type: "number", decimals: 2 } }, { repeatable: { max: 3 } });
const plain = partial("plain", { usd: { type: "number" } });
const job = originator("job", { score: { type: "number", decimals: 2 } });

function decided(when: object, write: (wevt: UntypedWevt) => void, more: object = {}): { readonly matched: boolean; readonly record: { readonly [key: string]: unknown } } {
  const { wevt, record } = harness({ sampling: tailSampling({ rules: [{ name: "matched", when, ...more } as never], base: 1 }) }, registry([bill, line, plain]));
  wevt.run(job({ score: 0.495 }), () => write(wevt));
  return { matched: record()["sampleReason"] === "matched", record: record() };
}

const half = { minimum: 0.5 };

describe("a condition on a field with decimals, at its bound", () => {
  it.each([
    ["a field", { "bill.usd": half }, bill({ usd: 0.495 }), bill({ usd: 0.4949 })],
    ["an exact value", { "bill.usd": { const: 0.5 } }, bill({ usd: 0.5049 }), bill({ usd: 0.505 })],
    ["one of several", { "bill.usd": { enum: [0.5] } }, bill({ usd: 0.4951 }), bill({ usd: 0.48 })],
    ["a bound that is not reached", { "bill.usd": { exclusiveMaximum: 0.5 } }, bill({ usd: 0.494 }), bill({ usd: 0.496 })],
    ["a type", { "bill.usd": { type: "integer" } }, bill({ usd: 0.999 }), bill({ usd: 0.99 })],
    ["a multiple", { "bill.usd": { multipleOf: 0.25 } }, bill({ usd: 0.7501 }), bill({ usd: 0.76 })],
    ["a field of an object", { "bill.inner.usd": half }, bill({ inner: { usd: 0.495 } }), bill({ inner: { usd: 0.494 } })],
    ["any item of a list", { "bill.inner.list[]": half }, bill({ inner: { list: [0.1, 0.495] } }), bill({ inner: { list: [0.494] } })],
    ["one item of a list", { "bill.inner.list[1]": half }, bill({ inner: { list: [0.1, 0.495] } }), bill({ inner: { list: [0.495] } })],
    ["a whole list", { "bill.inner.list": { const: [0.1, 0.5] } }, bill({ inner: { list: [0.1, 0.495] } }), bill({ inner: { list: [0.1, 0.494] } })],
    ["one item of a tuple", { "bill.inner.pair[1]": half }, bill({ inner: { pair: [0, 0.495] } }), bill({ inner: { pair: [0.495, 0.494] } })],
    ["any item of a tuple, each by its own rule", { "bill.inner.pair[]": half }, bill({ inner: { pair: [0, 0.495] } }), bill({ inner: { pair: [0.495, 0] } })],
    ["any value of a map", { "bill.inner.map.*": half }, bill({ inner: { map: { a: 0.1, b: 0.495 } } }), bill({ inner: { map: { a: 0.494 } } })],
    ["keys by a pattern", { "bill.inner.keyed.c_a": half }, bill({ inner: { keyed: { c_a: 0.495 } } }), bill({ inner: { keyed: { c_a: 0.494 } } })],
    ["a variant", { "bill.method.fee": half }, bill({ method: { kind: "card", fee: 0.495 } }), bill({ method: { kind: "cash", fee: 0.495 } })],
    ["items of a repeatable partial", { "line.usd": half }, line({ usd: 0.495 }), line({ usd: 0.494 })],
    ["one item of it", { "line[0].usd": half }, line({ usd: 0.495 }), line({ usd: 0.494 })],
  ] as const)("holds for what the record has: %s", (_what, when, matching, other) => {
    expect(decided(when, (wevt) => wevt.log(matching)).matched).toBe(true);
    expect(decided(when, (wevt) => wevt.log(other)).matched).toBe(false);
  });

  it("rounds a sum once, as the record does", () => {
    const { matched, record } = decided({ "bill.usd": half }, (wevt) => { for (let part = 0; part < 3; part++) wevt.log(bill({ usd: 0.165 })); });
    expect([matched, record["bill"]]).toEqual([true, { usd: 0.5 }]);
  });

  it("sees a field of the originator, and of a bound partial, so as well", () => {
    expect(decided({ "originator.score": half }, () => {}).matched).toBe(true);
    expect(decided({ "bill.usd": half }, (wevt) => wevt.log(wevt.bind(bill({ usd: 0.495 })))).matched).toBe(true);
  });

  it("sees fields without decimals, and those that are dropped, as they were written", () => {
    expect(decided({ "bill.exact": half }, (wevt) => wevt.log(bill({ exact: 0.499 }))).matched).toBe(false);
    expect(decided({ "plain.usd": half }, (wevt) => wevt.log(plain({ usd: 0.499 }))).matched).toBe(false);
    expect(decided({ "bill.secret": half }, (wevt) => wevt.log(bill({ secret: 0.499 }))).matched).toBe(false);
  });

  it("leaves what stands on the record, and other conditions, alone", () => {
    const { record } = decided({ "bill.usd": { minimum: 9 }, "bill.inner.list": { const: [] } }, (wevt) => wevt.log(bill({ usd: 0.495, exact: 0.4999, inner: { list: [0.495] } })));
    expect(record["bill"]).toEqual({ usd: 0.5, exact: 0.4999, inner: { list: [0.5] } });
  });

  it("holds in what events declare, and makes one key of what is one value", () => {
    const sampling = declaredSampling([{ name: "job", sampling: { rules: [{ name: "half", when: { "bill.usd": half } }], base: 0 } }]);
    const { wevt, collected } = harness({ sampling }, registry([bill]));
    for (const usd of [0.494, 0.495]) wevt.run(job({}), () => wevt.log(bill({ usd })));
    expect(collected.records.map(({ sampleReason }) => sampleReason)).toEqual(["half"]);
    const { wevt: thinned, collected: kept } = harness({ sampling: tailSampling({ rules: [{ name: "u", per: ["bill.usd"], perSecond: 0.001 } as never], now: () => 0 }) }, registry([bill]));
    for (let index = 0; index < 400; index++) thinned.run(job({}), () => thinned.log(bill({ usd: 0.5 + index / 1e6 })));
    expect(kept.records.length).toBeLessThan(100);
  });

  it("sees whatever the record will have", () => {
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (usd) => {
      const seen = decided({ "bill.usd": { type: "number" } }, (wevt) => wevt.log(bill({ usd }))).record["bill"];
      expect(decided({ "bill.usd": { const: Object(seen).usd } }, (wevt) => wevt.log(bill({ usd }))).matched).toBe(true);
    }), { numRuns: 200 });
  });
});
