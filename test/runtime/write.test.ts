import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { call, db, http, registry, sandbox, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";
import type { Handle } from "../../src/runtime/handle.js";

const request = http({ method: "POST" });

function written(work: (event: Handle) => void, name: string): unknown {
  const { wevt, record } = harness();
  wevt.run(request, work);
  return record()[name];
}

describe("a write", () => {
  it("is a snapshot: what the caller changes later changes nothing", () => {
    const tags = ["a"];
    const fields = { id: "u", tags };
    expect(written((event) => { event.log(user(fields)); fields.id = "other"; tags.push("b"); }, "user")).toEqual({ id: "u", tags: ["a"] });
  });

  it("changes nothing that the caller owns", () => {
    const fields = Object.freeze({ id: "u", tags: Object.freeze(["a"]), password: "p" });
    written((event) => { event.log(user(fields)); event.set({ user: { tier: "pro" } }); }, "user");
    expect(fields).toEqual({ id: "u", tags: ["a"], password: "p" });
  });

  it("takes Dates, bigints and instances of classes with accessors", () => {
    class Row { get sandboxId(): string { return "s"; } }
    expect(written((event) => { event.log(sandbox(new Row())); event.set({ sandbox: { startedAt: new Date(5) } }); }, "sandbox")).toEqual({ sandboxId: "s", startedAt: 5 });
    expect(written((event) => event.log(db({ bytes: 2n ** 60n, at: new Date(0), queries: 3n })), "db")).toEqual({ queries: 3, bytes: "1152921504606846976", at: "1970-01-01T00:00:00.000Z" });
  });

  it("leaves out keys that no schema declares, and says so without their values", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => event.log(user({ id: "u", nick: "hush" })));
    expect(record()["user"]).toEqual({ id: "u" });
    expect(problems()).toEqual([{ problem: "unknown_field", path: "user.nick", message: expect.any(String) }]);
    expect(JSON.stringify(record())).not.toContain("hush");
  });

  it("treats undefined as missing and null as a value", () => {
    expect(written((event) => { event.log(user({ id: "u", tier: "pro", bio: "x" })); event.set({ user: { tier: undefined, bio: null } }); }, "user")).toMatchObject({ id: "u", tier: "pro" });
    expect(written((event) => { event.log(db({ free: "x" })); event.set({ db: { free: null } }); }, "db")).toEqual({ free: null });
  });

  it("stands in schema order, whatever the order of the calls", () => {
    expect(Object.keys(Object(written((event) => { event.set({ db: { at: new Date(0) } }); event.add("db.queries", 1); }, "db")))).toEqual(["queries", "at"]);
  });
});

describe("merge", () => {
  const twice = (first: object, second: object): unknown => written((event) => { event.log(db(first)); event.log(db(second)); }, "db");

  it.each([
    ["replace, the default", { free: 1 }, { free: 2 }, { free: 2 }],
    ["keep", { first: "a" }, { first: "b" }, { first: "a" }],
    ["sum", { queries: 2 }, { queries: 3 }, { queries: 5 }],
    ["sum of int64", { bytes: 2n ** 53n }, { bytes: 1 }, { bytes: "9007199254740993" }],
    ["max", { slowest: 2 }, { slowest: 3 }, { slowest: 3 }],
    ["min", { fastest: 2 }, { fastest: 3 }, { fastest: 2 }],
    ["append", { tables: ["a"] }, { tables: ["b", "c"] }, { tables: ["a", "b", "c"] }],
    ["objects by key", { limits: { soft: 1 } }, { limits: { hard: 2 } }, { limits: { soft: 1, hard: 2 } }],
    ["maps by key, each by its own rule", { perTable: { a: 1, b: 1 } }, { perTable: { b: 2 } }, { perTable: { a: 1, b: 3 } }],
    ["free JSON as one leaf", { free: { a: 1 } }, { free: { b: 2 } }, { free: { b: 2 } }],
  ])("%s", (_name, first, second, merged) => {
    expect(twice(first, second)).toEqual(merged);
  });

  it.each([
    [0.125, 0.13],
    [-0.001, 0],
    [1e300, 1e300],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
  ])("%d stands on the record as %d with two declared decimals", (value, kept) => {
    expect(JSON.stringify(written((event) => event.log(db({ cost: value })), "db"))).toBe(JSON.stringify({ cost: kept }));
  });

  it("rounds a sum to its decimals once, so that small parts are not lost", () => {
    expect(written((event) => { for (let index = 0; index < 1000; index++) event.add("db.cost", 0.004); }, "db")).toEqual({ cost: 4 });
  });

  it("keeps a sum when something of another type is added to it", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => { event.add("db.queries", 2); event.log(db({ queries: "three" })); });
    expect(record()["db"]).toEqual({ queries: 2 });
    expect(problems()).toEqual([expect.objectContaining({ problem: "wrong_type", path: "db.queries" })]);
  });

  it("takes as many items of one list, and as many keys, as an array may have, also of lists that are mostly holes", () => {
    const { wevt, told } = harness({ maxProblems: 100_000 });
    const holes: object[] = [];
    holes.length = 1_000_000_000;
    const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, { a: 1 }]));
    wevt.run(request, (event) => {
      event.set({ call: holes });
      event.set(keys);
    });
    expect(told).toContainEqual({ problem: "limit", path: "call", message: "1000000000 of them in one write were cut at 10000" });
    expect(told).toContainEqual(expect.objectContaining({ problem: "limit", message: "20000 of them in one write were cut at 10000" }));
  });

  it("gathers a repeatable partial in a list, up to its limit", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => { for (let index = 0; index < 5; index++) event.log(call({ model: `m${index}` })); });
    expect(record()["call"]).toEqual([{ model: "m0" }, { model: "m1" }, { model: "m2" }]);
    expect(problems()).toEqual([{ problem: "limit", path: "call", message: expect.stringContaining("more than 3") }]);
  });
});

describe("add and time", () => {
  it("add sums, and reaches into maps whose keys hold dots", () => {
    expect(written((event) => { event.add("db.queries", 1); event.add("db.queries", 2); event.add("db.perTable.public.users", 4); }, "db")).toEqual({ queries: 3, perTable: { "public.users": 4 } });
  });

  it("add refuses fields that do not accumulate, unknown ones and what is no number", () => {
    const { wevt, record, problems } = harness();
    // @ts-expect-error not a number
    wevt.run(request, (event) => { event.add("user.id", 1); event.add("db.nothing", 1); event.add("nobody.x", 1); event.add("db.queries", "1"); });
    expect(problems().map(({ problem, path }) => [problem, path])).toEqual([["constraint", "user.id"], ["unknown_field", "db.nothing"], ["unknown_field", "nobody.x"], ["wrong_type", "db.queries"]]);
    expect(record()["db"]).toBeUndefined();
  });

  it("time converts to the field's unit, obeys merge, and passes results and errors on", async () => {
    const { wevt, clock, record } = harness();
    await wevt.run(request, async (event) => {
      expect(event.time("sandbox.startDuration", () => { clock.nowMs += 12.7; return "up"; })).toBe("up");
      expect(await event.time("sandbox.liveDuration", async () => { await sleep(1); clock.nowMs += 1500; return 1; })).toBe(1);
      const error = new Error("x");
      await expect(event.time("sandbox.liveDuration", async () => { clock.nowMs += 500; throw error; })).rejects.toBe(error);
      expect(() => event.time("user.id", () => { throw error; })).toThrow(error);
    });
    expect(record()["sandbox"]).toEqual({ startDuration: 13, liveDuration: 2 });
  });
});

describe("error", () => {
  it("keeps the slug of the first one, also when an answer that is made of it is thrown", () => {
    const { wevt, record } = harness();
    expect(() => wevt.run(request, (event) => { event.error(new RangeError("declined"), { slug: "payment-declined", expected: true }); throw Object.assign(new Error("Payment Required"), { status: 402 }); })).toThrow("Payment Required");
    expect(record()).toMatchObject({ outcome: "error", error: { type: "RangeError", message: "declined", slug: "payment-declined", expected: true } });
  });

  it("takes anything that can be thrown, and leaves stacks out where they are not wanted", () => {
    const hostile = new Proxy({}, { get: () => { throw new Error("no"); }, getPrototypeOf: () => { throw new Error("no"); } });
    const loop = new Error("loop");
    loop.cause = loop;
    for (const thrown of ["text", 7, null, undefined, Symbol("s"), { code: 1 }, hostile, loop, new AggregateError([new Error("a"), new Error("b")], "both")]) {
      const { wevt, record } = harness({ stacks: false });
      wevt.run(request, (event) => event.error(thrown));
      expect(record()["error"]).toMatchObject({ type: expect.any(String), message: expect.any(String) });
      expect(record()["error"]).not.toHaveProperty("stack");
    }
  });
});

describe("without a registry", () => {
  it("built partials carry what is needed", () => {
    const { wevt, record } = harness({}, registry([]));
    wevt.run(request, (event) => { event.log(user({ id: "u", password: "p" })); event.set({ user: { tier: "pro" } }); });
    expect(record()["user"]).toEqual({ id: "u", tier: "pro" });
  });
});
