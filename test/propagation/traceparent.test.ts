/** Every case of the official test suite of W3C Trace Context (levels 1 and 2) for `traceparent`, and what it does not ask. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract, formatTraceparent, parseTraceparent, traceHeaders } from "../../src/propagation/index.js";
import { spanIds, traceIds } from "./arbitraries.js";

const traceId = "12345678901234567890123456789012";
const spanId = "1234567890123456";
const valid = `00-${traceId}-${spanId}-01`;

describe("a valid traceparent is continued", () => {
  const rows: readonly (readonly [what: string, text: string, flags: { readonly sampled: boolean; readonly random: boolean }])[] = [
    ["of this version, sampled", valid, { sampled: true, random: false }],
    ["not sampled", `00-${traceId}-${spanId}-00`, { sampled: false, random: false }],
    ["with the flag of random ids", `00-${traceId}-${spanId}-02`, { sampled: false, random: true }],
    ["with both flags", `00-${traceId}-${spanId}-03`, { sampled: true, random: true }],
    ["with flags that nobody knows", `00-${traceId}-${spanId}-ff`, { sampled: true, random: true }],
    ["with unknown flags alone", `00-${traceId}-${spanId}-fc`, { sampled: false, random: false }],
    ["of a later version", `cc-${traceId}-${spanId}-01`, { sampled: true, random: false }],
    ["of the version after ours", `01-${traceId}-${spanId}-00`, { sampled: false, random: false }],
    ["of a later version with more behind a dash", `cc-${traceId}-${spanId}-01-what-the-future-will-be-like`, { sampled: true, random: false }],
    ["of a later version with a dash at its end", `cc-${traceId}-${spanId}-01-`, { sampled: true, random: false }],
    ["after a space", ` ${valid}`, { sampled: true, random: false }],
    ["after a tab", `\t${valid}`, { sampled: true, random: false }],
    ["before a space", `${valid} `, { sampled: true, random: false }],
    ["before a tab", `${valid}\t`, { sampled: true, random: false }],
    ["between spaces and tabs", `\t ${valid} \t`, { sampled: true, random: false }],
  ];

  it.each(rows)("%s", (_what, text, flags) => {
    expect(parseTraceparent(text)).toEqual({ traceId, spanId, ...flags });
  });

  it.each(["TraceParent", "TrAcEpArEnT", "TRACEPARENT"])("under the name %s", (name) => {
    expect(extract({ [name]: valid })?.traceId).toBe(traceId);
    expect(extract([name, valid])?.traceId).toBe(traceId);
  });
});

describe("what is no valid traceparent begins a new trace", () => {
  const rows: readonly (readonly [what: string, text: string])[] = [
    ["nothing", ""],
    ["a dot behind version 00", `${valid}.`],
    ["more behind version 00", `${valid}-what-the-future-will-be-like`],
    ["a dash behind version 00", `${valid}-`],
    ["a later version with more, but no dash", `cc-${traceId}-${spanId}-01.what-the-future-will-be-like`],
    ["version ff", `ff-${traceId}-${spanId}-01`],
    ["a version whose first character is no digit", `.0-${traceId}-${spanId}-01`],
    ["a version whose second character is no digit", `0.-${traceId}-${spanId}-01`],
    ["a version of three digits", `000-${traceId}-${spanId}-01`],
    ["a version of four digits", `0000-${traceId}-${spanId}-01`],
    ["a version of one digit", `0-${traceId}-${spanId}-01`],
    ["a version in capitals", `CC-${traceId}-${spanId}-01`],
    ["a trace id of zeros", `00-00000000000000000000000000000000-${spanId}-01`],
    ["a trace id that begins with a dot", `00-.2345678901234567890123456789012-${spanId}-01`],
    ["a trace id that ends with a dot", `00-1234567890123456789012345678901.-${spanId}-01`],
    ["a trace id of 33 digits", `00-123456789012345678901234567890123-${spanId}-01`],
    ["a trace id of 31 digits", `00-1234567890123456789012345678901-${spanId}-01`],
    ["a trace id in capitals", `00-ABCDEF78901234567890123456789012-${spanId}-01`],
    ["a span id of zeros", `00-${traceId}-0000000000000000-01`],
    ["a span id that begins with a dot", `00-${traceId}-.234567890123456-01`],
    ["a span id that ends with a dot", `00-${traceId}-123456789012345.-01`],
    ["a span id of 17 digits", `00-${traceId}-12345678901234567-01`],
    ["a span id of 15 digits", `00-${traceId}-123456789012345-01`],
    ["a span id in capitals", `00-${traceId}-ABCDEF7890123456-01`],
    ["flags whose first character is no digit", `00-${traceId}-${spanId}-.0`],
    ["flags whose second character is no digit", `00-${traceId}-${spanId}-0.`],
    ["flags of three digits", `00-${traceId}-${spanId}-001`],
    ["flags of one digit", `00-${traceId}-${spanId}-1`],
    ["flags in capitals", `00-${traceId}-${spanId}-FF`],
    ["underscores instead of dashes", valid.replaceAll("-", "_")],
    ["a newline behind it", `${valid}\n`],
    ["a no-break space before it", `\u00a0${valid}`],
    ["a newline in what a later version appends", `cc-${traceId}-${spanId}-01-\r\nx: y`],
    ["two in one header", `${valid}, 00-${traceId}-${spanId}-00`],
    ["two of a later version in one header", `cc-${traceId}-${spanId}-01,cc-${traceId}-${spanId}-01`],
    ["a megabyte of a later version", `cc-${traceId}-${spanId}-01-${"x".repeat(1_000_000)}`],
  ];

  it.each(rows)("%s", (_what, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
    expect(extract({ traceparent: text, tracestate: "foo=1" })).toBeUndefined();
  });

  it("two headers, equal or not", () => {
    for (const second of [valid, `00-12345678901234567890123456789011-${spanId}-01`]) {
      expect(extract(["traceparent", second, "traceparent", valid])).toBeUndefined();
      expect(extract([["traceparent", second], ["Traceparent", valid]])).toBeUndefined();
      expect(extract({ traceparent: [second, valid] })).toBeUndefined();
      expect(extract({ traceparent: second, Traceparent: valid })).toBeUndefined();
      expect(extract(new Map([["traceparent", second], ["TRACEPARENT", valid]]))).toBeUndefined();
    }
  });

  it.each(["trace-parent", "trace.parent", "traceparent "])("another name: %s", (name) => {
    expect(extract({ [name]: valid })).toBeUndefined();
  });

  it("a tracestate alone", () => {
    expect(extract({ tracestate: "foo=1,bar=2" })).toBeUndefined();
  });
});

describe("a traceparent that is sent", () => {
  it("has this version, and no flags that nobody knows", () => {
    expect(traceHeaders(extract({ traceparent: `cc-${traceId}-${spanId}-ff-more` }))).toEqual({ traceparent: `00-${traceId}-${spanId}-03` });
  });

  it("keeps the flag of random ids, set or not", () => {
    expect(traceHeaders(extract({ traceparent: `00-${traceId}-${spanId}-02` })).traceparent).toBe(`00-${traceId}-${spanId}-02`);
    expect(traceHeaders(extract({ traceparent: `00-${traceId}-${spanId}-00` })).traceparent).toBe(`00-${traceId}-${spanId}-00`);
  });

  it("says sampled when nobody decided", () => {
    expect(traceHeaders({ traceId, spanId })).toEqual({ traceparent: valid });
    expect(traceHeaders({ traceId, spanId, sampled: false }).traceparent).toBe(`00-${traceId}-${spanId}-00`);
  });

  it.each([
    ["no ids", { traceId: "", spanId: "" }],
    ["a header in an id", { traceId, spanId: `${spanId}\r\nx-evil: 1` }],
    ["ids of zeros", { traceId: "0".repeat(32), spanId }],
    ["capitals", { traceId: "A".repeat(32), spanId }],
    ["a span id with our prefix", { traceId, spanId: `span_${spanId}` }],
  ])("is not sent for %s", (_what, context) => {
    expect(traceHeaders(context)).toEqual({});
    expect(formatTraceparent({ ...context, sampled: true, random: false })).toBeUndefined();
  });
});

describe("random input", () => {
  it("is read back as it was written", () => {
    fc.assert(fc.property(traceIds, spanIds, fc.boolean(), fc.boolean(), (trace, span, sampled, random) => {
      const parent = { traceId: trace, spanId: span, sampled, random };
      expect(parseTraceparent(formatTraceparent(parent) ?? "")).toEqual(parent);
    }));
  });

  it("never throws, and what it says is written as valid", () => {
    const nearly = fc.tuple(fc.constantFrom("00", "cc", "ff", "0", ""), fc.constantFrom("-", "", "_"), fc.string({ unit: fc.constantFrom(..."0123456789abcdefABC.- \t\n"), maxLength: 60 })).map((parts) => parts.join(""));
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), nearly), (text) => {
      const parent = parseTraceparent(text);
      if (parent !== undefined) expect(formatTraceparent(parent)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
    }), { numRuns: 2_000 });
  });
});
