/** The committed table: which keyword changes which output. */
import { readFileSync } from "node:fs";
import type { Outputs } from "./outputs.js";

/** The seven outputs, in the order of the columns. A cell says what of the output changes; empty: nothing. */
export const columns = ["types", "builder", "validator", "record", "Markdown", "fields.json", "show"] as const;
export type Cells = readonly string[];

export function changes(before: Outputs, after: Outputs): Cells {
  const differs = (part: keyof Outputs): boolean => JSON.stringify(before[part]) !== JSON.stringify(after[part]);
  const words = (parts: readonly (readonly [keyof Outputs, string])[]): string => parts.flatMap(([part, word]) => (differs(part) ? [word] : [])).join(", ");
  return [
    words([["type", "type"], ["doc", "comment"]]),
    words([["builder", "yes"]]),
    words([["validator", "yes"]]),
    words([["value", "value"], ["problem", "problem"]]),
    words([["markdown", "yes"]]),
    words([["fieldsJson", "yes"]]),
    words([["showText", "text"], ["showJson", "JSON"]]),
  ];
}

export type Table = ReadonlyMap<string, ReadonlyMap<string, Cells>>;

/** Section → keyword → cells. */
export function readTable(file: URL): Table {
  const table = new Map<string, Map<string, Cells>>();
  let section = new Map<string, Cells>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const heading = /^## (\S+)/.exec(line);
    if (heading !== null) table.set(heading[1] ?? "", (section = new Map()));
    const [keyword = "", ...cells] = line.split("|").slice(1, -1).map((cell) => cell.trim());
    if (keyword.startsWith("`")) section.set(keyword.slice(1, -1), cells);
  }
  return table;
}

const intro = `# Which keyword changes which output

Written by \`RECORD=1 npx vitest run test/keywords\`: each keyword that \`schemas/meta\` accepts is added to an example, and what changes is listed. So is each
part of its value (\`join.table\`), each value of a closed list (\`merge: sum\`) and some other forms (\`oneOf (variants)\`), where the keyword is met first.

- **types**: \`type\` is the declared types, paths, constants and event methods, \`comment\` the doc comments of the same modules.
- **builder**: what the builder of a definition accepts (comments aside), or what it is made of.
- **validator**: the verdicts of the generated check on what the example writes.
- **record**: \`value\` is what stands on the record, \`problem\` what the runtime complains about on it or to \`onProblem\`.
- **Markdown**, **fields.json**: the docs for people and for programs. **show**: \`wevt show\` as text and with \`--json\`.
`;

const titles: { readonly [place: string]: string } = { field: "of a field", partial: "of a partial", originator: "of an originator", service: "of a service", group: "of a group, seen through a partial that uses it", event: "of an event" };

/** `reasonFor` says why a keyword changes nothing. */
export function printTable(table: Table, reasonFor: (place: string, keyword: string) => string | undefined): string {
  const sections = [...table].map(([place, rows]) => {
    const reasons = [...rows.keys()].flatMap((keyword) => {
      const reason = reasonFor(place, keyword);
      return reason === undefined ? [] : [`- \`${keyword}\` changes nothing: ${reason}\n`];
    });
    return `\n## ${place}\n\nKeywords ${titles[place] ?? ""}.\n\n${reasons.join("")}\n| keyword | ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length + 1)}\n${printRows(rows)}`;
  });
  return `${intro}${sections.join("")}`;
}

function printRows(rows: ReadonlyMap<string, Cells>): string {
  return [...rows].map(([keyword, cells]) => `| \`${keyword}\` | ${columns.map((_, index) => cells[index] ?? "").join(" | ")} |\n`).join("");
}
