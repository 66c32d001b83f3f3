/** Bytes of bound partials. They have a bounded room, whose oldest place goes to what comes new: whoever lost its place is written again. */
import type { Bound } from "../bound.js";
import { type Memory, reserve } from "./memory.js";

const bytesPerPlace = 1_024;
const places = 256;

let start: number | undefined;
/** How often each place was given away. */
const turns = new Uint32Array(places);
let next = 0;

/** Copies what `keepShare` kept; undefined where it is no longer there. */
export function copyShare(into: Memory, { share }: Bound, at: number): number | undefined {
  if (share === undefined || start === undefined || turns[share.place] !== share.turn) return undefined;
  return into.copy(start + share.place * bytesPerPlace, share.length, at);
}

/** Keeps what stands in the line from `from` to `end`. */
export function keepShare(into: Memory, bound: Bound, from: number, end: number): void {
  start ??= reserve(places * bytesPerPlace);
  const length = end - from;
  if (start === undefined || length > bytesPerPlace - 16) return;
  const place = next;
  next = (next + 1) % places;
  const turn = (turns[place] ?? 0) + 1;
  turns[place] = turn;
  into.copy(from, length, start + place * bytesPerPlace);
  bound.share = { place, length, turn };
}
