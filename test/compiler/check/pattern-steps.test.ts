/** Brute force against the analysis of patterns: a backtracking matcher that counts its steps, on texts made by repeating what a pattern may ask for. */
import { RegExpParser, type AST } from "@eslint-community/regexpp";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const letters = ["a", "b"];
/** One step of the analysis is a few of this matcher's. */
const stepsInOne = 10;
const promised = 1_000_000;

/** The smallest backtracking matcher of ECMAScript's patterns, as far as the random ones go: it tries, in order, what the standard says. */
function stepsOf(tree: AST.Pattern, text: string, limit: number): number {
  let steps = 0;
  type Next = (at: number) => boolean;
  const anyOf = (alternatives: readonly AST.Alternative[], at: number, next: Next): boolean => alternatives.some((one) => inOrder(one.elements, at, next));
  const inOrder = ([first, ...rest]: readonly AST.Element[], at: number, next: Next): boolean => (first === undefined ? next(at) : match(first, at, (end) => inOrder(rest, end, next)));
  const match = (node: AST.Element, at: number, next: Next): boolean => {
    if (++steps > limit) throw new Error("limit");
    switch (node.type) {
      case "Group":
      case "CapturingGroup":
        return anyOf(node.alternatives, at, next);
      case "Quantifier":
        return repeat(node, { at, count: 0, next });
      case "Assertion":
        return (node.kind === "start" ? at === 0 : at === text.length) && next(at);
      default:
        return at < text.length && sortOf(node.raw).test(text[at] ?? "") && next(at + 1);
    }
  };
  const repeat = (node: AST.Quantifier, { at, count, next }: { readonly at: number; readonly count: number; readonly next: Next }): boolean => {
    const more = (): boolean => count < node.max && match(node.element, at, (end) => (end === at && count >= node.min ? false : repeat(node, { at: end, count: count + 1, next })));
    return count < node.min ? more() : more() || next(at);
  };
  const anchored = tree.alternatives.every((one) => one.elements[0]?.type === "Assertion" && one.elements[0].kind === "start");
  try {
    for (let start = 0; start <= (anchored ? 0 : text.length); start++) if (anyOf(tree.alternatives, start, () => true)) break;
  } catch {
    return Infinity;
  }
  return steps;
}

const sorts = new Map<string, RegExp>();

function sortOf(source: string): RegExp {
  const sort = sorts.get(source) ?? new RegExp(`^${source}$`, "u");
  sorts.set(source, sort);
  return sort;
}

const { body } = fc.letrec<{ body: string; item: string }>((tie) => ({
  item: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...letters, "[ab]", "."),
    fc.tuple(fc.constantFrom(...letters, "[ab]"), fc.constantFrom("*", "+", "?", "{0,9}", "{3}", "{2,}")).map((parts) => parts.join("")),
    fc.tuple(tie("body"), fc.constantFrom("", "*", "+", "?", "{0,9}", "{12}", "{4,}")).map(([inner, quantifier]) => `(?:${inner})${quantifier}`),
    fc.tuple(tie("body"), tie("body")).map(([left, right]) => `(?:${left}|${right})`),
  ),
  body: fc.array(tie("item"), { minLength: 1, maxLength: 4 }).map((items) => items.join("")),
}));
const pattern = fc.tuple(fc.constantFrom("^", "^", ""), body, fc.constantFrom("$", "c", "")).map((parts) => parts.join(""));

const words = (length: number): readonly string[] => (length === 0 ? [""] : words(length - 1).flatMap((word) => letters.map((letter) => word + letter)));
const pumps = [1, 2, 3].flatMap(words);

/** Repeated words with something before and after them, and one repeated word after another. */
function textsOf(length: number): readonly string[] {
  const repeated = pumps.flatMap((pump) => ["", "a", "b", "ab"].flatMap((lead) => ["!", ""].map((end) => lead + pump.repeat(length).slice(0, length) + end)));
  return [...repeated, ...["ab", "ba"].map(([first = "", second = ""]) => `${first.repeat(length / 2)}${second.repeat(length / 2)}!`)];
}

/** The ids of what is wrong, for a field with this `maxLength`. */
async function verdictOf(source: string, maxLength?: number): Promise<string> {
  const more = maxLength === undefined ? "" : `, maxLength: ${maxLength}`;
  const { problems } = await compileFiles({ "schemas/a.yaml": `partial: a\nproperties:\n  x: { type: string, pattern: ${JSON.stringify(source)}${more} }` });
  return problems.map((one) => one.split(" ")[1]).join();
}

function worstOf(source: string, length: number, limit: number): number {
  const tree = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, true);
  let worst = 0;
  for (const text of textsOf(length)) {
    worst = Math.max(worst, stepsOf(tree, text, limit));
    if (worst > limit) return worst;
  }
  return worst;
}

it("a pattern that is not refused takes no more steps on 64 characters than is promised", async () => {
  await fc.assert(
    fc.asyncProperty(pattern, async (source) => {
      if ((await verdictOf(source, 64)) !== "") return;
      expect(worstOf(source, 60, promised * stepsInOne)).toBeLessThan(promised * stepsInOne);
    }),
    { numRuns: 100, seed: 7, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
}, 120_000);

it("a pattern that is accepted for a text of any length takes time that grows no faster than the text", async () => {
  await fc.assert(
    fc.asyncProperty(pattern, async (source) => {
      if ((await verdictOf(source)) !== "") return;
      const [shorter, longer] = [worstOf(source, 200, promised * stepsInOne), worstOf(source, 400, promised * stepsInOne)];
      expect(longer).toBeLessThan(Math.max(3 * shorter, 5_000));
    }),
    { numRuns: 100, seed: 11, endOnFailure: true, interruptAfterTimeLimit: 5_000 },
  );
}, 120_000);
