/** Where the project is, and where this package is. Every command asks, so nothing is imported here that is not needed for that. */
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.js";

export interface ReadOptions {
  readonly cwd: string;
  /** Path of the config file, relative to `cwd`; found by walking up when absent. */
  readonly config?: string;
}

/** The folder of the config file, or the working directory. */
export function projectRoot(options: ReadOptions): string {
  const path = configPath(options);
  return path === undefined ? options.cwd : dirname(path);
}

export function mustBeFolder(cwd: string): void {
  if (!isFolder(cwd)) throw new Failure(`there is no folder ${cwd}`, "--cwd names the folder to run in");
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What a config is called, when `--config` does not say. */
export const configNames: readonly string[] = ["wevt.config.yaml", "wevt.config.yml", "wevt.config.json"];

export function configPath({ cwd, config }: ReadOptions): string | undefined {
  mustBeFolder(cwd);
  if (config !== undefined) {
    const path = resolve(cwd, config);
    if (existsSync(path)) return path;
    throw new Failure(`there is no config file ${config}`, "leave --config out to find wevt.config.yaml by walking up");
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

/** The folder of this package: the nearest one with a package.json, from `src/cli` as from a chunk of the bundle. */
export const packageRoot = findPackage(dirname(fileURLToPath(import.meta.url)));

function findPackage(folder: string): string {
  return existsSync(join(folder, "package.json")) || folder === dirname(folder) ? folder : findPackage(dirname(folder));
}
