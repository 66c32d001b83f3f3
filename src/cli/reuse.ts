/**
 * What earlier runs made of single partials, so that one that has changed does not cost as much as all of them. Only for a partial whose file refers
 * to nothing: it follows from that file and the config alone, and the files generated for it follow from it and its surroundings, which are all the
 * rest of the project but the contents of other such partials. Kept beside the cache of whole runs, and not used by `--check`.
 */
import { join } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics.js";
import type { ProjectFile } from "../compiler/project.js";
import type { PartialDef, Registry } from "../compiler/registry.js";
import type { FilesOf, OutputFile } from "../emit/emitter.js";
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
}

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
  /** Partials as JSON, by the key of their file. */
  readonly partials: ReadonlyMap<string, string>;
}

const nothing: Earlier = { surroundings: "", outputs: {}, partials: new Map() };

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
    return typeof value === "object" && value !== null && "built" in value && "surroundings" in value && "outputs" in value ? (value as Head) : undefined;
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

/** Named guard, as above. */
function parsePartial(json: string | undefined): PartialDef | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && "kind" in value && value.kind === "partial" ? (value as PartialDef) : undefined;
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
  readonly filesOf: (job: string, out: string) => FilesOf;
  /** Writes down what the next run may use, once the disk holds what was made. */
  readonly settle: (diagnostics: readonly Diagnostic[]) => void;
}

/** For one run, from its Registry on. */
export function reuse(project: ReadProject, { registry, earlier, disk }: { readonly registry: Registry; readonly earlier: Earlier; readonly disk: Disk }): Reuse {
  const byPath = new Map(registry.partials.map((partial) => [partial.origin.file, partial]));
  const single = new Map(project.files.flatMap((file) => (byPath.has(file.path) && refersToNothing(file) ? [[file.path, { file, key: keyOf(file) }]] : [])));
  const surroundings = hashOfTexts(project.files.flatMap(({ path, importedFrom = "", text }) => [path, importedFrom, single.has(path) ? `partial ${byPath.get(path)?.name}` : text]));
  const before = earlier.surroundings === surroundings ? earlier.outputs : {};
  const outputs: { [made: string]: Output } = {};
  return {
    filesOf: (job, out) => (definition, others, make) => {
      const source = definition.kind === "partial" ? single.get(definition.origin.file) : undefined;
      if (source === undefined) return make();
      const name = `${job} ${definition.name}`;
      const from = hashOf(`${source.key} ${others}`);
      const known = before[name];
      const found = known?.from === from ? onDisk(known, out, disk) : undefined;
      const files = found ?? make();
      outputs[name] = found !== undefined && known !== undefined ? known : { from, files: files.map(({ path, text }) => [path, hashOf(text)]) };
      return files;
    },
    settle: (diagnostics) => {
      const folder = cacheFolder(project);
      if (folder === undefined) return;
      const told = new Set(diagnostics.flatMap(({ at, related = [] }) => [at, ...related.map((other) => other.at)]).map((span) => span?.source.path));
      const lines = [...single.values()].filter(({ file }) => !told.has(file.path)).map(({ file, key }) => `${key} ${earlier.partials.get(key) ?? JSON.stringify(byPath.get(file.path))}`);
      keep(folder, fileName, [JSON.stringify({ built: builtKey(project), surroundings, outputs } satisfies Head), ...lines].join("\n"));
    },
  };
}

/** The files of an earlier run, when each is still there as it was written. */
function onDisk({ files }: Output, out: string, disk: Disk): readonly OutputFile[] | undefined {
  const found: OutputFile[] = [];
  for (const [path, hash] of files) {
    const text = disk(`${out}/${path}`);
    if (text === undefined || hashOf(text) !== hash) return undefined;
    found.push({ path, text });
  }
  return found;
}
