/** What connects the events of one trace across services. */

/** The place in a trace that called this one: what a `traceparent` and our entry of `tracestate` say. */
export interface TraceContext {
  /** 32 hexadecimal digits, not all zero. */
  readonly traceId: string;
  /** 16 hexadecimal digits, not all zero: the span that called. */
  readonly spanId: string;
  /** What the caller decided; absent when it did not say. */
  readonly sampled?: boolean;
  /** The last 7 bytes of the trace id are random, as who made it says; to be passed on. */
  readonly random?: boolean;
  /** The originator that began the trace. */
  readonly root?: { readonly type: string; readonly spanId: string } | undefined;
  /** Entries of `tracestate` that are not ours, to be passed on. */
  readonly state?: string;
  /** Values that travel with the trace (W3C Baggage), as the header has them, to be passed on. */
  readonly baggage?: string;
}
