/** The keywords, as the grammar in `schemas/meta` has them. */
import { readFileSync } from "node:fs";
import { places, type Place } from "./flips.js";

type JsonSchema = { readonly [keyword: string]: unknown };

export interface PlaceKeywords {
  /** Accepted, without `x-`. */
  readonly accepted: readonly string[];
  /** Accepted with `x-` too. */
  readonly spelledTwice: readonly string[];
  /** Refused with `x-`: of another place, or of a later release. */
  readonly refused: readonly string[];
}

export const grammar: { readonly [P in Place]: PlaceKeywords } = {
  field: fieldKeywords(),
  partial: keywordsIn(metaSchema("partial")["properties"]),
  originator: keywordsIn(metaSchema("originator")["properties"]),
  service: keywordsIn(metaSchema("service")["properties"]),
  group: keywordsIn(metaSchema("group")["properties"]),
  event: keywordsIn(metaSchema("event")["properties"]),
};

function metaSchema(place: Place): JsonSchema {
  return JSON.parse(readFileSync(new URL(`../../schemas/meta/${place}.json`, import.meta.url), "utf8"));
}

/** What the field schema of any kind of definition accepts. */
function fieldKeywords(): PlaceKeywords {
  const all = places.flatMap((place) => (place === "field" ? [] : [Object(Object(metaSchema(place)["$defs"])["field"])["properties"] ?? {}]));
  return keywordsIn(Object.assign({}, ...all));
}

function keywordsIn(properties: unknown): PlaceKeywords {
  const entries = Object.entries(Object(properties));
  const prefixed = entries.filter(([name]) => name.startsWith("x-")).map(([name, value]) => [name.slice(2), value] as const);
  return {
    accepted: entries.flatMap(([name]) => (name.startsWith("x-") ? [] : [name])),
    spelledTwice: prefixed.flatMap(([name, value]) => (value === false ? [] : [name])),
    refused: prefixed.flatMap(([name, value]) => (value === false ? [name] : [])),
  };
}
