/** What leaves the process: `handling` and `decimals` applied to a copy, and the question whether a value may be shown at all. */
import type { FieldRule, ObjectRule } from "./contract.js";
import { clip, isPlainObject, own, type Plain, type PlainObject, put } from "./plain.js";
import { isHidden, keyPath, ruleOf } from "./rules.js";

/** What stands in place of a masked value: neither its length nor its letters. */
export const maskText = "***";

export interface Handling {
  /** Keyed hash; undefined when no key was given. */
  readonly hash: ((text: string) => string) | undefined;
  /** A field was dropped because it needs a key that was not given. */
  readonly keyMissing: (path: string) => void;
}

/** A new object with the fields in schema order, each handled as its rule says. */
export function handleFields(fields: PlainObject, rule: ObjectRule, path: string, handling: Handling): PlainObject {
  const target: PlainObject = {};
  const order = [...Object.keys(rule.fields).filter((key) => Object.hasOwn(fields, key)), ...Object.keys(fields).filter((key) => !Object.hasOwn(rule.fields, key))];
  for (const key of order) {
    const value = own(fields, key);
    const field = ruleOf(rule, key);
    if (value === undefined || field === undefined) continue;
    const handled = handleValue(value, field, keyPath(path, Object.hasOwn(rule.fields, key) ? key : "*"), handling);
    if (handled !== undefined) put(target, key, handled);
  }
  return target;
}

/** One value, handled as its rule says; undefined where it is left out. */
export function handleValue(value: Plain, rule: FieldRule, path: string, handling: Handling): Plain | undefined {
  const how = rule.handling ?? "plain";
  if (how !== "plain" && value === null) return how === "drop" ? undefined : null;
  if (how === "drop") return undefined;
  if (how === "mask") return maskText;
  if (how === "hash") {
    if (handling.hash !== undefined) return handling.hash(typeof value === "string" ? value : JSON.stringify(value));
    handling.keyMissing(path);
    return undefined;
  }
  if (how !== "plain") return truncate(value, Number(how.slice("truncate:".length)));
  if (typeof value === "number") return rule.decimals === undefined ? value : rounded(value, rule.decimals);
  if (Array.isArray(value)) return handleArray(value, rule, path, handling);
  if (!isPlainObject(value)) return value;
  const object = rule.object ?? variantRule(value, rule);
  return object === undefined ? value : handleFields(value, object, path, handling);
}

function handleArray(items: readonly Plain[], rule: FieldRule, path: string, handling: Handling): Plain[] {
  if (rule.items === undefined && rule.prefix === undefined) return [...items];
  return items.flatMap((item, index) => {
    const itemRule = rule.prefix?.[index] ?? rule.items;
    const handled = itemRule === undefined ? item : handleValue(item, itemRule, `${path}[${index}]`, handling);
    if (handled !== undefined) return [handled];
    return rule.prefix === undefined ? [] : [null];
  });
}

/** A number too large to be shifted has no decimals to lose. Adding zero takes the sign off a zero. */
function rounded(value: number, decimals: number): number {
  const shifted = Math.round(value * 10 ** decimals);
  return Number.isSafeInteger(shifted) ? shifted / 10 ** decimals + 0 : value;
}

/** The first `count` code points. What is no text has no length to cut: scalars stay, the rest is left out. */
function truncate(value: Plain, count: number): Plain | undefined {
  if (typeof value !== "string") return typeof value === "object" ? undefined : value;
  if (value.length <= count) return value;
  let end = 0;
  for (let left = count; left > 0 && end < value.length; left--) end += (value.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return value.slice(0, end);
}

export function variantRule(value: PlainObject, rule: FieldRule): ObjectRule | undefined {
  if (rule.variants === undefined) return undefined;
  const name = own(value, rule.variants.on);
  return rule.variants.cases.find(([wanted]) => wanted === name)?.[1];
}

const unchanged = new WeakMap<ObjectRule, boolean>();

/** True where nothing is handled or rounded: values stand on the record as they were copied. */
export function isUnchanged(rule: ObjectRule): boolean {
  let known = unchanged.get(rule);
  if (known === undefined) unchanged.set(rule, (known = fieldsOf(rule).every(isUnchangedField)));
  return known;
}

/** True where the value stands on the record as it is. */
export function isUnchangedField({ handling = "plain", decimals, object, items, prefix = [], variants }: FieldRule): boolean {
  const below = [...(items === undefined ? [] : [items]), ...prefix];
  const objects = [...(object === undefined ? [] : [object]), ...(variants?.cases.map(([, one]) => one) ?? [])];
  return handling === "plain" && decimals === undefined && below.every(isUnchangedField) && objects.every(isUnchanged);
}

function fieldsOf(rule: ObjectRule): readonly FieldRule[] {
  return [...Object.values(rule.fields), ...(rule.patterns ?? []).map(([, field]) => field), ...(rule.rest === undefined ? [] : [rule.rest])];
}

/** The rules that lead to a place, outermost first; shorter than the keys where the schema ends. */
export function rulesAlong(rule: ObjectRule, keys: readonly (string | number)[], root: PlainObject): readonly FieldRule[] {
  const rules: FieldRule[] = [];
  let object: ObjectRule | undefined = rule;
  let value: Plain | undefined = root;
  for (const key of keys) {
    const above = rules.at(-1);
    let next: FieldRule | undefined;
    if (typeof key === "number") next = above?.prefix?.[key] ?? above?.items;
    else next = object === undefined ? undefined : ruleOf(object, key);
    if (next === undefined) break;
    rules.push(next);
    value = childOf(value, key);
    object = next.object ?? (isPlainObject(value) ? variantRule(value, next) : undefined);
  }
  return rules;
}

export function childOf(value: Plain | undefined, key: string | number): Plain | undefined {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return isPlainObject(value) && typeof key === "string" ? own(value, key) : undefined;
}

const concealing = new WeakMap<FieldRule, boolean>();

/** True where a value at this place, or anything declared below it, must not be shown. */
export function conceals(rule: FieldRule): boolean {
  const known = concealing.get(rule);
  if (known !== undefined) return known;
  const inside = [...(rule.items === undefined ? [] : [rule.items]), ...(rule.prefix ?? [])];
  const objects = [...(rule.object === undefined ? [] : [rule.object]), ...(rule.variants?.cases.map(([, object]) => object) ?? [])];
  const result = isHidden(rule) || inside.some(conceals) || objects.some(concealsFields);
  concealing.set(rule, result);
  return result;
}

export function concealsFields(rule: ObjectRule): boolean {
  return fieldsOf(rule).some(conceals);
}

/** A value as short text for a problem. An object where none was declared may hold anything: only its size is shown. */
export function showValue(value: Plain, max: number): string {
  if (isPlainObject(value)) return `{${Object.keys(value).length} keys}`;
  if (!Array.isArray(value)) return clip(JSON.stringify(value), max);
  return value.some((item) => typeof item === "object" && item !== null) ? `[${value.length} items]` : clip(JSON.stringify(value.slice(0, max)), max);
}
