import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, db, http, sandbox, user } from "../helpers/definitions.js";
import { hostileValues } from "../helpers/hostile.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });
const hostile = hostileValues();

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
