/** Comments that are no doc comments: beside a member of a union, above or beside a property. */
import { Node, SyntaxKind, type CommentRange } from "../ts-morph.js";

/** What is said of a member of a union: above it, before or behind its `|`, or after it on its line. */
export function memberComment(node: Node): string | undefined {
  const bar = node.getPreviousSiblingIfKind(SyntaxKind.BarToken);
  const behind = node.getTrailingCommentRanges();
  const ranges = [...(bar?.getLeadingCommentRanges() ?? []), ...node.getLeadingCommentRanges(), ...(behind.length > 0 ? behind : afterLast(node))];
  return textOf(ranges);
}

/** Of the last member, what stands after the semicolon, where the union has lines of its own. */
function afterLast(node: Node): readonly CommentRange[] {
  const union = node.getParent();
  const owner = union?.getFirstAncestor((one) => Node.isPropertySignature(one) || Node.isTypeAliasDeclaration(one) || Node.isPropertyDeclaration(one));
  if (union === undefined || owner === undefined || union.getEnd() !== node.getEnd()) return [];
  return union.getEndLineNumber() > union.getStartLineNumber() ? owner.getTrailingCommentRanges() : [];
}

/** What is said of a property on the line above it, or at the end of its own. */
export function propertyComment(node: Node): string | undefined {
  const line = node.getStartLineNumber();
  const file = node.getSourceFile();
  const above = node.getLeadingCommentRanges().filter((one) => !one.getText().startsWith("/**"));
  const touching = above.filter((_, index) => above.slice(index).every((one, next) => file.getLineAndColumnAtPos(one.getEnd()).line === line - (above.length - index - next)));
  const lines = node.getEndLineNumber() > line ? [] : node.getTrailingCommentRanges();
  return textOf([...touching, ...lines]);
}

/** For tools, and lines that only part others. */
const noise = /^(?:eslint|@ts-|prettier|biome|oxlint|TODO|FIXME|region|#)|[-=*#~]{3}/;

function textOf(ranges: readonly CommentRange[]): string | undefined {
  const texts = ranges.map((range) =>
    range
      .getText()
      .replace(/^\/\/+|^\/\*+|\*+\/$/g, "")
      .replace(/^\s*\*+/gm, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
  const text = texts.filter((one) => /\p{L}/u.test(one) && !noise.test(one)).join(" ");
  return text === "" ? undefined : text;
}
