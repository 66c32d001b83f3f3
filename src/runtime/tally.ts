/** Adds up the items of a repeatable partial, also those that are not kept: a few numbers for each field, whatever the number of items. */
import { contract, type ObjectRule, type PartialDescriptor, type RolledUp, type Rollup, type RunningRollup } from "./contract.js";
import { isPlainObject, own, put } from "./plain.js";

/** What a generated module says of its roll-up. */
export interface RollupParts {
  /** Its key on the record. */
  readonly name: string;
  readonly rule: ObjectRule;
  /** In the order of the rule. */
  readonly of: readonly RolledField[];
}

export interface RolledField {
  /** Where a value is in an item that is an object, and in one that is a list of slots. */
  readonly keys: readonly string[];
  readonly at: readonly number[];
  /** Other numbers are left out. */
  readonly integer?: true;
  readonly sum?: true;
  readonly min?: true;
  readonly max?: true;
  /** Ascending. */
  readonly buckets?: readonly (readonly [name: string, bound: number])[];
}

/** For generated code. */
export function rollupOf({ name, rule, of }: RollupParts): Rollup {
  const descriptor: PartialDescriptor = { contract, kind: "partial", name, check: () => true, rule };
  return { begin: () => begin(descriptor, of) };
}

interface Tally {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** How many values are in each bucket and in none before it. */
  readonly counts: number[];
}

function begin(descriptor: PartialDescriptor, of: readonly RolledField[]): RunningRollup {
  const tallies: (Tally | undefined)[] = [];
  let count = 0;
  return {
    descriptor,
    add: (item) => {
      count += 1;
      for (let index = 0; index < of.length; index++) {
        const field = of[index];
        const value = field === undefined ? undefined : valueIn(item, field);
        if (field !== undefined && value !== undefined) tallies[index] = tally(tallies[index], value, field);
      }
    },
    fields: () => {
      const fields: { [name: string]: RolledUp } = { count };
      for (const [index, field] of of.entries()) {
        const found = tallies[index];
        if (found !== undefined) put(below(fields, field.keys.slice(0, -1)), field.keys.at(-1) ?? "", statsOf(found, field));
      }
      return fields;
    },
  };
}

/** A finite number, of the declared type; undefined for what has no place in a column of numbers. */
function valueIn(item: object, { keys, at, integer }: RolledField): number | undefined {
  let value: unknown = item;
  let inSlots = Array.isArray(item);
  for (let depth = 0; depth < keys.length; depth++) {
    if (inSlots && Array.isArray(value)) value = value[at[depth] ?? 0];
    else if (isPlainObject(value)) {
      inSlots = false;
      value = own(value, keys[depth] ?? "");
    } else return undefined;
  }
  return typeof value === "number" && Number.isFinite(value) && (integer !== true || Number.isInteger(value)) ? value : undefined;
}

function tally(found: Tally | undefined, value: number, { buckets = [] }: RolledField): Tally {
  const into = found ?? { count: 0, sum: 0, min: value, max: value, counts: buckets.map(() => 0) };
  const sum = into.sum + value;
  into.count += 1;
  // As for fields that merge by sum: JSON has no infinity.
  if (Number.isFinite(sum)) into.sum = sum;
  if (value < into.min) into.min = value;
  if (value > into.max) into.max = value;
  for (let index = 0; index < buckets.length; index++) {
    if (value > (buckets[index]?.[1] ?? value)) continue;
    into.counts[index] = (into.counts[index] ?? 0) + 1;
    break;
  }
  return into;
}

/** Adding zero takes the sign off a zero. */
function statsOf({ count, sum, min, max, counts }: Tally, field: RolledField): { [name: string]: RolledUp } {
  const stats: { [name: string]: RolledUp } = { count };
  if (field.sum === true) stats["sum"] = sum + 0;
  if (field.min === true) stats["min"] = min + 0;
  if (field.max === true) stats["max"] = max + 0;
  if (field.buckets === undefined) return stats;
  const histogram: { [name: string]: RolledUp } = {};
  let upTo = 0;
  for (const [index, [name]] of field.buckets.entries()) histogram[name] = upTo += counts[index] ?? 0;
  histogram["inf"] = count;
  stats["histogram"] = histogram;
  return stats;
}

function below(fields: { [name: string]: RolledUp }, keys: readonly string[]): { [name: string]: RolledUp } {
  let at = fields;
  for (const key of keys) {
    const known = Object.hasOwn(at, key) ? at[key] : undefined;
    const inner: { [name: string]: RolledUp } = typeof known === "object" ? known : {};
    if (known === undefined) put(at, key, inner);
    at = inner;
  }
  return at;
}
