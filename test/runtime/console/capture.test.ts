/** Stray console calls as messages of the current event. */
import { Console } from "node:console";
import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captureConsole, type CaptureOptions } from "../../../src/runtime/console/capture.js";
import { formatConsole } from "../../../src/runtime/console/format-console.js";
import { messageSink, type MessageSource } from "../../../src/runtime/messages/sink.js";

interface Harness {
  readonly console: Console;
  /** `level: text`. */
  readonly messages: string[];
  readonly args: unknown[];
  printed(): string;
  readonly source: MessageSource;
  inEvent: boolean;
}

function harness(): Harness {
  let printed = "";
  const stream = new Writable({ write: (chunk, _, done) => { printed += String(chunk); done(); } });
  const messages: string[] = [];
  const args: unknown[] = [];
  const made: Harness = {
    console: new Console({ stdout: stream, stderr: stream }),
    messages,
    args,
    printed: () => printed,
    inEvent: true,
    source: {
      [messageSink]: () => made.inEvent ? { message: (level, text, values) => { messages.push(`${level}: ${text}`); args.push(values); } } : undefined,
    },
  };
  return made;
}

function capturing(options: CaptureOptions = {}): Harness & { readonly restore: () => void } {
  const made = harness();
  const restore = captureConsole(made.source, { console: made.console, ...options });
  return Object.assign(made, { restore });
}

describe("a captured console", () => {
  it("makes each call a message with the level of its method, and prints it all the same", () => {
    const { console, messages, printed } = capturing();
    console.debug("a");
    console.log("b");
    console.info("c");
    console.warn("d");
    console.error("e");
    expect(messages).toEqual(["debug: a", "info: b", "info: c", "warn: d", "error: e"]);
    expect(printed()).toBe("a\nb\nc\nd\ne\n");
  });

  it("takes what dir shows, and not how it is shown", () => {
    const { console, messages, printed } = capturing();
    console.dir({ a: 1 }, { depth: 0, colors: true });
    expect(messages).toEqual(["info: {a: 1}"]);
    expect(printed()).toContain("a");
  });

  it("keeps the lines of a call in one message", () => {
    const { console, messages } = capturing();
    console.log("one\ntwo\n  three");
    expect(messages).toEqual(["info: one\ntwo\n  three"]);
  });

  it("leaves calls outside an event alone", () => {
    const made = capturing();
    made.inEvent = false;
    made.console.log("a %d", 1);
    expect(made.messages).toEqual([]);
    expect(made.printed()).toBe("a 1\n");
  });

  it("prints nothing when told so, but for calls outside an event", () => {
    const made = capturing({ passThrough: false });
    made.console.log("a");
    made.inEvent = false;
    made.console.log("b");
    expect(made.messages).toEqual(["info: a"]);
    expect(made.printed()).toBe("b\n");
  });

  it("takes only the methods it is told", () => {
    const { console, messages } = capturing({ methods: ["warn", "warn"] });
    console.log("a");
    console.warn("b");
    expect(messages).toEqual(["warn: b"]);
  });

  it("takes what the platform makes of other methods, once", () => {
    const { console, messages } = capturing();
    console.assert(false, "no %s", "way");
    console.count("x");
    console.trace("here");
    expect(messages).toEqual(["warn: Assertion failed: no way", "info: x: 1", "debug: here"]);
  });

  it("returns and throws what the original does", () => {
    const original = { log: () => "result", warn: () => { throw new Error("EPIPE"); } };
    const { source, messages } = harness();
    captureConsole(source, { console: original });
    expect(original.log()).toBe("result");
    expect(() => original.warn()).toThrow("EPIPE");
    expect(() => original.warn()).toThrow("EPIPE");
    expect(messages).toHaveLength(3);
  });

  it("is as it was when restored, twice too", () => {
    const { console, messages, restore } = capturing();
    restore();
    restore();
    console.log("a");
    expect(messages).toEqual([]);
    const before = harness();
    const log = before.console.log;
    captureConsole(before.source, { console: before.console })();
    expect(before.console.log).toBe(log);
  });

  it("leaves those in place who wrapped it later", () => {
    const { console, messages, restore, printed } = capturing();
    const ours = console.log;
    console.log = (...args: unknown[]) => ours("wrapped", ...args);
    restore();
    console.log("a");
    expect(messages).toEqual([]);
    expect(printed()).toBe("wrapped a\n");
  });

  it("makes one message of one call, however often it is captured for one runtime", () => {
    const made = harness();
    const restores = [captureConsole(made.source, { console: made.console }), captureConsole(made.source, { console: made.console })];
    made.console.log("a");
    expect(made.messages).toEqual(["info: a"]);
    expect(made.printed()).toBe("a\n");
    for (const restore of restores) restore();
    made.console.log("b");
    expect(made.messages).toEqual(["info: a"]);
  });

  it("tells each of several runtimes", () => {
    const [one, two] = [harness(), harness()];
    captureConsole(one.source, { console: one.console });
    captureConsole(two.source, { console: one.console });
    one.console.log("a");
    expect([...one.messages, ...two.messages]).toEqual(["info: a", "info: a"]);
    expect(one.printed()).toBe("a\n");
  });

  it("only prints what is printed while a message is taken", () => {
    const { console, printed } = harness();
    const messages: string[] = [];
    const source: MessageSource = { [messageSink]: () => ({ message: (_, text) => { messages.push(text); console.log("inside"); } }) };
    captureConsole(source, { console });
    console.log("a %s", { toString: () => { console.log("written"); return "b"; } });
    expect(messages).toEqual(["a b"]);
    expect(printed()).toContain("inside");
    console.log("again");
    expect(messages).toEqual(["a b", "again"]);
  });

  it("prints although the message cannot be taken", () => {
    const { console, printed } = harness();
    captureConsole({ [messageSink]: () => { throw new Error("broken"); } }, { console });
    captureConsole({ [messageSink]: () => ({ message: () => { throw new Error("broken"); } }) }, { console });
    console.log("a");
    expect(printed()).toBe("a\n");
  });

  it("is captured as if nothing was said by options that cannot be read", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const source: MessageSource = { [messageSink]: () => undefined };
    expect(() => captureConsole(source, proxy)()).not.toThrow();
  });

  it("is left alone where it cannot be changed", () => {
    const frozen = Object.freeze({ log: () => 1 });
    const { source } = harness();
    captureConsole(source, { console: frozen })();
    captureConsole(source, { console: {} })();
    captureConsole(source, { console: new Proxy({}, { get: () => { throw new Error("no"); } }) })();
    expect(frozen.log()).toBe(1);
  });
});

describe("the text of a console call", () => {
  it.each<readonly [call: readonly unknown[], text: string, args: object]>([
    [[], "", {}],
    [["a", "b", 1, true], "a b 1 true", { 2: 1, 3: true }],
    [["%s is %d", "x", 5, "!"], "x is 5 !", { 1: "x", 2: 5 }],
    [["%d %i %f", "42.5", "42.5", "42.5"], "42.5 42 42.5", { 1: "42.5", 2: "42.5", 3: "42.5" }],
    [["%d %i %f %d", "a", null, undefined, {}], "NaN NaN NaN NaN", { 1: "a", 2: null, 4: {} }],
    [["%d %i %s", 5n, 5n, 5n], "5n 5n 5n", { 1: 5, 2: 5, 3: 5 }],
    [["%j", { a: [1] }], '{"a":[1]}', { 1: { a: [1] } }],
    [["%o %O", { a: "x" }, "x"], '{a: "x"} "x"', { 1: { a: "x" }, 2: "x" }],
    [["%cred%c", "color: red", ""], "red", { 1: "color: red", 2: "" }],
    [["100%% %s", "x"], "100% x", { 1: "x" }],
    [["100%"], "100%", {}],
    [["%% of %s"], "%% of %s", {}],
    [["%s %s", "a"], "a %s", { 1: "a" }],
    [["%x", 1], "%x 1", { 1: 1 }],
    [[{ a: 1 }, "b"], "{a: 1} b", { 1: { a: 1 } }],
    [[new TypeError("no")], "TypeError: no", { 1: { type: "TypeError", message: "no", stack: expect.any(String) } }],
    [["failed:", new Error("no", { cause: new Error("why") })], "failed: Error: no, caused by Error: why", { 1: { type: "Error", message: "no", stack: expect.any(String), causes: [{ type: "Error", message: "why" }] } }],
    [["%s", new Date(0)], "1970-01-01T00:00:00.000Z", { 1: "1970-01-01T00:00:00.000Z" }],
    [[undefined, null, Symbol("s")], "undefined null Symbol(s)", { 2: null }],
  ])("%o", (call, text, args) => {
    expect(formatConsole(call)).toEqual({ text, args });
  });

  it("is bounded and well-formed, whatever is printed", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.anything({ withBigInt: true, withBoxedValues: true, withMap: true, withNullPrototype: true }), fc.string({ unit: "binary" }), fc.constantFrom("%s %d %i %f %j %o %O %c %%", "%")), { maxLength: 6 }), (call) => {
      const { text, args } = formatConsole(call);
      expect(/\p{Surrogate}/u.test(text)).toBe(false);
      expect(JSON.parse(JSON.stringify(args))).toEqual(args);
    }));
    expect(formatConsole(["x".repeat(1_000_000), "y".repeat(1_000_000), Array.from({ length: 100_000 })]).text.length).toBeLessThan(10_002);
    expect(formatConsole(Array.from({ length: 100_000 }, () => "z")).text.length).toBeLessThan(10_002);
  });
});
