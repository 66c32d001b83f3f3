/**
 * Calls by the last name of what is called, and which names may stand for which. Only to find candidates without asking the compiler for the type of
 * every receiver: what a candidate is, its symbol decides.
 */
import { ts } from "../ts-morph.js";
import { nameText, unbound, unwrapped } from "./symbols.js";

// Each `ts.name` of the bundled compiler goes through getters; this walk meets every node of every file.
const { forEachChild, isBindingElement, isCallExpression, isClassLike, isExportAssignment, isExportSpecifier, isFunctionDeclaration, isIdentifier, isImportClause, isImportSpecifier, isNewExpression, isPropertyAccessExpression, isPropertyAssignment, isPropertyDeclaration, isVariableDeclaration } = ts;
const kinds = ts.SyntaxKind;

/** A call, the creation of an object, or the use of a component. */
export interface NamedCall {
  readonly node: ts.Node;
  readonly args: readonly ts.Expression[];
  readonly callee: ts.Expression;
}

export interface Names {
  /** Calls of what goes by one of the names, or by an alias of one. */
  readonly callsOf: (names: Iterable<string>) => readonly NamedCall[];
  /** Calls of members with a computed name. */
  readonly computed: readonly NamedCall[];
  /** Names of what a member is assigned of somewhere: `fields` of `fields.tier = "pro"`. */
  readonly changed: ReadonlySet<string>;
  /** Names of classes that others extend. */
  readonly subclasses: ReadonlySet<string>;
  /** The names, and all that something of one of these names may be called. */
  readonly closure: (names: Iterable<string>) => ReadonlySet<string>;
}

interface Index {
  readonly calls: Map<string, NamedCall[]>;
  readonly computed: NamedCall[];
  /** Name → names that something of it is given. */
  readonly aliases: Map<string, Set<string>>;
  readonly changed: Set<string>;
  readonly subclasses: Set<string>;
}

export function namesIn(files: readonly ts.SourceFile[]): Names {
  const index: Index = { calls: new Map(), computed: [], aliases: new Map(), changed: new Set(), subclasses: new Set() };
  const visit = (node: ts.Node): void => {
    visitNode(node, index);
    forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  const closure = (names: Iterable<string>): ReadonlySet<string> => {
    const found = new Set(names);
    for (const name of found) for (const alias of index.aliases.get(name) ?? []) found.add(alias);
    return found;
  };
  return { closure, computed: index.computed, changed: index.changed, subclasses: index.subclasses, callsOf: (names) => [...closure(names)].flatMap((name) => index.calls.get(name) ?? []) };
}

function visitNode(node: ts.Node, index: Index): void {
  switch (node.kind) {
    case kinds.CallExpression:
      if (isCallExpression(node)) addCall({ node, args: node.arguments, callee: node.expression }, index);
      return;
    case kinds.NewExpression:
      if (isNewExpression(node)) addCall({ node, args: node.arguments ?? [], callee: node.expression }, index);
      return;
    case kinds.JsxSelfClosingElement:
    case kinds.JsxOpeningElement:
      if ((ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) && (isIdentifier(node.tagName) || isPropertyAccessExpression(node.tagName))) addCall({ node, args: [node.attributes], callee: node.tagName }, index);
      return;
    case kinds.BinaryExpression:
      return visitAssignment(node, index);
    case kinds.ImportSpecifier:
    case kinds.ExportSpecifier:
    case kinds.BindingElement:
    case kinds.VariableDeclaration:
    case kinds.PropertyAssignment:
    case kinds.PropertyDeclaration:
    case kinds.ImportClause:
    case kinds.ExportAssignment:
    case kinds.ImportEqualsDeclaration:
    case kinds.ClassDeclaration:
    case kinds.ClassExpression:
    case kinds.FunctionDeclaration:
      return visitAlias(node, index);
  }
}

/** `fields.tier = "pro"`, `fields.limits.max ??= 3` */
function visitAssignment(node: ts.Node, { changed }: Index): void {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind < kinds.FirstAssignment || node.operatorToken.kind > kinds.LastAssignment) return;
  for (let left = unwrapped(node.left); isPropertyAccessExpression(left) || ts.isElementAccessExpression(left); left = unwrapped(left.expression)) {
    const name = lastName(left.expression);
    if (name !== undefined) changed.add(name);
  }
}

function addCall(call: NamedCall, { calls, computed }: Index): void {
  const callee = unwrapped(call.callee);
  const name = lastName(callee);
  if (name !== undefined) put(calls, name, call);
  else if (ts.isElementAccessExpression(callee)) computed.push(call);
  // `event.user.call(event, { … })`
  const inner = (name === "call" || name === "apply") && isPropertyAccessExpression(callee) ? lastName(unwrapped(callee.expression)) : undefined;
  if (inner !== undefined) put(calls, inner, call);
}

function visitAlias(node: ts.Node, { aliases, subclasses }: Index): void {
  const add = (from: string | undefined, to: string | undefined): void => {
    if (from === undefined || to === undefined || from === to) return;
    const known = aliases.get(from);
    if (known === undefined) aliases.set(from, new Set([to]));
    else known.add(to);
  };
  if (isImportSpecifier(node) || isExportSpecifier(node) || isBindingElement(node)) add(nameText(node.propertyName), nameText(node.name));
  else if (isVariableDeclaration(node) || isPropertyAssignment(node) || isPropertyDeclaration(node)) {
    if (node.initializer !== undefined) add(lastName(unbound(node.initializer)), nameText(node.name));
  } else if (isImportClause(node)) add("default", nameText(node.name));
  else if (isExportAssignment(node)) add(lastName(unwrapped(node.expression)), "default");
  else if (ts.isImportEqualsDeclaration(node)) add(ts.isEntityName(node.moduleReference) ? nameText(ts.isQualifiedName(node.moduleReference) ? node.moduleReference.right : node.moduleReference) : "default", node.name.text);
  else if (isClassLike(node)) for (const base of node.heritageClauses ?? []) for (const { expression } of base.types) {
      add(lastName(expression), nameText(node.name));
      subclasses.add(lastName(expression) ?? "");
    }
  if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword) === true && (isFunctionDeclaration(node) || ts.isClassDeclaration(node))) add(nameText(node.name), "default");
}

/** `user` of `user`, `event.user` and `event["user"]`. */
function lastName(expression: ts.Expression): string | undefined {
  const inner = unwrapped(expression);
  if (isIdentifier(inner)) return inner.text;
  if (isPropertyAccessExpression(inner)) return inner.name.text;
  if (ts.isElementAccessExpression(inner) && ts.isStringLiteralLike(inner.argumentExpression)) return inner.argumentExpression.text;
  return inner.kind === ts.SyntaxKind.SuperKeyword ? "super" : undefined;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
