/**
 * Applies a plan. Each file appears whole or not at all, and a folder that is new with all that is in it, which spares the disk a renaming for each file; the
 * manifest comes first with old and new files, and last with the new ones alone.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { hashOf } from "./manifest.js";
import { temporaryFolder, temporaryName, type Disk, type Plan, type Step } from "./plan.js";

/** Writes what differs below `root`. A run that is killed leaves only whole files, and the next run finishes its work. */
export function write({ steps, manifests }: Plan, root: string): void {
  for (const { path, before, interim } of manifests) if (before !== interim) writeWhole(join(root, path), interim);
  const written = new Set(manifests.flatMap(({ path }) => writeNewFolders(dirname(path), steps, root)));
  for (const { action, path, after } of steps) {
    if (action === "delete") remove(root, path);
    else if (action !== "unchanged" && after !== undefined && !written.has(dirname(path))) writeWhole(join(root, path), after);
  }
  for (const { path, interim, after } of manifests) if (interim !== after) writeWhole(join(root, path), after);
}

/** Makes the folders below `out` that are not there, and gives back which. What a run that was killed has left of one is taken away. */
function writeNewFolders(out: string, steps: readonly Step[], root: string): readonly string[] {
  const temporary = join(root, out, temporaryFolder);
  rmSync(temporary, { recursive: true, force: true });
  const files = new Map<string, Step[]>();
  for (const step of steps) {
    const folder = dirname(step.path);
    const others = files.get(folder);
    if (others !== undefined) others.push(step);
    else if (dirname(folder) === out) files.set(folder, [step]);
  }
  return [...files].flatMap(([folder, all]) => {
    if (all.some(({ action }) => action !== "create") || existsSync(join(root, folder))) return [];
    mkdirSync(temporary);
    for (const { path, after = "" } of all) writeFileSync(join(temporary, basename(path)), after);
    renameSync(temporary, join(root, folder));
    return [folder];
  });
}

function writeWhole(path: string, text: string): void {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName);
  try {
    writeFileSync(temporary, text);
  } catch {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, text);
  }
  renameSync(temporary, path);
}

function remove(root: string, path: string): void {
  rmSync(join(root, path), { force: true });
  try {
    rmdirSync(dirname(join(root, path)));
  } catch {
    // Other files are left in the folder.
  }
}

/** The files below `root`. Throws when something is there that cannot be read: it is in the way. */
export function readDisk(root: string): Disk {
  const texts = new Map<string, string | undefined>();
  const hashes = new Map<string, string | undefined>();
  const read = reader(root);
  return {
    text: (path) => once(texts, path, () => read(path)?.toString("utf8")),
    hash: (path) =>
      once(hashes, path, () => {
        const content = texts.get(path) ?? read(path);
        return content === undefined ? undefined : hashOf(content);
      }),
  };
}

function once(known: Map<string, string | undefined>, path: string, find: () => string | undefined): string | undefined {
  if (!known.has(path)) known.set(path, find());
  return known.get(path);
}

/** In a folder that is not there, files are not looked for one by one. */
function reader(root: string): (path: string) => Buffer | undefined {
  const missing = new Set<string>();
  return (path) => {
    const folder = dirname(path);
    if (missing.has(folder)) return undefined;
    try {
      return readFileSync(join(root, path));
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      if (error.code !== "ENOENT") throw Object.assign(error, { message: `${path} is in the way: ${error.message}` });
      if (!existsSync(join(root, folder))) missing.add(folder);
      return undefined;
    }
  };
}
