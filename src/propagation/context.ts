/** From what arrives to the place in a trace, and from that to what is sent: `extract` and `inject`. */
import type { TraceContext } from "../runtime/trace-context.js";
import { formatBaggage, parseBaggage } from "./baggage.js";
import { headerNames, readHeaders, type ValueOf, withHeaders } from "./carrier.js";
import { attempt } from "./read.js";
import { formatTraceparent, parseTraceparent } from "./traceparent.js";
import { mergeTracestate, othersOf, parseTracestate, rootOf } from "./tracestate.js";

const contextNames = headerNames(["traceparent", "tracestate", "baggage"]);
const baggageName = headerNames(["baggage"]);

/**
 * The place in a trace that sent these headers or attributes, for `from`; undefined when there is no valid `traceparent`, and a new trace begins. What it
 * reads: `carrier.ts`. Never throws.
 *
 *     await wevt.run(httpOriginator(httpRequest(request)), work, { from: extract(request.headers) });
 */
export function extract(carrier: unknown): TraceContext | undefined {
  return attempt(() => {
    const headers = readHeaders(carrier, contextNames);
    const parent = parseTraceparent(headers.get("traceparent") ?? "");
    if (parent === undefined) return undefined;
    const { traceId, spanId, sampled, random } = parent;
    const members = parseTracestate(headers.get("tracestate") ?? "");
    const [root, state] = [rootOf(members), othersOf(members)];
    const baggage = formatBaggage(parseBaggage(headers.get("baggage") ?? ""));
    return { traceId, spanId, sampled, ...(random ? { random } : {}), ...(root === undefined ? {} : { root }), ...(state === undefined ? {} : { state }), ...(baggage === undefined ? {} : { baggage }) };
  }, undefined);
}

/**
 * The headers that continue the trace elsewhere; none without a context. Where nobody decided, the flag says sampled: this service records its part,
 * and whatever reads the flag behind it shall too.
 */
export function traceHeaders(context: TraceContext | undefined): { readonly [name in "traceparent" | "tracestate" | "baggage"]?: string } {
  return attempt(() => Object.fromEntries(headersOf(context)), {});
}

function headersOf(context: TraceContext | undefined): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  if (context === undefined) return headers;
  const { traceId, spanId, sampled = true, random = false, root, state, baggage } = context;
  const traceparent = formatTraceparent({ traceId, spanId, sampled, random });
  if (traceparent === undefined) return headers;
  const tracestate = mergeTracestate(root, state);
  const carried = baggage === undefined ? undefined : formatBaggage(parseBaggage(baggage));
  headers.set("traceparent", traceparent);
  if (tracestate !== undefined) headers.set("tracestate", tracestate);
  if (carried !== undefined) headers.set("baggage", carried);
  return headers;
}

export interface InjectOptions {
  /** How a value stands in the carrier; for SQS `(text) => ({ DataType: "String", StringValue: text })`. Default: as text. */
  readonly as?: ValueOf;
}

/**
 * A copy of headers or attributes with those that continue the trace; the caller's object stays as it is. Takes what `extract` takes, but of objects only
 * plain ones, `Headers`, and what has `clone` and `set`. Without a context, and where no copy can be made, it is the carrier itself: then set what
 * `traceHeaders` returns. A `traceparent` and `tracestate` that were there are replaced; entries of a `baggage` that was there come before those of the
 * context. Never throws.
 *
 *     worker.postMessage(inject(wevt.traceContext(), { job }));
 */
export function inject<Carrier extends object>(context: TraceContext | undefined, carrier: Carrier, options: InjectOptions = {}): Carrier {
  return attempt(() => {
    const { as = (text) => text } = options;
    const headers = new Map(headersOf(context));
    if (headers.size === 0) return carrier;
    const baggage = formatBaggage(mergedBaggage(readHeaders(carrier, baggageName).get("baggage"), headers.get("baggage")));
    if (baggage !== undefined) headers.set("baggage", baggage);
    return sameKind(withHeaders(carrier, headers, { remove: contextNames.names, valueOf: as }) ?? carrier);
  }, carrier);
}

function mergedBaggage(theirs = "", ours = ""): ReturnType<typeof parseBaggage> {
  const first = parseBaggage(theirs);
  const keys = new Set(first.map(({ key }) => key));
  return [...first, ...parseBaggage(ours).filter(({ key }) => !keys.has(key))];
}

/** Named guard: a copy has the form of what was copied. */
function sameKind<Carrier extends object>(copy: object): Carrier {
  return copy as Carrier;
}
