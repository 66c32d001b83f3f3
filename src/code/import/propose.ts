/**
 * What a schema file of the project would say if it followed the types again: fields that are new, gone, or of another type. Everything else that a
 * person has written stays as it is, to the letter.
 */
import type { Field, ObjectShape } from "../../compiler/registry.js";
import { entryOf, toJson, type Json, type MapEntry, type MapNode, type SourceFile, type SourceNode } from "../../compiler/source.js";
import { readYaml } from "../../compiler/yaml.js";
import { entryLines } from "./print-yaml.js";
import { hasSameType } from "./same-type.js";
import { entryIn, type YamlEntry, type YamlMap, type YamlNode } from "./yaml-tree.js";

export interface Proposal {
  /** The file as it is. */
  readonly before: SourceFile;
  readonly is: ObjectShape;
  /** What was imported. */
  readonly root: YamlMap;
  readonly shouldBe: ObjectShape;
}

/** The text with the changes. */
export function proposalFor({ before, is, root, shouldBe }: Proposal): string {
  const windows = before.text.includes("\r\n");
  const text = windows ? before.text.replaceAll("\r\n", "\n") : before.text;
  const node = readYaml({ path: before.path, text }).value;
  if (node?.kind !== "map") return before.text;
  const edits: Edit[] = [];
  objectEdits({ text, root: node, edits, seen: new Set() }, { node, is, tree: inlined(root, root), shouldBe });
  const after = applied(text, edits);
  return windows ? after.replaceAll("\n", "\r\n") : after;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface File {
  readonly text: string;
  readonly root: MapNode;
  readonly edits: Edit[];
  /** A schema below `$defs` is changed once. */
  readonly seen: Set<MapNode>;
}

/** An object twice: as the file says it, and as the types say it. */
interface Twice {
  readonly node: MapNode;
  readonly is: ObjectShape;
  readonly tree: YamlMap;
  readonly shouldBe: ObjectShape;
}

function objectEdits(file: File, { node, is, tree, shouldBe }: Twice): void {
  if (file.seen.has(node)) return;
  file.seen.add(node);
  const properties = entryOf(node, "properties");
  const wanted = entryIn(tree, "properties")?.value;
  const entries = wanted?.kind === "map" ? wanted.entries : [];
  const missing = entries.filter(({ key }) => !is.fields.some(({ name }) => name === key));
  requiredEdits(file, { node, is, tree, shouldBe });
  if (properties?.value.kind === "map" && isFlow(file, properties.value)) return flowEdits(file, { properties, map: properties.value, is, shouldBe, entries, missing });
  if (properties === undefined || properties.value.kind !== "map") {
    if (missing.length > 0) file.edits.push(below(file, node, [{ key: "properties", value: { kind: "map", entries: missing, comments: [] } }]));
    return;
  }
  for (const field of is.fields) fieldEdits(file, { field, entry: entryOf(properties.value, field.name), wanted: entries.find(({ key }) => key === field.name), shouldBe });
  if (missing.length > 0) file.edits.push(below(file, properties.value, missing));
}

function isFlow({ text }: File, { start }: MapNode): boolean {
  return text.charAt(start) === "{";
}

interface FlowTwice extends Pick<Twice, "is" | "shouldBe"> {
  readonly properties: MapEntry;
  readonly map: MapNode;
  readonly entries: readonly YamlEntry[];
  readonly missing: readonly YamlEntry[];
}

/** Properties in braces get a line each where one of them changes. */
function flowEdits(file: File, { properties, map, is, shouldBe, entries, missing }: FlowTwice): void {
  const changed = (name: string): boolean => {
    const [left, right] = [is, shouldBe].map(({ fields }) => fields.find((one) => one.name === name));
    return left !== undefined && (right === undefined || !hasSameType(left.value, right.value));
  };
  if (missing.length === 0 && !map.entries.some(({ key }) => changed(key))) return;
  const kept = map.entries.flatMap(({ key, value }): readonly YamlEntry[] => (changed(key) ? entries.filter((one) => one.key === key) : [{ key, value: { kind: "flow", value: toJson(value) } }]));
  file.edits.push({ ...linesOf(file, properties), text: printed(file, properties, [{ key: "properties", value: { kind: "map", entries: [...kept, ...missing], comments: commentsIn(file, map) } }]) });
}

interface FieldTwice {
  readonly field: Field;
  readonly entry: MapEntry | undefined;
  readonly wanted: YamlEntry | undefined;
  readonly shouldBe: ObjectShape;
}

/** A field that comes from a group has no entry of its own, and stays. */
function fieldEdits(file: File, { field, entry, wanted, shouldBe }: FieldTwice): void {
  if (entry === undefined) return;
  const other = shouldBe.fields.find(({ name }) => name === field.name);
  if (wanted === undefined || other === undefined) return void file.edits.push({ ...linesOf(file, entry), text: "" });
  if (hasSameType(field.value, other.value) || wanted.value.kind !== "map") return;
  const node = target(file, entry.value);
  const [left, right] = [field.value.object, other.value.object];
  const alike = left !== undefined && right !== undefined && String(field.value.types) === String(other.value.types) && hasRest(left) === hasRest(right);
  if (alike && node?.kind === "map" && !isFlow(file, node) && entryOf(node, "properties") !== undefined) return objectEdits(file, { node, is: left, tree: wanted.value, shouldBe: right });
  file.edits.push({ ...linesOf(file, entry), text: printed(file, entry, [{ ...wanted, value: withWords(file, entry, wanted.value) }]) });
}

function hasRest({ additional, patterns }: ObjectShape): boolean {
  return additional !== false || patterns.length > 0;
}

/** The schema below `$defs` that a node refers to, or the node. */
function target({ root }: File, node: SourceNode): SourceNode | undefined {
  const reference = node.kind === "map" ? entryOf(node, "$ref")?.value : undefined;
  if (reference?.kind !== "scalar") return node;
  const name = /^#\/\$defs\/([^/]+)$/.exec(String(reference.value))?.[1];
  const defs = entryOf(root, "$defs")?.value;
  return name === undefined || defs?.kind !== "map" ? undefined : entryOf(defs, name)?.value;
}

/** What says nothing of the type stays: words, units, owners. */
const structural: ReadonlySet<string> = new Set([
  "$ref", "type", "const", "enum", "oneOf", "allOf", "format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "required", "properties", "patternProperties",
  "additionalProperties", "propertyNames", "prefixItems", "items", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "dependentRequired", "knownValues", "examples", "default",
]);

function withWords(file: File, { value: node }: MapEntry, wanted: YamlMap): YamlMap {
  if (node.kind !== "map") return wanted;
  const kept = node.entries.filter(({ key }) => !structural.has(key.replace(/^x-/, "")));
  const words = kept.map(({ key, value }): YamlEntry => ({ key, value: { kind: "flow", value: toJson(value) } }));
  const shape = wanted.entries.filter(({ key }) => structural.has(key)).map((one) => withDescriptions(node, one));
  const others = wanted.entries.filter(({ key }) => !structural.has(key) && !kept.some((one) => one.key === key) && key !== "kind");
  const json = wanted.entries.filter(({ key }) => key === "kind" && shape.length === 0);
  return { ...wanted, entries: [...json, ...shape.slice(0, 1), ...words.filter(({ key }) => !json.some((one) => one.key === key)), ...others, ...shape.slice(1)], comments: commentsIn(file, node) };
}

/** The comments between the entries of a mapping, each without its `#`. */
function commentsIn({ text }: File, node: MapNode): readonly string[] {
  const inside = text.slice(node.start, node.end);
  const found = [...inside.matchAll(/(?:^|[ \t])#[ \t]?(.*)$/gm)];
  return found.flatMap(({ index, 1: comment = "" }) => (isInScalar(node, node.start + index) ? [] : [comment]));
}

function isInScalar(node: SourceNode, offset: number): boolean {
  if (offset < node.start || offset >= node.end) return false;
  if (node.kind === "scalar") return true;
  if (node.kind === "list") return node.items.some((item) => isInScalar(item, offset));
  return node.entries.some(({ keySpan, value }) => (keySpan.start <= offset && offset < keySpan.end) || isInScalar(value, offset));
}

/** What a person has said of a value is said of it still: `{ const: free, description: No card on file. }`. */
function withDescriptions(node: MapNode, wanted: YamlEntry): YamlEntry {
  const values = valuesIn(wanted);
  const said = ["oneOf", "knownValues"].map((key) => entryOf(node, key)?.value).find((value) => value?.kind === "list");
  const cases = said?.kind === "list" ? said.items.map(toJson).filter(isCase) : [];
  if (values === undefined || cases.length === 0) return wanted;
  const items = values.map((value): YamlNode => ({ kind: "flow", value: cases.find((one) => isCase(value) && one.const === value.const) ?? value }));
  return { key: wanted.key === "knownValues" ? "knownValues" : "oneOf", value: { kind: "list", items } };
}

/** The values of `enum`, `oneOf` and `knownValues`, each as `{ const }`; undefined for anything else, variants too. */
function valuesIn({ key, value }: YamlEntry): readonly Json[] | undefined {
  if (key !== "enum" && key !== "oneOf" && key !== "knownValues") return undefined;
  if (value.kind === "flow") return Array.isArray(value.value) ? value.value.map((item): Json => ({ const: item })) : undefined;
  const items = value.kind === "list" ? value.items.map((item) => (item.kind === "flow" ? item.value : undefined)) : [];
  return items.every((item) => item !== undefined) ? items : undefined;
}

function isCase(value: Json): value is { readonly const: Json } {
  return typeof value === "object" && value !== null && "const" in value;
}

/** `required` says what the types say; fields of groups keep theirs. */
function requiredEdits(file: File, { node, is, tree, shouldBe }: Twice): void {
  const entry = entryOf(node, "required");
  const names = entry?.value.kind === "list" ? entry.value.items.map((item) => String(toJson(item))) : [];
  const inherited = names.filter((name) => is.fields.some((field) => field.name === name && field.from !== undefined));
  const wanted = shouldBe.fields.filter(({ required }) => required).map(({ name }) => name);
  const stay = names.filter((name) => wanted.includes(name) || inherited.includes(name));
  const next = [...stay, ...wanted.filter((name) => !stay.includes(name))];
  if (next.join() === names.join()) return;
  const line: YamlEntry = { key: "required", value: { kind: "flow", value: next } };
  if (entry !== undefined) file.edits.push({ ...linesOf(file, entry), text: next.length === 0 ? "" : printed(file, entry, [line]) });
  else if (entryIn(tree, "required") !== undefined) file.edits.push(above(file, node, line));
}

/** The lines of an entry: from its key to the next one that is not below it. */
function linesOf({ text }: File, { keySpan, value }: MapEntry): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf("\n", keySpan.start - 1) + 1;
  const margin = keySpan.start - start;
  const rest = text.slice(text.indexOf("\n", Math.max(value.end - 1, keySpan.end)) + 1 || text.length);
  const inside = rest.split("\n").findIndex((line) => !(line.trim().startsWith("#") && line.length - line.trimStart().length > margin));
  const comments = rest.split("\n").slice(0, Math.max(inside, 0)).map((line) => line.length + 1).reduce((sum, length) => sum + length, 0);
  return { start, end: text.length - rest.length + comments };
}

function printed({ text }: File, { keySpan }: MapEntry, entries: readonly YamlEntry[]): string {
  const start = text.lastIndexOf("\n", keySpan.start - 1) + 1;
  return linesText(entries, text.slice(start, keySpan.start));
}

function linesText(entries: readonly YamlEntry[], margin: string): string {
  return entries.flatMap((one) => entryLines(one, margin)).map((line) => `${line}\n`).join("");
}

/** New entries after the last one of a mapping. */
function below(file: File, node: MapNode, entries: readonly YamlEntry[]): Edit {
  const last = node.entries.at(-1);
  const { end } = last === undefined ? { end: node.end } : linesOf(file, last);
  const before = file.text.slice(0, end).endsWith("\n") ? "" : "\n";
  return { start: end, end, text: `${before}${last === undefined ? "" : printed(file, last, entries)}` };
}

/** A new entry before `properties`. */
function above(file: File, node: MapNode, line: YamlEntry): Edit {
  const entry = entryOf(node, "properties") ?? node.entries[0];
  const start = entry === undefined ? node.start : linesOf(file, entry).start;
  return { start, end: start, text: entry === undefined ? "" : printed(file, entry, [line]) };
}

/** The edits from the last to the first. At one place the inner ones come first in the text; they were found first. */
function applied(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].reverse().sort((left, right) => right.start - left.start);
  return ordered.reduce((result, { start, end, text: inserted }) => `${result.slice(0, start)}${inserted}${result.slice(end)}`, text);
}

/** The tree without `$defs`: each reference as what it refers to. */
function inlined(node: YamlMap, root: YamlMap): YamlMap {
  const entries = node.entries.flatMap((one): readonly YamlEntry[] => {
    if (one.key === "$defs" && node === root) return [];
    if (one.key === "$ref" && one.value.kind === "flow") return defined(root, String(one.value.value));
    return [{ ...one, value: inlinedNode(one.value, root) }];
  });
  return { ...node, entries: entries.filter(({ key }, index) => entries.findLastIndex((one) => one.key === key) === index) };
}

function inlinedNode(node: YamlNode, root: YamlMap): YamlNode {
  if (node.kind === "flow") return node;
  return node.kind === "map" ? inlined(node, root) : { ...node, items: node.items.map((item) => inlinedNode(item, root)) };
}

function defined(root: YamlMap, reference: string): readonly YamlEntry[] {
  const defs = entryIn(root, "$defs")?.value;
  const found = defs?.kind === "map" ? entryIn(defs, reference.replace("#/$defs/", ""))?.value : undefined;
  return found?.kind === "map" ? inlined(found, root).entries : [];
}
