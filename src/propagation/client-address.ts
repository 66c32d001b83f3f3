/** Who sent a request, when proxies stand between: only what a trusted proxy says is believed. */
import { type Address, inRanges, parseAddress } from "./addresses.js";
import { trimSpace } from "./traceparent.js";

/**
 * Which proxies are believed: addresses and ranges (`10.0.0.0/8`, `loopback`, `private`), a function over an address, or how many proxies stand in front,
 * where their addresses are not known.
 */
export type TrustedProxies = readonly string[] | number | ((address: string) => boolean);

export interface Hops {
  /** The other end of the connection. */
  readonly remote: Address | undefined;
  /** What the proxies wrote, each behind the one before it. */
  readonly forwarded: string;
  /** Whether it has the form of `Forwarded` (RFC 7239) or that of `X-Forwarded-For`. */
  readonly standard: boolean;
}

/** Units of the header, from its end; what stands before came from further away than can be trusted. */
const maxRead = 4_096;
const maxHops = 50;
const compiled = new WeakMap<readonly string[], (address: Address) => boolean>();

/** The nearest address that is no trusted proxy; undefined when it is not known. */
export function clientAddress({ remote, forwarded, standard }: Hops, trusted: TrustedProxies): string | undefined {
  const hops = hopsOf(forwarded, standard);
  let address = remote;
  for (let hop = 0; hop < maxHops && isTrusted(trusted, address, hop); hop++) {
    const next = hops[hops.length - 1 - hop];
    if (next === undefined) break;
    address = parseAddress(next);
    if (address === undefined) return undefined;
  }
  return address?.text;
}

/** Whether the other end of the connection is a proxy that is believed. */
export function isBehindProxy(remote: Address | undefined, trusted: TrustedProxies): boolean {
  return isTrusted(trusted, remote, 0);
}

function isTrusted(trusted: TrustedProxies, address: Address | undefined, hop: number): boolean {
  if (typeof trusted === "number") return hop < trusted;
  if (address === undefined) return false;
  if (typeof trusted === "function") return trusted(address.text) === true;
  let test = compiled.get(trusted);
  if (test === undefined) compiled.set(trusted, (test = inRanges(trusted)));
  return test(address);
}

/**
 * Split at every comma, also within quotes: read from the right, the entries of trusted proxies come first, and a quote that a stranger left open cannot
 * swallow them.
 */
function hopsOf(forwarded: string, standard: boolean): readonly string[] {
  if (forwarded === "") return [];
  const parts = forwarded.slice(-maxRead).split(",");
  if (forwarded.length > maxRead) parts.shift();
  return parts.map((part) => (standard ? (forwardedParameter(part, "for") ?? "unknown") : trimSpace(part)));
}

/** The value of a parameter of one entry of `Forwarded`, without its quotes. */
export function forwardedParameter(entry: string, name: string): string | undefined {
  for (const pair of entry.split(";")) {
    const at = pair.indexOf("=");
    if (at >= 0 && trimSpace(pair.slice(0, at)).toLowerCase() === name) return trimSpace(pair.slice(at + 1)).replace(/^"(.*)"$/, "$1");
  }
  return undefined;
}
