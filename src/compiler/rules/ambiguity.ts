/**
 * Whether a regular expression can match one text in exponentially many ways: when some position leads back to itself on one word along two
 * different paths. Exact for loops; what counters that are written out do is measured in `growth.ts`.
 */
import type { Automaton } from "./automaton.js";

/** Pairs of positions that are looked at in one loop. */
const maxPairs = 160_000;
/** Steps from pair to pair. */
const maxMoves = 3_000_000;

export type LoopVerdict = { readonly kind: "fine" } | { readonly kind: "ambiguous"; readonly loop: string } | { readonly kind: "complex" };

/** The source of the first ambiguous loop; `complex` when the work is too much. */
export function ambiguousLoop(automaton: Automaton): LoopVerdict {
  const { follow, size, loops } = automaton;
  const groups = components(size, (position) => follow[position] ?? []);
  for (const members of groups.filter((one) => one.length > 1 || follow[one[0] ?? 0]?.includes(one[0] ?? 0) === true)) {
    const verdict = isAmbiguous(automaton, members);
    if (verdict === "complex") return { kind: "complex" };
    if (verdict) return { kind: "ambiguous", loop: loops[members[0] ?? 0] ?? "" };
  }
  return { kind: "fine" };
}

function isAmbiguous({ follow, matches }: Automaton, members: readonly number[]): boolean | "complex" {
  const index = new Map(members.map((position, at) => [position, at]));
  const inside = members.map((position) => (follow[position] ?? []).flatMap((next) => index.get(next) ?? []));
  if (inside.some((next) => new Set(next).size < next.length)) return true;
  const overlaps = overlapOf(members.map((position) => matches[position] ?? []));
  if (inside.every((next) => next.every((left, at) => next.every((right, other) => at >= other || !overlaps(left, right))))) return false;
  if (members.length ** 2 > maxPairs) return "complex";
  return leadsBackTwice(inside, overlaps);
}

type Overlaps = (left: number, right: number) => boolean;

function overlapOf(sets: readonly (readonly boolean[])[]): Overlaps {
  const known = new Map<readonly boolean[], Map<readonly boolean[], boolean>>();
  return (left, right) => {
    const [one, other] = [sets[left] ?? [], sets[right] ?? []];
    const row = known.get(one) ?? new Map<readonly boolean[], boolean>();
    if (row.size === 0) known.set(one, row);
    const verdict = row.get(other) ?? one.some((has, at) => has && other[at] === true);
    row.set(other, verdict);
    return verdict;
  };
}

/** Two paths on one word part and meet again: a pair of one position twice and a pair of two positions reach each other. */
function leadsBackTwice(inside: readonly (readonly number[])[], overlaps: Overlaps): boolean | "complex" {
  const size = inside.length;
  let moves = 0;
  const successors = (pair: number): readonly number[] => {
    const [left, right] = [Math.floor(pair / size), pair % size];
    const found: number[] = [];
    for (const nextLeft of inside[left] ?? []) {
      for (const nextRight of inside[right] ?? []) if (overlaps(nextLeft, nextRight)) found.push(nextLeft * size + nextRight);
    }
    moves += found.length + 1;
    return moves > maxMoves ? [] : found;
  };
  const isTwice = (pair: number): boolean => Math.floor(pair / size) === pair % size;
  const ambiguous = components(size * size, successors).some((group) => group.length > 1 && group.some(isTwice) && !group.every(isTwice));
  return ambiguous || (moves > maxMoves ? "complex" : false);
}

/** Strongly connected components (Tarjan), without recursion. */
export function components(size: number, successors: (node: number) => readonly number[]): readonly (readonly number[])[] {
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (node: number): Frame => {
    order[node] = low[node] = count++;
    stack.push(node);
    onStack[node] = 1;
    return { node, next: successors(node), at: 0 };
  };
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const frames = [enter(root)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { node } = frame;
      const next = frame.next[frame.at++];
      if (next !== undefined) {
        if (order[next] === -1) frames.push(enter(next));
        else if (onStack[next] === 1) low[node] = Math.min(low[node] ?? 0, order[next] ?? 0);
        continue;
      }
      frames.pop();
      const above = frames.at(-1)?.node;
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const group = stack.splice(stack.lastIndexOf(node));
      for (const one of group) onStack[one] = 0;
      found.push(group);
    }
  }
  return found;
}

interface Frame {
  readonly node: number;
  readonly next: readonly number[];
  at: number;
}
