/** The line in bytes, against JSON.stringify of the record that another path makes. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { moduleText } from "../../../scripts/build-wasm.mjs";
import type { Collector, FinishedEvent } from "../../../src/runtime/collector.js";
import { close, number, open, plain, text } from "../../../src/runtime/bytes/values.js";
import { lineEnd, type Memory } from "../../../src/runtime/bytes/memory.js";
import { type Plain, wellFormed } from "../../../src/runtime/plain.js";
import { db, http, originator, partial, registry } from "../../helpers/definitions.js";
import { harness } from "../../helpers/wevt.js";

let memory: Memory;
beforeAll(() => {
  const opened = open();
  if (opened === undefined) throw new Error("no WebAssembly");
  memory = opened;
});

const shown = (end: number): string => memory.text(0, end);
/** Halves of characters, too. */
const halves = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units, 0xd800 + (units.length % 0x800)));
/** They come again, and some of them take the place of others in what is remembered. */
const known = fc.constantFrom("checkout.internal", 'says "again"\nand again', "Caf\u00e9 M\u00fcller & S\u00f6hne", "order.internal", `${"x".repeat(190)}\u0001`, "half \ud800 a letter", "twelve chars", "TWELVE CHARS");
const words = fc.oneof(known, halves, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string({ unit: "binary-ascii", maxLength: 200 }), fc.string({ unit: "grapheme-ascii", maxLength: 90 }));
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }).map((value) => value / 1_000),
  fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }).map((value) => value / 1_000_000),
  fc.constantFrom(0, -0, 1e21, 1e-7, 5e-324, 2 ** 31, -(2 ** 31), 2 ** 53, 0.1 + 0.2, 1_999_999.999, 2_000_000.001, 0.001, 0.0005),
);
const json: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, words, numbers, fc.boolean(), fc.constant(null), fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(words, tie("value"), { maxKeys: 4, noNullPrototype: true })),
})).value;

describe("what is written into memory", () => {
  it("is text as JSON.stringify writes it, whatever its letters and its length", () => {
    fc.assert(fc.property(words, (value) => void expect(shown(text(value, 0))).toBe(JSON.stringify(wellFormed(value)))), { numRuns: 20_000 });
  });

  it("is every number as JSON.stringify writes it", () => {
    let checked = 0;
    for (let seed = 1; checked < 400_000; checked++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const value = [seed / 1_000, -seed / 1_000_000, seed | 0, seed / 4_294_967_296, (seed - 2 ** 31) * 1e-4, seed * seed, (seed >>> 12) / 100, 1 / seed][seed >>> 29] ?? 0;
      if (shown(number(value, 0)) !== JSON.stringify(value)) expect(shown(number(value, 0))).toBe(JSON.stringify(value));
    }
    fc.assert(fc.property(numbers, (value) => void expect(shown(number(value, 0))).toBe(JSON.stringify(value))), { numRuns: 50_000 });
  });

  it("is a number of any size with the digits that JSON.stringify finds", () => {
    const check = (value: number): void => {
      if (Number.isFinite(value) && shown(number(value, 0)) !== JSON.stringify(value)) expect(shown(number(value, 0))).toBe(JSON.stringify(value));
    };
    // Both sides of each power of two, where numbers lie at different distances, and numbers with few digits at each power of ten.
    for (let exponent = -1074; exponent < 1024; exponent++) for (const factor of [1, 1.5, 1 + 2 ** -52, 2 - 2 ** -52, -1]) check(2 ** exponent * factor);
    for (let exponent = -323; exponent < 309; exponent++) for (let digits = 1; digits < 1_000; digits += digits < 100 ? 1 : 97) check(Number(`${digits}e${exponent}`));
    const bits = new Uint32Array(2);
    const value = new Float64Array(bits.buffer);
    for (let seed = 1, count = 0; count < 1_000_000; count++) {
      for (const index of [0, 1]) bits[index] = seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      check(value[0] ?? 0);
      check(1 / ((seed >>> 4) + 1));
    }
  });

  it("is every plain value as JSON.stringify writes it", () => {
    const wholeText = (value: Plain): Plain => JSON.parse(JSON.stringify(value).replace(/\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}/g, "\ufffd"));
    fc.assert(
      fc.property(json, (value) => {
        const plainest = wholeText(value);
        expect(shown(plain(plainest, 0))).toBe(JSON.stringify(plainest));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is an empty object where there is no field, and never runs over its end", () => {
    expect(shown(close(0, 0))).toBe("{}");
    expect(() => plain(Array.from({ length: 20 }, () => "x".repeat(60_000)), 0)).toThrow("too long");
    expect(() => plain(Array.from({ length: 20 }, () => "\u0001".repeat(60_000)), 0)).toThrow("too long");
    expect(() => plain(Array.from({ length: 500_000 }, () => 1_000), 0)).toThrow("too long");
    expect(() => plain(Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`key${index}`, true])), 0)).toThrow("too long");
    expect(lineEnd).toBeLessThan(memory.bytes.length);
  });

  it("comes from a module that is scan.wat and nothing else", async () => {
    expect(readFileSync("src/runtime/bytes/module.ts", "utf8")).toBe(await moduleText());
  });
});

/** Keeps what each event looked like while it was in hand. */
function witness(): Collector & { readonly seen: { readonly line: string; readonly bytes: string; readonly copied: string; readonly json: string }[] } {
  const seen: { line: string; bytes: string; copied: string; json: string }[] = [];
  const decoder = new TextDecoder();
  const copied = (event: FinishedEvent): string => {
    const target = new Uint8Array(4_000_000);
    const count = event.copyTo(target, 10);
    return decoder.decode(target.subarray(10, 10 + count));
  };
  return { seen, flush: (events) => void events.forEach((event) => seen.push({ copied: copied(event), bytes: decoder.decode(event.bytes), line: event.line, json: JSON.stringify(event.record) })) };
}

const things = partial("things", {
  id: { type: "string", required: true },
  count: { type: "integer" },
  ratio: { type: "number" },
  rounded: { type: "number", decimals: 2 },
  on: { type: "boolean" },
  list: { type: "array", items: { type: "string" } as never },
  limits: { type: "object", object: { fields: { soft: {}, hard: {}, deep: { object: { fields: { a: {}, constructor: {} } } } } } },
  map: { object: { fields: {}, rest: {} } },
  mail: { type: "string", handling: "mask", concealed: true },
  gone: { type: "string", handling: "drop", concealed: true },
  "odd-name": {},
  free: {},
});
const call = partial("calls", { model: { type: "string", required: true }, ms: {} }, { repeatable: { max: 3 } });
const job = originator("job", { name: {}, traceId: {} });

describe("a line", () => {
  const record = fc.record(
    { id: words, count: fc.integer(), ratio: numbers, rounded: numbers, on: fc.boolean(), list: fc.array(words), limits: fc.record({ soft: json, hard: numbers, deep: fc.record({ a: words }, { requiredKeys: [] }) }, { requiredKeys: [] }), map: fc.dictionary(words, words), mail: words, gone: words, "odd-name": numbers, free: json },
    { requiredKeys: ["id"] },
  );

  it("is JSON.stringify of the record: as text, as bytes, and copied with a newline; written once or several times, right or wrong", () => {
    const views = witness();
    const { wevt } = harness({ collectors: [views] }, registry([things, db, call]));
    const write = fc.oneof(
      record.map((fields) => ({ log: things(fields) })),
      record.map(({ count, free }) => ({ set: { things: { ...(count === undefined ? {} : { count }), free } } })),
      words.map((model) => ({ log: call({ model, ms: 1.5 }) })),
      fc.anything().map((free) => ({ log: things({ id: "a", free, count: "wrong", unknown: 1 }) })),
      fc.constant({ add: 2 }),
    );
    fc.assert(
      fc.property(fc.array(write, { maxLength: 4 }), words, (writes, path) => {
        const event = wevt.start(path.length % 3 === 0 ? job({ name: path, traceId: "own" }) : http({ method: "GET", path, headers: { [path]: path } }));
        for (const one of writes) {
          if ("log" in one) event.log(one.log);
          else if ("set" in one) event.set(one.set);
          else event.add("db.queries", one.add);
        }
        if (path.length % 5 === 0) event.error(new Error(path));
        event.emit();
        const { line, bytes, copied, json: expected } = views.seen.pop() ?? {};
        expect(line).toBe(expected);
        expect(bytes).toBe(line);
        expect(copied).toBe(`${line}\n`);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is the same in snake_case, with a root and a parent, and where several runtimes take turns", () => {
    const views = [witness(), witness()] as const;
    const camel = harness({ collectors: [views[0]] }, registry([things]));
    const snake = harness({ collectors: [views[1]], service: { name: "other", version: "2" } }, registry([things], [], { naming: "snake_case" }));
    const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_00f067aa0ba902b7" } };
    for (let turn = 0; turn < 60; turn++) for (const { wevt } of [camel, snake]) wevt.run(http({ method: "GET" }), (event) => wevt.run(http({ method: "POST" }), () => event.log(things({ id: `${turn}` }))), { from });
    for (const { seen } of views) {
      expect(seen.length).toBe(120);
      for (const { line, bytes, json: expected } of seen) expect([line, bytes]).toEqual([expected, expected]);
    }
    expect(views[1].seen.at(-1)?.line).toContain('"service":{"name":"other","version":"2"},"event_id":');
  });

  it("is written by the short way for however many turns that runtimes take", () => {
    const runtimes = Array.from({ length: 2 }, () => harness({ collectors: [{ flush: (events) => void events.forEach((event) => event.line) }], service: { name: "x".repeat(90_000) } }, registry([things])).wevt);
    const turn = (wevt: (typeof runtimes)[number]): void => wevt.run(http({ method: "GET" }), (event) => event.log(things({ id: "a" })));
    for (let count = 0; count < 40; count++) for (const wevt of runtimes) turn(wevt);
    const made = vi.spyOn(JSON, "stringify");
    for (let count = 0; count < 40; count++) for (const wevt of runtimes) turn(wevt);
    const calls = made.mock.calls.length;
    made.mockRestore();
    expect(calls).toBe(0);
  });

  it("is written by the short way by runtimes that come later, too, however much has come again before", () => {
    const fields = Array.from({ length: 900 }, (_, index) => `field${index}`);
    const wide = partial("wide", Object.fromEntries(fields.map((name) => [name, { type: "string" } as const])));
    const reads: Collector = { flush: (events) => void events.forEach((event) => event.line) };
    const { wevt } = harness({ collectors: [reads] }, registry([wide]));
    // Each field says eight texts of as many lengths, and each of them twice in a row.
    for (let turn = 0; turn < 64; turn++) wevt.run(http({ method: "GET" }), (event) => event.log(wide(Object.fromEntries(fields.map((name) => [name, "x".repeat(20 + ((turn >> 1) % 8))])))));
    const later = harness({ collectors: [reads] }, registry([things])).wevt;
    const made = vi.spyOn(JSON, "stringify");
    for (let count = 0; count < 3; count++) later.run(http({ method: "GET" }), (event) => event.log(things({ id: "a" })));
    const records = made.mock.calls.filter(([value]) => typeof value === "object" && value !== null && "eventId" in value);
    made.mockRestore();
    expect(records).toEqual([]);
  });

  it("of more than a megabyte, or beyond what a batch has room for, is whole all the same", () => {
    const views = witness();
    const short: number[] = [];
    const small: Collector = { flush: (events) => void events.forEach((event) => short.push(event.copyTo(new Uint8Array(100), 0))) };
    const { wevt } = harness({ collectors: [views, small] }, registry([things]));
    for (let turn = 0; turn < 40; turn++) wevt.run(http({ method: "GET" }), (event) => event.log(things({ id: "a", list: Array.from({ length: 9 }, () => "€".repeat(99_000)) })));
    for (const { line, copied, json: expected } of views.seen) expect(line === expected && copied === `${expected}\n` && new TextEncoder().encode(line).length > 2_600_000).toBe(true);
    expect(short).toEqual(short.map(() => -1));
  });

  it("is copied whole or not at all, the same way by both paths, whatever it is to be copied into, and to which place", () => {
    const detached = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return bytes;
    };
    /** The place, and what is made of the line's length. */
    const targets: readonly (readonly [at: unknown, of: (length: number) => unknown])[] = [
      [0, (length) => new Uint8Array(length)],
      [3, (length) => Buffer.alloc(length + 3)],
      [0, (length) => new Uint8Array(length - 1)],
      [1, (length) => new Uint8Array(length)],
      [0, (length) => new Uint8Array(length >> 1)],
      [0, () => new Uint8Array(0)],
      ...[Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, "1", undefined, 2 ** 32].map((at) => [at, (length: number) => new Uint8Array(length * 2)] as const),
      [0, detached],
      [0, (length) => new Uint16Array(length)],
      [0, (length) => new Uint8ClampedArray(length)],
      [0, (length) => new DataView(new ArrayBuffer(length))],
      [0, (length) => Array.from({ length })],
      [0, () => undefined],
      [0, () => null],
      [0, () => "text"],
    ];
    const seen: { readonly line: string; readonly outcomes: readonly string[] }[] = [];
    const tries: Collector = {
      flush: ([event]) => {
        const whole = Buffer.from(`${event?.line}\n`);
        const outcomes = targets.map(([at, of]) => {
          const target = of(whole.length);
          const count: unknown = Reflect.apply(Object(event).copyTo, event, [target, at]);
          const bytes = ArrayBuffer.isView(target) && target.byteLength > 0 ? Buffer.from(target.buffer, target.byteOffset, target.byteLength) : Buffer.alloc(0);
          if (count === -1) return bytes.every((byte) => byte === 0) ? "not at all" : "in part";
          return count === whole.length && bytes.subarray(Number(at), Number(at) + whole.length).equals(whole) ? "whole" : "wrong";
        });
        seen.push({ line: String(event?.line), outcomes });
      },
    };
    const { wevt } = harness({ collectors: [tries] }, registry([things]));
    for (let turn = 0; turn < 40; turn++) wevt.run(http({ method: "GET" }), (event) => event.log(things({ id: "ü".repeat(turn) })));
    wevt.run(http({ method: "GET" }), (event) => event.log(things({ id: "a", list: Array.from({ length: 9 }, () => "€".repeat(99_000)) })));
    const expected = targets.map((_, index) => (index < 2 || index === 15 ? "whole" : "not at all"));
    expect(seen).toHaveLength(41);
    for (const { outcomes } of seen) expect(outcomes).toEqual(expected);
  });
});
