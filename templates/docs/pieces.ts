/** Markdown of the smallest parts: pieces, details, tables. All text of a schema passes through the helpers of `text.ts` here. */
import type { Detail, Piece, Table } from "../../src/emit/docs/view.js";
import { markdownCell, markdownCode, markdownLink, markdownUrl } from "../../src/emit/text.js";

/** Pieces of one line; code follows code with a comma. */
export function line(pieces: readonly Piece[]): string {
  let text = "";
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (before !== undefined) text += typeof before !== "string" && typeof piece !== "string" ? ", " : " ";
    text += onePiece(piece);
    before = piece;
  }
  return text;
}

function onePiece(piece: Piece): string {
  if (typeof piece === "string") return markdownCell(piece);
  if ("url" in piece) return markdownUrl(piece.url, piece.title);
  return "page" in piece ? markdownLink(markdownCode(piece.code), piece.page) : markdownCode(piece.code);
}

/** `- **Label**: pieces`, with a list below. */
export function details(list: readonly Detail[]): string {
  let text = "";
  for (const { label, pieces, items } of list) {
    text += pieces.length === 0 ? `- **${label}**\n` : `- **${label}**: ${line(pieces)}\n`;
    for (const item of items ?? []) text += `  - ${item.length > 1 && typeof item[0] === "object" && typeof item[1] === "string" ? `${line(item.slice(0, 1))}: ${line(item.slice(1))}` : line(item)}\n`;
  }
  return text;
}

export function table({ columns, rows }: Table): string {
  return `| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}\n${rows.map((cells) => `| ${cells.map(line).join(" | ")} |\n`).join("")}`;
}
