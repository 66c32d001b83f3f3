/** Every public call with values that it was not made for: nothing throws, nothing of others changes, and every line is one line of JSON. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { captureConsole } from "../../src/runtime/console/capture.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { messages } from "../../src/runtime/messages/index.js";
import { redaction } from "../../src/runtime/redaction/index.js";
import { endOfStream, ended, streamed } from "../../src/runtime/streams/index.js";
import { strict } from "../../src/runtime/strict.js";
import { declaredSampling, tailSampling } from "../../src/sampling/index.js";
import { call, db, http, registry, sandbox, user } from "../helpers/definitions.js";
import { hostileValues, looksOf } from "../helpers/hostile.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });
const job = { contract: 1, kind: "event", name: "job", method: "job", partials: { user: { required: true } } } as const;
const names = hostileValues().map(([name]) => name);
/** What an event and a wevt have, besides what ends them. */
const writes = ["log", "partial", "set", "add", "time", "error", "message", "debug", "user", "sandbox", "db", "call"];
const handling = ["start", "child", "bind", "emit"];

function valueNamed(name: string): unknown {
  return hostileValues().find(([one]) => one === name)?.[1];
}

/** Calls a method with the value in every place, on the object and on nothing. */
function everyWay(target: object, method: string, value: unknown): void {
  // What is timed is the caller's own work: it is passed some.
  const calls: readonly (readonly unknown[])[] = method === "time" ? [[value, () => 1], ["sandbox.startDuration", () => (isThenable(value) ? undefined : value)]] : [[], [value], [value, value], [value, () => 1], ["db.queries", value], ["text %v %{a}d %[3]*.[2]*[1]f", value, value], [{ user: value, db: value, call: value, [String(value === undefined)]: value }], [{ user: { id: value, tags: [value] }, db: { free: value, limits: value, perTable: { a: value } }, call: [value, value] }], [new Error("x", { cause: value }), value], [new Error("x"), { slug: value, expected: value }], [{ level: value, text: value }, value]];
  const work: unknown = Reflect.get(target, method);
  if (typeof work !== "function") throw new Error(`there is no method ${method}`);
  for (const args of calls) {
    let result: unknown;
    try {
      result = Reflect.apply(work, target, args);
    } catch (error) {
      throw new Error(`${method} threw for ${args.length} arguments`, { cause: error });
    }
    if (result !== value && result instanceof Promise) result.catch(() => {});
    if (!writes.includes(method)) continue;
    try {
      Reflect.apply(work, value, args);
    } catch (error) {
      throw new Error(`${method} threw on something else`, { cause: error });
    }
  }
}

/** Its rejection would be nobody's where a function of the platform is expected, which cannot be async. */
function isAsync(name: string): boolean {
  return name === "async function that rejects";
}

function isThenable(value: unknown): boolean {
  try {
    return typeof Object(value).then === "function";
  } catch {
    return true;
  }
}

function checkLines(lines: readonly string[], records: readonly object[]): void {
  lines.forEach((line, index) => {
    expect(line).not.toMatch(/[\n\r]/);
    expect(line).not.toMatch(/\p{Surrogate}/u);
    expect(JSON.parse(line)).toEqual(records[index]);
  });
}

describe.each(names)("%s", (name) => {
  it("in every call of an event and of wevt: no throw, no foreign change, right lines", async () => {
    const { wevt, collected } = harness({ messages, redaction: redaction() }, registry([user, sandbox, db, call], [job]));
    const value = valueNamed(name);
    const looks = looksOf(value);
    for (const open of [() => wevt.start(request), () => wevt.events["job"]?.start(request) ?? wevt.start(request)]) {
      const event = open();
      for (const method of writes) everyWay(event, method, value);
      for (const method of handling) everyWay(event, method, value);
      for (const method of writes) everyWay(event, method, value);
    }
    wevt.run(request, () => { for (const method of writes) if (Reflect.has(wevt, method)) everyWay(wevt, method, value); });
    for (const method of writes) if (Reflect.has(wevt, method)) everyWay(wevt, method, value);
    for (const method of ["current", "traceContext", "problems"]) everyWay(wevt, method, value);
    await wevt.close();
    expect(collected.events.length).toBeGreaterThanOrEqual(3);
    checkLines(collected.lines, collected.records);
    expect(looksOf(value)).toBe(looks);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("in every way into an event: the work runs, and its result comes back", async () => {
    const { wevt, collected } = harness({ messages }, registry([user], [job]));
    const value = valueNamed(name);
    const looks = looksOf(value);
    const options: readonly unknown[] = [value, { from: value }, { signal: value }, { timeoutMs: value }, { until: value }, { until: () => value }, { from: { traceId: value, spanId: value, root: value, state: value, baggage: value } }, { from: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: value, spanId: "span_00f067aa0ba902b7" }, state: value, baggage: value, sampled: value } }, { until: { whenEnded: value } }, ...(isAsync(name) ? [] : [{ until: { once: value } }, { until: { then: value } }, { signal: { aborted: value, addEventListener: value } }])];
    for (const [index, one] of options.entries()) {
      expect([index, wevt.run(request, () => 1, one as never)]).toEqual([index, 1]);
      expect(await wevt.run(request, async () => 2, one as never)).toBe(2);
      wevt.start(request, one as never).emit();
      expect(wevt.wrap(request, () => 3, one as never)()).toBe(3);
      expect(wevt.track(request, one as never)(() => 4)()).toBe(4);
    }
    for (const originator of [value, { originator: value, fields: value, descriptor: value }, { originator: "http", fields: value, descriptor: request.descriptor }, { originator: "http", fields: {}, descriptor: { name: "http", check: isAsync(name) ? undefined : value, rule: value } }]) {
      expect(wevt.run(originator as never, () => 5)).toBe(5);
      expect(wevt.wrap(originator as never, () => 6)()).toBe(6);
      wevt.start(originator as never).child(originator as never).emit();
    }
    if (!isThenable(value)) expect(wevt.run(request, () => value)).toBe(value);
    await wevt.close();
    checkLines(collected.lines, collected.records);
    expect(looksOf(value)).toBe(looks);
  });

  it("as any option: events are emitted", async () => {
    const value = valueNamed(name);
    const seen = memory();
    const quiet = { onProblem: () => {}, collectors: [seen], healthIntervalMs: 0 };
    const options: readonly object[] = ["service", "validation", "hashKey", "onProblem", "maxProblems", "healthIntervalMs", "stacks", "sampling", "messages", "enrich", "redaction", "openTelemetry"].map((key) => ({ ...quiet, [key]: value }));
    const more: readonly object[] = [{ ...quiet, service: { name: value, version: value, extra: value } }, { ...quiet, hashKey: { id: value, key: value } }, { ...quiet, enrich: [value] }, { ...quiet, collectors: [{ flush: value, close: value, name: value, profile: value }, seen] }, { ...quiet, collectors: [value, seen] }, ...(isAsync(name) ? [] : [{ ...quiet, redaction: { redact: value } }, { ...quiet, messages: { format: value, infer: value, debug: {} } }])];
    const expected = options.length + more.length;
    for (const one of [...options, ...more]) {
      const wevt = createUntypedWevt(one as never, registry([user]));
      expect([Object.keys(one).join(), wevt.run(request, (event) => { event.log(user({ id: "u", phone: "1" })); event.log(user({ id: 7 })); event.message("hello"); return 1; })]).toEqual([Object.keys(one).join(), 1]);
      await wevt.flush({ timeoutMs: 5 });
      await wevt.close({ timeoutMs: 5 });
    }
    expect(seen.events.filter(({ record }) => record["event"] === "http").length).toBeGreaterThanOrEqual(expected - 1);
    for (const line of seen.lines) JSON.parse(line);
    createUntypedWevt({ collectors: value, onProblem: () => {} } as never);
    if (value !== globalThis) createUntypedWevt(value as never);
  });

  it("in what is imported beside: nothing throws", async () => {
    const value = valueNamed(name);
    streamed(value as never);
    expect(endOfStream(value)).toBeUndefined();
    await ended(value);
    for (const make of [() => tailSampling(value as never), () => tailSampling({ rules: [value], base: value } as never), () => declaredSampling([{ name: "http", sampling: value as object }]), () => strict(value as never), () => redaction({ patterns: [value], custom: [value] } as never)]) {
      try {
        make();
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
    captureConsole(harness().wevt, { console: {}, methods: [value] as never })();
  });
});

describe("an object that makes ever more of itself", () => {
  it("is read as far as the bounds say", () => {
    const growing = (): object => new Proxy({}, { get: (_target, key) => (typeof key === "string" ? growing() : undefined), ownKeys: () => ["a", "b", "c"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
    const { wevt, collected, told } = harness();
    const began = performance.now();
    wevt.run(request, (event) => event.log(db({ free: growing() })));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(JSON.parse(collected.lines[0] ?? "").db).toBeDefined();
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("a text of a hundred megabytes", () => {
  it("is cut at once", () => {
    const text = "x".repeat(50_000_000) + "y".repeat(50_000_000);
    const { wevt, collected, told } = harness({ messages });
    const began = performance.now();
    wevt.run(request, (event) => {
      event.log(db({ free: text, tables: [text] }));
      event.log(user({ id: text }));
      event.message(text, text);
      event.error(new Error(text));
    });
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(collected.lines[0]?.length).toBeLessThan(1_000_000);
    expect(told.filter(({ problem }) => problem === "limit").length).toBeGreaterThanOrEqual(3);
  });
});

describe("what cannot be written", () => {
  it.each(["NaN", "symbol", "function", "cycle", "buffer", "detached buffer", "invalid date", "throwing getter", "throwing proxy", "revoked proxy", "huge text", "huge list", "deep", "throwing toJSON", "endless toJSON"])("is counted: %s", (name) => {
    const { wevt, told } = harness();
    wevt.run(request, (event) => event.log(db({ free: valueNamed(name) })));
    expect(told.length).toBeGreaterThan(0);
    for (const { problem, path } of told) expect(`${problem} ${path}`).toMatch(/^(unserializable|limit) db\.free/);
  });

  it("changes nothing of others, for anything that can be made at random", () => {
    fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true, withObjectString: true }), (value) => {
      const looks = looksOf(value);
      const { wevt, collected } = harness({ messages, redaction: redaction() });
      wevt.run(request, (event) => { for (const method of writes) Reflect.apply(Reflect.get(event, method) as (...args: unknown[]) => unknown, event, method === "time" ? [value, () => 1] : [value, value]); });
      checkLines(collected.lines, collected.records);
      expect(looksOf(value)).toBe(looks);
    }), { numRuns: 300 });
  });
});
