import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, db, http, sandbox, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });
const thrower = new Proxy({}, { get: () => { throw new Error("get"); }, ownKeys: () => { throw new Error("keys"); }, getPrototypeOf: () => { throw new Error("proto"); }, has: () => { throw new Error("has"); } });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: { [key: string]: unknown } = { a: 1 };
  value["self"] = value;
  value["list"] = [value, { value }];
  return value;
}

function deep(levels: number): unknown {
  let value: unknown = "end";
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

function endless(): object {
  return { toJSON: endless };
}

const hostile: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["NaN", Number.NaN],
  ["infinity", -Infinity],
  ["minus zero", -0],
  ["bigint", 2n ** 80n],
  ["symbol", Symbol("s")],
  ["function", () => 1],
  ["class", class {}],
  ["lone surrogate", "\ud800 \udc00"],
  ["line separators", "a\nb\r\u2028\u2029\u0000\u001b[31m"],
  ["huge text", "x".repeat(300_000)],
  ["huge list", Array.from({ length: 50_000 }, (_, index) => index)],
  ["sparse list", Object.assign([], { length: 5 })],
  ["invalid date", new Date(Number.NaN)],
  ["map", new Map<unknown, unknown>([["a", 1], [{}, 2]])],
  ["set", new Set([1, "a"])],
  ["buffer", Buffer.from("hello")],
  ["array buffer", new ArrayBuffer(8)],
  ["error", new Error("boom")],
  ["regexp", /x/],
  ["url", new URL("http://example.com/")],
  ["boxed", Object("text")],
  ["cycle", cyclic()],
  ["deep", deep(10_000)],
  ["parsed __proto__", JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
  ["null prototype", Object.assign(Object.create(null), { a: 1 })],
  ["throwing getter", Object.defineProperty({}, "id", { enumerable: true, get: () => { throw new Error("SECRET"); } })],
  ["throwing toJSON", { toJSON: () => { throw new Error("no"); } }],
  ["endless toJSON", endless()],
  ["throwing proxy", thrower],
  ["revoked proxy", revoked()],
  ["promise", Promise.resolve(1)],
  ["weak map", new WeakMap()],
];

describe("whatever is passed", () => {
  it.each(hostile)("%s: no call throws, and the line is one line of JSON that says what the record says", (_name, value) => {
    const { wevt, collected } = harness();
    const result = wevt.run(request, (event) => {
      for (const target of [event, wevt]) {
        const calls: (() => unknown)[] = [];
        for (const method of ["log", "partial", "set", "add", "error", "user"]) {
          const call: unknown = Reflect.get(target, method);
          if (typeof call !== "function") continue;
          for (const args of [[value], [value, value], ["db.queries", value], [{ user: value }], [{ user: { id: value, tags: [value] } }], [{ [String("__proto__")]: value }]]) calls.push(() => Reflect.apply(call, target, args));
        }
        for (const call of calls) call();
      }
      for (const name of ["free", "queries", "bytes", "at", "tables", "limits", "perTable", "__proto__"]) event.log(db(Object.defineProperty({}, name, { value, enumerable: true })));
      // @ts-expect-error whatever it is
      for (const built of [user(value), db(value), sandbox(value), call(value), value, { partial: "user", fields: value, descriptor: value }]) event.log(built);
      // @ts-expect-error whatever it is
      event.time(value, () => 1);
      return "done";
    });
    expect(result).toBe("done");
    expect(collected.events).toHaveLength(1);
    const line = collected.lines[0] ?? "";
    expect(line).not.toMatch(/[\n\r]/);
    expect(line).toBe(JSON.stringify(collected.records[0]));
    expect(JSON.parse(line)).toEqual(collected.records[0]);
    expect(line).not.toMatch(/\p{Surrogate}/u);
    expect(line).not.toContain("SECRET");
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it.each(hostile)("%s as an originator: the work still runs", (_name, value) => {
    const { wevt, collected } = harness();
    // @ts-expect-error whatever it is
    expect(wevt.run(value, () => 1) + wevt.run(http(value), () => 1) + wevt.run({ originator: "http", fields: value, descriptor: value }, () => 1)).toBe(3);
    expect(collected.events).toHaveLength(3);
    for (const line of collected.lines) JSON.parse(line);
  });

  it.each(hostile)("%s as service and options: createWevt does not throw", (_name, value) => {
    // @ts-expect-error whatever it is
    const { wevt, collected } = harness({ service: { name: value, version: value, extra: value } });
    wevt.run(request, () => {});
    expect(collected.lines.map((line) => typeof JSON.parse(line).service.name)).toEqual(["string"]);
  });
});

describe("a free field", () => {
  it("holds what JSON.parse would give back, for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const { wevt, record } = harness();
        wevt.run(request, (event) => event.log(db({ free: value })));
        expect(Object(record()["db"]).free).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, aliases or mutates, for anything", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true, withObjectString: true }), (value) => {
        const { wevt, collected } = harness();
        wevt.run(request, (event) => { event.log(db({ free: value })); event.set({ user: Object(value) }); });
        expect(JSON.parse(collected.lines[0] ?? "")).toEqual(collected.records[0]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("keys of a record", () => {
  it("may be __proto__ and constructor, in maps and in free JSON, and stay own keys", () => {
    const { wevt, collected } = harness();
    wevt.run(request, (event) => event.log(db({ perTable: JSON.parse('{"__proto__":1,"constructor":2}'), free: JSON.parse('{"__proto__":{"a":1}}') })));
    expect(collected.lines[0]).toContain('"perTable":{"__proto__":1,"constructor":2}');
    expect(collected.lines[0]).toContain('"free":{"__proto__":{"a":1}}');
  });
});
