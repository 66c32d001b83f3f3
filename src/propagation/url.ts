/** Parts of a request's URL, cut out of text of any length; nothing is decoded but the names and values of a query. */
import { clip, put } from "../runtime/plain.js";
import { maxPathLength, maxQueryKeys, maxQueryLength, maxQueryValues } from "./limits.js";

export interface UrlParts {
  readonly scheme?: string;
  readonly host?: string;
  readonly path: string;
  readonly query: string;
}

/** Units of a query that are read. */
const maxQuery = 16_384;
const maxKey = 100;
/** Names whose values are taken only when the list says so by name. */
const secretName = /^(code|sig|auth|jwt|sid|session|state|nonce|otp|pin)$|token|secret|passw|signature|credential|api_?-?key|session_?-?id/i;

/** Of `/path?query`, and of a whole URL; a name and password in it are left out. */
export function splitUrl(url: string): UrlParts {
  const [start = "", scheme, authority] = /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#]{0,1000})/i.exec(url.slice(0, maxPathLength)) ?? [];
  const end = url.indexOf("#", start.length);
  const target = url.slice(start.length, end < 0 ? undefined : end);
  const at = target.indexOf("?");
  const path = clip(at < 0 ? target : target.slice(0, at), maxPathLength) || "/";
  const query = at < 0 ? "" : target.slice(at + 1);
  if (scheme === undefined || authority === undefined) return { path, query };
  return { scheme: scheme.toLowerCase(), host: authority.slice(authority.lastIndexOf("@") + 1).toLowerCase(), path, query };
}


/** Parameters by name: those of the list, or with `true` the first 50 whose names do not sound like secrets. A name that comes again has a list. */
export function queryFields(query: string, wanted: readonly string[] | boolean): { readonly [name: string]: string | readonly string[] } | undefined {
  if (wanted === false || query === "") return undefined;
  const names = wanted === true ? undefined : new Set(wanted);
  const values = new Map<string, string[]>();
  for (const pair of query.slice(0, maxQuery).split("&")) {
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const known = values.get(name);
    if (name === "" || name.length > maxKey || (names === undefined ? secretName.test(name) : !names.has(name))) continue;
    if (known === undefined && values.size === maxQueryKeys) continue;
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    if (known === undefined) values.set(name, [clip(value, maxQueryLength)]);
    else addValue(known, value);
  }
  if (values.size === 0) return undefined;
  const fields: { [name: string]: string | readonly string[] } = {};
  for (const [name, [first = "", ...more]] of values) put(fields, name, more.length === 0 ? first : [first, ...more]);
  return fields;
}

function addValue(values: string[], value: string): void {
  const units = values.reduce((sum, one) => sum + one.length, 0);
  if (values.length < maxQueryValues && units < maxQueryLength) values.push(clip(value, maxQueryLength - units));
}

/** As forms have it. Where escapes are not valid, the text stays as it was sent. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
