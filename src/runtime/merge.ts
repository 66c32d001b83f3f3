/** Writes meet what is there already, leaf by leaf, as the field's `merge` says. Objects and maps merge by key; arrays and variants are one leaf. */
import type { FieldRule, ObjectRule } from "./contract.js";
import { maxArrayItems } from "./limits.js";
import { isPlainObject, own, type Plain, type PlainObject, put } from "./plain.js";
import { isHidden, keyPath, ruleOf } from "./rules.js";

/** Told about what a merge could not keep. */
export type MergeReport = (problem: "wrong_type" | "limit", path: string, message: string) => void;

export interface MergeOptions {
  readonly rule: ObjectRule;
  readonly path: string;
  readonly report: MergeReport;
  /** Below a field that must not be shown: there, keys that no schema declares are not named. */
  readonly hidden?: boolean;
}

/** Merges `source` into `target`. The source belongs to the target afterwards. */
export function mergeFields(target: PlainObject, source: PlainObject, { rule, path, report, hidden = false }: MergeOptions): void {
  for (const key of Object.keys(source)) {
    const incoming = own(source, key);
    const field = ruleOf(rule, key);
    if (incoming === undefined || field === undefined) continue;
    const existing = own(target, key);
    const place = keyPath(path, hidden && !Object.hasOwn(rule.fields, key) ? "*" : key);
    if (existing === undefined) put(target, key, incoming);
    else if (field.object !== undefined && isPlainObject(existing) && isPlainObject(incoming)) mergeFields(existing, incoming, { rule: field.object, path: place, report, hidden: hidden || isHidden(field) });
    else put(target, key, mergeLeaf(existing, incoming, field, (problem, message) => report(problem, place, message)));
  }
}

function mergeLeaf(existing: Plain, incoming: Plain, field: FieldRule, report: (problem: "wrong_type" | "limit", message: string) => void): Plain {
  const merge = field.merge ?? "replace";
  switch (merge) {
    case "replace":
      return incoming;
    case "keep":
      return existing;
    case "sum":
    case "max":
    case "min":
      if (merge === "sum" && typeof existing === "number" && typeof incoming === "number" && !Number.isFinite(existing + incoming)) {
        report("limit", "the sum is larger than any number: it stays where it was");
        return existing;
      }
      return incoming === null || existing === null ? incoming : (combine(merge, existing, incoming, field) ?? refuse());
    case "append":
      return Array.isArray(existing) && Array.isArray(incoming) ? append(existing, incoming) : incoming;
    default:
      return unreachable(merge);
  }

  function refuse(): Plain {
    if (!mergeable(existing, field)) return incoming;
    report("wrong_type", `a value of another type cannot merge by ${merge}: it was left out`);
    return existing;
  }

  function append(list: Plain[], more: Plain[]): Plain[] {
    const room = maxArrayItems - list.length;
    if (more.length > room) report("limit", `more than ${maxArrayItems} items: the rest was left out`);
    return [...list, ...more.slice(0, Math.max(0, room))];
  }
}

function mergeable(value: Plain, field: FieldRule): boolean {
  return typeof value === "number" || (field.encode === "int64" && typeof value === "string" && /^-?\d+$/.test(value));
}

/** Undefined when the two cannot be combined. Decimal text (int64) counts as a whole number of any size. */
function combine(merge: "sum" | "max" | "min", existing: Plain, incoming: Plain, field: FieldRule): Plain | undefined {
  if (typeof existing === "number" && typeof incoming === "number") {
    if (merge === "sum") return existing + incoming;
    return merge === "max" ? Math.max(existing, incoming) : Math.min(existing, incoming);
  }
  if (typeof existing !== "string" || typeof incoming !== "string") return undefined;
  if (field.encode === "int64") {
    if (!mergeable(existing, field) || !mergeable(incoming, field)) return undefined;
    const [first, second] = [BigInt(existing), BigInt(incoming)];
    if (merge === "sum") return (first + second).toString();
    return (merge === "max") === first >= second ? existing : incoming;
  }
  if (merge === "sum") return undefined;
  return (merge === "max") === existing >= incoming ? existing : incoming;
}

function unreachable(value: never): never {
  throw new Error(`unknown merge ${String(value)}`);
}
