/** Runs the emitters that the config lists, the built-in ones and the user's own. */
import { normalize } from "node:path/posix";
import type { Config, GenerateEntry } from "../compiler/config.js";
import { diagnostic, isClean, type Diagnostic } from "../compiler/diagnostics.js";
import type { Registry } from "../compiler/registry.js";
import type { Result } from "../compiler/result.js";
import { suggest } from "../compiler/suggest.js";
import type { EarlierRuns, Emitter, OutputFile } from "../emit/emitter.js";
import { emitters as builtIn } from "../emit/emitters.js";
import { clashes, type OutputSet } from "../emit/plan.js";
import { EmitterFailure } from "../emit/user-emitter.js";
import { wrongOptions } from "./emitter-options.js";
import { matcher } from "./glob.js";
import { userEmitters } from "./load-emitters.js";
import { ConfigFailure, type Place } from "./failure.js";
import { leaves } from "./read-project.js";

/** An entry of `generate`, ready to run. */
interface Job {
  readonly emitter: Emitter;
  readonly options: GenerateEntry["options"];
  readonly out: string;
  /** The entry in the config. */
  readonly at: Place;
}

interface Emitted extends Job {
  readonly files: readonly OutputFile[];
}

export interface EmitAllOptions {
  readonly root: string;
  readonly config: Config;
  /** What earlier runs made; everything is made anew when it is absent. `job` names an entry of `generate` with its options. */
  readonly earlierOf?: ((job: string, out: string) => EarlierRuns) | undefined;
}

/** All files of all emitters, one set per output folder. Nothing is written. Throws when the config asks for what cannot be. */
export async function emitAll(registry: Registry, { root, config, earlierOf }: EmitAllOptions): Promise<Result<readonly OutputSet[]>> {
  const own = mended(await userEmitters(root, config));
  const jobs = mended(await jobsOf(config, own));
  const diagnostics: Diagnostic[] = [];
  const emitted: Emitted[] = [];
  for (const job of jobs) {
    const { emitter, options, out } = job;
    performance.mark(`wevt:emit ${emitter.name}`);
    const earlier = earlierOf?.(JSON.stringify([emitter.name, out, options]), out);
    try {
      emitted.push({ ...job, files: await emitter.emit(registry, { options, out, ...(earlier === undefined ? {} : { earlier }) }) });
    } catch (error) {
      if (!(error instanceof EmitterFailure)) throw error;
      diagnostics.push({ ...job.at, ...error.diagnostic });
    }
  }
  const sets = united(emitted);
  mended({ value: sets, diagnostics: [...clashesOf(emitted, sets), ...madeSchemas(emitted, config)] });
  return { value: sets, diagnostics };
}

/** A mistake in the config stands above findings: nothing was looked at as it was meant. */
function mended<T>({ value, diagnostics }: Result<T>): T {
  if (!isClean(diagnostics)) throw new ConfigFailure(diagnostics);
  return value;
}

async function jobsOf(config: Config, own: ReadonlyMap<string, Emitter>): Promise<Result<readonly Job[]>> {
  const diagnostics: Diagnostic[] = [];
  const jobs: Job[] = [];
  for (const [index, entry] of config.generate.entries()) {
    const at = placeAbove(config, `/generate/${index}`);
    const emitter = own.get(entry.emitter) ?? (Object.hasOwn(builtIn, entry.emitter) ? await builtIn[entry.emitter]?.() : undefined);
    if (emitter === undefined) {
      diagnostics.push(unknownEmitter(entry.emitter, own, placeAbove(config, `/generate/${index}/emitter`)));
      continue;
    }
    const out = entry.out ?? emitter.defaultOut;
    if (isOutside(out)) diagnostics.push(diagnostic("OUT_OUTSIDE", { out }, placeAbove(config, `/generate/${index}/out`)));
    diagnostics.push(...(await wrongOptions(emitter, entry.options, (pointer, part) => placeOf(config, `/generate/${index}${pointer}`, part))));
    jobs.push({ emitter, options: entry.options, out: folderOf(out), at });
  }
  return { value: jobs, diagnostics };
}

function placeOf(config: Config, pointer: string, part: "key" | undefined): Place {
  const at = part === "key" ? config.keyPlaces[pointer] : undefined;
  return at === undefined ? placeAbove(config, pointer) : { at };
}

/** Where a value stands, or else what it would stand in. */
function placeAbove({ places }: Pick<Config, "places">, pointer: string): Place {
  const at = places[pointer];
  if (at !== undefined) return { at };
  return pointer === "" ? {} : placeAbove({ places }, pointer.slice(0, pointer.lastIndexOf("/")));
}

function unknownEmitter(name: string, own: ReadonlyMap<string, Emitter>, at: Place): Diagnostic {
  const known = [...Object.keys(builtIn), ...own.keys()];
  const suggestion = suggest(name, known);
  return diagnostic("UNKNOWN_EMITTER", { name, known, ...(suggestion === undefined ? {} : { suggestion }) }, at);
}

/** `./src/wevt/` and `src/wevt` are one folder. */
function folderOf(out: string): string {
  return normalize(out).replace(/\/$/, "");
}

function isOutside(out: string): boolean {
  return leaves(out) || folderOf(out) === ".";
}

function united(emitted: readonly Emitted[]): readonly OutputSet[] {
  const sets = new Map<string, OutputSet>();
  for (const { out, files } of emitted) sets.set(out, { out, files: [...(sets.get(out)?.files ?? []), ...files] });
  return [...sets.values()];
}

/** Two entries that write one path, told once for the two; capitals do not count on every disk. */
function clashesOf(emitted: readonly Emitted[], sets: readonly OutputSet[]): readonly Diagnostic[] {
  const found = new Map<string, { readonly path: string; readonly other: string; readonly jobs: readonly [Emitted, Emitted]; count: number }>();
  for (const [other, path] of clashes(sets)) {
    const first = emitted.findIndex((one) => writes(one, other));
    const last = emitted.findLastIndex((one) => writes(one, path));
    const [left, right] = [emitted[first], emitted[last]];
    const pair = found.get(`${first} ${last}`);
    if (pair !== undefined) pair.count += 1;
    else if (left !== undefined && right !== undefined) found.set(`${first} ${last}`, { path, other, jobs: [left, right], count: 1 });
  }
  return [...found.values()].map(({ path, other, jobs: [left, right], count }) => {
    const related = left.at.at === undefined ? {} : { related: [{ at: left.at.at, message: `"${left.emitter.name}" writes it too` }] };
    return diagnostic("CLASHING_OUTPUT", { path, other, count }, { ...right.at, ...related });
  });
}

/** What would be read as a schema by the next run, told once for each entry. */
function madeSchemas(emitted: readonly Emitted[], { schemas }: Config): readonly Diagnostic[] {
  const tests = schemas.map((pattern) => ({ pattern, matches: matcher(pattern) }));
  return emitted.flatMap(({ out, files, at }) => {
    const paths = files.map((file) => `${out}/${file.path}`);
    const path = paths.find((one) => tests.some(({ matches }) => matches(one)));
    const pattern = path === undefined ? undefined : tests.find(({ matches }) => matches(path))?.pattern;
    return path === undefined || pattern === undefined ? [] : [diagnostic("OUTPUT_AMONG_SCHEMAS", { path, pattern }, at)];
  });
}

function writes({ out, files }: Emitted, path: string): boolean {
  return path.startsWith(`${out}/`) && files.some((file) => `${out}/${file.path}` === path);
}
