/** Metadata of a definition or field: what it says itself, what it inherits, and the defaults that follow from both. */
import type { Deprecation, EnumValue, Handling, Link, Meta, Sensitivity, Stability, Value } from "../registry.js";
import { entryOf, toJson, type Json, type MapNode, type SourceNode } from "../source.js";
import { keywordsOf, mapAt, scalarAt, textAt, textsAt, type Keywords } from "./keywords-of.js";
import type { Inherited } from "./scope.js";

const inheritables = ["owner", "stability", "deprecation", "deprecated", "sensitivity", "tags"];

/** What flows on to the fields below: own words first. Tags add up. */
export function inheritedBelow(inherited: Inherited, keywords: Keywords): Inherited {
  if (!inheritables.some((keyword) => keywords.has(keyword))) return inherited;
  const tags = textsAt(keywords, "tags");
  const deprecated = ownDeprecation(keywords);
  const said = deprecated === undefined ? guard<Stability>(textAt(keywords, "stability")) : "deprecated";
  const owner = textAt(keywords, "owner") ?? inherited.owner;
  const stability = said ?? inherited.stability;
  const deprecation = said === undefined ? inherited.deprecation : deprecated;
  const sensitivity = guard<Sensitivity>(textAt(keywords, "sensitivity")) ?? inherited.sensitivity;
  const below: { -readonly [K in keyof Inherited]: Inherited[K] } = { tags: tags.length === 0 ? inherited.tags : [...new Set([...inherited.tags, ...tags])] };
  if (owner !== undefined) below.owner = owner;
  if (stability !== undefined) below.stability = stability;
  if (deprecation !== undefined) below.deprecation = deprecation;
  if (sensitivity !== undefined) below.sensitivity = sensitivity;
  return below;
}

/** `deprecated`, `deprecation` and `stability: deprecated` imply each other. */
function ownDeprecation(keywords: Keywords): Deprecation | undefined {
  const said = mapAt(keywords, "deprecation");
  if (said !== undefined) return guard<Deprecation>(toJson(said));
  if (scalarAt(keywords, "deprecated") === true || textAt(keywords, "stability") === "deprecated") return {};
  return undefined;
}

/** Keywords that become the property of the same name, and how their node is read. The grammar has checked the shapes. */
const readers: { readonly [keyword: string]: (node: SourceNode) => unknown } = {
  brief: toJson,
  description: toJson,
  title: toJson,
  unit: toJson,
  kind: toJson,
  aggregate: toJson,
  decimals: toJson,
  cardinality: toJson,
  since: textOf,
  nullMeans: toJson,
  when: toJson,
  join: toJson,
  note: toJson,
  otel: toJson,
  column: toJson,
  default: toJson,
  handling: toJson,
  merge: toJson,
  aliases: textList,
  pitfalls: textList,
  examples: (node) => itemsOf(node).map(toJson),
  knownValues: (node) => itemsOf(node).map(enumValueOf),
  links: (node) => itemsOf(node).map(linkOf),
};

const none: readonly never[] = Object.freeze([]);
const noExtensions: Meta["extensions"] = Object.freeze({});

/**
 * The metadata of a definition, or of a field when `value` tells what its values are. `flowing` is what `inheritedBelow` made of these keywords.
 */
export function metaOf(keywords: Keywords, flowing: Inherited, value: Value | undefined): Meta {
  const sensitivity = flowing.sensitivity ?? "none";
  const said: { [keyword: string]: unknown } = {};
  let extended = false;
  for (const [name, entry] of keywords) {
    const read = readers[name];
    if (read !== undefined) said[name] = read(entry.value);
    else if (name === "$comment") said["comment"] = toJson(entry.value);
    else if (name.startsWith("x-")) extended = true;
  }
  return guardMeta({
    sensitivity,
    handling: defaultHandling(sensitivity, value),
    merge: "replace",
    stability: flowing.deprecation === undefined ? (flowing.stability ?? "stable") : "deprecated",
    aliases: none,
    knownValues: none,
    pitfalls: none,
    links: none,
    tags: flowing.tags,
    examples: none,
    extensions: extended ? extensionsOf(keywords) : noExtensions,
    ...(flowing.owner === undefined ? undefined : { owner: flowing.owner }),
    ...(flowing.deprecation === undefined ? undefined : { deprecation: flowing.deprecation }),
    ...said,
  });
}

/** Named guard: the readers give each keyword the type that the grammar checked. */
function guardMeta(meta: Meta): Meta {
  return meta;
}

/**
 * Secret values are dropped, sensitive ones masked. What cannot be masked (numbers, flags, any JSON) is dropped; an object or array only
 * passes its sensitivity on to what it holds.
 */
function defaultHandling(sensitivity: Sensitivity, value: Value | undefined): Handling {
  if (sensitivity === "secret" && value !== undefined) return "drop";
  if (sensitivity !== "sensitive" || value === undefined) return "plain";
  if (value.types === "any") return "drop";
  const types = value.types.filter((type) => type !== "null");
  if (types.every((type) => type === "string")) return "mask";
  return types.every((type) => type === "object" || type === "array") ? "plain" : "drop";
}

/** A documented value: `{ const, description }`, or the bare value. */
export function enumValueOf(node: SourceNode): EnumValue {
  if (node.kind !== "map") return { value: toJson(node) };
  const constant = entryOf(node, "const") ?? entryOf(node, "value");
  if (constant === undefined) return { value: toJson(node) };
  const keywords = keywordsOf(node);
  const description = textAt(keywords, "description") ?? textAt(keywords, "brief") ?? textAt(keywords, "title");
  const deprecated = ownDeprecation(keywords) !== undefined;
  return { value: toJson(constant.value), ...(description === undefined ? {} : { description }), ...(deprecated ? { deprecated } : {}) };
}

function linkOf(node: SourceNode): Link {
  if (node.kind !== "map") return { url: textOf(node) ?? "" };
  const title = textOf(entryOf(node, "title")?.value);
  return { url: textOf(entryOf(node, "url")?.value) ?? "", ...(title === undefined ? {} : { title }) };
}

function textList(node: SourceNode): readonly string[] {
  return node.kind === "list" ? node.items.map((item) => textOf(item) ?? "") : [textOf(node) ?? ""];
}

function itemsOf(node: SourceNode): readonly SourceNode[] {
  return node.kind === "list" ? node.items : none;
}

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

function extensionsOf(keywords: Keywords): Meta["extensions"] {
  const found: [string, Json][] = [];
  for (const [name, entry] of keywords) if (name.startsWith("x-")) found.push([name, toJson(entry.value)]);
  return Object.fromEntries(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}


/** The grammar has checked the value against the keyword's schema; here it gets its type. */
function guard<T>(value: unknown): T | undefined {
  return value as T | undefined;
}

/** The entries of a map node, none for anything else. */
export function entriesOf(node: MapNode | undefined): MapNode["entries"] {
  return node?.entries ?? [];
}
