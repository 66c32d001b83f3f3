/**
 * Loaded text and its positions. A node knows only offsets; lines and columns are computed when somebody asks.
 * This file knows nothing of YAML, of definitions or of disks.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface SourceFile {
  /** Relative to the project, with `/`; for an imported file the import's own name (`wevt:http`, `@acme/events/schemas/user.yaml`). */
  readonly path: string;
  readonly text: string;
}

/** 1-based line and column (in UTF-16 code units, as editors count them). */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A half-open range of a file. */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

export type SourceNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

export interface ListNode extends Span {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
}

export interface MapNode extends Span {
  readonly kind: "map";
  /** In file order; keys are unique (a duplicate is a diagnostic of the load stage, the first one is kept). */
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SourceNode;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** Line and column of an offset. Lines end with LF, CRLF or CR. */
export function originOf(source: SourceFile, offset: number): Origin {
  let starts = lineStarts.get(source);
  if (starts === undefined) {
    starts = findLineStarts(source.text);
    lineStarts.set(source, starts);
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file: source.path, line: low + 1, column: Math.max(offset - (starts[low] ?? 0), 0) + 1 };
}

function findLineStarts(text: string): readonly number[] {
  // A byte order mark is no column.
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The entry of a key, or undefined. */
export function entryOf(node: MapNode, key: string): MapEntry | undefined {
  return node.entries.find((entry) => entry.key === key);
}

/** The plain JSON value of a node. `__proto__` becomes an own property. */
export function toJson(node: SourceNode): Json {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toJson);
    case "map":
      return Object.fromEntries(node.entries.map((entry) => [entry.key, toJson(entry.value)]));
  }
}

/** The span of the word that an origin points at; throws when the origin is of no loaded file. */
export function spanAt(sources: readonly SourceFile[], origin: Origin): Span {
  const source = sources.find((one) => one.path === origin.file);
  if (source === undefined) throw new Error(`no source for ${origin.file}`);
  const starts = lineStarts.get(source) ?? findLineStarts(source.text);
  const start = (starts[origin.line - 1] ?? 0) + origin.column - 1;
  const word = /[^\s:,{}[\]]+/y;
  word.lastIndex = start;
  return { source, start, end: word.test(source.text) ? word.lastIndex : start };
}
