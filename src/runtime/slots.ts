/**
 * The short way of a write. Right values of a closed object are kept as a list, in the order of its rule: nothing is copied key by key, and the record
 * is written straight from the list. Whatever is not plain and right goes the long way (`copy.ts`), which says what is wrong.
 */
import type { Memo } from "./bytes/memo.js";
import type { Kept } from "./bytes/memory.js";
import type { FieldRule, ObjectRule, Slots } from "./contract.js";
import { copyField } from "./copy.js";
import { handleValue, type Handling, isUnchangedField, maskText } from "./handling.js";
import { maxArrayItems, maxStringLength, maxValuesPerWrite } from "./limits.js";
import { type Plain, type PlainObject, put, wellFormed } from "./plain.js";

/** A field's value: undefined where it is absent, a list of slots where the layout has one below. Text may still hold lone surrogates. */
export type Slot = Plain | undefined | Slot[];

/** How the slots of a rule are read. */
export interface Layout {
  readonly names: readonly string[];
  readonly rules: readonly FieldRule[];
  /** For fields that are objects with declared fields alone. */
  readonly below: readonly (Layout | undefined)[];
  /** The fields whose values do not stand on the record as they are. */
  readonly handled: readonly number[];
  /** True where the names are paths, and lists of slots below are written without a key and braces of their own: in the flat layout. */
  readonly joined?: true;
  /** Of `bytes/`, once it has made them. */
  keys?: KeyBytes | undefined;
}

/** `,"name":` per field, for 8-byte stores: `wordsPerKey` words each. */
export interface KeyBytes {
  readonly words: Float64Array;
  /** 0 for a key of more words. */
  readonly lengths: Uint8Array;
  /** True where a name is one of those that every originator has. */
  readonly identifying: boolean;
  /** What each field has said. */
  readonly memos: (Memo | undefined)[];
  /** The partial's own key, `,"name":`, and of which partial it is. */
  name: string | undefined;
  head: Kept | undefined;
}

const layouts = new WeakMap<ObjectRule, Layout>();

/** The layout of a closed object's rule. */
export function layoutOf(rule: ObjectRule): Layout {
  let layout = layouts.get(rule);
  if (layout === undefined) {
    const rules = Object.values(rule.fields);
    const below = rules.map(({ object }) => (object === undefined || !isClosed(object) ? undefined : layoutOf(object)));
    layout = { names: Object.keys(rule.fields), rules, below, handled: rules.flatMap((field, index) => (isUnchangedField(field) ? [] : [index])) };
    layouts.set(rule, layout);
  }
  return layout;
}

/** As the emitter tells it from the schema (`src/emit/typescript/fast-check.ts`). */
function isClosed({ patterns = [], rest }: ObjectRule): boolean {
  return patterns.length === 0 && rest === undefined;
}

/** For generated code: an object's slots, or whether it is right; null and undefined as they are. */
export function part(value: unknown, slots: Slots, list: boolean): unknown {
  return value === undefined || value === null ? value : slots(value, list);
}

/** What a write holds, copied: nothing of the caller's is kept. */
export interface Taken {
  readonly slots: Slot[];
  /** How much of an event's room they take. */
  readonly units: number;
}

/** The slots of right fields; undefined where the long way has to be taken. */
export function takeSlots(fields: object, slots: Slots | undefined, layout: Layout): Taken | undefined {
  if (slots === undefined) return undefined;
  try {
    const values = slots(fields, true);
    if (!Array.isArray(values)) return undefined;
    const units = own(values, layout);
    return units < 0 || !isOwned(values) ? undefined : { slots: values, units };
  } catch {
    return undefined;
  }
}

/** Named guard: `own` has seen to it. */
function isOwned(_values: unknown[]): _values is Slot[] {
  return true;
}

/** Copies what the caller could still change, and returns how many units the values take; -1 where they are not all plain. Getters may have given other values than were checked. */
function own(values: unknown[], { rules, below }: Layout): number {
  if (values.length !== rules.length) return -1;
  let units = 8;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === "string") {
      if (value.length > maxStringLength) return -1;
      units += value.length;
    } else if (typeof value === "number") {
      if (value - value !== 0) return -1;
      units += 8;
    } else if (value === undefined || value === null) units += 8;
    else if (typeof value === "boolean") {
      if (below[index] !== undefined) return -1;
      units += 8;
    } else {
      const taken = typeof value === "object" ? ownObject(values, index, value, rules[index], below[index]) : -1;
      if (taken < 0) return -1;
      units += taken;
    }
  }
  return units;
}

function ownObject(values: unknown[], index: number, value: object, rule: FieldRule | undefined, layout: Layout | undefined): number {
  if (layout !== undefined) return Array.isArray(value) ? own(value, layout) : -1;
  const copy = ownReference(value, rule);
  if (copy === undefined) return -1;
  values[index] = copy;
  return unitsOf(copy);
}

function ownReference(value: object, rule: FieldRule = {}): Plain | undefined {
  if (Array.isArray(value) && rule.items === undefined && rule.prefix === undefined) {
    const list = ownScalars(value);
    if (list !== undefined) return list;
  }
  let told = false;
  const copy = copyField(value, { rule, path: "", report: () => (told = true) });
  return told ? undefined : copy;
}

/** A list of plain scalars; undefined where it holds something else. */
function ownScalars(items: readonly unknown[]): Plain[] | undefined {
  if (items.length > maxArrayItems || items.length > maxValuesPerWrite) return undefined;
  const copy: Plain[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!isScalar(item)) return undefined;
    copy.push(item);
  }
  return copy;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  if (typeof value === "string") return value.length <= maxStringLength;
  return typeof value === "number" ? value - value === 0 : typeof value === "boolean" || value === null;
}

/** The slots as they stand on the record: a list of its own where something is handled. */
export function handleSlots(slots: Slot[], { names, rules, below, handled }: Layout, path: string, handling: Handling): Slot[] {
  if (handled.length === 0) return slots;
  const finished = slots.slice();
  for (const index of handled) {
    const value = slots[index];
    const rule = rules[index];
    if (value === undefined || rule === undefined) continue;
    const layout = below[index];
    const place = `${path}.${names[index] ?? ""}`;
    const { handling: how = "plain" } = rule;
    // A whole object can be left out, too.
    const inside = layout !== undefined && Array.isArray(value) && how === "plain";
    if (how === "mask" && value !== null) finished[index] = maskText;
    else finished[index] = inside ? handleSlots(value, layout, place, handling) : handleValue(plainSlot(value, layout), rule, place, handling);
  }
  return finished;
}

function plainSlot(value: Exclude<Slot, undefined>, layout: Layout | undefined): Plain {
  return layout !== undefined && Array.isArray(value) ? fieldsOf(value, layout) : plainOf(value);
}

/** How much of an event's room values take, their keys in maps included. */
export function unitsOf(value: Slot): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  let units = 8;
  if (Array.isArray(value)) for (let index = 0; index < value.length; index++) units += unitsOf(value[index]);
  else for (const key of Object.keys(value)) units += key.length + unitsOf(value[key]);
  return units;
}

/** The fields as an object: absent ones have no key, and text is well-formed. */
export function fieldsOf(slots: readonly Slot[], { names, below }: Layout): PlainObject {
  const fields: PlainObject = {};
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    const value = slots[index];
    if (name === undefined || value === undefined) continue;
    put(fields, name, plainSlot(value, below[index]));
  }
  return fields;
}

/** As `copy.ts` leaves values: well-formed, and without a negative zero. */
function plainOf(value: Slot): Plain {
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number") return value === 0 ? 0 : value;
  return Array.isArray(value) ? value.map(plainOf) : (value ?? null);
}
