/** Every case of the official test suite of W3C Trace Context for `tracestate`, the root that we carry in it, and its limits. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract, mergeTracestate, parseTracestate, traceHeaders } from "../../src/propagation/index.js";
import { contexts, spanIds, types } from "./arbitraries.js";

const traceparent = "00-12345678901234567890123456789012-1234567890123456-00";
const root = { type: "http", spanId: "span_b7ad6b7169203331" };

/** What the next service is sent, as members, when these headers arrive. */
function passedOn(...headers: readonly (readonly [name: string, value: string])[]): readonly (readonly [string, string])[] {
  const context = extract([["traceparent", traceparent], ...headers]);
  expect(context).toBeDefined();
  return parseTracestate(traceHeaders(context).tracestate ?? "");
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).filter((one) => one !== "," && one !== "=").join("");
const numbered = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(2, "0")).map((one) => `bar${one}=${one}`).join(",");

describe("a valid tracestate is passed on", () => {
  const rows: readonly (readonly [what: string, headers: readonly string[], members: readonly (readonly [string, string])[]])[] = [
    ["two members", ["foo=1,bar=2"], [["foo", "1"], ["bar", "2"]]],
    ["an empty header alone", [""], []],
    ["an empty header behind another", ["foo=1", ""], [["foo", "1"]]],
    ["an empty header before another", ["", "foo=1"], [["foo", "1"]]],
    ["several headers, in their order", ["foo=1,bar=2", "rojo=1,congo=2", "baz=3"], [["foo", "1"], ["bar", "2"], ["rojo", "1"], ["congo", "2"], ["baz", "3"]]],
    ["one member twice", ["foo=1,foo=1"], [["foo", "1"]]],
    ["one key twice, of which the first is the newer", ["foo=1,foo=2"], [["foo", "1"]]],
    ["one member in two headers", ["foo=1", "foo=1"], [["foo", "1"]]],
    ["one key in two headers", ["foo=1", "foo=2"], [["foo", "1"]]],
    ["every character that a key and a value may have", [`${lower}0123456789_-*/=${printable}`], [[`${lower}0123456789_-*/`, printable]]],
    ["the same with an at sign in the key", [`${lower}0123456789_-*/@a-z0-9_-*/=${printable}`], [[`${lower}0123456789_-*/@a-z0-9_-*/`, printable]]],
    ["spaces and tabs around commas", ["foo=1 \t , \t bar=2, \t baz=3"], [["foo", "1"], ["bar", "2"], ["baz", "3"]]],
    ["tabs and spaces around commas", ["foo=1\t \t,\t \tbar=2,\t \tbaz=3"], [["foo", "1"], ["bar", "2"], ["baz", "3"]]],
    ["a space before", [" foo=1"], [["foo", "1"]]],
    ["a tab before", ["\tfoo=1"], [["foo", "1"]]],
    ["a space behind", ["foo=1 "], [["foo", "1"]]],
    ["a tab behind", ["foo=1\t"], [["foo", "1"]]],
    ["both around", ["\t foo=1 \t"], [["foo", "1"]]],
    ["spaces at the start of a value, which belong to it", ["foo=  1"], [["foo", "  1"]]],
    ["members that are empty or blank", ["foo=1,, \t ,bar=2,"], [["foo", "1"], ["bar", "2"]]],
    ["at signs within keys", ["foo@=1,foo@@bar=2,foo@bar@baz=3"], [["foo@", "1"], ["foo@@bar", "2"], ["foo@bar@baz", "3"]]],
    ["keys that begin with a digit", ["1foo=1,2=2"], [["1foo", "1"], ["2", "2"]]],
    ["32 members in four headers", [numbered(1, 10), numbered(11, 20), numbered(21, 30), numbered(31, 32)], parseTracestate(numbered(1, 32))],
    ["a key of 256 characters", ["foo=1", `${"z".repeat(256)}=1`], [["foo", "1"], ["z".repeat(256), "1"]]],
    ["a key of 241 characters, an at sign and 14 more", ["foo=1", `${"t".repeat(241)}@${"v".repeat(14)}=1`], [["foo", "1"], [`${"t".repeat(241)}@${"v".repeat(14)}`, "1"]]],
    ["a key of 242 characters, an at sign and one more", ["foo=1", `${"t".repeat(242)}@v=1`], [["foo", "1"], [`${"t".repeat(242)}@v`, "1"]]],
    ["a key with 15 characters behind its at sign", ["foo=1", `t@${"v".repeat(15)}=1`], [["foo", "1"], [`t@${"v".repeat(15)}`, "1"]]],
    ["a value of 256 characters", [`foo=${"x".repeat(256)}`], [["foo", "x".repeat(256)]]],
  ];

  it.each(rows)("%s", (_what, headers, members) => {
    expect(passedOn(...headers.map((text): readonly [string, string] => ["tracestate", text]))).toEqual(members);
  });

  it.each(["TraceState", "TrAcEsTaTe", "TRACESTATE"])("under the name %s", (name) => {
    expect(passedOn([name, "foo=1"])).toEqual([["foo", "1"]]);
  });
});

describe("a tracestate that is not valid is left out as a whole, and the trace is continued", () => {
  const rows: readonly (readonly [what: string, headers: readonly string[]])[] = [
    ["a space behind a key", ["foo =1,bar=2"]],
    ["a key in capitals", ["FOO=1,bar=2"]],
    ["a dot in a key", ["foo.bar=1,bar=2"]],
    ["a key that begins with an at sign", ["@foo=1,bar=2"]],
    ["no key", ["=1,bar=2"]],
    ["no equals sign", ["foo,bar=2"]],
    ["33 members in four headers", [numbered(1, 10), numbered(11, 20), numbered(21, 30), numbered(31, 33)]],
    ["a key of 257 characters", ["foo=1", `${"z".repeat(257)}=1`]],
    ["a value of 257 characters", [`foo=${"x".repeat(257)},bar=2`]],
    ["an equals sign in a value", ["foo=bar=baz,bar=2"]],
    ["an empty value", ["foo=,bar=3"]],
    ["a blank value", ["foo=  ,bar=3"]],
    ["a character that is not ASCII", ["foo=é,bar=3"]],
    ["a control character within a value", ["foo=a\tb,bar=3"]],
    ["a newline", ["foo=1\r\nx-evil: 1"]],
    ["a megabyte", [`foo=${"x".repeat(1_000_000)}`]],
    ["a million commas", [",".repeat(1_000_000)]],
  ];

  it.each(rows)("%s", (_what, headers) => {
    expect(passedOn(...headers.map((text): readonly [string, string] => ["tracestate", text]))).toEqual([]);
  });

  it.each(["trace-state", "trace.state"])("another name: %s", (name) => {
    expect(passedOn([name, "foo=1"])).toEqual([]);
  });
});

describe("the root of a trace", () => {
  it("is the first member, with its span and its type", () => {
    expect(mergeTracestate(root, "rojo=1,congo=2")).toBe("wevt=b7ad6b7169203331:http,rojo=1,congo=2");
  });

  it("takes the place of one that was there, and comes first again", () => {
    expect(mergeTracestate(root, "rojo=1,wevt=1111111111111111:cron,congo=2")).toBe("wevt=b7ad6b7169203331:http,rojo=1,congo=2");
  });

  it("arrives, and the members of others beside it", () => {
    expect(extract({ traceparent, tracestate: "rojo=1,wevt=b7ad6b7169203331:http,congo=2" })).toMatchObject({ root, state: "rojo=1,congo=2" });
  });

  it("is read also where a later version says more behind it", () => {
    expect(extract({ traceparent, tracestate: "wevt=b7ad6b7169203331:http;more" })?.root).toEqual(root);
  });

  it.each(["b7ad6b7169203331", "b7ad6b7169203331:", ":http", "B7AD6B7169203331:http", "0000000000000000:http", "b7ad:http", "b7ad6b7169203331:%zz", "b7ad6b7169203331:a%0Ab", "b7ad6b7169203331:%ff", `b7ad6b7169203331:${"x".repeat(201)}`])("is unknown where our member is broken: %s", (value) => {
    expect(extract({ traceparent, tracestate: `wevt=${value},rojo=1` })).toEqual({ traceId: traceparent.slice(3, 35), spanId: traceparent.slice(36, 52), sampled: false, state: "rojo=1" });
  });

  it.each([{ type: "", spanId: root.spanId }, { type: "http", spanId: "span_0000000000000000" }, { type: "http", spanId: "b7ad6b7169203331" }, { type: "http", spanId: "span_b7ad6b7169203331,x=1" }])("is not sent when it is none: %j", (broken) => {
    expect(mergeTracestate(broken, "rojo=1")).toBe("rojo=1");
  });

  it("with a type too long for a member is cut between characters", () => {
    const [ours] = parseTracestate(mergeTracestate({ ...root, type: "é".repeat(500) }, undefined) ?? "");
    expect(ours?.[1].length).toBeLessThanOrEqual(256);
    expect(extract({ traceparent, tracestate: `${ours?.join("=")}` })?.root?.type).toMatch(/^é{39}$/);
  });

  it("is read back as it was written, whatever the type", () => {
    fc.assert(fc.property(types, spanIds, (type, spanId) => {
      const made = { type, spanId: `span_${spanId}` };
      expect(extract({ traceparent, tracestate: mergeTracestate(made, undefined) })?.root).toEqual(made);
    }));
  });
});

describe("what is sent stays within 512 characters and 32 members", () => {
  it("the last of 32 others makes room for ours", () => {
    const sent = parseTracestate(mergeTracestate(root, numbered(1, 32)) ?? "");
    expect(sent.map(([key]) => key)).toEqual(["wevt", ...parseTracestate(numbered(1, 31)).map(([key]) => key)]);
  });

  it("members of more than 128 characters go first, then the last ones", () => {
    const long = `long=${"x".repeat(200)}`;
    const short = Array.from({ length: 6 }, (_, index) => `s${index}=${"y".repeat(70)}`);
    expect(mergeTracestate(root, [long, ...short].join(","))).toBe(["wevt=b7ad6b7169203331:http", ...short].join(","));
    const more = Array.from({ length: 8 }, (_, index) => `s${index}=${"y".repeat(70)}`);
    expect(mergeTracestate(root, [long, ...more].join(","))).toBe(["wevt=b7ad6b7169203331:http", ...more.slice(0, 6)].join(","));
  });

  it("whatever there is", () => {
    const member = fc.tuple(fc.stringMatching(/^[a-z]{1,30}$/), fc.stringMatching(/^[!-+\--<>-~]{1,200}$/)).map((parts) => parts.join("="));
    fc.assert(fc.property(fc.array(member, { maxLength: 40 }), (members) => {
      const sent = mergeTracestate(root, members.join(",")) ?? "";
      expect(sent.length).toBeLessThanOrEqual(512);
      expect(sent.split(",").length).toBeLessThanOrEqual(32);
      expect(sent.startsWith("wevt=b7ad6b7169203331:http")).toBe(true);
      for (const one of sent.split(",").slice(1)) expect(members).toContain(one);
    }));
  });
});

describe("a whole context", () => {
  it("arrives as it was sent", () => {
    fc.assert(fc.property(contexts, (context) => {
      expect(extract(traceHeaders(context))).toEqual(context);
    }), { numRuns: 500 });
  });

  it("never throws on random text", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."wevt=ab1:;,@ \t%zé") }));
    fc.assert(fc.property(text, text, (tracestate, baggage) => {
      const sent = traceHeaders(extract({ traceparent, tracestate, baggage }));
      expect(sent.tracestate ?? "").toMatch(/^[\x20-\x7e]*$/);
      expect(sent.baggage ?? "").toMatch(/^[\x21-\x7e]*$/);
    }), { numRuns: 2_000 });
  });
});
