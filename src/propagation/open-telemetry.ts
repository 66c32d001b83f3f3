/** The active span of OpenTelemetry, for those who want to know it: events continue it by themselves. */
import { readActiveSpan } from "../runtime/active-span.js";
import type { TraceContext } from "../runtime/trace-context.js";
import { attempt } from "./read.js";
import { formatTraceparent } from "./traceparent.js";
import { othersOf, parseTracestate } from "./tracestate.js";

/**
 * The span of OpenTelemetry that the calling code runs in, as a place to continue from; undefined where there is none or no API is loaded. Never throws.
 * An event that is opened without `from` and within no other event continues it anyway. This is for a span that has to count more than an enclosing event
 * or than what a caller has sent:
 *
 *     await wevt.run(originator, work, { from: activeSpan() ?? extract(request.headers) });
 */
export function activeSpan(): TraceContext | undefined {
  return attempt(() => {
    const found = readActiveSpan({ openTelemetry: true });
    if (found === undefined) return undefined;
    const { traceId, spanId, sampled = false, random = false, root, state: others = "" } = found;
    if (formatTraceparent({ traceId, spanId, sampled, random }) === undefined) return undefined;
    const state = othersOf(parseTracestate(others));
    return { traceId, spanId, sampled, ...(random ? { random } : {}), ...(root === undefined ? {} : { root }), ...(state === undefined ? {} : { state }) };
  }, undefined);
}
