/**
 * The zoo: one small project per way of writing, with the list of places that `wevt usage` has to find in it. `npx vitest run test/code/usage -u`
 * rewrites the lists; read the diff. A name that starts with `no-` shows what must not be found.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { compile } from "../../../src/compiler/compile.js";
import { readProject } from "../../../src/cli/read-project.js";
import { generatedFolders, testsOf, tsconfigsOf } from "../../../src/cli/usage/inputs.js";
import { readUsage, summarize, type GapUsage, type PlaceUsage, type Usage } from "../../../src/code/usage/index.js";
import { linkPackages, root, temporaryFolder, writeFile } from "../../helpers/example.js";
import { generatedFiles } from "../../helpers/generated.js";

const here = join(root, "test/code/usage");
const animals = readdirSync(join(here, "zoo"));

it.each(animals)("finds who sets what in %s", async (name) => {
  const usage = await usageOf(name);
  expect(JSON.stringify(usage)).not.toMatch(/"file":"[^"]*\/wevt\//);
  await expect(usageLines(usage)).toMatchFileSnapshot(join(here, "zoo", name, "expected.txt"));
}, 60_000);

async function usageOf(name: string): Promise<Usage> {
  const folder = temporaryFolder();
  for (const from of [join(here, "zoo-base"), join(here, "zoo", name)]) cpSync(from, folder, { recursive: true });
  linkPackages(folder);
  linkWorkspaces(folder);
  const project = readProject({ cwd: folder });
  const { value: registry } = await compile(project);
  if (registry === undefined) throw new Error("no registry");
  const output = project.config.generate[0]?.options["output"] === "js" ? "js" : "ts";
  for (const { path: out } of generatedFolders(project)) for (const { path, text } of await generatedFiles(registry, { output })) writeFile(out, path, text);
  const reading = readUsage({ registry, root: folder, projects: tsconfigsOf(project, [], folder), outs: generatedFolders(project) });
  if (reading.problem !== undefined) throw new Error(reading.problem);
  return summarize({ registry, reading, isTest: testsOf(project), ownersOf: () => [] });
}

/** Packages of the folder `packages` that have a name are found below node_modules, as package managers link them. */
function linkWorkspaces(folder: string): void {
  const packages = join(folder, "packages");
  const own = existsSync(packages) ? readdirSync(packages).map((name) => join(packages, name)) : [];
  for (const one of own.filter((path) => existsSync(join(path, "package.json")))) {
    const { name }: { readonly name?: string } = JSON.parse(readFileSync(join(one, "package.json"), "utf8"));
    if (name === undefined) continue;
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(one, link, "dir");
  }
}

/** `path  file:line:column`, what is known of it, and what may set something. */
function usageLines({ definitions, fields, notFollowed }: Usage): string {
  const places = [...definitions.map(({ kind, name, places: found }) => ({ path: `${kind}:${name}`, found })), ...fields.map(({ path, places: found }) => ({ path, found }))];
  const lines = places.flatMap(({ path, found }) => found.map((place) => `${path}  ${placeText(place)}\n`));
  return [...lines, ...notFollowed.map(gapText)].join("");
}

function placeText({ file, line, column, test, conditional, events, through }: PlaceUsage): string {
  const about = [...(test ? ["test"] : []), ...(conditional ? ["conditional"] : []), ...events.map((one) => `on ${one}`), ...through.map((one) => `through ${one.file}:${one.line}`)];
  return `${file}:${line}:${column}${about.length === 0 ? "" : `  ${about.join(", ")}`}`;
}

function gapText({ kind, path, file, line, column, reason }: GapUsage): string {
  return `? ${path === "" ? kind : path}  ${file}:${line}:${column}  ${reason}\n`;
}
