/** Applies a plan. Each file appears whole or not at all; the manifest comes first with old and new files, and last with the new ones alone. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashOf } from "./manifest.js";
import { temporaryName, type Disk, type Plan } from "./plan.js";

/** Writes what differs below `root`. A run that is killed leaves only whole files, and the next run finishes its work. */
export function write({ steps, manifests }: Plan, root: string): void {
  for (const { path, before, interim } of manifests) if (before !== interim) writeWhole(join(root, path), interim);
  for (const { action, path, after } of steps) {
    if (action === "delete") remove(root, path);
    else if (action !== "unchanged" && after !== undefined) writeWhole(join(root, path), after);
  }
  for (const { path, interim, after } of manifests) if (interim !== after) writeWhole(join(root, path), after);
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
