/** Data as compact TypeScript: bare keys where legal, the first levels laid out one entry a line. */
import type { Json } from "../../compiler/registry.js";
import { literal, propertyKey } from "../text.js";

/** `levels` is how many levels of objects are broken into lines. */
export function printData(value: Json, levels: number, margin = ""): string {
  if (typeof value !== "object" || value === null) return literal(value);
  if (isList(value)) return `[${value.map((item) => printData(item, 0)).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${printData(item, levels - 1, `${margin}  `)}`);
  if (entries.length === 0) return "{}";
  if (levels <= 0) return `{ ${entries.join(", ")} }`;
  return `{\n${entries.map((entry) => `${margin}  ${entry},\n`).join("")}${margin}}`;
}

function keyText(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : propertyKey(key);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
