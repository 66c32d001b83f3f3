/** The active span of OpenTelemetry, found where its API registers itself, without importing it. */
import type { TraceContext } from "../runtime/trace-context.js";
import { attempt, read } from "./read.js";
import { formatTraceparent, parseTraceparent } from "./traceparent.js";
import { othersOf, parseTracestate, rootOf } from "./tracestate.js";

/** `@opentelemetry/api` 1.x: the key of its global, and the key under which a context holds its span. */
const globalKey = Symbol.for("opentelemetry.js.api.1");
const spanKey = Symbol.for("OpenTelemetry Context Key SPAN");
const sampledFlag = 1;
const randomFlag = 2;

/**
 * The span of OpenTelemetry that the calling code runs in, as a place to continue from; undefined where there is none or no API is loaded. Never throws.
 *
 *     await wevt.run(originator, work, { from: activeSpan() ?? extract(request.headers) });
 */
export function activeSpan(): TraceContext | undefined {
  return attempt(() => {
    const context = call(read(Reflect.get(globalThis, globalKey), "context"), "active");
    const spanContext = call(call(context, "getValue", spanKey), "spanContext");
    return contextOf(spanContext);
  }, undefined);
}

function contextOf(spanContext: unknown): TraceContext | undefined {
  const [traceId, spanId, flags] = [read(spanContext, "traceId"), read(spanContext, "spanId"), read(spanContext, "traceFlags")];
  if (typeof traceId !== "string" || typeof spanId !== "string" || typeof flags !== "number") return undefined;
  const text = formatTraceparent({ traceId, spanId, sampled: (flags & sampledFlag) !== 0, random: (flags & randomFlag) !== 0 });
  const parent = text === undefined ? undefined : parseTraceparent(text);
  if (parent === undefined) return undefined;
  const { random, ...place } = parent;
  const serialized = call(read(spanContext, "traceState"), "serialize");
  const members = parseTracestate(typeof serialized === "string" ? serialized : "");
  const [root, state] = [rootOf(members), othersOf(members)];
  return { ...place, ...(random ? { random } : {}), ...(root === undefined ? {} : { root }), ...(state === undefined ? {} : { state }) };
}

function call(source: unknown, method: string, ...args: readonly unknown[]): unknown {
  const found = read(source, method);
  return typeof found === "function" ? Reflect.apply(found, source, args) : undefined;
}
