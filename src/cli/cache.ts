/**
 * Remembers what a set of inputs led to, outside version control, so that a run with the same inputs compares bytes and compiles nothing. The key
 * holds every byte that the result depends on. A cache that cannot be read or written is no cache, never an error.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { dirname } from "node:path/posix";
import { diagnosticTable, type Diagnostic, type DiagnosticId, type RelatedPlace, type Severity } from "../compiler/diagnostics.js";
import type { SourceFile, Span } from "../compiler/source.js";
import { parseManifest } from "../emit/manifest.js";
import { leftovers, type Disk, type Plan } from "../emit/plan.js";
import { packageRoot } from "./project-root.js";
import type { ReadProject } from "./read-project.js";

interface Remembered {
  readonly key: string;
  /** The manifest of each output folder, which holds a hash of every file. */
  readonly outputs: readonly { readonly path: string; readonly text: string }[];
  /** Diagnostics below error, to be told again. */
  readonly diagnostics: readonly RememberedDiagnostic[];
}

/** A span without its text: the file that it points into is part of the key. */
type Place = readonly [path: string, start: number, end: number];

interface RememberedDiagnostic {
  readonly id: DiagnosticId;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Place;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
}

const fileName = "generate.json";

/** A hash of everything that goes in: ourselves, the config, the schemas. */
function cacheKey(project: ReadProject): string {
  return hashOfTexts([builtKey(project), ...project.files.flatMap((file) => [file.path, file.text])]);
}

/** A hash of what everything depends on: our version and build (the name of this chunk holds a hash of its code) and the config. */
export function builtKey({ configFile }: ReadProject): string {
  return hashOfTexts([readOr(join(packageRoot, "package.json")), basename(import.meta.url), configFile.path, configFile.text]);
}

/** Where one text ends and the next begins counts too. */
export function hashOfTexts(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}

/** The text of a file; empty when it cannot be read. */
export function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Beside the project's packages when there are any. Nothing is remembered with emitters of the user's own: what they import is not known. */
export function cacheFolder({ root, config }: ReadProject): string | undefined {
  const modules = join(root, "node_modules");
  return existsSync(modules) && config.emitters.length === 0 ? join(modules, ".cache/wevt") : undefined;
}

/** True when a run has remembered something here, for whatever inputs. */
export function hasRun(project: ReadProject): boolean {
  const folder = cacheFolder(project);
  return folder !== undefined && existsSync(join(folder, fileName));
}

/** The diagnostics that these inputs led to last time, when the disk still holds exactly what they led to. */
export function recall(project: ReadProject, disk: Disk): readonly Diagnostic[] | undefined {
  const folder = cacheFolder(project);
  const text = folder === undefined ? "" : readOr(join(folder, fileName));
  if (text === "") return undefined;
  const key = cacheKey(project);
  try {
    const found = parse(text);
    if (found?.key !== key || !found.outputs.every((set) => isOnDisk(set, disk))) return undefined;
    const sources = new Map([project.configFile, ...project.files].map((file) => [file.path, file]));
    return found.diagnostics.map((one) => revived(one, sources));
  } catch {
    return undefined;
  }
}

function isOnDisk(manifest: Remembered["outputs"][number], disk: Disk): boolean {
  if (disk.text(manifest.path) !== manifest.text) return false;
  const folder = dirname(manifest.path);
  const files = parseManifest(manifest.text);
  if (leftovers([...files.keys()]).some((path) => disk.hash(`${folder}/${path}`) !== undefined)) return false;
  return [...files].every(([path, hashes]) => {
    const hash = disk.hash(`${folder}/${path}`);
    return hash !== undefined && hashes.includes(hash);
  });
}

/** Named guard: the file is ours; anything that does not look like it is no cache. */
function parse(text: string): Remembered | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && "key" in value && "outputs" in value && "diagnostics" in value ? (value as Remembered) : undefined;
}

function revived({ at, related, ...one }: RememberedDiagnostic, sources: ReadonlyMap<string, SourceFile>): Diagnostic {
  const span = ([path, start, end]: Place): Span => {
    const source = sources.get(path);
    if (source === undefined) throw new Error(`no source for ${path}`);
    return { source, start, end };
  };
  if (!Object.hasOwn(diagnosticTable, one.id)) throw new Error(`no diagnostic ${one.id}`);
  const others = related?.map((other): RelatedPlace => ({ at: span(other.at), message: other.message }));
  return { ...one, ...(at === undefined ? {} : { at: span(at) }), ...(others === undefined ? {} : { related: others }) };
}

function flattened({ at, related, ...one }: Diagnostic): RememberedDiagnostic {
  const place = ({ source, start, end }: Span): Place => [source.path, start, end];
  const others = related?.map((other) => ({ at: place(other.at), message: other.message }));
  return { ...one, ...(at === undefined ? {} : { at: place(at) }), ...(others === undefined ? {} : { related: others }) };
}

/** Called once the disk holds what was made. */
export function remember(project: ReadProject, { manifests, diagnostics }: Pick<Plan, "manifests"> & { readonly diagnostics: readonly Diagnostic[] }): void {
  const folder = cacheFolder(project);
  if (folder === undefined) return;
  const outputs = manifests.map(({ path, after }) => ({ path, text: after }));
  const text = JSON.stringify({ key: cacheKey(project), outputs, diagnostics: diagnostics.map(flattened) } satisfies Remembered);
  keep(folder, fileName, text);
}

/** A file of the cache, whole or not at all. */
export function keep(folder: string, name: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `${name}.${process.pid}`);
    writeFileSync(temporary, text);
    renameSync(temporary, join(folder, name));
  } catch {
    // A read-only disk: the next run compiles again.
  }
}
