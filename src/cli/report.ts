/** Diagnostics for people and machines: text with code frames, JSON, GitHub annotations. */
import { styleText } from "node:util";
import type { Diagnostic, Severity } from "../compiler/diagnostics.js";
import { originOf, type Span } from "../compiler/source.js";
import { oneLine, visible } from "../emit/text.js";
import type { Failure } from "./failure.js";
import type { InRepository } from "./repository.js";

export type ReportFormat = "text" | "json" | "github";

/** How `text` is printed: colours only where a person looks at it. */
export interface Style {
  readonly colour: boolean;
}

type Ink = "red" | "yellow" | "cyan" | "dim" | "bold" | "green";

export function paint(text: string, ink: Ink, { colour }: Style): string {
  return colour ? styleText(ink, text, { validateStream: false }) : text;
}

const inks: { readonly [S in Severity]: Ink } = { error: "red", warn: "yellow", info: "cyan" };

/** `file:line:column  severity  ID  message`, a code frame, related places, a hint. */
export function textReport(diagnostics: readonly Diagnostic[], style: Style): string {
  return diagnostics.map((one) => `${textOf(one, style)}\n`).join("");
}

function textOf({ at, severity, id, message, related = [], hint }: Diagnostic, style: Style): string {
  const head = `${place(at)}  ${paint(severity, inks[severity], style)}  ${paint(id, "bold", style)}  ${oneLine(message)}\n`;
  const frames = [frame(at, style), ...related.map((other) => `  ${place(other.at)}  ${oneLine(other.message)}\n${frame(other.at, style)}`)];
  return `${head}${frames.join("")}${hint === undefined ? "" : `  ${paint("hint:", "green", style)} ${oneLine(hint)}\n`}`;
}

/** Why nothing could be done, and what to do. */
export function failureText({ message, hint }: Failure): string {
  return `wevt: ${oneLine(message)}\n${hint === undefined ? "" : `hint: ${oneLine(hint)}\n`}`;
}

/** `file:line:column` */
export function place(at: Span | undefined): string {
  if (at === undefined) return "wevt";
  const { file, line, column } = originOf(at.source, at.start);
  return `${oneLine(file)}:${line}:${column}`;
}

const widest = 120;

/** The line, and carets below the place. */
export function frame(at: Span | undefined, style: Style): string {
  if (at === undefined || at.source.text === "") return "";
  const { line, column } = originOf(at.source, at.start);
  const text = at.source.text.split(/\r\n|\n|\r/)[line - 1] ?? "";
  const from = column > widest ? column - 1 - 40 : 0;
  const shown = shownText(text.slice(from, from + widest));
  const before = shownText(text.slice(from, column - 1)).length;
  const width = Math.max(1, Math.min(at.end - at.start, text.length - column + 1, widest - before));
  const gutter = String(line);
  return `${paint(`  ${gutter} | `, "dim", style)}${shown}\n${paint(`  ${" ".repeat(gutter.length)} | `, "dim", style)}${" ".repeat(before)}${paint("^".repeat(width), "red", style)}\n`;
}

/** A line of a file without what a terminal would act on. */
export function shownText(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "·");
}

/** JSON text that a terminal does not act on; the same values. */
export function plainJson(text: string): string {
  return text.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""));
}

export interface JsonDiagnostic {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly severity: Severity;
  readonly id: string;
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
}

/** The stable shape of a diagnostic in `--format json`. Lines and columns start at 1. */
export function jsonDiagnostic({ at, severity, id, message, hint, related }: Diagnostic): JsonDiagnostic {
  return {
    ...(at === undefined ? {} : range(at)),
    severity,
    id,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined ? {} : { related: related.map((other) => ({ ...originOf(other.at.source, other.at.start), message: other.message })) }),
  };
}

function range(at: Span) {
  const start = originOf(at.source, at.start);
  const end = originOf(at.source, at.end);
  return { ...start, endLine: end.line, endColumn: end.column };
}

const githubLevels: { readonly [S in Severity]: string } = { error: "error", warn: "warning", info: "notice" };

/** Workflow commands: GitHub shows each at its line. A file that is not in the repository stands in the words. */
export function githubReport(diagnostics: readonly Diagnostic[], inRepository: InRepository): string {
  return diagnostics
    .map(({ at, severity, id, message, hint }) => {
      const file = at === undefined ? undefined : inRepository(at.source.path);
      const where = at === undefined || file === undefined ? [] : githubPlace(file, at);
      const properties = [...where, ["title", `wevt ${id}`] as const].map(([name, value]) => `${name}=${escapeProperty(value)}`).join(",");
      const words = at !== undefined && file === undefined ? `${place(at)}: ${message}` : message;
      return `::${githubLevels[severity]} ${properties}::${escapeData(hint === undefined ? words : `${words}\n${hint}`)}\n`;
    })
    .join("");
}

function githubPlace(file: string, at: Span): readonly (readonly [string, string])[] {
  const { line, column, endLine, endColumn } = range(at);
  return [["file", file], ["line", String(line)], ["col", String(column)], ["endLine", String(endLine)], ["endColumn", String(endColumn)]];
}

/** Files of the project that are not as they have to be, each at its first line. */
export function githubFiles(files: readonly { readonly path: string; readonly message: string }[], inRepository: InRepository): string {
  return files.map(({ path, message }) => `::error file=${escapeProperty(inRepository(path) ?? path)},title=wevt::${escapeData(message)}\n`).join("");
}

/** A failure without a place. */
export function githubFailure({ message, hint }: Failure): string {
  return `::error title=wevt::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}\n`;
}

function escapeData(text: string): string {
  return visible(text).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
