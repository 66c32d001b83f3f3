/** Where a trace stands in what arrives, and how it is put into what is sent. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract, inject, traceHeaders } from "../../src/propagation/index.js";
import type { TraceContext } from "../../src/runtime/trace-context.js";
import { contexts } from "./arbitraries.js";

const context: TraceContext = { traceId: "12345678901234567890123456789012", spanId: "1234567890123456", sampled: true, root: { type: "http", spanId: "span_b7ad6b7169203331" }, state: "rojo=1" };
const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
const tracestate = "wevt=b7ad6b7169203331:http,rojo=1";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Headers of NATS: `get` answers with empty text where there is nothing. */
const natsHeaders = { get: (name: string): string => new Map([["traceparent", traceparent], ["tracestate", tracestate]]).get(name) ?? "" };

const carriers: readonly (readonly [what: string, carrier: unknown])[] = [
  ["Headers", new Headers({ traceparent, tracestate })],
  ["headers of Node", { host: "localhost", traceparent, tracestate }],
  ["headers of Node with lists", { traceparent: [traceparent], tracestate: tracestate.split(",") }],
  ["headers without a prototype", Object.assign(Object.create(null), { traceparent, tracestate })],
  ["a record in capitals", { Traceparent: traceparent, TRACESTATE: tracestate }],
  ["a Map", new Map([["Traceparent", traceparent], ["tracestate", tracestate]])],
  ["rawHeaders", ["Host", "localhost", "Traceparent", traceparent, "Tracestate", "wevt=b7ad6b7169203331:http", "tracestate", "rojo=1"]],
  ["a list of pairs", [["traceparent", traceparent], ["tracestate", tracestate]]],
  ["attributes of a message (Pub/Sub)", { traceparent, tracestate, type: "invoice" }],
  ["attributes of an SQS message", { traceparent: { DataType: "String", StringValue: traceparent }, tracestate: { DataType: "String", StringValue: tracestate } }],
  ["attributes of an SQS message in a function", { traceparent: { dataType: "String", stringValue: traceparent }, tracestate: { dataType: "String", stringValue: tracestate } }],
  ["headers of a Kafka message as buffers", { traceparent: Buffer.from(traceparent), tracestate: bytes(tracestate) }],
  ["headers of a Kafka message as a list", [{ traceparent: Buffer.from(traceparent) }, { tracestate: bytes(tracestate) }]],
  ["headers of NATS", natsHeaders],
  ["a message to a worker", { kind: "resize", width: 3, traceparent, tracestate }],
];

describe("extract finds the trace in", () => {
  it.each(carriers)("%s", (_what, carrier) => {
    expect(extract(carrier)).toEqual(context);
  });

  it.each([undefined, null, 0, "", traceparent, () => {}, Symbol("x"), [], {}, new Map(), [[]], [null], [undefined, 1], [{}], new Date()])("nothing where there is nothing: %s", (carrier) => {
    expect(extract(carrier)).toBeUndefined();
  });

  it("a name that an object inherits is none", () => {
    expect(extract(Object.create({ traceparent }))).toBeUndefined();
  });

  it("a flood of headers costs no more than its first ones", () => {
    const flood = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`x-${index}`, "1"]));
    const [first, last, list, map] = [{ traceparent, ...flood }, { ...flood, traceparent }, [...Object.entries(flood).flat(), "traceparent", traceparent], new Map([...Object.entries(flood), ["traceparent", traceparent]])];
    const started = performance.now();
    expect(extract(first)?.traceId).toBe(context.traceId);
    expect([last, list, map].map(extract)).toEqual([undefined, undefined, undefined]);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe("extract never throws on", () => {
  const thrower = (): never => { throw new Error("hostile"); };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const rows: readonly (readonly [what: string, carrier: unknown])[] = [
    ["a getter that throws", { get traceparent() { return thrower(); } }],
    ["a get that throws", { get: thrower }],
    ["a get that is a getter that throws", { get get() { return thrower(); } }],
    ["a proxy that throws at everything", new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower })],
    ["a revoked proxy", revoked.proxy],
    ["values that throw", { traceparent: new Proxy({}, { get: thrower }) }],
    ["a list that holds itself", (() => { const list: unknown[] = []; list.push("traceparent", list); return list; })()],
    ["values of no use", { traceparent: Symbol("x"), tracestate: 1n, baggage: () => {} }],
  ];
  it.each(rows)("%s", (_what, carrier) => {
    expect(extract(carrier)).toBeUndefined();
    if (typeof carrier === "object" && carrier !== null) expect(() => inject(context, carrier)).not.toThrow();
  });

  it("random objects", () => {
    fc.assert(fc.property(fc.anything({ withMap: true, withNullPrototype: true, withTypedArray: true, withBigInt: true, key: fc.constantFrom("traceparent", "tracestate", "get", "__proto__", "x") }), (carrier) => {
      extract(carrier);
      if (typeof carrier === "object" && carrier !== null) inject(context, carrier);
    }), { numRuns: 2_000 });
  });
});

describe("inject", () => {
  it("makes a copy of the same form, and leaves the caller's object as it is", () => {
    for (const [what, carrier] of carriers) {
      if (typeof carrier !== "object" || carrier === null || what === "headers of NATS") continue;
      const before = extract(carrier);
      const other = { ...context, spanId: "aaaaaaaaaaaaaaaa" };
      const copy = inject(other, carrier);
      expect(copy, what).not.toBe(carrier);
      expect(Array.isArray(copy), what).toBe(Array.isArray(carrier));
      expect(Object.prototype.toString.call(copy), what).toBe(Object.prototype.toString.call(carrier));
      expect(extract(copy), what).toEqual(other);
      expect(extract(carrier), what).toEqual(before);
    }
  });

  it("keeps what else is there", () => {
    expect(inject(context, { Accept: "*/*", TraceParent: "old", tracestate: "old" })).toEqual({ Accept: "*/*", traceparent, tracestate });
    expect(inject(context, ["Accept", "*/*", "traceparent", "old"])).toEqual(["Accept", "*/*", "traceparent", traceparent, "tracestate", tracestate]);
    expect(inject(context, [["Accept", "*/*"], ["Tracestate", "old"]])).toEqual([["Accept", "*/*"], ["traceparent", traceparent], ["tracestate", tracestate]]);
    expect([...inject(context, new Headers({ accept: "*/*", tracestate: "old" }))]).toEqual([["accept", "*/*"], ["traceparent", traceparent], ["tracestate", tracestate]]);
    expect(inject(context, new Map([["a", "1"]]))).toEqual(new Map([["a", "1"], ["traceparent", traceparent], ["tracestate", tracestate]]));
  });

  it("copies metadata of gRPC, which clones itself, and leaves alone what nobody can copy", () => {
    const metadata = (entries: Map<string, string>): object => ({
      get: (name: string) => (entries.has(name) ? [entries.get(name)] : []),
      set: (name: string, value: string) => void entries.set(name, value),
      remove: (name: string) => void entries.delete(name),
      clone: () => metadata(new Map(entries)),
    });
    const given = metadata(new Map([["x-own", "1"]]));
    const copy = inject(context, given);
    expect(extract(copy)).toEqual(context);
    expect(Reflect.get(copy, "get")("x-own")).toEqual(["1"]);
    expect(extract(given)).toBeUndefined();
    expect(inject(context, natsHeaders)).toBe(natsHeaders);
  });

  it("does not keep a tracestate that belongs to another traceparent", () => {
    expect(inject({ traceId: context.traceId, spanId: context.spanId }, { tracestate: "rojo=1" })).toEqual({ traceparent });
  });

  it("writes values as the message system wants them", () => {
    const sqs = inject(context, { kind: { DataType: "String", StringValue: "invoice" } }, { as: (text) => ({ DataType: "String", StringValue: text }) });
    expect(sqs).toEqual({ kind: { DataType: "String", StringValue: "invoice" }, traceparent: { DataType: "String", StringValue: traceparent }, tracestate: { DataType: "String", StringValue: tracestate } });
    expect(extract(sqs)).toEqual(context);
    expect(extract(inject(context, {}, { as: (text) => Buffer.from(text) }))).toEqual(context);
  });

  it("is the caller's own object without a context, or with one that is none", () => {
    const carrier = { a: "1" };
    expect(inject(undefined, carrier)).toBe(carrier);
    expect(inject({ traceId: "x", spanId: "y" }, carrier)).toBe(carrier);
    expect(traceHeaders(undefined)).toEqual({});
  });

  it("keeps a key named __proto__ a key", () => {
    const carrier: object = JSON.parse('{"__proto__": {"polluted": true}}');
    const copy = inject(context, carrier);
    expect(Object.keys(copy)).toEqual(["__proto__", "traceparent", "tracestate"]);
    expect(Reflect.get(copy, "polluted")).toBeUndefined();
  });

  it("is found again in every form", () => {
    fc.assert(fc.property(contexts, (one) => {
      for (const empty of [{}, [], new Map(), new Headers(), [["a", "b"]], [{ a: "b" }]]) expect(extract(inject(one, empty))).toEqual(one);
    }), { numRuns: 200 });
  });
});
