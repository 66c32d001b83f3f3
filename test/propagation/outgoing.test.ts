/** Requests that carry the trace on: to whom, and what stays as the caller made it. */
import { once } from "node:events";
import { createServer, request as httpRequestOf, type IncomingHttpHeaders, type RequestOptions, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Destinations, tracedFetch, tracedRequest, type TraceSource } from "../../src/propagation/index.js";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
const tracestate = "wevt=b7ad6b7169203331:http,rojo=1";
const wevt: TraceSource = { traceContext: () => ({ traceId: traceparent.slice(3, 35), spanId: traceparent.slice(36, 52), sampled: true, root: { type: "http", spanId: "span_b7ad6b7169203331" }, state: "rojo=1" }) };

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const seen: Seen[] = [];
let server: Server;
let origin = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text)).on("end", () => {
      seen.push({ method: request.method, headers: request.headers, body });
      if (request.url === "/redirect") response.writeHead(302, { location: "/" });
      response.end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  if (typeof address === "object" && address !== null) origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => server.close());

const last = (): Seen | undefined => seen.at(-1);
const told = { traceparent, tracestate };

describe("tracedFetch", () => {
  const fetch = tracedFetch(wevt, { to: ["127.0.0.1"] });

  it("tells the hosts that were named", async () => {
    const response = await fetch(`${origin}/a`);
    expect(await response.text()).toBe("ok");
    expect(last()?.headers).toMatchObject(told);
  });

  it.each<readonly [what: string, to: Destinations]>([
    ["nobody is named", []],
    ["another host is named", ["localhost"]],
    ["the name only begins alike", ["127.0.0", "127.0.0.1.example.com"]],
    ["only hosts below are named", ["*.127.0.0.1", "*."]],
    ["a function says no", () => false],
    ["a function throws", () => { throw new Error("hostile"); }],
  ])("tells nobody when %s", async (_what, to) => {
    await tracedFetch(wevt, { to })(`${origin}/a`);
    expect(last()?.headers).not.toHaveProperty("traceparent");
    expect(last()?.headers).not.toHaveProperty("tracestate");
  });

  it("names hosts whatever their port and case, and those below a domain", async () => {
    const asked: string[] = [];
    const traced = tracedFetch(wevt, { to: ["API.example.com", "*.internal.example.com"], fetch: async (input: string, init?: { readonly headers?: unknown }) => void (init?.headers === undefined || asked.push(input)) });
    for (const url of ["https://api.example.com/a", "https://api.example.com:8443", "https://a.internal.example.com", "https://a.b.Internal.example.com", "https://internal.example.com", "https://evilinternal.example.com", "https://api.example.com.evil.com", "https://api.example.com@evil.com/", "https://evil.com/api.example.com"]) await traced(url);
    expect(asked).toEqual(["https://api.example.com/a", "https://api.example.com:8443", "https://a.internal.example.com", "https://a.b.Internal.example.com"]);
  });

  it("asks a function with the URL", async () => {
    const asked: string[] = [];
    const traced = tracedFetch(wevt, { to: (url) => asked.push(url.pathname) > 0 });
    await traced(new URL(`${origin}/from-url`));
    await traced(new Request(`${origin}/from-request`));
    expect(asked).toEqual(["/from-url", "/from-request"]);
    expect(last()?.headers).toMatchObject(told);
  });

  it.each<readonly [what: string, headers: NonNullable<RequestInit["headers"]>]>([
    ["a record", { "X-Own": "1", Traceparent: "old" }],
    ["a list", [["x-own", "1"], ["traceparent", "old"]]],
    ["Headers", new Headers({ "x-own": "1", traceparent: "old" })],
  ])("keeps the caller's headers in %s, which stay as they are", async (_what, headers) => {
    const init = Object.freeze({ method: "POST", body: "{}", headers });
    const before = JSON.stringify(headers instanceof Headers ? [...headers] : headers);
    await fetch(`${origin}/`, init);
    expect(last()).toMatchObject({ method: "POST", body: "{}", headers: { ...told, "x-own": "1" } });
    expect(JSON.stringify(headers instanceof Headers ? [...headers] : headers)).toBe(before);
  });

  it("keeps what a Request says, its body and its headers", async () => {
    const request = new Request(`${origin}/`, { method: "PUT", body: "body", headers: { "x-own": "1" } });
    await fetch(request);
    expect(last()).toMatchObject({ method: "PUT", body: "body", headers: { ...told, "x-own": "1" } });
    expect(request.headers.has("traceparent")).toBe(false);
  });

  it("takes the headers of init in the place of those of the Request, as fetch does", async () => {
    await fetch(new Request(`${origin}/`, { headers: { "x-own": "1" } }), { headers: { "x-other": "2" } });
    expect(last()?.headers).toMatchObject({ ...told, "x-other": "2" });
    expect(last()?.headers).not.toHaveProperty("x-own");
  });

  it("passes on what is odd, untouched", async () => {
    await fetch(`${origin}/`, new Request(origin, { headers: { "x-own": "1" } }));
    expect(last()?.headers).toMatchObject({ "x-own": "1" });
  });

  it("rejects as fetch does", async () => {
    await expect(fetch("http://127.0.0.1:1/")).rejects.toThrow("fetch failed");
    await expect(fetch("no url")).rejects.toThrow(TypeError);
    await expect(fetch(`${origin}/`, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await expect(fetch(`${origin}/`, { headers: { "bad name": "1" } })).rejects.toThrow(TypeError);
  });

  it("sends nothing outside an event, or when the source fails", async () => {
    for (const source of [{ traceContext: () => undefined }, { traceContext: () => { throw new Error("broken"); } }]) {
      await tracedFetch(source, { to: ["127.0.0.1"] })(`${origin}/`);
      expect(last()?.headers).not.toHaveProperty("traceparent");
    }
  });

  it("calls the fetch that is there when it is called, so that one put there later counts", async () => {
    const known = globalThis.fetch;
    try {
      globalThis.fetch = async () => new Response("mock");
      expect(await (await fetch(`${origin}/`)).text()).toBe("mock");
    } finally {
      globalThis.fetch = known;
    }
  });

  it("takes the headers along where a redirect leads, as fetch does", async () => {
    await fetch(`${origin}/redirect`);
    expect(last()?.headers).toMatchObject(told);
  });
});

describe("tracedRequest", () => {
  const send = async (options: RequestOptions, url?: string): Promise<IncomingHttpHeaders | undefined> => {
    const request = url === undefined ? httpRequestOf(options) : httpRequestOf(url, options);
    request.end();
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
    return last()?.headers;
  };
  const port = (): number => Number(new URL(origin).port);

  it("gives options for http.request that tell the hosts that were named", async () => {
    const options = Object.freeze({ hostname: "127.0.0.1", port: port(), path: "/a", headers: Object.freeze({ "X-Own": "1" }) });
    expect(await send(tracedRequest(wevt, options, { to: ["127.0.0.1"] }))).toMatchObject({ ...told, "x-own": "1" });
    expect(options.headers).toEqual({ "X-Own": "1" });
  });

  it("knows the host from the URL where there is one", async () => {
    const url = `${origin}/a`;
    expect(await send(tracedRequest(wevt, { method: "GET" }, { to: ["127.0.0.1"], url }), url)).toMatchObject(told);
  });

  it("takes a list of headers", async () => {
    expect(await send(tracedRequest(wevt, { host: "127.0.0.1", port: port(), headers: ["Host", "x", "X-Own", "1"] }, { to: ["127.0.0.1"] }))).toMatchObject({ ...told, "x-own": "1" });
  });

  it("tells nobody else", async () => {
    const options = { host: "127.0.0.1", port: port() };
    expect(tracedRequest(wevt, options, { to: ["localhost"] })).toBe(options);
    expect(tracedRequest(wevt, {}, { to: (url) => url.href === "http://localhost/" })).toMatchObject({ headers: told });
    expect(tracedRequest(wevt, { host: "::1", protocol: "https:", port: 8_443, path: "/x" }, { to: (url) => url.href === "https://[::1]:8443/x" })).toMatchObject({ headers: told });
    // @ts-expect-error It takes the options, and not the function.
    expect(tracedRequest(wevt, httpRequestOf, { to: ["localhost"] })).toBeDefined();
    expect(tracedRequest(wevt, { host: "no host" }, { to: () => true })).toEqual({ host: "no host" });
  });
});
