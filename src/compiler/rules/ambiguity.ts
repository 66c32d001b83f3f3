/**
 * Whether a regular expression can match one text in exponentially many ways. Each loop becomes a position automaton (Glushkov); it is ambiguous
 * when some position leads back to itself on one word along two different paths.
 */
import { RegExpParser, type AST } from "@eslint-community/regexpp";

interface Part {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

interface Automaton {
  /** The source of each position: one character, class or escape. */
  readonly sources: string[];
  /** Position → the positions that may follow; one that is there twice is reached in two ways. */
  readonly follow: number[][];
}

const maxPositions = 120;
/** A counter up to this is written out; above it the number of ways grows as a loop's does. */
const maxCopies = 5;
const empty: Part = { nullable: true, first: [], last: [] };

/** The source of the outermost ambiguous loop, or undefined. The pattern compiles. */
export function ambiguousLoop(pattern: string): string | undefined {
  const tree = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, true);
  return loopsIn(tree).find(isAmbiguous)?.raw;
}

function loopsIn(node: AST.Pattern | AST.Alternative | AST.Element): readonly AST.Quantifier[] {
  switch (node.type) {
    case "Pattern":
    case "Group":
    case "CapturingGroup":
      return node.alternatives.flatMap(loopsIn);
    case "Assertion":
      return node.kind === "lookahead" || node.kind === "lookbehind" ? node.alternatives.flatMap(loopsIn) : [];
    case "Alternative":
      return node.elements.flatMap(loopsIn);
    case "Quantifier":
      return [...(isLoop(node) ? [node] : []), ...loopsIn(node.element)];
    default:
      return [];
  }
}

function isLoop({ max }: AST.Quantifier): boolean {
  return max > maxCopies;
}

function isAmbiguous(loop: AST.Quantifier): boolean {
  const automaton: Automaton = { sources: [], follow: [] };
  partOf(automaton, loop);
  const { sources, follow } = automaton;
  if (sources.length > maxPositions) return false;
  if (follow.some((next) => new Set(next).size < next.length)) return true;
  const overlaps = overlapOf(sources);
  return sources.some((_, position) => leadsBackTwice(position, follow, overlaps));
}

function partOf(automaton: Automaton, node: AST.Element): Part {
  switch (node.type) {
    case "Group":
    case "CapturingGroup":
      return choice(node.alternatives.map((one) => sequence(automaton, one.elements.map((element) => () => partOf(automaton, element)))));
    case "Quantifier":
      return repeated(automaton, node);
    case "Assertion":
    case "Backreference":
      return empty;
    default: {
      const position = automaton.sources.push(node.raw) - 1;
      automaton.follow.push([]);
      return { nullable: false, first: [position], last: [position] };
    }
  }
}

function repeated(automaton: Automaton, quantifier: AST.Quantifier): Part {
  const { min, max, element } = quantifier;
  const fixed = min === max && ["Character", "CharacterSet", "CharacterClass"].includes(element.type);
  if (!isLoop(quantifier) || (fixed && max <= maxPositions)) {
    return sequence(automaton, Array.from({ length: max }, (_, index) => () => {
      const copy = partOf(automaton, element);
      return index < min ? copy : { ...copy, nullable: true };
    }));
  }
  const part = partOf(automaton, element);
  connect(automaton, part.last, part.first);
  return min === 0 ? { ...part, nullable: true } : part;
}

function sequence(automaton: Automaton, parts: readonly (() => Part)[]): Part {
  return parts.reduce((left: Part, make) => {
    const right = make();
    connect(automaton, left.last, right.first);
    return {
      nullable: left.nullable && right.nullable,
      first: left.nullable ? [...left.first, ...right.first] : left.first,
      last: right.nullable ? [...left.last, ...right.last] : right.last,
    };
  }, empty);
}

function choice(parts: readonly Part[]): Part {
  return { nullable: parts.some((one) => one.nullable), first: parts.flatMap((one) => one.first), last: parts.flatMap((one) => one.last) };
}

function connect({ follow }: Automaton, from: readonly number[], to: readonly number[]): void {
  for (const position of from) follow[position]?.push(...to);
}

type Overlaps = (left: number, right: number) => boolean;

/** Two positions overlap when one of the characters that a pattern may tell apart matches both. */
function overlapOf(sources: readonly string[]): Overlaps {
  const literals = sources.flatMap((source) => [...source].flatMap((char) => [-1, 0, 1].map((offset) => (char.codePointAt(0) ?? 0) + offset)));
  const alphabet = [...new Set([...Array.from({ length: 128 }, (_, code) => code), ...literals, 0xa0, 0xe9, 0xdf, 0x3a9, 0x44f, 0x663, 0x2028, 0x4e2d, 0x3042, 0x1f600])];
  const chars = alphabet.filter((code) => code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)).map((code) => String.fromCodePoint(code));
  const sets = new Map([...new Set(sources)].map((source) => [source, membersOf(source, chars)]));
  return (left, right) => {
    const [one, other] = [sets.get(sources[left] ?? ""), sets.get(sources[right] ?? "")];
    return one !== undefined && other !== undefined && (one === other || [...one].some((char) => other.has(char)));
  };
}

function membersOf(source: string, chars: readonly string[]): ReadonlySet<string> {
  const set = new RegExp(`^(?:${source})$`, "u");
  return new Set(chars.filter((char) => set.test(char)));
}

/** Follows pairs of paths on one word from (position, position) until they part and meet there again. */
function leadsBackTwice(position: number, follow: readonly (readonly number[])[], overlaps: Overlaps): boolean {
  const seen = new Set<string>();
  const open: (readonly [number, number, boolean])[] = [[position, position, false]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right, parted] = pair;
    for (const nextLeft of follow[left] ?? []) {
      for (const nextRight of follow[right] ?? []) {
        const apart = parted || nextLeft !== nextRight;
        const key = `${nextLeft},${nextRight},${apart}`;
        if (seen.has(key) || !overlaps(nextLeft, nextRight)) continue;
        if (apart && nextLeft === position && nextRight === position) return true;
        seen.add(key);
        open.push([nextLeft, nextRight, apart]);
      }
    }
  }
  return false;
}
