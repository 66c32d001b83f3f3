/**
 * The short way of a write. Right values of a closed object are kept as a list, in the order of its rule: nothing is copied key by key, and the record
 * is written straight from the list. Whatever is not plain and right goes the long way (`copy.ts`), which says what is wrong.
 */
import type { Descriptor, FieldRule, ObjectRule } from "./contract.js";
import { copyField } from "./copy.js";
import { handleValue, type Handling, isUnchangedField } from "./handling.js";
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
  /** True where a number may have to become text, which only the long way does. */
  readonly encodes: boolean;
  /** The fields whose values do not stand on the record as they are. */
  readonly handled: readonly number[];
  /** Of `bytes/line.ts`, once it has made them. */
  keys?: KeyBytes | undefined;
}

/** `,"name":` per field, for 8-byte stores: `wordsPerKey` words each. */
export interface KeyBytes {
  readonly words: Float64Array;
  /** 0 for a key of more words. */
  readonly lengths: Uint8Array;
  /** True where a name is one of those that every originator has. */
  readonly identifying: boolean;
}

const layouts = new WeakMap<ObjectRule, Layout>();

/** The layout of a closed object's rule. */
export function layoutOf(rule: ObjectRule): Layout {
  let layout = layouts.get(rule);
  if (layout === undefined) {
    const rules = Object.values(rule.fields);
    const below = rules.map(({ object }) => (object === undefined || !isClosed(object) ? undefined : layoutOf(object)));
    const encodes = rules.some((field, index) => field.encode === "int64" || below[index]?.encodes === true);
    layout = { names: Object.keys(rule.fields), rules, below, encodes, handled: rules.flatMap((field, index) => (isUnchangedField(field) ? [] : [index])) };
    layouts.set(rule, layout);
  }
  return layout;
}

/** As the emitter tells it from the schema (`src/emit/typescript/slots.ts`). */
function isClosed({ patterns = [], rest }: ObjectRule): boolean {
  return patterns.length === 0 && rest === undefined;
}

const wrong = Symbol("wrong");

/** For generated code: an object's slots; null and undefined as they are; anything else is wrong. */
export function part(value: unknown, slots: (fields: object) => unknown[]): unknown {
  if (value === undefined || value === null) return value;
  return typeof value === "object" && !Array.isArray(value) ? slots(value) : wrong;
}

/** The slots of right fields; undefined where the long way has to be taken. Nothing of the caller's is kept. `checked`: what does not fit the schema takes it, too. */
export function takeSlots(fields: object, descriptor: Descriptor, checked: boolean): Slot[] | undefined {
  const { slots, rule } = descriptor;
  if (slots === undefined) return undefined;
  try {
    if (checked && !descriptor.check(fields)) return undefined;
    const layout = layoutOf(rule);
    if (!checked && layout.encodes) return undefined;
    const values: unknown[] = slots(fields);
    return own(values, layout) ? values : undefined;
  } catch {
    return undefined;
  }
}

/** Copies what the caller could still change; false where the values are not all plain. Getters may have given other values than were checked. */
function own(values: unknown[], { rules, below }: Layout): values is Slot[] {
  if (values.length !== rules.length) return false;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    switch (typeof value) {
      case "string":
        if (value.length > maxStringLength) return false;
        break;
      case "number":
        if (value - value !== 0) return false;
        break;
      case "boolean":
      case "undefined":
        break;
      case "object": {
        if (value === null) break;
        const layout = below[index];
        if (layout === undefined) {
          const copy = ownReference(value, rules[index]);
          if (copy === undefined) return false;
          values[index] = copy;
        } else if (!Array.isArray(value) || !own(value, layout)) return false;
        break;
      }
      default:
        return false;
    }
  }
  return true;
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
    // A whole object can be left out, too.
    const inside = layout !== undefined && Array.isArray(value) && (rule.handling ?? "plain") === "plain";
    finished[index] = inside ? handleSlots(value, layout, place, handling) : handleValue(plainSlot(value, layout), rule, place, handling);
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
