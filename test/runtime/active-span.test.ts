/** A unit of work inside a span of OpenTelemetry, with its real API: nothing has to be handed over. */
import { createTraceState, type SpanContext, type TraceState } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { traceHeaders } from "../../src/propagation/index.js";
import type { UntypedWevt } from "../../src/runtime/create-wevt.js";
import { http } from "../helpers/definitions.js";
import { disableOpenTelemetry, enableOpenTelemetry, foreignApis, inSpan, withApi } from "../helpers/open-telemetry.js";
import { harness } from "../helpers/wevt.js";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";
const span: SpanContext = { traceId, spanId, traceFlags: 1 };
const ours = "b7ad6b7169203331";
const request = http({ method: "GET" });

/** The originator of the only record of what the work did. */
function originatorIn(place: SpanContext, work: (wevt: UntypedWevt) => void, options: { readonly openTelemetry?: boolean } = {}): object {
  const { wevt, record } = harness(options);
  inSpan(place, () => work(wevt));
  return Object(record()["originator"]);
}

beforeEach(enableOpenTelemetry);
afterEach(disableOpenTelemetry);

describe("an event that is opened inside a span of OpenTelemetry", () => {
  it.each([
    ["run", (wevt: UntypedWevt) => wevt.run(request, () => {})],
    ["start", (wevt: UntypedWevt) => wevt.start(request).emit()],
    ["wrap", (wevt: UntypedWevt) => wevt.wrap(request, () => {})()],
    ["track", (wevt: UntypedWevt) => wevt.track(request)(() => {})()],
    ["a message outside any event", (wevt: UntypedWevt) => wevt.message("hello")],
  ])("continues it: %s", (_name, work) => {
    expect(originatorIn(span, work)).toMatchObject({ traceId, parentSpanId: `span_${spanId}` });
  });

  it("is found across awaits", async () => {
    const { wevt, record } = harness();
    await inSpan(span, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await wevt.run(request, async () => {});
    });
    expect(record()["originator"]).toMatchObject({ traceId, parentSpanId: `span_${spanId}` });
  });

  it.each([[1, "01"], [0, "00"], [3, "03"], [2, "02"]])("tells the next service what the span says: flags %i", (traceFlags, flags) => {
    const { wevt } = harness();
    inSpan({ ...span, traceFlags }, () => wevt.run(request, () => expect(traceHeaders(wevt.traceContext()).traceparent).toMatch(new RegExp(`^00-${traceId}-(?!${spanId})[0-9a-f]{16}-${flags}$`))));
  });

  it("has the root of the trace, and carries on what others say in its tracestate", () => {
    const { wevt, record } = harness();
    const traceState = createTraceState(`rojo=1,wevt=${ours}:web%20socket,congo=t61`);
    inSpan({ ...span, traceState }, () => wevt.run(request, () => expect(traceHeaders(wevt.traceContext())["tracestate"]).toBe(`wevt=${ours}:web%20socket,rojo=1,congo=t61`)));
    expect(record()["originator"]).toMatchObject({ traceId, root: { type: "web socket", spanId: `span_${ours}` } });
  });

  it.each(["", "x", `${ours}:`, `${ours}:%zz`, `${"0".repeat(16)}:http`, `${ours.toUpperCase()}:http`])("has no root where our entry of the tracestate is none: %j", (entry) => {
    const traceState: TraceState = { get: () => entry, set: () => traceState, unset: () => traceState, serialize: () => "rojo=1" };
    const originator = originatorIn({ ...span, traceState }, (wevt) => wevt.run(request, () => {}));
    expect(originator).toMatchObject({ traceId });
    expect(originator).not.toHaveProperty("root");
  });
});

describe("a span of OpenTelemetry is not continued", () => {
  const other = { traceId: "a".repeat(32), spanId: "b".repeat(16) };

  it("where `from` says where to go on", () => {
    expect(originatorIn(span, (wevt) => wevt.run(request, () => {}, { from: other }))).toMatchObject({ traceId: other.traceId, parentSpanId: `span_${other.spanId}` });
    expect(originatorIn(span, (wevt) => wevt.run(request, () => {}, { from: undefined }))).toMatchObject({ traceId });
  });

  it("inside an event, whose child the new one is", () => {
    const { wevt, collected } = harness();
    wevt.run(request, (outer) => inSpan(span, () => {
      wevt.run(request, () => {});
      outer.child(request).emit();
    }));
    const [inner, child, outer] = collected.records.map((record) => Object(record["originator"]));
    expect(outer.traceId).not.toBe(traceId);
    for (const below of [inner, child]) expect(below).toMatchObject({ traceId: outer.traceId, parentSpanId: outer.spanId });
  });

  it("when it is not valid, as those that do nothing are", () => {
    for (const none of [{ traceId: "0".repeat(32), spanId: "0".repeat(16), traceFlags: 0 }, { traceId: "x", spanId, traceFlags: 1 }]) {
      const originator = originatorIn(none, (wevt) => wevt.run(request, () => {}));
      expect(originator).not.toHaveProperty("parentSpanId");
      expect(originator).toHaveProperty("traceId", expect.stringMatching(/^(?!0{32})[0-9a-f]{32}$/));
    }
  });

  it("outside of one, with the option `openTelemetry: false`, and without the API", () => {
    const { wevt, record } = harness();
    wevt.run(request, () => {});
    expect(record()["originator"]).not.toHaveProperty("parentSpanId");
    expect(originatorIn(span, (off) => off.run(request, () => {}), { openTelemetry: false })).not.toHaveProperty("parentSpanId");
    expect(originatorIn(span, (on) => on.run(request, () => {}), { openTelemetry: true })).toHaveProperty("parentSpanId");
    disableOpenTelemetry();
    expect(originatorIn(span, (without) => without.run(request, () => {}))).not.toHaveProperty("parentSpanId");
  });

  it("when something foreign or hostile stands in the place of the API: nothing throws, and a trace of its own begins", () => {
    for (const foreign of foreignApis()) {
      const { wevt, record, told } = harness();
      withApi(foreign, () => expect(wevt.run(request, () => 7)).toBe(7));
      expect(record()["originator"]).not.toHaveProperty("parentSpanId");
      expect(told).toEqual([]);
    }
  });
});
