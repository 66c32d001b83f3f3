/** An event's life: open, sealed, late; and everything that ends it. */
import { setTimeout as sleep } from "node:timers/promises";
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { db, http, registry, sandbox, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";
import type { Handle } from "../../src/runtime/handle.js";

const request = http({ method: "POST", path: "/foo" });

async function endOf(stream: Readable): Promise<Readable> {
  await new Promise((resolve) => stream.once("close", resolve));
  return stream;
}

describe("what is written after an event was emitted", () => {
  it("comes in one linked follow-up record that holds only the late fields", async () => {
    const { wevt, collected, clock, told } = harness({ validation: "throw" });
    const event = wevt.start(request);
    event.log(user({ id: "a" }));
    event.emit();
    clock.nowMs += 500;
    event.log(user({ id: "a", tier: "pro" }));
    event.add("db.queries", 2);
    event.add("db.queries", 1);
    await wevt.flush();
    const [first, second, ...more] = collected.records;
    expect(more).toEqual([]);
    expect(second).toEqual({
      service: first?.["service"],
      eventId: expect.stringMatching(/^evnt_/),
      event: "http",
      timestamp: "2026-01-20T00:19:27.248Z",
      originator: { type: "http", traceId: Object(first?.["originator"]).traceId, spanId: Object(first?.["originator"]).spanId },
      durationMs: 0,
      outcome: "ok",
      followUpOf: first?.["eventId"],
      sampleRate: 1,
      sampleReason: "all",
      schema: "0123456789ab",
      user: { id: "a", tier: "pro" },
      db: { queries: 3 },
    });
    expect(told).toEqual([{ problem: "late", path: "user", message: expect.stringContaining("follow-up") }]);
  });

  it("is gathered for a second", async () => {
    vi.useFakeTimers();
    try {
      const { wevt, collected } = harness();
      const event = wevt.start(request);
      event.emit();
      event.log(user({ id: "a" }));
      await vi.advanceTimersByTimeAsync(900);
      event.set({ user: { tier: "pro" } });
      expect(collected.records).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(200);
      expect(collected.records[1]).toMatchObject({ user: { id: "a", tier: "pro" } });
    } finally {
      vi.useRealTimers();
    }
  });

  it("is gathered for a second from the first late write of its own event, whatever other events wait, and whether flush was called", () => {
    vi.useFakeTimers();
    try {
      const { wevt, collected, told } = harness();
      const [first, second] = [wevt.start(request), wevt.start(request)];
      first.emit();
      second.emit();
      first.log(user({ id: "a" }));
      vi.advanceTimersByTime(500);
      void wevt.flush();
      vi.advanceTimersByTime(400);
      second.log(user({ id: "b" }));
      vi.advanceTimersByTime(900);
      second.error(new Error("x"));
      vi.advanceTimersByTime(100);
      expect(collected.records.slice(2)).toEqual([expect.objectContaining({ user: { id: "a" } }), expect.objectContaining({ user: { id: "b" }, error: expect.objectContaining({ message: "x" }) })]);
      expect(told.map(({ path }) => path)).toEqual(["user", "user"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is lost and counted when the follow-up is gone, too", async () => {
    const { wevt, collected, told } = harness();
    const event = wevt.start(request);
    event.emit();
    event.log(user({ id: "a" }));
    await wevt.flush();
    event.log(user({ id: "b" }));
    event.error(new Error("x"));
    await wevt.close();
    expect(collected.records).toHaveLength(2);
    expect(told.map(({ problem, path }) => [problem, path])).toEqual([["late", "user"], ["late", "user"], ["late", "error"]]);
    expect(wevt.problems()).toEqual({ late: 3 });
  });

  it("is emitted by close(), and keeps an error", async () => {
    const { wevt, collected } = harness();
    const event = wevt.start(request);
    event.emit();
    event.error(new TypeError("too late"), { slug: "late" });
    await wevt.close();
    expect(collected.records[1]).toMatchObject({ outcome: "error", error: { type: "TypeError", slug: "late" } });
    expect(collected.records[1]).not.toHaveProperty("main");
  });

  it("does not ask again for the partials that the event required", async () => {
    const job = { contract: 1, kind: "event", name: "job", method: "job", partials: { user: { required: true }, db: { required: false } } } as const;
    const { wevt, collected } = harness({}, registry([user, db], [job]));
    const event = wevt.events["job"]?.start(request);
    event?.log(user({ id: "a" }));
    event?.emit();
    event?.add("db.queries", 1);
    event?.set({ user: { tier: "pro" } });
    await wevt.flush();
    expect(collected.records[1]).toMatchObject({ event: "job", db: { queries: 1 }, user: { tier: "pro" } });
    expect(collected.records[1]).not.toHaveProperty("wevt");
  });
});

describe("run with limits", () => {
  it("emits with outcome aborted when the signal aborts, and what the work does then comes late", async () => {
    const { wevt, collected } = harness();
    const controller = new AbortController();
    const done = wevt.run(request, async (event) => {
      event.log(user({ id: "a" }));
      controller.abort();
      expect(collected.records).toHaveLength(1);
      await sleep(1);
      event.set({ user: { tier: "pro" } });
      return 42;
    }, { signal: controller.signal });
    expect(await done).toBe(42);
    await wevt.flush();
    expect(collected.records.map((record) => [record["outcome"], record["user"]])).toEqual([["aborted", { id: "a" }], ["ok", { tier: "pro" }]]);
  });

  it("tells a TimeoutError of the signal from an abort", async () => {
    const { wevt, record } = harness();
    const controller = new AbortController();
    await wevt.run(request, async () => controller.abort(new DOMException("too slow", "TimeoutError")), { signal: controller.signal });
    expect(record()["outcome"]).toBe("timeout");
  });

  it("is aborted at its end when the signal was aborted before it began", () => {
    const { wevt, record } = harness();
    wevt.run(request, (event) => event.log(user({ id: "a" })), { signal: AbortSignal.abort() });
    expect(record()).toMatchObject({ outcome: "aborted", user: { id: "a" } });
  });

  it("emits with outcome timeout after its time, and lets the work go on", async () => {
    const { wevt, collected } = harness();
    const done = wevt.run(request, async () => { await expect.poll(() => collected.records.length).toBe(1); return "done"; }, { timeoutMs: 5 });
    expect(await done).toBe("done");
    expect(collected.records.map((record) => record["outcome"])).toEqual(["timeout"]);
  });

  it("waits on the timers of the clock that was given; on those of the platform where that has none that work", async () => {
    const [waiting, dropped]: [(() => void)[], number[]] = [[], []];
    const own = { later: (delayMs: number, work: () => void) => { waiting.push(work); return () => void dropped.push(delayMs); } };
    for (const more of [own, { later: () => { throw new Error("x"); } }, { later: 5 }]) {
      const { wevt, collected } = harness({ clock: { now: () => 0, monotonic: () => 0, ...more } as never });
      const end = wevt.run(request, async () => {
        if (more === own) for (const work of waiting) work();
        await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["timeout"]);
      }, { timeoutMs: 5 });
      await end;
    }
    expect([waiting.length, dropped]).toEqual([1, [5]]);
  });

  it("says nothing more when work that was cut off fails because of that, but tells another failure", async () => {
    const { wevt, collected } = harness();
    for (const error of [new DOMException("gone", "AbortError"), new RangeError("another matter")]) {
      const controller = new AbortController();
      await expect(wevt.run(request, async () => { controller.abort(); await sleep(0); throw error; }, { signal: controller.signal })).rejects.toBe(error);
    }
    await wevt.flush();
    expect(collected.records.map((record) => [record["outcome"], Object(record["error"]).type])).toEqual([["aborted", undefined], ["aborted", undefined], ["error", "RangeError"]]);
  });

  it("counts what the signal gives as its reason as no other failure, whatever it is called", async () => {
    const { wevt, collected } = harness();
    for (const early of [true, false]) {
      const controller = new AbortController();
      const reason = new RangeError("the user went away");
      if (early) controller.abort(reason);
      await expect(wevt.run(request, async () => { controller.abort(reason); await sleep(0); controller.signal.throwIfAborted(); }, { signal: controller.signal })).rejects.toBe(reason);
    }
    await wevt.flush();
    expect(collected.records.map((record) => [record["outcome"], Object(record["error"]).type])).toEqual([["aborted", "RangeError"], ["aborted", undefined]]);
  });

  it("leaves no listener on the signal", async () => {
    const { wevt } = harness();
    const { signal } = new AbortController();
    const [added, removed] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
    await wevt.run(request, async () => {}, { signal });
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(added.mock.calls.map(([type, listener]) => [type, listener]));
  });
});

describe("work that goes on after its function has returned", () => {
  it("ends with the promise that until names", async () => {
    const { wevt, collected, clock } = harness();
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    expect(wevt.run(request, () => "returned", { until: ended })).toBe("returned");
    clock.nowMs += 70;
    expect(collected.records).toEqual([]);
    end();
    await ended;
    expect(collected.records[0]).toMatchObject({ durationMs: 70, outcome: "ok" });
  });

  it("ends with what its result leads to, and tells how that failed", async () => {
    const { wevt, record } = harness();
    const result = { done: Promise.reject(new TypeError("stream broke")) };
    wevt.run(request, () => result, { until: (value) => Object(value).done });
    await expect(result.done).rejects.toThrow();
    expect(record()).toMatchObject({ outcome: "error", error: { type: "TypeError" } });
  });

  it("ends with a response of Node: sent whole, or cut off by who asked", async () => {
    const { wevt, collected } = harness();
    const server = createServer((incoming, response) => {
      wevt.run(http({ method: "GET", path: incoming.url ?? "" }), () => {
        response.write("first ");
        if (incoming.url === "/whole") setTimeout(() => response.end("last"), 5);
      }, { until: response });
    });
    await new Promise<void>((resolve) => void server.listen(0, resolve));
    try {
      const origin = `http://127.0.0.1:${Object(server.address()).port}`;
      expect(await (await fetch(`${origin}/whole`)).text()).toBe("first last");
      await expect.poll(() => collected.records.length).toBe(1);
      const controller = new AbortController();
      await fetch(`${origin}/cut`, { signal: controller.signal });
      expect(collected.records).toHaveLength(1);
      controller.abort();
      await expect.poll(() => collected.records.length).toBe(2);
      expect(collected.records.map((record) => [Object(record["originator"]).path, record["outcome"]])).toEqual([["/whole", "ok"], ["/cut", "aborted"]]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each<readonly [string, () => Promise<unknown>, object]>([
    ["has been read to its end", async () => endOf(Readable.from(["a"]).resume()), { outcome: "ok" }],
    ["has been written", async () => endOf(new PassThrough().end("a").resume()), { outcome: "ok" }],
    ["was destroyed", async () => endOf(new PassThrough().destroy()), { outcome: "aborted" }],
    ["broke", async () => endOf(new PassThrough().on("error", () => {}).destroy(new RangeError("broken"))), { outcome: "error", error: { type: "RangeError" } }],
  ])("ends at once with a stream that %s before", async (_how, make, expected) => {
    const { wevt, record } = harness();
    const stream = await make();
    wevt.run(request, () => stream, { until: (result) => Object(result) });
    expect(record()).toMatchObject(expected);
  });

  it("is told of a stream's error without listening for it in the place of the application", () => {
    const { wevt, record } = harness();
    const stream = new EventEmitter();
    wevt.run(request, () => {}, { until: stream });
    expect(() => stream.emit("error", new RangeError("broken"))).toThrow("broken");
    expect(record()).toMatchObject({ outcome: "error", error: { type: "RangeError" } });
  });

  it.each([[null], [{}], [() => { throw new Error("x"); }], [7], [() => undefined]])("ends at once where until is no ending (%#)", (until) => {
    const { wevt, record } = harness();
    wevt.run(request, () => {}, { until: until as never });
    expect(record()["outcome"]).toBe("ok");
  });
});

describe("other ways into an event", () => {
  it("using ends it with the block", () => {
    const { wevt, record } = harness();
    const open = (): void => {
      const event: Handle = wevt.start(request);
      try {
        event.log(user({ id: "a" }));
      } finally {
        Reflect.get(event, Symbol.dispose).call(event);
      }
    };
    open();
    expect(record()["user"]).toEqual({ id: "a" });
  });

  it("await using does, too", async () => {
    const { wevt, record } = harness();
    const event = wevt.start(request);
    await Reflect.get(event, Symbol.asyncDispose).call(event);
    expect(record()["outcome"]).toBe("ok");
  });

  it("wrap gives each call of a function its event, with its arguments, this and name", async () => {
    const { wevt, collected } = harness();
    const greet = wevt.wrap((name: string) => http({ method: "GET", path: `/${name}` }), async function greet(this: { readonly greeting: string }, name: string) {
      wevt.log(user({ id: name }));
      return `${this.greeting} ${name}`;
    });
    expect(greet.name).toBe("greet");
    expect(await greet.call({ greeting: "hello" }, "Luke")).toBe("hello Luke");
    expect(await greet.call({ greeting: "bye" }, "Leia")).toBe("bye Leia");
    expect(collected.records.map((record) => [Object(record["originator"]).path, record["user"]])).toEqual([["/Luke", { id: "Luke" }], ["/Leia", { id: "Leia" }]]);
  });

  it("wrap, track and bind keep the name and the number of parameters: Express tells handlers of errors by their four", () => {
    const { wevt } = harness();
    const handler = function handler(_error: unknown, _request: unknown, _response: unknown, _next: unknown): void {};
    const stands = [wevt.wrap(request, handler), wevt.track(request)(handler), wevt.start(request).bind(handler)];
    expect(stands.map(({ name, length }) => [name, length])).toEqual([["handler", 4], ["handler", 4], ["handler", 4]]);
  });

  it("wrap, track and bind take functions that cannot be read", () => {
    const { wevt } = harness();
    const hostile = new Proxy(() => 1, { get: () => { throw new Error("no"); }, getOwnPropertyDescriptor: () => { throw new Error("no"); } });
    expect([wevt.wrap(request, hostile), wevt.track(request)(hostile), wevt.start(request).bind(hostile)].map((one) => one())).toEqual([1, 1, 1]);
  });

  it("wrap hands back what is no function, and throws at its call alone", () => {
    const { wevt } = harness();
    expect(wevt.wrap(request, undefined as never)).toBeUndefined();
    expect(wevt.track(request)(null as never)).toBeNull();
  });

  it("wrap runs the function when the originator cannot be made", () => {
    const { wevt, record, told } = harness();
    expect(wevt.wrap(() => { throw new Error("no"); }, () => 1)()).toBe(1);
    expect(Object(record()["originator"]).type).toBe("manual");
    expect(told.map(({ problem }) => problem)).toEqual(["unserializable", "wrong_type"]);
  });

  it("track decorates a method", async () => {
    const { wevt, collected } = harness();
    class PlanningAgent {
      readonly model = "opus";
      async execute(task: string): Promise<string> {
        wevt.log(user({ id: task }));
        return this.model;
      }
    }
    const decorate = wevt.track<PlanningAgent, [string], Promise<string>>(function (this: PlanningAgent) { return http({ method: this.model }); });
    PlanningAgent.prototype.execute = decorate(PlanningAgent.prototype.execute, { kind: "method", name: "execute" });
    expect(await new PlanningAgent().execute("task-1")).toBe("opus");
    expect(collected.records.map((record) => [Object(record["originator"]).method, record["user"]])).toEqual([["opus", { id: "task-1" }]]);
  });

  it("track decorates as experimentalDecorators of TypeScript call it, methods alone", () => {
    const { wevt, collected } = harness();
    class Agent {
      readonly model = "opus";
      execute(task: string): string { return `${this.model} ${task}`; }
      get other(): number { return 1; }
    }
    const decorate = (key: "execute" | "other"): void => {
      const descriptor = Object.getOwnPropertyDescriptor(Agent.prototype, key);
      Object.defineProperty(Agent.prototype, key, wevt.track(request)(Agent.prototype, key, Object(descriptor)));
    };
    decorate("execute");
    decorate("other");
    expect([new Agent().execute("task-1"), new Agent().other]).toEqual(["opus task-1", 1]);
    expect(collected.records).toHaveLength(1);
    expect(Object.getOwnPropertyDescriptor(Agent.prototype, "execute")).toMatchObject({ enumerable: false, writable: true });
  });

  it("an event is no promise, also where a partial is called then", async () => {
    const { wevt, record } = harness({}, registry([], [], { partials: [{ ...user.descriptor, name: "then", method: "then" }] }));
    const event = wevt.start(request);
    expect(await event).toBe(event);
    event.set({ then: { id: "a" } });
    event.emit();
    expect(record()["then"]).toEqual({ id: "a" });
  });

  it("child opens an event within another, in its trace; only the outer one is the main one", () => {
    const { wevt, collected } = harness();
    const outer = wevt.start(request);
    const inner = outer.child(http({ method: "GET" }));
    inner.emit();
    outer.emit();
    const [child, parent] = collected.records;
    expect(child).toMatchObject({ parentEventId: outer.eventId, originator: { traceId: Object(parent?.["originator"]).traceId, parentSpanId: Object(parent?.["originator"]).spanId, root: { type: "http", spanId: Object(parent?.["originator"]).spanId } } });
    expect([child?.["main"], parent?.["main"]]).toEqual([undefined, true]);
  });

  it("bind lets a callback of something else find its event", () => {
    const { wevt, collected } = harness();
    const emitter = new EventEmitter();
    const event = wevt.start(request);
    emitter.on("data", event.bind(function (this: unknown, id: string) { wevt.log(user({ id })); return this; }));
    wevt.run(request, () => emitter.emit("data", "a"));
    event.emit();
    expect(collected.records.map((record) => record["user"])).toEqual([undefined, { id: "a" }]);
  });
});

describe("timers with identity", () => {
  it("may overlap, and each counts once", () => {
    const { wevt, clock, record } = harness();
    wevt.run(request, (event) => {
      const first = event.start("sandbox.liveDuration");
      clock.nowMs += 1000;
      const second = event.start("sandbox.liveDuration");
      clock.nowMs += 1000;
      first.stop();
      first.stop();
      clock.nowMs += 1000;
      second.stop();
    });
    expect(record()["sandbox"]).toEqual({ liveDuration: 4 });
  });

  it("stop with the block that uses them", () => {
    const { wevt, clock, record } = harness({}, registry([sandbox]));
    wevt.run(request, (event) => {
      const timer = event.start("sandbox.startDuration");
      clock.nowMs += 7;
      Reflect.get(timer, Symbol.dispose).call(timer);
    });
    expect(record()["sandbox"]).toEqual({ startDuration: 7 });
  });
});

describe("a trace from another service", () => {
  const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_b7ad6b7169203331" } };

  it("goes on: its id, the span that called, the root", () => {
    const { wevt, record } = harness();
    wevt.run(request, () => {}, { from });
    expect(record()["originator"]).toMatchObject({ traceId: from.traceId, parentSpanId: "span_00f067aa0ba902b7", root: from.root });
    expect(record()["main"]).toBe(true);
  });

  it("is told to the next service by traceContext", () => {
    const { wevt, record } = harness();
    const context = wevt.run(request, () => wevt.traceContext(), { from: { ...from, sampled: true } });
    expect(context).toEqual({ traceId: from.traceId, spanId: String(Object(record()["originator"]).spanId).slice(5), root: from.root, sampled: true });
    expect(wevt.traceContext()).toBeUndefined();
    const event = wevt.start(request);
    expect(wevt.traceContext(event)?.root).toEqual({ type: "http", spanId: `span_${wevt.traceContext(event)?.spanId}` });
  });

  it.each([{ ...from, traceId: "0".repeat(32) }, { ...from, traceId: from.traceId.toUpperCase() }, { ...from, spanId: "x" }, { traceId: 1, spanId: 2 }, null, "4bf9"])("that is none begins a new one: %j", (wrong) => {
    const { wevt, record, told } = harness();
    wevt.run(request, () => {}, { from: wrong as unknown as typeof from });
    expect(Object(record()["originator"]).traceId).not.toBe(from.traceId);
    expect(record()["originator"]).not.toHaveProperty("parentSpanId");
    expect(told).toEqual([]);
  });

  it("without a root of ours has none", () => {
    const { wevt, record } = harness();
    wevt.run(request, () => {}, { from: { ...from, root: { type: "x".repeat(10), spanId: "evil" } } });
    expect(record()["originator"]).not.toHaveProperty("root");
  });
});

describe("sampling", () => {
  it("keeps or drops by what the sampler says of the finished event, and writes rate and reason", () => {
    const { wevt, collected } = harness({ sampling: ({ outcome, record }) => ({ keep: outcome === "error" || Object(record["user"]).tier === "pro", rate: 20, reason: outcome === "error" ? "error" : "pro" }) });
    wevt.run(request, () => {});
    wevt.run(request, (event) => event.log(user({ id: "a", tier: "pro" })));
    expect(() => wevt.run(request, () => { throw new Error("x"); })).toThrow("x");
    expect(collected.records.map((record) => [record["sampleRate"], record["sampleReason"]])).toEqual([[20, "pro"], [20, "error"]]);
  });

  it("makes no record for a sampler that does not ask for it", () => {
    const { wevt, collected, told } = harness({ sampling: ({ name, slug, durationMs, sampled }) => ({ keep: name !== "http" || slug !== undefined || durationMs > 0 || sampled === true, rate: 1, reason: "none" }) });
    wevt.run(request, (event) => event.log(user({ tier: "pro" })));
    expect(collected.records).toEqual([]);
    expect(told).toEqual([]);
  });

  it.each([() => { throw new Error("no"); }, () => ({ keep: true, rate: 0, reason: "x" }), () => ({ keep: "yes", rate: 1, reason: "x" }), () => undefined])("that fails keeps the event and is reported (%#)", (sampling) => {
    const { wevt, record, told } = harness({ sampling: sampling as never });
    wevt.run(request, () => {});
    expect(record()).toMatchObject({ sampleRate: 1, sampleReason: "all" });
    expect(told).toEqual([expect.objectContaining({ problem: "constraint", path: "sampling" })]);
  });

  it("cannot change the record", () => {
    const { wevt, record } = harness({ sampling: (event) => { Object.assign(event.record, { outcome: "forged" }); return { keep: true, rate: 1, reason: "x" }; } });
    wevt.run(request, () => {});
    expect(record()["outcome"]).toBe("ok");
  });
});

describe("errors", () => {
  it("without a slug that nobody expected are marked as unforeseen", () => {
    const { wevt, collected } = harness();
    for (const details of [undefined, { slug: "declined" }, { expected: true }, { expected: false }]) wevt.run(request, (event) => event.error(new Error("x"), details));
    expect(collected.records.map((record) => Object(record["error"]).unforeseen)).toEqual([true, undefined, undefined, true]);
  });
});
