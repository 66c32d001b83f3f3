/** Applies a plan. Each file appears whole or not at all; the manifest comes first with old and new files, and last with the new ones alone. */
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryName, type Plan } from "./plan.js";

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

/** The text of a file of the project; undefined when there is none. Throws when something is there that cannot be read: it is in the way. */
export function readDisk(root: string): (path: string) => string | undefined {
  return (path) => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      if (error.code === "ENOENT") return undefined;
      throw Object.assign(error, { message: `${path} is in the way: ${error.message}` });
    }
  };
}
