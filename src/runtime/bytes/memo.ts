/**
 * Text that comes again and again in one field (a host, a model, a route) is copied from where it was written before: a comparison and a copy cost a
 * quarter of what writing it does. A field that never says the same twice is soon left alone.
 */
import { type Memory, reserve } from "./memory.js";
import { text } from "./values.js";

/** Shorter text is written as fast, and longer text is mostly of its own. */
const least = 12;
const most = 200;
/** By length: a field has several places, for values that take turns. */
const places = 8;
const bytesPerPlace = 256;
/** Of all fields together: a third of the room for what stays, or what comes later (another runtime, a bound partial) would find none. */
const maxPlaces = 2_048;
let taken = 0;
/** So many misses more than hits turn it off. */
const patience = 32;
const maxBudget = 1_024;

/** What one field has said. */
export interface Memo {
  budget: number;
  /** Absent where nothing was said, or it is off. */
  readonly values: (string | undefined)[];
  /** Of the bytes, quotes included; 0 where they are not kept yet, since the value has come only once. */
  readonly lengths: number[];
  readonly offsets: number[];
}

export function newMemo(): Memo {
  return { budget: patience, values: Array.from({ length: places }, () => undefined), lengths: Array.from({ length: places }, () => 0), offsets: Array.from({ length: places }, () => 0) };
}

/** Whether it pays to look. */
export function mayRecur({ length }: string): boolean {
  return length >= least && length <= most;
}

/** Text in quotes, as `text` writes it. */
export function recurring(into: Memory, memo: Memo, value: string, at: number): number {
  if (memo.budget < 0) return text(value, at);
  const place = value.length & (places - 1);
  if (memo.values[place] !== value) {
    memo.values[place] = --memo.budget < 0 ? undefined : value;
    memo.lengths[place] = 0;
    if (memo.budget < 0) memo.values.fill(undefined);
    return text(value, at);
  }
  if (memo.budget < maxBudget) memo.budget++;
  const known = memo.lengths[place] ?? 0;
  if (known > 0) return into.copy(memo.offsets[place] ?? 0, known, at);
  const end = text(value, at);
  if (end - at < bytesPerPlace) remember(into, memo, { place, from: at, count: end - at });
  return end;
}

function remember(into: Memory, { offsets, lengths }: Memo, { place, from, count }: { readonly place: number; readonly from: number; readonly count: number }): void {
  const offset = offsets[place] || newPlace();
  if (offset === undefined) return;
  into.copy(from, count, offset);
  offsets[place] = offset;
  lengths[place] = count;
}

function newPlace(): number | undefined {
  return taken++ < maxPlaces ? reserve(bytesPerPlace) : undefined;
}
