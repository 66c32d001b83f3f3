/** From an expression to what it names: through imports, re-exports, aliases, destructuring and object members. */
import { ts } from "../ts-morph.js";
import { assignmentsTo } from "./scan.js";
import { memo, type Generated, type Known } from "./generated.js";

export interface Symbols {
  readonly checker: ts.TypeChecker;
  /** The symbol that a callee, a name or a member names; imports are followed. */
  readonly symbolOf: (expression: ts.Expression) => ts.Symbol | undefined;
  /** What a symbol of generated code or the runtime does, whatever name it goes by. */
  readonly knownOf: (symbol: ts.Symbol | undefined) => Known | undefined;
  /** The function that a symbol names, when its body was read. Of a class, the constructor. */
  readonly functionOf: (symbol: ts.Symbol | undefined) => ts.FunctionLikeDeclaration | undefined;
  readonly unaliased: (symbol: ts.Symbol | undefined) => ts.Symbol | undefined;
}

/** How many aliases of aliases are followed. */
const maxAliases = 20;

export function symbolsOf(checker: ts.TypeChecker, generated: Generated): Symbols {
  const unaliased = (symbol: ts.Symbol | undefined): ts.Symbol | undefined => (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol);
  const symbolOf = (expression: ts.Expression): ts.Symbol | undefined => unaliased(symbolAt(checker, expression));

  const resolve = (symbol: ts.Symbol, left: number): Known | undefined => {
    for (const declaration of symbol.declarations ?? []) {
      const own = generated.knownOf(declaration);
      if (own !== undefined) return own;
    }
    const next = left === 0 ? undefined : aliasOf(symbol.valueDeclaration);
    return next === undefined ? undefined : resolve(next, left - 1);
  };
  const aliasOf = (declaration: ts.Declaration | undefined): ts.Symbol | undefined => {
    if (declaration === undefined) return undefined;
    if (ts.isBindingElement(declaration)) return boundSymbol(declaration);
    if (ts.isShorthandPropertyAssignment(declaration)) return unaliased(checker.getShorthandAssignmentValueSymbol(declaration));
    const value = ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration) || ts.isPropertyDeclaration(declaration) ? declaration.initializer : undefined;
    return value === undefined ? undefined : symbolOf(unbound(value));
  };
  const boundSymbol = (element: ts.BindingElement): ts.Symbol | undefined => {
    const key = keyOf(element);
    if (key === undefined || element.dotDotDotToken !== undefined) return undefined;
    return unaliased(checker.getTypeAtLocation(element.parent).getProperty(key));
  };
  // A class without a constructor has that of the class that it extends.
  const baseOf = (declaration: ts.Declaration | undefined): ts.Symbol | undefined => {
    if (declaration === undefined || !ts.isClassLike(declaration)) return undefined;
    const base = declaration.heritageClauses?.find((one) => one.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return base === undefined ? undefined : symbolOf(base.expression);
  };
  const knownOf = memo((symbol: ts.Symbol | undefined) => (symbol === undefined ? undefined : resolve(symbol, maxAliases)));

  const isReassigned = (declaration: ts.Declaration, symbol: ts.Symbol): boolean => {
    if (!ts.isVariableDeclaration(declaration) || (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0) return false;
    return assignmentsTo(declaration, symbol, { symbolOf }).length > 0;
  };
  const functionIn = (symbol: ts.Symbol, left: number): ts.FunctionLikeDeclaration | undefined => {
    for (const declaration of symbol.declarations ?? []) {
      const found = functionAt(declaration);
      if (found !== undefined) return isReassigned(declaration, symbol) ? undefined : found;
    }
    const next = aliasOf(symbol.valueDeclaration) ?? baseOf(symbol.valueDeclaration);
    return next === undefined || left === 0 ? undefined : functionIn(next, left - 1);
  };
  const functionOf = memo((symbol: ts.Symbol | undefined) => (symbol === undefined ? undefined : functionIn(symbol, maxAliases)));
  return { checker, symbolOf, knownOf, functionOf, unaliased };
}

function symbolAt(checker: ts.TypeChecker, expression: ts.Expression): ts.Symbol | undefined {
  const inner = unwrapped(expression);
  if (ts.isPropertyAccessExpression(inner)) return checker.getSymbolAtLocation(inner.name);
  if (ts.isElementAccessExpression(inner)) {
    const key = inner.argumentExpression;
    return ts.isStringLiteralLike(key) ? checker.getSymbolAtLocation(key) : memberOf(checker, inner);
  }
  if (inner.kind === ts.SyntaxKind.SuperKeyword) return checker.getTypeAtLocation(inner).symbol;
  if (!ts.isIdentifier(inner)) return undefined;
  const isShorthand = ts.isShorthandPropertyAssignment(inner.parent) && inner.parent.name === inner;
  return isShorthand ? checker.getShorthandAssignmentValueSymbol(inner.parent) : checker.getSymbolAtLocation(inner);
}

/** `event[name]`, where the type of `name` says which one. */
function memberOf(checker: ts.TypeChecker, access: ts.ElementAccessExpression): ts.Symbol | undefined {
  const key = checker.getTypeAtLocation(access.argumentExpression);
  return key.isStringLiteral() ? checker.getTypeAtLocation(access.expression).getProperty(key.value) : undefined;
}

/** The expression without parentheses, assertions and the like. */
export function unwrapped(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (isWrapping(inner)) inner = inner.expression;
  return inner;
}

// Each `ts.name` of the bundled compiler goes through getters; these are asked of every call of every file.
const kinds = ts.SyntaxKind;
const wrapping: ReadonlySet<ts.SyntaxKind> = new Set([kinds.ParenthesizedExpression, kinds.AsExpression, kinds.SatisfiesExpression, kinds.NonNullExpression, kinds.TypeAssertionExpression]);

/** Named guard: all of these have an expression inside. */
function isWrapping(node: ts.Expression): node is ts.ParenthesizedExpression {
  return wrapping.has(node.kind);
}

/** `event.user` of `event.user.bind(event)`. */
export function unbound(expression: ts.Expression): ts.Expression {
  const inner = unwrapped(expression);
  const isBind = ts.isCallExpression(inner) && ts.isPropertyAccessExpression(inner.expression) && inner.expression.name.text === "bind" && inner.arguments.length === 1;
  return isBind && ts.isPropertyAccessExpression(inner.expression) ? inner.expression.expression : inner;
}

/** The name of the property that an element of a destructuring takes. */
export function keyOf(element: ts.BindingElement): string | undefined {
  return nameText(element.propertyName ?? element.name);
}

/** The text of a name that is written down. */
export function nameText(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  if (ts.isJsxAttribute(name)) return nameText(name.name);
  return undefined;
}

function functionAt(declaration: ts.Declaration): ts.FunctionLikeDeclaration | undefined {
  if (ts.isClassLike(declaration)) return declaration.members.find((one): one is ts.ConstructorDeclaration => ts.isConstructorDeclaration(one) && one.body !== undefined);
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration) || ts.isGetAccessorDeclaration(declaration)) return declaration.body === undefined ? undefined : declaration;
  const value = ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration) || ts.isPropertyDeclaration(declaration) ? declaration.initializer : undefined;
  const inner = value === undefined ? undefined : unwrapped(value);
  return inner !== undefined && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) ? inner : undefined;
}
