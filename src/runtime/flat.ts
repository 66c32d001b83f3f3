/** The flat layout: objects that the schema declares field by field are joined with a dot, `user.limits.max`. */
import { flatLine } from "./bytes/flat-line.js";
import type { Memory } from "./bytes/memory.js";
import type { Collector, Profile, Sealed } from "./collector.js";
import { type EventState, writtenOf } from "./event.js";
import { chain, inForm, profileOf } from "./form.js";
import { basePlace, type Place, placeOf } from "./places.js";
import { isPlainObject, own, type Plain, type PlainObject, put } from "./plain.js";
import { SealedEvent } from "./sealed.js";

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
  return inForm(collector, chain(profileOf(collector), profile) ?? profile);
}

const profile: Profile = { form: (sealed) => new FlatEvent(sealed) };

/** A sealed event in the flat layout. Which keys are joined says the schema alone: no value can make a column. */
class FlatEvent implements Sealed {
  readonly state: EventState;
  line: string | undefined = undefined;
  forms: Sealed["forms"] = undefined;
  readonly #nested: Sealed;
  #record: PlainObject | undefined = undefined;

  constructor(nested: Sealed) {
    this.#nested = nested;
    this.state = nested.state;
  }

  get record(): PlainObject {
    return (this.#record ??= flatRecord(this.#nested));
  }

  /** Names hold no dots. */
  get baseKeys(): ReadonlySet<string> {
    const { baseKeys } = this.#nested;
    return new Set(Object.keys(this.record).filter((key) => baseKeys.has(key.split(".", 1)[0] ?? key)));
  }

  writeTo(into: Memory): number | undefined {
    return this.#nested instanceof SealedEvent ? flatLine(into, this.#nested) : undefined;
  }
}

function flatRecord({ record, baseKeys, state }: Sealed): PlainObject {
  const form: PlainObject = {};
  for (const key of Object.keys(record)) {
    const value = own(record, key);
    if (value === undefined) continue;
    putFlat(form, value, baseKeys.has(key) ? basePlace(key, state) : placeOf(key, writtenOf(state, key)?.descriptor.rule));
  }
  return form;
}

function putFlat(form: PlainObject, value: Plain, { path, below }: Place): void {
  if (below === undefined || !isPlainObject(value)) return put(form, path, value);
  let others: PlainObject | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const declared = own(below, key);
    if (declared === undefined) put((others ??= {}), key, item);
    else putFlat(form, item, declared);
  }
  // Keys that are no names of the schema, such as those of a map beside its declared fields.
  if (others !== undefined) put(form, path, others);
}
