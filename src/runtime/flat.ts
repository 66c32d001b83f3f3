/** The flat layout: objects that the schema declares field by field are joined with a dot, `user.limits.max`. */
import type { Collector, Profile, Sealed } from "./collector.js";
import type { FieldRule, ObjectRule } from "./contract.js";
import { type EventState, writtenOf } from "./event.js";
import { chain, inForm } from "./form.js";
import { isPlainObject, own, type Plain, type PlainObject, put } from "./plain.js";

/**
 * The same collector, which is handed each event in the flat layout: every key of the record is a path of the schema, as `paths` and the field docs spell
 * it. Maps, lists and variants stay values, and so does free JSON; an object in which nothing is set has no key.
 *
 *     const wevt = createWevt({ collectors: [flat(file("events.ndjson"))] });
 *     // {"service.name":"my-rest-service", … ,"originator.type":"http", … ,"user.id":"user_42","user.tags":["a","b"]}
 *
 * `base` and `partials` of an event have these keys, too. With `strict` in either order.
 */
export function flat(collector: Collector): Collector {
  return inForm(collector, chain(collector.profile, profile) ?? profile);
}

const profile: Profile = { form: flatForm };

/** A sealed event in the flat layout. Which keys are joined says the schema alone: no value can make a column. */
function flatForm(sealed: Sealed): Sealed {
  const { record, baseKeys, state } = sealed;
  const form: PlainObject = {};
  for (const key of Object.keys(record)) {
    const value = own(record, key);
    if (value === undefined) continue;
    const rule = baseKeys.has(key) ? baseRule(key, state) : writtenOf(state, key)?.descriptor.rule;
    place(form, value, placeOf(key, rule));
  }
  return {
    record: form,
    // Names hold no dots.
    get baseKeys() {
      return new Set(Object.keys(form).filter((key) => baseKeys.has(key.split(".", 1)[0] ?? key)));
    },
    state,
  };
}

/** Where a value stands, and where what it holds does. */
interface Place {
  readonly path: string;
  /** By key; absent for what stays a value. */
  readonly below?: { readonly [key: string]: Place };
}

function place(form: PlainObject, value: Plain, { path, below }: Place): void {
  if (below === undefined || !isPlainObject(value)) return put(form, path, value);
  let others: PlainObject | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const declared = own(below, key);
    if (declared === undefined) put((others ??= {}), key, item);
    else place(form, item, declared);
  }
  // Keys that are no names of the schema, such as those of a map beside its declared fields.
  if (others !== undefined) put(form, path, others);
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

function baseRule(key: string, { originator, core }: EventState): ObjectRule | undefined {
  const known = own(base, key);
  const declared = key === "service" ? core.registry.service?.rule : key === "originator" ? originator.descriptor?.rule : undefined;
  if (known === undefined || declared === undefined) return known;
  let rule = completed.get(declared);
  if (rule === undefined) completed.set(declared, (rule = { ...declared, fields: { ...declared.fields, ...known.fields } }));
  return rule;
}

const places = new WeakMap<ObjectRule, Place>();

/** Joined once for each definition: to make a path for each value would cost more than all else. */
function placeOf(name: string, rule: ObjectRule | undefined): Place {
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
