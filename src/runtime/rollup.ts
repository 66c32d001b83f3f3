/** Where events meet roll-ups. What adds up is linked by generated code that declares one (`tally.ts`); here is only what every program has. */
import type { Rollup } from "./contract.js";
import { type EventState, itemAt, type Written, writtenOf } from "./event.js";
import type { PlainObject } from "./plain.js";
import { layoutOf, type Slot } from "./slots.js";

/** Adds an item up. What stands on the record is a partial of its own, behind the list, which is there from now on even if it stays empty. */
export function rollUp(state: EventState, list: Pick<Written, "descriptor" | "layout">, { descriptor, add }: Rollup, item: PlainObject | Slot[]): void {
  let rolled = writtenOf(state, descriptor.name);
  if (rolled === undefined) {
    // Merged: at the end, its fields are brought into the order of the rule.
    rolled = { descriptor, layout: layoutOf(descriptor.rule), items: [{}], merged: true, bound: undefined };
    state.partials.push({ ...list, items: [], merged: false, bound: undefined }, rolled);
  }
  const into = itemAt(rolled, 0);
  if (into !== undefined) add(into, item);
}
