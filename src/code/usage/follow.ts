/** Which fields a value sets: key by key where there is a literal, by its type where there is none. */
import { ts } from "../ts-morph.js";
import { type End, type Env, expand, type Value, type Walk } from "./expand.js";
import type { GapReason } from "./model.js";
import { anElement } from "./scan.js";
import { textsOf } from "./texts.js";
import { nameText, unwrapped } from "./symbols.js";
import { isLeaf, keyTargets, type Target } from "./targets.js";
import { writeByType } from "./types.js";

export interface Found {
  readonly write: (target: Target, node: ts.Node, sure: boolean) => void;
  readonly gap: (target: Target, node: ts.Node, reason: GapReason) => void;
}

export interface Following extends Walk {
  readonly found: Found;
  /** The objects that are being followed, with what parameters stand for in them: one may be made from itself. */
  readonly open: Map<ts.Node, readonly Env[]>;
}

/** Records what a value writes below a target; the target itself has been recorded where it is named. */
export function follow(value: Value, target: Target, sure: boolean, following: Following): void {
  if (isLeaf(target)) return;
  for (const end of expand(value, following)) followEnd({ ...end, sure: sure && end.sure }, target, following);
}

function followEnd(end: End, target: Target, following: Following): void {
  const { node, key, sure } = end;
  if (key !== undefined) return followKey(end, key, target, following);
  if (ts.isObjectLiteralExpression(node) || ts.isJsxAttributes(node)) {
    const outer = following.open.get(node) ?? [];
    if (outer.includes(end.env)) return;
    following.open.set(node, [...outer, end.env]);
    for (const property of node.properties) followProperty(property, end, target, following);
    following.open.set(node, outer);
    return;
  }
  const elements = elementsOf(end, following);
  if (elements !== undefined) {
    // A partial that repeats is written as itself, or as a list.
    const inner = target.items.length === 0 ? [target] : target.items;
    for (const element of elements) for (const one of inner) follow(element, one, sure, following);
    return;
  }
  writeByType({ end, target, symbols: following.symbols, found: following.found });
}

/** `fields.limits.max = 3` after `const fields = …`. */
function followKey(end: End, { names, path }: NonNullable<End["key"]>, target: Target, following: Following): void {
  let targets: readonly Target[] = [target];
  for (const [index, key] of path.entries()) {
    const name = names[index] ?? end.node;
    if (key === "*") return targets.forEach((one) => following.found.gap(one, name, "name"));
    const isLast = index === path.length - 1;
    if (key === anElement) {
      targets = targets.flatMap((one) => (one.items.length === 0 ? [one] : one.items));
      if (isLast) for (const one of targets) follow({ node: end.node, env: end.env, depth: end.depth }, one, end.sure, following);
      continue;
    }
    targets = targets.flatMap((one) => keyTargets(one, key));
    for (const one of targets) if (isLast) writeKey(one, name, end, following);
  }
}

function followProperty(property: ts.ObjectLiteralElementLike | ts.JsxAttributeLike, end: End, target: Target, following: Following): void {
  const { sure } = end;
  const inside = (node: ts.Expression): Value => ({ node, env: end.env, depth: end.depth });
  if (ts.isSpreadAssignment(property) || ts.isJsxSpreadAttribute(property)) return follow(inside(property.expression), target, sure, following);
  const value = valueOf(property);
  if (property.name !== undefined && ts.isComputedPropertyName(property.name) && nameText(property.name) === undefined) {
    const { texts, complete } = textsOf(inside(property.name.expression), following);
    for (const key of texts) for (const one of keyTargets(target, key)) writeKey(one, property.name, { ...end, node: value ?? property.name.expression, sure: sure && complete && texts.length === 1 }, following);
    if (!complete) following.found.gap(target, property.name, "name");
    return;
  }
  const key = nameText(property.name);
  if (key === undefined || property.name === undefined || end.without?.has(key) === true) return;
  for (const one of keyTargets(target, key)) {
    if (value === undefined) following.found.write(one, property.name, sure);
    else writeKey(one, property.name, { ...end, node: value }, following);
  }
}

/** The value of a property; undefined for an accessor or a JSX attribute without one. */
function valueOf(property: Exclude<ts.ObjectLiteralElementLike | ts.JsxAttributeLike, ts.SpreadAssignment | ts.JsxSpreadAttribute>): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  if (!ts.isJsxAttribute(property) || property.initializer === undefined) return undefined;
  return ts.isJsxExpression(property.initializer) ? property.initializer.expression : property.initializer;
}

function writeKey(target: Target, name: ts.Node, value: Value & { readonly sure: boolean }, following: Following): void {
  const presence = presenceOf(value, following);
  if (presence === "no") return;
  const sure = value.sure && presence === "yes";
  following.found.write(target, name, sure);
  follow({ node: value.node, env: value.env, depth: value.depth }, target, sure, following);
}

type Presence = "yes" | "maybe" | "no";

/** Whether a value is there at all: `undefined` sets nothing. */
function presenceOf(value: Value, following: Following): Presence {
  const node = unwrapped(value.node);
  if (isUndefined(node)) return "no";
  if (ts.isConditionalExpression(node)) {
    const [one, other] = [node.whenTrue, node.whenFalse].map((inner) => presenceOf({ ...value, node: inner }, following));
    return one === other ? (one ?? "yes") : "maybe";
  }
  if (!ts.isIdentifier(node)) return ts.isPropertyAccessChain(node) ? "maybe" : "yes";
  const parameter = following.symbols.symbolOf(node)?.valueDeclaration;
  if (parameter !== undefined && ts.isVariableDeclaration(parameter) && isConstant(parameter)) return parameter.initializer !== undefined && isUndefined(unwrapped(parameter.initializer)) ? "no" : "yes";
  if (parameter === undefined || !ts.isParameter(parameter) || parameter.initializer !== undefined) return "yes";
  const bound = value.env.get(parameter);
  if (bound === "absent") return "no";
  if (bound !== undefined && bound !== "opaque") return presenceOf(bound, following);
  if (parameter.questionToken === undefined) return "yes";
  if (bound === undefined) following.needs.add(parameter.parent);
  return "maybe";
}

function isUndefined(node: ts.Expression): boolean {
  return ts.isVoidExpression(node) || (ts.isIdentifier(node) && node.text === "undefined");
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

/** The elements of an array that is written down, or made by a callback from another one. */
function elementsOf({ node, env, depth }: End, following: Following): readonly Value[] | undefined {
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element): readonly Value[] => {
      if (!ts.isSpreadElement(element)) return [{ node: element, env, depth }];
      const inner = expand({ node: element.expression, env, depth }, following);
      return inner.flatMap((end) => elementsOf(end, following) ?? [{ node: element, env: end.env, depth: end.depth }]);
    });
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const callback = node.arguments[0];
  const made = callback === undefined || !/^(map|flatMap)$/.test(node.expression.name.text) ? undefined : unwrapped(callback);
  if (made === undefined || !ts.isArrowFunction(made) || ts.isBlock(made.body)) return undefined;
  return [{ node: made.body, env, depth }];
}
