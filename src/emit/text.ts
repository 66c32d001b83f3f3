/**
 * Text that a schema's words can be put into. Everything an emitter prints from a schema goes through one of these functions, so that no
 * name, description, example or pattern can reach code, markup or a terminal as code or markup. Public as part of `wevt/emit`.
 */
import type { Json } from "../compiler/source.js";

const identifierPattern = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
/** Control, bidi and other format characters, and the two line separators that JavaScript knows beside LF and CR. */
const unsafePattern = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A value as a TypeScript literal on one line. Control and bidi characters are escaped, `</script` and `<!--` are broken up, `__proto__` is a
 * computed key.
 *
 *     literal({ a: "x\u2028" })  // {"a": "x\u2028"}
 */
export function literal(value: Json): string {
  if (typeof value === "string") return escapeCode(JSON.stringify(value));
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (isList(value)) return `[${value.map(literal).join(", ")}]`;
  return `{${Object.entries(value).map(([key, item]) => `${key === "__proto__" ? '["__proto__"]' : literal(key)}: ${literal(item)}`).join(", ")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function escapeCode(json: string): string {
  return json.replace(unsafePattern, escapeUnit).replace(/<(?=[/!])/g, "\\u003c");
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A property name in an object literal, interface or destructuring: bare where that is legal. */
export function propertyKey(name: string): string {
  return identifierPattern.test(name) && name !== "__proto__" ? name : literal(name);
}

/** `.name` or `["name"]`. */
export function memberAccess(name: string): string {
  return identifierPattern.test(name) ? `.${name}` : `[${literal(name)}]`;
}

/**
 * A doc comment of these lines, without indentation, ending in a newline; empty for no text. One line when it fits. Text of a schema cannot end
 * the comment, and cannot add a tag: `@` at the start of a line is escaped unless the line is passed as a tag.
 */
export function docComment(lines: readonly DocLine[]): string {
  const printed = lines.flatMap(printDocLine);
  while (printed.length > 0 && printed.at(-1) === "") printed.pop();
  if (printed.length === 0) return "";
  if (printed.length === 1) return `/** ${printed[0]} */\n`;
  return `/**\n${printed.map((line) => (line === "" ? " *\n" : ` * ${line}\n`)).join("")} */\n`;
}

/** Prose, or a tag of ours with its text. */
export type DocLine = string | { readonly tag: string; readonly text?: string };

function printDocLine(line: DocLine): readonly string[] {
  if (typeof line === "string") return commentText(line).split("\n").map((one) => one.replace(/^(\s*)@/, "$1\\@"));
  const [first = "", ...rest] = commentText(line.text ?? "").split("\n");
  return [`@${line.tag}${first === "" ? "" : ` ${first}`}`, ...rest.map((one) => one.replace(/^(\s*)@/, "$1\\@"))];
}

/** Text inside a block comment. Newlines stay; the comment's end is broken up. */
export function commentText(text: string): string {
  return visible(text).replace(/\*\//g, "*\\/").replace(/\{@/g, "{\\@");
}

/** Newlines normalised and kept, tabs to a space, every other control, format or bidi character and lone surrogate shown as `\u…`. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(unsafePattern, (unit) => (unit === "\n" ? unit : escapeUnit(unit)));
}

/** One line for a terminal or a message: as `visible`, newlines to spaces. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s*\n\s*/g, " ").trim();
}

/** Prose in Markdown: shown as it is written; Markdown and HTML in it are text. Newlines stay. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~#]/g, (char) => (char === "<" ? "&lt;" : char === ">" ? "&gt;" : `\\${char}`))
    .replace(/&(?=#?\w+;)/g, (and, offset: number, all: string) => (/^&[lg]t;/.test(all.slice(offset)) ? and : "&amp;"))
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s|$)/gm, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(/:\/\//g, ":&#8203;//");
}

/** Prose in a table cell: one line, `<br>` for newlines. */
export function markdownCell(text: string): string {
  return markdownText(text.trim()).replace(/\n+/g, "<br>");
}

/** A code span, safe also inside a table cell. */
export function markdownCode(text: string): string {
  const shown = oneLine(text);
  if (shown === "") return "";
  if (!/[`|]/.test(shown)) return `\`${shown}\``;
  return `<code>${shown.replace(/[&<>`|*_[\]\\~]/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}

/** Each non-empty line moved to the right. */
export function indent(text: string, by = "  "): string {
  return text.replace(/^(?=.)/gm, by);
}
