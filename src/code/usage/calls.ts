/** The calls that write, and those of the functions that stand between. */
import { ts } from "../ts-morph.js";
import { type Generated, type Known, memo } from "./generated.js";
import { type GapReason, maxDepth } from "./model.js";
import { type NamedCall, type Names, namesIn } from "./names.js";
import { nameText, type Symbols, unwrapped } from "./symbols.js";
import type { Target } from "./targets.js";

// Each `ts.name` of the bundled compiler goes through getters; these are asked of every node.
const { forEachChild, isIdentifier } = ts;

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
  /** False where the name of what is called may be another one. */
  readonly sure: boolean;
  /** The array whose elements it gets, one by one, in place of `args`. */
  readonly elements?: ts.Expression;
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
  readonly names: Names;
}

export interface Collecting {
  readonly symbols: Symbols;
  readonly generated: Generated;
  /** Files that an event may be handed to as something else. */
  readonly near: readonly ts.SourceFile[];
  /** The type of a handle of any event. */
  readonly handle: ts.Type | undefined;
}

export function collectCalls(files: readonly ts.SourceFile[], { near, ...collecting }: Collecting): Calls {
  const { symbols, generated } = collecting;
  const names = namesIn(files);
  const looking: Looking = { ...collecting, files, names };
  const wanted = names.closure([...generated.names, ...generated.writes], (name) => symbols.knownOf(symbolNamed(name, symbols)) !== undefined);
  const calls = [...new Set([...names.callsOf(wanted), ...names.computed])];
  const methods = new Set(generated.methods.keys());
  const around = namesIn(near.filter((file) => holdsAny(file, methods))).callsOf([...methods, "set", "add", "time", "start"]);
  const passed = passedOn(wanted, looking).map((one) => ({ one, sinks: sinksOfPassed(one, looking, []) }));
  return {
    sinks: [...calls.flatMap((call) => sinksAt(call, symbols)), ...passed.flatMap((one) => one.sinks)],
    passed: [...passed.filter((one) => one.sinks.length === 0).map(({ one }) => one), ...[...calls, ...around].flatMap((call) => untyped(call, looking))],
    names,
    isGivenAway: memo((called) => isGivenAway(called, looking)),
    callersOf: memo((called) => callersOf(called, looking)),
  };
}

interface Looking extends Omit<Collecting, "near"> {
  readonly files: readonly ts.SourceFile[];
  readonly names: Names;
}

function sinksAt({ node, args, callee }: NamedCall, symbols: Symbols): readonly Sink[] {
  const direct = symbols.symbolOf(callee);
  const known = symbols.knownOf(direct);
  const whole = { node, args, callee, chain: [], sure: true };
  if (known !== undefined) return [{ ...whole, known }];
  const several = direct === undefined ? knownMembers(callee, symbols) : [];
  if (several.length > 0) return several.map((one) => ({ ...whole, known: one, sure: false }));
  const indirect = throughFunction({ node, args, callee });
  const target = indirect === undefined ? undefined : symbols.knownOf(symbols.symbolOf(indirect.callee));
  return indirect === undefined || target === undefined ? [] : [{ ...whole, ...indirect, known: target }];
}

/** `event[name]({ … })`, where `name` is one of several. */
function knownMembers(callee: ts.Expression, { checker, knownOf, unaliased }: Symbols): readonly Known[] {
  const inner = unwrapped(callee);
  if (!ts.isElementAccessExpression(inner)) return [];
  const asked = checker.getTypeAtLocation(inner.argumentExpression);
  const key = checker.getBaseConstraintOfType(asked) ?? asked;
  const owner = checker.getTypeAtLocation(inner.expression);
  const names = (key.isUnion() ? key.types : [key]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
  return names.flatMap((name) => knownOf(unaliased(owner.getProperty(name))) ?? []);
}

/** `event.user.call(event, { … })` and `apply`. */
function throughFunction({ node, args, callee }: NamedCall): NamedCall | undefined {
  const inner = unwrapped(callee);
  if (!ts.isPropertyAccessExpression(inner)) return undefined;
  if (inner.name.text === "call") return { node, callee: inner.expression, args: args.slice(1) };
  const list = args[1];
  if (inner.name.text !== "apply" || list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
  return { node, callee: inner.expression, args: list.elements };
}

/**
 * `event.user({ … })`, `event.set({ user: … })` and `event.add("user.visits", 1)` on a value without a type, or with one of the user's own that an
 * event is assignable to: it may be an event, or anything else.
 */
function untyped({ callee, args }: NamedCall, { symbols, generated, handle }: Looking): readonly Passed[] {
  const inner = unwrapped(callee);
  if (!ts.isPropertyAccessExpression(inner)) return [];
  const targets = targetsNamed(inner.name.text, args, generated);
  if (targets.length === 0) return [];
  const gaps = (reason: GapReason): readonly Passed[] => targets.map((target) => ({ node: inner.name, known: { kind: "method", target }, reason }));
  const { checker } = symbols;
  const symbol = symbols.symbolOf(inner);
  if (symbol === undefined) return (checker.getTypeAtLocation(inner.expression).flags & ts.TypeFlags.Any) !== 0 ? gaps("any") : [];
  if (symbols.knownOf(symbol) !== undefined || symbol.declarations?.every(isSignature) === false) return [];
  const own = handle?.getProperty(symbol.name);
  return own !== undefined && checker.isTypeAssignableTo(checker.getTypeOfSymbol(own), checker.getTypeAtLocation(inner)) ? gaps("passed-on") : [];
}

/** A member that says what can be called, and not what then happens. */
function isSignature(declaration: ts.Declaration): boolean {
  if (ts.isMethodSignature(declaration) || ts.isPropertySignature(declaration)) return true;
  return ts.isMethodDeclaration(declaration) && declaration.body === undefined;
}

/** What a call would write, if it were of an event. */
function targetsNamed(name: string, [first]: readonly ts.Expression[], { methods, partials }: Generated): readonly Target[] {
  if (first === undefined) return [];
  if (name === "set" && ts.isObjectLiteralExpression(first)) return first.properties.flatMap((one) => partials.get(nameText(one.name) ?? "") ?? []);
  if (/^(add|time|start)$/.test(name)) return ts.isStringLiteralLike(first) ? [partials.get(first.text.split(".")[0] ?? "")].flatMap((one) => one ?? []) : [];
  return [methods.get(name)].flatMap((one) => one ?? []);
}

/** Builders and methods that are used as values where no alias is made of them. */
function passedOn(all: ReadonlySet<string>, { files, symbols, generated }: Looking): readonly Passed[] {
  const found: Passed[] = [];
  const wanted = new Set([...all].filter((name) => !generated.writes.has(name) || generated.names.has(name)));
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node) && wanted.has(node.text)) {
      const given = givenAway(node);
      const known = given === undefined ? undefined : symbols.knownOf(symbols.symbolOf(given));
      if (given !== undefined && known !== undefined && "target" in known && !keepsSymbol(given, symbols)) found.push({ node: given, known, reason: "passed-on" });
    }
    forEachChild(node, visit);
  };
  for (const file of files) if (holdsAny(file, wanted)) visit(file);
  return found;
}

/** Whether a file has an identifier of one of the names. Named guard: the parser keeps them in a field that its types do not show. */
function holdsAny(file: ts.SourceFile, names: ReadonlySet<string>): boolean {
  if (!("identifiers" in file) || !(file.identifiers instanceof Map)) return true;
  for (const name of names) if (file.identifiers.has(name)) return true;
  return false;
}

/** The calls of a parameter that a builder or method was passed as; a parameter may be passed on. */
function sinksOfPassed({ node, known }: Passed, { names, symbols }: Looking, chain: readonly CallSite[]): readonly Sink[] {
  const call = node.parent;
  if (!ts.isCallExpression(call) || chain.length >= maxDepth) return [];
  const elements = elementsGiven(call, symbols);
  if (elements !== undefined && ts.isExpression(node) && call.arguments[0] === node) return [{ node: call, args: [], callee: node, known, chain, sure: true, elements }];
  const called = symbols.functionOf(symbols.symbolOf(call.expression));
  const parameter = called?.parameters[call.arguments.findIndex((one) => one === node)];
  if (called === undefined || parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
  const symbol = symbols.checker.getSymbolAtLocation(parameter.name);
  const way = [{ node: call, args: call.arguments, called }, ...chain];
  const calls = names.callsOf([parameter.name.text]).filter((one) => symbols.symbolOf(one.callee) === symbol);
  return calls.map((one) => ({ ...one, known, chain: way, sure: true }));
}

/** The array of `fields.map(user)`. */
function elementsGiven({ expression }: ts.CallExpression, { symbolOf }: Symbols): ts.Expression | undefined {
  const callee = unwrapped(expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(map|flatMap|forEach)$/.test(callee.name.text)) return undefined;
  const owner = symbolOf(callee)?.valueDeclaration?.parent;
  return owner !== undefined && ts.isInterfaceDeclaration(owner) && /^(Readonly)?Array$/.test(owner.name.text) ? callee.expression : undefined;
}

/** A call through an interface calls each method that implements it. */
function callersOf(called: ts.Node, { names, symbols }: Looking): readonly CallSite[] {
  if (!isFunction(called)) return [];
  const name = nameOfFunction(called);
  if (name === undefined) return [];
  const declarations = new Set<ts.Node>([called, ...declaredAbove(called, symbols)]);
  const calls = names.callsOf([...namesOf(called, name, { names, symbols }), ...(ts.isConstructorDeclaration(called) ? ["super"] : [])]);
  return calls.flatMap(({ node, args, callee }) => {
    const symbol = symbols.symbolOf(callee);
    const reached = symbols.functionOf(symbol) ?? symbol?.valueDeclaration;
    return reached !== undefined && declarations.has(reached) ? [{ node, args, called }] : [];
  });
}

/** All names that a function goes by. */
function namesOf(called: ts.Node, name: string, { names, symbols }: Pick<Looking, "names" | "symbols">): ReadonlySet<string> {
  return names.closure([name], (alias) => symbols.functionOf(symbolNamed(alias, symbols)) === called);
}

function symbolNamed(name: ts.Node, { checker, unaliased }: Symbols): ts.Symbol | undefined {
  return unaliased(checker.getSymbolAtLocation(name));
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node;
}

/** What a function is called where it is declared; of a constructor, the class. */
function nameOfFunction(called: ts.FunctionLikeDeclaration): string | undefined {
  const { parent } = called;
  if (ts.isConstructorDeclaration(called)) return nameText(called.parent.name) ?? "default";
  if (called.name !== undefined) return nameText(called.name);
  let holder: ts.Node = parent;
  while (ts.isParenthesizedExpression(holder) || ts.isAsExpression(holder) || ts.isSatisfiesExpression(holder)) holder = holder.parent;
  if (ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder) || ts.isPropertyAssignment(holder)) return nameText(holder.name);
  return ts.isFunctionDeclaration(called) || ts.isExportAssignment(holder) ? "default" : undefined;
}

/** Looks for the name of a function where it is used as a value. One without a name is given away where it stands, and its parameters have types. */
function isGivenAway(called: ts.Node, { files, names, symbols }: Looking): boolean {
  const name = isFunction(called) ? nameOfFunction(called) : undefined;
  if (name === undefined) return false;
  const wanted = namesOf(called, name, { names, symbols });
  const visit = (node: ts.Node): boolean => {
    if (isIdentifier(node) && wanted.has(node.text)) {
      const given = givenAway(node);
      if (given !== undefined && symbols.functionOf(symbols.symbolOf(given)) === called && !keepsSymbol(given, symbols)) return true;
    }
    return forEachChild(node, visit) ?? false;
  };
  return files.some((file) => holdsAny(file, wanted) && visit(file));
}

/** The expression that a name is the end of, where it is used as a value that no alias is made of: not called, taken apart, declared or imported. */
function givenAway(name: ts.Identifier): ts.Expression | undefined {
  const node: ts.Expression = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === "bind" && ts.isCallExpression(parent.parent)) return parent.parent.arguments.length > 1 ? node : undefined;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node ? undefined : node;
  if (ts.isArrayLiteralExpression(parent) || ts.isReturnStatement(parent) || ts.isConditionalExpression(parent) || ts.isJsxExpression(parent)) return node;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === node ? undefined : node;
  if ((ts.isParameter(parent) || ts.isBindingElement(parent)) && parent.initializer === node) return node;
  if ((ts.isPropertyAssignment(parent) && parent.initializer === node) || ts.isShorthandPropertyAssignment(parent)) return node;
  return ts.isArrowFunction(parent) && parent.body === node ? node : undefined;
}

/** The member of an object without a type of its own is known by its symbol wherever it is called. */
function keepsSymbol({ parent }: ts.Expression, { checker }: Symbols): boolean {
  return (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && checker.getContextualType(parent.parent) === undefined;
}

/** The same member of the interfaces and classes that the class of a method, or the place of an object, says it is like. */
function declaredAbove(called: ts.Node, { checker }: Symbols): readonly ts.Node[] {
  const member = ts.isPropertyAssignment(called.parent) || ts.isPropertyDeclaration(called.parent) ? called.parent : called;
  if (ts.isObjectLiteralExpression(member.parent) && (ts.isPropertyAssignment(member) || ts.isMethodDeclaration(member))) {
    const key = nameText(member.name);
    return key === undefined ? [] : (checker.getContextualType(member.parent)?.getProperty(key)?.declarations ?? []);
  }
  const owner = member.parent;
  const name = ts.isPropertyDeclaration(member) || isFunction(member) ? nameText(member.name) : undefined;
  if (!ts.isClassLike(owner) || name === undefined) return [];
  const types = (owner.heritageClauses ?? []).flatMap((clause) => [...clause.types]).map((one) => checker.getTypeAtLocation(one));
  return types.flatMap((type) => type.getProperty(name)?.declarations ?? []);
}
