/** A sealed event as the bytes of its line in the flat layout. `record`, in `flat.ts`, is made on another way: the two must agree. */
import type { Core } from "../core.js";
import type { Written } from "../event.js";
import { basePlace, type Place, placeOf } from "../places.js";
import { isPlainObject, own, type PlainObject, put } from "../plain.js";
import { keyOf, type SealedEvent, withoutAbsent } from "../sealed.js";
import { fieldsOf, type Layout, layoutOf, type Slot } from "../slots.js";
import { type Fixed, fixedOf, identifiers } from "./fixed.js";
import { ending, head, key, outcome, ownPartial, slotMembers, tail, timestamp } from "./line.js";
import { keep, type Kept, lineEnd, type Memory } from "./memory.js";
import { ascii, number, plain, text, tooLong } from "./values.js";

/** What only flat lines have in every line of a runtime. */
interface FlatKeys {
  /** Up to the key of the event's id. */
  readonly service: Kept;
  readonly type: Kept;
  readonly traceId: Kept;
  readonly spanId: Kept;
  readonly parentSpanId: Kept;
  readonly rootType: Kept;
  readonly rootSpanId: Kept;
  readonly problems: Kept;
}

const keysOfCores = new WeakMap<Core, FlatKeys>();

/** Writes the line, newline included, and returns its end; undefined where JSON.stringify has to make it. */
export function flatLine(into: Memory, event: SealedEvent): number | undefined {
  const { state, durationMs, problems } = event;
  const fixed = fixedOf(into, state.core);
  const flat = keysOfCores.get(state.core) ?? keptKeys(into, event);
  if (fixed === undefined || flat === undefined) return undefined;
  const { keys } = fixed;
  let at = text(state.eventId, key(into, flat.service, 0));
  at = timestamp(into, state.startedAtMs, head(into, fixed, event, at));
  at = originatorMembers(into, flat, event, at);
  if (at < 0) return undefined;
  at = number(durationMs, key(into, keys.durationMs, at));
  at = state.error === undefined ? tail(into, fixed, event, at) : failed(into, fixed, event, at);
  if (state.messages.length > 0) at = plain(state.messages, key(into, keys.messages, at));
  if (problems.length > 0) at = plain(problems.map(withoutAbsent), key(into, flat.problems, at));
  for (const written of state.partials) {
    if (event.baseKeys.has(written.descriptor.name)) return undefined;
    at = partial(into, written, at);
  }
  return ascii("}\n", at);
}

function failed(into: Memory, { keys }: Fixed, event: SealedEvent, start: number): number {
  const { state } = event;
  const at = outcome(into, keys, state, start);
  return ending(into, keys, event, flatMembers(withoutAbsent(state.error?.record ?? {}), basePlace("error", state), at));
}

/** Negative where a field of its own has the name of an identifier. */
function originatorMembers(into: Memory, flat: FlatKeys, { state, originator: fields }: SealedEvent, start: number): number {
  const { type, traceId, spanId, parentSpanId, root, descriptor } = state.originator;
  let at = text(type, key(into, flat.type, start));
  at = text(traceId, key(into, flat.traceId, at));
  at = text(spanId, key(into, flat.spanId, at));
  if (parentSpanId !== undefined) at = text(parentSpanId, key(into, flat.parentSpanId, at));
  if (root !== undefined) at = text(root.spanId, key(into, flat.rootSpanId, text(root.type, key(into, flat.rootType, at))));
  if (fields === undefined || descriptor === undefined) return at;
  const layout = layoutOf(descriptor.rule);
  if ((Array.isArray(fields) ? layout.names : Object.keys(fields)).some((name) => identifiers.has(name))) return -1;
  return itemMembers(into, { values: fields, layout, place: basePlace("originator", state) }, at);
}

function partial(into: Memory, written: Written, start: number): number {
  const { descriptor, layout, items } = written;
  const place = placeOf(descriptor.name, descriptor.rule);
  if (descriptor.repeatable !== undefined || place.below === undefined) return ownPartial(into, written, start);
  const [values = []] = items;
  return itemMembers(into, { values, layout, place }, start);
}

interface Item {
  readonly values: PlainObject | Slot[];
  readonly layout: Layout;
  readonly place: Place;
}

function itemMembers(into: Memory, { values, layout, place }: Item, start: number): number {
  if (!Array.isArray(values)) return flatMembers(values, place, start);
  const joined = (place.layout ??= joinedLayout(layout, place));
  return joined === false ? flatMembers(fieldsOf(values, layout), place, start) : slotMembers(into, joined, values, start);
}

/** The layout with paths for names; false where something is joined that is no list of slots: an open object, or a variant that is the only one. */
function joinedLayout({ names, rules, below, handled }: Layout, place: Place): Layout | false {
  const inner: (Layout | undefined)[] = [];
  for (const [index, name] of names.entries()) {
    const deeper = own(place.below ?? {}, name);
    const layout = below[index];
    if (deeper?.below === undefined) inner.push(layout);
    else {
      const joined = layout === undefined ? false : joinedLayout(layout, deeper);
      if (joined === false) return false;
      inner.push(joined);
    }
  }
  return { names: names.map((name) => `${place.path}.${name}`), rules, below: inner, handled, joined: true };
}

/** Fields that are no list of slots: `,"user.id":"a","user.limits.max":1`. */
function flatMembers(fields: PlainObject, place: Place, start: number): number {
  let at = start;
  let others: PlainObject | undefined;
  for (const name of Object.keys(fields)) {
    const value = own(fields, name);
    const inner = place.below === undefined ? undefined : own(place.below, name);
    if (value === undefined) continue;
    if (inner === undefined) put((others ??= {}), name, value);
    else at = inner.below !== undefined && isPlainObject(value) ? flatMembers(value, inner, at) : plain(value, keyText(inner.path, at));
  }
  return others === undefined ? at : plain(others, keyText(place.path, at));
}

function keyText(path: string, at: number): number {
  if (at > lineEnd) throw tooLong;
  return ascii(":", text(path, ascii(",", at)));
}

/** Undefined where there is no room left. What is kept stays for the life of the process. */
function keptKeys(into: Memory, { state }: SealedEvent): FlatKeys | undefined {
  const { core } = state;
  const { naming } = core.registry;
  const kept = (path: string): Kept | undefined => keep(into, `,${JSON.stringify(path)}:`);
  const identifier = (name: Parameters<typeof keyOf>[1], above = "originator"): Kept | undefined => kept(`${above}.${keyOf(naming, name)}`);
  const end = flatMembers(core.service, basePlace("service", { core, originator: state.originator }), 0);
  const service = keep(into, `{${end === 0 ? "" : `${into.text(1, end)},`}${JSON.stringify(keyOf(naming, "eventId"))}:`);
  const [type, traceId, spanId, parentSpanId] = [identifier("type"), identifier("traceId"), identifier("spanId"), identifier("parentSpanId")];
  const [rootType, rootSpanId, problems] = [identifier("type", "originator.root"), identifier("spanId", "originator.root"), kept("wevt.problems")];
  if (service === undefined || type === undefined || traceId === undefined || spanId === undefined || parentSpanId === undefined || rootType === undefined || rootSpanId === undefined || problems === undefined) return undefined;
  const keys: FlatKeys = { service, type, traceId, spanId, parentSpanId, rootType, rootSpanId, problems };
  keysOfCores.set(core, keys);
  return keys;
}
