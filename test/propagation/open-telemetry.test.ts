/** An active span of OpenTelemetry, with its real API. */
import { createTraceState } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { activeSpan, traceHeaders } from "../../src/propagation/index.js";
import { http } from "../helpers/definitions.js";
import { disableOpenTelemetry, enableOpenTelemetry, foreignApis, inSpan, withApi } from "../helpers/open-telemetry.js";
import { harness } from "../helpers/wevt.js";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";

beforeEach(enableOpenTelemetry);
afterEach(disableOpenTelemetry);

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
    for (const other of foreignApis()) withApi(other, () => expect(activeSpan()).toBeUndefined());
  });
});
