/** The `traceparent` header of W3C Trace Context, levels 1 and 2. */

import { attempt } from "./read.js";

/** What a `traceparent` says. */
export interface Traceparent {
  /** 32 hexadecimal digits, not all zero. */
  readonly traceId: string;
  /** 16 hexadecimal digits, not all zero. */
  readonly spanId: string;
  /** The caller may have recorded its part of the trace. */
  readonly sampled: boolean;
  /** The last 7 bytes of the trace id are random (level 2). */
  readonly random: boolean;
}

/** Of a later version; ours has 55. */
const maxLength = 1_000;
const sampledFlag = 1;
const randomFlag = 2;
/** Version, trace id, span id, flags, and what later versions may append behind a dash. */
const grammar = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads a `traceparent`; undefined when it is not valid, and a new trace has to begin. Spaces and tabs around it are ignored, later versions are read as
 * far as this one goes.
 */
export function parseTraceparent(text: string): Traceparent | undefined {
  if (typeof text !== "string" || text.length > maxLength) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", more] = grammar.exec(trimSpace(text)) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (!isTraceId(traceId) || !isSpanId(spanId)) return undefined;
  const bits = Number.parseInt(flags, 16);
  return { traceId, spanId, sampled: (bits & sampledFlag) !== 0, random: (bits & randomFlag) !== 0 };
}

/** The header; undefined when an id is not valid, since what is written must never be another header. */
export function formatTraceparent(parent: Traceparent): string | undefined {
  return attempt(() => {
    const { traceId, spanId, sampled, random } = parent;
    if (!isTraceId(traceId) || !isSpanId(spanId)) return undefined;
    const bits = (sampled ? sampledFlag : 0) | (random ? randomFlag : 0);
    return `00-${traceId}-${spanId}-0${bits}`;
  }, undefined);
}

/** What HTTP calls optional whitespace: spaces and tabs, nothing else. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isTraceId(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{32}$/.test(value) && !/^0+$/.test(value);
}

/** 16 hexadecimal digits, not all zero. */
export function isSpanId(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value) && !/^0+$/.test(value);
}
