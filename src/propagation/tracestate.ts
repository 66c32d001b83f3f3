/**
 * The `tracestate` header of W3C Trace Context, levels 1 and 2. Our entry carries the root of the trace, so that every service writes the same one:
 *
 *     tracestate: wevt=b7ad6b7169203331:http,rojo=00f067aa0ba902b7
 *
 * Its value is the span id in hexadecimal, a colon, and the type of the originator, percent-encoded. What may once follow behind a `;` is ignored.
 */
import { readRoot, stateKey as ourKey } from "../runtime/active-span.js";
import { clip } from "../runtime/plain.js";
import type { TraceContext } from "../runtime/trace-context.js";
import { maxTracestateMembers } from "./limits.js";
import { attempt } from "./read.js";
import { isSpanId, trimSpace } from "./traceparent.js";

export type TracestateMember = readonly [key: string, value: string];

/** Of what is sent, commas included. */
const maxSent = 512;
/** Members longer than this are the first to go when there is too much to send. */
const longMember = 128;
/** 32 members of the greatest length. */
const maxRead = 16_447;
/** 256 for a value, without the span id and the colon. */
const maxEncodedType = 239;
const maxType = 200;
const keyGrammar = /^[a-z0-9][a-z0-9_\-*/@]{0,255}$/;
const valueGrammar = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** Its members, of several with one key the first. Empty when the header is not valid: then none of it may be used. */
export function parseTracestate(text: string): readonly TracestateMember[] {
  if (typeof text !== "string" || text.length > maxRead) return [];
  const members = new Map<string, string>();
  let count = 0;
  for (const part of text.split(",")) {
    const member = trimSpace(part);
    if (member === "") continue;
    const at = member.indexOf("=");
    const key = member.slice(0, Math.max(at, 0));
    const value = member.slice(at + 1);
    if (++count > maxTracestateMembers || !keyGrammar.test(key) || !valueGrammar.test(value)) return [];
    if (!members.has(key)) members.set(key, value);
  }
  return [...members];
}

/** The root that our entry names. */
export function rootOf(members: readonly TracestateMember[]): TraceContext["root"] {
  const root = readRoot(members.find(([key]) => key === ourKey)?.[1]);
  return root === undefined || root.type.length > maxType || /\p{Cc}/u.test(root.type) ? undefined : root;
}

/** Members of others as text, to be passed on. */
export function othersOf(members: readonly TracestateMember[]): string | undefined {
  const others = members.filter(([key]) => key !== ourKey);
  return others.length === 0 ? undefined : others.map(show).join(",");
}

/** Our entry first, then the members of others in their order, as many as may be sent; undefined when there is nothing to send. */
export function mergeTracestate(root: TraceContext["root"], others: string | undefined): string | undefined {
  const ours = root === undefined ? undefined : attempt(() => encodeRoot(root), undefined);
  if (others === undefined) return ours === undefined ? undefined : `${ourKey}=${ours}`;
  const kept = parseTracestate(others).filter(([key]) => key !== ourKey).map(show);
  const all = (): string => (ours === undefined ? kept : [`${ourKey}=${ours}`, ...kept]).join(",");
  if (ours !== undefined) kept.splice(maxTracestateMembers - 1);
  while (kept.length > 0 && all().length > maxSent) {
    const long = kept.findLastIndex((member) => member.length > longMember);
    kept.splice(long < 0 ? kept.length - 1 : long, 1);
  }
  return all() || undefined;
}

function encodeRoot({ type, spanId }: NonNullable<TraceContext["root"]>): string | undefined {
  const hex = typeof spanId === "string" ? spanId.slice("span_".length) : "";
  if (typeof type !== "string" || type === "" || !isSpanId(hex)) return undefined;
  if (type.length < maxType && /^[\w.-]+$/.test(type)) return `${hex}:${type}`;
  let encoded = "";
  for (const character of clip(type, maxType - 1)) {
    const next = encodeURIComponent(character);
    if (encoded.length + next.length > maxEncodedType) break;
    encoded += next;
  }
  return `${hex}:${encoded}`;
}

function show([key, value]: TracestateMember): string {
  return `${key}=${value}`;
}
