/** The keywords, as the grammar in `schemas/meta` has them. */
import { readFileSync } from "node:fs";
import { places, type Place } from "./flips.js";

type JsonSchema = { readonly [keyword: string]: unknown };

export interface PlaceKeywords {
  /**
   * Accepted, without `x-`. In the first place that accepts a keyword also each part of its value (`join.table`), and each value where these are listed
   * (`merge: sum`).
   */
  readonly accepted: readonly string[];
  /** Accepted with `x-` too. */
  readonly spelledTwice: readonly string[];
  /** Refused with `x-`: of another place, or of a later release. */
  readonly refused: readonly string[];
}

const definitions: JsonSchema = Object.assign({}, ...places.flatMap((place) => (place === "field" ? [] : [metaSchema(place)["$defs"]])));

export const grammar: { readonly [P in Place]: PlaceKeywords } = readGrammar();

function readGrammar(): { readonly [P in Place]: PlaceKeywords } {
  const seen = new Set<string>();
  const read = (place: Place): PlaceKeywords => {
    const found = keywordsIn(place === "field" ? fieldProperties() : record(metaSchema(place)["properties"]), seen);
    for (const name of found.accepted) seen.add(name);
    return found;
  };
  const [field, partial, originator, service, group, event] = places.map(read);
  if (!field || !partial || !originator || !service || !group || !event) throw new Error("a place without a grammar");
  return { field, partial, originator, service, group, event };
}

function metaSchema(place: Place): JsonSchema {
  return JSON.parse(readFileSync(new URL(`../../schemas/meta/${place}.json`, import.meta.url), "utf8"));
}

/** What the field schema of any kind of definition accepts. */
function fieldProperties(): JsonSchema {
  const all = places.flatMap((place) => (place === "field" ? [] : [record(record(record(metaSchema(place)["$defs"])["field"])["properties"])]));
  return Object.assign({}, ...all);
}

function keywordsIn(properties: JsonSchema, seen: ReadonlySet<string>): PlaceKeywords {
  const entries = Object.entries(properties);
  const prefixed = entries.filter(([name]) => name.startsWith("x-")).map(([name, value]) => [name.slice(2), value] as const);
  const plain = entries.flatMap(([name]) => (name.startsWith("x-") ? [] : [name]));
  return {
    accepted: plain.flatMap((name) => (seen.has(name) ? [name] : [name, ...partsOf(name), ...valuesOf(name).map((value) => `${name}: ${value}`)])),
    spelledTwice: prefixed.flatMap(([name, value]) => (value === false ? [] : [name])),
    refused: prefixed.flatMap(([name, value]) => (value === false ? [name] : [])),
  };
}

/** The keys of a keyword's mapping, whether it is the value itself, one of a list or one of a mapping of names. */
function partsOf(name: string): readonly string[] {
  const value = record(definitions[`keyword.${name}`]);
  const shapes = [value, record(value["items"]), record(value["additionalProperties"])];
  return shapes.flatMap((shape) => (typeof shape["$ref"] === "string" ? [] : Object.keys(record(shape["properties"])))).map((part) => `${name}.${part}`);
}

/** The values of a keyword that has a closed list of them, as an `enum` or as a pattern of alternatives. */
function valuesOf(name: string): readonly string[] {
  const value = record(definitions[`keyword.${name}`]);
  const listed = value["enum"] ?? (Array.isArray(value["anyOf"]) ? record(value["anyOf"][0])["enum"] : undefined);
  if (Array.isArray(listed)) return listed.map(String);
  const alternatives = /^\^\(([a-z]+\|.*)\)\$$/.exec(String(value["pattern"] ?? ""))?.[1];
  return name !== "handling" || alternatives === undefined ? [] : alternatives.split("|").map((one) => one.replace(/:.*/, ":2"));
}

function record(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
