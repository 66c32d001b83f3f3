import type { DiagnosticRow } from "../diagnostics.js";

/** Gives a row its parameter type: `row<{ name: string }>({ … })`. */
export function row<P>(definition: DiagnosticRow<P>): DiagnosticRow<P> {
  return definition;
}

/** Text of a user inside a message: in quotes, on one line, control and bidi characters made visible, at most 80 characters. */
export function quote(text: string): string {
  return `"${plainText(text)}"`;
}

/** A value of a user as JSON inside a message: text is in quotes already. */
export function quoteJson(json: string): string {
  return plainText(json);
}

function plainText(text: string): string {
  const shown = [...text].length > 80 ? `${[...text].slice(0, 79).join("")}…` : text;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
