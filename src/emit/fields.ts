/**
 * fields.json: every field a record can hold, for programs. One field a line, sorted by path. Its shape is `schemas/meta/fields.json`; a reader
 * checks `format` first.
 */
import type { Field, Meta, Registry, Reserved, RollupDef, Value } from "../compiler/registry.js";
import { constraintsOf, constraintText, typeText } from "./describe.js";
import { madeAnew, type EarlierText, type Emitter } from "./emitter.js";
import { catalogOf, eventsWith, isElement, isNotKept, recordPath, type Catalog, type FieldVisit, type Owner } from "./walk.js";

/** Grows when a reader of an older number would misread the file. */
export const fieldsFormat = 1;

export const fieldsEmitter: Emitter = {
  name: "fields",
  brief: "fields.json alone, for programs; `docs` writes the same file beside its pages.",
  defaultOut: "docs/fields",
  options: { type: "object", additionalProperties: false, properties: {} },
  emit: (registry, { earlier = madeAnew() }) => [earlier.fileOf("fields.json", (text) => fieldsJson(registry, catalogOf(registry), text))],
};

/** The text of fields.json; the lines of partials that have not changed are those of an `earlier` one. */
export function fieldsJson(registry: Registry, catalog: Catalog = catalogOf(registry), earlier?: EarlierText): string {
  const carriers = carriersOf(registry);
  const known = linesIn(earlier?.text ?? "");
  const lines: Line[] = [];
  for (const { owner, visits } of catalog) {
    if (owner.kind === "partial" && earlier?.holds(owner) === true) {
      for (const line of known.get(owner.name) ?? []) lines.push({ ...line, rank: lines.length });
      continue;
    }
    const events = carriers.get(`${owner.kind}:${owner.name}`) ?? [];
    for (const visit of visits) {
      const row = fieldRow({ owner, visit, events });
      lines.push({ path: row.path, rank: lines.length, text: JSON.stringify(row) });
    }
  }
  lines.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : left.rank - right.rank));
  const definitions = [...registry.events, ...registry.groups, ...registry.originators, ...registry.partials, ...registry.services].map(definitionRow);
  return [
    `{\n  "format": ${fieldsFormat},\n  "stamp": ${JSON.stringify(registry.stamp)},\n  "naming": ${JSON.stringify(registry.naming)},\n`,
    `  "definitions": ${list(definitions.map((one) => JSON.stringify(one)))},\n`,
    `  "fields": ${list(lines.map((one) => one.text))}\n}\n`,
  ].join("");
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
}

/** A printed field; those of one path stay in the order of their definitions. Printed at once: to hold every row until the end costs more than all else. */
interface Line {
  readonly path: string;
  readonly rank: number;
  readonly text: string;
}

/** The lines of each partial in a text of ours, without ranks. */
function linesIn(json: string): ReadonlyMap<string, readonly Omit<Line, "rank">[]> {
  const found = new Map<string, Omit<Line, "rank">[]>();
  const [, fields = ""] = json.split(fieldsStart);
  for (const line of fields.split("\n")) {
    const text = line.slice(4, line.endsWith(",") ? -1 : undefined);
    const end = text.indexOf(definitionStart);
    if (end < 0 || !text.startsWith(partialStart, end)) continue;
    const path = text.slice(pathStart.length, end);
    const nameAt = end + partialStart.length;
    const name = text.slice(nameAt, text.indexOf('"', nameAt));
    const row = { path: path.includes("\\") ? String(JSON.parse(`"${path}"`)) : path, text };
    const others = found.get(name);
    if (others === undefined) found.set(name, [row]);
    else others.push(row);
  }
  return found;
}

const fieldsStart = '\n  "fields": [\n';

/** How the line of a field begins. In the path, which is a text in JSON, the quotes of `definitionStart` would have backslashes. */
const pathStart = '{"path":"';
const definitionStart = '","definition":"';
const partialStart = `${definitionStart}partial:`;

type Row = { readonly path: string; readonly [key: string]: unknown };

interface Carrier {
  readonly event: string;
  readonly presence: "required" | "optional";
  readonly require: readonly string[];
}

/** The events of each definition, computed once. Every event carries the base record. */
function carriersOf(registry: Registry): ReadonlyMap<string, readonly Carrier[]> {
  const carriers = new Map<string, Carrier[]>();
  const add = (key: string, carrier: Carrier) => {
    const found = carriers.get(key);
    if (found === undefined) carriers.set(key, [carrier]);
    else found.push(carrier);
  };
  for (const event of registry.events) {
    add("base:base", { event: event.name, presence: "required", require: [] });
    for (const { partial, presence, require } of event.partials) add(`partial:${partial.name}`, { event: event.name, presence, require });
  }
  for (const originator of registry.originators) {
    for (const { event, presence } of eventsWith(registry, originator)) add(`originator:${originator.name}`, { event: event.name, presence, require: [] });
  }
  return carriers;
}

function eventsOfField(visit: FieldVisit, carriers: readonly Carrier[]): readonly { readonly name: string; readonly presence: "required" | "optional" }[] {
  return carriers.map(({ event, presence, require }) => {
    const isAlways = presence === "required" && (visit.always || (visit.depth === 0 && require.includes(visit.field.name)));
    return { name: event, presence: isAlways ? "required" : "optional" };
  });
}

function definitionRow(definition: Registry["partials" | "originators" | "services" | "groups" | "events"][number]): object {
  const { kind, name, meta, origin, importedFrom } = definition;
  const shape = definition.kind === "event" ? {} : { constraints: valueJson({ types: ["object"], object: definition.object })["constraints"] };
  return {
    definition: `${kind}:${name}`,
    kind: kind,
    name,
    ...(definition.kind === "partial" && definition.repeatable !== undefined ? { repeatable: definition.repeatable } : {}),
    ...(definition.kind === "partial" && definition.rollup !== undefined ? { rollup: rollupJson(definition.rollup) } : {}),
    ...(definition.kind === "partial" && definition.alwaysKeep === true ? { alwaysKeep: true } : {}),
    ...(definition.kind !== "event" && definition.reserved !== undefined ? { reserved: reservedJson(definition.reserved) } : {}),
    ...(definition.kind === "event" ? eventJson(definition) : {}),
    ...shape,
    meta: metaJson(meta),
    source: { file: origin.file, ...(importedFrom === undefined ? {} : { importedFrom }) },
  };
}

/** Its fields stand among those of the definition. */
function rollupJson({ field, of }: RollupDef): object {
  return {
    path: field.path,
    of: of.map(({ keys, sum, min, max, buckets = [] }) => ({
      field: keys.join("."),
      ...(sum === true ? { sum } : {}),
      ...(min === true ? { min } : {}),
      ...(max === true ? { max } : {}),
      ...(buckets.length === 0 ? {} : { histogram: buckets.map(({ bound }) => bound) }),
    })),
  };
}

function reservedJson({ names, values }: Reserved): object {
  return { names: names.map((one) => one.value), values: values.map((one) => one.value) };
}

function eventJson({ grain, partials, originators, consumers, sampling }: Registry["events"][number]): object {
  return {
    ...(grain === undefined ? {} : { grain }),
    partials: partials.map(({ partial, presence, require }) => ({ name: partial.name, presence, ...(require.length === 0 ? {} : { require }) })),
    originators: originators.map((one) => one.name),
    consumers,
    ...(sampling === undefined ? {} : { sampling }),
  };
}

interface Described {
  readonly owner: Owner;
  readonly visit: FieldVisit;
  readonly events: readonly Carrier[];
}

function fieldRow({ owner, visit, events }: Described): Row {
  const { field, cases, anchor } = visit;
  const row: { -readonly [K in keyof Row]: Row[K] } = {
    path: recordPath(owner, field.path),
    definition: `${owner.kind}:${owner.name}`,
    name: field.name,
    pointer: field.pointer,
    anchor,
    presence: isElement(field.name) ? "element" : field.required ? "required" : "optional",
  };
  const isKept = !isNotKept(owner, field.path);
  if (!isKept) row["kept"] = false;
  if (cases.length > 0) row["cases"] = cases.map((one) => ({ property: one.variants.discriminator, value: one.case.value }));
  addValue(row, field.value);
  row["meta"] = metaJson(field.meta);
  const { file } = field.origin;
  if (field.from !== undefined || (owner.kind !== "base" && file !== owner.origin.file)) row["source"] = { file, from: field.from };
  if (isKept && events.length > 0) row["events"] = eventsOfField(visit, events);
  return row;
}

/** Type, allowed values and constraints, as text and as data. */
function addValue(row: { [key: string]: unknown }, value: Value): void {
  row["type"] = typeText(value);
  row["types"] = value.types;
  if (value.values !== undefined) row["values"] = value.values;
  const constraints = constraintsOf(value);
  if (constraints.length > 0) row["text"] = constraints.map(constraintText);
  const { number, string, array, object, variants } = value;
  if (number === undefined && string === undefined && array === undefined && object === undefined && variants === undefined) return;
  row["constraints"] = { ...number, ...string, ...arrayJson(value), ...objectJson(value), ...variantsJson(value) };
}

function valueJson(value: Value): { readonly [key: string]: unknown } {
  const row: { [key: string]: unknown } = {};
  addValue(row, value);
  return row;
}

function arrayJson({ array }: Value): object {
  if (array === undefined) return {};
  const { prefix, items, minItems, maxItems, uniqueItems } = array;
  return {
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(uniqueItems === undefined ? {} : { uniqueItems }),
    ...(prefix.length === 0 ? {} : { prefixItems: prefix.map((field) => field.path) }),
    items: ruleJson(items),
  };
}

function objectJson({ object }: Value): object {
  if (object === undefined) return {};
  const { patterns, additional, keys, requiredUndeclared, minProperties, maxProperties, dependentRequired } = object;
  return {
    additionalProperties: ruleJson(additional),
    ...(patterns.length === 0 ? {} : { patternProperties: patterns.map(({ pattern, field }) => ({ pattern, value: ruleJson(field) })) }),
    ...(keys === undefined ? {} : { propertyNames: keys === false ? false : valueJson(keys) }),
    ...(requiredUndeclared.length === 0 ? {} : { required: requiredUndeclared }),
    ...(minProperties === undefined ? {} : { minProperties }),
    ...(maxProperties === undefined ? {} : { maxProperties }),
    ...(dependentRequired.length === 0 ? {} : { dependentRequired }),
  };
}

/** A field of its own, named by its path, or whether anything may stand there. */
function ruleJson(rule: Field | boolean): string | boolean {
  return typeof rule === "boolean" ? rule : rule.path;
}

function variantsJson({ variants }: Value): object {
  if (variants === undefined) return {};
  return {
    variants: {
      property: variants.discriminator,
      cases: variants.cases.map((one) => ({ value: one.value, ...valueJson({ types: ["object"], object: one.object }), meta: metaJson(one.meta) })),
    },
  };
}

/** Every keyword with its default, which is left out. The table names each key of Meta: a new keyword does not compile until it is here. */
const defaults: { readonly [K in keyof Required<Meta>]: Meta[K] | "empty" | undefined } = {
  brief: undefined, description: undefined, title: undefined, comment: undefined, unit: undefined, kind: undefined, aggregate: undefined, decimals: undefined,
  cardinality: undefined, sensitivity: "none", handling: "plain", merge: "replace", owner: undefined, stability: "stable", since: undefined, deprecation: undefined,
  aliases: "empty", knownValues: "empty", nullMeans: undefined, when: undefined, join: undefined, note: undefined, pitfalls: "empty", links: "empty", tags: "empty",
  otel: undefined, column: undefined, examples: "empty", default: undefined, extensions: "empty",
};

/** What is said, by keyword, without what is the default. */
export function metaJson(meta: Meta): { readonly [key: string]: unknown } {
  const row: { [key: string]: unknown } = {};
  for (const [key, standard] of keysAndDefaults) {
    const value = meta[key];
    if (value === undefined || value === standard || (standard === "empty" && isEmpty(value))) continue;
    row[key] = value;
  }
  return row;
}

const keysAndDefaults = Object.keys(defaults).filter(isMetaKey).map((key) => [key, defaults[key]] as const);

function isMetaKey(key: string): key is keyof Meta {
  return Object.hasOwn(defaults, key);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
