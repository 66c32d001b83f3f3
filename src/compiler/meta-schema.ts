/** The grammar as JSON Schema (2020-12), made from the table of keywords. `scripts/build-grammar.mjs` writes it to `schemas/meta` and compiles it. */
import { configKeywords } from "./config-keywords.js";
import { conditionKeywords, definitionKinds, keywordsByName, keywordTable, propertyNamePattern, type Holds, type Keyword, type KeywordPlace } from "./keywords.js";
import type { Json } from "./source.js";

type JsonSchema = { readonly [keyword: string]: Json };
type DefinitionPlace = Exclude<KeywordPlace, "field">;

const dialect = "https://json-schema.org/draft/2020-12/schema";
const field: JsonSchema = { $ref: "#/$defs/field" };

const holders: { readonly [H in Holds]: JsonSchema } = {
  schema: { $ref: "#/$defs/field" },
  schemas: { type: "array", items: field, minItems: 1 },
  schemaOrList: { if: { type: "array" }, then: { type: "array", items: field, minItems: 1 }, else: field },
  named: { type: "object", patternProperties: { [propertyNamePattern]: field }, additionalProperties: false },
  patterns: { type: "object", additionalProperties: field },
};

function valueOf(keyword: Keyword): JsonSchema {
  return { description: `${keyword.brief} Value: ${keyword.expects}.`, ...plain(keyword) };
}

function plain(keyword: Keyword): JsonSchema {
  return keyword.holds === undefined ? (keyword.value ?? {}) : holders[keyword.holds];
}

/** The properties of one place, metadata in both spellings. With `x-` in the wrong place they are no extensions of somebody else. */
function propertiesAt(place: KeywordPlace): JsonSchema {
  const entries = keywordTable.flatMap((keyword): [string, Json][] => {
    const reference = { $ref: `#/$defs/keyword.${keyword.name}` };
    if (!keyword.places.includes(place)) return keyword.kind === "metadata" ? [[`x-${keyword.name}`, false]] : [];
    return keyword.kind === "metadata" ? [[keyword.name, reference], [`x-${keyword.name}`, reference]] : [[keyword.name, reference]];
  });
  return Object.fromEntries(entries);
}

/** Metadata written both ways is an error. */
function spelledOnce(place: KeywordPlace): JsonSchema {
  const both = keywordTable.filter((keyword) => keyword.kind === "metadata" && keyword.places.includes(place));
  return { allOf: both.map((keyword) => ({ not: { type: "object", required: [keyword.name, `x-${keyword.name}`] } })) };
}

const extensions: JsonSchema = { "^x-": {} };

function rootSchema(place: DefinitionPlace): JsonSchema {
  const properties = propertiesAt(place);
  const type = { type: { description: "A definition is an object.", const: "object" } };
  return {
    type: "object",
    required: [place],
    properties: { ...properties, ...("type" in properties ? type : {}) },
    patternProperties: extensions,
    additionalProperties: false,
    ...spelledOnce(place),
  };
}

function fieldSchema(): JsonSchema {
  return { type: ["object", "boolean"], properties: propertiesAt("field"), patternProperties: extensions, additionalProperties: false, ...spelledOnce("field") };
}

/** A schema inside a condition: constraints on one value, no references and no metadata. */
function conditionSchema(): JsonSchema {
  const properties = Object.fromEntries(conditionKeywords.map((name) => [name, { $ref: `#/$defs/keyword.${name}` }]));
  return { type: "object", minProperties: 1, properties, additionalProperties: false };
}

function sharedDefs(): { readonly [name: string]: JsonSchema } {
  return {
    field: fieldSchema(),
    condition: conditionSchema(),
    ...Object.fromEntries(keywordTable.map((keyword) => [`keyword.${keyword.name}`, valueOf(keyword)])),
  };
}

/** One file of `schemas/meta`: the grammar of a kind of definition, whole in itself. */
export function metaSchema(place: DefinitionPlace): JsonSchema {
  const root = rootSchema(place);
  const description = `A schema file that defines ${place === "originator" || place === "event" ? "an" : "a"} ${place}.`;
  return { $schema: dialect, title: `wevt ${place}`, description, ...root, $defs: reachable(sharedDefs(), root) };
}

/** Any schema file: which grammar applies follows from the key that names the definition. For editors, which know a file only by its path. */
export function anyMetaSchema(): JsonSchema {
  const cases = definitionKinds.map((kind) => ({ if: { required: [kind] }, then: { $ref: `./${kind}.json` } }));
  return { $schema: dialect, title: "wevt schema file", type: "object", anyOf: definitionKinds.map((kind) => ({ required: [kind] })), allOf: cases };
}

/** The grammar of `wevt.config.yaml`. */
export function configMetaSchema(): JsonSchema {
  return { $schema: dialect, title: "wevt config", description: "wevt.config.yaml or wevt.config.json", ...configRoot() };
}

function configRoot(): JsonSchema {
  const properties = Object.fromEntries(configKeywords.map((keyword) => [keyword.name, valueOf(keyword)]));
  return { type: "object", required: ["version"], properties, additionalProperties: false };
}

/** What the compiler validates values with: a schema for each keyword, by keyword. Structure it walks by itself, since it has to know the place. */
export function valueSchemas(): { readonly values: { readonly [keyword: string]: JsonSchema }; readonly config: { readonly [key: string]: JsonSchema }; readonly condition: JsonSchema } {
  const judged = (keyword: Keyword): boolean => keyword.holds === undefined && Object.keys(keyword.value ?? {}).length > 0;
  const byName = (keywords: readonly Keyword[]): { readonly [name: string]: JsonSchema } => Object.fromEntries(keywords.filter(judged).map((keyword) => [keyword.name, plain(keyword)]));
  const properties = Object.fromEntries(conditionKeywords.map((name) => [name, keywordsByName.get(name)?.value ?? {}]));
  return { values: byName(keywordTable), config: byName(configKeywords), condition: { type: "object", minProperties: 1, properties, additionalProperties: false } };
}

function reachable(defs: { readonly [name: string]: JsonSchema }, from: JsonSchema): JsonSchema {
  const found = new Map<string, JsonSchema>();
  const visit = (schema: Json): void => {
    for (const [, name = ""] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      const target = defs[name];
      if (target === undefined || found.has(name)) continue;
      found.set(name, target);
      visit(target);
    }
  };
  visit(from);
  return Object.fromEntries(Object.keys(defs).flatMap((name) => (found.has(name) ? [[name, found.get(name) ?? {}]] : [])));
}
