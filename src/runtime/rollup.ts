/** Where events meet roll-ups. What adds up is linked by generated code that declares one (`tally.ts`); here is only what every program has. */
import type { PartialDescriptor } from "./contract.js";
import { type EventState, report, writtenOf } from "./event.js";
import { handleFields, type Handling } from "./handling.js";
import type { PlainObject } from "./plain.js";
import { layoutOf, type Slot } from "./slots.js";

/** Adds an item up, and tells whether it is kept besides. */
export function rollUp(state: EventState, descriptor: PartialDescriptor, item: PlainObject | Slot[]): boolean {
  const { name, repeatable, rule } = descriptor;
  const max = repeatable?.max ?? 0;
  let written = writtenOf(state, name);
  if (written === undefined) {
    const rolled = repeatable?.rollup?.begin();
    written = { descriptor, layout: layoutOf(rule), items: [], merged: false, ...(rolled === undefined ? {} : { rolled }) };
    state.partials.push(written);
  }
  written.rolled?.add(item);
  if (written.items.length < max) return true;
  if (max > 0) report(state, { problem: "limit", path: name, message: `more than ${max} of them on one event: the rest is only in its roll-up` });
  return false;
}

/** What is added up becomes a partial of its own, behind the one it is of. */
export function addRollups({ partials }: EventState): void {
  for (let index = partials.length - 1; index >= 0; index--) {
    const rolled = partials[index]?.rolled;
    // Merged: so that the fields are brought into the order of the rule.
    if (rolled !== undefined) partials.splice(index + 1, 0, { descriptor: rolled.descriptor, layout: layoutOf(rolled.descriptor.rule), items: [rolled.fields()], merged: true });
  }
}

/** What was added up so far under a name, as it would stand on the record, of an event that is not sealed. */
export function rolledUp({ partials }: EventState, name: string): PlainObject | undefined {
  const rolled = partials.find((one) => one.rolled?.descriptor.name === name)?.rolled;
  return rolled === undefined ? undefined : handleFields(rolled.fields(), rolled.descriptor.rule, name, unhandled);
}

/** Nothing that is hashed is added up. */
const unhandled: Handling = { hash: undefined, keyMissing: () => {} };
