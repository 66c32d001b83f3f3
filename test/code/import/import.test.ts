/**
 * Each folder here is a team's types: `input.ts` (and what it imports) goes in, `output/` and `diagnostics.txt` have to come out, to the byte. Then
 * tsc says whether the types that are generated from `output/` and the original ones fit each other. `npm run record` writes what comes out.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { diagnosticsText } from "../../helpers/diagnostics-text.js";
import { runModule } from "../../helpers/validator.js";
import { assignability, importFile, type ImportedTypes } from "./assignability.js";
import { evt } from "./the-example-of-the-first-seed/input.js";

const root = fileURLToPath(new URL(".", import.meta.url));
const recording = process.env["RECORD"] === "1";
const names = readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory()).map((one) => one.name).sort();

const imported = new Map<string, ImportedTypes>();
let errors: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  for (const name of names) imported.set(name, await importFile(join(root, name, "input.ts")));
  errors = await assignability(new Map([...imported].map(([name, one]) => [name, { ...one, inputs: inputsOf(join(root, name)) }])));
});

describe.each(names)("%s", (name) => {
  it("becomes the schema files that are recorded, and says what it leaves out", () => {
    const { files, diagnostics } = imported.get(name) ?? { files: [], diagnostics: [] };
    const produced = new Map([...files.map(({ path, text }) => [`output/${path.replace(/^schemas\//, "")}`, text] as const), ["diagnostics.txt", diagnosticsText(diagnostics)]]);
    if (recording) record(join(root, name), produced);
    const expected = new Map([...textsBelow(join(root, name), "output"), ["diagnostics.txt", readIfThere(join(root, name, "diagnostics.txt"))] as const]);
    expect([...produced.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, text] of produced) expect(text, path).toBe(expected.get(path));
  });

  it("passes the check without an error", () => {
    expect(imported.get(name)?.problems).toEqual([]);
  });

  it("is generated into types that fit the original ones, and that these fit", () => {
    expect(errors.get(name)).toBe("");
  });
});

it("checks the record of the first seed, value by value", () => {
  const { user, chat, sandbox } = evt;
  const registry = imported.get("the-example-of-the-first-seed")?.registry;
  for (const [name, value] of Object.entries({ user, chat, sandbox })) {
    const partial = registry?.partials.find((one) => one.name === name);
    if (partial === undefined) throw new Error(`no partial ${name}`);
    expect(runModule(partial).check(value), name).toBe(true);
    expect(runModule(partial).check({ ...value, [Object.keys(value ?? {})[0] ?? ""]: true }), name).toBe(false);
  }
});

it("would tell where types do not fit", async () => {
  const [checkout, payments] = ["a-checkout-with-money", "payments-with-branded-ids"].map((name) => imported.get(name));
  if (checkout === undefined || payments === undefined) throw new Error("nothing was imported");
  const swapped = await assignability(new Map([["swapped", { ...checkout, registry: payments.registry, inputs: inputsOf(join(root, "a-checkout-with-money")) }]]));
  expect(swapped.get("swapped")).toMatch(/Property 'checkout' does not exist/);
  const inputs = new Map([["input.ts", readFileSync(join(root, "a-checkout-with-money/input.ts"), "utf8").replace("guest: boolean", "guest: string")]]);
  const changed = await assignability(new Map([["changed", { ...checkout, inputs }]]));
  expect(changed.get("changed")?.match(/Types of property 'guest' are incompatible/g)).toHaveLength(3);
});

function inputsOf(folder: string): ReadonlyMap<string, string> {
  return new Map([...textsBelow(folder, ".")].filter(([path]) => path.endsWith(".ts")));
}

function textsBelow(folder: string, below: string): ReadonlyMap<string, string> {
  if (!existsSync(join(folder, below))) return new Map();
  const entries = readdirSync(join(folder, below), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/")).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "(missing)";
}

function record(folder: string, produced: ReadonlyMap<string, string>): void {
  rmSync(join(folder, "output"), { recursive: true, force: true });
  for (const [path, text] of produced) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
