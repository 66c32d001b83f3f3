/**
 * Copies what a caller passes into plain data that nobody else holds, by the rules of the schema. It reads the caller's values once, at the
 * call, and never writes to them. Whatever is passed has one stated result:
 *
 * | passed | becomes |
 * | --- | --- |
 * | `undefined`, also as a field | missing (`null` in a free array) |
 * | NaN, Infinity, an invalid Date | left out, `unserializable` |
 * | function, symbol, ArrayBuffer or a view of one | left out, `unserializable` |
 * | bigint | the number when that is exact, otherwise decimal text; always decimal text where the format is int64 |
 * | Date | ISO 8601 text; epoch milliseconds where the field says so |
 * | lone surrogate | U+FFFD |
 * | text, array or free JSON beyond `limits.ts` | shortened, `limit` |
 * | cycle | left out where it closes, `unserializable` |
 * | getter or proxy that throws | that field is left out, `unserializable` |
 * | Map, Set, boxed primitive | object, array, the primitive |
 * | Error, where JSON is free | `{ type, message }` |
 * | object with `toJSON` | what `toJSON()` returns |
 * | key that the schema does not declare | left out, `unknown_field` |
 * | `__proto__` as a key | a key like any other |
 */
import type { FieldRule, ObjectRule } from "./contract.js";
import { maxArrayItems, maxFreeDepth, maxShownLength, maxStringLength, maxValuesPerWrite } from "./limits.js";
import { clip, own, type Plain, type PlainObject, put, wellFormed } from "./plain.js";

/** Told about everything that could not be copied as it was. */
export type CopyReport = (problem: "unknown_field" | "unserializable" | "limit", path: string, message: string) => void;

interface Copying {
  readonly report: CopyReport;
  /** The caller's objects that are being copied, outermost first. */
  readonly open: object[];
  values: number;
}

const free: FieldRule = {};

/** A copy of the fields that the rule declares. */
export function copyFields(fields: object, options: { readonly rule: ObjectRule; readonly path: string; readonly report: CopyReport }): PlainObject {
  return copyObject(fields, options.rule, options.path, copyingFor(options.report)) ?? {};
}

/** A copy of one field's value; undefined when nothing of it can be kept. */
export function copyField(value: unknown, options: { readonly rule: FieldRule; readonly path: string; readonly report: CopyReport }): Plain | undefined {
  return copyValue(value, options.rule, options.path, copyingFor(options.report));
}

/** Keys are the caller's, so a path can be of any length. */
function copyingFor(report: CopyReport): Copying {
  return { report: (problem, path, message) => report(problem, clip(path, maxShownLength), message), open: [], values: 0 };
}

/** The rule for a key; undefined when the object is closed to it. */
export function ruleOf(object: ObjectRule, key: string): FieldRule | undefined {
  const declared = own(object.fields, key);
  if (declared !== undefined) return declared;
  for (const [pattern, rule] of object.patterns ?? []) if (regExpOf(pattern).test(key)) return rule;
  return object.rest;
}

const compiled = new Map<string, RegExp>();

/** Patterns come from the schema, so there are finitely many. */
function regExpOf(pattern: string): RegExp {
  let made = compiled.get(pattern);
  if (made === undefined) compiled.set(pattern, (made = new RegExp(pattern, "u")));
  return made;
}

function copyObject(source: object, rule: ObjectRule, path: string, copying: Copying): PlainObject | undefined {
  return entering(source, path, copying, () => {
    const target: PlainObject = {};
    for (const key of keysOf(source, rule)) {
      const field = ruleOf(rule, key);
      const place = path === "" ? key : `${path}.${key}`;
      if (field === undefined) copying.report("unknown_field", place, "no schema declares this field: it was left out");
      else copyKey(source, { key, field, place, target }, copying);
    }
    return target;
  });
}

/** Own keys with a value, and, of instances of classes, declared fields that come from an accessor. */
function keysOf(source: object, rule: ObjectRule | undefined): readonly string[] {
  const keys = Object.keys(source);
  const prototype: unknown = Object.getPrototypeOf(source);
  if (rule === undefined || prototype === null || prototype === Object.prototype) return keys;
  const inherited = Object.keys(rule.fields).filter((key) => key in source && !(key in Object.prototype) && !keys.includes(key));
  return [...keys, ...inherited];
}

function copyKey(source: object, at: { key: string; field: FieldRule; place: string; target: PlainObject }, copying: Copying): void {
  let value: unknown;
  try {
    value = Reflect.get(source, at.key);
  } catch {
    copying.report("unserializable", at.place, "the value could not be read: it was left out");
    return;
  }
  if (value === undefined) return;
  const copy = copyValue(value, at.field, at.place, copying);
  if (copy !== undefined) put(at.target, at.key, copy);
}

function copyValue(value: unknown, rule: FieldRule, path: string, copying: Copying): Plain | undefined {
  copying.values += 1;
  if (copying.values > maxValuesPerWrite) {
    if (copying.values === maxValuesPerWrite + 1) copying.report("limit", path, `more than ${maxValuesPerWrite} values in one write: the rest was left out`);
    return undefined;
  }
  switch (typeof value) {
    case "string":
      return copyText(value, path, copying);
    case "number":
      return copyNumber(value, rule, path, copying);
    case "boolean":
      return value;
    case "bigint":
      return rule.encode !== "int64" && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
    case "object":
      return value === null ? null : copyReference(value, rule, path, copying);
    case "undefined":
      return undefined;
    default:
      copying.report("unserializable", path, `a ${typeof value} has no place in a record: it was left out`);
      return undefined;
  }
}

function copyText(text: string, path: string, copying: Copying): string {
  if (text.length <= maxStringLength) return wellFormed(text);
  copying.report("limit", path, `text of ${text.length} units was cut at ${maxStringLength}`);
  return wellFormed(text.slice(0, maxStringLength));
}

function copyNumber(value: number, rule: FieldRule, path: string, copying: Copying): Plain | undefined {
  if (!Number.isFinite(value)) {
    copying.report("unserializable", path, `${value} has no place in JSON: it was left out`);
    return undefined;
  }
  if (rule.encode === "int64" && Number.isInteger(value)) return BigInt(value).toString();
  return value === 0 ? 0 : value;
}

/** Reads an object of the caller; anything that it throws stays here. */
function copyReference(value: object, rule: FieldRule, path: string, copying: Copying): Plain | undefined {
  try {
    const simple = simplify(value, rule);
    if (typeof simple !== "object" || simple === null) return simple === value ? undefined : copyValue(simple, rule, path, copying);
    if (Array.isArray(simple)) return entering(simple, path, copying, () => copyArray(simple, rule, path, copying));
    const object = rule.object ?? (rule.variants === undefined ? undefined : variantOf(simple, rule.variants));
    return object === undefined ? copyFree(simple, path, copying) : copyObject(simple, object, path, copying);
  } catch {
    copying.report("unserializable", path, "the value could not be read: it was left out");
    return undefined;
  }
}

/** What stands for an object that is no plain object or array. */
function simplify(value: object, rule: FieldRule): unknown {
  if (Array.isArray(value)) return value;
  if (value instanceof Date) return encodeDate(value, rule);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), item]));
  if (value instanceof Set) return [...value];
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return () => "bytes";
  if (rule.object !== undefined || rule.variants !== undefined) return value;
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson === "function") {
    const json: unknown = Reflect.apply(toJson, value, []);
    return json === value ? { ...value } : json;
  }
  if (value instanceof Error) return { type: value.name, message: value.message };
  return value;
}

function encodeDate(date: Date, rule: FieldRule): string | number {
  const time = Date.prototype.getTime.call(date);
  if (Number.isNaN(time) || rule.encode === "epoch") return time;
  const text = new Date(time).toISOString();
  return rule.encode === "date" ? text.slice(0, text.indexOf("T")) : text;
}

/** The case that the discriminator names. Of an unknown one only the discriminator is kept: nothing else is declared. */
function variantOf(value: object, variants: NonNullable<FieldRule["variants"]>): ObjectRule {
  const name: unknown = Reflect.get(value, variants.on);
  return variants.cases.find(([wanted]) => wanted === name)?.[1] ?? { fields: { [variants.on]: free } };
}

function copyArray(source: readonly unknown[], rule: FieldRule, path: string, copying: Copying): Plain[] {
  const target: Plain[] = [];
  const typed = rule.items !== undefined && rule.prefix === undefined;
  const length = Math.min(source.length, maxArrayItems);
  if (source.length > length) copying.report("limit", path, `${source.length} items were cut at ${maxArrayItems}`);
  for (let index = 0; index < length; index++) {
    const place = `${path}[${index}]`;
    const item: unknown = source[index];
    const copy = copyValue(item, rule.prefix?.[index] ?? rule.items ?? free, place, copying);
    if (copy !== undefined) target.push(copy);
    else if (!typed) target.push(null);
    else if (item === undefined) copying.report("unserializable", place, "undefined has no place in an array: it was left out");
    if (copying.values > maxValuesPerWrite) break;
  }
  return target;
}

/** An object about which the schema says nothing. */
function copyFree(source: object, path: string, copying: Copying): PlainObject | undefined {
  return entering(source, path, copying, () => {
    const target: PlainObject = {};
    for (const key of keysOf(source, undefined)) {
      copyKey(source, { key, field: free, place: `${path}.${key}`, target }, copying);
      if (copying.values > maxValuesPerWrite) break;
    }
    return target;
  });
}

function entering<T>(source: object, path: string, copying: Copying, work: () => T): T | undefined {
  if (copying.open.includes(source)) {
    copying.report("unserializable", path, "the value contains itself: it was left out where it does");
    return undefined;
  }
  if (copying.open.length >= maxFreeDepth) {
    copying.report("limit", path, `deeper than ${maxFreeDepth} levels: the rest was left out`);
    return undefined;
  }
  copying.open.push(source);
  try {
    return work();
  } finally {
    copying.open.pop();
  }
}
