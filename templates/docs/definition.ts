/** The page of a partial, an originator, a service, a group or the base record. */
import type { DefinitionPage, FieldRow, FieldView, PageQuery } from "../../src/emit/docs/view.js";
import { markdownCell, markdownCellCode, markdownCode, markdownComment, markdownFence, markdownLink, markdownText } from "../../src/emit/text.js";
import { cell, details } from "./pieces.js";

export function definitionPage(page: DefinitionPage): string {
  return [
    markdownComment(page.header),
    `\n# ${markdownCell(page.title)}\n`,
    paragraph(page.brief),
    paragraph(page.description),
    page.note === undefined ? "" : `\n> ${markdownCell(page.note)}\n`,
    `\n${details(page.about)}`,
    page.fields.length === 0 ? "\nIt has no fields.\n" : `\n## Fields\n\n${fieldTable(page.fields)}`,
    page.queries.length === 0 ? "" : querySection(page.queries),
    page.fields.length === 0 ? "" : `\n## Details\n\n${page.fields.map(fieldDetails).join("\n")}`,
    footnotes(page.fields),
    `\n${markdownLink("All fields and events", page.home)}\n`,
  ].join("");
}

/** The section that a reader copies from. */
export function querySection(queries: readonly PageQuery[]): string {
  return `\n## ${queries.length === 1 ? "Query" : "Queries"}\n${queries.map(({ intro, sql }) => `\n${markdownText(intro)}\n\n${markdownFence(sql, "sql")}`).join("")}`;
}

function paragraph(text: string | undefined): string {
  return text === undefined || text.trim() === "" ? "" : `\n${markdownText(text)}\n`;
}

/** What an analyst scans: path, type, presence, meaning. */
export function fieldTable(fields: readonly (FieldRow | FieldView)[]): string {
  let text = "| Field | Type | Presence | Meaning |\n| --- | --- | --- | --- |\n";
  for (const field of fields) {
    const target = field.anchor.includes("#") ? field.anchor : `#${field.anchor}`;
    text += `| ${markdownLink(markdownCellCode(field.path), target)} | ${cell(field.type)} | ${cell(field.presence)} | ${meaning(field)} |\n`;
  }
  return text;
}

function meaning(field: FieldRow | FieldView): string {
  let words = "";
  for (const mark of field.marks) words += `**${cell(mark)}** · `;
  words = field.brief === "" ? words.slice(0, -3) : words + markdownCell(field.brief);
  return "note" in field && field.note !== undefined ? `${words}[^${field.anchor}]` : words;
}

function fieldDetails({ path, anchor, brief, description, note, details: list }: FieldView): string {
  let texts = brief === "" ? "" : markdownText(brief);
  if (description !== undefined) texts += `${texts === "" ? "" : "\n\n"}${markdownText(description)}`;
  if (note !== undefined) texts += `[^${anchor}]`;
  return `### <a id="${anchor}"></a>${markdownCode(path)}\n\n${texts === "" ? "" : `${texts}\n\n`}${details(list)}`;
}

function footnotes(fields: readonly FieldView[]): string {
  let notes = "";
  for (const { anchor, note } of fields) if (note !== undefined) notes += `[^${anchor}]: ${markdownCell(note)}\n`;
  return notes === "" ? "" : `\n${notes}`;
}
