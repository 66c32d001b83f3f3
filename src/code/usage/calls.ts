/** Every call in the files that are looked at, by the function that it calls, and those that write. */
import { ts } from "../ts-morph.js";
import { type Generated, type Known, memo } from "./generated.js";
import { type GapReason, maxDepth } from "./model.js";
import { nameText, type Symbols, unwrapped } from "./symbols.js";
import type { Target } from "./targets.js";

/** A call of a function, a constructor, or a component. */
export interface CallSite {
  readonly node: ts.Node;
  readonly args: readonly ts.Expression[];
  /** The function of the user's own that is called. */
  readonly called?: ts.FunctionLikeDeclaration;
}

/** A call that writes. */
export interface Sink extends CallSite {
  readonly known: Known;
  /** What is called; its receiver says which event is meant. */
  readonly callee: ts.Expression;
  /** The calls that passed the builder or method to where it is called; innermost first. */
  readonly chain: readonly CallSite[];
}

/** A builder or method that is given away, not called. */
export interface Passed {
  readonly node: ts.Node;
  readonly known: Known & { readonly target: Target };
  readonly reason: GapReason;
}

export interface Calls {
  readonly sinks: readonly Sink[];
  /** The calls of a function of the user's own. */
  readonly callersOf: (called: ts.Node) => readonly CallSite[];
  /** True for a function that is also given away: to be called by code that is not seen. */
  readonly isGivenAway: (called: ts.Node) => boolean;
  /** Those that are not followed to a call. */
  readonly passed: readonly Passed[];
}

interface Collected {
  readonly sinks: Sink[];
  readonly passed: Passed[];
  /** By what is called: a function with a body, or the declaration of a method without one. */
  readonly callers: Map<ts.Node, CallSite[]>;
  /** Calls of parameters. */
  readonly ofParameters: Map<ts.Symbol, (CallSite & { readonly callee: ts.Expression })[]>;
}

export interface Collecting {
  readonly symbols: Symbols;
  readonly generated: Generated;
}

export function collectCalls(files: readonly ts.SourceFile[], collecting: Collecting): Calls {
  const collected: Collected = { sinks: [], passed: [], callers: new Map(), ofParameters: new Map() };
  const visit = (node: ts.Node): void => {
    visitNode(node, collected, collecting);
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  const { sinks, callers } = collected;
  const followed = collected.passed.map((one) => ({ one, sinks: sinksOfPassed(one, { collected, collecting, chain: [] }) }));
  return {
    sinks: [...sinks, ...followed.flatMap((one) => one.sinks)],
    passed: followed.filter((one) => one.sinks.length === 0).map(({ one }) => one),
    isGivenAway: memo((called) => isGivenAway(called, files, collecting.symbols)),
    callersOf: (called) => [called, ...declaredAbove(called, collecting.symbols)].flatMap((one) => callers.get(one) ?? []).map((site) => withCalled(site, called)),
  };
}

/** A call through an interface calls each method that implements it. */
function withCalled(site: CallSite, called: ts.Node): CallSite {
  return isFunction(called) ? { ...site, called } : site;
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node;
}

function visitNode(node: ts.Node, collected: Collected, { symbols, generated }: Collecting): void {
  if (ts.isCallExpression(node)) {
    addCall(node.expression, { node, args: node.arguments }, collected, symbols);
    addUntyped(node, collected, { symbols, generated });
  }
  if (ts.isNewExpression(node)) addCaller(symbols.symbolOf(node.expression), { node, args: node.arguments ?? [] }, collected, symbols);
  else if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
    if (ts.isIdentifier(node.tagName)) addCaller(symbols.symbolOf(node.tagName), { node, args: [node.attributes] }, collected, symbols);
  } else if (ts.isIdentifier(node) && generated.names.has(node.text)) {
    const given = givenAway(node, symbols);
    const known = given === undefined ? undefined : symbols.knownOf(symbols.symbolOf(given));
    if (given !== undefined && known !== undefined && "target" in known) collected.passed.push({ node: given, known, reason: "passed-on" });
  }
}

function addCall(callee: ts.Expression, site: CallSite, collected: Collected, symbols: Symbols): void {
  const direct = symbols.symbolOf(callee);
  const known = symbols.knownOf(direct);
  if (known !== undefined) return void collected.sinks.push({ ...site, known, callee, chain: [] });
  const several = direct === undefined ? knownMembers(callee, symbols) : [];
  if (several.length > 0) return void collected.sinks.push(...several.map((one) => ({ ...site, known: one, callee, chain: [] })));
  const indirect = throughFunction(callee, site);
  const target = indirect === undefined ? undefined : symbols.knownOf(symbols.symbolOf(indirect.callee));
  if (indirect !== undefined && target !== undefined) return void collected.sinks.push({ ...indirect, known: target, chain: [] });
  if (direct?.valueDeclaration !== undefined && ts.isParameter(direct.valueDeclaration)) put(collected.ofParameters, direct, { ...site, callee });
  addCaller(direct, site, collected, symbols);
}

/** `event.user({ … })` on a value without a type: it may be an event, or anything else. */
function addUntyped({ expression, arguments: args }: ts.CallExpression, { passed }: Collected, { symbols, generated }: Collecting): void {
  const callee = unwrapped(expression);
  if (!ts.isPropertyAccessExpression(callee) || args.length !== 1) return;
  const target = generated.methods.get(callee.name.text);
  if (target === undefined || symbols.symbolOf(callee) !== undefined) return;
  if ((symbols.checker.getTypeAtLocation(callee.expression).flags & ts.TypeFlags.Any) !== 0) passed.push({ node: callee.name, known: { kind: "method", target }, reason: "any" });
}

/** `event[name]({ … })`, where `name` is one of several. */
function knownMembers(callee: ts.Expression, { checker, knownOf, unaliased }: Symbols): readonly Known[] {
  const inner = unwrapped(callee);
  if (!ts.isElementAccessExpression(inner)) return [];
  const key = checker.getTypeAtLocation(inner.argumentExpression);
  const owner = checker.getTypeAtLocation(inner.expression);
  const names = (key.isUnion() ? key.types : [key]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  return names.flatMap((name) => knownOf(unaliased(owner.getProperty(name))) ?? []);
}

function addCaller(symbol: ts.Symbol | undefined, site: CallSite, { callers }: Collected, symbols: Symbols): void {
  const called = symbols.functionOf(symbol) ?? symbol?.valueDeclaration;
  if (called !== undefined) put(callers, called, site);
}

interface Passing {
  readonly collected: Collected;
  readonly collecting: Collecting;
  readonly chain: readonly CallSite[];
}

/** The calls of a parameter that a builder or method was passed as; a parameter may be passed on. */
function sinksOfPassed(passed: Passed, { collected, collecting, chain }: Passing): readonly Sink[] {
  const call = passed.node.parent;
  if (!ts.isCallExpression(call) || chain.length >= maxDepth) return [];
  const { symbols } = collecting;
  const called = symbols.functionOf(symbols.symbolOf(call.expression));
  const parameter = called?.parameters[call.arguments.findIndex((one) => one === passed.node)];
  if (called === undefined || parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
  const symbol = symbols.checker.getSymbolAtLocation(parameter.name);
  const way = [{ node: call, args: call.arguments, called }, ...chain];
  const calls = symbol === undefined ? [] : (collected.ofParameters.get(symbol) ?? []);
  return calls.map((one) => ({ ...one, known: passed.known, chain: way }));
}

/** `event.user.call(event, { … })` and `apply`. */
function throughFunction(callee: ts.Expression, { node, args }: CallSite): (CallSite & { readonly callee: ts.Expression }) | undefined {
  const inner = unwrapped(callee);
  if (!ts.isPropertyAccessExpression(inner)) return undefined;
  if (inner.name.text === "call") return { node, callee: inner.expression, args: args.slice(1) };
  const list = args[1];
  if (inner.name.text !== "apply" || list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
  return { node, callee: inner.expression, args: list.elements };
}

/** The expression that a name is the end of, where it is used as a value that no alias is made of: not called, taken apart, declared or imported. */
function givenAway(name: ts.Identifier, { checker }: Symbols): ts.Expression | undefined {
  const node: ts.Expression = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node ? undefined : node;
  if (ts.isArrayLiteralExpression(parent) || ts.isReturnStatement(parent) || ts.isConditionalExpression(parent) || ts.isJsxExpression(parent)) return node;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === node ? undefined : node;
  // An object without a type of its own keeps the symbol: calls of its member are known.
  if ((ts.isPropertyAssignment(parent) && parent.initializer === node) || ts.isShorthandPropertyAssignment(parent)) return checker.getContextualType(parent.parent) === undefined ? undefined : node;
  return ts.isArrowFunction(parent) && parent.body === node ? node : undefined;
}

/** Looks for the name of a function where it is used as a value. One without a name is given away where it stands, and its parameters have types. */
function isGivenAway(called: ts.Node, files: readonly ts.SourceFile[], symbols: Symbols): boolean {
  const named = ts.isVariableDeclaration(called.parent) || ts.isPropertyDeclaration(called.parent) || ts.isPropertyAssignment(called.parent) ? called.parent.name : isFunction(called) ? called.name : undefined;
  const name = nameText(named);
  if (name === undefined) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === name && node !== named) {
      const given = givenAway(node, symbols);
      if (given !== undefined && symbols.functionOf(symbols.symbolOf(given)) === called) return true;
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return files.some((file) => file.text.includes(name) && visit(file));
}

/** The same member of the interfaces and classes that the class of a method, or the place of an object, says it is like. */
function declaredAbove(called: ts.Node, { checker }: Symbols): readonly ts.Node[] {
  const member = ts.isPropertyAssignment(called.parent) ? called.parent : called;
  if (ts.isObjectLiteralExpression(member.parent) && (ts.isPropertyAssignment(member) || ts.isMethodDeclaration(member))) {
    const key = nameText(member.name);
    return key === undefined ? [] : (checker.getContextualType(member.parent)?.getProperty(key)?.declarations ?? []);
  }
  const owner = called.parent;
  const name = isFunction(called) ? nameText(called.name) : undefined;
  if (!ts.isClassLike(owner) || name === undefined) return [];
  const types = (owner.heritageClauses ?? []).flatMap((clause) => [...clause.types]).map((one) => checker.getTypeAtLocation(one));
  return types.flatMap((type) => type.getProperty(name)?.declarations ?? []);
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
