// Reading and checking 1,000 schema files (trees with positions, grammar), against js-yaml making plain values of the same texts. Process start included.
import { build } from "esbuild";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { compare, limit, timeProcess } from "./measure.mjs";
import { makeProject } from "./registry.mjs";

const child = `
import { load as loadYaml } from "js-yaml";
import { readdirSync, readFileSync } from "node:fs";
import { load } from "./src/compiler/load.ts";
const [mode, folder] = process.argv.slice(2);
const files = readdirSync(folder).map((name) => ({ path: name, text: readFileSync(folder + "/" + name, "utf8") }));
if (mode === "wevt" && load(files).diagnostics.length > 0) throw new Error(load(files).diagnostics[0].message);
if (mode === "js-yaml") files.map(({ text }) => loadYaml(text));
`;

export default async function load({ root }) {
  const folder = join(root, ".cache/bench/load");
  mkdirSync(join(root, ".cache/bench"), { recursive: true });
  makeProject(folder, 1000, { root });
  const script = join(folder, "child.mjs");
  await build({ stdin: { contents: child, resolveDir: root, loader: "ts" }, bundle: true, minify: true, format: "esm", platform: "node", outfile: script });
  const run = (mode) => () => timeProcess(process.execPath, [script, mode, join(folder, "schemas")]);
  const result = compare("load, 1,000 files × 20 fields", [
    { name: "js-yaml, plain values, nothing checked", run: run("js-yaml") },
    { name: "reading the files alone", run: run("none") },
    { name: "wevt: load (positions, grammar)", run: run("wevt") },
  ], { rounds: 11 });
  limit("load over js-yaml, ×", result["wevt: load (positions, grammar)"].paired, { atMost: 1.3 });
}
