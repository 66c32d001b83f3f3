/**
 * JSON text to a tree with offsets. Strict (RFC 8259), and stricter: a key written twice is a mistake.
 * It knows nothing of YAML or of schemas.
 */
import { diagnostic, type Diagnostic } from "./diagnostics.js";
import { maxDepth, maxNodes } from "./limits.js";
import type { Result } from "./result.js";
import { isRounded } from "./scalar.js";
import type { MapEntry, ScalarNode, SourceFile, SourceNode } from "./source.js";

interface Reader {
  readonly source: SourceFile;
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  at: number;
  depth: number;
  nodes: number;
}

/** Thrown to stop reading; the diagnostic is already in the list. */
const stop = Symbol("stop");

/** Reads one file. The value is undefined when it is not JSON; after a key written twice the first one stands. */
export function readJson(source: SourceFile): Result<SourceNode | undefined> {
  const start = source.text.startsWith("\uFEFF") ? 1 : 0;
  const reader: Reader = { source, text: source.text, diagnostics: [], at: start, depth: 0, nodes: 0 };
  try {
    skipBlanks(reader);
    if (reader.at === reader.text.length) return { value: undefined, diagnostics: [diagnostic("EMPTY_FILE", {}, { at: { source, start: 0, end: 0 } })] };
    const value = readValue(reader);
    skipBlanks(reader);
    if (reader.at < reader.text.length) fail(reader, "more text after the end of the value");
    return { value, diagnostics: reader.diagnostics };
  } catch (error) {
    if (error !== stop) throw error;
    return { value: undefined, diagnostics: reader.diagnostics };
  }
}

function fail(reader: Reader, reason: string, start: number = reader.at): never {
  const end = Math.min(start + 1, reader.text.length);
  reader.diagnostics.push(diagnostic("JSON_SYNTAX", { reason }, { at: { source: reader.source, start, end } }));
  throw stop;
}

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const code = text.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    reader.at++;
  }
  if (text.startsWith("//", reader.at) || text.startsWith("/*", reader.at)) fail(reader, "a comment");
}

function readValue(reader: Reader): SourceNode {
  if (++reader.nodes > maxNodes) fail(reader, `more than ${maxNodes} values`);
  const char = reader.text[reader.at];
  if (char === '"') {
    const start = reader.at;
    return scalar(reader, start, readString(reader));
  }
  if (char === "{" || char === "[") {
    if (reader.depth === maxDepth) {
      reader.diagnostics.push(diagnostic("TOO_DEEP", { limit: maxDepth }, { at: { source: reader.source, start: reader.at, end: reader.at + 1 } }));
      throw stop;
    }
    reader.depth++;
    const node = char === "{" ? readMap(reader) : readList(reader);
    reader.depth--;
    return node;
  }
  return readWord(reader);
}

function scalar(reader: Reader, start: number, value: ScalarNode["value"]): ScalarNode {
  return { kind: "scalar", value, source: reader.source, start, end: reader.at };
}

function readMap(reader: Reader): SourceNode {
  const { source } = reader;
  const start = reader.at++;
  const entries: MapEntry[] = [];
  skipBlanks(reader);
  while (reader.text[reader.at] !== "}") {
    const keyStart = reader.at;
    if (reader.text[keyStart] !== '"') fail(reader, found(reader, entries.length === 0 ? 'a key in double quotes, or "}"' : "a key in double quotes"));
    const key = readString(reader);
    const keySpan = { source, start: keyStart, end: reader.at };
    skipBlanks(reader);
    if (reader.text[reader.at] !== ":") fail(reader, found(reader, '":" after a key'));
    reader.at++;
    skipBlanks(reader);
    const value = readValue(reader);
    const first = entries.find((entry) => entry.key === key);
    if (first === undefined) entries.push({ key, keySpan, value });
    else reader.diagnostics.push(diagnostic("DUPLICATE_KEY", { key }, { at: keySpan, related: [{ at: first.keySpan, message: "first written here" }] }));
    readSeparator(reader, "}");
  }
  reader.at++;
  return { kind: "map", entries, source, start, end: reader.at };
}

function readList(reader: Reader): SourceNode {
  const start = reader.at++;
  const items: SourceNode[] = [];
  skipBlanks(reader);
  while (reader.text[reader.at] !== "]") {
    items.push(readValue(reader));
    readSeparator(reader, "]");
  }
  reader.at++;
  return { kind: "list", items, source: reader.source, start, end: reader.at };
}

/** A comma that something follows, or nothing before the closing bracket. */
function readSeparator(reader: Reader, close: "}" | "]"): void {
  skipBlanks(reader);
  const char = reader.text[reader.at];
  if (char === close) return;
  if (char !== ",") fail(reader, found(reader, `"," or "${close}"`));
  const comma = reader.at++;
  skipBlanks(reader);
  if (reader.text[reader.at] === close) fail(reader, `a comma before "${close}"`, comma);
}

function found(reader: Reader, expected: string): string {
  const char = reader.text.codePointAt(reader.at);
  return `expected ${expected}, found ${char === undefined ? "the end of the file" : JSON.stringify(String.fromCodePoint(char))}`;
}

const plainText = /[^"\\\u0000-\u001f]*/y;
const escapes: ReadonlyMap<string, string> = new Map([['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"]]);

function readString(reader: Reader): string {
  const { text } = reader;
  const start = reader.at++;
  let value = "";
  for (;;) {
    plainText.lastIndex = reader.at;
    const plain = plainText.exec(text)?.[0] ?? "";
    reader.at += plain.length;
    value += plain;
    const char = text[reader.at];
    if (char === undefined) fail(reader, "a text without its closing quote", start);
    if (char === '"') break;
    if (char !== "\\") fail(reader, "a line break or control character inside a text");
    value += readEscape(reader);
  }
  reader.at++;
  if (/\p{Surrogate}/u.test(value)) fail(reader, "half of a surrogate pair, which is not a character", start);
  return value;
}

function readEscape(reader: Reader): string {
  const { text } = reader;
  const name = text[reader.at + 1] ?? "";
  const simple = escapes.get(name);
  if (simple !== undefined) {
    reader.at += 2;
    return simple;
  }
  const digits = text.slice(reader.at + 2, reader.at + 6);
  if (name !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) fail(reader, "an unknown escape after a backslash");
  reader.at += 6;
  return String.fromCharCode(Number.parseInt(digits, 16));
}

const word = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;

function readWord(reader: Reader): ScalarNode {
  const { text, source } = reader;
  const start = reader.at;
  word.lastIndex = start;
  const said = word.exec(text)?.[0];
  if (said === undefined || /[\w.+-]/.test(text[start + said.length] ?? "")) fail(reader, found(reader, "a value"));
  reader.at += said.length;
  if (said === "null") return scalar(reader, start, null);
  if (said === "true" || said === "false") return scalar(reader, start, said === "true");
  const value = Number(said) || 0;
  const at = { source, start, end: reader.at };
  if (!Number.isFinite(value)) {
    reader.diagnostics.push(diagnostic("NOT_FINITE", { text: said }, { at }));
    return scalar(reader, start, Number.MAX_SAFE_INTEGER);
  }
  if (said.length > 15 && isRounded(said, value)) reader.diagnostics.push(diagnostic("ROUNDED_NUMBER", { text: said, value: String(value) }, { at }));
  return scalar(reader, start, value);
}
