/**
 * A regular expression as a position automaton (Glushkov): each character, class or escape is a position, and an edge tells which may follow. A path
 * through it is one way in which a backtracking engine tries to match, so what the paths do is what matching costs. The one file that reads patterns.
 */
import { RegExpParser, type AST } from "@eslint-community/regexpp";

export interface Automaton {
  /** Number of positions. */
  readonly size: number;
  /** Position → the positions that may follow; one that is there twice is reached in two ways. */
  readonly follow: readonly (readonly number[])[];
  /** The positions that a match may begin with. */
  readonly first: readonly number[];
  /** Positions where the match is complete, whatever follows. */
  readonly accepting: ReadonlySet<number>;
  /** Characters that the pattern may tell apart, one of each sort. */
  readonly alphabet: readonly string[];
  /** Position → for each of the alphabet, whether it matches. */
  readonly matches: readonly (readonly boolean[])[];
  /** Position → the source of the outermost unbounded repetition around it. */
  readonly loops: readonly (string | undefined)[];
  /** Characters of the longest text that can match; Infinity when there is none. */
  readonly longest: number;
}

/** Positions and edges that are looked at; a pattern beyond is called too complex. */
const maxPositions = 1_500;
const maxEdges = 60_000;
/** A counter up to this is written out; above it, or when that is too much, above the second one, it counts as a loop. */
const maxCopies = [64, 5] as const;

/** Undefined when the pattern is too large. It compiles. */
export function automatonOf(pattern: string): Automaton | undefined {
  const tree = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, true);
  for (const copies of maxCopies) {
    const builder: Builder = { copies, sources: [], follow: [], loops: [], edges: 0 };
    const root = patternPart(builder, tree);
    if (root !== undefined && builder.sources.length <= maxPositions && builder.edges <= maxEdges) return finish(builder, tree, root);
  }
  return undefined;
}

interface Part {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

interface Builder {
  readonly copies: number;
  readonly sources: string[];
  readonly follow: number[][];
  readonly loops: (string | undefined)[];
  edges: number;
  loop?: string | undefined;
}

interface Root extends Part {
  readonly accepting: readonly number[];
}

const empty: Part = { nullable: true, first: [], last: [] };
const anything = "[^]";

/** Alternatives without ^ may begin anywhere: before them stands a loop over anything. */
function patternPart(builder: Builder, tree: AST.Pattern): Root | undefined {
  const parts = tree.alternatives.map((alternative) => ({ alternative, part: alternativePart(builder, alternative) }));
  if (isFull(builder)) return undefined;
  const accepting = parts.flatMap(({ alternative, part }) => (alternative.elements.some((one, index) => hasAssertion(one) && !(index === 0 && isStart(one))) ? [] : part.last));
  const [anchored, floating] = [true, false].map((wanted) => parts.filter(({ alternative }) => isStart(alternative.elements[0]) === wanted).map(({ part }) => part));
  if (floating === undefined || floating.length === 0) return { ...choice(anchored ?? []), accepting };
  const scan = position(builder, anything);
  connect(builder, scan.last, scan.first);
  return { ...choice([...(anchored ?? []), inOrder(builder, { ...scan, nullable: true }, choice(floating))]), accepting };
}

function isStart(element: AST.Element | undefined): boolean {
  return element?.type === "Assertion" && element.kind === "start";
}

function hasAssertion(node: AST.Element): boolean {
  switch (node.type) {
    case "Assertion":
    case "Backreference":
      return true;
    case "Group":
    case "CapturingGroup":
      return node.alternatives.some((one) => one.elements.some(hasAssertion));
    case "Quantifier":
      return hasAssertion(node.element);
    default:
      return false;
  }
}

function isFull({ sources, edges }: Builder): boolean {
  return sources.length > maxPositions || edges > maxEdges;
}

function alternativePart(builder: Builder, { elements }: AST.Alternative): Part {
  let whole = empty;
  for (const element of elements) whole = inOrder(builder, whole, elementPart(builder, element));
  return whole;
}

function elementPart(builder: Builder, node: AST.Element): Part {
  if (isFull(builder)) return empty;
  switch (node.type) {
    case "Group":
    case "CapturingGroup":
      return choice(node.alternatives.map((one) => alternativePart(builder, one)));
    case "Quantifier":
      return repeated(builder, node);
    case "Assertion":
      return node.kind === "lookahead" || node.kind === "lookbehind" ? sidePath(choice(node.alternatives.map((one) => alternativePart(builder, one)))) : empty;
    case "Backreference":
      return referenced(builder, node);
    default:
      return position(builder, node.raw);
  }
}

/** What is looked at is tried beside what follows. */
function sidePath({ first }: Part): Part {
  return { nullable: true, first, last: [] };
}

/** It matches no more than its group does; within its own group it matches nothing. */
function referenced(builder: Builder, { resolved, start }: AST.Backreference): Part {
  const group = Array.isArray(resolved) ? resolved[0] : resolved;
  return group === undefined || (group.start <= start && start < group.end) ? empty : elementPart(builder, group);
}

function position(builder: Builder, source: string): Part {
  const index = builder.sources.push(source) - 1;
  builder.follow.push([]);
  builder.loops.push(builder.loop);
  return { nullable: false, first: [index], last: [index] };
}

function repeated(builder: Builder, quantifier: AST.Quantifier): Part {
  const { min, max, element, raw } = quantifier;
  const body = (): Part => elementPart(builder, element);
  if (max <= builder.copies) return inOrder(builder, times(builder, min, body), optional(builder, max - min, body));
  const outer = builder.loop;
  builder.loop = outer ?? raw;
  const ahead = min > 1 && min <= builder.copies ? times(builder, min - 1, body) : empty;
  const looped = body();
  connect(builder, looped.last, looped.first);
  // Each of many iterations that have to be there may be empty: the same text is matched in many ways.
  if (looped.nullable && min > builder.copies) connect(builder, looped.last, looped.first);
  builder.loop = outer;
  return inOrder(builder, ahead, min === 0 ? { ...looped, nullable: true } : looped);
}

function times(builder: Builder, count: number, body: () => Part): Part {
  let whole = empty;
  for (let index = 0; index < count && !isFull(builder); index++) whole = inOrder(builder, whole, body());
  return whole;
}

/** An iteration beyond the least number follows another one, and is never empty. */
function optional(builder: Builder, count: number, body: () => Part): Part {
  let whole = empty;
  for (let index = 0; index < count && !isFull(builder); index++) whole = { ...inOrder(builder, { ...body(), nullable: false }, whole), nullable: true };
  return whole;
}

function inOrder(builder: Builder, left: Part, right: Part): Part {
  if (left === empty) return right;
  connect(builder, left.last, right.first);
  return {
    nullable: left.nullable && right.nullable,
    first: left.nullable ? [...left.first, ...right.first] : left.first,
    last: right.nullable ? [...left.last, ...right.last] : right.last,
  };
}

function choice(parts: readonly Part[]): Part {
  return { nullable: parts.some((one) => one.nullable), first: parts.flatMap((one) => one.first), last: parts.flatMap((one) => one.last) };
}

function connect(builder: Builder, from: readonly number[], to: readonly number[]): void {
  builder.edges += from.length * to.length;
  if (isFull(builder)) return;
  for (const one of from) builder.follow[one]?.push(...to);
}

function finish({ sources, follow, loops }: Builder, tree: AST.Pattern, { first, accepting }: Root): Automaton {
  const { alphabet, members } = alphabetOf(sources);
  const matches = sources.map((source) => members.get(source) ?? []);
  return { size: sources.length, follow, first, accepting: new Set(accepting), alphabet, matches, loops, longest: longestOf(tree) };
}

/** Characters of every sort that patterns usually tell apart; those that this pattern does not are left out. */
function alphabetOf(sources: readonly string[]): { readonly alphabet: readonly string[]; readonly members: ReadonlyMap<string, readonly boolean[]> } {
  const distinct = [...new Set(sources)];
  const literals = distinct.flatMap((source) => [...source].flatMap((char) => [-1, 0, 1].map((offset) => (char.codePointAt(0) ?? 0) + offset)));
  const codes = new Set([...letters, ...Array.from({ length: 128 }, (_, code) => code), ...literals, 0xa0, 0xe9, 0xdf, 0x3a9, 0x44f, 0x663, 0x2028, 0x4e2d, 0x3042, 0x1f600]);
  const chars = [...codes].filter((code) => code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)).map((code) => String.fromCodePoint(code));
  const tests = distinct.map((source) => new RegExp(`^(?:${source})$`, "u"));
  const sorts = new Map<string, string>();
  for (const char of chars) {
    const sort = tests.map((test) => (test.test(char) ? "1" : "0")).join("");
    if (!sorts.has(sort) && (sort.includes("1") || sorts.size === 0)) sorts.set(sort, char);
  }
  const columns = [...sorts.keys()];
  return { alphabet: [...sorts.values()], members: new Map(distinct.map((source, index) => [source, columns.map((sort) => sort[index] === "1")])) };
}

/** Looked at first, so that what is shown to people is readable. */
const letters = Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.", (char) => char.charCodeAt(0));

function longestOf(node: AST.Pattern | AST.Alternative | AST.Element): number {
  switch (node.type) {
    case "Pattern":
      return node.alternatives.every((one) => isStart(one.elements[0])) ? Math.max(...node.alternatives.map(longestOf)) : Infinity;
    case "Group":
    case "CapturingGroup":
      return Math.max(...node.alternatives.map(longestOf));
    case "Alternative":
      return node.elements.reduce((sum, one) => sum + longestOf(one), 0);
    case "Quantifier": {
      const each = longestOf(node.element);
      return each === 0 ? 0 : each * node.max;
    }
    case "Assertion":
      return node.kind === "lookahead" || node.kind === "lookbehind" ? Math.max(...node.alternatives.map(longestOf)) : 0;
    case "Backreference":
      return Infinity;
    default:
      return 1;
  }
}
