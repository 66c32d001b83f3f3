/** The kit of `wevt/testing`: what it captures, what it knows in advance, and what it lets no test overlook. */
import { describe, expect, it } from "vitest";
import type { EventDescriptor } from "../../src/runtime/contract.js";
import { createWevt, ValidationError, type WevtOptions } from "../../src/runtime/index.js";
import { memory } from "../../src/collectors/memory.js";
import { testWevt, type TestOptions, wevtMatchers } from "../../src/testing/index.js";
import { db, http, registry, sandbox, user } from "../helpers/definitions.js";

expect.extend(wevtMatchers);

const request = http({ method: "POST", path: "/foo" });
const checkout: EventDescriptor = { contract: 1, kind: "event", name: "checkout", method: "checkout", partials: { user: { required: true, require: ["tier"] } }, originators: ["http"] };
const types = registry([user, db, sandbox], [checkout]);
const create = (options: WevtOptions) => createWevt(options, types);
const kitOf = (options: TestOptions = {}) => testWevt(create, options);

function textOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

describe("a kit", () => {
  it("captures records in which ids, time and durations are known in advance", () => {
    using kit = kitOf();
    kit.wevt.run(request, (event) => {
      event.log(user({ id: "a" }));
      kit.clock.advance(12.5);
    });
    expect(kit.events).toEqual([
      {
        service: { name: "test" },
        eventId: "evnt_0000000000000000000000001",
        event: "http",
        timestamp: "2026-01-01T00:00:00.000Z",
        originator: { type: "http", traceId: "00000000000000000000000000000001", spanId: "span_0000000000000001", method: "POST", path: "/foo" },
        durationMs: 12.5,
        outcome: "ok",
        main: true,
        sampleRate: 1,
        sampleReason: "all",
        schema: types.stamp,
        user: { id: "a" },
      },
    ]);
    expect(kit.event("http")).toBe(kit.event());
  });

  it("has a clock that is set, too, which changes timestamps and no durations", () => {
    using kit = kitOf({ startAt: "2020-02-02T02:02:02.002Z" });
    const event = kit.wevt.start(request);
    kit.clock.advance(3);
    kit.clock.set(new Date("2019-01-01T00:00:00Z"));
    event.emit();
    kit.wevt.start(request).emit();
    expect(kit.events.map((record) => [record["timestamp"], record["durationMs"]])).toEqual([["2020-02-02T02:02:02.002Z", 3], ["2019-01-01T00:00:00.000Z", 0]]);
    expect(kit.clock.nowMs).toBe(Date.UTC(2019, 0, 1));
    expect(() => kit.clock.advance(-1)).toThrow("clock.advance takes milliseconds from 0 on, received -1; clock.set moves the time of day back");
    expect(() => kit.clock.set("tomorrow")).toThrow('clock.set takes a Date, ISO 8601 text or milliseconds since 1970, received "tomorrow"');
  });

  it("has a clock that ends events whose time is over, at their moment, and in order", async () => {
    using kit = kitOf();
    const limited = (timeoutMs: number) => kit.wevt.run(request, () => new Promise<void>((resolve) => setTimeout(resolve, 20)), { timeoutMs });
    const work = [limited(1_000), limited(500), limited(500), limited(5_000), limited(10)];
    kit.clock.advance(9.5);
    expect(kit.events).toEqual([]);
    kit.clock.advance(2_000);
    expect(kit.clock.nowMs).toBe(Date.UTC(2026, 0, 1) + 2_009.5);
    await Promise.all(work);
    expect(kit.events.map(({ eventId, outcome, durationMs }) => [String(eventId).at(-1), outcome, durationMs])).toEqual([["5", "timeout", 10], ["2", "timeout", 500], ["3", "timeout", 500], ["1", "timeout", 1_000], ["4", "ok", 2_009.5]]);
    kit.clock.advance(10_000);
    expect(kit.events).toHaveLength(5);
  });

  it("has a clock in which late writes wait for their second, and no real second does", async () => {
    const kit = kitOf();
    const event = kit.wevt.start(request);
    event.emit();
    event.set({ user: { tier: "pro" } });
    kit.expectProblem("late");
    kit.clock.advance(999);
    expect(kit.events).toHaveLength(1);
    kit.clock.advance(5_000);
    expect(kit.events[1]).toMatchObject({ followUpOf: event.eventId, timestamp: "2026-01-01T00:00:00.000Z", durationMs: 1_000, user: { tier: "pro" } });
    kit.done();
    const next = kit.wevt.start(request);
    next.emit();
    next.set({ user: { tier: "pro" } });
    kit.reset();
    kit.clock.advance(5_000);
    expect(kit.events).toEqual([]);
  });

  it("throws at the call for a value that does not fit, and hands options on to createWevt", () => {
    using kit = kitOf({ service: { name: "shop", version: "2" }, maxProblems: 1 });
    expect(() => kit.wevt.run(request, (event) => event.set({ user: { tier: 7 } }))).toThrow(ValidationError);
    expect(kit.event()).toMatchObject({ service: { name: "shop", version: "2" } });
    expect(kit.expectProblem("wrong_type", "user.tier").message).toContain("received number");
  });

  it("hands events to other collectors and problems to another listener besides", () => {
    const [collected, told]: [ReturnType<typeof memory>, string[]] = [memory(), []];
    using kit = kitOf({ collectors: [collected], onProblem: ({ problem }) => told.push(problem), validation: "report" });
    kit.wevt.run(request, () => kit.wevt.set({ nobody: {} }));
    expect(collected.records).toEqual(kit.events);
    expect(told).toEqual(["unknown_field"]);
    kit.expectProblem("unknown_field");
  });

  it("knows of what was wrong before it began: generated code of another version", () => {
    const kit = testWevt((options: WevtOptions) => createWevt(options, { ...types, contract: 99 }));
    expect(textOf(kit.done)).toContain("was made for runtime contract 99");
  });

  it("keeps every event, unless what is declared, or a sampler, is asked for", () => {
    const sampling = () => ({ keep: false, rate: 1, reason: "none" });
    const sampled = (options: WevtOptions) => createWevt(options, { ...types, sampling: () => sampling });
    using all = testWevt(sampled);
    using declared = testWevt(sampled, { sampling: "declared" });
    using own = kitOf({ sampling });
    for (const kit of [all, declared, own]) kit.wevt.run(request, () => {});
    expect([all, declared, own].map((kit) => kit.events.length)).toEqual([1, 0, 0]);
  });

  it("gives the only event of a name, or says what there is", () => {
    using kit = kitOf({ validation: "off" });
    expect(textOf(() => kit.event())).toBe("expected one event, there is none\nnothing was emitted");
    kit.wevt.run(request, (event) => event.log(user({ id: "a" })));
    kit.wevt.run(request, () => kit.clock.advance(2));
    using _open = kit.wevt.start(request);
    expect(textOf(() => kit.event("http"))).toMatchInlineSnapshot(`
      "expected one event "http", there are 2:
        http (evnt_…1) ok, 0 ms: user
        http (evnt_…2) ok, 2 ms"
    `);
    expect(textOf(() => kit.event("checkout")).replace(/:\d+:\d+/g, ":LINE")).toMatchInlineSnapshot(`
      "expected one event "checkout", there is none
      emitted:
        http (evnt_…1) ok, 0 ms: user
        http (evnt_…2) ok, 2 ms
      still open:
        http (evnt_…3), opened at test/testing/test-wevt.test.ts:LINE"
    `);
  });
});

describe("the end of a test", () => {
  it("fails for timers that were never stopped, also of events that were emitted, and names them", () => {
    const kit = kitOf();
    kit.wevt.run(request, (event) => {
      event.start("sandbox.startDuration").stop();
      event.start("sandbox.startDuration");
    });
    expect(textOf(kit.done).replace(/:\d+:\d+/g, ":LINE")).toMatchInlineSnapshot(`
      "timers that were started and never stopped, whose time is on no record:
        sandbox.startDuration (http evnt_…1), started at test/testing/test-wevt.test.ts:LINE"
    `);
    kit.done();
    const before = createWevt({ collectors: [] }, types);
    const over = testWevt(before);
    over[Symbol.dispose]();
    before.run(request, (event) => void event.start("sandbox.startDuration"));
    over.expectClean();
  });

  it("fails for problems that nobody expected, with a list of them", () => {
    const kit = kitOf({ validation: "report" });
    kit.wevt.run(request, (event) => event.set({ user: { id: 7, age: 3 } }));
    kit.wevt.log(user({ id: "a" }));
    expect(textOf(kit.expectClean)).toMatchInlineSnapshot(`
      "problems that the test does not expect:
        unknown_field at user.age: no schema declares this field: it was left out (http evnt_…1)
        wrong_type at user.id: expected string, received number: it was left out; it was 7 (http evnt_…1)
        no_event at user: written while no event is open: it is lost; write inside run, pass the event, or wrap the listener in event.bind
      a problem that is meant to be is named with kit.expectProblem(kind, path)"
    `);
    expect(textOf(() => kit.expectProblem("late"))).toMatchInlineSnapshot(`
      "expected a problem late, there are:
        unknown_field at user.age: no schema declares this field: it was left out (evnt_…1)
        wrong_type at user.id: expected string, received number: it was left out; it was 7 (evnt_…1)
        no_event at user: written while no event is open: it is lost; write inside run, pass the event, or wrap the listener in event.bind"
    `);
    for (const { problem, path } of kit.problems) kit.expectProblem(problem, path);
    kit.expectClean();
    expect(textOf(() => kit.expectProblem("late", "user"))).toBe("expected a problem late at user, there are no problems");
  });

  it("fails when a required partial or field is missing", () => {
    const kit = kitOf({ validation: "report" });
    const { wevt } = kit;
    const named: { readonly [name: string]: typeof wevt } = Object(wevt.events);
    named["checkout"]?.run(request, () => {});
    named["checkout"]?.run(request, (event) => {
      event.set({ user: { id: "a" } });
      event.log(db({ queries: 1 }));
    });
    expect(textOf(kit.done)).toMatchInlineSnapshot(`
      "problems that the test does not expect:
        missing_partial at user: event checkout requires this partial, but it was never written (checkout evnt_…1)
        undeclared_partial at db: event checkout does not list this partial: it was written all the same (checkout evnt_…2)
        missing_field at user.tier: event checkout requires this field, but it was never written (checkout evnt_…2)
      a problem that is meant to be is named with kit.expectProblem(kind, path)"
    `);
  });

  it("fails for an event that was never emitted, and says where it was opened", () => {
    const kit = kitOf();
    kit.wevt.start(request);
    kit.wevt.run(request, (event) => void event.child(request));
    expect(kit.open.map(({ openedAt, ...open }) => ({ ...open, at: openedAt?.replace(/:\d+:\d+$/, "") }))).toEqual([
      { eventId: "evnt_0000000000000000000000001", event: "http", originator: "http", at: "test/testing/test-wevt.test.ts" },
      { eventId: "evnt_0000000000000000000000003", event: "http", originator: "http", at: "test/testing/test-wevt.test.ts" },
    ]);
    expect(textOf(() => kit[Symbol.dispose]()).replace(/:\d+:\d+/g, ":LINE")).toMatchInlineSnapshot(`
      "events that were opened and never emitted:
        http (evnt_…1), opened at test/testing/test-wevt.test.ts:LINE
        http (evnt_…3), opened at test/testing/test-wevt.test.ts:LINE"
    `);
  });

  it("shows at most a screen", () => {
    const kit = kitOf({ validation: "report" });
    for (let index = 0; index < 100; index++) kit.wevt.start(request).set({ [`unknown${index}`]: { text: "x".repeat(1000) } });
    const lines = textOf(kit.done).split("\n");
    expect(lines.length).toBeLessThan(40);
    expect(lines).toContain("  … and 85 more");
  });

  it("does not hide the expectation that the test fails with", () => {
    const kit = kitOf({ validation: "report" });
    kit.wevt.start(request);
    const failed = textOf(() => {
      using _same = kit;
      throw new Error(expectMessage(kit));
    });
    expect(failed).toContain('expected an event "http"');
  });

  it("with done() leaves nothing behind for the next test", () => {
    const kit = kitOf();
    const event = kit.wevt.start(request);
    expect(() => kit.done()).toThrow("events that were opened and never emitted");
    expect([kit.events, kit.open, kit.problems]).toEqual([[], [], []]);
    kit.wevt.run(request, () => kit.clock.advance(1));
    expect(kit.event()).toMatchObject({ eventId: "evnt_0000000000000000000000001", timestamp: "2026-01-01T00:00:00.000Z", durationMs: 1 });
    event.log(user({ id: "a" }));
    expect(kit.expectProblem("late", "user").eventId).toBe("evnt_0000000000000000000000001");
    kit.done();
  });
});

describe("a wevt that exists already", () => {
  it("is taken over, keeps its service, and goes on as it was afterwards", async () => {
    const collected = memory();
    const wevt = createWevt({ service: { name: "shop" }, collectors: [collected] }, types);
    {
      using kit = testWevt(wevt);
      wevt.run(request, () => kit.clock.advance(5));
      expect(kit.event()).toMatchObject({ service: { name: "shop" }, durationMs: 5, eventId: "evnt_0000000000000000000000001" });
      expect(() => wevt.run(request, (event) => event.set({ nobody: {} }))).toThrow(ValidationError);
      expect(wevt.problems()).toEqual({ unknown_field: 1 });
      kit.expectProblem("unknown_field");
    }
    expect(collected.records).toEqual([]);
    wevt.run(request, () => {});
    expect(collected.records).toHaveLength(1);
    expect(collected.records[0]?.["eventId"]).not.toMatch(/0000000000000/);
    expect(wevt.problems()).toEqual({});
    await wevt.close();
  });

  it("is told from anything else", () => {
    expect(() => Reflect.apply(testWevt, undefined, [{}])).toThrow("testWevt takes createWevt, or what createWevt returned");
  });
});

function expectMessage(kit: ReturnType<typeof kitOf>): string {
  try {
    expect(kit).toHaveEmitted("http");
  } catch (error) {
    return String(error);
  }
  return "";
}
