/** What is left of earlier runs must not show: after any edits, a run makes what the first run in an empty folder makes, and tells the same. */
import fc from "fast-check";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generate } from "../../src/cli/commands/generate.js";
import type { Context } from "../../src/cli/context.js";
import { Failure } from "../../src/cli/failure.js";

const home = mkdtempSync(join(tmpdir(), "wevt-reuse-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Files = { readonly [path: string]: string };

interface Told {
  readonly code: number;
  readonly diagnostics: unknown;
}

let folders = 0;


function newFolder(): string {
  const folder = join(home, String(folders++));
  mkdirSync(folder);
  return folder;
}

function put(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function run(cwd: string, options: Partial<{ check: boolean; dryRun: boolean }> = {}): Promise<Told> {
  const printed: string[] = [];
  const context: Context = { cwd, format: "json", failOn: "error", quiet: true, style: { colour: false }, out: (text) => void printed.push(text), log: () => {} };
  try {
    const code = await generate(context, { check: false, dryRun: false, ...options });
    const { diagnostics } = JSON.parse(printed.join("")) as { diagnostics: unknown };
    return { code, diagnostics };
  } catch (error) {
    if (error instanceof Failure) return { code: 2, diagnostics: error.message };
    throw error;
  }
}

function generated(folder: string): Files {
  const found: [string, string][] = [];
  for (const out of ["src/wevt", "docs/events"]) {
    if (!existsSync(join(folder, out))) continue;
    const entries = readdirSync(join(folder, out), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      found.push([path.slice(folder.length), readFileSync(path, "utf8")]);
    }
  }
  return Object.fromEntries(found.sort());
}

/** What a first run makes and tells of these files. */
async function cold(files: Files): Promise<Told & { readonly outputs: Files }> {
  const folder = newFolder();
  put(folder, files);
  const told = await run(folder);
  return { ...told, outputs: generated(folder) };
}

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const weighted = <T>(...values: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> => fc.oneof(...values.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** Fields that look at other files, that take names from other definitions, that are warned about, and now and then a wrong one. */
const field = weighted(
  [10, "{ type: string, brief: A text. }"],
  [10, "{ type: string, brief: Another text., owner: team-b, sensitivity: personal }"],
  [10, '{ type: string, brief: With a pattern., pattern: "^\\\\d+$", examples: ["12"] }'],
  [30, "{ type: string, brief: Of few., enum: [free, pro] }"],
  [15, "{ type: string, brief: Of others., enum: [free, no] }"],
  [10, "{ type: number, unit: ms, merge: sum, brief: A time., examples: [1.5] }"],
  [10, "{ type: string, format: date-time, brief: A moment. }"],
  [10, "{ type: object, brief: Inside., properties: { max: { type: integer, brief: The most., unit: By, maximum: 017 } } }"],
  [10, "{ type: string, brief: Old., deprecation: { replacedBy: beta.one } }"],
  [5, "{ type: string, brief: Once something else., aliases: [alpha.seven] }"],
  [5, "{ type: string, brief: Sometimes., when: { alpha.one: { const: free } } }"],
  [5, '{ $ref: "partial:alpha#/properties/one" }'],
  [5, '{ $ref: "./beta.yaml#/properties/one" }'],
  [5, '{ "\\x24ref": "partial:beta#/properties/one" }'],
  [1, "{ type: string, brief: Refused., maxLength: 2, examples: [long] }"],
  [1, "{ type: string, breif: Misspelled. }"],
  [1, "{ brief: Without a type. }"],
  [1, "{ type: string, brief: Cannot be., minLength: 3, maxLength: 1 }"],
  [1, "{ type: string"],
);
const moreFields = fc.array(fc.tuple(pick("two", "userTier", "tier", "extra"), field), { maxLength: 3 });
const fieldLines = fc.tuple(field, moreFields).map(([first, more]) => [...new Map([["one", first], ...more])].map(([name, text]) => `  ${name}: ${text}\n`).join(""));
const about = pick("", "owner: team-a\n", "stability: experimental\n", "tags: [x]\n", "deprecated: true\n", "brief: Said anew.\n", "note: extends nothing.\n");
const more = weighted([12, ""], [2, "repeatable: true\n"], [2, "required: [one]\n"], [1, 'allOf: [{ $ref: "group:shared" }]\n'], [1, 'allOf: [{ "$r\\\n  ef": "group:shared" }]\n'], [1, '"a\\x6clOf": [{ "\\x24ref": "group:shared" }]\n'], [1, "reserved: { names: [two] }\n"]);

/** `alpha` with a `userTier` and `alphaUser` with a `tier` ask for one name of a constant; a definition may move to another file. */
const names = ["alpha", "alphaUser", "beta", "gamma"];
const partial = fc.tuple(weighted([9, 0], [1, 1]), pick(...names), about, fieldLines, more).map(([moved, name, texts, fields, parts]) => ({
  path: `schemas/${names[(names.indexOf(name) + moved) % names.length] ?? name}.yaml`,
  text: `partial: ${name}\n${texts}${parts}properties:\n${fields}`,
}));
const extension = fieldLines.map((fields) => `partial: route\nextends: wevt:route\nproperties:\n${fields.replaceAll("  o", "  myO")}`);
const group = fc.tuple(about, pick("common", "shared"), field).map(([texts, name, text]) => `group: shared\n${texts}properties:\n  ${name}: ${text}\n`);
const event = fc.tuple(pick("order", "alpha.done"), pick("alpha: required", "alpha: optional", "beta: { presence: required, require: [one] }", "route: optional"), about).map(([name, listed, texts]) => `event: ${name}\n${texts}partials:\n  ${listed}\n`);
const originator = fieldLines.map((fields) => `originator: job\nbrief: A job.\nproperties:\n${fields}`);
const javascript = "version: 1\nimports: [wevt:route]\ngenerate:\n  - { emitter: typescript, output: js }\n  - emitter: docs\n";
const config = pick("version: 1\n", "version: 1\ndefaults: { owner: everybody }\n", "version: 1\nimports: [wevt:route]\n", "version: 1\nnaming: snake_case\n", "version: 1\ngenerate:\n  - emitter: typescript\n    importExtension: ts\n  - emitter: docs\n", javascript);

/** A new text for a file, no file any more, or harm done to an output. */
type Edit = { readonly path: string; readonly text?: string; readonly what?: "spoil" | "lose" };
const edit = fc.oneof(
  { weight: 8, arbitrary: partial },
  { weight: 4, arbitrary: fc.constantFrom(...names).map((name) => ({ path: `schemas/${name}.yaml`, text: plainPartial(name) })) },
  { weight: 1, arbitrary: extension.map((text) => ({ path: "schemas/route.yaml", text })) },
  { weight: 2, arbitrary: group.map((text) => ({ path: "schemas/shared.yaml", text })) },
  { weight: 2, arbitrary: event.map((text) => ({ path: "schemas/event.yaml", text })) },
  { weight: 1, arbitrary: originator.map((text) => ({ path: "schemas/job.yaml", text })) },
  { weight: 2, arbitrary: config.map((text) => ({ path: "wevt.config.yaml", text })) },
  { weight: 2, arbitrary: pick("schemas/gamma.yaml", "schemas/route.yaml", "schemas/event.yaml", "schemas/job.yaml", "schemas/beta.yaml").map((path) => ({ path })) },
  { weight: 2, arbitrary: fc.record({ path: pick("src/wevt/partials/alpha.ts", "src/wevt/partials/gamma.schema.ts", "docs/events/partials/beta.md", "docs/events/fields.json", "src/wevt/index.d.ts"), what: pick<"spoil" | "lose">("spoil", "lose") }) },
);

function plainPartial(name: string): string {
  return `partial: ${name}\nbrief: About ${name}.\nproperties:\n  one: { type: string, brief: A text., enum: [free, pro] }\n  two: { type: integer, brief: A number. }\n`;
}
const start: Files = {
  "wevt.config.yaml": "version: 1\nimports: [wevt:route]\n",
  "schemas/alpha.yaml": plainPartial("alpha"),
  "schemas/beta.yaml": plainPartial("beta"),
  "schemas/gamma.yaml": plainPartial("gamma"),
  "schemas/alphaUser.yaml": plainPartial("alphaUser"),
  "schemas/shared.yaml": "group: shared\nproperties:\n  common: { type: string, brief: In all. }\n",
  "schemas/event.yaml": "event: order\nbrief: It happened.\npartials:\n  alpha: required\n",
};

function apply(folder: string, files: Files, { path, text, what }: Edit): Files {
  const place = join(folder, path);
  if (what !== undefined) {
    if (what === "lose") rmSync(place, { force: true });
    else if (existsSync(place)) writeFileSync(place, `${readFileSync(place, "utf8")}// by hand\n`);
    return files;
  }
  if (text !== undefined) {
    put(folder, { [path]: text });
    return { ...files, [path]: text };
  }
  rmSync(place, { force: true });
  return Object.fromEntries(Object.entries(files).filter(([one]) => one !== path));
}

/** A project in which two runs have left their memory. */
async function usedProject(start: Files): Promise<string> {
  const folder = newFolder();
  mkdirSync(join(folder, "node_modules"));
  put(folder, { ...start, "schemas/gamma.yaml": start["schemas/alpha.yaml"]?.replace("alpha", "gamma") ?? "" });
  await run(folder);
  put(folder, start);
  expect((await run(folder)).diagnostics).toEqual([]);
  expect(existsSync(join(folder, "node_modules/.cache/wevt/partials.jsonl"))).toBe(true);
  return folder;
}

describe("a run after others", () => {
  it.each([
    ["TypeScript", start],
    ["JavaScript with declarations", { ...start, "wevt.config.yaml": javascript }],
  ])("makes and tells what the first run in an empty folder does, after any edits: %s", async (_output, start) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }), async (rounds) => {
        const folder = await usedProject(start);
        let files: Files = start;
        for (const edits of rounds) {
          for (const one of edits) files = apply(folder, files, one);
          const told = await run(folder);
          const { outputs, ...expected } = await cold(files);
          expect({ files, ...told }).toEqual({ files, ...expected });
          if (told.code === 0) expect({ files, outputs: generated(folder) }).toEqual({ files, outputs });
        }
      }),
      { numRuns: Number(process.env["RUNS"] ?? 60) },
    );
  });

  it.each([
    ["TypeScript", start, "src/wevt/partials/alphaUser.ts"],
    ["JavaScript with declarations", { ...start, "wevt.config.yaml": javascript }, "src/wevt/index.d.ts"],
  ])("gives a constant the name that another partial has given up or taken: %s", async (_output, start, path) => {
    const folder = await usedProject(start);
    const tiers = (name: string, field: string): string => `partial: ${name}\nproperties:\n  ${field}: { type: string, brief: A tier., enum: [free, pro] }\n`;
    const sections = (): readonly string[] => readFileSync(join(folder, path), "utf8").split(/^\/\/ (?=\w+\/)/m);
    const constants = (): readonly string[] => sections().find((one) => one.includes("export interface AlphaUser "))?.match(/(?<=export (?:declare )?const )Alpha\w+/g) ?? [];
    put(folder, { "schemas/alphaUser.yaml": tiers("alphaUser", "tier") });
    await run(folder);
    expect(constants()).toEqual(["AlphaUserTier"]);
    put(folder, { "schemas/alpha.yaml": tiers("alpha", "userTier") });
    await run(folder);
    expect(constants()).toEqual(["AlphaUser_Tier"]);
    put(folder, { "schemas/alpha.yaml": plainPartial("alpha") });
    await run(folder);
    expect(constants()).toEqual(["AlphaUserTier"]);
  });

  it("believes its memory of files that have not changed, and `--check` does not", async () => {
    const folder = await usedProject(start);
    const memory = join(folder, "node_modules/.cache/wevt/partials.jsonl");
    writeFileSync(memory, readFileSync(memory, "utf8").replaceAll("About beta.", "Forged."));
    put(folder, { "schemas/alpha.yaml": plainPartial("alpha").replace("About", "All about") });
    await run(folder);
    const index = (): string => readFileSync(join(folder, "docs/events/README.md"), "utf8");
    expect(index()).toContain("Forged.");
    put(folder, { "schemas/alpha.yaml": `${plainPartial("alpha")}# end\n` });
    expect((await run(folder, { check: true })).code).toBe(1);
  });

  it("makes do without a memory, or with one that is broken", async () => {
    const folder = await usedProject(start);
    const memory = join(folder, "node_modules/.cache/wevt/partials.jsonl");
    const { outputs } = await cold({ ...start, "schemas/alpha.yaml": `${plainPartial("alpha")}# end\n` });
    put(folder, { "schemas/alpha.yaml": `${plainPartial("alpha")}# end\n` });
    for (const broken of ["", "{}", "null\nnull", readFileSync(memory, "utf8").slice(0, -20), readFileSync(memory, "utf8").replaceAll('"kind"', '"sort"'), undefined]) {
      if (broken === undefined) rmSync(memory);
      else writeFileSync(memory, broken);
      writeFileSync(join(folder, "src/wevt/partials/beta.ts"), "by hand");
      expect(await run(folder)).toEqual({ code: 0, diagnostics: [] });
      expect(generated(folder)).toEqual(outputs);
    }
  });
});
