/** What `wevt check` would refuse is taken out again before anything is written, and told at its place in the types. */
import { compile } from "../../compiler/compile.js";
import type { Config } from "../../compiler/config.js";
import { diagnostic, isClean, type Diagnostic } from "../../compiler/diagnostics.js";
import type { ProjectFile } from "../../compiler/project.js";
import type { SourceNode, Span } from "../../compiler/source.js";
import { readYaml } from "../../compiler/yaml.js";
import type { ImportedDefinition } from "./registry.js";
import { entryText } from "./print-yaml.js";
import type { YamlEntry, YamlMap, YamlNode } from "./yaml-tree.js";

/** A definition and the file it becomes. */
export interface ImportedFile {
  readonly path: string;
  readonly text: string;
  readonly definition: ImportedDefinition;
}

export interface Gate {
  /** The other files of the project, so that names collide here and not later. */
  readonly others: readonly ProjectFile[];
  readonly config: Config;
  readonly print: (definition: ImportedDefinition) => ImportedFile;
  readonly report: (one: Diagnostic) => void;
}

/** Each round takes something out; more than these is a bug of ours. */
const mostRounds = 200;

/** The files, without what is refused. */
export async function passing(definitions: readonly ImportedDefinition[], gate: Gate): Promise<readonly ImportedFile[]> {
  const others = await soundOf(gate);
  let current = definitions;
  for (let round = 0; round < mostRounds; round++) {
    const files = current.map(gate.print);
    const { diagnostics } = await compile({ files: [...others, ...files.map(({ path, text }) => ({ path, text }))], config: gate.config });
    const refused = diagnostics.find(({ severity, at }) => severity === "error" && files.some(({ path }) => path === at?.source.path));
    const file = files.find(({ path }) => path === refused?.at?.source.path);
    if (refused?.at === undefined || file === undefined) return files;
    const changed = without(file, refused, { ...gate, at: refused.at });
    current = current.flatMap((one) => (one === file.definition ? (changed ?? []) : one));
  }
  throw new Error(`the imported files do not pass the check after ${mostRounds} rounds`);
}

/** Schemas that are broken themselves would keep the check from what is imported. */
async function soundOf({ others, config }: Gate): Promise<readonly ProjectFile[]> {
  const { diagnostics } = await compile({ files: others, config });
  return isClean(diagnostics) ? others : others.filter(({ importedFrom }) => importedFrom !== undefined);
}

function without({ definition, text, path }: ImportedFile, refused: Diagnostic, { report, at }: Gate & { readonly at: Span }): ImportedDefinition | undefined {
  const keys = keysAt(readYaml({ path, text }).value, at.start);
  const cut = cutOf(keys);
  const { id, message } = refused;
  if (cut === undefined) {
    report(diagnostic("IMPORT_REFUSED", { path: definition.name, id, message, what: definition.kind }, placeOf(definition.root)));
    return undefined;
  }
  const field = fieldPath(definition.name, cut);
  const place = placeOf(nearest(definition.root, cut));
  report(isField(cut) ? diagnostic("IMPORT_REFUSED", { path: field, id, message, what: "field" }, place) : diagnostic("IMPORT_KEYWORD", { path: field, keyword: String(cut.at(-1)), id, message }, place));
  return { ...definition, root: removed(definition.root, cut) };
}

function placeOf({ at }: YamlMap): { readonly at?: Span } {
  return at === undefined ? {} : { at };
}

type Key = string | number;

/** The keys on the way to an offset. */
function keysAt(node: SourceNode | undefined, offset: number): readonly Key[] {
  if (node === undefined || node.kind === "scalar") return [];
  if (node.kind === "list") {
    const index = node.items.findIndex(({ start, end }) => start <= offset && offset <= end);
    return index < 0 ? [] : [index, ...keysAt(node.items[index], offset)];
  }
  const entry = node.entries.findLast(({ keySpan }) => keySpan.start <= offset);
  return entry === undefined ? [] : [entry.key, ...(offset < entry.value.start ? [] : keysAt(entry.value, offset))];
}

/** Keywords that can go without taking the field with them. */
const droppable: ReadonlySet<string> = new Set([
  "examples", "default", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
  "unit", "kind", "aggregate", "decimals", "cardinality", "sensitivity", "handling", "merge", "owner", "stability", "since", "nullMeans", "note", "links", "title", "deprecation", "brief",
]);

/** The path to what is taken out: a keyword, or the property around it. */
function cutOf(keys: readonly Key[]): readonly Key[] | undefined {
  for (let length = keys.length; length > 0; length--) {
    const last = keys[length - 1];
    const named = keys[length - 2] === "properties" || keys[length - 2] === "patternProperties";
    if (named || (typeof last === "string" && droppable.has(last))) return keys.slice(0, length);
  }
  return undefined;
}

function isField(cut: readonly Key[]): boolean {
  return cut.at(-2) === "properties" || cut.at(-2) === "patternProperties";
}

function fieldPath(name: string, cut: readonly Key[]): string {
  const names = cut.flatMap((key, index) => {
    const before = cut[index - 1];
    return before === "properties" || before === "patternProperties" ? [`.${key}`] : key === "items" ? ["[]"] : [];
  });
  return `${name}${names.join("")}`;
}

function nearest(root: YamlMap, cut: readonly Key[]): YamlMap {
  let best = root;
  let node: YamlNode | undefined = root;
  for (const key of cut) {
    node = childOf(node, key);
    if (node?.kind === "map" && node.at !== undefined) best = node;
  }
  return best;
}

function childOf(node: YamlNode | undefined, key: Key): YamlNode | undefined {
  if (node?.kind === "map") return node.entries.find((one) => one.key === key)?.value;
  return node?.kind === "list" && typeof key === "number" ? node.items[key] : undefined;
}

/** The tree without the entry at a path; a property goes from `required`, too. */
function removed(root: YamlMap, [key, ...rest]: readonly Key[]): YamlMap {
  const [next] = rest;
  if (rest.length === 0) return { ...root, entries: root.entries.filter((one) => one.key !== key), comments: [...root.comments, ...root.entries.flatMap((one) => (one.key === key && droppable.has(one.key) && one.value.kind === "flow" ? [entryText(one)] : []))] };
  const entries = root.entries.flatMap((one): readonly YamlEntry[] => {
    if (one.key === "required" && key === "properties" && rest.length === 1) return notRequired(one, next);
    return one.key === key ? [{ ...one, value: removedIn(one.value, rest) }] : [one];
  });
  return { ...root, entries: withShape(entries) };
}

function removedIn(value: YamlNode, rest: readonly Key[]): YamlNode {
  if (value.kind === "map") return removed(value, rest);
  if (value.kind === "list") return { ...value, items: value.items.map((item, index) => (index === rest[0] ? removedIn(item, rest.slice(1)) : item)) };
  return value;
}

function notRequired(one: YamlEntry, name: Key | undefined): readonly YamlEntry[] {
  if (one.value.kind !== "flow" || !Array.isArray(one.value.value)) return [one];
  const left = one.value.value.filter((item) => item !== name);
  return left.length === 0 ? [] : [{ ...one, value: { kind: "flow", value: left } }];
}

/** An object that lost its last property is an object still. */
function withShape(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const emptied = entries.some(({ key, value }) => key === "properties" && value.kind === "map" && value.entries.length === 0);
  if (!emptied) return entries;
  const others = entries.filter(({ key }) => key !== "properties");
  return others.some(({ key }) => key === "additionalProperties" || key === "patternProperties") ? others : [...others, { key: "additionalProperties", value: { kind: "flow", value: false } }];
}
