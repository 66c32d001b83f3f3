/** The fields of the standard `http` originator, read from a request. */
import { clip, put } from "../runtime/plain.js";
import { parseAddress } from "./addresses.js";
import { type HeaderNames, headerNames, readHeaders } from "./carrier.js";
import { clientAddress, forwardedParameter, isBehindProxy, type TrustedProxies } from "./client-address.js";
import { maxHeaderLength, maxListedHeaders } from "./limits.js";
import { attempt, countOf, present, read, textOf } from "./read.js";
import { trimSpace } from "./traceparent.js";
import { queryFields, splitUrl, type UrlParts } from "./url.js";

export interface HttpRequestOptions {
  /**
   * Names of the headers to keep, in any case. Default: accept, accept-encoding, accept-language, content-encoding. Those that carry credentials
   * (`cookie`, `set-cookie`, `authorization`, `proxy-authorization`, `x-api-key`, `x-auth-token`) are never kept, whatever the list says.
   */
  readonly headers?: readonly string[];
  /** Names of the query parameters to keep; `true`: the first 50 whose names do not sound like secrets. Default: none, since strangers choose the names. */
  readonly query?: readonly string[] | boolean;
  /** Which proxies are believed about the client's address, scheme and host. Default: none. */
  readonly trustedProxies?: TrustedProxies;
  /** The header in which the trusted proxies name the client: `x-forwarded-for` (default), `forwarded` (RFC 7239), or one of their own. Only this one is read. */
  readonly clientHeader?: string;
  /** The other end of the connection, where the request does not know it (a `Request` never does). */
  readonly remoteAddress?: string;
}

/** Fields of the standard `http` originator. */
export interface HttpFields {
  readonly method: string;
  readonly path: string;
  readonly scheme?: "http" | "https";
  readonly host?: string;
  readonly query?: { readonly [name: string]: string | readonly string[] };
  readonly headers?: { readonly [name: string]: string };
  readonly clientAddress?: string;
  readonly userAgent?: string;
  readonly contentType?: string;
  readonly bodyBytes?: number;
  readonly httpVersion?: string;
  readonly requestId?: string;
}

const defaultHeaders = ["accept", "accept-encoding", "accept-language", "content-encoding"];
const neverKept: ReadonlySet<string> = new Set(["cookie", "cookie2", "set-cookie", "set-cookie2", "authorization", "proxy-authorization", "x-api-key", "x-auth-token"]);
const readAlways = ["host", ":authority", "user-agent", "content-type", "content-length", "x-request-id", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-for", "forwarded"];
const maxName = 255;
const maxMethod = 32;
const mediaType = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/**
 * Reads a `Request`, Node's `IncomingMessage` (HTTP/1 and 2, also behind Express: `originalUrl`), or anything with `method`, `url` and `headers`. Repeated
 * headers are all kept, joined with a comma as HTTP has it; a query parameter that comes again has a list of its values. Never throws, whatever was sent; long values are cut.
 *
 *     httpOriginator(httpRequest(request, { headers: ["accept", "x-client"], query: ["page"], trustedProxies: ["private"] }))
 */
export function httpRequest(request: object, options: HttpRequestOptions = {}): HttpFields {
  const url = splitUrl(textOf(read(request, "originalUrl")) ?? textOf(read(request, "url")) ?? "/");
  const method = clip(textOf(read(request, "method")) ?? "GET", maxMethod).toUpperCase();
  return attempt(() => fieldsOf(request, { url, method, options: options ?? {} }), { method, path: url.path });
}

interface Parts {
  readonly url: UrlParts;
  readonly method: string;
  readonly options: HttpRequestOptions;
}

function fieldsOf(request: object, { url, method, options }: Parts): HttpFields {
  const { headers: listed = defaultHeaders, query = false, trustedProxies = 0, clientHeader = "x-forwarded-for" } = options;
  const { kept, wanted, source } = planOf(listed, clientHeader);
  const headers = headersOf(request, wanted);
  const socket = read(request, "socket");
  const remote = parseAddress(textOf(options.remoteAddress) ?? textOf(read(socket, "remoteAddress")) ?? "");
  const proxied = isBehindProxy(remote, trustedProxies) ? told(headers, source) : {};
  const length = headers.get("content-length");
  return present<HttpFields>({
    method,
    path: url.path,
    scheme: schemeOf(proxied.scheme ?? url.scheme ?? (read(socket, "encrypted") === true ? "https" : socket === undefined ? undefined : "http")),
    host: clipped(proxied.host ?? headers.get("host") ?? headers.get(":authority") ?? url.host, maxName),
    query: queryFields(url.query, query),
    headers: keptHeaders(headers, kept),
    clientAddress: clientAddress({ remote, forwarded: headers.get(source) ?? "", standard: source === "forwarded" }, trustedProxies),
    userAgent: clipped(headers.get("user-agent"), maxHeaderLength),
    contentType: mediaTypeOf(headers.get("content-type")),
    bodyBytes: countOf(length),
    httpVersion: textOf(read(request, "httpVersion"))?.replace(/^(\d)\.0$/, (whole, major: string) => (major === "1" ? whole : major)),
    requestId: clipped(headers.get("x-request-id"), maxName),
  });
}

/** What is read for one list of headers. */
interface Plan {
  readonly clientHeader: string;
  readonly source: string;
  readonly kept: readonly string[];
  readonly wanted: HeaderNames;
}

/** Lists are mostly one and the same for all requests. */
const plans = new WeakMap<readonly string[], Plan>();

function planOf(listed: readonly string[], clientHeader: string): Plan {
  const known = plans.get(listed);
  if (known?.clientHeader === clientHeader) return known;
  const source = clientHeader.toLowerCase();
  const kept = listed.slice(0, maxListedHeaders).map((name) => String(name).toLowerCase()).filter((name) => !neverKept.has(name));
  const plan: Plan = { clientHeader, source, kept, wanted: headerNames([...kept, ...readAlways, source]) };
  plans.set(listed, plan);
  return plan;
}

/** `rawHeaders` has those that Node drops when they come again. */
function headersOf(request: object, names: HeaderNames): ReadonlyMap<string, string> {
  const raw = read(request, "rawHeaders");
  return readHeaders(Array.isArray(raw) && raw.length > 0 ? raw : read(request, "headers"), names);
}

/** What the nearest proxy says, which wrote the last entry. */
function told(headers: ReadonlyMap<string, string>, source: string): { readonly scheme?: string | undefined; readonly host?: string | undefined } {
  const last = (name: string): string | undefined => {
    const text = headers.get(name);
    return text === undefined ? undefined : trimSpace(text.slice(text.lastIndexOf(",") + 1)) || undefined;
  };
  if (source !== "forwarded") return { scheme: last("x-forwarded-proto"), host: last("x-forwarded-host") };
  const entry = last("forwarded") ?? "";
  return { scheme: forwardedParameter(entry, "proto"), host: forwardedParameter(entry, "host") };
}

function schemeOf(text: string | undefined): "http" | "https" | undefined {
  const scheme = text?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : undefined;
}

function keptHeaders(headers: ReadonlyMap<string, string>, kept: readonly string[]): { readonly [name: string]: string } | undefined {
  const fields: { [name: string]: string } = {};
  for (const name of kept) {
    const text = headers.get(name);
    if (text !== undefined) put(fields, name, clip(text, maxHeaderLength));
  }
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function clipped(text: string | undefined, max: number): string | undefined {
  return text === undefined || text === "" ? undefined : clip(text, max);
}

/** Without its parameters: a boundary is different each time. */
function mediaTypeOf(text: string | undefined): string | undefined {
  const type = text === undefined ? undefined : trimSpace(text.slice(0, maxHeaderLength).split(";")[0] ?? "").toLowerCase();
  return type !== undefined && mediaType.test(type) ? type : undefined;
}
