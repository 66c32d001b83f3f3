/** A finished event for people: a headline, then its fields as a tree. Nothing of a value reaches the terminal but printable text. */
import type { FinishedEvent } from "./collector.js";

export interface PrettyOptions {
  readonly colour: boolean;
}

type Paint = (style: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string) => string;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
const headlineKeys = new Set(["service", "eventId", "event_id", "event", "timestamp", "durationMs", "duration_ms", "outcome", "schema", "sampleRate", "sample_rate", "sampleReason", "sample_reason", "main", "service.name", "service.version"]);
const maxWidth = 200;

/** Several lines, each ending in a newline. */
export function pretty(event: FinishedEvent, { colour }: PrettyOptions): string {
  const paint: Paint = (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const { record } = event;
  const fields = Object.entries(record).filter(([key]) => !headlineKeys.has(key));
  const extra = Object.entries(Object(record["service"])).filter(([key]) => key !== "name" && key !== "version");
  return [headline(record, paint), ...tree(extra.length === 0 ? fields : [["service", Object.fromEntries(extra)], ...fields], "  ", paint)].map((line) => `${line}\n`).join("");
}

function headline(record: FinishedEvent["record"], paint: Paint): string {
  // In the flat layout, both have a key of their own.
  const service = { name: record["service.name"], version: record["service.version"], ...Object(record["service"]) };
  const outcome = plainText(record["outcome"]);
  const time = plainText(record["timestamp"]).slice(11, 23);
  const duration = `${plainText(record["durationMs"] ?? record["duration_ms"])} ms`;
  const name = [plainText(service["name"]), ...(service["version"] === undefined ? [] : [plainText(service["version"])])].join(" ");
  const style = outcome === "ok" ? "green" : outcome === "error" ? "red" : "yellow";
  return [paint("dim", time), paint("bold", plainText(record["event"])), paint(style, outcome), duration, paint("dim", name), paint("dim", plainText(record["eventId"] ?? record["event_id"]))].join("  ");
}

function tree(entries: readonly (readonly [string, unknown])[], indent: string, paint: Paint): readonly string[] {
  const width = Math.max(0, ...entries.filter(([, value]) => !isBranch(value)).map(([key]) => printable(key).length));
  return entries.flatMap(([key, value]) => {
    const label = printable(key);
    if (/^(error\.)?stack$/.test(key) && typeof value === "string") return [`${indent}${paint("dim", label)}`, ...value.split("\n").slice(1).map((line) => paint("dim", `${indent}  ${printable(line.trim())}`))];
    if (!isBranch(value)) return [`${indent}${paint("dim", label.padEnd(width))}  ${scalar(value, paint)}`];
    const below: readonly (readonly [string, unknown])[] = Array.isArray(value) ? value.map((item, index) => [`${index}`, item] as const) : Object.entries(Object(value));
    return [`${indent}${paint("cyan", label)}`, ...tree(below, `${indent}  `, paint)];
  });
}

/** Lists of scalars fit on a line. */
function isBranch(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object" && item !== null);
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown, paint: Paint): string {
  const text = typeof value === "string" ? printable(value) : printable(JSON.stringify(value) ?? "");
  const shown = text.length > maxWidth ? `${text.slice(0, maxWidth)}…` : text;
  return typeof value === "string" ? shown : paint("yellow", shown);
}

function plainText(value: unknown): string {
  return typeof value === "string" ? printable(value) : value === undefined ? "" : printable(JSON.stringify(value) ?? "");
}

/** Control, bidi and other format characters as `\u…`: a value cannot move the cursor, colour the terminal or forge a line. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
