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
  /** Calls of what goes by one of the names. */
  readonly callsOf: (names: Iterable<string>) => readonly NamedCall[];
  /** Calls of members with a computed name. */
  readonly computed: readonly NamedCall[];
  /** Names of what a member is assigned of somewhere: `fields` of `fields.tier = "pro"`. */
  readonly changed: ReadonlySet<string>;
  /** Names of classes that others extend. */
  readonly subclasses: ReadonlySet<string>;
  /** The names, and all that are given to something of such a name, when what they name is wanted. */
  readonly closure: (names: Iterable<string>, isWanted: (name: ts.Node) => boolean) => ReadonlySet<string>;
}

interface Alias {
  readonly to: string;
  /** The node that is the new name; of `export default name`, the old one. */
  readonly name: ts.Node;
}

interface Index {
  readonly calls: Map<string, NamedCall[]>;
  readonly computed: NamedCall[];
  /** Name → names that something of it is given. */
  readonly aliases: Map<string, Alias[]>;
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
  const closure: Names["closure"] = (names, isWanted) => {
    const found = new Set(names);
    for (const from of found) for (const { to, name } of index.aliases.get(from) ?? []) if (!found.has(to) && isWanted(name)) found.add(to);
    return found;
  };
  return { closure, computed: index.computed, changed: index.changed, subclasses: index.subclasses, callsOf: (names) => [...new Set(names)].flatMap((name) => index.calls.get(name) ?? []) };
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

/** `Object.assign(fields, …)`, `Reflect.set(fields, …)`, `fields.steps.push(…)` */
function addChanged({ args: [first], callee }: NamedCall, name: string | undefined, changed: Set<string>): void {
  if (name === undefined || !isPropertyAccessExpression(callee)) return;
  const isOfLanguage = isIdentifier(callee.expression) && /^(Object|Reflect)$/.test(callee.expression.text);
  let at = isOfLanguage && /^(assign|set|defineProperty|defineProperties)$/.test(name) ? first : /^(push|unshift|splice|fill)$/.test(name) ? callee.expression : undefined;
  for (; at !== undefined; at = isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) ? at.expression : undefined) {
    const last = lastName(at);
    if (last !== undefined) changed.add(last);
  }
}

function addCall(call: NamedCall, { calls, computed, changed }: Index): void {
  const callee = unwrapped(call.callee);
  const name = lastName(callee);
  if (name !== undefined) put(calls, name, call);
  else if (ts.isElementAccessExpression(callee)) computed.push(call);
  addChanged(call, name, changed);
  // `event.user.call(event, { … })`
  const inner = (name === "call" || name === "apply") && isPropertyAccessExpression(callee) ? lastName(unwrapped(callee.expression)) : undefined;
  if (inner !== undefined) put(calls, inner, call);
}

function visitAlias(node: ts.Node, { aliases, subclasses }: Index): void {
  const add = (from: string | undefined, to: string | undefined, name: ts.Node | undefined): void => {
    if (from !== undefined && to !== undefined && name !== undefined && from !== to) put(aliases, from, { to, name });
  };
  if (isImportSpecifier(node) || isExportSpecifier(node) || isBindingElement(node)) add(nameText(node.propertyName), nameText(node.name), node.name);
  else if (isVariableDeclaration(node) || isPropertyAssignment(node) || isPropertyDeclaration(node)) {
    if (node.initializer !== undefined) add(lastName(unbound(node.initializer)), nameText(node.name), node.name);
  } else if (isImportClause(node)) add("default", nameText(node.name), node.name);
  else if (isExportAssignment(node)) add(lastName(unwrapped(node.expression)), "default", node.expression);
  else if (ts.isImportEqualsDeclaration(node)) add(ts.isQualifiedName(node.moduleReference) ? node.moduleReference.right.text : "default", node.name.text, node.name);
  else if (isClassLike(node)) {
    for (const { expression } of (node.heritageClauses ?? []).flatMap((base) => [...base.types])) {
      add(lastName(expression), nameText(node.name), node.name);
      subclasses.add(lastName(expression) ?? "");
    }
  }
  const isDefault = (isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && ts.getModifiers(node)?.some((one) => one.kind === kinds.DefaultKeyword) === true;
  if (isDefault) add(nameText(node.name), "default", node.name);
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
