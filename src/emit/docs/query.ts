/**
 * A first query for a page, in DuckDB's SQL over a file of JSON lines. It names the columns it reads and their types, so it runs also on a file in
 * which a field never occurs, weighs each record by its sample rate, and reads only fields that are neither deprecated nor dropped.
 */
import type { EventDef, Field, Registry, Value } from "../../compiler/registry.js";
import { baseRecord, fieldsOf, isElement, isRolledUp, recordPath, type Catalog, type FieldVisit, type Owner } from "../walk.js";

export interface Query {
  /** One sentence above it. */
  readonly intro: string;
  readonly sql: string;
}

/** A leaf that a query can read: its keys from the record on, and its SQL type. */
export interface Leaf {
  readonly path: string;
  readonly keys: readonly string[];
  readonly sqlType: string;
  readonly field: Field;
}

interface Parts {
  readonly base: readonly Leaf[];
  readonly dimension: Leaf | undefined;
  readonly measure: Leaf | undefined;
  /** Top column that is unfolded to one row per item. */
  readonly unnest?: string;
  /** Conditions, with the leaves they read. */
  readonly where: readonly { readonly sql: string; readonly reads: Leaf }[];
}

type Documented = Catalog[number];

/** The queries of a partial, an originator, a service or the base record: over the items of a list, and over what all of them add up to. */
export function queriesOf(base: readonly Leaf[], documented: Documented): readonly Query[] {
  const { owner } = documented;
  if (owner.kind !== "partial" || owner.rollup === undefined) return [queryOf(base, documented)];
  return [...(owner.repeatable?.max === 0 ? [] : [queryOf(base, documented)]), rollupQuery(base, documented)];
}

export function queryOf(base: readonly Leaf[], documented: Documented): Query {
  const { owner } = documented;
  const candidates = candidatesOf(documented);
  const dimension = best(candidates, dimensionScore);
  const measure = best(candidates, (candidate) => (candidate.visit.field === dimension?.field ? 0 : measureScore(candidate)));
  const top = topLeaf(owner, candidates[0]);
  const parts: Parts = {
    base,
    dimension: dimension ?? baseLeaf(base, ["event"]),
    measure,
    where: top === undefined ? [] : [top],
    ...(owner.kind === "partial" && owner.repeatable !== undefined ? { unnest: owner.name } : {}),
  };
  return { intro: introOf(parts), sql: printQuery(parts) };
}

/** What all items of a list add up to, also those that are on no record. */
function rollupQuery(base: readonly Leaf[], documented: Documented): Query {
  const [count, ...others] = candidatesOf(documented, true).map(leafOf);
  const sums = others.filter(({ field }) => field.name === "sum");
  const measure = sums[0] ?? others.find(({ field }) => field.name === "max") ?? count;
  const where = count === undefined ? [] : [{ sql: `${column(count.keys)} > 0`, reads: count }];
  const parts: Parts = { base, dimension: baseLeaf(base, ["event"]), measure, where };
  return { intro: introOf(parts), sql: printQuery(parts) };
}

/** The query of an event: its rows only, by the best dimension of its partials, required ones first. */
export function eventQuery(base: readonly Leaf[], event: EventDef): Query {
  const single = event.partials.filter((one) => one.partial.repeatable === undefined);
  const ordered = [...single.filter((one) => one.presence === "required"), ...single.filter((one) => one.presence !== "required")];
  const candidates = ordered.flatMap(({ partial }) => candidatesOf({ owner: partial, visits: fieldsOf(partial) }));
  const name = baseLeaf(base, ["event"]);
  const parts: Parts = {
    base,
    dimension: best(candidates, dimensionScore) ?? baseLeaf(base, ["outcome"]),
    measure: best(candidates, measureScore) ?? baseLeaf(base, ["durationMs", "duration_ms"]),
    where: name === undefined ? [] : [{ sql: `${column(name.keys)} = ${sqlString(event.name)}`, reads: name }],
  };
  return { intro: introOf(parts), sql: printQuery(parts) };
}

/** A field that could be a leaf of a query. */
interface Candidate {
  readonly owner: Owner;
  readonly visit: FieldVisit;
  readonly sqlType: string;
}

/** Fields that every record spells the same: no elements, map values or variants of several cases above them. Of the items, or of their roll-up. */
function candidatesOf({ owner, visits }: Documented, rolledUp = false): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const visit of visits) {
    const sqlType = sqlTypeOf(visit.field.value);
    const { stability, handling } = visit.field.meta;
    if (isRolledUp(owner, visit.field.path) !== rolledUp) continue;
    if (sqlType === undefined || stability === "deprecated" || handling === "drop" || visit.cases.some(({ variants }) => variants.cases.length > 1) || hasElement(visit)) continue;
    found.push({ owner, visit, sqlType });
  }
  return found;
}

function hasElement(visit: FieldVisit | undefined): boolean {
  return visit !== undefined && (isElement(visit.field.name) || hasElement(visit.parent));
}

function leafOf({ owner, visit, sqlType }: Candidate): Leaf {
  const names: string[] = [];
  for (let at: FieldVisit | undefined = visit; at !== undefined; at = at.parent) names.unshift(at.field.name);
  const top = owner.kind === "base" || isRolledUp(owner, visit.field.path) ? [] : owner.kind === "originator" || owner.kind === "service" ? [owner.kind] : [owner.name];
  return { path: recordPath(owner, visit.field.path), keys: [...top, ...names], sqlType, field: visit.field };
}

/** One type, which a column can have. */
function sqlTypeOf({ types }: Value): string | undefined {
  if (types === "any") return undefined;
  const [first, second] = types;
  const type = types.length === 1 ? first : types.length === 2 && first === "null" ? second : undefined;
  return type === "boolean" ? "BOOLEAN" : type === "integer" ? "BIGINT" : type === "number" ? "DOUBLE" : type === "string" ? "VARCHAR" : undefined;
}

/** Good to group by: few values; among equals one that is always there. 0: no. */
function dimensionScore({ visit: { field }, sqlType }: Candidate): number {
  const { value, meta, required } = field;
  if (meta.kind === "id" || meta.kind === "measure" || meta.kind === "timestamp" || meta.kind === "text" || sqlType === "DOUBLE") return 0;
  if (meta.cardinality === "high" || meta.cardinality === "unbounded" || value.values?.length === 1) return 0;
  const few = value.values !== undefined ? 10 : meta.cardinality === "low" || meta.kind === "dimension" ? 9 : meta.knownValues.length > 0 ? 8 : sqlType === "BOOLEAN" ? 4 : 0;
  return few === 0 ? 0 : few + (required ? 3 : 0);
}

/** Good to compute with. 0: no. */
function measureScore({ visit: { field: { value, meta } }, sqlType }: Candidate): number {
  if ((sqlType !== "DOUBLE" && sqlType !== "BIGINT") || value.values !== undefined || meta.aggregate === "none") return 0;
  if (meta.kind === "measure") return 3;
  if (meta.kind !== undefined) return 0;
  return meta.aggregate !== undefined ? 2 : meta.unit !== undefined ? 1 : 0;
}

function best(candidates: readonly Candidate[], score: (candidate: Candidate) => number): Leaf | undefined {
  let found: Candidate | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const points = score(candidate);
    if (points > most) [found, most] = [candidate, points];
  }
  return found === undefined ? undefined : leafOf(found);
}

/** What queries read of the base record; the same for all of a registry. */
export function baseLeaves(registry: Registry): readonly Leaf[] {
  const owner = baseRecord(registry);
  return candidatesOf({ owner, visits: fieldsOf(owner) }).map(leafOf);
}

function baseLeaf(base: readonly Leaf[], names: readonly string[]): Leaf | undefined {
  return base.find((leaf) => names.includes(leaf.path));
}

/** The condition that the definition is on the record at all. */
function topLeaf(owner: Owner, first: Candidate | undefined): Parts["where"][number] | undefined {
  if (owner.kind === "partial" && owner.repeatable === undefined) {
    return first === undefined ? undefined : { sql: `${column([owner.name])} IS NOT NULL`, reads: leafOf(first) };
  }
  if (owner.kind !== "originator") return undefined;
  const type: Leaf = { path: "originator.type", keys: ["originator", "type"], sqlType: "VARCHAR", field: anyField };
  return { sql: `${column(type.keys)} = ${sqlString(owner.name)}`, reads: type };
}

/** Stands where only the keys and the type of a leaf matter. */
const anyField: Field = {
  name: "type",
  path: "originator.type",
  pointer: "",
  required: true,
  value: { types: ["string"] },
  meta: { sensitivity: "none", handling: "plain", merge: "replace", stability: "stable", aliases: [], knownValues: [], pitfalls: [], links: [], tags: [], examples: [], extensions: {} },
  origin: { file: "", line: 1, column: 1 },
};

function introOf({ dimension, measure, unnest }: Parts): string {
  const rows = unnest === undefined ? "Events" : "Items";
  const by = dimension === undefined ? "" : ` by ${dimension.path}`;
  return `${rows} of the last seven days${by}${measure === undefined ? "" : `, with ${measureName(measure)}`}:`;
}

function printQuery(parts: Parts): string {
  const { base, dimension, measure, unnest, where } = parts;
  const time = baseLeaf(base, ["timestamp"]);
  const rate = baseLeaf(base, ["sampleRate", "sample_rate"]);
  const weight = rate === undefined ? undefined : `coalesce(${column(rate.keys)}, 1)`;
  const source = unnest === undefined ? column : (keys: readonly string[]) => (keys[0] === unnest ? `"item"${keys.slice(1).map((key) => `.${identifier(key)}`).join("")}` : column(keys));
  const select = [
    ...(dimension === undefined ? [] : [`${source(dimension.keys)} AS ${identifier(dimension.path)}`]),
    `${weight === undefined ? "count(*)" : `sum(${weight})`} AS ${unnest === undefined ? "events" : "items"}`,
    ...(measure === undefined ? [] : [`${aggregateOf(measure, source(measure.keys), weight)} AS ${identifier(measureName(measure))}`]),
  ];
  const read = [time === undefined ? undefined : { ...time, sqlType: "TIMESTAMP" }, rate, ...where.map((one) => one.reads), dimension, measure].filter((leaf) => leaf !== undefined);
  const table = `read_ndjson('events.ndjson', columns = ${columnTypes(read, unnest)})`;
  const conditions = [...where.map((one) => one.sql), ...(time === undefined ? [] : [`${column(time.keys)} >= current_date - 7`])];
  const filter = conditions.length === 0 ? "" : `WHERE ${conditions.join("\n  AND ")}\n`;
  const inner = `(SELECT *, unnest(${identifier(unnest ?? "")}) AS "item" FROM ${table})`;
  return [
    `SELECT\n  ${select.join(",\n  ")}\n`,
    `FROM ${unnest === undefined ? table : inner}\n`,
    filter,
    ...(dimension === undefined ? [] : ["GROUP BY ALL\n", `ORDER BY ${unnest === undefined ? "events" : "items"} DESC\n`]),
    "LIMIT 20;\n",
  ].join("");
}

function aggregateName({ field: { meta } }: Leaf): string {
  if (meta.aggregate !== undefined && /^(?:sum|avg|min|max|count_distinct|p\d\d)$/.test(meta.aggregate)) return meta.aggregate;
  if (meta.merge === "sum" && meta.unit !== undefined && !/^(?:ns|us|ms|s|min|h)$/.test(meta.unit)) return "sum";
  return meta.unit !== undefined && /^(?:ns|us|ms|s|min|h)$/.test(meta.unit) ? "p95" : "avg";
}

function measureName(leaf: Leaf): string {
  const { unit } = leaf.field.meta;
  return `${aggregateName(leaf)} of ${leaf.path}${unit === undefined || unit === "1" ? "" : ` (${unit})`}`;
}

/** Sums and averages weigh each record by its sample rate; percentiles, extremes and distinct values are those of the records at hand. */
function aggregateOf(leaf: Leaf, value: string, weight: string | undefined): string {
  const name = aggregateName(leaf);
  if (name === "count_distinct") return `count(DISTINCT ${value})`;
  if (name.startsWith("p")) return `quantile_cont(${value}, 0.${name.slice(1)})`;
  if (weight === undefined || name === "min" || name === "max") return `${name}(${value})`;
  const total = `sum(${value} * ${weight})`;
  return name === "sum" ? total : `${total} / sum(${weight}) FILTER (WHERE ${value} IS NOT NULL)`;
}

/** A type tree: names to types, or to trees of their own. */
type TypeTree = Map<string, TypeTree | string>;

function columnTypes(leaves: readonly Leaf[], unnest: string | undefined): string {
  const tree: TypeTree = new Map();
  for (const leaf of leaves) grow(tree, leaf.keys, leaf.sqlType);
  if (unnest !== undefined && !tree.has(unnest)) tree.set(unnest, "JSON");
  const entries = [...tree].map(([name, type]) => `${sqlString(name)}: ${sqlString(`${printType(type)}${name === unnest ? "[]" : ""}`)}`);
  return `{\n    ${entries.join(",\n    ")}\n  }`;
}

function grow(tree: TypeTree, [key = "", ...rest]: readonly string[], type: string): void {
  if (rest.length === 0) {
    if (!tree.has(key)) tree.set(key, type);
    return;
  }
  const known = tree.get(key);
  const below: TypeTree = typeof known === "object" ? known : new Map();
  tree.set(key, below);
  grow(below, rest, type);
}

function printType(type: TypeTree | string): string {
  return typeof type === "string" ? type : `STRUCT(${[...type].map(([name, inner]) => `${identifier(name)} ${printType(inner)}`).join(", ")})`;
}

function column(keys: readonly string[]): string {
  return keys.map(identifier).join(".");
}

function identifier(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

function sqlString(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
