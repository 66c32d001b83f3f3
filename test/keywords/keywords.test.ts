/**
 * No keyword is only parsed: each one that the grammar in `schemas/meta` accepts is put into an example, and what changes is compared with
 * `outputs.md`. RECORD=1 rewrites that table.
 */
import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { printRegistry } from "../../src/compiler/print-registry.js";
import { compileFiles } from "../helpers/compile.js";
import { changesNothing, flips, places, type Files, type Place } from "./flips.js";
import { grammar } from "./grammar.js";
import { outputsOf, type Outputs, type Run } from "./outputs.js";
import { exampleOf, type Example } from "./project.js";
import { changes, columns, printTable, readTable, type Cells } from "./table.js";

const file = new URL("./outputs.md", import.meta.url);
const recording = process.env["RECORD"] === "1";
const recorded = readTable(file);
const found = new Map(places.map((place) => [place, new Map<string, Cells>()]));

describe.each(places)("%s: a keyword", (place) => {
  it.each(keywordsOf(place))("changes the outputs of its row, and no other: %s", async (keyword) => {
    const { before, after } = await measured(example(place, keyword));
    const cells = changes(before, after);
    found.get(place)?.set(keyword, cells);
    if (!recording) expect(cells).toEqual(recorded.get(place)?.get(keyword));
    expect(before.validatorText === after.validatorText || cells[2] === "yes", "the check differs, and what the example writes does not tell: write something else").toBe(true);
    const reason = reasonFor(place, keyword);
    if (reason !== undefined) expect(cells.join(""), `it changes nothing, since ${reason}`).toBe("");
    else expect(cells.slice(4), "what is said is seen: in Markdown, in fields.json, and both ways of show").toEqual(["yes", "yes", "text, JSON"]);
  });

  it.each([...new Set(grammar[place].accepted.flatMap((one) => (one.includes(": ") ? [one.split(": ")[0] ?? ""] : [])))])("says each of its values in another way: %s", async (keyword) => {
    const values = grammar[place].accepted.filter((one) => one.startsWith(`${keyword}: `));
    for (const part of ["markdown", "fieldsJson", "showText", "showJson"] as const) {
      const said = await Promise.all(values.map(async (value) => (await measured(example(place, value))).after[part]));
      expect(new Set(said).size, part).toBe(values.length);
    }
  });

  it.each(grammar[place].spelledTwice)("means the same with x-: %s", async (keyword) => {
    const { after } = example(place, keyword);
    const [plain, prefixed] = [await registryText(after), await registryText(withPrefix(after, keyword))];
    expect(prefixed).toBe(plain);
  });

  it.each(grammar[place].refused)("is an error where it cannot be: %s", async (keyword) => {
    const ids = await Promise.all([keyword, `x-${keyword}`].map(async (spelling) => (await compileFiles(refusedIn(place, spelling))).problems.map((one) => one.split(" ")[1]).join(", ")));
    const cells = columns.map((_, index) => (index === 0 ? `refused: ${ids[0]}` : ""));
    found.get(place)?.set(keyword, cells);
    expect(ids[1]).toBe(ids[0]);
    if (!recording) expect(cells).toEqual(recorded.get(place)?.get(keyword));
  });

  it("has one row, and each row is that of a keyword", () => {
    if (!recording) expect([...(recorded.get(place)?.keys() ?? [])]).toEqual(rowsOf(place));
    expect(Object.keys(flips[place]).filter((keyword) => !keywordsOf(place).includes(keyword))).toEqual([]);
  });
});

/** What was not run keeps its row. */
afterAll(() => {
  if (!recording) return;
  const rows = (place: Place) => new Map(rowsOf(place).map((keyword) => [keyword, found.get(place)?.get(keyword) ?? recorded.get(place)?.get(keyword) ?? []]));
  writeFileSync(file, printTable(new Map(places.map((place) => [place, rows(place)])), reasonFor));
});

function rowsOf(place: Place): readonly string[] {
  return [...keywordsOf(place), ...grammar[place].refused];
}

function reasonFor(place: string, keyword: string): string | undefined {
  return changesNothing[`${place} ${keyword}`] ?? changesNothing[keyword];
}

/** Those of the grammar, each followed by the other forms of its value: `oneOf (variants)`. */
function keywordsOf(place: Place): readonly string[] {
  return grammar[place].accepted.flatMap((keyword) => [keyword, ...Object.keys(flips[place]).filter((form) => form.startsWith(`${keyword} (`))]);
}

function example(place: Place, keyword: string): Example {
  const flip = flips[place][keyword];
  if (flip === undefined) throw new Error(`flips.ts does not say how to ask for \`${keyword}\` of a ${place}`);
  return exampleOf(place, flip);
}

async function measured({ before, after, runs }: Example): Promise<{ readonly before: Outputs; readonly after: Outputs }> {
  return { before: await outputs(before, runs), after: await outputs(after, runs) };
}

const known = new Map<string, Promise<Outputs>>();

/** Many examples start from the same project. */
function outputs(files: Files, runs: readonly Run[]): Promise<Outputs> {
  const key = JSON.stringify([files, runs], (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  const made = known.get(key) ?? compileFiles(files).then(({ registry }) => outputsOf(registry, runs));
  known.set(key, made);
  return made;
}

async function registryText(files: Files): Promise<string> {
  const { registry } = await compileFiles(files);
  return printRegistry(registry).replace(/"origin": \{[^}]*\}/g, "");
}

function withPrefix(files: Files, keyword: string): Files {
  const key = new RegExp(`(^|[{,] )(${keyword}): `, "m");
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(key, "$1x-$2: ")]));
}

function refusedIn(place: Place, keyword: string): Files {
  const flip = { before: "", after: place === "field" ? `{ type: string, ${keyword}: x }` : place === "event" ? `partials: { p: optional }\n${keyword}: x` : `properties: { f: { type: string } }\n${keyword}: x` };
  return exampleOf(place, flip).after;
}
