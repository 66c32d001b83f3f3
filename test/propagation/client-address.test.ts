/** Who the client is, when proxies stand between and strangers write headers. */
import { BlockList, isIP, isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { httpRequest, type TrustedProxies } from "../../src/propagation/index.js";

interface Case {
  readonly what: string;
  readonly remote?: string;
  readonly header?: string;
  readonly trusted?: TrustedProxies;
  readonly client: string | undefined;
}

function clientOf({ remote, header, trusted }: Case, name = "x-forwarded-for"): string | undefined {
  const request = { method: "GET", url: "/", headers: header === undefined ? {} : { [name]: header }, ...(remote === undefined ? {} : { socket: { remoteAddress: remote } }) };
  return httpRequest(request, { clientHeader: name, ...(trusted === undefined ? {} : { trustedProxies: trusted }) }).clientAddress;
}

const cases: readonly Case[] = [
  { what: "is the other end of the connection when no proxy is trusted", remote: "203.0.113.9", header: "192.0.2.1", client: "203.0.113.9" },
  { what: "is the other end when that is no trusted proxy", remote: "203.0.113.9", header: "192.0.2.1", trusted: ["10.0.0.0/8"], client: "203.0.113.9" },
  { what: "is what the trusted proxy says", remote: "10.1.2.3", header: "192.0.2.1", trusted: ["10.0.0.0/8"], client: "192.0.2.1" },
  { what: "is not what stands left of a stranger", remote: "10.1.2.3", header: "1.1.1.1, 192.0.2.1", trusted: ["10.0.0.0/8"], client: "192.0.2.1" },
  { what: "is found behind several trusted proxies", remote: "10.1.2.3", header: "1.1.1.1, 192.0.2.1, 10.9.9.9, 172.16.3.4", trusted: ["private"], client: "192.0.2.1" },
  { what: "is the first of all when every one is trusted", remote: "10.1.2.3", header: "10.0.0.1, 10.0.0.2", trusted: ["private"], client: "10.0.0.1" },
  { what: "is the proxy when that says nothing", remote: "10.1.2.3", trusted: ["private"], client: "10.1.2.3" },
  { what: "is unknown when the proxy says no address", remote: "10.1.2.3", header: "unknown", trusted: ["private"], client: undefined },
  { what: "is unknown when the entry is broken", remote: "10.1.2.3", header: "192.0.2.1, 999.0.2.1", trusted: ["private"], client: undefined },
  { what: "is counted where the proxies are", remote: "203.0.113.9", header: "1.1.1.1, 192.0.2.1, 198.51.100.7", trusted: 2, client: "192.0.2.1" },
  { what: "is counted also where the connection is not known", header: "1.1.1.1, 192.0.2.1", trusted: 1, client: "192.0.2.1" },
  { what: "is unknown where neither is known", header: "192.0.2.1", trusted: ["private"], client: undefined },
  { what: "is unknown without anything", client: undefined },
  { what: "is what a function lets through", remote: "198.51.100.1", header: "192.0.2.1", trusted: (address) => address === "198.51.100.1", client: "192.0.2.1" },
  { what: "has no port", remote: "10.1.2.3", header: "192.0.2.1:4711", trusted: ["private"], client: "192.0.2.1" },
  { what: "may be IPv6, with brackets, port and zone", remote: "::1", header: "[2001:DB8::17%eth0]:4711", trusted: ["loopback"], client: "2001:db8::17" },
  { what: "is IPv4 also where the socket speaks IPv6", remote: "::ffff:10.1.2.3", header: "::ffff:192.0.2.1", trusted: ["10.0.0.0/8"], client: "192.0.2.1" },
  { what: "is found by IPv6 ranges", remote: "fd00:1234::1", header: "2001:db8::17", trusted: ["fd00::/8"], client: "2001:db8::17" },
  { what: "is found by a range that ends within a group", remote: "fe9f::1", header: "2001:db8::17", trusted: ["fe80::/11"], client: "2001:db8::17" },
  { what: "is not found by a range that ends before", remote: "fea0::1", header: "2001:db8::17", trusted: ["fe80::/11"], client: "fea0::1" },
  { what: "is not found by a range that is none", remote: "10.1.2.3", header: "192.0.2.1", trusted: ["10.0.0.0/33", "10.0.0.0/", "ten", "", "10.0.0"], client: "10.1.2.3" },
  { what: "is found by a range of everything", remote: "203.0.113.9", header: "192.0.2.1", trusted: ["0.0.0.0/0"], client: "192.0.2.1" },
  { what: "survives spaces, tabs and nothing between commas", remote: "10.1.2.3", header: " 192.0.2.1 \t", trusted: ["private"], client: "192.0.2.1" },
  { what: "is unknown where the last entry is empty", remote: "10.1.2.3", header: "192.0.2.1,", trusted: ["private"], client: undefined },
  { what: "is read from the end of a megabyte", remote: "10.1.2.3", header: `${"1.1.1.1, ".repeat(120_000)}192.0.2.1`, trusted: ["private"], client: "192.0.2.1" },
];

describe("the client's address", () => {
  it.each(cases)("$what", (one) => {
    expect(clientOf(one)).toBe(one.client);
  });

  it.each(["1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "g::1", "1.2.3.4::", "::1.2.3.4.5", "[::1", "", " "])("%s is none", (text) => {
    expect(clientOf({ what: "", header: text, trusted: 1, client: undefined })).toBeUndefined();
  });

  it.each([["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"], ["::", "::"], ["1::", "1::"], ["::ffff:1.2.3.4", "1.2.3.4"], ["64:ff9b::1.2.3.4", "64:ff9b::1.2.3.4"], ["0.0.0.0", "0.0.0.0"], ["255.255.255.255:65535", "255.255.255.255"]])("%s is %s", (text, address) => {
    expect(clientOf({ what: "", header: text, trusted: 1, client: undefined })).toBe(address);
  });
});

describe("what is an address, and in which range", () => {
  const nearly = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV6().map((text) => text.toUpperCase()), fc.ipV4().map((text) => `::ffff:${text}`), fc.string({ unit: fc.constantFrom(..."0123456789.:abf"), maxLength: 20 }), fc.tuple(fc.ipV4Extended(), fc.constantFrom("", ".", ":", "1")).map((parts) => parts.join("")));

  it("is as Node has it", () => {
    fc.assert(fc.property(nearly, (text) => {
      const client = clientOf({ what: "", header: text, trusted: 1, client: undefined });
      if (/^[^:]*:\d+$/.test(text)) expect(client !== undefined).toBe(isIPv4(text.split(":")[0] ?? "") && /:\d{1,5}$/.test(text));
      else expect(client !== undefined).toBe(isIP(text) !== 0);
    }), { numRuns: 5_000 });
  });

  it("is as Node has it for ranges, too", () => {
    const range = fc.oneof(fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })), fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })));
    const near = fc.tuple(range, fc.oneof(fc.ipV4(), fc.ipV6()), fc.boolean());
    fc.assert(fc.property(near, ([[base, bits], other, same]) => {
      const remote = same ? base : other;
      if (/^::ffff:/i.test(remote) || isIP(remote) !== isIP(base)) return;
      const list = new BlockList();
      list.addSubnet(base, bits, isIPv4(base) ? "ipv4" : "ipv6");
      const trusts = clientOf({ what: "", remote, header: "192.0.2.250", trusted: [`${base}/${bits}`], client: undefined }) === "192.0.2.250";
      expect(trusts).toBe(list.check(remote, isIPv4(remote) ? "ipv4" : "ipv6") || remote === "192.0.2.250");
    }), { numRuns: 3_000 });
  });
});

describe("the client's address in Forwarded (RFC 7239)", () => {
  const rows: readonly Case[] = [
    { what: "stands in for", header: "for=192.0.2.1;proto=https;by=10.1.2.3", client: "192.0.2.1" },
    { what: "may be quoted, with brackets and port", header: 'For="[2001:db8::17]:4711"', client: "2001:db8::17" },
    { what: "is walked to from the right", header: "for=1.1.1.1, for=192.0.2.1;proto=http, for=10.2.2.2", client: "192.0.2.1" },
    { what: "is unknown when it is hidden", header: "for=_hidden", client: undefined },
    { what: "is unknown without for", header: "proto=https", client: undefined },
    { what: "is not swallowed by a quote that a stranger left open", header: 'for="1.1.1.1, for=192.0.2.1', client: "192.0.2.1" },
    { what: "is not put there by a comma that a stranger quoted", header: 'for="1.1.1.1, for=6.6.6.6", for=192.0.2.1', client: "192.0.2.1" },
  ];
  it.each(rows)("$what", (one) => {
    expect(clientOf({ remote: "10.1.2.3", trusted: ["private"], ...one }, "forwarded")).toBe(one.client);
  });

  it("is read only when it is the header that the proxies write", () => {
    const request = { url: "/", headers: { forwarded: "for=6.6.6.6", "x-forwarded-for": "192.0.2.1", "cf-connecting-ip": "198.51.100.7" }, socket: { remoteAddress: "10.1.2.3" } };
    expect(httpRequest(request, { trustedProxies: ["private"] }).clientAddress).toBe("192.0.2.1");
    expect(httpRequest(request, { trustedProxies: ["private"], clientHeader: "Forwarded" }).clientAddress).toBe("6.6.6.6");
    expect(httpRequest(request, { trustedProxies: ["private"], clientHeader: "CF-Connecting-IP" }).clientAddress).toBe("198.51.100.7");
  });
});

describe("the client's scheme and host", () => {
  const headers = { host: "internal:8080", "x-forwarded-proto": "https", "x-forwarded-host": "shop.example.com" };
  const request = { url: "/", headers, socket: { remoteAddress: "10.1.2.3" } };

  it("are those of the connection when no proxy is trusted", () => {
    expect(httpRequest(request)).toMatchObject({ scheme: "http", host: "internal:8080" });
  });

  it("are those that the trusted proxy names", () => {
    expect(httpRequest(request, { trustedProxies: ["private"] })).toMatchObject({ scheme: "https", host: "shop.example.com" });
    expect(httpRequest({ ...request, headers: { ...headers, "x-forwarded-proto": "javascript, https" } }, { trustedProxies: 1 }).scheme).toBe("https");
  });

  it("may stand in Forwarded", () => {
    expect(httpRequest({ ...request, headers: { ...headers, forwarded: 'for=1.1.1.1;proto=http, for=192.0.2.1;proto=https;host="a.example.com"' } }, { trustedProxies: 1, clientHeader: "forwarded" })).toMatchObject({ scheme: "https", host: "a.example.com" });
  });
});
