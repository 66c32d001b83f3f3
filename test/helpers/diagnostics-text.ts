/** Diagnostics as the text that scenarios and tests compare. */
import type { Diagnostic } from "../../src/compiler/diagnostics.js";
import { originOf, type Span } from "../../src/compiler/source.js";

/** `file:line:column  severity  ID  message`, then related places and the hint, indented. Ends with a newline unless empty. */
export function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.flatMap((one) => linesOf(one)).map((line) => `${line}\n`).join("");
}

function linesOf({ at, severity, id, message, hint, related = [] }: Diagnostic): readonly string[] {
  return [
    `${placeText(at)}  ${severity}  ${id}  ${message}`,
    ...related.map((other) => `    ${placeText(other.at)}  ${other.message}`),
    ...(hint === undefined ? [] : [`    hint: ${hint}`]),
  ];
}

/** `file:line:column`. */
export function placeText(at: Span | undefined): string {
  if (at === undefined) return "-";
  const { file, line, column } = originOf(at.source, at.start);
  return `${file}:${line}:${column}`;
}
