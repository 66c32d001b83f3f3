/**
 * What earlier runs made of single partials, so that one that has changed does not cost as much as all of them. Only for a partial whose file refers
 * to nothing: it follows from that file and the config alone, and the files generated for it follow from it and its surroundings, which are all the
 * rest of the project but the contents of other such partials. Kept beside the cache of whole runs, and not used by `--check`.
 */
import { join } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics.js";
import type { ProjectFile } from "../compiler/project.js";
import type { Definition, PartialDef, Registry } from "../compiler/registry.js";
import type { EarlierRuns, FileOf, FilesOf, OutputFile } from "../emit/emitter.js";
import { hashOf } from "../emit/manifest.js";
import type { Disk } from "../emit/plan.js";
import { builtKey, cacheFolder, hashOfTexts, keep, readOr } from "./cache.js";
import type { ReadProject } from "./read-project.js";

const fileName = "partials.jsonl";

/** The first line of the file; each other one is the key of a schema file and the partial that it defines, as JSON. */
interface Head {
  readonly built: string;
  readonly surroundings: string;
  readonly outputs: Outputs;
  readonly texts: Texts;
}

/** Keys and texts of `EarlierRuns`. */
type Texts = readonly (readonly [key: string, text: string])[];

/** By job and name of the partial. */
type Outputs = { readonly [made: string]: Output };

interface Output {
  /** A hash of what the files were made from, beside the surroundings. */
  readonly from: string;
  readonly files: readonly (readonly [path: string, hash: string])[];
}

/** What is remembered. */
export interface Earlier {
  readonly surroundings: string;
  readonly outputs: Outputs;
  readonly texts: Texts;
  /** Partials as JSON, by the key of their file. */
  readonly partials: ReadonlyMap<string, string>;
}

const nothing: Earlier = { surroundings: "", outputs: {}, texts: [], partials: new Map() };

/** The memory of the runs before; an empty one when there is none, or when it is of another build or config. */
export function recallPartials(project: ReadProject): Earlier {
  const folder = cacheFolder(project);
  if (folder === undefined) return nothing;
  const [first = "", ...lines] = readOr(join(folder, fileName)).split("\n");
  const head = parseHead(first);
  if (head === undefined || head.built !== builtKey(project)) return nothing;
  return { ...head, partials: new Map(lines.map((line) => [line.slice(0, keyLength), line.slice(keyLength + 1)])) };
}

const keyLength = hashOf("").length;

/** Named guard: the file is ours; anything that does not look like it is no memory. */
function parseHead(text: string): Head | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "built" in value && "surroundings" in value && "outputs" in value && "texts" in value && Array.isArray(value.texts) ? (value as Head) : undefined;
  } catch {
    return undefined;
  }
}

/** The project, with what is known of its files. */
export function withKnown(project: ReadProject, { partials }: Earlier): ReadProject {
  if (partials.size === 0) return project;
  return {
    ...project,
    files: project.files.map((file) => {
      const known = refersToNothing(file) ? parsePartial(partials.get(keyOf(file))) : undefined;
      return known === undefined ? file : { ...file, known };
    }),
  };
}

/** Named guard, as above. Frozen at its top alone: emitters, which are our own here, have met it frozen whole when it was made. */
function parsePartial(json: string | undefined): PartialDef | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && "kind" in value && value.kind === "partial" ? Object.freeze(value as PartialDef) : undefined;
  } catch {
    return undefined;
  }
}

/** Without a keyword that leads elsewhere, also not spelled with escapes or over two lines. Such a word in a text costs time, no more. */
function refersToNothing({ text }: ProjectFile): boolean {
  return !/\$ref|allOf|extends|\\[xuU\r\n]/.test(text);
}

function keyOf({ path, text, importedFrom = "" }: ProjectFile): string {
  return hashOfTexts([path, importedFrom, text]);
}

export interface Reuse {
  readonly earlierOf: (job: string, out: string) => EarlierRuns;
  /** Writes down what the next run may use, once the disk holds what was made. */
  readonly settle: (diagnostics: readonly Diagnostic[]) => void;
}

/** For one run, from its Registry on. */
export function reuse(project: ReadProject, { registry, earlier, disk }: { readonly registry: Registry; readonly earlier: Earlier; readonly disk: Disk }): Reuse {
  const byPath = new Map(registry.partials.map((partial) => [partial.origin.file, partial]));
  const single: Single = new Map(project.files.flatMap((file) => (byPath.has(file.path) && refersToNothing(file) ? [[file.path, keyOf(file)]] : [])));
  const surroundings = hashOfTexts(project.files.flatMap(({ path, importedFrom = "", text }) => [path, importedFrom, single.has(path) ? `partial ${byPath.get(path)?.name}` : text]));
  const run: Run = { earlier, disk, single, before: earlier.surroundings === surroundings ? earlier.outputs : {}, outputs: {} };
  const texts = usedOf(new Map(earlier.texts));
  return {
    earlierOf: (job, out) => ({ filesOf: filesOf(run, job, out), fileOf: fileOf(run, job, out), texts }),
    settle: (diagnostics) => {
      const folder = cacheFolder(project);
      if (folder === undefined) return;
      const told = new Set(diagnostics.flatMap(({ at, related = [] }) => [at, ...related.map((other) => other.at)]).map((span) => span?.source.path));
      const lines = [...single].filter(([path]) => !told.has(path)).map(([path, key]) => `${key} ${earlier.partials.get(key) ?? JSON.stringify(byPath.get(path))}`);
      keep(folder, fileName, [JSON.stringify({ built: builtKey(project), surroundings, outputs: run.outputs, texts: [...texts.used] } satisfies Head), ...lines].join("\n"));
    },
  };
}

/** Path → key of the files that define one partial and refer to nothing. */
type Single = ReadonlyMap<string, string>;

interface Run {
  readonly earlier: Earlier;
  readonly disk: Disk;
  readonly single: Single;
  /** What was made in the same surroundings. */
  readonly before: Outputs;
  readonly outputs: { [made: string]: Output };
}

function filesOf({ disk, single, before, outputs }: Run, job: string, out: string): FilesOf {
  return (definition, others, make) => {
    const key = definition.kind === "partial" ? single.get(definition.origin.file) : undefined;
    if (key === undefined) return make();
    const name = `${job} ${definition.name}`;
    const from = hashOf(`${key} ${others}`);
    const known = before[name];
    const found = known?.from === from ? onDisk(known, out, disk) : undefined;
    const files = found ?? make().map((file) => ({ ...file, hash: hashOf(file.text) }));
    outputs[name] = found !== undefined && known !== undefined ? known : { from, files: files.map((file) => [file.path, file.hash]) };
    return files;
  };
}

/** A partial that was known when the text was written has said the same in it. */
function fileOf({ earlier, disk, single, before, outputs }: Run, job: string, out: string): FileOf {
  const holds = (definition: Definition): boolean => earlier.partials.has((definition.kind === "partial" ? single.get(definition.origin.file) : undefined) ?? "");
  return (path, make) => {
    const name = `${job} /${path}`;
    const [found] = onDisk(before[name] ?? { from: "", files: [] }, out, disk) ?? [];
    const text = make(found === undefined ? undefined : { text: found.text, holds });
    const file = { path, text, hash: hashOf(text) };
    outputs[name] = { from: "", files: [[path, file.hash]] };
    return file;
  };
}

/** The texts, and those of them that this run asked for or set. */
function usedOf(known: ReadonlyMap<string, string>): EarlierRuns["texts"] & { readonly used: ReadonlyMap<string, string> } {
  const used = new Map<string, string>();
  return {
    used,
    get: (key) => {
      const text = known.get(key);
      if (text !== undefined) used.set(key, text);
      return used.get(key);
    },
    set: (key, text) => used.set(key, text),
  };
}

/** The files of an earlier run, when each is still there as it was written. */
function onDisk({ files }: Output, out: string, disk: Disk): readonly KnownFile[] | undefined {
  const found: KnownFile[] = [];
  for (const [path, hash] of files) {
    const place = `${out}/${path}`;
    if (disk.hash(place) !== hash) return undefined;
    found.push({
      path,
      hash,
      get text() {
        return disk.text(place) ?? "";
      },
    });
  }
  return found;
}

type KnownFile = OutputFile & { readonly hash: string };
