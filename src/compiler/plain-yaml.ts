/**
 * The plain part of YAML, in which nearly all schema files are written: mappings and lists in blocks or on one line, texts in quotes or without, comments.
 * It reads that five times as fast as a whole parser (`npm run bench -- load`), and gives up at anything else: `yaml.ts` reads such a file, and tells
 * what is wrong with it. Both make the same tree of a file that this one reads; `test/compiler/plain-yaml.test.ts` holds them to it.
 */
import { maxDepth, maxNodes } from "./limits.js";
import { octalOf, plainScalar } from "./scalar.js";
import type { ListNode, MapEntry, MapNode, ScalarNode, SourceFile, SourceNode, Span } from "./source.js";

interface Reader {
  readonly source: SourceFile;
  readonly text: string;
  /** Where reading goes on; between two nodes of a block, at the first character of a line that is neither empty nor a comment. */
  at: number;
  /** Blanks before that character; -1 at the end. */
  indent: number;
  depth: number;
}

/** Thrown where the file is not plain. */
const notPlain = Symbol("not plain");

/** A tab, a carriage return, a control character, a byte order mark, half of a surrogate pair. */
const unusual = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** The mapping that a file holds; undefined when it is not plain, which does not mean that it is wrong. */
export function readPlainYaml(source: SourceFile): MapNode | undefined {
  const { text } = source;
  if (text.length > maxNodes || unusual.test(text)) return undefined;
  const reader: Reader = { source, text, at: 0, indent: -1, depth: 0 };
  try {
    toContent(reader);
    if (reader.indent !== 0) return undefined;
    const root = readMap(reader, 0);
    return reader.at === text.length ? root : undefined;
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

const restOfLine = /(?: +#[^\n]*| *)(?:\n|$)/y;
const emptyLines = /(?: *(?:#[^\n]*)?\n)*(?: *#[^\n]*$)?/y;

/** From the end of a node to the next line that says something. */
function nextLine(reader: Reader): void {
  reader.at = endOf(reader, restOfLine);
  toContent(reader);
}

function toContent(reader: Reader): void {
  const start = endOf(reader, emptyLines);
  reader.at = start;
  skipBlanks(reader);
  reader.indent = reader.at === reader.text.length ? -1 : reader.at - start;
}

function skipBlanks(reader: Reader): void {
  while (reader.text.charCodeAt(reader.at) === blank) reader.at++;
}

/** Where the match that begins here ends. */
function endOf({ text, at }: Reader, pattern: RegExp): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw notPlain;
  return pattern.lastIndex;
}

const [blank, lineFeed, quote, apostrophe, comma, dash, colon, openList, closeList, openMap, closeMap] = [" ", "\n", '"', "'", ",", "-", ":", "[", "]", "{", "}"].map((char) => char.charCodeAt(0));

function codeAt({ text, at }: Reader): number {
  return text.charCodeAt(at);
}

/** Entries that stand below each other, the first one here. */
function readMap(reader: Reader, indent: number): MapNode {
  const { source, at: start } = reader;
  const entries: MapEntry[] = [];
  deeper(reader);
  do entries.push(readEntry(reader, entries, () => readBelow(reader, indent)));
  while (reader.indent === indent && !isItem(reader));
  reader.depth--;
  return { kind: "map", entries, source, start, end: entries.at(-1)?.value.end ?? start };
}

function deeper(reader: Reader): void {
  if (++reader.depth >= maxDepth) throw notPlain;
}

function readEntry(reader: Reader, others: readonly MapEntry[], readValue: () => SourceNode): MapEntry {
  const { source, at: start } = reader;
  const node = isQuoted(reader) ? readQuoted(reader) : readPlain(reader, plainInLine);
  const key = node.value;
  const after = reader.text.charCodeAt(reader.at + 1);
  if (typeof key !== "string" || key === "<<" || node.end - start > maxKeyLength || codeAt(reader) !== colon || (after !== blank && after !== lineFeed)) throw notPlain;
  for (const other of others) if (other.key === key) throw notPlain;
  const keySpan: Span = { source, start, end: node.end };
  reader.at++;
  return { key, keySpan, value: readValue() };
}

/** Of a key without `?` before it, in characters. */
const maxKeyLength = 1000;

/** What stands behind the colon of a key, or below it; then goes to the next line. */
function readBelow(reader: Reader, indent: number): SourceNode {
  skipBlanks(reader);
  if (!isEndOfLine(reader)) return readLine(reader, indent);
  nextLine(reader);
  if (reader.indent < indent || (reader.indent === indent && !isItem(reader))) throw notPlain;
  return isItem(reader) ? readList(reader, reader.indent) : readMap(reader, reader.indent);
}

/** A comment counts as the end when a blank stands before it. */
function isEndOfLine({ text, at }: Reader): boolean {
  const char = text[at];
  return char === undefined || char === "\n" || (char === "#" && text[at - 1] === " ");
}

/** One node on the rest of the line. A deeper line below it would go on with it. */
function readLine(reader: Reader, indent: number): SourceNode {
  const node = readNode(reader, plainInBlock);
  nextLine(reader);
  if (reader.indent > indent) throw notPlain;
  return node;
}

function isItem({ text, at }: Reader): boolean {
  return text.charCodeAt(at) === dash && text.charCodeAt(at + 1) === blank;
}

const keyBegins = /[^\n"'#:,[\]{}]*:(?: |\n)/y;

function readList(reader: Reader, indent: number): ListNode {
  const { source, at: start } = reader;
  const items: SourceNode[] = [];
  deeper(reader);
  do {
    const dashAt = reader.at++;
    skipBlanks(reader);
    if (isEndOfLine(reader) || isItem(reader)) throw notPlain;
    keyBegins.lastIndex = reader.at;
    items.push(keyBegins.test(reader.text) ? readMap(reader, indent + reader.at - dashAt) : readLine(reader, indent));
    if (reader.indent > indent) throw notPlain;
  } while (reader.indent === indent && isItem(reader));
  reader.depth--;
  return { kind: "list", items, source, start, end: items.at(-1)?.end ?? start };
}

function readNode(reader: Reader, plain: RegExp): SourceNode {
  switch (codeAt(reader)) {
    case quote:
    case apostrophe:
      return readQuoted(reader);
    case openMap:
      return readMapInLine(reader);
    case openList:
      return readListInLine(reader);
    default:
      return readPlain(reader, plain);
  }
}

function isQuoted(reader: Reader): boolean {
  const code = codeAt(reader);
  return code === quote || code === apostrophe;
}

/** With the escapes that JSON has too. */
const doubleQuoted = /"(?:[^"\\\n]|\\["\\/nrt])*"/y;
const singleQuoted = /'(?:[^'\n]|'')*'/y;

function readQuoted(reader: Reader): ScalarNode {
  const { source, text, at: start } = reader;
  const isDouble = codeAt(reader) === quote;
  const end = endOf(reader, isDouble ? doubleQuoted : singleQuoted);
  reader.at = end;
  const inside = text.slice(start + 1, end - 1);
  const value = !isDouble ? inside.replaceAll("''", "'") : inside.includes("\\") ? String(JSON.parse(text.slice(start, end))) : inside;
  return { kind: "scalar", value, source, start, end };
}

/** Text without quotes, to a comment, or to a colon or sign that ends it; of the signs with which it may begin, those that mean nothing else. */
const plainInBlock = /(?:[A-Za-z0-9_$(/^~]|-(?=[A-Za-z0-9])|\.(?=[0-9]))(?:[^\n:#]|:(?=[^ \n])|(?<! )#)*/y;
const plainInLine = /(?:[A-Za-z0-9_$(/^~]|-(?=[A-Za-z0-9])|\.(?=[0-9]))(?:[^\n:#,[\]{}]|:(?=[^ \n,[\]{}])|(?<! )#)*/y;

function readPlain(reader: Reader, pattern: RegExp): ScalarNode {
  const { source, text, at: start } = reader;
  let end = endOf(reader, pattern);
  while (text.charCodeAt(end - 1) === blank) end--;
  reader.at = end;
  const said = text.slice(start, end);
  const value = plainScalar(said);
  // What a number may be warned about is told by the other reader.
  if (typeof value === "number" && (!Number.isFinite(value) || said.length > 15 || octalOf(said) !== undefined)) throw notPlain;
  return { kind: "scalar", value, source, start, end };
}

/** `{ a: 1, b: [x] }` */
function readMapInLine(reader: Reader): MapNode {
  const { source, at: start } = reader;
  const entries: MapEntry[] = [];
  readMembers(reader, closeMap, () => {
    entries.push(readEntry(reader, entries, () => {
      skipBlanks(reader);
      return readNode(reader, plainInLine);
    }));
  });
  return { kind: "map", entries, source, start, end: reader.at };
}

/** `[a, { b: 1 }]` */
function readListInLine(reader: Reader): ListNode {
  const { source, at: start } = reader;
  const items: SourceNode[] = [];
  readMembers(reader, closeList, () => void items.push(readNode(reader, plainInLine)));
  return { kind: "list", items, source, start, end: reader.at };
}

/** From the opening bracket to behind the closing one; all on one line. */
function readMembers(reader: Reader, close: number | undefined, readMember: () => void): void {
  deeper(reader);
  reader.at++;
  skipBlanks(reader);
  while (codeAt(reader) !== close) {
    readMember();
    skipBlanks(reader);
    if (codeAt(reader) === close) break;
    if (codeAt(reader) !== comma) throw notPlain;
    reader.at++;
    skipBlanks(reader);
    if (codeAt(reader) === close) throw notPlain;
  }
  reader.at++;
  reader.depth--;
}
