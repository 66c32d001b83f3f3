/** Laws that hold for every value, and templates that are cached. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxCachedTemplateLength, maxCachedTemplates } from "../../../src/runtime/limits.js";
import { formatMessage } from "../../../src/runtime/messages/format.js";
import { cachedTemplates, compileTemplate, templateOf } from "../../../src/runtime/messages/template.js";

const text = (template: string, ...args: readonly unknown[]): string => formatMessage(template, args).text;
const wellFormed = fc.string({ unit: "grapheme" });
const double = fc.double({ noNaN: true, noDefaultInfinity: true });

describe("every text", () => {
  it("comes back from a template in which its percent signs are doubled", () => {
    fc.assert(fc.property(wellFormed, (one) => { expect(text(one.replaceAll("%", "%%"))).toBe(one); }));
  });

  it("is itself by %s and %v", () => {
    fc.assert(fc.property(wellFormed, (one) => {
      expect(text("%s", one)).toBe(one);
      expect(text("[%v]", one)).toBe(`[${one}]`);
    }));
  });

  it("is quoted by %q as JSON quotes it, where it has no control characters and nothing invisible", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."aZ9 \"\\'`{}é日😀\n\t\r\b\f") }), (one) => {
      expect(text("%q", one)).toBe(JSON.stringify(one));
      expect(JSON.parse(text("%q", one))).toBe(one);
    }));
  });

  it("is quoted by %q on one line of printable characters, and by %+q of ASCII", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (one) => {
      expect(text("%q", one)).toMatch(/^"[\p{L}\p{M}\p{N}\p{P}\p{S} ]*"$/u);
      expect(text("%+q", one)).toMatch(/^"[ -~]*"$/);
    }));
  });

  it("has its bytes by %x", () => {
    fc.assert(fc.property(wellFormed, (one) => { expect(text("%x", one)).toBe(Buffer.from(one).toString("hex")); }));
  });

  it("has at least the width, and at most the precision, in code points", () => {
    fc.assert(fc.property(wellFormed, fc.nat(30), fc.nat(30), (one, width, precision) => {
      const short = [...one].slice(0, precision);
      expect(text(`%${width || ""}.${precision}s`, one).trimStart()).toBe(short.join("").trimStart());
      expect([...text(`%-*.*s`, width, precision, one)]).toHaveLength(Math.max(width, short.length));
    }));
  });
});

describe("every integer", () => {
  it("is by %d and %v what String says", () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (one) => {
      expect(text("%d", one)).toBe(String(one));
      expect(text("%v", one)).toBe(String(one));
    }));
    fc.assert(fc.property(fc.bigInt(), (one) => { expect(text("%d", one)).toBe(String(one)); }));
  });

  it("is by %x, %o and %b what toString says", () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (one) => {
      expect(text("%x %o %b %X", one, one, one, one)).toBe(`${one.toString(16)} ${one.toString(8)} ${one.toString(2)} ${one.toString(16).toUpperCase()}`);
    }));
  });

  it("keeps its value when zeros fill the width", () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 40 }), (one, width) => {
      const padded = text(`%0${width}d`, one);
      expect(padded).toHaveLength(Math.max(width, String(one).length));
      expect(Number(padded)).toBe(one === 0 ? 0 : one);
    }));
  });
});

/** Half to even on the exact value, by a way of its own. */
function roundedExactly(value: number, places: number): string {
  const [numerator, denominator] = fraction(Math.abs(value));
  const scaled = numerator * 10n ** BigInt(places);
  let quotient = scaled / denominator;
  const rest = scaled - quotient * denominator;
  if (rest * 2n > denominator || (rest * 2n === denominator && quotient % 2n !== 0n)) quotient++;
  const digits = quotient.toString().padStart(places + 1, "0");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function fraction(value: number): readonly [bigint, bigint] {
  let denominator = 1n;
  let numerator = value;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return [BigInt(numerator), denominator];
}

describe("every float", () => {
  it("is rounded by %f to the nearest, and to even from the middle", () => {
    const near = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom(2, 4, 8, 16, 32, 3, 7, 100)).map(([top, bottom]) => top / bottom);
    fc.assert(fc.property(fc.oneof(near, double.filter((one) => Math.abs(one) > 1e-200)), fc.nat(12), (value, places) => {
      expect(text(`%.${places}f`, value)).toBe(roundedExactly(value, places));
    }), { numRuns: 2_000 });
  });

  it("comes back from %g, from %.17g, from %.16e, and from %x", () => {
    fc.assert(fc.property(double, (value) => {
      const same = (written: string): boolean => Object.is(Number(written), value) || (value === 0 && Number(written) === 0);
      for (const verb of ["%g", "%.17g", "%.16e", "%G", "%#g"]) if (verb !== "%#g" || String(value).length < 6) expect(same(text(verb, value))).toBe(true);
    }), { numRuns: 2_000 });
  });

  it("has by %e one digit, the decimals asked for, and an exponent of two digits or more", () => {
    fc.assert(fc.property(double, fc.nat(40), (value, places) => {
      expect(text(`%.${places}e`, value)).toMatch(new RegExp(`^-?[0-9]${places === 0 ? "" : `\\.[0-9]{${places}}`}e[+-][0-9]{2,3}$`));
    }));
  });

  it("is by %v what String says", () => {
    fc.assert(fc.property(double, (value) => { expect(text("%v", value)).toBe(String(value)); }));
  });
});

describe("a template", () => {
  it("is compiled once", () => {
    expect(templateOf("once %{a}d")).toBe(templateOf("once %{a}d"));
  });

  it("is kept within bounds: the oldest goes, and a very long one is not kept", () => {
    for (let index = 0; index < maxCachedTemplates * 2; index++) formatMessage(`${index} %d`, [1]);
    expect(cachedTemplates()).toBe(maxCachedTemplates);
    const long = `%d${"x".repeat(maxCachedTemplateLength)}`;
    expect(templateOf(long)).not.toBe(templateOf(long));
    expect(templateOf(long)).toEqual(compileTemplate(long));
  });
});
