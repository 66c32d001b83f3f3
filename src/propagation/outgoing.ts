/**
 * Requests that carry the trace on. Nothing is sent to a host that was not named: ids, names of originators and baggage are the organisation's own, and
 * to most hosts a strange header is at best noise. So there is no default but nobody: "the same organisation" is not to be seen in a URL.
 */
import type { TraceContext } from "../runtime/trace-context.js";
import { inject } from "./context.js";
import { attempt, read, textOf } from "./read.js";

/** What knows the current event: `wevt`. */
export interface TraceSource {
  traceContext(): TraceContext | undefined;
}

/** The parts of a URL that a rule asks for, where the project has no type of it. */
export interface UrlLike {
  readonly href: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
}
export type AnyUrl = typeof globalThis extends { URL: { prototype: infer Platform } } ? Platform : UrlLike;
export type AnyFetch = typeof globalThis extends { fetch: infer Platform } ? Platform : (input: string, init?: object) => Promise<unknown>;

/** Hosts that are told: `api.example.com` is that host alone, at any port, `*.example.com` every host below; or a function that decides. */
export type Destinations = readonly string[] | ((url: AnyUrl) => boolean);

export interface TracedFetchOptions<Fetch> {
  /** Who is told about the trace. Also think of redirects: fetch takes the headers along to wherever they lead. */
  readonly to: Destinations;
  /** Default: the `fetch` of the platform. */
  readonly fetch?: Fetch;
}

/**
 * A fetch that tells the services of this organisation which event calls them. The request is otherwise the caller's; its objects stay as they are. What
 * fetch throws or rejects with is passed on.
 *
 *     const fetch = tracedFetch(wevt, { to: ["*.internal.example.com"] });
 */
export function tracedFetch<Fetch extends (input: never, init?: never) => unknown = AnyFetch>(wevt: TraceSource, options: TracedFetchOptions<Fetch> = { to: [] }): Fetch {
  const traced = (input: unknown, ...rest: readonly unknown[]): unknown => {
    const target: unknown = read(options, "fetch") ?? Reflect.get(globalThis, "fetch");
    if (typeof target !== "function") throw new TypeError("there is no fetch on this platform: pass one to tracedFetch as { fetch }");
    return Reflect.apply(target, undefined, [input, ...attempt(() => tracedInit(wevt, options.to, { input, rest }), rest)]);
  };
  return asFetch(traced);
}

/** Named guard: it takes and returns what the fetch behind it does. */
function asFetch<Fetch>(traced: (input: unknown, ...rest: readonly unknown[]) => unknown): Fetch {
  return traced as Fetch;
}

function tracedInit(wevt: TraceSource, to: Destinations, { input, rest }: { readonly input: unknown; readonly rest: readonly unknown[] }): readonly unknown[] {
  const [init = {}, ...more] = rest;
  if (!isPlain(init)) return rest;
  const url = urlOf(typeof input === "string" ? input : (textOf(read(input, "href")) ?? textOf(read(input, "url")) ?? String(input)));
  const context = isTold(to, url) ? wevt.traceContext() : undefined;
  if (context === undefined) return rest;
  const given = read(init, "headers") ?? read(input, "headers");
  const headers = inject(context, new Headers(isHeadersInit(given) ? given : undefined));
  return [{ ...init, headers }, ...more];
}

/** A Request in the place of `init` has no properties of its own to copy; it is passed on as it is, without our headers. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isHeadersInit(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null;
}

export interface TracedRequestOptions {
  /** Who is told about the trace. */
  readonly to: Destinations;
  /** The URL, where `http.request` gets one besides the options. */
  readonly url?: string | AnyUrl;
}

/**
 * Options for `http.request` and `https.request` that tell the called service which event calls it: a copy of the caller's options, whose headers may be
 * a record or a list. It takes the options, and not the function that they are for.
 *
 *     http.request(url, tracedRequest(wevt, { method: "POST" }, { to: ["api.example.com"], url }));
 */
export function tracedRequest<Options extends object & { readonly call?: never }>(wevt: TraceSource, options: Options, rule: TracedRequestOptions = { to: [] }): Options {
  return attempt(() => {
    const { to, url } = rule;
    const context = isTold(to, url === undefined ? urlOfOptions(options) : urlOf(String(url))) ? wevt.traceContext() : undefined;
    if (context === undefined) return options;
    const headers = read(options, "headers");
    return { ...options, headers: inject(context, typeof headers === "object" && headers !== null ? headers : {}) };
  }, options);
}

/** As Node reads them: `hostname` counts more than `host`. */
function urlOfOptions(options: object): AnyUrl {
  const host = textOf(read(options, "hostname")) ?? textOf(read(options, "host")) ?? "localhost";
  const port = textOf(read(options, "port"));
  return urlOf(`${textOf(read(options, "protocol")) ?? "http:"}//${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}${port === undefined ? "" : `:${port}`}${textOf(read(options, "path")) ?? "/"}`);
}

/** In a browser an address may be relative to the page. */
function urlOf(text: string): AnyUrl {
  return new URL(text, textOf(read(Reflect.get(globalThis, "location"), "href")));
}

function isTold(to: Destinations, url: AnyUrl): boolean {
  if (typeof to === "function") return to(url) === true;
  return to.some((host) => (host.startsWith("*.") ? url.hostname.endsWith(host.slice(1).toLowerCase()) && url.hostname.length > host.length - 1 : url.hostname === host.toLowerCase()));
}
