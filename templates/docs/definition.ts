/** The page of a partial, an originator, a service or the base record. */
import type { DefinitionPage, FieldView } from "../../src/emit/docs/view.js";
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
    `\n## Query\n\n${markdownText(page.queryIntro)}\n\n${markdownFence(page.query, "sql")}`,
    page.fields.length === 0 ? "" : `\n## Details\n\n${page.fields.map(fieldDetails).join("\n")}`,
    footnotes(page.fields),
    `\n${markdownLink("All fields and events", page.home)}\n`,
  ].join("");
}

function paragraph(text: string | undefined): string {
  return text === undefined || text.trim() === "" ? "" : `\n${markdownText(text)}\n`;
}

/** What an analyst scans: path, type, presence, meaning. */
export function fieldTable(fields: readonly Omit<FieldView, "details">[]): string {
  let rows = "";
  for (const field of fields) {
    const target = field.anchor.includes("#") ? field.anchor : `#${field.anchor}`;
    rows += `| ${markdownLink(markdownCellCode(field.path), target)} | ${cell(field.type)} | ${cell(field.presence)} | ${meaning(field)} |\n`;
  }
  return `| Field | Type | Presence | Meaning |\n| --- | --- | --- | --- |\n${rows}`;
}

function meaning({ marks, brief, note, anchor }: Omit<FieldView, "details">): string {
  const words = [...marks.map((mark) => `**${cell(mark)}**`), ...(brief === "" ? [] : [markdownCell(brief)])].join(" · ");
  return note === undefined ? words : `${words}[^${anchor}]`;
}

function fieldDetails({ path, anchor, brief, description, note, details: list }: FieldView): string {
  const texts = [brief === "" ? "" : markdownText(brief), description === undefined ? "" : markdownText(description)].filter((text) => text !== "").join("\n\n");
  const mark = note === undefined ? "" : `[^${anchor}]`;
  return `### <a id="${anchor}"></a>${markdownCode(path)}\n\n${texts === "" && mark === "" ? "" : `${texts}${mark}\n\n`}${details(list)}`;
}

function footnotes(fields: readonly FieldView[]): string {
  const notes = fields.flatMap(({ anchor, note }) => (note === undefined ? [] : [`[^${anchor}]: ${markdownCell(note)}\n`]));
  return notes.length === 0 ? "" : `\n${notes.join("")}`;
}
