/** `rollup`: what stands beside a repeatable partial, as a field like any other, and how it is filled. */
import { diagnostic } from "../diagnostics.js";
import { pascalCase } from "../names.js";
import type { Field, Meta, ObjectShape, Origin, PartialDef, RolledField, RollupDef, Value } from "../registry.js";
import { bucketName, fieldBelow, numberPaths, statsKey } from "../rollups.js";
import { entryOf, originOf, type MapEntry, type MapNode } from "../source.js";
import { suggest } from "../suggest.js";
import type { Scope } from "./scope.js";

type Rolled = Pick<PartialDef, "name" | "meta" | "object">;

/** Undefined where there is none. A field that does not exist is reported and left out. */
export function rollupOf(scope: Scope, partial: Rolled, said: MapEntry | undefined): RollupDef | undefined {
  if (said === undefined || (said.value.kind === "scalar" && said.value.value === false)) return undefined;
  const name = statsKey(partial.name, scope.naming);
  const chosen = said.value.kind === "map" ? said.value.entries.flatMap((entry) => chosenField(scope, partial, entry) ?? []) : [];
  const at: Spot = { path: name, pointer: "/rollup", origin: originIn(said) };
  const whole = ofWhole(partial.meta);
  // A field of the name of the count is told by the rule of roll-ups.
  const fields = [countField(at, whole, `How many ${partial.name} were written, also those that the list has no room for.`), ...grouped(chosen.filter(({ rolled }) => rolled.keys[0] !== "count"), at, 0)];
  return {
    field: { ...made(at, { name, value: objectOf(fields), meta: says(whole, `What all ${partial.name} of the event add up to.`) }), required: true },
    type: pascalCase(name),
    of: inOrder(chosen, 0).map((one) => one.rolled),
  };
}

interface Chosen {
  readonly rolled: RolledField;
  readonly source: Field;
}

interface Spot {
  readonly path: string;
  readonly pointer: string;
  readonly origin: Origin;
}

function originIn({ keySpan }: MapEntry): Origin {
  return originOf(keySpan.source, keySpan.start);
}

function chosenField(scope: Scope, { name, object }: Rolled, entry: MapEntry): Chosen | undefined {
  const keys = entry.key.split(".");
  const source = fieldBelow(object, keys);
  if (source === undefined) {
    const suggestion = suggest(entry.key, numberPaths(object));
    scope.report(diagnostic("UNKNOWN_ROLLUP", { partial: name, name: entry.key, ...(suggestion === undefined ? {} : { suggestion }) }, { at: entry.keySpan }));
    return undefined;
  }
  const kept = entry.value.kind === "map" ? entry.value : undefined;
  const buckets = bucketsOf(kept);
  return {
    source,
    rolled: {
      keys,
      ...(isSaid(kept, "sum") ? { sum: true } : {}),
      ...(isSaid(kept, "min") ? { min: true } : {}),
      ...(isSaid(kept, "max") ? { max: true } : {}),
      ...(buckets.length === 0 ? {} : { buckets }),
      origin: originIn(entry),
    },
  };
}

function isSaid(node: MapNode | undefined, keyword: string): boolean {
  const value = node === undefined ? undefined : entryOf(node, keyword)?.value;
  return value?.kind === "scalar" && value.value === true;
}

function bucketsOf(node: MapNode | undefined): NonNullable<RolledField["buckets"]> {
  const list = node === undefined ? undefined : entryOf(node, "histogram")?.value;
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => (item.kind === "scalar" && typeof item.value === "number" ? [{ name: bucketName(item.value), bound: item.value }] : []));
}

/** Fields below one object stand together, in the place of the first one. */
function groupsOf(chosen: readonly Chosen[], depth: number): ReadonlyMap<string, readonly Chosen[]> {
  const groups = new Map<string, Chosen[]>();
  for (const one of chosen) {
    const key = one.rolled.keys[depth] ?? "";
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function inOrder(chosen: readonly Chosen[], depth: number): readonly Chosen[] {
  return chosen.length < 2 ? chosen : [...groupsOf(chosen, depth).values()].flatMap((group) => inOrder(group, depth + 1));
}

function grouped(chosen: readonly Chosen[], { path, pointer, origin }: Spot, depth: number): readonly Field[] {
  return [...groupsOf(chosen, depth)].map(([name, group]) => {
    const [first] = group;
    if (first !== undefined && first.rolled.keys.length === depth + 1) return statsField(first, `${path}.${name}`);
    const at: Spot = { path: `${path}.${name}`, pointer, origin: first?.rolled.origin ?? origin };
    return made(at, { name, value: objectOf(grouped(group, at, depth + 1)), meta: says({ ...first?.source.meta, sensitivity: "none" }, `What the fields of ${name} add up to.`) });
  });
}

/** The object of one field; absent where no item has a value. */
function statsField({ rolled: { keys, sum, min, max, buckets = [], origin }, source }: Chosen, path: string): Field {
  const pointer = `/rollup/${keys.join(".")}`;
  const { meta } = source;
  const at = (name: string): Spot => ({ path: `${path}.${name}`, pointer: `${pointer}/${name}`, origin });
  const types = source.value.types === "any" ? "any" : source.value.types.filter((type) => type !== "null");
  const bounds = source.value.number;
  const one: Value = { types, ...(bounds === undefined ? {} : { number: bounds }) };
  const total: Value = { types, ...((bounds?.minimum ?? bounds?.exclusiveMinimum ?? -1) < 0 ? {} : { number: { minimum: 0 } }) };
  const whose = source.path;
  const numberField = (name: "sum" | "min" | "max", brief: string): Field => ({
    ...made(at(name), { name, value: name === "sum" ? total : one, meta: { ...says(meta, brief), ...measured(meta), kind: name !== "sum" && meta.kind === "timestamp" ? "timestamp" : "measure", aggregate: name } }),
    required: true,
  });
  const fields = [
    countField({ path, pointer, origin }, meta, `How many ${whose} have a value.`),
    ...(sum === true ? [numberField("sum", `The sum of all ${whose}.`)] : []),
    ...(min === true ? [numberField("min", `The smallest ${whose}.`)] : []),
    ...(max === true ? [numberField("max", `The largest ${whose}.`)] : []),
    ...(buckets.length === 0 ? [] : [histogramField(at("histogram"), buckets, meta)]),
  ];
  return made({ path, pointer, origin }, { name: keys.at(-1) ?? "", value: objectOf(fields), meta: says(meta, `What all ${whose} add up to; absent where none has a value.`) });
}

function histogramField(at: Spot, buckets: NonNullable<RolledField["buckets"]>, meta: Meta): Field {
  const unit = meta.unit === undefined || meta.unit === "1" ? "" : ` ${meta.unit}`;
  const bucket = (name: string, pointer: string, brief: string): Field => ({
    ...made({ path: `${at.path}.${name}`, pointer, origin: at.origin }, { name, value: wholeNumber, meta: { ...says(meta, brief), kind: "measure", unit: "1", aggregate: "sum" } }),
    required: true,
  });
  const fields = [...buckets.map(({ name, bound }, index) => bucket(name, `${at.pointer}/${index}`, `How many are at most ${bound}${unit}.`)), bucket("inf", at.pointer, "How many there are.")];
  return { ...made(at, { name: "histogram", value: objectOf(fields), meta: says(meta, "How many values are at most each bound. Counts of several events add up.") }), required: true };
}

const wholeNumber: Value = { types: ["integer"], number: { minimum: 0 } };

function countField({ path, pointer, origin }: Spot, meta: Meta, brief: string): Field {
  return { ...made({ path: `${path}.count`, pointer, origin }, { name: "count", value: wholeNumber, meta: { ...says(meta, brief), kind: "measure", unit: "1", aggregate: "sum" } }), required: true };
}

function made({ path, pointer, origin }: Spot, { name, value, meta }: Pick<Field, "name" | "value" | "meta">): Field {
  return { name, path, pointer, required: false, value, meta, origin };
}

function objectOf(fields: readonly Field[]): Value {
  const object: ObjectShape = { fields, patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] };
  return { types: ["object"], object };
}

function measured({ unit, decimals }: Meta): Pick<Meta, "unit" | "decimals"> {
  return { ...(unit === undefined ? {} : { unit }), ...(decimals === undefined ? {} : { decimals }) };
}

/** What is said of a field holds of what it adds up to, as far as it is about people and teams. */
function says(meta: Partial<Meta>, brief: string): Meta {
  const { sensitivity = "none", stability = "stable", tags = [], owner, deprecation } = meta;
  return {
    brief,
    sensitivity,
    handling: "plain",
    merge: "replace",
    ...(owner === undefined ? {} : { owner }),
    stability,
    ...(deprecation === undefined ? {} : { deprecation: withoutReplacement(deprecation) }),
    aliases: [],
    knownValues: [],
    pitfalls: [],
    links: [],
    tags,
    examples: [],
    extensions: {},
  };
}

/** That there are some of what nobody may see, and how many, is no value of theirs. */
function ofWhole(meta: Meta): Meta {
  return meta.sensitivity === "sensitive" || meta.sensitivity === "secret" ? { ...meta, sensitivity: "internal" } : meta;
}

/** What replaces a field does not replace its sum. */
function withoutReplacement({ since, reason, note, removeAfter }: NonNullable<Meta["deprecation"]>): NonNullable<Meta["deprecation"]> {
  return { ...(since === undefined ? {} : { since }), ...(reason === undefined ? {} : { reason }), ...(note === undefined ? {} : { note }), ...(removeAfter === undefined ? {} : { removeAfter }) };
}
