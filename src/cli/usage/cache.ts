/**
 * Remembers what was read of the user's code, outside version control, so that an unchanged project is not loaded again. It holds for the same bytes
 * of every file that the compiler has read (sources, declarations of packages, tsconfig files, package.json), the same files in the folders of the
 * projects, the same schemas, config and version of ours.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadUsage } from "../../code/usage/index.js";
import { builtKey, cacheFolder, hashOfTexts, keep, readOr } from "../cache.js";
import { isVisited } from "../glob.js";
import type { ReadProject } from "../read-project.js";

const fileName = "usage.json";

interface Remembered {
  readonly key: string;
  /** Path → hash of its bytes. */
  readonly inputs: { readonly [path: string]: string };
  readonly listing: string;
  readonly read: Omit<ReadUsage, "inputs">;
}

/** What the result depends on besides files: asked before anything is read. */
export function usageKey(project: ReadProject, tsconfigs: readonly string[]): string {
  return hashOfTexts([builtKey(project), ...tsconfigs, ...project.files.flatMap((file) => [file.path, file.text])]);
}

export function recallUsage(project: ReadProject, key: string): ReadUsage | undefined {
  const folder = cacheFolder(project);
  const text = folder === undefined ? "" : readOr(join(folder, fileName));
  if (text === "") return undefined;
  try {
    const found = parse(text);
    if (found?.key !== key || found.listing !== listingOf(found.read.folders)) return undefined;
    for (const [path, hash] of Object.entries(found.inputs)) if (hashOfFile(path) !== hash) return undefined;
    return { ...found.read, inputs: [] };
  } catch {
    return undefined;
  }
}

export function rememberUsage(project: ReadProject, key: string, { inputs, ...read }: ReadUsage): void {
  const folder = cacheFolder(project);
  if (folder === undefined || read.problem !== undefined) return;
  const all = [...inputs, join(project.root, "node_modules/.package-lock.json"), join(project.root, "package-lock.json"), join(project.root, "pnpm-lock.yaml"), join(project.root, "yarn.lock")];
  const hashes = Object.fromEntries(all.map((path) => [path, hashOfFile(path)]));
  keep(folder, fileName, JSON.stringify({ key, inputs: hashes, listing: listingOf(read.folders), read } satisfies Remembered));
}

function hashOfFile(path: string): string {
  try {
    return createHash("sha1").update(readFileSync(path)).digest("base64");
  } catch {
    return "";
  }
}

/** The names of all files that a new one would change. */
function listingOf(folders: ReadUsage["folders"]): string {
  const names: string[] = [];
  const visit = (folder: string, recursive: boolean): void => {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      if (entry.isDirectory()) {
        if (recursive && isVisited(entry.name)) visit(`${folder}/${entry.name}`, true);
      } else if (/\.([cm]?[jt]sx?|json)$/.test(entry.name)) names.push(`${folder}/${entry.name}`);
    }
  };
  for (const { path, recursive } of folders) visit(path, recursive);
  return hashOfTexts([...new Set(names)].sort());
}

/** Named guard: the file is ours; anything that does not look like it is no cache. */
function parse(text: string): Remembered | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && "key" in value && "inputs" in value && "read" in value ? (value as Remembered) : undefined;
}
