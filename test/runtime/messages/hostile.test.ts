/** Whatever is passed, a message comes out: text that is well-formed and bounded, arguments that are JSON, and nothing thrown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxMessageLength } from "../../../src/runtime/limits.js";
import { formatMessage, type FormattedMessage } from "../../../src/runtime/messages/format.js";
import { inferLevel } from "../../../src/runtime/messages/level.js";

const verbs = [..."vTtsqdboOxXcUeEfFgGpwz☠%{["];
const boom = (): never => {
  throw new Error("boom");
};
const large = "y".repeat(10_000_000);
const throwing = new Proxy({}, { get: boom, ownKeys: boom, getPrototypeOf: boom, has: boom, getOwnPropertyDescriptor: boom });

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: { [key: string]: unknown } = { a: 1 };
  value["self"] = value;
  value["list"] = [value, new Map([[value, value]]), new Set([value])];
  return value;
}

function endless(): object {
  return { toJSON: endless };
}

/** Writes a message about itself when it is written. */
const echo: object = { toString: () => formatMessage("%v %v", [echo, echo]).text };

const hostile: readonly (readonly [name: string, value: unknown])[] = [
  ["a proxy that throws", throwing],
  ["a revoked proxy", revoked({})],
  ["a revoked array", revoked([])],
  ["a revoked function", revoked(() => 1)],
  ["a cycle", cyclic()],
  ["100 MB of text", "x".repeat(100_000_000)],
  ["a key of 10 MB", { ["k".repeat(10_000_000)]: 1 }],
  ["text of lone surrogates", "\udc00\ud800".repeat(5_000)],
  ["a list of a million", Array.from({ length: 1_000_000 }, (_, index) => index)],
  ["a list of 4 billion holes", Object.assign([], { length: 4_294_967_295 })],
  ["a Map of objects", new Map<unknown, unknown>([[{}, []], [Symbol("s"), 1], [() => 1, 2], ["x".repeat(1_000_000), 3]])],
  ["a Map that is none", Object.create(Map.prototype)],
  ["a Set that is none", Object.create(Set.prototype)],
  ["a Date that is none", Object.create(Date.prototype)],
  ["bytes that are none", Object.create(Uint8Array.prototype)],
  ["an invalid Date", new Date(Number.NaN)],
  ["a bigint of a million digits", 1n << 3_000_000n],
  ["a symbol", Symbol("s".repeat(100_000))],
  ["a function", boom],
  ["a class", class {}],
  ["a getter that throws", { get a() { return boom(); }, b: 1 }],
  ["toString that throws", { toString: boom }],
  ["toString that returns no text", { toString: () => ({}) }],
  ["toString that returns 10 MB", { toString: () => large }],
  ["toString that sends a message", echo],
  ["toJSON that throws", { toJSON: boom }],
  ["toJSON without end", { toJSON: endless }],
  ["an Error whose message throws", Object.defineProperty(new Error("x"), "message", { get: boom })],
  ["an Error without a prototype", Object.setPrototypeOf(new Error("x"), null)],
  ["an Error that causes itself", (() => { const error = new Error("x"); error.cause = error; return error; })()],
  ["a constructor that throws", Object.create({ get constructor() { return boom(); } })],
  ["no prototype", Object.assign(Object.create(null), { a: 1 })],
  ["a detached buffer", (() => { const bytes = new Uint8Array(8); structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); return bytes; })()],
  ["a shared buffer", new Uint8Array(new SharedArrayBuffer(4))],
  ["other views", [new Float64Array(2), new BigInt64Array(2), new DataView(new ArrayBuffer(2)), new ArrayBuffer(2)]],
  ["10,000 levels", JSON.parse("[".repeat(10_000) + "]".repeat(10_000))],
  ["a wide tree", JSON.parse(JSON.stringify(Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => ({ a: [1, 2, 3] })))))],
  ["JSON's __proto__", JSON.parse('{"__proto__":{"polluted":1},"toString":1,"constructor":null}')],
  ["boxed values", [Object("a"), Object(1), Object(true), Object(1n), Object(Symbol("s"))]],
  ["a promise, a weak map, a generator", [Promise.resolve(), new WeakMap(), (function* () {})()]],
  ["control characters", "\u0000\u001b[31m\r\n\u2028\u202e"],
];

function expectSound({ text, args, problems }: FormattedMessage): void {
  expect(typeof text).toBe("string");
  expect(text.length).toBeLessThanOrEqual(maxMessageLength + 1);
  expect(/\p{Surrogate}/u.test(text)).toBe(false);
  const json = JSON.stringify(args);
  expect(JSON.stringify(JSON.parse(json))).toBe(json);
  expect(/\p{Surrogate}/u.test(json)).toBe(false);
  expect(/\\ud[89a-f]/i.test(json)).toBe(false);
  expect(json.length).toBeLessThan(200_000);
  for (const problem of problems) expect(problem.length).toBeLessThan(400);
}

describe("a message about", () => {
  it.each(hostile)("%s is sound, with each verb", (_, value) => {
    for (const verb of verbs) {
      for (const flags of ["", "+", "#", "-012.3", "*", "{x}"]) expectSound(formatMessage(`a %${flags}${verb} b`, [value, value]));
    }
    expectSound(formatMessage("a", [value]));
    expectSound(formatMessage(value, [value]));
    expect(["error", "info"]).toContain(inferLevel([value], "message"));
  });

  it("all of it at once is sound", () => {
    expectSound(formatMessage("%v".repeat(20), hostile.map(([, value]) => value)));
    expectSound(formatMessage("%v", Array.from({ length: 100_000 }, () => cyclic())));
  });

  it("something unreadable says so, and what stands beside it stays", () => {
    expect(formatMessage("%v %v %{ok}d", [throwing, revoked([]), 1])).toMatchObject({ text: "[unreadable] [unreadable] 1", args: { ok: 1 } });
    expect(formatMessage("%{x}v", [{ get a() { return boom(); }, b: 1 }])).toMatchObject({ text: "{a:[unreadable] b:1}", args: { x: { b: 1 } } });
  });

  it("arguments that are no array is sound", () => {
    for (const args of [throwing, revoked([]), new Proxy([], { get: () => -1 })]) expectSound(Reflect.apply(formatMessage, undefined, ["%v", args]));
    for (const args of [null, undefined, 5, {}]) expectSound(Reflect.apply(formatMessage, undefined, ["%v", args]));
  });

  it("the caller's objects leaves them as they were", () => {
    const frozen = Object.freeze({ a: Object.freeze([1, 2]), e: Object.freeze(new Error("x")) });
    const before = JSON.stringify(frozen);
    expectSound(formatMessage("%v %{x}#v", [frozen, frozen]));
    expect(JSON.stringify(frozen)).toBe(before);
  });

  it("nothing pollutes a prototype", () => {
    formatMessage("%{__proto__}v %v", [JSON.parse('{"__proto__":{"polluted":1}}'), JSON.parse('{"__proto__":{"polluted":1}}')]);
    expect(Object.getOwnPropertyDescriptor(Object.prototype, "polluted")).toBeUndefined();
  });

  it("costs no more than its size: templates of nothing but openings are read once", () => {
    for (const opening of ["%{", "%[", "%{a}", "%[1]", "%*", "%-+# 0", "{", "%%"]) {
      const started = performance.now();
      expectSound(formatMessage(opening.repeat(1_000_000 / opening.length), [1]));
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});

const small = hostile.filter(([name]) => !/MB|million|billion/.test(name)).map(([, value]) => value);
const anything = fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withSparseArray: true, withTypedArray: true, withNullPrototype: true, withUnicodeString: true });
const piece = fc.oneof(fc.string({ unit: "binary", maxLength: 5 }), fc.constantFrom("%", "%%", "{", "}", "[", "]", "*", ".", "%{a}", "%{b}5", "%[1]", "%[2]", "%-0", "1", "9", ...verbs));
const template = fc.oneof(fc.string({ unit: "binary" }), fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")));

describe("any message", () => {
  it("is sound, whatever its template and arguments are", () => {
    fc.assert(fc.property(template, fc.array(anything, { maxLength: 4 }), fc.array(fc.nat(small.length - 1), { maxLength: 3 }), (text, args, chosen) => {
      expectSound(formatMessage(text, [...args, ...chosen.map((index) => small[index])]));
      expectSound(formatMessage(text, [...chosen.map((index) => small[index]), ...args]));
    }), { numRuns: 1_000 });
  });

  it("is the same each time: formatting changes nothing it reads from", () => {
    fc.assert(fc.property(template, fc.array(fc.jsonValue(), { maxLength: 5 }), (text, args) => {
      expect(formatMessage(text, args)).toEqual(formatMessage(text, structuredClone(args)));
    }));
  });
});
