/** Values that no call was made for, each with a name. They are made anew each time, since some can be used once. */
import { inspect } from "node:util";

const thrower = (): never => { throw new Error("SECRET"); };
const traps: ProxyHandler<object> = { get: thrower, ownKeys: thrower, getPrototypeOf: thrower, has: thrower, getOwnPropertyDescriptor: thrower, apply: thrower, construct: thrower };

function revoked(target: object = {}): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
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

/** An object that makes more of itself whenever it is read. */
function growing(): object {
  return new Proxy({}, { get: (_target, key) => (typeof key === "string" ? growing() : undefined), ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(16);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function argumentsOf(_first: number, _second: string): IArguments {
  return arguments;
}

class Odd {
  #hidden = 1;
  get id(): string { return thrower(); }
  get hidden(): number { return this.#hidden; }
}

class OddDate extends Date {
  override getTime(): number { return thrower(); }
  override toISOString(): string { return thrower(); }
  override toJSON(): string { return thrower(); }
}

class OddMap extends Map<unknown, unknown> {
  override [Symbol.iterator](): never { return thrower(); }
  override entries(): never { return thrower(); }
}

class OddArray extends Array<unknown> {
  override map(): never { return thrower(); }
  override [Symbol.iterator](): never { return thrower(); }
}

class OddError extends Error {
  override get message(): string { return thrower(); }
  override get stack(): string { return thrower(); }
  override get name(): string { return thrower(); }
  override get cause(): unknown { return thrower(); }
}

export function hostileValues(): readonly (readonly [name: string, value: unknown])[] {
  return [
    ["undefined", undefined],
    ["null", null],
    ["NaN", Number.NaN],
    ["infinity", -Infinity],
    ["minus zero", -0],
    ["bigint", 2n ** 80n],
    ["huge bigint", 10n ** 5_000n],
    ["symbol", Symbol("s")],
    ["function", () => 1],
    ["function that throws", thrower],
    ["async function that rejects", async () => thrower()],
    ["class", class {}],
    ["empty text", ""],
    ["lone surrogate", "\ud800 \udc00"],
    ["line separators", "a\nb\r\u2028\u2029\u0000\u001b[31m"],
    ["name of a prototype", "__proto__"],
    ["path of a prototype", "user.__proto__.id"],
    ["huge text", "x".repeat(300_000)],
    ["huge list", Array.from({ length: 20_000 }, (_, index) => index)],
    ["list of 100,000 holes", Object.assign([], { length: 100_000 })],
    ["object of 5,000 keys", Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]))],
    ["sparse list", Object.assign([], { length: 5 })],
    ["list with a getter that throws", Object.defineProperty([1, 2], 1, { enumerable: true, get: thrower })],
    ["list with methods that throw", OddArray.from({ length: 2 }, () => 1)],
    ["arguments", argumentsOf(1, "a")],
    ["invalid date", new Date(Number.NaN)],
    ["date with methods that throw", new OddDate()],
    ["map", new Map<unknown, unknown>([["a", 1], [{}, 2], ["__proto__", 3], [Symbol("s"), 4]])],
    ["map with methods that throw", new OddMap([[1, 2]])],
    ["set", new Set([1, "a"])],
    ["buffer", Buffer.from("hello")],
    ["array buffer", new ArrayBuffer(8)],
    ["shared array buffer", new SharedArrayBuffer(8)],
    ["detached buffer", detached()],
    ["data view of a detached buffer", detached().buffer],
    ["error", new Error("boom")],
    ["error with getters that throw", new OddError()],
    ["error that is its own cause", Object.assign(new Error("loop"), { get cause() { return this; } })],
    ["aggregate error", new AggregateError([new Error("a"), 1, null], "both")],
    ["regexp", /x/],
    ["url", new URL("http://example.com/")],
    ["boxed", Object("text")],
    ["boxed symbol", Object(Symbol("s"))],
    ["boxed bigint", Object(1n)],
    ["cycle", cyclic()],
    ["deep", deep(10_000)],
    ["parsed __proto__", JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"user":{"__proto__":{"polluted":1}}}')],
    ["null prototype", Object.assign(Object.create(null), { a: 1 })],
    ["symbol keys", { [Symbol("a")]: 1, [Symbol.iterator]: thrower, [Symbol.asyncIterator]: thrower, [Symbol.toPrimitive]: thrower }],
    ["throwing getter", Object.defineProperty({}, "id", { enumerable: true, get: thrower })],
    ["getters for every name", Object.defineProperties({}, Object.fromEntries(["then", "until", "from", "signal", "timeoutMs", "fields", "descriptor", "partial", "originator", "name", "message", "slug", "level", "text", "flush", "rules", "body", "status"].map((key) => [key, { enumerable: true, get: thrower }])))],
    ["throwing toJSON", { toJSON: thrower }],
    ["endless toJSON", endless()],
    ["throwing conversions", { toString: thrower, valueOf: thrower, toISOString: thrower }],
    ["throwing then", { then: thrower }],
    ["instance with a getter that throws", new Odd()],
    ["frozen", Object.freeze({ id: "u", tags: Object.freeze(["a"]) })],
    ["throwing proxy", new Proxy({}, traps)],
    ["throwing proxy of a function", new Proxy(() => 1, traps)],
    ["throwing proxy of a list", new Proxy([], traps)],
    ["growing proxy", growing()],
    ["revoked proxy", revoked()],
    ["revoked proxy of a list", revoked([])],
    ["revoked proxy of a function", revoked(() => 1)],
    ["promise", Promise.resolve(1)],
    ["weak map", new WeakMap()],
    ["generator", (function* () { yield thrower(); })()],
    ["global", globalThis],
  ];
}

/** How a value looks from outside, without calling anything of it; undefined where it does not let itself be looked at. */
export function looksOf(value: unknown): string | undefined {
  if (value === globalThis) return undefined;
  try {
    return inspect(value, { depth: 4, showHidden: true, getters: false, customInspect: false, maxArrayLength: 50, maxStringLength: 50 });
  } catch {
    return undefined;
  }
}
