/**
 * `$ref`: `#/$defs/x`, `./file.yaml#/…`, `group:NAME`, `partial:NAME#/properties/x`. Beside it only metadata may stand, and they win. A reference
 * never leaves the project and its imports: it finds only files that were loaded.
 */
import { diagnostic } from "../diagnostics.js";
import type { LoadedFile } from "../project.js";
import { entryOf, type MapEntry, type SourceNode, type Span } from "../source.js";
import { suggest } from "../suggest.js";
import { isMetadata, keywordsOf, textAt, type Keywords } from "./keywords-of.js";
import { inheritedBelow } from "./meta.js";
import type { Place, RawDefinition, Scope } from "./scope.js";

/** A schema node with its references followed. */
export interface Expanded {
  readonly keywords: Keywords;
  /** Where its children are resolved. */
  readonly place: Place;
  readonly node: SourceNode;
}

export interface Target {
  readonly node: SourceNode;
  readonly file: LoadedFile;
  /** Set when the target is a whole definition, or lies in one of another file. */
  readonly definition?: RawDefinition;
}

/** Follows `$ref` from a node until there is none; undefined after a mistake, which is reported. */
export function expand(scope: Scope, place: Place, node: SourceNode): Expanded | undefined {
  if (node.kind !== "map") return { keywords: new Map(), place: opened(place, node), node };
  const keywords = keywordsOf(node);
  const reference = keywords.get("$ref");
  if (reference === undefined) return { keywords, place: opened(place, node), node };
  if (!siblingsAreMetadata(scope, keywords)) return undefined;
  const target = findTarget(scope, place.file, reference);
  if (target === undefined) return undefined;
  if (place.open.includes(target.node)) {
    scope.report(diagnostic("REF_CYCLE", { reference: textAt(keywords, "$ref") ?? "" }, { at: reference.value, related: [{ at: headOf(target.node), message: "leads back here" }] }));
    return undefined;
  }
  const below = expand(scope, placeOf(scope, opened(place, node), target), target.node);
  if (below === undefined) return undefined;
  const merged = new Map([...ofBase(target), ...below.keywords]);
  const wholeDefinition = definitionKeys.map((name) => merged.get(name)).find((entry) => entry !== undefined);
  for (const name of [...definitionKeys, ...notOfAValue]) merged.delete(name);
  if (wholeDefinition !== undefined && !merged.has("type")) merged.set("type", objectType(wholeDefinition));
  for (const [name, entry] of keywords) if (name !== "$ref") merged.set(name, entry);
  return { keywords: merged, place: below.place, node: below.node };
}

const definitionKeys = ["group", "partial", "originator", "service", "event"];
const notOfAValue = ["$schema", "$id", "$defs", "definitions", "repeatable", "reserved"];
const gathered = ["properties", "required", "allOf", "patternProperties", "dependentRequired", "dependencies"];

/** Of an extended definition that is meant as a whole, its texts and key rules; `extends` stays among the keywords, which brings its properties. */
function ofBase({ node, definition }: Target): readonly (readonly [string, MapEntry])[] {
  if (definition?.base === undefined || node !== definition.root) return [];
  return [...keywordsOf(definition.base.root)].filter(([keyword]) => !gathered.includes(keyword));
}

/** A definition is an object without saying so; a value has to say so. */
function objectType({ keySpan }: MapEntry): MapEntry {
  const { source, start, end } = keySpan;
  return { key: "type", keySpan, value: { kind: "scalar", value: "object", source, start, end } };
}

function opened(place: Place, node: SourceNode): Place {
  return { ...place, open: [...place.open, node] };
}

/** The place in which a target is resolved: its own file, and what flows from that file's root. */
export function placeOf(scope: Scope, place: Place, target: Target): Place {
  if (target.file === place.file) return place;
  const from = target.definition === undefined ? target.file.source.path : `${target.definition.kind}:${target.definition.name}`;
  const inherited = inheritedBelow({ ...scope.defaults, ...place.inherited }, keywordsOf(target.file.root));
  return { ...place, file: target.file, inherited, from: place.from ?? from };
}

function siblingsAreMetadata(scope: Scope, keywords: Keywords): boolean {
  const wrong = [...keywords].filter(([name]) => name !== "$ref" && name !== "description" && name !== "title" && name !== "$comment" && !isMetadata(name));
  for (const [keyword, entry] of wrong) scope.report(diagnostic("REF_SIBLING", { keyword }, { at: entry.keySpan }));
  return wrong.length === 0;
}

/** The node that a reference names; a mistake is reported. */
export function findTarget(scope: Scope, file: LoadedFile, reference: MapEntry): Target | undefined {
  const value = reference.value;
  const text = value.kind === "scalar" && typeof value.value === "string" ? value.value : "";
  const [base = "", pointer = ""] = splitOnce(text, "#");
  const found = base === "" ? { node: file.root, file } : findBase(scope, file, base, value);
  if (found === undefined) return undefined;
  const node = walk(found.node, pointer);
  if (node !== undefined) return { ...found, node };
  const extended = found.definition?.base;
  const inherited = extended === undefined ? undefined : walk(extended.root, pointer);
  if (extended !== undefined && inherited !== undefined) return { ...found, node: inherited, file: extended.file };
  scope.report(diagnostic("REF_NOT_FOUND", { reference: text, where: found.file.source.path }, { at: value }));
  return undefined;
}

function findBase(scope: Scope, file: LoadedFile, base: string, at: Span): Target | undefined {
  const named = /^(group|partial):(.*)$/.exec(base);
  if (named !== null) {
    const kind = named[1] === "group" ? "group" : "partial";
    const name = named[2] ?? "";
    const definition = scope.definitions[kind].get(name);
    if (definition !== undefined) return { node: definition.root, file: definition.file, definition };
    const suggestion = suggest(name, scope.definitions[kind].keys());
    scope.report(diagnostic("REF_UNKNOWN_NAME", { kind, name, ...(suggestion === undefined ? {} : { suggestion }) }, { at }));
    return undefined;
  }
  const path = joinPath(file.source.path, base);
  const target = path === undefined ? undefined : scope.files.get(path);
  if (target !== undefined) return { node: target.root, file: target };
  scope.report(diagnostic(path === undefined || /^[a-z][a-z0-9+.-]*:/i.test(base) ? "REF_LEAVES_PROJECT" : "REF_NO_FILE", { reference: base }, { at }));
  return undefined;
}

/** `./b.yaml` seen from `schemas/a.yaml`; undefined when it climbs out or is absolute. */
function joinPath(from: string, relative: string): string | undefined {
  if (relative.startsWith("/")) return undefined;
  const parts = from.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

function walk(root: SourceNode, pointer: string): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const raw of pointer.split("/").slice(1)) {
    const key = decode(raw);
    if (node?.kind === "map") node = entryOf(node, key)?.value;
    else if (node?.kind === "list") node = node.items[Number(key)];
    else return undefined;
  }
  return pointer === "" || pointer.startsWith("/") ? node : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return segment;
  }
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The first line of a node: enough to show a place. */
export function headOf(node: Span): Span {
  const end = node.source.text.indexOf("\n", node.start);
  return { source: node.source, start: node.start, end: Math.min(node.end, end < 0 ? node.end : end) };
}
