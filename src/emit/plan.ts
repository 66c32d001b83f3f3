/** What has to happen on disk so that it holds what was generated. Pure: it is handed what is there, and changes nothing. */
import type { OutputFile } from "./emitter.js";
import { hashOf, manifestName, parseManifest, printManifest, unitedManifest, type Manifest } from "./manifest.js";

/** What a file is called until it is whole; one that is found later was left by a run that was killed. */
export const temporaryName = ".wevt-tmp";

/** What a new folder beside a manifest is called until all its files are in it. */
export const temporaryFolder = ".wevt-tmp-folder";

/** The files of one output folder; several emitters may share it. */
export interface OutputSet {
  /** Relative to the project, with `/`. */
  readonly out: string;
  readonly files: readonly OutputFile[];
}

/**
 * `restore`: ours, but edited by hand. `foreign`: not ours, in the way; nothing at all is written then.
 */
export type Action = "create" | "update" | "restore" | "delete" | "foreign" | "unchanged";

export interface Step {
  readonly action: Action;
  /** Relative to the project. */
  readonly path: string;
  /** What is there now. */
  readonly before?: string;
  /** What has to be there. */
  readonly after?: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** One per folder. The interim one lists old and new files: while it stands, a run that was killed can be taken up. */
  readonly manifests: readonly ManifestStep[];
}

export interface ManifestStep {
  readonly path: string;
  readonly before?: string;
  readonly interim: string;
  readonly after: string;
}

/** The files of the project, by path; undefined where there is none. What was read is not read again: a disk is for one run. */
export interface Disk {
  readonly text: (path: string) => string | undefined;
  /** The hash of what is there. Costs less than the text. */
  readonly hash: (path: string) => string | undefined;
}

export function plan(sets: readonly OutputSet[], disk: Disk): Plan {
  const planned = sets.map((set) => planSet(set, disk));
  return { steps: planned.flatMap((one) => one.steps), manifests: planned.map((one) => one.manifest) };
}

/** True when nothing would change. */
export function isCurrent({ steps, manifests }: Plan): boolean {
  return steps.every((step) => step.action === "unchanged") && manifests.every((one) => one.before === one.after);
}

function planSet({ out, files }: OutputSet, disk: Disk): { readonly steps: readonly Step[]; readonly manifest: ManifestStep } {
  const manifestPath = `${out}/${manifestName}`;
  const before = disk.text(manifestPath);
  const owned: Manifest = before === undefined ? new Map() : parseManifest(before);
  const current = new Map(files.map((file) => [file.path, file]));
  const steps = [...files].sort(byPath).map((file) => planFile({ path: `${out}/${file.path}`, file, hashes: owned.get(file.path) }, disk));
  const stale = [...[...owned.keys()].filter((path) => !current.has(path)), ...leftovers([...owned.keys(), ...current.keys()])].sort();
  const deletions = stale.flatMap((path): readonly Step[] => {
    const text = disk.text(`${out}/${path}`);
    return text === undefined ? [] : [{ action: "delete", path: `${out}/${path}`, before: text }];
  });
  const hashes = new Map([...current].map(([path, file]) => [path, [file.hash ?? hashOf(file.text)]]));
  return {
    steps: [...steps, ...deletions],
    manifest: {
      path: manifestPath,
      ...(before === undefined ? {} : { before }),
      interim: printManifest(unitedManifest(owned, hashes)),
      after: printManifest(hashes),
    },
  };
}

function byPath(left: OutputFile, right: OutputFile): number {
  return left.path < right.path ? -1 : 1;
}

/** Where temporary files may be: the folder and those below it that hold our files. */
export function leftovers(paths: readonly string[]): readonly string[] {
  const folders = new Set(["", ...paths.map((path) => path.slice(0, path.lastIndexOf("/") + 1))]);
  return [...folders].map((folder) => `${folder}${temporaryName}`);
}

/** A file that is on disk as it has to be is not read: its hash says so. */
function planFile({ path, file, hashes }: { readonly path: string; readonly file: OutputFile; readonly hashes: readonly string[] | undefined }, disk: Disk): Step {
  if (file.hash !== undefined && disk.hash(path) === file.hash) return { action: "unchanged", path };
  const before = disk.text(path);
  const after = file.text;
  if (before === undefined) return { action: "create", path, after };
  if (before === after) return { action: "unchanged", path, before, after };
  if (hashes === undefined) return { action: "foreign", path, before, after };
  return { action: hashes.includes(disk.hash(path) ?? "") ? "update" : "restore", path, before, after };
}

/** Two outputs of one path, also where a disk does not tell capitals apart. */
export function clashes(sets: readonly OutputSet[]): readonly (readonly [string, string])[] {
  const seen = new Map<string, string>();
  const found: [string, string][] = [];
  for (const path of sets.flatMap(({ out, files }) => files.map((file) => `${out}/${file.path}`))) {
    const folded = path.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) found.push([other, path]);
    seen.set(folded, path);
  }
  return found;
}
