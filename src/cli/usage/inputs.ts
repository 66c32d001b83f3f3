/** What `wevt usage` reads besides the schemas: tsconfig files, generated folders, which files are tests. */
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { Failure } from "../failure.js";
import { isVisited, pathMatcher } from "../glob.js";
import type { ReadProject } from "../read-project.js";

/** How deep below the config a tsconfig.json is looked for. */
const maxDepth = 6;

/** What is a test when the config does not say. */
export const defaultTests: readonly string[] = ["**/*.{test,spec}.*", "**/*.{test-d,bench,stories}.*", "**/{test,tests,__tests__,__mocks__,e2e,spec}/**", "{test,tests,__tests__,e2e,spec}/**"];

/** Absolute paths of tsconfig files: those that were named, those of the config, or every `tsconfig.json` of the project. */
export function tsconfigsOf({ root, config }: ReadProject, named: readonly string[], cwd: string): readonly string[] {
  if (named.length > 0) return named.map((path) => tsconfigAt(resolve(cwd, path), path));
  if (config.usage.projects !== undefined) return config.usage.projects.map((path) => tsconfigAt(join(root, path), path));
  const found: string[] = [];
  visit(root, 0, found);
  if (found.length === 0) throw new Failure(`there is no tsconfig.json in ${root}`, "name one with --project, or below `usage.projects` in the config");
  return found;
}

function tsconfigAt(path: string, shown: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  const file = stat?.isDirectory() === true ? join(path, "tsconfig.json") : path;
  if (!existsSync(file)) throw new Failure(`there is no project ${shown}`, "--project names a tsconfig file, or the folder of one");
  return posix(file);
}

function visit(folder: string, depth: number, found: string[]): void {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === "tsconfig.json")) found.push(posix(join(folder, "tsconfig.json")));
  if (depth === maxDepth) return;
  for (const entry of entries) if (entry.isDirectory() && isVisited(entry.name)) visit(join(folder, entry.name), depth + 1, found);
}

/** The folders that the TypeScript emitter writes to, each with the folder of its package. */
export function generatedFolders({ root, config }: ReadProject): readonly { readonly path: string; readonly package: string }[] {
  const outs = config.generate.filter((one) => one.emitter === "typescript").map((one) => one.out ?? "src/wevt");
  return outs.map((out) => {
    const path = real(join(root, out));
    return { path, package: packageOf(path) };
  });
}

/** The compiler knows files by their real paths. */
function real(path: string): string {
  return posix(existsSync(path) ? realpathSync(path) : path);
}

function packageOf(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) if (existsSync(join(folder, "package.json")) || folder === dirname(folder)) return posix(folder);
}

export function posix(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

/** Whether a file, relative to the project, is a test. */
export function testsOf({ config }: ReadProject): (file: string) => boolean {
  const patterns = (config.usage.tests ?? defaultTests).map(pathMatcher);
  return (file) => patterns.some((matches) => matches(isAbsolute(file) ? file : file.replace(/^(\.\.\/)+/, "")));
}
