/** Events that are open, in the order in which they were opened: linked to each other, since a Set costs a twentieth of what an event does. */
import type { EventState } from "./event.js";
import { maxOpenEvents } from "./limits.js";

export interface OpenList {
  size: number;
  /** Open, and beyond the limit. */
  unlisted: number;
  first: EventState | undefined;
  last: EventState | undefined;
}

export function createOpenList(): OpenList {
  return { size: 0, unlisted: 0, first: undefined, last: undefined };
}

/** Beyond the limit, an event is counted and not listed: it ends as it ends, and not by `close()`. */
export function addOpen(list: OpenList, state: EventState): void {
  if (list.size >= maxOpenEvents) {
    list.unlisted += 1;
    return;
  }
  list.size += 1;
  state.earlier = list.last;
  if (list.last === undefined) list.first = state;
  else list.last.later = state;
  list.last = state;
}

/** Its links are cut, or one event would keep another in memory. */
export function removeOpen(list: OpenList, state: EventState): void {
  const { earlier, later } = state;
  if (earlier === undefined && list.first !== state) {
    // Follow-ups were never added.
    if (state.followUpOf === undefined && list.unlisted > 0) list.unlisted -= 1;
    return;
  }
  list.size -= 1;
  if (earlier === undefined) list.first = later;
  else earlier.later = later;
  if (later === undefined) list.last = earlier;
  else later.earlier = earlier;
  state.earlier = state.later = undefined;
}

export function listOpen({ first }: OpenList): EventState[] {
  const states: EventState[] = [];
  for (let state = first; state !== undefined; state = state.later) states.push(state);
  return states;
}
