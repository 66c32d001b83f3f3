/** What has no room, comes second or comes too late is counted; what cannot be run does not throw. */
import { describe, expect, it, vi } from "vitest";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { http, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET" });

describe("an error", () => {
  it.each([
    ["its message", new Error("x".repeat(5_000))],
    ["its stack", Object.assign(new Error("x"), { stack: "at ".repeat(10_000) })],
    ["its causes", new AggregateError(Array.from({ length: 30 }, (_, index) => new Error(`${index}`)))],
    ["a cause's message", new Error("x", { cause: new Error("y".repeat(5_000)) })],
  ])("tells that %s had no room", (_, error) => {
    const { wevt, problems } = harness();
    wevt.run(request, (event) => event.error(error));
    expect(problems()).toMatchObject([{ problem: "limit", path: "error" }]);
    expect(wevt.problems()).toEqual({ limit: 1 });
  });

  it("that comes after another one is counted: the first stays", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => {
      event.error(new Error("first"), { slug: "known", expected: true });
      event.error(new TypeError("second"));
    });
    expect(record()["error"]).toMatchObject({ message: "first", slug: "known" });
    expect(problems()).toEqual([{ problem: "limit", path: "error", message: "an event has room for one error: another one (TypeError) was left out" }]);
  });

  it("that ends the work after another one was recorded is counted, and decides the outcome", () => {
    const { wevt, record, problems } = harness();
    const thrown = new RangeError("second");
    expect(() => wevt.run(request, (event) => { event.error(new Error("first")); throw thrown; })).toThrow(thrown);
    expect(record()).toMatchObject({ outcome: "error", error: { message: "first" } });
    expect(problems()).toMatchObject([{ problem: "limit", path: "error" }]);
  });

  it("speaks for the HTTP error that is thrown in its place", () => {
    const { wevt, record } = harness();
    expect(() => wevt.run(request, (event) => { event.error(new Error("declined"), { slug: "payment-declined" }); throw Object.assign(new Error("Payment Required"), { statusCode: 402 }); })).toThrow("Payment Required");
    expect(record()).toMatchObject({ outcome: "error", error: { message: "declined", slug: "payment-declined" } });
    expect(wevt.problems()).toEqual({});
  });

  it.each([
    ["the same one", (first: Error) => first],
    ["one that it caused", (first: Error) => new Error("second", { cause: new Error("between", { cause: first }) })],
    ["one among several that it caused", (first: Error) => new AggregateError([new Error("other"), first])],
  ])("that is followed by %s is no second one", (_, second) => {
    const { wevt } = harness();
    const first = new Error("first");
    expect(() => wevt.run(request, (event) => { event.error(first, { slug: "known" }); throw second(first); })).toThrow();
    expect(wevt.problems()).toEqual({});
  });

  it("that comes after the event was emitted, also by ending the work, stands in its follow-up", async () => {
    const { wevt, collected } = harness();
    await expect(wevt.run(request, async (event) => { event.emit(); throw new Error("after"); })).rejects.toThrow("after");
    await wevt.flush();
    expect(collected.records).toMatchObject([{ outcome: "ok" }, { followUpOf: collected.records[0]?.["eventId"], outcome: "error", error: { message: "after" } }]);
  });
});

describe("a call without a function", () => {
  it("runs nothing, throws nothing and is counted", () => {
    const { wevt, collected } = harness();
    for (const nothing of [undefined, null, 7, {}]) {
      expect(Reflect.apply(wevt.run, wevt, [request, nothing])).toBeUndefined();
      wevt.run(request, (event) => expect(Reflect.apply(event.time, event, ["db.queries", nothing])).toBeUndefined());
    }
    expect(wevt.problems()).toEqual({ wrong_type: 8 });
    expect(collected.records).toHaveLength(8);
  });
});

describe("what has a `then`", () => {
  it("of callbacks settles as await would have it, once", async () => {
    const { wevt, collected } = harness();
    const later = { then: (resolve: (value: number) => void) => void setTimeout(() => resolve(4), 1) };
    expect(await wevt.run(request, () => later)).toBe(4);
    const both = { then: (resolve: (value: number) => void, reject: (error: Error) => void) => { resolve(5); reject(new Error("no")); resolve(6); } };
    expect(await wevt.run(request, () => both)).toBe(5);
    const no = { then: (_: unknown, reject: (error: Error) => void) => void setTimeout(() => reject(new Error("no")), 1) };
    await expect(wevt.run(request, () => no)).rejects.toThrow("no");
    expect(collected.records.map((record) => record["outcome"])).toEqual(["ok", "ok", "error"]);
  });

  it("that gives one of its own kind is asked once, and that one comes back", async () => {
    const { wevt, collected } = harness();
    class Query {
      readonly rows = vi.fn(async () => ["a"]);
      then(...ways: Parameters<Promise<string[]>["then"]>): Lazy {
        return new Lazy(this.rows().then(...ways));
      }
    }
    class Lazy {
      readonly inner: Promise<unknown>;
      constructor(inner: Promise<unknown>) {
        this.inner = inner;
      }
      then(...ways: Parameters<Promise<unknown>["then"]>): Promise<unknown> {
        return this.inner.then(...ways);
      }
    }
    const query = new Query();
    const result: unknown = wevt.run(request, () => query);
    expect(result).toBeInstanceOf(Lazy);
    expect(await result).toEqual(["a"]);
    expect(query.rows).toHaveBeenCalledTimes(1);
    expect(collected.records).toHaveLength(1);
  });
});

describe("a promise", () => {
  it("with methods of its own comes back itself", async () => {
    const { wevt, collected } = harness();
    const killable = Object.assign(Promise.resolve(4), { kill: () => "killed" });
    const result = wevt.run(request, () => killable);
    expect([result === killable, result.kill(), await result]).toEqual([true, "killed", 4]);
    class Own<T> extends Promise<T> {}
    const own = Own.reject(new Error("no"));
    expect(wevt.run(request, () => own)).toBe(own);
    await expect(own).rejects.toThrow("no");
    expect(collected.records.map((record) => record["outcome"])).toEqual(["ok", "error"]);
  });
});

describe("problems", () => {
  it("beyond those that an event has room for are counted all the same, and told to nobody", () => {
    const { wevt, told } = harness({ maxProblems: 3 });
    wevt.run(request, (event) => event.log(user({ id: "u", ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`unknown${index}`, 1])) })));
    expect(told).toHaveLength(3);
    expect(wevt.problems()).toEqual({ unknown_field: 50 });
  });
});

describe("a registry of another contract", () => {
  it.each([["nothing in it", { contract: 99 }], ["no lists", { contract: 99, partials: null, events: 7 }], ["other things in its lists", { contract: 2, partials: [1, {}, null], events: [null, { name: "a" }] }], ["no registry", null]])("with %s is one problem, and events are emitted", (_, given) => {
    const told: unknown[] = [];
    const lines: string[] = [];
    const options = { onProblem: (problem: unknown) => told.push(problem), collectors: [{ flush: (events: readonly { readonly line: string }[]) => void lines.push(...events.map(({ line }) => line)) }] };
    const wevt = createUntypedWevt(options, given as never);
    wevt.run(request, () => {});
    expect(told).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });
});

describe("a sum", () => {
  it("that no number can hold stays where it was, and is counted", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => { event.set({ db: { cost: 1e308 } }); event.add("db.cost", 1e308); });
    expect(record()["db"]).toEqual({ cost: 1e308 });
    expect(problems()).toMatchObject([{ problem: "limit", path: "db.cost" }]);
  });
});

describe("a write after close()", () => {
  it("is lost, and says so", async () => {
    const { wevt, collected, told } = harness();
    const event = wevt.start(request);
    await wevt.close();
    event.log(user({ id: "late" }));
    expect(collected.records).toHaveLength(1);
    expect(told).toMatchObject([{ problem: "late", path: "user" }]);
    expect(told[0]?.message).toContain("lost");
  });
});
