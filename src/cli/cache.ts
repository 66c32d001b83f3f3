/**
 * Remembers what a set of inputs led to, outside version control, so that a run with the same inputs compares bytes and compiles nothing. The key
 * holds every byte that the result depends on. A cache that cannot be read or written is no cache, never an error.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics.js";
import { hashOf, manifestName, printManifest } from "../emit/manifest.js";
import type { Disk, OutputSet } from "../emit/plan.js";
import { packageRoot, type ReadProject } from "./read-project.js";

export interface Remembered {
  readonly key: string;
  /** Output folder → path → hash of its text. */
  readonly outputs: readonly { readonly out: string; readonly files: readonly (readonly [path: string, hash: string])[] }[];
  /** Diagnostics below error, to be told again. */
  readonly diagnostics: readonly Diagnostic[];
}

const fileName = "generate.json";

/** A hash of everything that goes in: our version, the config, the schemas, the user's emitters. */
export function cacheKey({ root, config, configText, files }: ReadProject): string {
  const hash = createHash("sha256");
  const add = (text: string): void => void hash.update(`${text.length}:`).update(text);
  add(versionText());
  add(configText);
  for (const path of config.emitters) add(readOr(join(root, path)));
  for (const file of files) {
    add(file.path);
    add(file.text);
  }
  return hash.digest("hex");
}

function versionText(): string {
  return readOr(join(packageRoot, "package.json"));
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Beside the project's packages when there are any; otherwise nothing is remembered. */
function cacheFolder(root: string): string | undefined {
  const modules = join(root, "node_modules");
  return existsSync(modules) ? join(modules, ".cache/wevt") : undefined;
}

/** What these inputs led to last time, when the disk still holds exactly that. */
export function recall(project: ReadProject, disk: Disk): Remembered | undefined {
  const folder = cacheFolder(project.root);
  const found = folder === undefined ? undefined : parse(readOr(join(folder, fileName)));
  if (found === undefined || found.key !== cacheKey(project)) return undefined;
  return found.outputs.every((set) => isOnDisk(set, disk)) ? found : undefined;
}

function isOnDisk({ out, files }: Remembered["outputs"][number], disk: Disk): boolean {
  if (disk(`${out}/${manifestName}`) !== printManifest(new Map(files))) return false;
  return files.every(([path, hash]) => {
    const text = disk(`${out}/${path}`);
    return text !== undefined && hashOf(text) === hash;
  });
}

/** Named guard: the file is ours; anything that does not look like it is no cache. */
function parse(text: string): Remembered | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "key" in value && "outputs" in value && "diagnostics" in value ? (value as Remembered) : undefined;
  } catch {
    return undefined;
  }
}

/** Diagnostics are remembered with their sources, so only runs without any are worth it. */
export function remember(project: ReadProject, { sets, diagnostics }: { readonly sets: readonly OutputSet[]; readonly diagnostics: readonly Diagnostic[] }): void {
  const folder = cacheFolder(project.root);
  if (folder === undefined || diagnostics.length > 0) return;
  const outputs = sets.map(({ out, files }) => ({ out, files: files.map(({ path, text }) => [path, hashOf(text)] as const) }));
  const text = JSON.stringify({ key: cacheKey(project), outputs, diagnostics } satisfies Remembered);
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `${fileName}.${process.pid}`);
    writeFileSync(temporary, text);
    renameSync(temporary, join(folder, fileName));
  } catch {
    // A read-only disk: the next run compiles again.
  }
}
