/** What expectations say: matchers, assertions, and their messages. */
import { describe, expect, it } from "vitest";
import { createWevt } from "../../src/runtime/index.js";
import { memory } from "../../src/collectors/memory.js";
import { assertEmitted, assertEmittedOnce, assertNoProblems, assertNotEmitted, matchEmitted, matchNoProblems, testWevt, wevtMatchers } from "../../src/testing/index.js";

expect.extend(wevtMatchers);

const base = { eventId: "evnt_0000000000000000000000001", timestamp: "2026-01-01T00:00:00.000Z", originator: { type: "agent" }, durationMs: 12, outcome: "ok" };
const opus = { ...base, event: "agent.execution", llm: { model: "opus", costUsd: 0.5, tokens: "9007199254740993" }, chat: { tags: ["a", "b"], at: "2026-01-01T00:00:00.000Z" } };
const sonnet = { ...base, eventId: "evnt_0000000000000000000000002", event: "agent.execution", llm: { model: "sonnet", costUsd: 0.1 } };
const http = { ...base, eventId: "evnt_0000000000000000000000003", event: "http", outcome: "error", wevt: { problems: [{ problem: "unknown_field", path: "user.age", message: "no schema declares this field" }] } };
const records = [opus, sonnet, http];

const message = (fields: unknown, name = "agent.execution"): string => matchEmitted(records, { name, fields }).message();

describe("toHaveEmitted", () => {
  it("takes any part of a record: values, patterns, functions, matchers, dates, bigints, whole lists, absence", () => {
    expect(records).toHaveEmitted("agent.execution", { llm: { model: "opus", costUsd: 0.5 } });
    expect(records).toHaveEmitted("agent.execution", { llm: { model: /^op/, costUsd: (usd: number) => usd > 0.2, tokens: 9007199254740993n } });
    expect(records).toHaveEmitted("agent.execution", { chat: { tags: ["a", expect.any(String)], at: new Date("2026-01-01T00:00:00Z") }, originator: expect.objectContaining({ type: "agent" }) });
    expect(records).toHaveEmitted("agent.execution", { llm: { model: "sonnet" }, chat: undefined });
    expect(records).not.toHaveEmitted("agent.execution", { chat: { tags: ["a"] } });
    expect(records).not.toHaveEmitted("agent.execution", { llm: { tokens: (tokens: unknown) => tokens === 1 } });
    expect(records).not.toHaveEmitted("websocket");
  });

  it("names the nearest event, field by field", () => {
    expect(message({ llm: { model: "haiku", costUsd: 0.5, tokens: /^1/ }, chat: { tags: ["a", "c"], at: (at: string) => at === "" }, durationMs: 12 })).toMatchInlineSnapshot(`
      "expected an event "agent.execution" with these fields; of 2 of that name, the nearest differs:
      agent.execution (evnt_…1) ok, 12 ms: llm, chat
        llm.model     expected "haiku", received "opus"
        llm.tokens    expected text that matches /^1/, received "9007199254740993"
        chat.tags[1]  expected "c", received "b"
        chat.at       expected a value for which (at) => at === "", received "2026-01-01T00:00:00.000Z""
    `);
    expect(message({ outcome: "ok" }, "http")).toMatchInlineSnapshot(`
      "expected an event "http" with these fields; this one differs:
      http (evnt_…3) error, 12 ms
        outcome  expected "ok", received "error""
    `);
  });

  it("says what was emitted when nothing has the name", () => {
    expect(message({}, "agent.exection")).toMatchInlineSnapshot(`
      "expected an event "agent.exection", there is none of that name
      emitted:
        agent.execution (evnt_…1) ok, 12 ms: llm, chat
        agent.execution (evnt_…2) ok, 12 ms: llm
        http (evnt_…3) error, 12 ms"
    `);
    expect(matchEmitted([], { name: "http" }).message()).toBe('expected an event "http", there is none of that name\nnothing was emitted');
  });

  it("says, where it should not have been there, which one it is", () => {
    expect(message({ llm: { model: "opus" } })).toMatchInlineSnapshot(`
      "expected not to find an event "agent.execution" with these fields, but there is agent.execution (evnt_…1) ok, 12 ms: llm, chat:
        llm  { model: "opus" }"
    `);
  });

  it("shows at most a screen, whatever is compared", () => {
    const wide = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`field${index}`, "x".repeat(500)]));
    const lines = message(wide).split("\n");
    expect(lines.length).toBeLessThan(25);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  });

  it("keeps to one of it, where that is asked for", () => {
    expect(records).toHaveEmittedOnce("agent.execution", { llm: { model: "opus" } });
    expect(matchEmitted(records, { name: "agent.execution", once: true }).message()).toMatchInlineSnapshot(`
      "expected exactly one event "agent.execution", there are 2:
        agent.execution (evnt_…1) ok, 12 ms: llm, chat
        agent.execution (evnt_…2) ok, 12 ms: llm"
    `);
    expect(() => expect(records).toHaveEmittedOnce("agent.execution")).toThrow("expected exactly one event");
  });

  it("looks into kits, memory collectors and lists, and refuses anything else", () => {
    const collected = memory();
    using kit = testWevt(createWevt, { collectors: [collected] });
    kit.wevt.message("hello");
    kit.expectProblem("constraint");
    for (const emitted of [kit, collected, kit.events]) expect(matchEmitted(emitted, { name: "message" }).pass).toBe(true);
    for (const emitted of [undefined, 7, {}, "x"]) expect(() => matchEmitted(emitted, { name: "message" })).toThrow("in what testWevt returns, in a memory() collector, or in a list of records");
  });
});

describe("toHaveNoProblems", () => {
  it("counts problems on records", () => {
    expect([opus, sonnet]).toHaveNoProblems();
    expect(records).not.toHaveNoProblems();
    expect(matchNoProblems(records).message()).toMatchInlineSnapshot(`
      "expected no problems, there is one:
        unknown_field at user.age: no schema declares this field (http evnt_…3)"
    `);
  });

  it("of a kit counts the problems that nobody expected", () => {
    using kit = testWevt(createWevt, { validation: "report" });
    kit.wevt.set({ user: {} });
    expect(kit).not.toHaveNoProblems();
    kit.expectProblem("no_event");
    expect(kit).toHaveNoProblems();
  });
});

describe("the contract of expect.extend, as jest and vitest have it", () => {
  it("is kept: pass, and a message that is made when it is asked for", () => {
    for (const matcher of Object.values(wevtMatchers)) {
      const answer = Reflect.apply(matcher, { isNot: false, promise: "", equals: Object.is }, [[], "http", {}]);
      expect([typeof answer.pass, typeof answer.message, typeof answer.message()]).toEqual(["boolean", "function", "string"]);
    }
  });
});

describe("assertions for node:test", () => {
  it("return the record, and throw what a test runner knows as a failed assertion", () => {
    expect(assertEmitted(records, "agent.execution", { llm: { model: "sonnet" } })).toBe(sonnet);
    expect(assertEmittedOnce(records, "http")).toBe(http);
    assertNotEmitted(records, "http", { outcome: "ok" });
    assertNoProblems([opus]);
    expect(() => assertEmitted(records, "http", { outcome: "ok" })).toThrow(expect.objectContaining({ name: "AssertionError", code: "ERR_ASSERTION", message: message({ outcome: "ok" }, "http") }));
    expect(() => assertEmittedOnce(records, "agent.execution")).toThrow("expected exactly one event");
    expect(() => assertNotEmitted(records, "http")).toThrow('expected not to find an event "http"');
    expect(() => assertNoProblems(records)).toThrow("expected no problems");
  });

  it("point at the test, not into wevt", () => {
    try {
      assertEmitted([], "http");
    } catch (error) {
      expect(Object(error).stack.split("\n    at ")[1]).toContain("emitted.test.ts");
    }
    expect.assertions(1);
  });
});
