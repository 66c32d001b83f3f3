/** W3C Baggage: the cases of its official tests, and its limits. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BaggageEntry, extract, formatBaggage, inject, parseBaggage, traceHeaders } from "../../src/propagation/index.js";

const odd = "\t \"';=asdf!@#$%^&*()";
const encoded = encodeURIComponent(odd);
const ows = " \t ";

describe("baggage is read", () => {
  const rows: readonly (readonly [what: string, text: string, entries: readonly BaggageEntry[]])[] = [
    ["nothing", "", []],
    ["one entry", "SomeKey=SomeValue", [{ key: "SomeKey", value: "SomeValue" }]],
    ["entries with properties, with a value and without", "a=1;p,b=2;q=r", [{ key: "a", value: "1", properties: [{ key: "p" }] }, { key: "b", value: "2", properties: [{ key: "q", value: "r" }] }]],
    ["the same with spaces and tabs everywhere", ["a", "=", "1", ";", "p", ",", "b", "=", "2", ";", "q", "=", "r"].join(ows), [{ key: "a", value: "1", properties: [{ key: "p" }] }, { key: "b", value: "2", properties: [{ key: "q", value: "r" }] }]],
    ["equals signs in a value", "a=1=2==", [{ key: "a", value: "1=2==" }]],
    ["an encoded value", `a=${encoded}`, [{ key: "a", value: odd }]],
    ["an encoded value between spaces", `a${ows}=${ows}${encoded}${ows}`, [{ key: "a", value: odd }]],
    ["an encoded value of a property", `a=1;p=${encoded}`, [{ key: "a", value: "1", properties: [{ key: "p", value: odd }] }]],
    ["several properties of one name", "a=1;p;p=2;p=3", [{ key: "a", value: "1", properties: [{ key: "p" }, { key: "p", value: "2" }, { key: "p", value: "3" }] }]],
    ["the key of a property, which is never decoded", "a=1;p%20%09%20%3D%20%09%20q", [{ key: "a", value: "1", properties: [{ key: "p%20%09%20%3D%20%09%20q" }] }]],
    ["one key twice", "a=1,a=2", [{ key: "a", value: "1" }, { key: "a", value: "2" }]],
    ["an empty value", "a=", [{ key: "a", value: "" }]],
    ["UTF-8", "user=Am%C3%A9lie", [{ key: "user", value: "Amélie" }]],
    ["bytes that are no UTF-8, as U+FFFD", "a=%ffx%C3%28", [{ key: "a", value: "\ufffdx\ufffd(" }]],
    ["percent signs that are no escapes, as they are", "a=%zz%2", [{ key: "a", value: "%zz%2" }]],
  ];
  it.each(rows)("%s", (_what, text, entries) => {
    expect(parseBaggage(text)).toEqual(entries);
  });

  it.each(["a", "=1", "a b=1", "a=b c", "a=\"b\"", "a=b\\c", "a=é", "é=1", "a=1;p q", "a=1;", "a=\r\nb"])("a member that is not valid is left out alone: %j", (member) => {
    expect(parseBaggage(`x=1,${member},y=2`).map(({ key }) => key)).toEqual(["x", "y"]);
  });

  it("of a header without end, whole members of its start", () => {
    const entries = parseBaggage(`a=1,b=${"x".repeat(70_000)},c=3`);
    expect(entries).toEqual([{ key: "a", value: "1" }]);
    expect(parseBaggage(",".repeat(2_000_000))).toEqual([]);
  });
});

describe("baggage is written", () => {
  it("with everything encoded that its grammar forbids, and percent signs", () => {
    expect(formatBaggage([{ key: "a", value: "a b,c;d\"e\\f%é\n", properties: [{ key: "p" }, { key: "q", value: "1 2" }] }])).toBe("a=a%20b%2Cc%3Bd%22e%5Cf%25%C3%A9%0A;p;q=1%202");
  });

  it("with all of 64 members, and of 8,192 bytes", () => {
    expect(formatBaggage(Array.from({ length: 70 }, (_, index) => ({ key: `key${index}`, value: "value" })))?.split(",").length).toBe(64);
    const full = { key: "a", value: "0123456789".repeat(819) };
    expect(formatBaggage([full])?.length).toBe(8_192);
    expect(formatBaggage([{ ...full, key: "ab" }, { key: "c", value: "1" }])).toBe("c=1");
  });

  it("of a list without end, its first entries", () => {
    const entries = [{ key: "a", value: "1" }];
    entries.length = 4_000_000_000;
    expect(formatBaggage(entries)).toBe("a=1");
  });

  it("without entries whose key is no token", () => {
    expect(formatBaggage([{ key: "a b", value: "1" }, { key: "", value: "1" }, { key: "c", value: "1", properties: [{ key: "\r\n" }] }])).toBeUndefined();
  });

  it("so that it is read back", () => {
    const keys = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,20}$/);
    const values = fc.string({ unit: "grapheme", maxLength: 50 });
    const properties = fc.array(fc.record({ key: keys, value: values }, { requiredKeys: ["key"] }), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(fc.array(fc.record({ key: keys, value: values, properties }, { requiredKeys: ["key", "value"] }), { minLength: 1, maxLength: 8 }), (entries) => {
      expect(parseBaggage(formatBaggage(entries) ?? "")).toEqual(entries);
    }));
  });

  it("and never as more than one header, whatever it is read from", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(formatBaggage(parseBaggage(text)) ?? "").toMatch(/^[\x21-\x7e]*$/);
    }), { numRuns: 2_000 });
  });
});

describe("baggage travels with the trace", () => {
  const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";

  it("from several headers to one", () => {
    const context = extract([["traceparent", traceparent], ["baggage", "a=1"], ["Baggage", "b = 2"]]);
    expect(traceHeaders(context).baggage).toBe("a=1,b=2");
  });

  it("behind what the caller adds; a key of the caller counts", () => {
    const context = extract({ traceparent, baggage: "a=1,b=2" });
    expect(inject(context, { Baggage: "b=3,c=4" })).toEqual({ traceparent, baggage: "b=3,c=4,a=1" });
  });
});
