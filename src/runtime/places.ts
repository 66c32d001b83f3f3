/** Where values stand in the flat layout, as the schema says: made once for each definition. */
import type { FieldRule, ObjectRule } from "./contract.js";
import type { EventState } from "./event.js";
import { own, put } from "./plain.js";
import type { Layout } from "./slots.js";

/** Where a value stands, and where what it holds does. */
export interface Place {
  readonly path: string;
  /** By key; absent for what stays a value. */
  readonly below?: { readonly [key: string]: Place };
  /** Of `bytes/`, once it has made it; false where slots are not written one by one. */
  layout?: Layout | false | undefined;
}

const leaf: FieldRule = {};
const root: FieldRule = { object: { fields: { type: leaf, spanId: leaf, span_id: leaf } } };

/** The base record's own objects, in both namings. */
const base: { readonly [key: string]: ObjectRule } = {
  service: { fields: { name: leaf, version: leaf } },
  originator: { fields: { type: leaf, traceId: leaf, trace_id: leaf, spanId: leaf, span_id: leaf, parentSpanId: leaf, parent_span_id: leaf, root } },
  error: { fields: { type: leaf, message: leaf, code: leaf, slug: leaf, expected: leaf, unforeseen: leaf, stack: leaf, causes: leaf } },
  wevt: { fields: { problems: leaf } },
};

const completed = new WeakMap<ObjectRule, ObjectRule>();

/** The place of a base field. */
export function basePlace(key: string, { originator, core }: Pick<EventState, "originator" | "core">): Place {
  const known = own(base, key);
  const declared = key === "service" ? core.registry.service?.rule : key === "originator" ? originator.descriptor?.rule : undefined;
  if (known === undefined || declared === undefined) return placeOf(key, known);
  let rule = completed.get(declared);
  if (rule === undefined) completed.set(declared, (rule = { ...declared, fields: { ...declared.fields, ...known.fields } }));
  return placeOf(key, rule);
}

const places = new WeakMap<ObjectRule, Place>();

/** Joined once for each definition: to make a path for each value would cost more than all else. */
export function placeOf(name: string, rule: ObjectRule | undefined): Place {
  if (rule === undefined) return { path: name };
  let known = places.get(rule);
  if (known?.path !== name) places.set(rule, (known = joined(name, rule)));
  return known;
}

function joined(path: string, rule: ObjectRule | undefined): Place {
  const names = Object.entries(rule?.fields ?? {});
  if (names.length === 0) return { path };
  const below: { [key: string]: Place } = {};
  for (const [name, field] of names) put(below, name, joined(`${path}.${name}`, objectOf(field)));
  return { path, below };
}

/** Variants of one case are an object like any other. */
function objectOf({ object, variants }: FieldRule): ObjectRule | undefined {
  const [only, ...others] = variants?.cases ?? [];
  return object ?? (others.length === 0 ? only?.[1] : undefined);
}
