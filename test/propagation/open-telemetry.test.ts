/** An active span of OpenTelemetry, with its real API. */
import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, context, type ContextManager, createTraceState, propagation, ROOT_CONTEXT, type SpanContext, trace } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { activeSpan, traceHeaders } from "../../src/propagation/index.js";
import { http } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";
const apiKey = Symbol.for("opentelemetry.js.api.1");

/** What `@opentelemetry/context-async-hooks` does, in short. */
function contextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...args) => storage.run(active, () => Reflect.apply(work, self, args)),
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

function inSpan<T>(span: SpanContext, work: () => T): T {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), work);
}

beforeEach(() => void context.setGlobalContextManager(contextManager()));
afterEach(() => {
  context.disable();
  trace.disable();
  propagation.disable();
});

describe("an active span", () => {
  it("is the place to continue from, with its flags", () => {
    expect(inSpan({ traceId, spanId, traceFlags: 1 }, activeSpan)).toEqual({ traceId, spanId, sampled: true });
    expect(inSpan({ traceId, spanId, traceFlags: 2 }, activeSpan)).toEqual({ traceId, spanId, sampled: false, random: true });
  });

  it("brings the root of the trace and the members of others in its tracestate", () => {
    const traceState = createTraceState("wevt=b7ad6b7169203331:http,rojo=1");
    expect(inSpan({ traceId, spanId, traceFlags: 1, traceState }, activeSpan)).toEqual({ traceId, spanId, sampled: true, root: { type: "http", spanId: "span_b7ad6b7169203331" }, state: "rojo=1" });
  });

  it("is found across awaits", async () => {
    await inSpan({ traceId, spanId, traceFlags: 1 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(activeSpan()?.spanId).toBe(spanId);
    });
  });

  it("is the parent of an event that is begun from it", () => {
    const { wevt, record } = harness();
    const request = http({ method: "GET" });
    inSpan({ traceId, spanId, traceFlags: 1 }, () => wevt.run(request, () => expect(traceHeaders(wevt.traceContext()).traceparent).toMatch(new RegExp(`^00-${traceId}-(?!${spanId})[0-9a-f]{16}-01$`)), { from: activeSpan() }));
    expect(record()["originator"]).toMatchObject({ traceId, parentSpanId: `span_${spanId}` });
  });
});

describe("there is no active span", () => {
  it("outside of one", () => {
    expect(activeSpan()).toBeUndefined();
  });

  it("when the span is not valid, as those that do nothing are", () => {
    expect(inSpan({ traceId: "0".repeat(32), spanId: "0".repeat(16), traceFlags: 0 }, activeSpan)).toBeUndefined();
    expect(inSpan({ traceId: "x", spanId, traceFlags: 0 }, activeSpan)).toBeUndefined();
  });

  it("when no API is loaded, or something else stands in its place", () => {
    const known: unknown = Reflect.get(globalThis, apiKey);
    try {
      const thrower = new Proxy({}, { get: () => { throw new Error("hostile"); } });
      for (const other of [undefined, null, 1, {}, { context: {} }, { context: { active: () => undefined } }, { context: { active: () => ({ getValue: () => ({ spanContext: () => thrower }) }) } }, { context: { active: () => { throw new Error("broken"); } } }, thrower]) {
        Reflect.set(globalThis, apiKey, other);
        expect(activeSpan()).toBeUndefined();
      }
    } finally {
      Reflect.set(globalThis, apiKey, known);
    }
  });
});
