/** Which folders `--watch` listens to, and which of their entries matter. Read anew before each run: folders come and go. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { baseOf, isVisited, schemaFile } from "./glob.js";
import { configNames, type ReadOptions } from "./project-root.js";
import { readConfig, type ReadProject } from "./read-project.js";

/** By folder: whether a change of the entry of this name matters. */
export type WatchedFolders = ReadonlyMap<string, (name: string) => boolean>;

type Watched = Pick<ReadProject, "root" | "config" | "configFile">;

/** What is watched while the config cannot be read: what was before, or the config alone. */
export function watchedProject(options: ReadOptions, before: Watched | undefined): Watched | undefined {
  try {
    return readConfig(options);
  } catch {
    return before;
  }
}

/**
 * Every folder in which a schema may be, also the way down to one that is not there yet; the folders of the emitters' modules (a changed module is
 * imported anew, what it imports is not); the folder of the config.
 */
export function watchedFolders({ cwd, config: configOption }: ReadOptions, project: Watched | undefined): WatchedFolders {
  const found = new Map<string, ((name: string) => boolean)[]>();
  const watch = (folder: string, matters: (name: string) => boolean): void => {
    if (isFolder(folder)) found.set(folder, [...(found.get(folder) ?? []), matters]);
  };
  const config = configOption === undefined ? undefined : join(cwd, configOption);
  watch(config === undefined ? cwd : dirname(config), (name) => (config === undefined ? configNames.includes(name) : name === basename(config)));
  if (project !== undefined) {
    const { root, configFile } = project;
    watch(root, (name) => name === configFile.path);
    for (const pattern of project.config.schemas) watchBelow({ root, base: baseOf(pattern), watch });
    for (const module of project.config.emitters) watch(dirname(join(root, module)), (name) => name === basename(module));
  }
  return new Map([...found].map(([folder, tests]) => [folder, (name: string) => tests.some((test) => test(name))]));
}

interface Below {
  readonly root: string;
  readonly base: string;
  readonly watch: (folder: string, matters: (name: string) => boolean) => void;
}

function watchBelow({ root, base, watch }: Below): void {
  let folder = root;
  for (const next of base.split("/").filter((part) => part !== "")) {
    watch(folder, (name) => name === next);
    folder = join(folder, next);
  }
  const known = new Set(foldersBelow(folder));
  // A folder that is moved away or deleted tells its own name.
  const wasFolder = (inside: string, name: string): boolean => known.has(join(inside, name)) || name === basename(inside);
  for (const inside of known) watch(inside, (name) => isVisited(name) && (schemaFile.test(name) || isFolder(join(inside, name)) || wasFolder(inside, name)));
}

function foldersBelow(folder: string): readonly string[] {
  try {
    const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && isVisited(entry.name));
    return [folder, ...inside.flatMap((entry) => foldersBelow(join(folder, entry.name)))];
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
