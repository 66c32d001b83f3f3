/** From an expression to the literals it may be: through variables, parameters, members, conditions, and what functions return. */
import { ts } from "../ts-morph.js";
import { maxDepth } from "./model.js";
import { assignmentsTo, fieldAssignments, keptMutations, mutationsOf, parameterMutations, returnsOf } from "./scan.js";
import type { Names } from "./names.js";
import { keyOf, nameText, type Symbols, unwrapped } from "./symbols.js";

/** What parameters stand for: an expression where the call stands; nothing; or something that only its type tells of. */
export type Env = ReadonlyMap<ts.ParameterDeclaration, Value | "absent" | "opaque">;

/** An expression, and the calls that led to it. */
export interface Value {
  readonly node: ts.Expression;
  readonly env: Env;
  /** Functions entered so far. */
  readonly depth: number;
}

/** An expression that is followed no further. */
export interface End extends Value {
  /** False where it depends on a condition. */
  readonly sure: boolean;
  /** Keys that a destructuring has taken off. */
  readonly without?: ReadonlySet<string>;
  /** It is the value of this key of the object, not the object. */
  readonly key?: { readonly names: readonly ts.Node[]; readonly path: readonly string[] };
}

export interface Walk {
  readonly symbols: Symbols;
  readonly names: Names;
  /** Functions whose calls decide what a parameter is. */
  readonly needs: Set<ts.Node>;
  /** What is being expanded: a variable may be made from itself. */
  readonly active: Set<ts.Node>;
}

export const noEnv: Env = new Map();

/** Every expression that a value may be. Where nothing is known it is the expression itself. */
export function expand(value: Value, walk: Walk): readonly End[] {
  const node = unwrapped(value.node);
  if (walk.active.has(node)) return [{ ...value, node, sure: true }];
  walk.active.add(node);
  try {
    return expandNode({ ...value, node }, walk);
  } finally {
    walk.active.delete(node);
  }
}

function expandNode(value: Value, walk: Walk): readonly End[] {
  const { node } = value;
  const into = (inner: ts.Expression): readonly End[] => expand({ ...value, node: inner }, walk);
  if (ts.isAwaitExpression(node)) return into(node.expression);
  if (ts.isConditionalExpression(node)) return unsure([...into(node.whenTrue), ...into(node.whenFalse)]);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return unsure(into(node.right));
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) return unsure([...into(node.left), ...into(node.right)]);
    if (operator === ts.SyntaxKind.CommaToken || operator === ts.SyntaxKind.EqualsToken) return into(node.right);
  }
  if (isNothing(node)) return [];
  const found = ts.isIdentifier(node)
    ? expandSymbol(walk.symbols.symbolOf(node), value, walk)
    : ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? expandMember(node, value, walk)
      : ts.isCallExpression(node)
        ? expandCall(node, value, walk)
        : undefined;
  return found ?? [{ ...value, sure: true }];
}

/** `undefined`, `null`, `false` and `void 0` set nothing when they are spread or passed. */
function isNothing(node: ts.Expression): boolean {
  return (ts.isIdentifier(node) && node.text === "undefined") || ts.isVoidExpression(node) || node.kind === ts.SyntaxKind.NullKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

function unsure(ends: readonly End[]): readonly End[] {
  return ends.map((end) => ({ ...end, sure: false }));
}

/** What a name stands for; undefined when only its type tells. */
export function expandSymbol(symbol: ts.Symbol | undefined, value: Value, walk: Walk): readonly End[] | undefined {
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return undefined;
  if (ts.isParameter(declaration)) return expandParameter(declaration, value, walk);
  if (ts.isBindingElement(declaration)) return expandBinding(declaration, value, walk);
  if (!ts.isVariableDeclaration(declaration) || !ts.isVariableDeclarationList(declaration.parent)) return undefined;
  const isConst = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  const first = declaration.initializer === undefined ? [] : [declaration.initializer];
  const later = isConst ? [] : assignmentsTo(declaration, symbol, walk.symbols);
  if (first.length + later.length === 0) return undefined;
  const ends = [...first, ...later].flatMap((node) => expand({ ...value, node }, walk));
  const own = [...(later.length === 0 ? ends : unsure(ends)), ...changes(mutationsOf(declaration, symbol, walk.symbols), value, walk)];
  // Other files can write into an object that is exported: its type says what.
  return walk.names.changed.has(symbol.name) && isExported(declaration, symbol, walk.symbols) ? [...own, byType(value)] : own;
}

function isExported(declaration: ts.VariableDeclaration, symbol: ts.Symbol, { checker, unaliased }: Symbols): boolean {
  if (!ts.isVariableStatement(declaration.parent.parent) || !ts.isSourceFile(declaration.parent.parent.parent)) return false;
  const module = checker.getSymbolAtLocation(declaration.getSourceFile());
  return module !== undefined && checker.getExportsOfModule(module).some((one) => unaliased(one) === symbol);
}

/** The expression itself, of which its type tells. */
function byType(value: Value): End {
  return { ...value, node: unwrapped(value.node), sure: false };
}

/** What is assigned to members of an object later on. */
function changes(found: ReturnType<typeof mutationsOf>, value: Value, walk: Walk): readonly End[] {
  return found.flatMap(({ names, path, node, conditional }): readonly End[] => {
    if (path.length === 0) return expand({ ...value, node }, walk).map((end) => ({ ...end, sure: end.sure && !conditional }));
    return [{ ...value, node, sure: !conditional, key: { names, path } }];
  });
}

function expandParameter(parameter: ts.ParameterDeclaration, value: Value, walk: Walk): readonly End[] | undefined {
  const bound = value.env.get(parameter);
  if (bound === "opaque") return undefined;
  const fallback = parameter.initializer === undefined ? [] : expand({ ...value, node: parameter.initializer }, walk);
  const changed = (): readonly End[] => changes(parameterMutations(parameter, walk.symbols), value, walk);
  if (bound === "absent") return [...fallback, ...changed()];
  if (bound !== undefined) return [...expand(bound, walk), ...changed()];
  walk.needs.add(parameter.parent);
  return undefined;
}

/** `const { a: { b }, ...rest } = value`, also of a parameter. */
function expandBinding(element: ts.BindingElement, value: Value, walk: Walk): readonly End[] | undefined {
  const owner = element.parent.parent;
  const whole = ts.isBindingElement(owner)
    ? expandBinding(owner, value, walk)
    : ts.isParameter(owner)
      ? expandParameter(owner, value, walk)
      : owner.initializer === undefined
        ? undefined
        : expand({ ...value, node: owner.initializer }, walk);
  if (whole === undefined || ts.isArrayBindingPattern(element.parent)) return undefined;
  if (element.dotDotDotToken !== undefined) {
    const without = new Set(element.parent.elements.flatMap((one) => (one === element ? [] : (keyOf(one) ?? []))));
    return whole.map((end) => ({ ...end, without: new Set([...(end.without ?? []), ...without]) }));
  }
  const key = keyOf(element);
  const picked = key === undefined ? undefined : pick(whole, key, walk);
  if (picked === undefined || element.initializer === undefined) return picked;
  return unsure([...picked, ...expand({ ...value, node: element.initializer }, walk)]);
}

/** The values of a key of objects; undefined when one of them is no literal. */
export function pick(objects: readonly End[], key: string, walk: Walk): readonly End[] | undefined {
  const found: End[] = [];
  for (const object of objects) {
    if (object.key !== undefined) {
      const { names, path } = object.key;
      const { node, env, depth, sure } = object;
      if (path[0] === key) found.push({ node, env, depth, sure, ...(path.length === 1 ? {} : { key: { names: names.slice(1), path: path.slice(1) } }) });
      continue;
    }
    const ends = pickOne(object, key, walk);
    if (ends === undefined) return undefined;
    found.push(...ends);
  }
  return found;
}

function pickOne(object: End, key: string, walk: Walk): readonly End[] | undefined {
  const { node } = object;
  if (object.without?.has(key) === true) return [];
  if (ts.isJsxAttributes(node)) return pickAttribute(node, { object, key, walk });
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const property = [...node.properties].reverse().find((one) => nameText(one.name) === key);
  if (property !== undefined && ts.isPropertyAssignment(property)) return expand({ ...object, node: property.initializer }, walk);
  if (property !== undefined && ts.isShorthandPropertyAssignment(property)) return expand({ ...object, node: property.name }, walk);
  if (property !== undefined || node.properties.some((one) => one.name !== undefined && nameText(one.name) === undefined)) return undefined;
  const spreads = node.properties.filter(ts.isSpreadAssignment).map((one) => pick(expand({ ...object, node: one.expression }, walk), key, walk));
  return spreads.includes(undefined) ? undefined : spreads.flatMap((one) => one ?? []);
}

function pickAttribute({ properties }: ts.JsxAttributes, { object, key, walk }: { readonly object: End; readonly key: string; readonly walk: Walk }): readonly End[] | undefined {
  if (properties.some(ts.isJsxSpreadAttribute)) return undefined;
  const value = properties.filter(ts.isJsxAttribute).find((one) => nameText(one.name) === key)?.initializer;
  const inner = value !== undefined && ts.isJsxExpression(value) ? value.expression : value;
  return inner === undefined ? [] : expand({ ...object, node: inner }, walk);
}

function expandMember(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, value: Value, walk: Walk): readonly End[] | undefined {
  const symbol = walk.symbols.symbolOf(access);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return undefined;
  if (ts.isParameter(declaration)) {
    const given = expandParameter(declaration, value, walk);
    return given === undefined ? undefined : [...given, ...changes(keptMutations(declaration, symbol, walk.symbols), value, walk)];
  }
  if (ts.isGetAccessorDeclaration(declaration) && declaration.body !== undefined && value.depth < maxDepth) return expandReturns(declaration, { ...value, depth: value.depth + 1 }, walk);
  if (ts.isPropertyDeclaration(declaration)) {
    const { values, changed } = fieldAssignments(declaration, symbol, walk.symbols);
    if (values.length === 0) return undefined;
    const ends = values.flatMap((node) => expand({ ...value, node }, walk));
    const own = [...(values.length > 1 ? unsure(ends) : ends), ...changes(changed, value, walk)];
    const isOpen = !ts.isPrivateIdentifier(declaration.name) && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) === 0;
    const isOverridden = ts.isClassLike(declaration.parent) && walk.names.subclasses.has(nameText(declaration.parent.name) ?? "");
    return isOpen && (isOverridden || walk.names.changed.has(symbol.name)) ? [...own, byType(value)] : own;
  }
  const name = ts.isPropertyAccessExpression(access) ? access.name.text : ts.isStringLiteralLike(access.argumentExpression) ? access.argumentExpression.text : undefined;
  return name === undefined ? undefined : pick(expand({ ...value, node: access.expression }, walk), name, walk);
}

function expandCall(call: ts.CallExpression, value: Value, walk: Walk): readonly End[] | undefined {
  const symbol = walk.symbols.symbolOf(call.expression);
  const passed = passedThrough(symbol, call);
  if (passed !== undefined) return passed.flatMap((node) => expand({ ...value, node }, walk));
  const inner = unwrapped(call.expression);
  const called = ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) ? inner : walk.symbols.functionOf(symbol);
  if (called === undefined || called.asteriskToken !== undefined || ts.isConstructorDeclaration(called) || value.depth >= maxDepth) return undefined;
  const returned = expandReturns(called, { ...value, env: bind(called, call.arguments, value), depth: value.depth + 1 }, walk);
  return mayBeOverridden(called, walk) ? [...unsure(returned), byType(value)] : returned;
}

/** A method of a class that others extend. */
function mayBeOverridden(called: ts.FunctionLikeDeclaration, { names }: Walk): boolean {
  if (!ts.isMethodDeclaration(called) || !ts.isClassLike(called.parent) || ts.isPrivateIdentifier(called.name)) return false;
  const name = nameText(called.parent.name);
  return name !== undefined && (ts.getCombinedModifierFlags(called) & (ts.ModifierFlags.Private | ts.ModifierFlags.Static)) === 0 && names.subclasses.has(name);
}

function expandReturns(called: ts.FunctionLikeDeclaration, value: Value, walk: Walk): readonly End[] {
  const returned = returnsOf(called);
  const ends = returned.flatMap((node) => expand({ ...value, node }, walk));
  return returned.length > 1 ? unsure(ends) : ends;
}

/** What the parameters of a function are in a call. */
export function bind(called: ts.FunctionLikeDeclaration, args: readonly ts.Expression[], { env, depth }: Pick<Value, "env" | "depth">): Env {
  const bound = new Map(env);
  const spread = args.findIndex((one) => ts.isSpreadElement(one));
  for (const [index, parameter] of called.parameters.entries()) {
    const arg = args[index];
    const isKnown = parameter.dotDotDotToken === undefined && (spread < 0 || index < spread);
    bound.set(parameter, !isKnown ? "opaque" : arg === undefined ? "absent" : { node: arg, env, depth });
  }
  return bound;
}

/** Arguments of functions of the language that give back what they got. */
function passedThrough(symbol: ts.Symbol | undefined, { arguments: args }: ts.CallExpression): readonly ts.Expression[] | undefined {
  const declaration = symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined || !/\/lib\.[\w.]+\.d\.ts$/.test(declaration.getSourceFile().fileName)) return undefined;
  const owner = ts.isInterfaceDeclaration(declaration.parent) ? declaration.parent.name.text : "";
  if (owner === "ObjectConstructor" && symbol.name === "assign") return args;
  const isSame = (owner === "ObjectConstructor" && /^(freeze|seal|preventExtensions)$/.test(symbol.name)) || (owner === "PromiseConstructor" && symbol.name === "resolve") || symbol.name === "structuredClone";
  return isSame ? args.slice(0, 1) : undefined;
}
