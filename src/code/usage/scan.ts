/** Looks through one function or class for what happens to a variable or a field after it was made. */
import { ts } from "../ts-morph.js";
import { memo } from "./generated.js";
import { nameText, type Symbols, unwrapped } from "./symbols.js";

// Each `ts.name` of the bundled compiler goes through getters; these are asked of every node.
const { forEachChild, isBinaryExpression, isCallExpression, isReturnStatement } = ts;

/** `fields.tier = "pro"`, and with an empty path `Object.assign(fields, { … })`. */
export interface Mutation {
  /** The nodes that name the keys, for places. */
  readonly names: readonly ts.Node[];
  readonly path: readonly string[];
  readonly node: ts.Expression;
  readonly conditional: boolean;
}

/** Stands in a path for an element of an array: of `fields.steps.push(step)`. */
export const anElement = "[]";

/** What is assigned to a variable besides its initializer. */
export function assignmentsTo(declaration: ts.VariableDeclaration, symbol: ts.Symbol, symbols: Pick<Symbols, "symbolOf">): readonly ts.Expression[] {
  return assignmentsIn(scopeOf(declaration)).flatMap(({ left, right }) => (ts.isIdentifier(left) && left.text === symbol.name && symbols.symbolOf(left) === symbol ? [right] : []));
}

/** What is done to the object that a variable holds. */
export function mutationsOf(declaration: ts.VariableDeclaration, symbol: ts.Symbol, symbols: Symbols): readonly Mutation[] {
  const isIt = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === symbol.name && symbols.symbolOf(node) === symbol;
  return mutationsIn(scopeOf(declaration), { isIt, symbols, from: declaration });
}

/** What a function does to the object that it got. */
export function parameterMutations({ name, parent }: ts.ParameterDeclaration, symbols: Symbols): readonly Mutation[] {
  const body = "body" in parent ? parent.body : undefined;
  return body === undefined || !ts.isIdentifier(name) ? [] : mutationsIn(body, { isIt: isNamed(name, symbols), symbols, from: parent });
}

/** What a class does to the object that a parameter of its constructor keeps: `constructor(private fields: Fields)`. */
export function keptMutations(declaration: ts.ParameterDeclaration, symbol: ts.Symbol, symbols: Symbols): readonly Mutation[] {
  const isIt = (node: ts.Expression): boolean => ts.isPropertyAccessExpression(node) && node.name.text === symbol.name && symbols.symbolOf(node) === symbol;
  return mutationsIn(declaration.parent.parent, { isIt, symbols, from: declaration });
}

/** What a field of a class holds, and what is done to the object that it holds. */
export function fieldAssignments(declaration: ts.PropertyDeclaration, symbol: ts.Symbol, symbols: Symbols): { readonly values: readonly ts.Expression[]; readonly changed: readonly Mutation[] } {
  const isIt = (node: ts.Expression): boolean => ts.isPropertyAccessExpression(node) && nameText(node.name) === nameText(declaration.name) && symbols.symbolOf(node) === symbol;
  const assigned = assignmentsIn(declaration.parent).flatMap(({ left, right }) => (isIt(left) ? [right] : []));
  return {
    values: [...(declaration.initializer === undefined ? [] : [declaration.initializer]), ...assigned],
    changed: mutationsIn(declaration.parent, { isIt, symbols, from: declaration }),
  };
}

/** What a function returns. */
export const returnsOf = memo((called: ts.FunctionLikeDeclaration): readonly ts.Expression[] => {
  const { body } = called;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isReturnStatement(node)) found.push(...(node.expression === undefined ? [] : [node.expression]));
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) forEachChild(node, visit);
  };
  forEachChild(body, visit);
  return found;
});

interface Assignment {
  readonly left: ts.Expression;
  readonly right: ts.Expression;
}

interface Looking {
  readonly isIt: (node: ts.Expression) => boolean;
  readonly symbols: Symbols;
  /** Where the object is made: what stands deeper than this depends on a condition. */
  readonly from: ts.Node;
  readonly left?: number;
}

function mutationsIn(scope: ts.Node, looking: Looking): readonly Mutation[] {
  const { isIt, symbols, from } = looking;
  const assigned = assignmentsIn(scope).flatMap(({ left, right }): readonly Mutation[] => {
    const member = memberPath(left, isIt, symbols);
    return member === undefined || member.path.length === 0 ? [] : [{ ...member, node: right, conditional: isConditional(left, from) }];
  });
  const merged = mergesIn(scope).flatMap(({ left, right }): readonly Mutation[] => mergedInto(memberPath(left, isIt, symbols)).map((member) => ({ ...member, node: right, conditional: isConditional(left, from) })));
  return [...assigned, ...merged, ...calledIn(scope, looking), ...helpedIn(scope, looking), ...aliasedIn(scope, looking)];
}

function isReflection({ expression, name }: ts.PropertyAccessExpression): boolean {
  return ts.isIdentifier(expression) && /^(Reflect\.set|(Reflect|Object)\.definePropert(y|ies))$/.test(`${expression.text}.${name.text}`);
}

function mergedInto(member: Pick<Mutation, "names" | "path"> | undefined): readonly Pick<Mutation, "names" | "path">[] {
  return member === undefined ? [] : [member];
}

/** `fields.steps.push(step)`; after `Reflect.set(fields, key, value)` and `Object.defineProperty` the object is not known any more. */
function calledIn(scope: ts.Node, { isIt, symbols, from }: Looking): readonly Mutation[] {
  return callsIn(scope).flatMap(({ expression, arguments: args }): readonly Mutation[] => {
    const callee = unwrapped(expression);
    if (!ts.isPropertyAccessExpression(callee)) return [];
    const [first] = args;
    const conditional = isConditional(callee, from);
    if (first !== undefined && isReflection(callee) && isIt(unwrapped(first))) return [{ names: [first], path: ["*"], node: first, conditional }];
    if (!/^(push|unshift|splice|fill)$/.test(callee.name.text)) return [];
    const member = memberPath(callee.expression, isIt, symbols);
    if (member === undefined) return [];
    const added = callee.name.text === "splice" ? args.slice(2) : callee.name.text === "fill" ? args.slice(0, 1) : args;
    return added.map((one) => {
      if (ts.isSpreadElement(one)) return { ...member, node: one.expression, conditional };
      return { names: [...member.names, one], path: [...member.path, anElement], node: one, conditional };
    });
  });
}

/** `const limits = fields.limits; limits.max = 3`. */
function aliasedIn(scope: ts.Node, { isIt, symbols, left = maxHelpers }: Looking): readonly Mutation[] {
  if (left === 0) return [];
  return variablesIn(scope).flatMap(({ name, initializer }) => {
    const member = initializer === undefined ? undefined : memberPath(unwrapped(initializer), isIt, symbols);
    if (member === undefined) return [];
    return boundIn(name).flatMap((bound): readonly Mutation[] => {
      const changes = mutationsIn(scope, { isIt: isNamed(bound.name, symbols), symbols, from: bound.name, left: left - 1 });
      return changes.map((one) => ({ ...one, names: [...member.names, ...bound.keys, ...one.names], path: [...member.path, ...bound.keys.map((key) => key.text), ...one.path], conditional: true }));
    });
  });
}

/** The names that a variable, or a destructuring of one level, gives. */
function boundIn(name: ts.BindingName): readonly { readonly name: ts.Identifier; readonly keys: readonly ts.Identifier[] }[] {
  if (ts.isIdentifier(name)) return [{ name, keys: [] }];
  if (ts.isArrayBindingPattern(name)) return [];
  return name.elements.flatMap((one) => {
    const key = one.propertyName ?? one.name;
    return ts.isIdentifier(one.name) && ts.isIdentifier(key) && one.dotDotDotToken === undefined ? [{ name: one.name, keys: [key] }] : [];
  });
}

function isNamed(name: ts.Identifier, symbols: Symbols): (node: ts.Expression) => boolean {
  const symbol = symbols.checker.getSymbolAtLocation(name);
  return (node) => ts.isIdentifier(node) && node.text === name.text && symbols.symbolOf(node) === symbol;
}

const variablesIn = memo((scope: ts.Node): readonly ts.VariableDeclaration[] => {
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) found.push(node);
    forEachChild(node, visit);
  };
  visit(scope);
  return found;
});

/** How many helpers an object is followed into that is passed on to be filled. */
const maxHelpers = 3;

/** `enrich(fields)`: what a function of the user's own does to its parameter. */
function helpedIn(scope: ts.Node, { isIt, symbols, left = maxHelpers }: Looking): readonly Mutation[] {
  if (left === 0) return [];
  return callsIn(scope).flatMap(({ expression, arguments: args }): readonly Mutation[] => {
    const index = args.findIndex((one) => isIt(unwrapped(one)));
    const called = index < 0 ? undefined : symbols.functionOf(symbols.symbolOf(expression));
    const parameter = called?.parameters[index];
    if (called?.body === undefined || parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
    const { name } = parameter;
    const symbol = symbols.checker.getSymbolAtLocation(name);
    const isParameter = (node: ts.Expression): boolean => ts.isIdentifier(node) && node.text === name.text && symbols.symbolOf(node) === symbol;
    return mutationsIn(called.body, { isIt: isParameter, symbols, from: called, left: left - 1 }).map((one) => ({ ...one, conditional: true }));
  });
}

const callsIn = memo((scope: ts.Node): readonly ts.CallExpression[] => {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (isCallExpression(node) && node.arguments.length > 0) found.push(node);
    forEachChild(node, visit);
  };
  visit(scope);
  return found;
});

function memberPath(left: ts.Expression, isIt: Looking["isIt"], symbols: Symbols): Pick<Mutation, "names" | "path"> | undefined {
  if (isIt(left)) return { names: [], path: [] };
  const inner = unwrapped(left);
  const isMember = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
  if (!isMember) return undefined;
  const above = memberPath(inner.expression, isIt, symbols);
  if (above === undefined) return undefined;
  const name = ts.isPropertyAccessExpression(inner) ? inner.name : inner.argumentExpression;
  const type = ts.isPropertyAccessExpression(inner) || ts.isStringLiteralLike(name) ? undefined : symbols.checker.getTypeAtLocation(name);
  const key = type === undefined ? nameText(name) : type.isStringLiteral() ? type.value : undefined;
  // A computed key: whatever it is, the object is not known any more from here on.
  return { names: [...above.names, name], path: [...above.path, key ?? "*"] };
}

/** The function, class or file in which something is declared. */
function scopeOf(declaration: ts.Node): ts.Node {
  let node = declaration.parent;
  while (!ts.isFunctionLike(node) && !ts.isSourceFile(node) && !ts.isClassLike(node)) node = node.parent;
  return node;
}

const assignmentsIn = memo((scope: ts.Node): readonly Assignment[] => {
  const found: Assignment[] = [];
  const visit = (node: ts.Node): void => {
    if (isBinaryExpression(node) && assigning.has(node.operatorToken.kind)) found.push(...assignedBy(node.left, node.right));
    if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer)) found.push(...assignedBy(node.initializer, undefined));
    forEachChild(node, visit);
  };
  visit(scope);
  return found;
});

/** `[fields.tier, { plan: fields.plan }] = …` assigns to each; of a part that is taken out only the type of where it goes tells. */
function assignedBy(left: ts.Expression, right: ts.Expression | undefined): readonly Assignment[] {
  const inner = unwrapped(left);
  if (ts.isArrayLiteralExpression(inner)) return inner.elements.flatMap((one) => assignedBy(ts.isSpreadElement(one) ? one.expression : one, undefined));
  if (!ts.isObjectLiteralExpression(inner)) {
    const isDefault = right === undefined && isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isDefault ? assignedBy(inner.left, undefined) : [{ left, right: right ?? inner }];
  }
  return inner.properties.flatMap((one) => {
    if (ts.isPropertyAssignment(one)) return assignedBy(one.initializer, undefined);
    return ts.isShorthandPropertyAssignment(one) ? assignedBy(one.name, undefined) : ts.isSpreadAssignment(one) ? assignedBy(one.expression, undefined) : [];
  });
}

const assigning: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsToken, ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.PlusEqualsToken, ts.SyntaxKind.MinusEqualsToken, ts.SyntaxKind.AmpersandAmpersandEqualsToken]);

/** `Object.assign(left, right)`. */
const mergesIn = memo((scope: ts.Node): readonly Assignment[] => {
  const found: Assignment[] = [];
  const visit = (node: ts.Node): void => {
    if (isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "assign") {
      const [left, ...rights] = node.arguments;
      if (left !== undefined) found.push(...rights.map((right) => ({ left, right })));
    }
    forEachChild(node, visit);
  };
  visit(scope);
  return found;
});

/** True below an `if`, a loop or a function within the block of the declaration. */
function isConditional(node: ts.Node, from: ts.Node): boolean {
  const block = ts.isVariableDeclaration(from) ? from.parent.parent.parent : undefined;
  for (let at = node.parent; at !== undefined && at !== block; at = at.parent) {
    if (ts.isIfStatement(at) || ts.isIterationStatement(at, false) || ts.isFunctionLike(at) || ts.isSwitchStatement(at) || ts.isConditionalExpression(at) || ts.isTryStatement(at)) return !ts.isConstructorDeclaration(at);
  }
  return false;
}
