/** Names in templates, and the arguments that stand on the record. */
import { describe, expect, it } from "vitest";
import { formatMessage } from "../../../src/runtime/messages/format.js";
import { maxMessageLength } from "../../../src/runtime/limits.js";

const message = (template: string, ...args: readonly unknown[]) => {
  const { text, args: kept } = formatMessage(template, args);
  return { text, args: kept };
};

describe("a name in braces", () => {
  it("makes its value an argument", () => {
    expect(message("Hello %{name}s!", "Luke")).toEqual({ text: "Hello Luke!", args: { name: "Luke" } });
  });

  it("may stand anywhere between the percent sign and the verb", () => {
    for (const template of ["%{n}-8.2f|", "%-{n}8.2f|", "%-8{n}.2f|", "%-8.{n}2f|", "%-8.2{n}f|"]) {
      expect(message(template, 3.14159)).toEqual({ text: "3.14    |", args: { n: 3.14159 } });
    }
    expect(message("%1{n}0d|", 5)).toEqual({ text: "         5|", args: { n: 5 } });
  });

  it("may hold anything but a closing brace", () => {
    expect(message("{ %{first-name}q: %{last name}v }", "Luke", "Skywalker")).toEqual({ text: '{ "Luke": Skywalker }', args: { "first-name": "Luke", "last name": "Skywalker" } });
    expect(message("%{naïve.😀}d", 1).args).toEqual({ "naïve.😀": 1 });
  });

  it("names nothing when it is empty, and the last one counts", () => {
    expect(message("%{}d", 1)).toEqual({ text: "1", args: { 1: 1 } });
    expect(message("%{a}{b}d", 1).args).toEqual({ b: 1 });
    expect(message("%{a}{}d", 1).args).toEqual({ 1: 1 });
  });

  it("belongs to the value that is written, whatever * and [n] take", () => {
    expect(message("%{n}*d %{m}[1]d", 4, 7)).toEqual({ text: "   7 4", args: { n: 7, m: 4 } });
    expect(message("%[2]{b}s %[1]{a}s", "x", "y")).toEqual({ text: "y x", args: { a: "x", b: "y" } });
  });

  it("is text where it is not closed, as a verb nobody knows", () => {
    expect(message("%{name", "Luke").text).toBe("%!{(string=Luke)name");
    expect(message("%{", "Luke").text).toBe("%!{(string=Luke)");
  });

  it("is text behind an escaped percent sign", () => {
    expect(message("%%{name}s")).toEqual({ text: "%{name}s", args: {} });
  });

  it("keeps a key like __proto__ a key like any other", () => {
    const { args } = message("%{__proto__}s %{constructor}v", "a", { __proto__: null, b: 1 });
    expect(Object.keys(args)).toEqual(["__proto__", "constructor"]);
    expect(JSON.stringify(args)).toBe('{"__proto__":"a","constructor":{"b":1}}');
  });

  it("stands for the first argument that has it; another one has its position", () => {
    expect(message("%{a}d %{a}d %[1]{a}d", 1, 2).args).toEqual({ a: 1, 2: 2 });
  });
});

describe("an error among the arguments", () => {
  const failure = Object.assign(new TypeError("oops!", { cause: Object.assign(new Error("socket"), { code: "ECONNRESET" }) }), { code: 7, stack: "TypeError: oops!\n    at work" });

  it("holds what the record of an event holds of one: type, message, code, stack and causes", () => {
    const { text, args } = message("something went wrong: %{error}v", failure);
    expect(text).toBe("something went wrong: oops!");
    expect(args["error"]).toEqual({ type: "TypeError", message: "oops!", code: 7, stack: "TypeError: oops!\n    at work", causes: [{ type: "Error", message: "socket", code: "ECONNRESET" }] });
    expect(Object.keys(Object(args["error"]))).toEqual(["type", "message", "code", "stack", "causes"]);
  });

  it("has no stack where none is wanted", () => {
    expect(formatMessage("%v", [new Error("x", { cause: "y" })], { stacks: false }).args).toEqual({ 1: { type: "Error", message: "x", causes: [{ type: "string", message: "y" }] } });
  });

  it("has bounds, those of all errors of a message together included, and says that it was cut", () => {
    const long = (): Error => Object.assign(new Error("m".repeat(3_000)), { stack: "s".repeat(9_000) });
    const { args, problems } = formatMessage("%v", [long()]);
    expect(args).toEqual({ 1: { type: "Error", message: `${"m".repeat(2_000)}…`, stack: `${"s".repeat(8_000)}…` } });
    expect(problems).toHaveLength(1);
    const many = formatMessage("%v", [Array.from({ length: 100 }, () => Object.assign(new AggregateError(Array.from({ length: 8 }, () => new Error("y")), "x"), { stack: "s".repeat(3_000) }))]);
    expect(Object(many.args[1]).map(({ stack }: { stack?: string }) => stack?.length).slice(0, 5)).toEqual([3_000, 3_000, 2_001, undefined, undefined]);
    expect(JSON.stringify(many.args).length).toBeLessThan(100_000);
    expect(many.problems).toHaveLength(1);
  });
});

describe("arguments", () => {
  it("without a name have their position, counted as [n] counts", () => {
    expect(message("%s took %{ms}d ms for %[1]s", "query", 12).args).toEqual({ 1: "query", ms: 12 });
  });

  it("keep numbers numbers and booleans booleans, whatever the verb made of them", () => {
    expect(message("%{a}08.2f %{b}t %{c}x %{d}q", 1.005, true, 255, "x").args).toEqual({ a: 1.005, b: true, c: 255, d: "x" });
  });

  it.each<readonly [string, unknown, unknown]>([
    ["null", null, null],
    ["a small bigint", 90n, 90],
    ["a large bigint", 2n ** 64n, "18446744073709551616"],
    ["minus zero", -0, 0],
    ["a Date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["an Error", new TypeError("no"), { type: "TypeError", message: "no", stack: expect.stringContaining("TypeError: no\n    at ") }],
    ["an array", [1, undefined, [new Error("e")]], [1, null, [{ type: "Error", message: "e", stack: expect.any(String) }]]],
    ["an object", { a: 1, b: undefined, c: () => 1, d: { e: Number.NaN } }, { a: 1, d: {} }],
    ["a Map", new Map([["a", 1]]), { a: 1 }],
    ["a Set", new Set([1, 2]), [1, 2]],
    ["a URL", new URL("http://example.com/"), "http://example.com/"],
    ["a lone surrogate", "a\ud800", "a\ufffd"],
  ])("make %s plain", (_, value, plain) => {
    expect(formatMessage("%{x}v", [value]).args).toEqual({ x: plain });
  });

  it.each([["undefined", undefined], ["NaN", Number.NaN], ["Infinity", Infinity], ["a function", () => 1], ["a symbol", Symbol("s")], ["an invalid Date", new Date(Number.NaN)], ["bytes", new Uint8Array(2)]])("leave out %s, which the text shows", (_, value) => {
    const { text, args } = formatMessage("%{x}v", [value]);
    expect(args).toEqual({});
    expect(text).not.toBe("");
  });

  it("are copies", () => {
    const user = { name: "Luke", tags: ["a"] };
    const { args } = formatMessage("%{user}v", [user]);
    user.tags.push("b");
    user.name = "Leia";
    expect(args).toEqual({ user: { name: "Luke", tags: ["a"] } });
  });

  it("are the fields of an object literal behind the last placeholder", () => {
    expect(message("Hello %{name}s!", "Luke", { from: "Han", count: 2 })).toEqual({ text: "Hello Luke!", args: { name: "Luke", from: "Han", count: 2 } });
    expect(message("done", { ms: 5 })).toEqual({ text: "done", args: { ms: 5 } });
    expect(message("%[1]s", "a", { b: 1 }).args).toEqual({ 1: "a", b: 1 });
  });

  it("are what toJSON says, null too", () => {
    expect(message("%{a}v %{b}v", { toJSON: () => null }, { toJSON: () => 5 })).toEqual({ text: "<nil> 5", args: { a: null, b: 5 } });
  });

  it("read getters once, for text and record alike", () => {
    let reads = 0;
    const { text, args } = formatMessage("%[1]v %[1]{x}v", [{ get n() { return ++reads; } }]);
    expect(text).toBe("{n:1} {n:1}");
    expect(args).toEqual({ 1: { n: 1 }, x: { n: 1 } });
  });
});

describe("wrong use", () => {
  it.each<readonly [template: string, args: readonly unknown[], text: string, problem: RegExp]>([
    ["%d", ["hi"], "%!d(string=hi)", /%d is not for string \(argument 1\): use %v/],
    ["%{n}d", ["hi"], "%!d(string=hi)", /%\{n\}d is not for string/],
    ["%5d|", ["hi"], "%!d(string=   hi)|", /is not for string/],
    ["%s", [], "%!s(MISSING)", /%s has no argument/],
    ["%{name}s and %s", ["a"], "a and %!s(MISSING)", /has no argument/],
    ["hi", [1], "hi%!(EXTRA int=1)", /1 more arguments than placeholders/],
    ["hi", [1, "a", null, { a: 1 }, undefined], "hi%!(EXTRA int=1, string=a, <nil>, object={a:1}, <undefined>)", /5 more/],
    ["%z", [1], "%!z(int=1)", /%z is not for int/],
    ["%☠", [1], "%!☠(int=1)", /%☠ is not for int/],
    ["%!", [1], "%!!(int=1)", /%! is not for int/],
    ["%", [], "%!(NOVERB)", /ends within a placeholder/],
    ["100%", [], "100%!(NOVERB)", /write %% for a percent sign/],
    ["%-05.2", [1], "%!(NOVERB)%!(EXTRA int=1)", /ends within/],
    ["%{a}", [], "%!(NOVERB)", /ends within/],
    ["%[3]d", [1], "%!d(BADINDEX)", /\[n\] names no argument/],
    ["%[0]d", [1], "%!d(BADINDEX)", /count from 1/],
    ["%[x]d", [1], "%!d(BADINDEX)", /names no argument/],
    ["%[1]5d", [1], "%!d(BADINDEX)", /stands before the verb/],
    ["%[1", [1], "%!(NOVERB)", /ends within/],
    ["%*d", ["a", 1], "%!(BADWIDTH)1", /\* takes an integer/],
    ["%*d", [2e6, 1], "%!(BADWIDTH)1", /\* takes an integer/],
    ["%.*f", [-1, 1.5], "%!(BADPREC)1.500000", /\* takes an integer/],
    ["%99999999d", [1], "%!(NOVERB)%!(EXTRA int=1)", /ends within/],
    ["%v", [{ toString() { throw new Error("bad"); } }], "%!v(PANIC=String method: bad)", /%v is not for object/],
    ["%s", [{ toJSON() { throw new TypeError("worse"); } }], "%!s(PANIC=toJSON method: worse)", /%s is not for object/],
  ])("of %s shows", (template, args, text, problem) => {
    const formatted = formatMessage(template, args);
    expect(formatted.text).toBe(text);
    expect(formatted.problems.join("\n")).toMatch(problem);
  });

  it("is told without the values", () => {
    expect(formatMessage("%d %d", ["SECRET"]).problems.join("\n")).not.toContain("SECRET");
  });

  it("is told a few times per message at most", () => {
    expect(formatMessage("%d".repeat(100), Array.from({ length: 100 }, () => "a")).problems).toHaveLength(5);
  });

  it("is not what nobody wrote: a good call has no problems", () => {
    expect(formatMessage("%{a}s %% %d", ["x", 1]).problems).toEqual([]);
    expect(formatMessage("%%", []).text).toBe("%");
    expect(formatMessage("%5{a}%", []).text).toBe("%");
  });

  it("of a template that is no text writes what it is", () => {
    expect(formatMessage(new Error("boom"), []).text).toBe("boom");
    expect(formatMessage(undefined, []).text).toBe("<undefined>");
    expect(formatMessage(new Error("boom"), [{ a: 1 }])).toEqual({ text: "boom", args: { 1: { type: "Error", message: "boom", stack: expect.any(String) }, a: 1 }, problems: [] });
  });
});

describe("sizes", () => {
  it("bound the text, with an ellipsis where it was cut", () => {
    for (const { text } of [formatMessage("x".repeat(50_000)), formatMessage("%%".repeat(50_000)), formatMessage("%s", ["x".repeat(50_000)]), formatMessage("%1000000d", [1]), formatMessage("%.*f", [1_000_000, 0.1])]) {
      expect(text.length).toBeLessThanOrEqual(maxMessageLength + 1);
      expect(text.length).toBeGreaterThan(4_000);
    }
    expect(formatMessage("%s", ["x".repeat(50_000)]).text.endsWith("x…")).toBe(true);
  });

  it("are told when something was cut", () => {
    for (const value of ["x".repeat(50_000), Array.from({ length: 1_000 }, (_, index) => index), JSON.parse("[".repeat(20) + "]".repeat(20))]) {
      expect(formatMessage("%v", [value]).problems).toEqual(["more than a message holds was cut: put large values into fields of the event"]);
    }
  });

  it("bound lists, objects, depth, and cycles", () => {
    const list = Array.from({ length: 1_000 }, (_, index) => index);
    expect(formatMessage("%v", [list]).text).toMatch(/ 98 99 …\]$/);
    expect(formatMessage("%v", [Object.fromEntries(list.map((index) => [`k${index}`, index]))]).text).toMatch(/ k99:99 …:…\}$/);
    expect(formatMessage("%v", [JSON.parse("[".repeat(20) + "]".repeat(20))]).text).toBe(`${"[".repeat(8)}…${"]".repeat(8)}`);
    const loop: { a: number; self?: unknown } = { a: 1 };
    loop.self = [loop];
    expect(formatMessage("%{x}v", [loop])).toMatchObject({ text: "{a:1 self:[[circular]]}", args: { x: { a: 1, self: [null] } } });
  });

  it("do not hide that one object stands in two places", () => {
    const shared = { a: 1 };
    expect(formatMessage("%v", [[shared, shared]]).text).toBe("[{a:1} {a:1}]");
  });
});
