/** Adds up the items of a repeatable partial, also those that are not kept: a few numbers for each field, whatever the number of items. */
import { contract, type ObjectRule, type Rollup } from "./contract.js";
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
  return {
    descriptor: { contract, kind: "partial", name, check: () => true, rule, rolled: true },
    add: (into, item) => {
      increase(into, "count", 1);
      for (const field of of) {
        const value = valueIn(item, field);
        if (value !== undefined) tally(field.keys.reduce(below, into), value, field);
      }
    },
  };
}

type Fields = { [name: string]: unknown };

/** A finite number, of the declared type; undefined for what has no place in a column of numbers. Adding zero takes the sign off a zero. */
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
  return typeof value === "number" && Number.isFinite(value) && (integer !== true || Number.isInteger(value)) ? value + 0 : undefined;
}

/** The names here are ours: none of them is one that every object inherits. */
function tally(stats: Fields, value: number, { sum, min, max, buckets }: RolledField): void {
  increase(stats, "count", 1);
  if (sum === true) increase(stats, "sum", value);
  if (min === true) stats["min"] = Math.min(numberOr(stats["min"], value), value);
  if (max === true) stats["max"] = Math.max(numberOr(stats["max"], value), value);
  if (buckets === undefined) return;
  if (stats["histogram"] === undefined) put(stats, "histogram", Object.fromEntries([...buckets.map(([bucket]) => [bucket, 0]), ["inf", 0]]));
  const histogram = below(stats, "histogram");
  increase(histogram, "inf", 1);
  // From above: what is at most one bound is at most all that come after it.
  for (let index = buckets.length - 1; index >= 0; index--) {
    const [bucket = "", bound = -Infinity] = buckets[index] ?? [];
    if (value > bound) break;
    increase(histogram, bucket, 1);
  }
}

/** As for fields that merge by sum, one that would overflow stays where it was: JSON has no infinity. */
function increase(fields: Fields, name: string, by: number): void {
  const before = numberOr(fields[name], 0);
  const after = before + by;
  fields[name] = after - after === 0 ? after : before;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function below(fields: Fields, name: string): Fields {
  const known = own(fields, name);
  if (isPlainObject(known)) return known;
  const made: Fields = {};
  put(fields, name, made);
  return made;
}
