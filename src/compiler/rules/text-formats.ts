/** The formats of texts as ajv knows them, without ajv: it takes longer to load than to answer. */
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { StringRules } from "../registry.js";

type Format = NonNullable<StringRules["format"]>;

/** All of them, for ajv. */
export const knownFormats = fullFormats;

export function hasFormat(format: Format, text: string): boolean {
  // For ajv-formats it is a number.
  if (format === "int64") return isInt64(text);
  const known = fullFormats[format];
  const test: unknown = typeof known === "object" && "validate" in known ? known.validate : known;
  return test instanceof RegExp ? test.test(text) : typeof test === "function" && test(text) === true;
}

/** A whole number of 64 bits, as decimal text. */
export function isInt64(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}
