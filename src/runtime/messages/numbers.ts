/** Numbers as Go's fmt writes them: every verb, flag and rounding (half to even, on the exact value). */
import { isPrintable, quote } from "./quote.js";
import type { Layout } from "./template.js";

/** A number or bigint by this verb; undefined when the verb is not for such a number. */
export function printNumber(value: number | bigint, layout: Layout): string | undefined {
  const { verb } = layout;
  const whole = typeof value === "bigint" || Number.isInteger(value);
  if (verb === "v") return typeof value === "bigint" || (whole && Math.abs(value) < 1e21) ? printInteger(value, layout) : printFloat(value, layout);
  if (whole && "bcdoOqUxX".includes(verb)) return printInteger(value, layout);
  return typeof value === "number" && "beEfFgGxX".includes(verb) ? printFloat(value, layout) : undefined;
}

/** The text with spaces (or zeros) to the width, counted in code points. */
export function pad(text: string, layout: Layout, zero = layout.zero): string {
  const { width } = layout;
  if (width === undefined || text.length >= 2 * width) return text;
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  return layout.minus ? text + " ".repeat(missing) : (zero ? "0" : " ").repeat(missing) + text;
}

function printInteger(value: number | bigint, layout: Layout): string {
  switch (layout.verb) {
    case "c":
      return pad(String.fromCodePoint(codePointOf(value)), layout);
    case "q":
      return pad(quote(String.fromCodePoint(codePointOf(value)), { mark: "'", ascii: layout.plus }), layout);
    case "U":
      return printUnicode(value, layout);
    case "b":
      return printDigits(value, layout, 2);
    case "o":
    case "O":
      return printDigits(value, layout, 8);
    case "x":
    case "X":
      return printDigits(value, layout, 16);
    default:
      return printDigits(value, layout, 10);
  }
}

function codePointOf(value: number | bigint): number {
  const code = Number(value);
  return code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? code : 0xfffd;
}

function printUnicode(value: number | bigint, layout: Layout): string {
  const hex = BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase();
  const code = codePointOf(value);
  const shown = layout.sharp && code === Number(value) && isPrintable(String.fromCodePoint(code)) ? ` '${String.fromCodePoint(code)}'` : "";
  return pad(`U+${hex.padStart(Math.max(layout.precision ?? 0, 4), "0")}${shown}`, layout, false);
}

function printDigits(value: number | bigint, layout: Layout, base: 2 | 8 | 10 | 16): string {
  const { precision, width, verb } = layout;
  const exact = typeof value === "number" && !Number.isSafeInteger(value) ? BigInt(value) : value;
  const sign = exact < 0 ? "-" : signOf(layout);
  let digits = (exact < 0 ? -exact : exact).toString(base);
  if (verb === "X") digits = digits.toUpperCase();
  if (precision === 0 && digits === "0") return pad("", layout, false);
  if (precision !== undefined) digits = digits.padStart(precision, "0");
  else if (layout.zero && width !== undefined) digits = digits.padStart(width - sign.length, "0");
  return pad(`${sign}${prefixOf(digits, layout, base)}${digits}${layout.source && typeof value === "bigint" ? "n" : ""}`, layout, false);
}

function prefixOf(digits: string, { verb, sharp }: Layout, base: 2 | 8 | 10 | 16): string {
  if (verb === "O") return "0o";
  if (!sharp || base === 10) return "";
  if (base === 8) return digits.startsWith("0") ? "" : "0";
  return base === 2 ? "0b" : `0${verb}`;
}

function signOf({ plus, space }: Layout): string {
  return plus ? "+" : space ? " " : "";
}

function printFloat(value: number, layout: Layout): string {
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? "-" : signOf(layout);
  if (Number.isNaN(value)) return pad(`${sign}NaN`, layout, false);
  if (!Number.isFinite(value)) return pad(`${sign || "+"}Inf`, layout, false);
  let body = magnitude(Math.abs(value), layout);
  if (layout.sharp && layout.verb !== "b") body = withPoint(body, layout);
  if (layout.verb === "E" || layout.verb === "G" || layout.verb === "X") body = body.toUpperCase();
  if (layout.zero && layout.width !== undefined) body = body.padStart(layout.width - sign.length, "0");
  return pad(sign + body, layout, false);
}

function magnitude(value: number, { verb, precision }: Layout): string {
  switch (verb) {
    case "b":
      return binary(value);
    case "x":
    case "X":
      return hexadecimal(value, precision);
    case "e":
    case "E":
      return exponential(rounded(value, precision ?? 6), (precision ?? 6) + 1);
    case "f":
    case "F":
      return fixed(value, precision ?? 6);
    case "v":
      return precision === undefined ? String(value) : shorter(value, precision);
    default:
      return shorter(value, precision);
  }
}

/** Significant digits, and the power of ten of the first one. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** `%f`: toFixed, except where it differs from Go: at exact ties (it rounds those up), and beyond its range. */
function fixed(value: number, precision: number): string {
  if (precision <= 100 && value < 1e21 && (value * 2 ** (precision + 1)) % 2 !== 1) return value.toFixed(precision);
  const places = Math.min(precision, 1_074);
  const digits = scaled(value, places).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return precision === 0 ? whole : `${whole}.${digits.slice(digits.length - places).padEnd(precision, "0")}`;
}

/** `%g`: the exponent form for large and small numbers, without zeros at the end. */
function shorter(value: number, precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision;
  const { digits: all, exponent } = value === 0 ? { digits: "0", exponent: 0 } : wanted === undefined ? shortest(value) : rounded(value, wanted - 1);
  const digits = all.replace(/0+$/, "") || "0";
  let limit = wanted ?? 6;
  if (wanted !== undefined && wanted > digits.length && digits.length > exponent) limit = digits.length;
  if (exponent < -4 || (exponent >= limit && value !== 0)) return exponential({ digits, exponent }, digits.length);
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return digits.length > exponent + 1 ? `${whole}.${digits.slice(exponent + 1)}` : whole;
}

function exponential({ digits, exponent }: Decimal, length: number): string {
  return `${digits[0]}${length > 1 ? `.${digits.slice(1).padEnd(length - 1, "0")}` : ""}e${exponentText(exponent)}`;
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** The fewest digits that name this number. */
function shortest(value: number): Decimal {
  const [digits = "", exponent] = value.toExponential().split("e");
  return { digits: digits.replace(".", ""), exponent: Number(exponent) };
}

/** One digit and so many after it. */
function rounded(value: number, decimals: number): Decimal {
  if (value === 0) return { digits: "0", exponent: 0 };
  const places = Math.min(decimals, 800);
  let { exponent } = shortest(value);
  let digits = scaled(value, places - exponent);
  if (digits.length <= places) digits = scaled(value, places - --exponent);
  if (digits.length > places + 1) exponent++;
  return { digits: digits.slice(0, places + 1), exponent };
}

/** The digits of value × 10^places, rounded half to even. */
function scaled(value: number, places: number): string {
  const { mantissa, exponent } = binaryOf(value);
  let top = mantissa * 10n ** BigInt(Math.max(places, 0));
  let bottom = 10n ** BigInt(Math.max(-places, 0));
  if (exponent > 0) top <<= BigInt(exponent);
  else bottom <<= BigInt(-exponent);
  return String(divided(top, bottom));
}

function divided(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  return twice > bottom || (twice === bottom && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** value = mantissa × 2^exponent. */
function binaryOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n;
  const biased = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  return { mantissa: biased === 0 ? fraction : fraction | 0x10000000000000n, exponent: Math.max(biased, 1) - 1_075 };
}

/** `%b` of a float. */
function binary(value: number): string {
  const { mantissa, exponent } = binaryOf(value);
  return `${mantissa}p${exponent < 0 ? "" : "+"}${exponent}`;
}

/** `%x` of a float. */
function hexadecimal(value: number, precision: number | undefined): string {
  let { mantissa, exponent } = binaryOf(value);
  const short = 53 - mantissa.toString(2).length;
  mantissa <<= BigInt(short);
  exponent += 52 - short;
  if (precision !== undefined && precision < 13) {
    const unit = 16n ** BigInt(13 - precision);
    mantissa = divided(mantissa, unit) * unit;
    if (mantissa >> 53n === 1n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const digits = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, "0");
  const fraction = precision === undefined ? digits.replace(/0+$/, "") : digits.slice(0, precision).padEnd(precision, "0");
  return `0x1${fraction === "" ? "" : "."}${fraction}p${exponentText(exponent)}`;
}

/** `#` on floats: always a point, and the zeros that `%g` leaves out. */
function withPoint(body: string, { verb, precision }: Layout): string {
  const end = body.search(body.startsWith("0x") ? "p" : "e");
  const number = end < 0 ? body : body.slice(0, end);
  const wanted = verb === "g" || verb === "G" ? Math.max(precision ?? 6, 1) : 0;
  const significant = number === "0" ? 1 : number.replace(".", "").replace(/^0+/, "").length;
  return `${number}${number.includes(".") ? "" : "."}${"0".repeat(Math.max(wanted - significant, 0))}${end < 0 ? "" : body.slice(end)}`;
}
