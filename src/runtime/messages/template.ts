/**
 * The grammar of templates, and their compiled form. A placeholder is `%`, flags, width, precision and a verb, as in Go's fmt; `{name}` may stand
 * anywhere between the `%` and the verb, and the last one counts: `%{name}s`, `%5{n}d`, `%{n}.2f`. `{}` names nothing.
 *
 *     %[flags + - # space 0][width][.precision][[index]]verb      `*` for width or precision takes it from the arguments
 *
 * What is malformed stays in the compiled template as what it will look like in the text.
 */
import { maxCachedTemplateLength, maxCachedTemplates, maxMessageLength } from "../limits.js";
import { wellFormed } from "../plain.js";

/** How one value is to be written. */
export interface Layout {
  /** One character. */
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** `%+v`: names classes and causes. */
  readonly detailed: boolean;
  /** `%#v`: JavaScript syntax. */
  readonly source: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** True for a verb and nothing else, which most are: then text and integers need no layout. */
  readonly bare: boolean;
}

export interface Placeholder {
  readonly layout: Layout;
  readonly name: string | undefined;
  /** Absent for all that simply take the next argument. */
  readonly taking: Taking | undefined;
}

/** What `[n]` and `*` say, in the order in which they stand. Positions count from 0; those out of range are seen when the arguments are known. */
export interface Taking {
  readonly malformed: boolean;
  readonly first: number | undefined;
  readonly widthTaken: boolean;
  readonly second: number | undefined;
  readonly precisionTaken: boolean;
  readonly third: number | undefined;
}

export interface Template {
  readonly parts: readonly (string | Placeholder)[];
  /** True when some placeholder names its argument by position: then it is not wrong that others are not used. */
  readonly reordered: boolean;
  /** True when a name stands in more than one place. */
  readonly repeated: boolean;
  /** True when the text ends within a placeholder. */
  readonly unfinished: boolean;
}

interface Cursor {
  readonly text: string;
  /** Beyond these, no brace or bracket is closed: a template of nothing but openings is read once. */
  readonly lastBrace: number;
  readonly lastBracket: number;
  at: number;
  name: string | undefined;
  reordered: boolean;
}

const cache = new Map<string, Template>();

/** Compiled once per text, as long as it is among the last `maxCachedTemplates`. */
export function templateOf(text: string): Template {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const template = compileTemplate(text);
  if (text.length > maxCachedTemplateLength) return template;
  if (cache.size >= maxCachedTemplates) {
    const { value: oldest } = cache.keys().next();
    if (oldest !== undefined) cache.delete(oldest);
  }
  cache.set(text, template);
  return template;
}

/** How many templates are kept. */
export function cachedTemplates(): number {
  return cache.size;
}

export function compileTemplate(text: string): Template {
  const cursor: Cursor = { text, lastBrace: text.lastIndexOf("}"), lastBracket: text.lastIndexOf("]"), at: 0, name: undefined, reordered: false };
  const parts: (string | Placeholder)[] = [];
  const names = new Set<string>();
  let literal = "";
  let unfinished = false;
  let repeated = false;
  while (cursor.at < text.length) {
    const percent = text.indexOf("%", cursor.at);
    literal += text.slice(cursor.at, percent < 0 ? text.length : percent);
    if (percent < 0) break;
    cursor.at = percent + 1;
    const placeholder = readPlaceholder(cursor);
    if (placeholder === undefined) {
      unfinished = true;
      literal += "%!(NOVERB)";
      break;
    }
    if (placeholder.taking === undefined && placeholder.layout.verb === "%") {
      literal += "%";
      continue;
    }
    if (literal !== "") parts.push(literal);
    literal = "";
    parts.push(placeholder);
    if (placeholder.name === undefined) continue;
    repeated ||= names.has(placeholder.name);
    names.add(placeholder.name);
  }
  if (literal !== "") parts.push(literal);
  return { parts, reordered: cursor.reordered, repeated, unfinished };
}

/** The rest of a placeholder, after its `%`; undefined when the template ends before the verb. */
function readPlaceholder(cursor: Cursor): Placeholder | undefined {
  cursor.name = undefined;
  const flags = readFlags(cursor);
  const first = readIndex(cursor);
  const widthTaken = skip(cursor, "*");
  const width = widthTaken ? undefined : readNumber(cursor);
  let malformed = width !== undefined && first !== undefined;
  let afterIndex = first !== undefined && first >= 0 && !widthTaken;
  let second: number | undefined;
  let precisionTaken = false;
  let precision: number | undefined;
  if (character(cursor) === "." && cursor.at + 1 < cursor.text.length) {
    cursor.at++;
    malformed ||= afterIndex;
    second = readIndex(cursor);
    afterIndex = second !== undefined && second >= 0;
    precisionTaken = skip(cursor, "*");
    if (precisionTaken) afterIndex = false;
    else precision = readNumber(cursor) ?? 0;
  }
  const third = afterIndex ? undefined : readIndex(cursor);
  malformed ||= first === -1 || second === -1 || third === -1;
  const verb = character(cursor);
  if (verb === "") return undefined;
  cursor.at += verb.length;
  const plain = first === undefined && second === undefined && third === undefined && !widthTaken && !precisionTaken;
  return {
    layout: layoutOf(flags, { verb, width, precision }),
    name: cursor.name === undefined ? undefined : wellFormed(cursor.name),
    taking: plain ? undefined : { malformed, first, widthTaken, second, precisionTaken, third },
  };
}

function layoutOf(flags: string, { verb, width, precision }: Pick<Layout, "verb" | "width" | "precision">): Layout {
  const general = verb === "v";
  const minus = flags.includes("-");
  return {
    verb,
    minus,
    plus: !general && flags.includes("+"),
    sharp: !general && flags.includes("#"),
    space: flags.includes(" "),
    zero: !minus && flags.includes("0"),
    detailed: general && flags.includes("+"),
    source: general && flags.includes("#"),
    width: capped(width),
    precision: capped(precision),
    bare: flags === "" && width === undefined && precision === undefined,
  };
}

/** No text is longer than a message: a width of a million costs no million. */
export function capped(size: number | undefined): number | undefined {
  return size === undefined ? undefined : Math.min(size, maxMessageLength);
}

/** The character at the cursor, once the names before it have been read; `""` at the end. */
function character(cursor: Cursor): string {
  while (cursor.text[cursor.at] === "{" && cursor.at < cursor.lastBrace) {
    const end = cursor.text.indexOf("}", cursor.at);
    cursor.name = end === cursor.at + 1 ? undefined : cursor.text.slice(cursor.at + 1, end);
    cursor.at = end + 1;
  }
  const code = cursor.text.codePointAt(cursor.at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function skip(cursor: Cursor, wanted: string): boolean {
  if (character(cursor) !== wanted) return false;
  cursor.at++;
  return true;
}

function readFlags(cursor: Cursor): string {
  let flags = "";
  for (let flag = character(cursor); flag !== "" && "+-# 0".includes(flag); flag = character(cursor)) {
    if (!flags.includes(flag)) flags += flag;
    cursor.at++;
  }
  return flags;
}

/** A decimal number; one beyond a million swallows the rest of the template, as in Go. */
function readNumber(cursor: Cursor): number | undefined {
  let value: number | undefined;
  for (let digit = character(cursor); digit >= "0" && digit <= "9"; digit = character(cursor)) {
    if (value !== undefined && value > 1e6) {
      cursor.at = cursor.text.length;
      return undefined;
    }
    value = (value ?? 0) * 10 + Number(digit);
    cursor.at++;
  }
  return value;
}

/** The position that `[n]` names; -1 when it names none. */
function readIndex(cursor: Cursor): number | undefined {
  if (!skip(cursor, "[")) return undefined;
  cursor.reordered = true;
  if (cursor.at > cursor.lastBracket || cursor.at + 2 > cursor.text.length) return -1;
  const end = cursor.text.indexOf("]", cursor.at);
  const digits = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  return /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : -1;
}
