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
 * | lone surrogate, in a key too | U+FFFD |
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
import { clip, type Plain, type PlainObject, put, wellFormed } from "./plain.js";
import { pathOf, ruleOf } from "./rules.js";

/** Told about everything that could not be copied as it was. */
export type CopyReport = (problem: "unknown_field" | "unserializable" | "limit", path: string, message: string) => void;

interface Copying {
  readonly told: CopyReport;
  readonly base: string;
  readonly root: FieldRule;
  /** From the base to the value in hand; made to text only when there is something to tell. */
  readonly keys: (string | number)[];
  /** The caller's objects that are being copied, outermost first. */
  readonly open: object[];
  values: number;
}

const free: FieldRule = {};

export interface CopyOptions<Rule> {
  readonly rule: Rule;
  readonly path: string;
  readonly report: CopyReport;
}

/** A copy of the fields that the rule declares, in its order; what it does not declare but allows comes behind them. */
export function copyFields(fields: object, { rule, path, report }: CopyOptions<ObjectRule>): PlainObject {
  return copyObject(fields, rule, { told: report, base: path, root: { object: rule }, keys: [], open: [], values: 0 }) ?? {};
}

/** A copy of one field's value; undefined when nothing of it can be kept. */
export function copyField(value: unknown, { rule, path, report }: CopyOptions<FieldRule>): Plain | undefined {
  return copyValue(value, rule, { told: report, base: path, root: rule, keys: [], open: [], values: 0 });
}

/** Keys are the caller's, so a path can be of any length. */
function report({ told, base, root, keys }: Copying, problem: Parameters<CopyReport>[0], message: string): void {
  told(problem, clip(pathOf(base, keys, root), maxShownLength), message);
}

function copyObject(source: object, rule: ObjectRule, copying: Copying): PlainObject | undefined {
  if (!enter(source, copying)) return undefined;
  try {
    const target: PlainObject = {};
    const { names, inherited } = namesOf(rule);
    const isPlain = !inherited && isPlainSource(source);
    for (const name of names) {
      const field = rule.fields[name];
      if (field !== undefined && (isPlain || isDeclaredOf(source, name))) copyKey(source, name, { field, target }, copying);
    }
    for (const key in source) {
      if (names.has(key)) continue;
      copyOthers(source, { rule, target }, copying);
      break;
    }
    return target;
  } finally {
    copying.open.pop();
  }
}

interface Names {
  readonly names: ReadonlySet<string>;
  /** True where a name is one that every object inherits: it has to be looked for with care. */
  readonly inherited: boolean;
}

const namesOfRules = new WeakMap<ObjectRule, Names>();

function namesOf(rule: ObjectRule): Names {
  let known = namesOfRules.get(rule);
  if (known === undefined) {
    const names = Object.keys(rule.fields);
    namesOfRules.set(rule, (known = { names: new Set(names), inherited: names.some((name) => name in Object.prototype) }));
  }
  return known;
}

/** Its own field, or one that comes from an accessor of its class. */
function isDeclaredOf(source: object, name: string): boolean {
  return Object.hasOwn(source, name) || (!isPlainSource(source) && name in source && !(name in Object.prototype));
}

function isPlainSource(source: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === Object.prototype || prototype === null;
}

function copyOthers(source: object, { rule, target }: { readonly rule: ObjectRule; readonly target: PlainObject }, copying: Copying): void {
  for (const key of Object.keys(source)) {
    if (Object.hasOwn(rule.fields, key)) continue;
    const field = ruleOf(rule, key);
    if (field !== undefined) copyKey(source, key, { field, target }, copying);
    else if (!isWithin(copying)) return;
    else {
      copying.keys.push(key);
      report(copying, "unknown_field", "no schema declares this field: it was left out");
      copying.keys.pop();
    }
  }
}

function copyKey(source: object, key: string, { field, target }: { readonly field: FieldRule; readonly target: PlainObject }, copying: Copying): void {
  let value: unknown;
  let copy: Plain | undefined;
  copying.keys.push(key);
  try {
    value = Reflect.get(source, key);
  } catch {
    report(copying, "unserializable", "the value could not be read: it was left out");
  }
  if (value !== undefined) copy = copyValue(value, field, copying);
  copying.keys.pop();
  if (copy !== undefined) put(target, wellFormed(key), copy);
}

/** Counts one more value, or a key that nobody declares; false beyond what one write may hold, which is told once. */
function isWithin(copying: Copying): boolean {
  copying.values += 1;
  if (copying.values === maxValuesPerWrite + 1) report(copying, "limit", `more than ${maxValuesPerWrite} values in one write: the rest was left out`);
  return copying.values <= maxValuesPerWrite;
}

function copyValue(value: unknown, rule: FieldRule, copying: Copying): Plain | undefined {
  if (!isWithin(copying)) return undefined;
  switch (typeof value) {
    case "string":
      return copyText(value, copying);
    case "number":
      return copyNumber(value, rule, copying);
    case "boolean":
      return value;
    case "bigint":
      return rule.encode !== "int64" && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
    case "object":
      return value === null ? null : copyReference(value, rule, copying);
    case "undefined":
      return undefined;
    default:
      report(copying, "unserializable", `a ${value === bytes ? "buffer" : typeof value} has no place in a record: it was left out`);
      return undefined;
  }
}

function copyText(text: string, copying: Copying): string {
  if (text.length <= maxStringLength) return wellFormed(text);
  report(copying, "limit", `text of ${text.length} units was cut at ${maxStringLength}`);
  return wellFormed(text.slice(0, maxStringLength));
}

function copyNumber(value: number, rule: FieldRule, copying: Copying): Plain | undefined {
  if (!Number.isFinite(value)) {
    report(copying, "unserializable", `${value} has no place in JSON: it was left out`);
    return undefined;
  }
  if (rule.encode === "int64" && Number.isInteger(value)) return BigInt(value).toString();
  return value === 0 ? 0 : value;
}

/** Reads an object of the caller; anything that it throws stays here. */
function copyReference(value: object, rule: FieldRule, copying: Copying): Plain | undefined {
  try {
    const simple = simplify(value, rule);
    if (typeof simple !== "object" || simple === null) return simple === value ? undefined : copyValue(simple, rule, copying);
    if (Array.isArray(simple)) return copyArray(simple, rule, copying);
    const object = rule.object ?? (rule.variants === undefined ? undefined : variantOf(simple, rule.variants));
    return object === undefined ? copyFree(simple, copying) : copyObject(simple, object, copying);
  } catch {
    report(copying, "unserializable", "the value could not be read: it was left out");
    return undefined;
  }
}

const bytes = Symbol("bytes");

/** What stands for an object that is no plain object or array. */
function simplify(value: object, rule: FieldRule): unknown {
  if (Array.isArray(value) || (rule.object !== undefined && isPlainSource(value))) return value;
  if (value instanceof Date) return encodeDate(value, rule);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), item]));
  if (value instanceof Set) return [...value];
  if (value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof BigInt || value instanceof Symbol) return value.valueOf();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return bytes;
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

function copyArray(source: readonly unknown[], rule: FieldRule, copying: Copying): Plain[] | undefined {
  if (!enter(source, copying)) return undefined;
  try {
    const length = Math.min(source.length, maxArrayItems);
    if (source.length > length) report(copying, "limit", `${source.length} items were cut at ${maxArrayItems}`);
    return copyItems(source, length, { rule, copying });
  } finally {
    copying.open.pop();
  }
}

function copyItems(source: readonly unknown[], length: number, { rule, copying }: { readonly rule: FieldRule; readonly copying: Copying }): Plain[] {
  const target: Plain[] = [];
  const typed = rule.items !== undefined && rule.prefix === undefined;
  for (let index = 0; index < length && copying.values <= maxValuesPerWrite; index++) {
    const item: unknown = source[index];
    copying.keys.push(index);
    const copy = copyValue(item, rule.prefix?.[index] ?? rule.items ?? free, copying);
    if (copy !== undefined) target.push(copy);
    else if (!typed) target.push(null);
    else if (item === undefined) report(copying, "unserializable", "undefined has no place in an array: it was left out");
    copying.keys.pop();
  }
  return target;
}

/** An object about which the schema says nothing. */
function copyFree(source: object, copying: Copying): PlainObject | undefined {
  if (!enter(source, copying)) return undefined;
  try {
    const target: PlainObject = {};
    for (const key of Object.keys(source)) {
      copyKey(source, key, { field: free, target }, copying);
      if (copying.values > maxValuesPerWrite) break;
    }
    return target;
  } finally {
    copying.open.pop();
  }
}

/** False where the value contains itself, or is too deep: then nothing was entered. */
function enter(source: object, copying: Copying): boolean {
  if (copying.open.includes(source)) {
    report(copying, "unserializable", "the value contains itself: it was left out where it does");
    return false;
  }
  if (copying.open.length >= maxFreeDepth) {
    report(copying, "limit", `deeper than ${maxFreeDepth} levels: the rest was left out`);
    return false;
  }
  copying.open.push(source);
  return true;
}
