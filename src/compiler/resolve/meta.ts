/** Metadata of a definition or field: what it says itself, what it inherits, and the defaults that follow from both. */
import type { Deprecation, EnumValue, Handling, Link, Meta, Sensitivity, Stability, Value } from "../registry.js";
import { entryOf, toJson, type Json, type MapNode, type SourceNode } from "../source.js";
import { jsonAt, keywordsOf, listAt, mapAt, nodeAt, numberAt, scalarAt, textAt, textsAt, type Keywords } from "./keywords-of.js";
import type { Inherited } from "./scope.js";

/** What flows on to the fields below: own words first. Tags add up. */
export function inheritedBelow(inherited: Inherited, keywords: Keywords): Inherited {
  const own = ownInheritables(keywords);
  const tags = own.tags.length === 0 ? inherited.tags : [...new Set([...inherited.tags, ...own.tags])];
  if (own.stability !== undefined && own.deprecation === undefined) {
    const { deprecation: _, ...rest } = inherited;
    return { ...rest, ...own, tags };
  }
  return { ...inherited, ...own, tags };
}

function ownInheritables(keywords: Keywords): Inherited {
  const owner = textAt(keywords, "owner");
  const sensitivity = guard<Sensitivity>(textAt(keywords, "sensitivity"));
  const deprecation = ownDeprecation(keywords);
  const stability = deprecation === undefined ? guard<Stability>(textAt(keywords, "stability")) : "deprecated";
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(stability === undefined ? {} : { stability }),
    ...(deprecation === undefined ? {} : { deprecation }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    tags: textsAt(keywords, "tags"),
  };
}

/** `deprecated`, `deprecation` and `stability: deprecated` imply each other. */
function ownDeprecation(keywords: Keywords): Deprecation | undefined {
  const said = mapAt(keywords, "deprecation");
  if (said !== undefined) return guard<Deprecation>(toJson(said));
  if (scalarAt(keywords, "deprecated") === true || textAt(keywords, "stability") === "deprecated") return {};
  return undefined;
}

/** The metadata of a definition, or of a field when `value` tells what its values are. */
export function metaOf(keywords: Keywords, inherited: Inherited, value: Value | undefined): Meta {
  const flowing = inheritedBelow(inherited, keywords);
  const sensitivity = flowing.sensitivity ?? "none";
  const optional: { -readonly [K in keyof Meta]?: Meta[K] | undefined } = {
    brief: textAt(keywords, "brief"),
    description: textAt(keywords, "description"),
    title: textAt(keywords, "title"),
    comment: textAt(keywords, "$comment"),
    unit: textAt(keywords, "unit"),
    kind: guard(textAt(keywords, "kind")),
    aggregate: textAt(keywords, "aggregate"),
    decimals: numberAt(keywords, "decimals"),
    cardinality: guard(textAt(keywords, "cardinality")),
    owner: flowing.owner,
    since: textOf(nodeAt(keywords, "since")),
    deprecation: flowing.deprecation,
    nullMeans: textAt(keywords, "nullMeans"),
    when: guard(jsonAt(keywords, "when")),
    join: guard(jsonAt(keywords, "join")),
    note: textAt(keywords, "note"),
    otel: guard(jsonAt(keywords, "otel")),
    column: jsonAt(keywords, "column"),
    default: jsonAt(keywords, "default"),
  };
  return {
    ...withoutUndefined(optional),
    sensitivity,
    handling: guard<Handling>(textAt(keywords, "handling")) ?? defaultHandling(sensitivity, value),
    merge: guard(textAt(keywords, "merge")) ?? "replace",
    stability: flowing.deprecation === undefined ? (flowing.stability ?? "stable") : "deprecated",
    aliases: textsAt(keywords, "aliases"),
    knownValues: (listAt(keywords, "knownValues") ?? []).map(enumValueOf),
    pitfalls: textOrList(keywords, "pitfalls"),
    links: (listAt(keywords, "links") ?? []).map(linkOf),
    tags: flowing.tags,
    examples: (listAt(keywords, "examples") ?? []).map(toJson),
    extensions: extensionsOf(keywords),
  };
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

function textOrList(keywords: Keywords, keyword: string): readonly string[] {
  const text = textAt(keywords, keyword);
  return text === undefined ? textsAt(keywords, keyword) : [text];
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

function withoutUndefined<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** The entries of a map node, none for anything else. */
export function entriesOf(node: MapNode | undefined): MapNode["entries"] {
  return node?.entries ?? [];
}
