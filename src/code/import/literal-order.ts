/** The order in which the file lists the members of a union, and what it says of each: the type checker has an order of its own. */
import type { Json } from "../../compiler/source.js";
import { Node, SyntaxKind } from "../ts-morph.js";
import { memberComment } from "./line-comments.js";

const deepest = 8;

export interface ListedLiteral {
  readonly value: Json;
  /** The comment that stands with it. */
  readonly comment?: string;
}

/** The literals below the type of a declaration, in the order of the text. */
export function literalOrder(node: Node): readonly ListedLiteral[] {
  return literalsIn(typeNodeOf(node) ?? node, 0);
}

function typeNodeOf(node: Node): Node | undefined {
  return Node.isTyped(node) ? node.getTypeNode() : undefined;
}

function literalsIn(node: Node, depth: number): readonly ListedLiteral[] {
  if (depth > deepest) return [];
  const below = (nodes: readonly Node[]): readonly ListedLiteral[] => nodes.flatMap((one) => literalsIn(one, depth + 1));
  if (Node.isUnionTypeNode(node)) return below(node.getTypeNodes());
  if (Node.isParenthesizedTypeNode(node)) return below([node.getTypeNode()]);
  if (Node.isArrayTypeNode(node)) return below([node.getElementTypeNode()]);
  if (Node.isLiteralTypeNode(node)) return withComment(node, below([node.getLiteral()]));
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return [{ value: node.getLiteralValue() }];
  if (Node.isNumericLiteral(node)) return [{ value: Number(node.compilerNode.text) }];
  if (Node.isPrefixUnaryExpression(node)) return below([node.getOperand()]).map(({ value }) => ({ value: typeof value === "number" ? -value : value }));
  if (Node.isTypeReference(node)) return [...below(aliased(node.getTypeName())), ...below(node.getTypeArguments())];
  if (Node.isIndexedAccessTypeNode(node)) return below([node.getObjectTypeNode()]);
  if (Node.isTypeQuery(node)) return below(initializers(node.getExprName()));
  return [];
}

/** In a union, a comment says something of its member. */
function withComment(node: Node, literals: readonly ListedLiteral[]): readonly ListedLiteral[] {
  const inUnion = node.getParentIfKind(SyntaxKind.UnionType) !== undefined;
  const comment = inUnion ? memberComment(node) : undefined;
  return comment === undefined ? literals : literals.map(({ value }) => ({ value, comment }));
}

/** The type that a name stands for. */
function aliased(name: Node): readonly Node[] {
  const symbol = name.getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declarations.flatMap((one) => (Node.isTypeAliasDeclaration(one) ? [one.getTypeNode() ?? one] : []));
}

/** The literals of `const tiers = ["free", "pro"] as const`. */
function initializers(name: Node): readonly Node[] {
  const symbol = name.getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declarations.flatMap((one) => (Node.isVariableDeclaration(one) ? (one.getInitializer()?.getDescendantsOfKind(SyntaxKind.StringLiteral) ?? []) : []));
}
