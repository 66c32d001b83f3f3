/** The page of an event: what one row is, and every field it carries. */
import type { EventPage, EventSection } from "../../src/emit/docs/view.js";
import { markdownCell, markdownCode, markdownComment, markdownLink, markdownText } from "../../src/emit/text.js";
import { fieldTable, querySection } from "./definition.js";
import { details } from "./pieces.js";

export function eventPage(page: EventPage): string {
  return [
    markdownComment(page.header),
    `\n# ${markdownCell(page.title)}\n`,
    page.brief === "" ? "" : `\n${markdownText(page.brief)}\n`,
    page.description === undefined ? "" : `\n${markdownText(page.description)}\n`,
    page.note === undefined ? "" : `\n> ${markdownCell(page.note)}\n`,
    `\n${details(page.about)}`,
    querySection([page.query]),
    page.sections.length === 0 ? "" : `\n## Fields\n${page.sections.map(section).join("")}`,
    `\n${markdownLink("All fields and events", page.home)}\n`,
  ].join("");
}

function section({ name, page, presence, brief, repeatable, fields }: EventSection): string {
  const intro = [brief, repeatable].filter((text) => text !== "").map(markdownText).join(" ");
  return `\n### ${markdownLink(markdownCode(name), page)} (${presence})\n\n${intro === "" ? "" : `${intro}\n\n`}${fields.length === 0 ? "It has no fields.\n" : fieldTable(fields)}`;
}
