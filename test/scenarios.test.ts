/**
 * Each folder of test/scenarios is a whole small project: `input/` goes in, `output/` and `diagnostics.txt` have to come out, to the byte. An
 * output file too many fails like one too few. `npm run record` writes what comes out; the difference is then read like code.
 *
 * `output/registry.json` is the resolved registry; a scenario whose config has `generate` shows what its emitters make of it instead,
 * but for the heavy halves (`*.schema.ts`): nobody reads them, and the tests of validators judge what they do. A file
 * `input/imports/user.yaml` is the import `wevt:user`; what `imports` of the config names besides is what ships with wevt.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile } from "../src/compiler/compile.js";
import { defaultConfig, parseConfig, type Config } from "../src/compiler/config.js";
import type { Diagnostic } from "../src/compiler/diagnostics.js";
import { printRegistry } from "../src/compiler/print-registry.js";
import type { ProjectFile } from "../src/compiler/project.js";
import type { Registry } from "../src/compiler/registry.js";
import { emitters } from "../src/emit/emitters.js";
import { diagnosticsText } from "./helpers/diagnostics-text.js";

const root = fileURLToPath(new URL("scenarios/", import.meta.url));
const standard = fileURLToPath(new URL("../schemas/", import.meta.url));
const heavyHalf = /\.schema\.(?:d\.)?[jt]s$/;
const recording = process.env["RECORD"] === "1";

type Files = ReadonlyMap<string, string>;

describe("scenario", () => {
  for (const name of readdirSync(root).sort()) {
    it(name.replaceAll("-", " "), async () => {
      const folder = join(root, name);
      const produced = await run(join(folder, "input"));
      if (recording) record(folder, produced);
      const expected = new Map([...readFolder(join(folder, "output"), "output"), ["diagnostics.txt", readIfThere(join(folder, "diagnostics.txt"))]]);
      expect([...produced.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [path, text] of produced) expect(text, `${name}/${path}`).toBe(expected.get(path));
    });
  }
});

/** What comes out of a project, by path below the scenario's folder. */
async function run(input: string): Promise<Files> {
  const files = readFolder(input, "");
  const configPath = [...files.keys()].find((path) => /^wevt\.config\.(yaml|json)$/.test(path));
  const { value: config, diagnostics } = configPath === undefined ? { value: defaultConfig, diagnostics: [] } : parseConfig({ path: configPath, text: files.get(configPath) ?? "" });
  if (config === undefined) return new Map([["diagnostics.txt", diagnosticsText(diagnostics)]]);
  const project = [...files].filter(([path]) => path !== configPath).map(([path, text]) => projectFile(path, text));
  const own = new Set(project.map(({ path }) => path));
  const shipped = config.imports.map(standardFile).filter(({ path }) => !own.has(path));
  const compiled = await compile({ files: [...project, ...shipped], config });
  const outputs = compiled.value === undefined ? [] : await outputsOf(compiled.value, config);
  return new Map([["diagnostics.txt", diagnosticsText(inOrder([...diagnostics, ...compiled.diagnostics]))], ...outputs]);
}

function projectFile(path: string, text: string): ProjectFile {
  const imported = /^imports\/(.*)\.(yaml|json)$/.exec(path);
  return imported === null ? { path, text } : { path: `wevt:${imported[1]}.${imported[2]}`, text, importedFrom: `wevt:${imported[1]}` };
}

/** `wevt:record` is `schemas/record.yaml`. */
function standardFile(name: string): ProjectFile {
  const path = `${name.slice("wevt:".length)}.yaml`;
  return { path: `wevt:${path}`, text: readIfThere(join(standard, path)), importedFrom: name };
}

async function outputsOf(registry: Registry, { generate, places }: Config): Promise<readonly (readonly [string, string])[]> {
  if (!("/generate" in places)) return [["output/registry.json", printRegistry(registry)]];
  const outputs: (readonly [string, string])[] = [];
  for (const { emitter: name, out, options } of generate) {
    const emitter = await emitters[name]?.();
    if (emitter === undefined) throw new Error(`no built-in emitter ${name}`);
    const folder = out ?? emitter.defaultOut;
    const files = await emitter.emit(registry, { options, out: folder });
    for (const { path, text } of files) if (!heavyHalf.test(path)) outputs.push([`output/${folder}/${path}`, text]);
  }
  return outputs;
}

/** By file and place, so that a scenario reads like its files. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = (one: Diagnostic): string => one.at?.source.path ?? "";
  return [...diagnostics].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : (left.at?.start ?? 0) - (right.at?.start ?? 0)));
}

function readFolder(folder: string, prefix: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [join(prefix, path.slice(folder.length + 1)).replaceAll("\\", "/"), readFileSync(path, "utf8")]));
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "(missing)";
}

function record(folder: string, produced: Files): void {
  rmSync(join(folder, "output"), { recursive: true, force: true });
  for (const [path, text] of produced) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
