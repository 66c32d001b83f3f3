/** The http originator, read from requests as strangers send them. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect as connectH2, createServer as createH2Server, type Http2ServerRequest } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpFields, httpRequest, type HttpRequestOptions } from "../../src/propagation/index.js";

let server: Server;
let port = 0;
let answer: (request: IncomingMessage) => unknown = () => undefined;

beforeAll(async () => {
  server = createServer((request, response) => response.end(JSON.stringify(answer(request))));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = addressOf(server.address()).port;
});
afterAll(() => server.close());

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address;
}

/** What a real server reads from bytes on a socket. */
async function sent(lines: readonly string[], options: HttpRequestOptions = {}): Promise<HttpFields> {
  answer = (request) => httpRequest(request, options);
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.write(`${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  const fields: HttpFields = JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4).replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, ""));
  return fields;
}

describe("a request to a Node server", () => {
  it("gives every field that it has something for", async () => {
    const fields = await sent(["POST /orders/42?page=2 HTTP/1.1", "Host: shop.example.com", "User-Agent: curl/8.5.0", "Accept: */*", "Content-Type: application/json; charset=utf-8", "Content-Length: 0", "X-Request-Id: req_1", "X-Other: 1"], { query: true });
    expect(fields).toEqual({
      method: "POST", path: "/orders/42", scheme: "http", host: "shop.example.com", query: { page: "2" }, headers: { accept: "*/*" }, clientAddress: "127.0.0.1", userAgent: "curl/8.5.0",
      contentType: "application/json", bodyBytes: 0, httpVersion: "1.1", requestId: "req_1",
    });
  });

  it("keeps every one of repeated headers, also those that Node drops", async () => {
    const fields = await sent(["GET / HTTP/1.1", "Host: a", "X-Tag: 1", "x-tag: 2", "X-TAG: 3", "Referer: a", "Referer: b"], { headers: ["X-Tag", "Referer"] });
    expect(fields.headers).toEqual({ "x-tag": "1, 2, 3", referer: "a, b" });
  });

  it("keeps no credentials, whatever the list says", async () => {
    const names = ["Cookie", "Set-Cookie", "Authorization", "Proxy-Authorization", "X-Api-Key", "X-Auth-Token"];
    const fields = await sent(["GET / HTTP/1.1", "Host: a", "Accept: x", ...names.map((name) => `${name}: secret-${name}`)], { headers: [...names, ...names.map((name) => name.toUpperCase()), "accept"], query: true });
    expect(fields.headers).toEqual({ accept: "x" });
    expect(JSON.stringify(fields)).not.toContain("secret");
  });

  it("survives a flood of headers", async () => {
    const flood = Array.from({ length: 900 }, (_, index) => `X-${index}: ${index}`);
    expect((await sent(["GET / HTTP/1.1", "Host: a", ...flood, "Accept: x"])).headers).toEqual({ accept: "x" });
  });

  it("gives the path alone for a whole URL, without a name and password in it", async () => {
    expect(await sent(["GET http://user:hunter2@shop.example.com:81/a?b=1#c HTTP/1.1", "Host: other"])).toMatchObject({ path: "/a", host: "other" });
    expect(JSON.stringify(await sent(["GET http://user:hunter2@shop.example.com/a HTTP/1.0"]))).not.toContain("hunter2");
    expect(await sent(["OPTIONS * HTTP/1.1", "Host: a"])).toMatchObject({ method: "OPTIONS", path: "*" });
  });

  it("takes the URL as it was sent where a framework cuts it", () => {
    expect(httpRequest({ method: "GET", url: "/42", originalUrl: "/users/42?a=1", headers: {} }).path).toBe("/users/42");
  });

  it("may be HTTP/2", async () => {
    let fields: HttpFields | undefined;
    const h2 = createH2Server((request: Http2ServerRequest, response) => {
      fields = httpRequest(request, { headers: ["x-tag", ":path"] });
      response.end();
    });
    h2.listen(0, "127.0.0.1");
    await once(h2, "listening");
    const client = connectH2(`http://127.0.0.1:${addressOf(h2.address()).port}`);
    const stream = client.request({ ":path": "/a?b=1", "x-tag": "1", "user-agent": "test" });
    stream.resume();
    await once(stream, "end");
    client.close();
    h2.close();
    expect(fields).toMatchObject({ method: "GET", path: "/a", httpVersion: "2", userAgent: "test", clientAddress: "127.0.0.1", scheme: "http", headers: { "x-tag": "1" } });
    expect(fields?.host).toMatch(/^127\.0\.0\.1:/);
  });
});

describe("a Request", () => {
  it("gives the same fields, and scheme and host from its URL", () => {
    const request = new Request("https://shop.example.com:8443/orders?page=2&page=3", { method: "PUT", body: "{}", headers: [["x-tag", "1"], ["x-tag", "2"], ["content-type", "application/json"], ["cookie", "secret"]] });
    expect(httpRequest(request, { headers: ["x-tag", "cookie", "no name", ":path"], query: ["page"], remoteAddress: "192.0.2.1" })).toEqual({
      method: "PUT", path: "/orders", scheme: "https", host: "shop.example.com:8443", query: { page: ["2", "3"] }, headers: { "x-tag": "1, 2" }, clientAddress: "192.0.2.1", contentType: "application/json",
    });
  });
});

describe("the query", () => {
  const query = (text: string, wanted: HttpRequestOptions["query"] = true): HttpFields["query"] => httpRequest({ method: "GET", url: `/?${text}`, headers: {} }, wanted === undefined ? {} : { query: wanted }).query;

  it("is left out unless it is asked for: strangers choose the names", () => {
    expect(httpRequest({ method: "GET", url: "/?a=1", headers: {} }).query).toBeUndefined();
    expect(query("a=1&b=2", ["b", "c"])).toEqual({ b: "2" });
  });

  it("keeps every value of a name that comes again", () => {
    expect(query("a=1&b=x&a=2&a=")).toEqual({ a: ["1", "2", ""], b: "x" });
    expect(query("a=1,2&a=3")).toEqual({ a: ["1,2", "3"] });
  });

  it("is decoded as forms are", () => {
    expect(query("q=a+b%20c%2B&%C3%A9=%E2%82%AC&flag&=x&&")).toEqual({ q: "a b c+", é: "€", flag: "" });
  });

  it("with broken escapes stays as it was sent", () => {
    expect(query("a=%zz&b=%&c=%C3%28&%=1")).toEqual({ a: "%zz", b: "%", c: "%C3%28", "%": "1" });
  });

  it("may have keys with names of prototypes", () => {
    const fields = query("__proto__=1&constructor=2&__proto__=3&toString=4") ?? {};
    expect(Object.entries(fields)).toEqual([["__proto__", ["1", "3"]], ["constructor", "2"], ["toString", "4"]]);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(Reflect.get({}, "1,3")).toBeUndefined();
  });

  it("keeps no names that sound like secrets, unless the list has them", () => {
    expect(query("code=1&access_token=2&X-Amz-Signature=3&apiKey=4&api_key=5&PASSWORD=6&client_secret=7&sig=8&ok=9")).toEqual({ ok: "9" });
    expect(query("state=CA", ["state"])).toEqual({ state: "CA" });
  });

  it("has bounds: names, and the length of each", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `k${index}=${index}`).join("&");
    expect(Object.keys(query(many) ?? {}).length).toBe(50);
    expect(query(`a=${"x".repeat(5_000)}`)?.["a"]?.length).toBe(1_001);
    expect(query(`${"k".repeat(101)}=1`)).toBeUndefined();
    expect(query(Array.from({ length: 5_000 }, () => "a=xyz").join("&"))?.["a"]).toEqual(Array.from({ length: 50 }, () => "xyz"));
    const long = query(Array.from({ length: 9 }, () => `a=${"x".repeat(300)}`).join("&"))?.["a"];
    expect(Array.from(long ?? [], (one) => one.length)).toEqual([300, 300, 300, 101]);
  });
});

describe("hostile requests", () => {
  it("a URL of a megabyte is cut, quickly", () => {
    const started = performance.now();
    for (const url of [`/${"a".repeat(1_000_000)}`, `/?${"a=1&".repeat(250_000)}`, `http://${"a".repeat(1_000_000)}`, `${"/".repeat(1_000_000)}`, `http://${"@".repeat(1_000_000)}/`, `/?${"%".repeat(1_000_000)}`]) {
      const fields = httpRequest({ method: "GET", url, headers: {} }, { query: true });
      expect(fields.path.length).toBeLessThanOrEqual(2_049);
      expect(JSON.stringify(fields).length).toBeLessThan(10_000);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("values of a megabyte are cut", () => {
    const big = "x".repeat(1_000_000);
    const fields = httpRequest({ method: big, url: "/", headers: { host: big, "user-agent": big, "content-type": big, "content-length": big, accept: big, "x-request-id": big, "x-forwarded-for": big }, socket: { remoteAddress: big } }, { trustedProxies: 1 });
    expect(JSON.stringify(fields).length).toBeLessThan(6_000);
  });

  it("what has no method, URL or headers gives what it can", () => {
    for (const request of [{}, { method: 1, url: 2, headers: 3 }, { headers: null, socket: null }, Object.create(null)]) expect(httpRequest(request)).toMatchObject({ path: expect.any(String), method: expect.any(String) });
  });

  it("numbers and types that are none are left out", () => {
    expect(httpRequest({ url: "/", headers: { "content-length": "-1", "content-type": "<script>" } })).toEqual({ method: "GET", path: "/" });
    expect(httpRequest({ url: "/", headers: { "content-length": "1e9" } })).toEqual({ method: "GET", path: "/" });
  });

  it("a trust function or a list that throws costs only what depends on it", () => {
    const request = { method: "get", url: "/a", headers: { host: "a" }, socket: { remoteAddress: "10.0.0.1" } };
    expect(httpRequest(request, { trustedProxies: () => { throw new Error("hostile"); } })).toEqual({ method: "GET", path: "/a" });
  });

  it("getters and proxies that throw do not reach the caller", () => {
    const thrower = (): never => { throw new Error("hostile"); };
    const proxy = new Proxy({}, { get: thrower, ownKeys: thrower, has: thrower });
    expect(httpRequest(proxy)).toEqual({ method: "GET", path: "/" });
    expect(httpRequest({ url: "/a", headers: proxy, rawHeaders: proxy, socket: proxy })).toMatchObject({ path: "/a" });
  });

  it("random ones neither", () => {
    fc.assert(fc.property(fc.anything(), fc.string({ unit: "binary" }), (headers, url) => {
      expect(httpRequest({ method: url, url, headers }, { query: true, headers: ["a"], trustedProxies: 3 })).toMatchObject({ path: expect.any(String) });
    }), { numRuns: 1_000 });
  });
});
