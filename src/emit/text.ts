/**
 * Text that a schema's words can be put into. Everything an emitter prints from a schema goes through one of these functions, so that no
 * name, description, example or pattern can reach code, markup or a terminal as code or markup. Public as part of `wevt/emit`.
 */
import type { Json } from "../compiler/source.js";

const identifierPattern = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
/** Control, bidi, tag and other format characters, and the two line separators that JavaScript knows beside LF and CR. */
const unsafePattern = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A value as a TypeScript literal on one line. Control and bidi characters are escaped, `</script` and `<!--` are broken up, `__proto__` is a
 * computed key.
 *
 *     literal({ a: "x\u2028" })  // {"a": "x\u2028"}
 */
export function literal(value: Json): string {
  if (typeof value === "string") return plainCode.test(value) ? `"${value}"` : escapeCode(JSON.stringify(value));
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (isList(value)) return `[${value.map(literal).join(", ")}]`;
  return `{${Object.entries(value).map(([key, item]) => `${key === "__proto__" ? '["__proto__"]' : literal(key)}: ${literal(item)}`).join(", ")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Printable ASCII without quotes, backslashes and `<`: most texts, which need no work. */
const plainCode = /^[ !#-;=-[\]-~]*$/;

function escapeCode(json: string): string {
  return json.replace(unsafePattern, escapeUnit).replace(/<(?=[/!])/g, "\\u003c");
}

function escapeUnit(units: string): string {
  return units.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
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
  if (lines.length === 0) return "";
  const printed: string[] = [];
  for (const line of lines) {
    if (typeof line === "string" && plainComment.test(line)) printed.push(line);
    else printed.push(...printDocLine(line));
  }
  while (printed.length > 0 && printed.at(-1) === "") printed.pop();
  if (printed.length === 0) return "";
  if (printed.length === 1) return `/** ${printed[0]} */\n`;
  let text = "/**\n";
  for (const line of printed) text += line === "" ? " *\n" : ` * ${line}\n`;
  return `${text} */\n`;
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
  if (plainComment.test(text)) return text;
  return visible(text).replace(/\*\//g, "*\\/").replace(/\{@/g, "{\\@");
}

/** Printable ASCII on one line in which nothing ends a comment or begins a tag. */
const plainComment = /^[ -)+-?A-z|-~]*$/;

/** Newlines normalised and kept, tabs to a space, every other control, format or bidi character and lone surrogate shown as `\u…`. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(unsafePattern, (unit) => (unit === "\n" ? unit : escapeUnit(unit)));
}

/** One line for a terminal or a message: as `visible`, newlines to spaces. */
export function oneLine(text: string): string {
  if (plainLine.test(text)) return text;
  return visible(text).replace(/\s*\n\s*/g, " ").trim();
}

/** Printable ASCII without blanks at its ends, which needs no work. */
const plainLine = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Prose in Markdown: shown as it is written; Markdown, HTML, autolinks, emoji and formulas in it are text. Newlines stay, blanks at the ends of
 * lines go (they would make code blocks and breaks).
 *
 *     markdownText("a <b> | *c*")  // a &lt;b&gt; &#124; \*c\*
 */
export function markdownText(text: string): string {
  if (plainProse.test(text)) return text;
  return visible(text)
    .replace(/ *\n */g, "\n")
    .trim()
    .replace(markdownSpecial, escapeMarkdown)
    .replace(/^@/gm, "&#64;")
    .replace(/^(?:[-+=]|\d+(?=[.)]))/gm, escapeLineStart)
    .replace(autolinkStart, `$&${unlink}`);
}

/** The common case, which needs no work: words on one line, starting with a letter, in which no sign can begin a construct. */
const plainProse = /^[A-Za-z](?:[A-Za-z0-9 ,;'"()/%+=?-]|:(?= )|(?<![Ww])\.(?! *$))*(?<! )\.?$/;
const markdownSpecial = /[\\`*_[\]<>|~#&!$]/g;
/** Between these and what follows, a parser sees a link, an address or an emoji. */
const autolinkStart = /www(?=\.)|:(?=\/\/)|:(?=[A-Za-z0-9_+-]+:)|(?<=[^\n])(?=@\S)|(?:mailto|xmpp):/gi;
/** Parts two texts and shows nothing, not even when copied. */
const unlink = "<!-- -->";

function escapeMarkdown(char: string): string {
  return markdownEntities[char] ?? `\\${char}`;
}

/** A pipe as an entity, since a backslash before it belongs to the table; a dollar in an element, as GitHub asks for outside formulas. */
const markdownEntities: { readonly [char: string]: string } = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", $: "<span>$</span>" };

/** `-`, `+`, `=` and numbers with a dot begin lists, rules and headings. */
function escapeLineStart(mark: string): string {
  return /\d/.test(mark) ? `${mark}\\` : `\\${mark}`;
}

/** Prose in a table cell or list item: one line, `<br>` for newlines. */
export function markdownCell(text: string): string {
  if (plainProse.test(text)) return text;
  return markdownText(text).replace(/\n+/g, "<br>");
}

/** A code span. Not for table cells, where a pipe would end the cell. */
export function markdownCode(text: string): string {
  const shown = oneLine(text);
  if (!shown.includes("`")) return shown === "" ? "" : `\`${shown}\``;
  const fence = "`".repeat(longestRun(shown) + 1);
  return `${fence} ${shown} ${fence}`;
}

/** A code span in a table cell. */
export function markdownCellCode(text: string): string {
  const shown = oneLine(text);
  if (!/[`|]/.test(shown)) return shown === "" ? "" : `\`${shown}\``;
  if (!/[`\\]/.test(shown)) return `\`${shown.replace(/\|/g, "\\|")}\``;
  return `<code>${shown.replace(/[\\`*_[\]<>|~#&!$:@]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/www(?=\.)/gi, `$&${unlink}`)}</code>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A block of code that no line of it can end. `info` is ours: the name of a language. */
export function markdownFence(text: string, info: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${info}\n${visible(text).replace(/\n+$/, "")}\n${fence}\n`;
}

/** A link to another page or anchor of ours. `label` is Markdown already. */
export function markdownLink(label: string, target: string): string {
  return `[${label}](${plainTarget.test(target) ? target : visible(target).replace(/[^A-Za-z0-9._~/#-]/gu, percentEncode)})`;
}

const plainTarget = /^[A-Za-z0-9._~/#-]+$/;

function percentEncode(char: string): string {
  return encodeURIComponent(char).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}

/** A link that a schema declares. Only http and https without a user name become links; anything else is shown as code. */
export function markdownUrl(url: string, title = ""): string {
  const label = title.trim() === "" ? markdownCellCode(url) : markdownCell(title);
  const href = safeHref(visible(url));
  if (href === undefined) return title.trim() === "" ? label : `${label} ${markdownCellCode(url)}`;
  return `[${label}](${href.replace(/[^A-Za-z0-9\-._~:/?#@!&=+,;%]/gu, percentEncode)})`;
}

function safeHref(url: string): string | undefined {
  if (!/^https?:\/\/[^/\s]\S*$/i.test(url) || !URL.canParse(url)) return undefined;
  const { href, username, password } = new URL(url);
  return username === "" && password === "" ? href : undefined;
}

/** An HTML comment in Markdown, on one line. */
export function markdownComment(text: string): string {
  return `<!-- ${oneLine(text).replace(/-(?=-)|-$/g, "- ").replace(/[<>]/g, (char) => (char === "<" ? "&lt;" : "&gt;"))} -->\n`;
}

/** Each non-empty line moved to the right. */
export function indent(text: string, by = "  "): string {
  return text.replace(/^(?=.)/gm, by);
}
