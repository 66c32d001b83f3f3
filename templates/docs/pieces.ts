/** Markdown of the smallest parts: pieces, details, tables. All text of a schema passes through the helpers of `text.ts` here. */
import type { Detail, Piece, Table } from "../../src/emit/docs/view.js";
import { markdownCell, markdownCellCode, markdownCode, markdownLink, markdownUrl } from "../../src/emit/text.js";

type Code = (text: string) => string;

/** Pieces of one table cell; code follows code with a comma. */
export function cell(pieces: readonly Piece[]): string {
  return line(pieces, markdownCellCode);
}

/** Pieces of one line outside of tables. */
export function line(pieces: readonly Piece[], code: Code = markdownCode): string {
  let text = "";
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (before !== undefined) text += between(before, piece);
    text += onePiece(piece, code);
    before = piece;
  }
  return text;
}

function between(before: Piece, piece: Piece): string {
  if (typeof before !== "string" && typeof piece !== "string") return ", ";
  return typeof piece === "string" && /^[,:] /.test(piece) ? "" : " ";
}

function onePiece(piece: Piece, code: Code): string {
  if (typeof piece === "string") return markdownCell(piece);
  if ("url" in piece) return markdownUrl(piece.url, piece.title);
  return "page" in piece ? markdownLink(code(piece.code), piece.page) : code(piece.code);
}

/** `- **Label**: pieces`, with a list below. */
export function details(list: readonly Detail[]): string {
  let text = "";
  for (const { label, pieces, items } of list) {
    text += pieces.length === 0 ? `- **${label}**\n` : `- **${label}**: ${line(pieces)}\n`;
    for (const item of items ?? []) text += `  - ${listItem(item)}\n`;
  }
  return text;
}

/** Code, and what it means behind a colon. */
function listItem(item: readonly Piece[]): string {
  const [first, second] = item;
  const explained = typeof first === "object" && typeof second === "string" && !/^[(,:]/.test(second);
  return explained ? `${line([first])}: ${line(item.slice(1))}` : line(item);
}

export function table({ columns, rows }: Table): string {
  return `| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}\n${rows.map((cells) => `| ${cells.map(cell).join(" | ")} |\n`).join("")}`;
}
