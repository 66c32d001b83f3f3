/**
 * How many steps a backtracking engine takes when a text does not match, and how that grows with the text. For one text the steps are the paths through
 * the automaton, which are counted without walking them one by one; the texts are found by repeating what its loops and branches ask for.
 */
import { components } from "./ambiguity.js";
import type { Automaton } from "./automaton.js";

export interface Growth {
  /** Steps on the worst text found of at most `shortLength` characters. */
  readonly short: number;
  /** Such a text. */
  readonly example: string;
  /** Steps grow with this power of the length. */
  readonly degree: number;
  /** A longer text, and its steps. */
  readonly long: { readonly length: number; readonly steps: number };
}

export const shortLength = 64;
/** Characters of each repeated part of the texts that are compared; what grows in the last quarter is no longer held up by counters. */
const searchLength = 128;
const longLengths = [128, 256] as const;
const maxPhases = 6;
const maxSeeds = 40;
const maxSeedsAlike = 4;
const maxPumps = 12;
/** Positions that are looked at for a way back to one. */
const maxWays = 256;
const maxPeriod = 8;
/** A power that is measured is below the true one, since lower ones weigh in; 1 is measured as 1. */
const nearlyNext = 0.8;
const beamWidth = 8;
/** Edges followed for one pattern. */
const maxMoves = 12_000_000;

/** Steps on a text of this length. */
export function stepsAt({ short, degree, long }: Growth, length: number): number {
  if (length <= shortLength) return short;
  const ratio = length / long.length;
  return Math.max(short, long.steps * (degree > 1 ? ratio ** degree : Math.max(ratio, 1)));
}

/** The longest text that takes at most so many steps, when they grow faster than the text. */
export function lengthWithin({ degree, long }: Growth, steps: number): number {
  return Math.floor(long.length * (steps / long.steps) ** (1 / Math.max(degree, 1)));
}

/** Undefined when finding out is too much work. */
export function growthOf(automaton: Automaton): Growth | undefined {
  if (isDeterministic(automaton)) return { short: shortLength, example: "", degree: 1, long: { length: shortLength, steps: shortLength } };
  const search: Search = { automaton, sums: new Float64Array(automaton.size), moves: 0 };
  const plan = worstPlan(search);
  const planned = plan.length === 0 ? [] : textOf(plan, Math.floor(shortLength / plan.length)).slice(0, shortLength);
  const { steps, length } = run(search, planned);
  const searched = beam(search);
  const worst = steps < searched.steps ? searched : { text: planned.slice(0, length), steps };
  const { degree, long } = growthAlong(search, [plan, ...continued(searched.text)]);
  if (search.moves > maxMoves) return undefined;
  return { short: worst.steps, example: worst.text.map((letter) => automaton.alphabet[letter] ?? "").join(""), degree, long };
}

/** How the steps grow when a text goes on as one of the plans says: the one that grows fastest. */
function growthAlong(search: Search, plans: readonly (readonly Phase[])[]): Pick<Growth, "degree" | "long"> {
  const grown = plans.map((plan) => {
    const [least, most] = longLengths.map((each) => run(search, textOf(plan, each)).steps);
    const [shorter, longer] = longLengths.map((each) => textOf(plan, each).length);
    return degreeOf({ shorter: Math.max(shorter ?? 1, 1), longer: Math.max(longer ?? 1, 1), least: Math.max(least ?? 1, 1), most: Math.max(most ?? 1, 1) });
  });
  return grown.reduce((best, one) => (one.degree > best.degree || (one.degree === best.degree && one.long.steps > best.long.steps) ? one : best));
}

function degreeOf({ shorter, longer, least, most }: { readonly [name in "shorter" | "longer" | "least" | "most"]: number }): Pick<Growth, "degree" | "long"> {
  const power = longer > shorter ? Math.log(most / least) / Math.log(longer / shorter) : 1;
  return { degree: Number.isFinite(most) ? Math.floor(power + nearlyNext) : Infinity, long: { length: longer, steps: most } };
}

/** A text that goes on as it ends. */
function continued(text: Text): readonly (readonly Phase[])[] {
  return text.length < shortLength ? [] : Array.from({ length: maxPeriod }, (_, index) => [{ lead: text, pump: text.slice(-index - 1) }]);
}

/** Each text has one path. */
function isDeterministic({ first, follow, matches }: Automaton): boolean {
  return [first, ...follow].every((next) => !isBranching(next, matches));
}

function isBranching(next: readonly number[], matches: Automaton["matches"]): boolean {
  const taken = new Set<number>();
  for (const position of next) {
    for (const [letter, has] of (matches[position] ?? []).entries()) {
      if (has && taken.has(letter)) return true;
      if (has) taken.add(letter);
    }
  }
  return false;
}

interface Search {
  readonly automaton: Automaton;
  /** Scratch for `step`; all zero between calls. */
  readonly sums: Float64Array;
  moves: number;
}

/** A text, as numbers of letters. */
type Text = readonly number[];

/** Where the paths of a text have come to, and how many there are. The start is a position beyond all others. */
interface Front {
  readonly length: number;
  readonly positions: readonly number[];
  readonly weights: readonly number[];
  readonly paths: number;
  readonly steps: number;
}

function startOf({ automaton }: Search): Front {
  return { length: 0, positions: [automaton.size], weights: [1], paths: 1, steps: 0 };
}

function followOf({ automaton }: Search, position: number): readonly number[] {
  return automaton.follow[position] ?? automaton.first;
}

function run(search: Search, text: Text, from: Front = startOf(search)): Front {
  let front = from;
  for (const letter of text) {
    if (front.paths === 0 || search.moves > maxMoves) return front;
    front = step(search, front, letter);
  }
  return front;
}

function step(search: Search, { length, positions, weights, steps }: Front, letter: number): Front {
  const { sums, automaton: { matches, accepting } } = search;
  const reached: number[] = [];
  for (let at = 0; at < positions.length; at++) {
    const weight = weights[at] ?? 0;
    const next = followOf(search, positions[at] ?? 0);
    search.moves += next.length;
    for (const position of next) {
      if (matches[position]?.[letter] !== true) continue;
      if (sums[position] === 0) reached.push(position);
      sums[position] = (sums[position] ?? 0) + weight;
    }
  }
  // Where the match is complete, one path is the last that is tried.
  const found = reached.map((position) => (accepting.has(position) ? 1 : (sums[position] ?? 0)));
  for (const position of reached) sums[position] = 0;
  const paths = found.reduce((sum, one) => sum + one, 0);
  return { length: length + 1, positions: reached, weights: found, paths, steps: steps + Math.max(paths, 1) };
}

/** One part of a text: a way to a position, and what is repeated there. */
interface Phase {
  readonly lead: Text;
  readonly pump: Text;
}

function textOf(plan: readonly Phase[], length: number): Text {
  return plan.flatMap(({ lead, pump }) => [...lead, ...Array.from({ length }, (_, index) => pump[index % pump.length] ?? 0)]);
}

/**
 * Part after part, the one that makes the paths grow most: the nearest of those that differ little, so that later ones come after it. Saying more of the same
 * is no part of its own.
 */
function worstPlan(search: Search): readonly Phase[] {
  const inLoop = loopPositions(search.automaton);
  const plan: Phase[] = [];
  let front = startOf(search);
  for (let count = 0; count < maxPhases && search.moves <= maxMoves; count++) {
    const said = new Set(plan.at(-1)?.pump);
    let best: { readonly phase: Phase; readonly end: Front; readonly gain: number } | undefined;
    for (const { position, lead } of seedsOf(search, front, inLoop)) {
      const begun = run(search, lead, front);
      for (const pump of pumpsOf(search, position, inLoop)) {
        if (count > 0 && [...lead, ...pump].every((letter) => said.has(letter))) continue;
        const text = textOf([{ lead: [], pump }], searchLength);
        const middle = run(search, text.slice(0, (searchLength * 3) / 4), begun);
        const end = run(search, text.slice((searchLength * 3) / 4), middle);
        const gain = Math.max(end.paths - middle.paths, 0);
        if (best === undefined || gain > 2 * best.gain || (best.gain === 0 && end.steps > 2 * best.end.steps)) best = { phase: { lead, pump }, end, gain };
      }
    }
    if (best === undefined || (count > 0 && best.end.paths <= front.paths)) break;
    plan.push(best.phase);
    if (best.end.paths <= front.paths) break;
    front = best.end;
  }
  return plan;
}

function loopPositions({ size, follow }: Automaton): ReadonlySet<number> {
  const groups = components(size, (position) => follow[position] ?? []);
  return new Set(groups.filter((group) => group.length > 1 || follow[group[0] ?? 0]?.includes(group[0] ?? 0) === true).flat());
}

/** Loops and branches that can be reached, the nearest first, each with a text that leads there. */
function seedsOf(search: Search, front: Front, inLoop: ReadonlySet<number>): readonly { readonly position: number; readonly lead: Text }[] {
  const { matches } = search.automaton;
  const seeds: { readonly position: number; readonly lead: Text }[] = [];
  const alike = new Map<readonly boolean[], number>();
  const seen = new Set(front.positions);
  const open = front.positions.map((position) => ({ position, lead: [] as Text }));
  for (let at = 0; at < open.length && seeds.length < maxSeeds; at++) {
    const { position, lead } = open[at] ?? { position: 0, lead: [] };
    const next = followOf(search, position);
    const row = matches[position] ?? [];
    if (inLoop.has(position) || isBranching(next, matches)) {
      const count = alike.get(row) ?? 0;
      if (count < maxSeedsAlike) seeds.push({ position, lead });
      alike.set(row, count + 1);
    }
    search.moves += next.length;
    for (const one of next) {
      if (seen.has(one)) continue;
      seen.add(one);
      open.push({ position: one, lead: [...lead, letterOf(search, one)] });
    }
  }
  return seeds;
}

/** What may be repeated at a position: one of its characters, a way that leads back, or one that leads on to another loop. */
function pumpsOf(search: Search, position: number, inLoop: ReadonlySet<number>): readonly Text[] {
  const { matches } = search.automaton;
  const next = followOf(search, position);
  const row = matches[position] ?? [];
  const own = row.flatMap((has, letter) => (has ? [[letter]] : []));
  const back = next.filter((one) => one !== position).slice(0, maxPumps).map((one) => wayBack(search, one, position));
  const pumps = new Map([...own.slice(0, maxPumps), ...back, ...waysOn(search, position, inLoop)].filter((pump) => pump.length > 0).map((pump) => [pump.join(), pump]));
  if (row.length === 0) for (const one of next) pumps.set(String(letterOf(search, one)), [letterOf(search, one)]);
  return [...pumps.values()];
}

/** The shortest texts that lead from a position to those in loops. */
function waysOn(search: Search, from: number, inLoop: ReadonlySet<number>): readonly Text[] {
  const found: Text[] = [];
  const seen = new Set<number>();
  const open = [{ position: from, text: [] as Text }];
  for (let at = 0; at < open.length && open.length <= maxWays && found.length < maxPumps; at++) {
    const { position, text } = open[at] ?? { position: from, text: [] };
    const next = followOf(search, position);
    search.moves += next.length;
    for (const one of next) {
      if (seen.has(one)) continue;
      seen.add(one);
      const way = [...text, letterOf(search, one)];
      if (inLoop.has(one)) found.push(way);
      open.push({ position: one, text: way });
    }
  }
  return found;
}

/** The shortest text from one position to another, both included; only the two where there is none. */
function wayBack(search: Search, from: number, to: number): Text {
  const seen = new Set([from]);
  const open = [{ position: from, text: [letterOf(search, from)] as Text }];
  for (let at = 0; at < open.length && open.length <= maxWays; at++) {
    const { position, text } = open[at] ?? { position: from, text: [] };
    const next = followOf(search, position);
    search.moves += next.length;
    if (next.includes(to)) return [...text, letterOf(search, to)];
    for (const one of next) {
      if (seen.has(one)) continue;
      seen.add(one);
      open.push({ position: one, text: [...text, letterOf(search, one)] });
    }
  }
  return search.automaton.matches[to] === undefined ? [] : [letterOf(search, from), letterOf(search, to)];
}

/** The character of a position that most positions share. */
function letterOf({ automaton }: Search, position: number): number {
  const { matches } = automaton;
  const popularity = popularities.get(automaton) ?? automaton.alphabet.map((_, letter) => matches.reduce((sum, row) => sum + (row[letter] === true ? 1 : 0), 0));
  popularities.set(automaton, popularity);
  const row = matches[position] ?? [];
  return row.reduce((best, has, letter) => (has && (best < 0 || (popularity[letter] ?? 0) > (popularity[best] ?? 0)) ? letter : best), -1);
}

const popularities = new WeakMap<Automaton, readonly number[]>();

/** Character by character, the texts that have the most paths: for patterns whose ways come from branches rather than from loops. */
function beam(search: Search): { readonly text: Text; readonly steps: number } {
  let fronts: readonly { readonly text: Text; readonly front: Front }[] = [{ text: [], front: startOf(search) }];
  let worst = { text: [] as Text, steps: 0 };
  for (let length = 0; length < shortLength && fronts.length > 0 && search.moves <= maxMoves; length++) {
    const next = fronts.flatMap(({ text, front }) => search.automaton.alphabet.map((_, letter) => ({ text: [...text, letter], front: step(search, front, letter) })));
    const distinct = new Map(next.filter(({ front }) => front.paths > 0).map((one) => [`${one.front.paths} ${one.front.positions.join()}`, one]));
    fronts = [...distinct.values()].sort((left, right) => right.front.paths - left.front.paths).slice(0, beamWidth);
    for (const { text, front } of fronts) if (front.steps > worst.steps) worst = { text, steps: front.steps };
  }
  return worst;
}
