/** `message` and `debug`: what the work says on its way stands on its record. */
import { afterEach, describe, expect, it } from "vitest";
import { messages, setDebug } from "../../src/runtime/messages/index.js";
import { captureConsole } from "../../src/runtime/console/capture.js";
import { http, registry } from "../helpers/definitions.js";
import { harness, type HarnessOptions } from "../helpers/wevt.js";

const request = http({ method: "POST" });
const speaking = (options: HarnessOptions = {}) => harness({ messages, ...options });

afterEach(() => setDebug(false));

describe("a message", () => {
  it("keeps the text, the template, the arguments as values, and when it was said", () => {
    const { wevt, clock, record } = speaking();
    wevt.run(request, (event) => {
      clock.nowMs += 12.5;
      event.message("Hello %{name}s, %{age}d!", "Luke", 19);
      wevt.message("no placeholder");
    });
    expect(record()["messages"]).toEqual([
      { atMs: 12.5, level: "info", text: "Hello Luke, 19!", template: "Hello %{name}s, %{age}d!", args: { name: "Luke", age: 19 } },
      { atMs: 12.5, level: "info", text: "no placeholder" },
    ]);
    expect(Object.keys(record()).slice(-2)).toEqual(["schema", "messages"]);
  });

  it("says when in snake_case where the project says so", () => {
    const { wevt, collected } = harness({ messages }, registry([], [], { naming: "snake_case" }));
    wevt.message("hi");
    expect(collected.records[0]?.["messages"]).toEqual([{ at_ms: 0, level: "info", text: "hi" }]);
    expect(collected.lines[0]).toContain('"messages":[{"at_ms":0,');
  });

  it("is an error where an Error is among its arguments, and what it is said to be otherwise", () => {
    const { wevt, record } = speaking();
    wevt.run(request, (event) => {
      event.message("something went wrong: %{error}v", new TypeError("oops!"));
      event.message({ level: "warn", text: "slow: %d ms" }, 7);
      Reflect.apply(event.message, event, [{ level: "fatal", text: "x" }]);
    });
    expect(Object(record()["messages"]).map(({ level, text }: { level: string; text: string }) => [level, text])).toEqual([["error", "something went wrong: oops!"], ["warn", "slow: 7 ms"], ["info", "x"]]);
    expect(record()["outcome"]).toBe("ok");
  });

  it("that is no text says what it is, at the level of what it is", () => {
    const { wevt, record } = speaking();
    wevt.run(request, (event) => {
      for (const said of [new TypeError("oops!"), 5, { a: 1 }]) Reflect.apply(event.message, event, [said]);
    });
    expect(Object(record()["messages"]).map(({ level, text }: { level: string; text: string }) => [level, text])).toEqual([["error", "oops!"], ["info", "5"], ["info", "{a:1}"]]);
  });

  it("outside any event makes a small one of its own", () => {
    const { wevt, record } = speaking();
    wevt.message("enjoy!");
    expect(record()).toMatchObject({ event: "message", originator: { type: "manual" }, durationMs: 0, outcome: "ok", main: true, messages: [{ level: "info", text: "enjoy!" }] });
  });

  it("outside any event that tells of an error makes an event that failed with it", () => {
    const { wevt, collected } = speaking();
    const error = Object.assign(new TypeError("oops!"), { code: "E" });
    wevt.message("something went wrong: %{error}v", error);
    wevt.message("something went wrong", { error });
    wevt.message({ level: "error", text: "again: %v" }, error);
    for (const record of collected.records) expect(record).toMatchObject({ event: "message", outcome: "error", error: { type: "TypeError", message: "oops!", code: "E", unforeseen: true, stack: error.stack }, messages: [{ level: "error" }] });
    expect(collected.records).toHaveLength(3);
    wevt.message({ level: "warn", text: "never mind: %v" }, error);
    wevt.message({ level: "error", text: "the disk is full" });
    wevt.run(request, () => wevt.message("inside: %v", error));
    expect(collected.records.slice(3).map((record) => [record["outcome"], record["error"]])).toEqual([["ok", undefined], ["ok", undefined], ["ok", undefined]]);
  });

  it("outside any event says of its error what was said of it elsewhere", () => {
    const { wevt, collected } = speaking();
    const error = new Error("declined");
    wevt.run(request, (event) => event.error(error, { slug: "card-declined", expected: true }));
    wevt.message("it was %v", error);
    expect(collected.records[1]).toMatchObject({ error: { slug: "card-declined", expected: true } });
    expect(collected.records[1]?.["error"]).not.toHaveProperty("unforeseen");
  });

  it("holds the stacks of its errors unless the project wants none, and so do captured console calls", () => {
    for (const stacks of [true, false]) {
      const { wevt, record } = speaking({ stacks });
      const target = { error: () => {} };
      const restore = captureConsole(wevt, { console: target });
      wevt.run(request, (event) => {
        event.message("%{error}v", new Error("x"));
        Reflect.apply(target.error, target, [new Error("y")]);
      });
      restore();
      const [said, printed] = Object(record()["messages"]);
      expect([typeof said.args.error.stack, typeof printed.args[1].stack]).toEqual(stacks ? ["string", "string"] : ["undefined", "undefined"]);
    }
  });

  it("shows wrong use in its text and reports it, and never throws", () => {
    const { wevt, record, problems } = speaking();
    wevt.run(request, (event) => event.message("%d items of %s", "three"));
    expect(Object(record()["messages"])[0].text).toBe("%!d(string=three) items of %!s(MISSING)");
    expect(problems().map(({ problem, path }) => [problem, path])).toEqual([["constraint", "messages"], ["constraint", "messages"]]);
  });

  it("comes late in the follow-up", async () => {
    const { wevt, collected } = speaking();
    const event = wevt.start(request);
    event.emit();
    event.message("too late");
    await wevt.flush();
    expect(collected.records[1]).toMatchObject({ followUpOf: event.eventId, messages: [{ text: "too late" }] });
  });

  it("is one of at most a hundred", () => {
    const { wevt, record, problems } = speaking();
    wevt.run(request, (event) => { for (let index = 0; index < 150; index++) event.message("again"); });
    expect(record()["messages"]).toHaveLength(100);
    expect(problems()).toEqual([expect.objectContaining({ problem: "limit", path: "messages" })]);
  });

  it("without wevt/messages keeps its template as text, and a problem says what is missing", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => event.message("Hello %s", "Luke"));
    expect(record()["messages"]).toEqual([{ atMs: 0, level: "info", text: "Hello %s" }]);
    expect(problems()).toEqual([expect.objectContaining({ problem: "constraint", path: "messages", message: expect.stringContaining("wevt/messages") })]);
  });

  it.each([[Symbol("x")], [null], [undefined], [{}], [{ get text() { throw new Error("SECRET"); } }], [new Proxy({}, { get: () => { throw new Error("SECRET"); } })]])("of anything never throws (%#)", (template) => {
    for (const { wevt } of [speaking(), harness()]) {
      wevt.run(request, (event) => Reflect.apply(event.message, event, [template, template]));
      Reflect.apply(wevt.message, wevt, [template]);
    }
  });
});

describe("a debug message", () => {
  it("is said only while debug is on, and its arguments are not looked at before", () => {
    const { wevt, record } = speaking();
    const unseen = { get secret(): string { throw new Error("looked at"); } };
    wevt.run(request, (event) => {
      event.debug("first %v", unseen);
      setDebug(true);
      event.debug("second %d", 2);
      setDebug(false);
      wevt.debug("third");
    });
    expect(record()["messages"]).toEqual([{ atMs: 0, level: "debug", text: "second 2", template: "second %d", args: { 1: 2 } }]);
  });

  it("opens no event when it is off", () => {
    const { wevt, collected } = speaking();
    wevt.debug("nothing");
    expect(collected.records).toEqual([]);
  });
});

describe("the console", () => {
  it("inside an event becomes messages, outside it is left alone", () => {
    const { wevt, record } = speaking();
    const printed: unknown[][] = [];
    const own = { log: (...args: unknown[]) => printed.push(args), warn: (...args: unknown[]) => printed.push(args) };
    const restore = captureConsole(wevt, { console: own, passThrough: false });
    own.log("outside");
    wevt.run(request, () => { own.log("two\nlines %d", 2); own.warn("careful"); });
    restore();
    own.log("afterwards");
    expect(record()["messages"]).toMatchObject([{ level: "info", text: "two\nlines 2" }, { level: "warn", text: "careful" }]);
    expect(printed).toEqual([["outside"], ["afterwards"]]);
  });
});
