/** The `baggage` header of W3C Baggage: values that travel with a trace. */
import { wellFormed } from "../runtime/plain.js";
import { maxBaggageBytes, maxBaggageMembers } from "./limits.js";
import { attempt } from "./read.js";
import { trimSpace } from "./traceparent.js";

export interface BaggageEntry {
  /** A token: letters, digits and ``!#$%&'*+-.^_`|~``. */
  readonly key: string;
  readonly value: string;
  /** What stands behind the value, `;key=value` or `;key`. */
  readonly properties?: readonly { readonly key: string; readonly value?: string }[];
}

/** Of a header that arrives; the rest is not read. */
const maxRead = 65_536;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const octets = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/** Its entries, of several with one key all. A member that is not valid is left out; values are decoded, bytes that are no UTF-8 become U+FFFD. */
export function parseBaggage(text: string): readonly BaggageEntry[] {
  if (typeof text !== "string") return [];
  const entries: BaggageEntry[] = [];
  for (const member of withinRead(text).split(",")) {
    const entry = parseMember(member);
    if (entry !== undefined) entries.push(entry);
    if (entries.length === maxBaggageMembers) break;
  }
  return entries;
}

/** A cut never leaves a part of a member. */
function withinRead(text: string): string {
  return text.length <= maxRead ? text : text.slice(0, text.lastIndexOf(",", maxRead) + 1);
}

function parseMember(member: string): BaggageEntry | undefined {
  const [first = "", ...rest] = member.split(";");
  const { key, value } = pairOf(first);
  if (!token.test(key) || value === undefined || !octets.test(value)) return undefined;
  const properties: { readonly key: string; readonly value?: string }[] = [];
  for (const part of rest) {
    const property = pairOf(part);
    if (!token.test(property.key) || !octets.test(property.value ?? "")) return undefined;
    properties.push(property.value === undefined ? { key: property.key } : { key: property.key, value: decode(property.value) });
  }
  return { key, value: decode(value), ...(properties.length === 0 ? {} : { properties }) };
}

function pairOf(text: string): { readonly key: string; readonly value: string | undefined } {
  const at = text.indexOf("=");
  return at < 0 ? { key: trimSpace(text), value: undefined } : { key: trimSpace(text.slice(0, at)), value: trimSpace(text.slice(at + 1)) };
}

/** The header: at most 64 members and 8,192 bytes, whole members only; entries whose key is no token are left out. Undefined when there is nothing to send. */
export function formatBaggage(entries: readonly BaggageEntry[]): string | undefined {
  return attempt(() => {
    const members = membersOf(entries);
    return members.length === 0 ? undefined : members.join(",");
  }, undefined);
}

function membersOf(entries: readonly BaggageEntry[]): readonly string[] {
  const members: string[] = [];
  let length = -1;
  let looked = 0;
  for (const entry of entries) {
    if (++looked > maxRead) break;
    const member = attempt(() => formatMember(entry), undefined);
    if (member === undefined || length + 1 + member.length > maxBaggageBytes) continue;
    length += 1 + member.length;
    members.push(member);
    if (members.length === maxBaggageMembers) break;
  }
  return members;
}

function formatMember({ key, value, properties = [] }: BaggageEntry): string | undefined {
  const keys = [key, ...properties.map((property) => property.key)];
  if (!keys.every((one) => token.test(one)) || value.length > maxBaggageBytes) return undefined;
  return [`${key}=${encode(value)}`, ...properties.map((property) => (property.value === undefined ? property.key : `${property.key}=${encode(property.value)}`))].join(";");
}

/** Only what the grammar forbids is encoded, and the percent sign. */
function encode(text: string): string {
  return wellFormed(text).replace(/[^\x21\x23\x24\x26-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g, (part) => encodeURIComponent(part));
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = escapes.slice(1).split("%").map((pair) => Number.parseInt(pair, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
}
