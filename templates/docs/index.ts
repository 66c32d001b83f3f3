/** The index of the docs, and the list of all fields. */
import type { FieldList, IndexPage } from "../../src/emit/docs/view.js";
import { markdownComment, markdownText } from "../../src/emit/text.js";
import { line, table } from "./pieces.js";

export function indexPage({ header, summary, guide, sections }: IndexPage): string {
  const shown = sections.filter((section) => section.table.rows.length > 0);
  return [
    markdownComment(header),
    `\n# Wide events\n\n${markdownText(summary)}\n\n`,
    guide.map((pieces) => `- ${line(pieces)}\n`).join(""),
    ...shown.map((section) => `\n## ${section.title}\n\n${section.intro === "" ? "" : `${markdownText(section.intro)}\n\n`}${table(section.table)}`),
  ].join("");
}

export function fieldList({ header, intro, table: fields }: FieldList): string {
  return `${markdownComment(header)}\n# All fields\n\n${markdownText(intro)}\n\n${table(fields)}`;
}
