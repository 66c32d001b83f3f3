/** Values and lists as text that fits a terminal. */
import { clip, isPlainObject } from "../runtime/plain.js";

const maxValueLength = 80;
/** With the lines around it, a failure stays within a screen. */
const maxLines = 16;

/** A value on one line. */
export function showValue(value: unknown): string {
  return clip(oneLine(value), maxValueLength);
}

/** A matcher of a test framework, such as `expect.any(String)`. */
export interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return typeof value === "object" && value !== null && "asymmetricMatch" in value && typeof value.asymmetricMatch === "function";
}

function oneLine(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof RegExp) return `text that matches ${String(value)}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (typeof value === "function") return `a value for which ${String(value).replace(/\s+/g, " ")}`;
  if (isAsymmetric(value)) return showMatcher(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (isPlainObject(value)) return `{ ${Object.entries(value).map(([key, item]) => `${key}: ${oneLine(item)}`).join(", ")} }`.replace(/^\{ {2}\}$/, "{}");
  return JSON.stringify(value) ?? String(value);
}

function showMatcher(matcher: object): string {
  const describe: unknown = Reflect.get(matcher, "toAsymmetricMatcher");
  const sample: unknown = Reflect.get(matcher, "sample");
  const described = String(typeof describe === "function" ? Reflect.apply(describe, matcher, []) : matcher);
  return sample === undefined || described.includes("<") ? described : `${described} ${showValue(sample)}`;
}

/** Indented lines; what is too much for a screen is counted. */
export function showList(lines: readonly string[], max: number = maxLines): string {
  const shown = lines.length > max ? [...lines.slice(0, max - 1), `… and ${lines.length - max + 1} more`] : lines;
  return shown.map((line) => `\n  ${line}`).join("");
}

/** Rows with their first columns aligned. */
export function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(40, Math.max(0, ...rows.map(([first]) => first.length)));
  return rows.map(([first, second]) => `${first.padEnd(width)}  ${second}`);
}
