/** Which texts an expression may be: names of computed keys, paths of `add` and `time`. */
import { ts } from "../ts-morph.js";
import { expand, type Value, type Walk } from "./expand.js";

export interface Texts {
  readonly texts: readonly string[];
  /** False when it may be others, too. */
  readonly complete: boolean;
}

/** How many texts a template may stand for. */
const maxTexts = 200;

export function textsOf(value: Value, walk: Walk): Texts {
  return united(expand(value, walk).map((end) => textsOfEnd(end, walk)));
}

function textsOfEnd({ node, env, depth }: Value, walk: Walk): Texts {
  if (ts.isStringLiteralLike(node)) return { texts: [node.text], complete: true };
  if (ts.isTemplateExpression(node)) {
    let all: Texts = { texts: [node.head.text], complete: true };
    for (const { expression, literal } of node.templateSpans) {
      const { texts, complete } = textsOf({ node: expression, env, depth }, walk);
      all = { texts: all.texts.flatMap((head) => texts.map((text) => `${head}${text}${literal.text}`)).slice(0, maxTexts), complete: all.complete && complete };
    }
    return all;
  }
  return textsOfType(walk.symbols.checker.getTypeAtLocation(node), walk.symbols.checker);
}

function textsOfType(type: ts.Type, checker: ts.TypeChecker): Texts {
  if (type.isStringLiteral()) return { texts: [type.value], complete: true };
  if (type.isUnion()) return united(type.types.map((one) => textsOfType(one, checker)));
  const constraint = type.isTypeParameter() ? checker.getBaseConstraintOfType(type) : undefined;
  return constraint === undefined ? { texts: [], complete: false } : textsOfType(constraint, checker);
}

function united(list: readonly Texts[]): Texts {
  return { texts: [...new Set(list.flatMap((one) => one.texts))], complete: list.every((one) => one.complete) };
}
