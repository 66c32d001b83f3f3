/** Roll-ups at run time: what all items of a repeatable partial add up to, on the record and in the line. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import type { FieldRule, ObjectRule } from "../../src/runtime/contract.js";
import { strict } from "../../src/runtime/strict.js";
import { rollupOf, type RolledField } from "../../src/runtime/tally.js";
import { originator, partial, registry, type FieldSpec, type TestPartial } from "../helpers/definitions.js";
import { harness, type HarnessOptions } from "../helpers/wevt.js";

const work = originator("work", {})({});

const bounds = [-1, 0, 0.5, 10, 1000];
const buckets = bounds.map((bound) => [`le_${bound}`, bound] as const);

const specs: { readonly [name: string]: FieldSpec } = {
  name: { type: "string" },
  ms: { type: "number", decimals: 2 },
  bytes: { type: "integer" },
  usage: { type: "object", object: { fields: { model: {}, tokens: {} } } },
};

const of: readonly RolledField[] = [
  { keys: ["ms"], at: [1], sum: true, min: true, max: true, buckets },
  { keys: ["bytes"], at: [2], integer: true, sum: true },
  { keys: ["usage", "tokens"], at: [3, 1], max: true },
];

const whole: FieldRule = { integer: true };
const concealed: FieldRule = { ...whole, concealed: true };
const sum: FieldRule = { decimals: 2 };
const histogram = { object: { fields: Object.fromEntries([...buckets.map(([name]) => name), "inf"].map((name) => [name, whole])) } };
const rule: ObjectRule = {
  fields: {
    count: whole,
    ms: { object: { fields: { count: whole, sum, min: sum, max: sum, histogram } } },
    bytes: { concealed: true, object: { fields: { count: concealed, sum: concealed } } },
    usage: { object: { fields: { tokens: { object: { fields: { count: whole, max: {} } } } } } },
  },
};

function tool(max: number): TestPartial<"tool"> {
  return partial("tool", specs, { repeatable: { max, rollup: rollupOf({ name: "toolStats", rule, of }) } });
}

type Item = { readonly name?: unknown; readonly ms?: unknown; readonly bytes?: unknown; readonly usage?: unknown };

/** What a reader of all items would compute. */
function fold(items: readonly Item[]): { readonly [key: string]: unknown } {
  const tokens = items.map(({ usage }) => (typeof usage === "object" && usage !== null && "tokens" in usage ? usage.tokens : undefined));
  const ms = numbers(items.map((item) => item.ms));
  const bytes = numbers(items.map((item) => item.bytes)).filter(Number.isInteger);
  const used = numbers(tokens);
  return {
    count: items.length,
    ...(ms.length === 0 ? {} : { ms: { count: ms.length, sum: rounded(total(ms)), min: rounded(Math.min(...ms)), max: rounded(Math.max(...ms)), histogram: histogramOf(ms) } }),
    ...(bytes.length === 0 ? {} : { bytes: { count: bytes.length, sum: total(bytes) } }),
    ...(used.length === 0 ? {} : { usage: { tokens: { count: used.length, max: Math.max(...used) + 0 } } }),
  };
}

function numbers(values: readonly unknown[]): readonly number[] {
  return values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
}

function total(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0) + 0;
}

function rounded(value: number): number {
  const shifted = Math.round(value * 100);
  return (Number.isSafeInteger(shifted) ? shifted / 100 : value) + 0;
}

function histogramOf(values: readonly number[]): { readonly [name: string]: number } {
  return Object.fromEntries([...buckets.map(([name, bound]) => [name, values.filter((value) => value <= bound).length]), ["inf", values.length]]);
}

function written(items: readonly Item[], { max = 3, log = true, ...options }: HarnessOptions & { readonly max?: number; readonly log?: boolean } = {}) {
  const types = registry([tool(max)]);
  const { wevt, ...rest } = harness(options, types);
  const built = tool(max);
  wevt.run(work, (event) => {
    for (const fields of items) if (log) event.log(built(fields));
    if (!log) event.set({ tool: items });
  });
  return { wevt, ...rest };
}

const value = fc.oneof(
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  fc.integer({ min: -2000, max: 2000 }),
  fc.constantFrom(...bounds, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, "12", null, undefined, true, [1], { a: 1 }),
);
const usage = fc.oneof(fc.record({ model: fc.constant("opus"), tokens: value }, { requiredKeys: [] }), fc.constantFrom(undefined, null, [1, 2], 7));
const items: fc.Arbitrary<readonly Item[]> = fc.array(fc.record({ name: fc.constantFrom("a", "b", 7), ms: value, bytes: value, usage }, { requiredKeys: [] }), { maxLength: 12 });

describe("a roll-up", () => {
  it("is what a fold over all items gives, also beyond `max`, however they are written", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 5 }), fc.boolean(), fc.constantFrom("report" as const, "off" as const), (list, max, log, validation) => {
        const record = written(list, { max, log, validation }).record();
        expect(record["toolStats"]).toEqual(list.length === 0 ? undefined : fold(list));
        if (list.length === 0) return;
        expect(Object(record["tool"]).length).toBe(Math.min(max, list.length));
      }),
      { numRuns: 500 },
    );
  });

  it("adds up across events: what two of them say is what one with all items would say", () => {
    const finite = fc.array(fc.record({ ms: fc.integer({ min: -2000, max: 2000 }) }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(finite, finite, (left, right) => {
        const stats = (list: readonly Item[]) => Object(Object(written(list).record()["toolStats"])["ms"]);
        const [one, other, all] = [stats(left), stats(right), stats([...left, ...right])];
        for (const key of Object.keys(all.histogram)) expect(one.histogram[key] + other.histogram[key]).toBe(all.histogram[key]);
        expect([one.count + other.count, one.sum + other.sum, Math.min(one.min, other.min), Math.max(one.max, other.max)]).toEqual([all.count, all.sum, all.min, all.max]);
      }),
    );
  });

  it("stands in the line as it stands on the record", async () => {
    const types = registry([tool(2)]);
    const lines: string[] = [];
    const records: string[] = [];
    const { wevt } = harness({ collectors: [{ flush: (events) => void events.forEach((event) => { lines.push(event.line); records.push(JSON.stringify(event.record)); }) }] }, types);
    const built = tool(2);
    fc.assert(
      fc.property(items, (list) => {
        wevt.run(work, (event) => list.forEach((fields) => event.log(built(fields))));
      }),
      { numRuns: 200 },
    );
    await wevt.flush();
    expect(lines.length).toBeGreaterThan(150);
    expect(lines).toEqual(records);
  });

  it("stands right behind the list, in the order of the schema", () => {
    const record = written([{ usage: { tokens: 1 } }, { ms: 1, bytes: 2 }]).record();
    expect(Object.keys(record).slice(-2)).toEqual(["tool", "toolStats"]);
    expect(Object.keys(Object(record["toolStats"]))).toEqual(["count", "ms", "bytes", "usage"]);
  });

  it("rounds a sum once, at the end", () => {
    expect(written(Array.from({ length: 10 }, () => ({ ms: 0.004 }))).record()).toMatchObject({ toolStats: { ms: { sum: 0.04, max: 0 } } });
  });

  it("tells of items that are left out, but not where none is to be kept", () => {
    const many = Array.from({ length: 5 }, () => ({ ms: 1 }));
    expect(written(many, { max: 3 }).problems()).toEqual([{ problem: "limit", path: "tool", message: "more than 3 of them on one event: the rest was left out" }]);
    const { record, problems } = written(many, { max: 0 });
    expect(problems()).toEqual([]);
    expect(record()).toMatchObject({ tool: [], toolStats: { count: 5 } });
  });

  it("counts items that the event has no room for", () => {
    const name = "x".repeat(60_000);
    const { record, problems } = written(Array.from({ length: 100 }, () => ({ name, ms: 1 })), { max: 100 });
    expect(problems()).toContainEqual(expect.objectContaining({ problem: "limit", path: "tool" }));
    expect(Object(record()["tool"]).length).toBeLessThan(100);
    expect(record()).toMatchObject({ toolStats: { count: 100, ms: { sum: 100 } } });
  });

  it("holds late items alone in a follow-up, so that both add up", async () => {
    const { wevt, collected } = harness({}, registry([tool(1)]));
    const built = tool(1);
    const event = wevt.start(work);
    event.log(built({ ms: 1 }));
    event.emit();
    event.log(built({ ms: 2 }));
    event.log(built({ ms: 3 }));
    await wevt.flush();
    expect(collected.records.map((record) => Object(record)["toolStats"].ms.sum)).toEqual([1, 5]);
  });

  it("is not written by anybody else", () => {
    const { wevt, record, problems } = harness({}, registry([tool(1)]));
    wevt.run(work, (event) => {
      event.log(tool(1)({ ms: 1 }));
      event.set({ toolStats: { count: 7 } });
      event.add("toolStats.count", 7);
    });
    expect(record()).toMatchObject({ toolStats: { count: 1 } });
    expect(problems().map(({ problem, path }) => `${problem} ${path}`)).toEqual(["unknown_field toolStats", "unknown_field toolStats.count"]);
  });

  it("is not written by an item that `validation: throw` refuses", () => {
    const { wevt, record } = harness({ validation: "throw" }, registry([tool(5)]));
    wevt.run(work, (event) => {
      event.log(tool(5)({ ms: 1 }));
      expect(() => event.log(tool(5)({ ms: "soon" }))).toThrow("tool.ms");
    });
    expect(record()).toMatchObject({ toolStats: { count: 1, ms: { sum: 1 } } });
  });

  it("keeps for itself, before third parties, what is made of fields that are not for them", async () => {
    const theirs = memory();
    const { wevt } = harness({ collectors: [strict(theirs)] }, registry([tool(1)]));
    wevt.run(work, (event) => event.log(tool(1)({ ms: 1, bytes: 5 })));
    await wevt.flush();
    expect(theirs.records).toEqual([expect.objectContaining({ toolStats: { count: 1, ms: expect.objectContaining({ sum: 1 }) } })]);
  });

  it("is seen by whoever decides what is kept, before and after it is written", () => {
    const seen: unknown[] = [];
    const { record } = written([{ ms: 1 }, { ms: 2 }], {
      sampling: (event) => {
        seen.push(event.peek("toolStats", "count"), Object(event.record)["toolStats"].count, event.peek("toolStats", "count"));
        return { keep: true, rate: 1, reason: "all" };
      },
    });
    expect(record()).toMatchObject({ toolStats: { count: 2 } });
    expect(seen).toEqual([2, 2, 2]);
  });

  it("is left alone by items whose getters throw", () => {
    const hostile = { get ms(): number { throw new Error("no"); } };
    const { record } = written([{ ms: 1 }, hostile]);
    expect(record()).toMatchObject({ toolStats: { ms: { count: 1, sum: 1 } } });
  });
});

it("keeps a sum that would overflow where it was", () => {
  const rolled = {};
  const { add } = rollupOf({ name: "s", rule: { fields: {} }, of: [{ keys: ["a"], at: [0], sum: true }] });
  for (const a of [1e308, 1e308]) add(rolled, { a });
  expect(rolled).toEqual({ count: 2, a: { count: 2, sum: 1e308 } });
});

it("has no trouble with names that every object inherits", () => {
  const rolled = {};
  const { add } = rollupOf({ name: "s", rule: { fields: {} }, of: [{ keys: ["__proto__", "constructor"], at: [0, 0], max: true }] });
  add(rolled, JSON.parse('{"__proto__":{"constructor":3}}'));
  add(rolled, [[5]]);
  expect(JSON.stringify(rolled)).toBe('{"count":2,"__proto__":{"constructor":{"count":2,"max":5}}}');
});
