/**
 * YAML 1.2 text to a tree with offsets, straight from the parser's events: the one file that knows js-yaml.
 * Hot: a thousand files are read before anything else happens, so nodes are made once and lines are not counted here.
 */
import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException, type Event, type ScalarEvent } from "js-yaml";
import { diagnostic, type Diagnostic } from "./diagnostics.js";
import { maxDepth, maxNodes } from "./limits.js";
import { mergeEntries, type Merge } from "./merge-keys.js";
import type { Result } from "./result.js";
import { isRounded, octalOf, plainScalar, type ScalarValue } from "./scalar.js";
import type { MapEntry, ScalarNode, SourceFile, SourceNode, Span } from "./source.js";

interface Anchored {
  /** Undefined while the node is still being read: an alias inside it is a cycle. */
  readonly node: SourceNode | undefined;
  /** Nodes it stands for, and levels below it. */
  readonly size: number;
  readonly height: number;
}

interface Frame {
  readonly start: number;
  readonly flow: boolean;
  readonly anchor: string | undefined;
  /** Nodes counted before this one. */
  readonly before: number;
  height: number;
  readonly items: SourceNode[] | undefined;
  readonly entries: MapEntry[];
  /** The key whose value comes next. */
  key: Span | undefined;
  keyText: string;
  /** What becomes of the value: an entry, a merge (`<<`), or nothing after a broken key. */
  keyUse: "entry" | "merge" | "skip";
  merges: Merge[] | undefined;
}

interface Reader {
  readonly source: SourceFile;
  readonly diagnostics: Diagnostic[];
  readonly frames: Frame[];
  readonly anchors: Map<string, Anchored>;
  root: SourceNode | undefined;
  nodes: number;
  /** End of the last thing read. */
  end: number;
}

/** Thrown to stop reading; the diagnostic is already in the list. */
const stop = Symbol("stop");

/** Reads one file. The value is undefined when nothing could be read; a tree with repairable mistakes comes back with their diagnostics. */
export function readYaml(source: SourceFile): Result<SourceNode | undefined> {
  const reader: Reader = { source, diagnostics: [], frames: [], anchors: new Map(), root: undefined, nodes: 0, end: 0 };
  try {
    readEvents(reader, parseEvents(source.text, { maxDepth }));
  } catch (error) {
    if (error === stop) return { value: undefined, diagnostics: reader.diagnostics };
    if (!(error instanceof YAMLException)) throw error;
    return { value: undefined, diagnostics: [syntaxError(source, error)] };
  }
  if (reader.root !== undefined) return { value: reader.root, diagnostics: reader.diagnostics };
  return { value: undefined, diagnostics: [...reader.diagnostics, diagnostic("EMPTY_FILE", {}, { at: { source, start: 0, end: 0 } })] };
}

function syntaxError(source: SourceFile, error: YAMLException): Diagnostic {
  const start = Math.min(error.mark?.position ?? 0, source.text.length);
  const at = { source, start, end: Math.min(start + 1, source.text.length) };
  if (error.reason.startsWith("nesting exceeded")) return diagnostic("TOO_DEEP", { limit: maxDepth }, { at });
  return diagnostic("YAML_SYNTAX", inOurWords(error.reason, source.text.charAt(start)), { at });
}

/** The parser's words for the two most frequent mistakes say little. */
function inOurWords(reason: string, char: string): { readonly reason: string; readonly cure?: string } {
  if (reason.startsWith("tab characters")) return { reason: "a tab in the indentation", cure: "indent with spaces" };
  if (char === ":" && reason.startsWith("bad indentation of a mapping")) return { reason: "a colon inside plain text", cure: "put the text into quotes" };
  return { reason };
}

function readEvents(reader: Reader, events: readonly Event[]): void {
  let documents = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++documents > 1) fail(reader, secondDocument(reader));
        for (const directive of event.directives) {
          if (directive.kind === "tag") fail(reader, diagnostic("UNSUPPORTED_TAG", { tag: directive.handle }, { at: { source: reader.source, start: 0, end: 4 } }));
        }
        break;
      case EVENT_ID.SCALAR:
        addScalar(reader, event);
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        open(reader, event, event.type === EVENT_ID.MAPPING);
        break;
      case EVENT_ID.ALIAS:
        addAlias(reader, event.anchorStart, event.anchorEnd);
        break;
      case EVENT_ID.POP:
        close(reader);
        break;
    }
  }
}

function fail(reader: Reader, one: Diagnostic): never {
  reader.diagnostics.push(one);
  throw stop;
}

function secondDocument({ source, end }: Reader): Diagnostic {
  const rest = source.text.slice(end).search(/^---/m);
  const start = rest < 0 ? end : end + rest;
  return diagnostic("SEVERAL_DOCUMENTS", {}, { at: { source, start, end: start + 3 } });
}

function addScalar(reader: Reader, event: ScalarEvent): void {
  const { source } = reader;
  count(reader, 1);
  const { valueStart, valueEnd, style, tagStart } = event;
  const empty = valueStart < 0;
  const quoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const block = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  const start = empty ? Math.max(reader.end, event.tagEnd, event.anchorEnd) : quoted ? valueStart - 1 : block ? Math.min(valueStart + Math.max(event.indent, 0), valueEnd) : valueStart;
  const end = empty ? start : quoted ? valueEnd + 1 : valueEnd;
  reader.end = end;
  const text = event.fast ? source.text.slice(valueStart, valueEnd) : getScalarValue(source.text, event);
  let value: ScalarValue = text;
  if (tagStart >= 0) value = taggedValue(reader, { text, plain: style === SCALAR_STYLE.PLAIN, span: { source, start: tagStart, end: event.tagEnd } });
  else if (style === SCALAR_STYLE.PLAIN) value = plainScalar(text);
  if (typeof value === "number") value = checkedNumber(reader, { text, value, span: { source, start, end } });
  const isMergeKey = style === SCALAR_STYLE.PLAIN && text === "<<";
  const frame = reader.frames.at(-1);
  // Most scalars are keys: they need a place, not a node.
  if (frame !== undefined && awaitsKey(frame) && typeof value === "string" && event.anchorStart < 0) return openKey(reader, frame, { text: value, at: { source, start, end }, isMergeKey });
  const node: ScalarNode = { kind: "scalar", value, source, start, end };
  if (event.anchorStart >= 0) reader.anchors.set(source.text.slice(event.anchorStart, event.anchorEnd), { node, size: 1, height: 0 });
  add(reader, node, isMergeKey);
}

function awaitsKey(frame: Frame): boolean {
  return frame.items === undefined && frame.key === undefined;
}

/** The number; one that is not finite is reported, and a finite one stands for it from here on. */
function checkedNumber(reader: Reader, { text, value, span }: { text: string; value: number; span: Span }): number {
  if (!Number.isFinite(value)) {
    reader.diagnostics.push(diagnostic("NOT_FINITE", { text }, { at: span }));
    return Number.MAX_SAFE_INTEGER;
  }
  if (text.length > 15 && isRounded(text, value)) reader.diagnostics.push(diagnostic("ROUNDED_NUMBER", { text, value: String(value) }, { at: span }));
  else if (text.length > 1) {
    const old = octalOf(text);
    if (old !== undefined) reader.diagnostics.push(diagnostic("AMBIGUOUS_NUMBER", { text, value: String(value), old: String(old) }, { at: span }));
  }
  return value;
}

const tagTypes: ReadonlyMap<string, "str" | "int" | "float" | "bool" | "null" | "map" | "seq"> = new Map(
  (["str", "int", "float", "bool", "null", "map", "seq"] as const).flatMap((name) => [[`!!${name}`, name], [`!<tag:yaml.org,2002:${name}>`, name]] as const),
);

/** The value of a scalar with an explicit tag; `span` is the tag's place. */
function taggedValue(reader: Reader, { text, plain, span }: { text: string; plain: boolean; span: Span }): ScalarValue {
  const tag = span.source.text.slice(span.start, span.end);
  const name = tag === "!" ? "str" : tagTypes.get(tag);
  const value = plainScalar(text);
  if (name === "str") return text;
  if (name === "int" && typeof value === "number" && (Number.isInteger(value) || !Number.isFinite(value))) return value;
  if (name === "float" && typeof value === "number") return value;
  if (name === "bool" && typeof value === "boolean") return value;
  if (name === "null" && value === null) return value;
  const at = { at: span };
  reader.diagnostics.push(name === undefined ? diagnostic("UNSUPPORTED_TAG", { tag }, at) : diagnostic("TAG_MISMATCH", { tag, text }, at));
  return plain ? value : text;
}

function open(reader: Reader, event: Extract<Event, { start: number }>, isMap: boolean): void {
  const { text } = reader.source;
  const { start, tagStart, tagEnd, anchorStart, anchorEnd } = event;
  if (tagStart >= 0) {
    const tag = text.slice(tagStart, tagEnd);
    if (tag !== "!" && tagTypes.get(tag) !== (isMap ? "map" : "seq")) {
      reader.diagnostics.push(diagnostic("UNSUPPORTED_TAG", { tag }, { at: { source: reader.source, start: tagStart, end: tagEnd } }));
    }
  }
  const anchor = anchorStart >= 0 ? text.slice(anchorStart, anchorEnd) : undefined;
  if (anchor !== undefined) reader.anchors.set(anchor, { node: undefined, size: 0, height: 0 });
  const before = reader.nodes;
  count(reader, 1);
  reader.end = start;
  // 2 is a flow collection (`{` or `[`), whose end has a bracket.
  reader.frames.push({ start, flow: event.style === 2, anchor, before, height: 0, items: isMap ? undefined : [], entries: [], key: undefined, keyText: "", keyUse: "entry", merges: undefined });
}

function count(reader: Reader, nodes: number): void {
  reader.nodes += nodes;
  if (reader.nodes > maxNodes) fail(reader, diagnostic("ALIAS_BOMB", { limit: maxNodes }, { at: { source: reader.source, start: reader.end, end: reader.end } }));
}

function addAlias(reader: Reader, nameStart: number, nameEnd: number): void {
  const { source, anchors, frames } = reader;
  const name = source.text.slice(nameStart, nameEnd);
  const at = { source, start: nameStart - 1, end: nameEnd };
  reader.end = nameEnd;
  const anchored = anchors.get(name);
  if (anchored === undefined) return fail(reader, diagnostic("UNKNOWN_ALIAS", { name }, { at }));
  if (anchored.node === undefined) return fail(reader, diagnostic("ALIAS_CYCLE", { name }, { at }));
  if (frames.length + anchored.height > maxDepth) fail(reader, diagnostic("TOO_DEEP", { limit: maxDepth }, { at }));
  count(reader, anchored.size);
  const frame = frames.at(-1);
  if (frame !== undefined) frame.height = Math.max(frame.height, anchored.height + 1);
  // An aliased key stands where the alias is; an aliased value keeps the place where it was written.
  const isKey = frame !== undefined && awaitsKey(frame);
  add(reader, isKey ? { ...anchored.node, ...at } : anchored.node, false);
}

function add(reader: Reader, node: SourceNode, isMergeKey: boolean): void {
  const frame = reader.frames.at(-1);
  if (frame === undefined) {
    reader.root = node;
  } else if (frame.items !== undefined) {
    frame.items.push(node);
  } else if (frame.key === undefined) {
    const { source, start, end } = node;
    const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
    if (text === undefined) reader.diagnostics.push(diagnostic("KEY_NOT_TEXT", { found: nameOf(node) }, { at: node }));
    openKey(reader, frame, { text, at: { source, start, end }, isMergeKey });
  } else {
    if (frame.keyUse === "entry") frame.entries.push({ key: frame.keyText, keySpan: frame.key, value: node });
    else if (frame.keyUse === "merge") (frame.merges ??= []).push({ at: frame.entries.length, key: frame.key, value: node });
    frame.key = undefined;
  }
}

/** `text` is undefined for a key that is none, which has been reported. */
function openKey(reader: Reader, frame: Frame, { text, at, isMergeKey }: { text: string | undefined; at: Span; isMergeKey: boolean }): void {
  frame.key = at;
  frame.keyText = text ?? "";
  frame.keyUse = text === undefined ? "skip" : isMergeKey ? "merge" : "entry";
  if (text === undefined) return;
  const first = isMergeKey ? frame.merges?.[0]?.key : findEntry(frame.entries, text)?.keySpan;
  if (first === undefined) return;
  reader.diagnostics.push(diagnostic("DUPLICATE_KEY", { key: text }, { at, related: [{ at: first, message: "first written here" }] }));
  frame.keyUse = "skip";
}

/** What a node is, in the words of a message. */
function nameOf(node: SourceNode): string {
  if (node.kind !== "scalar") return node.kind === "list" ? "a list" : "a mapping";
  if (node.value === null) return "null";
  return typeof node.value === "number" ? "a number" : "a truth value";
}

function findEntry(entries: readonly MapEntry[], key: string): MapEntry | undefined {
  for (const entry of entries) if (entry.key === key) return entry;
  return undefined;
}

function close(reader: Reader): void {
  const frame = reader.frames.pop();
  // The pop of the document itself.
  if (frame === undefined) return;
  const { source } = reader;
  if (frame.flow) reader.end = closingBracket(source.text, reader.end);
  const { start, items } = frame;
  const entries = frame.merges === undefined ? frame.entries : mergeEntries(frame.entries, frame.merges, reader.diagnostics);
  const node: SourceNode = items === undefined ? { kind: "map", entries, source, start, end: reader.end } : { kind: "list", items, source, start, end: reader.end };
  if (frame.anchor !== undefined) reader.anchors.set(frame.anchor, { node, size: reader.nodes - frame.before, height: frame.height });
  const parent = reader.frames.at(-1);
  if (parent !== undefined && parent.height <= frame.height) parent.height = frame.height + 1;
  add(reader, node, false);
}

/** After the last item of a flow collection stand only blanks, commas and comments before its bracket. */
function closingBracket(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at++];
    if (char === "]" || char === "}") return at;
    if (char === "#") at = endOfLine(text, at);
  }
  return at;
}

function endOfLine(text: string, from: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? text.length;
}
