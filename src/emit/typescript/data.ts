/** Data as JSON text in a template literal: one node for the user's compiler, however much it holds, and still a line per field to read. */
import type { Json } from "../../compiler/registry.js";
import { literal } from "../text.js";

/** The text stands between backticks. `levels` is how many levels of objects are broken into lines. */
export function printData(value: Json, levels: number): string {
  return `\`${jsonText(value, levels, "").replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}

/** Strings as `literal` prints them are JSON too: what it escapes, it escapes as JSON does. */
function jsonText(value: Json, levels: number, margin: string): string {
  if (typeof value !== "object" || value === null) return literal(value);
  if (isList(value)) return `[${value.map((item) => jsonText(item, 0, margin)).join(", ")}]`;
  const inner = `${margin}  `;
  let text = "";
  for (const [key, item] of Object.entries(value)) {
    const separator = text === "" ? "" : levels <= 0 ? ", " : ",\n";
    text += `${separator}${levels <= 0 ? "" : inner}${literal(key)}: ${jsonText(item, levels - 1, inner)}`;
  }
  if (text === "") return "{}";
  return levels <= 0 ? `{ ${text} }` : `{\n${text}\n${margin}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
