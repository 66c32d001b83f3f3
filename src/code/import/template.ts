/** Template literal types as regular expressions. */
import { ts, type Type } from "../ts-morph.js";

/** `` `user_${string}` `` → `^user_`; undefined where anything fits. */
export function patternOfTemplate(type: Type): string | undefined {
  return patternOf(type.compilerType);
}

/** The same of the compiler's own type, which keys of index signatures are. */
export function patternOf(type: ts.Type): string | undefined {
  const body = bodyOf(type);
  if (body === undefined) return undefined;
  const pattern = `^${body}$`.replace(/^\^\.\*/, "").replace(/\.\*\$$/, "");
  return pattern === "" ? undefined : pattern;
}

/** The expression without anchors. */
function bodyOf(type: ts.Type): string | undefined {
  if (isMapping(type)) return holeOfMapping(type);
  if (!isTemplate(type)) return undefined;
  return type.texts.map((text, index) => `${escapePattern(text)}${index < type.types.length ? holeOf(type.types[index]) : ""}`).join("");
}

function isTemplate(type: ts.Type): type is ts.TemplateLiteralType {
  return (type.flags & ts.TypeFlags.TemplateLiteral) !== 0;
}

function holeOf(type: ts.Type | undefined): string {
  if (type === undefined) return ".*";
  if ((type.flags & ts.TypeFlags.Number) !== 0) return "-?[0-9]+(?:\\.[0-9]+)?";
  if ((type.flags & ts.TypeFlags.BigInt) !== 0) return "-?[0-9]+";
  return bodyOf(type) ?? ".*";
}

function isMapping(type: ts.Type): type is ts.StringMappingType {
  return (type.flags & ts.TypeFlags.StringMapping) !== 0;
}

/** `Uppercase<string>` holds no small letter. */
function holeOfMapping(type: ts.StringMappingType): string {
  if (type.symbol.name === "Uppercase") return "[^a-z]*";
  return type.symbol.name === "Lowercase" ? "[^A-Z]*" : ".*";
}

/** Text inside a regular expression in Unicode mode. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
