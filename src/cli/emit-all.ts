/** Runs the emitters that the config lists, the built-in ones and the user's own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { normalize } from "node:path/posix";
import { pathToFileURL } from "node:url";
import type { Config, GenerateEntry } from "../compiler/config.js";
import { diagnostic, isClean, type Diagnostic } from "../compiler/diagnostics.js";
import type { Json, Registry } from "../compiler/registry.js";
import type { Result } from "../compiler/result.js";
import type { Span } from "../compiler/source.js";
import { suggest } from "../compiler/suggest.js";
import type { Emitter } from "../emit/emitter.js";
import { emitters as builtIn } from "../emit/emitters.js";
import type { OutputSet } from "../emit/plan.js";
import { EmitterFailure, userEmitter } from "../emit/user-emitter.js";
import { Failure } from "./failure.js";
import { leaves } from "./read-project.js";

/** All files of all emitters, one set per output folder. Nothing is written. */
export async function emitAll(registry: Registry, { root, config }: { readonly root: string; readonly config: Config }): Promise<Result<readonly OutputSet[]>> {
  const own = await userEmitters(root, config);
  const diagnostics: Diagnostic[] = [...own.diagnostics];
  const sets = new Map<string, OutputSet>();
  for (const [index, entry] of config.generate.entries()) {
    const emitter = await findEmitter(entry, { own: own.value, at: config.places[`/generate/${index}/emitter`] ?? config.places[`/generate/${index}`] });
    diagnostics.push(...wrongOptions(emitter, entry, { config, index }));
    if (!isClean(diagnostics)) continue;
    const out = folderOf(entry.out ?? emitter.defaultOut, config.places[`/generate/${index}/out`]);
    try {
      const files = await emitter.emit(registry, { options: entry.options, data: {}, out });
      sets.set(out, { out, files: [...(sets.get(out)?.files ?? []), ...files] });
    } catch (error) {
      if (!(error instanceof EmitterFailure)) throw error;
      diagnostics.push(error.diagnostic);
    }
  }
  return { value: [...sets.values()], diagnostics };
}

/** `./src/wevt/` and `src/wevt` are one folder, inside the project. */
function folderOf(out: string, at: Span | undefined): string {
  const folder = normalize(out).replace(/\/$/, "");
  if (leaves(out) || folder === ".") throw new Failure(`the folder "${out}" is not below the project`, "`out` is a folder relative to the config: src/wevt", at);
  return folder;
}

async function userEmitters(root: string, config: Config): Promise<Result<ReadonlyMap<string, Emitter>>> {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, Emitter>();
  for (const [index, path] of config.emitters.entries()) {
    const file = join(root, path);
    if (!existsSync(file)) throw new Failure(`there is no emitter module ${path}`, "`emitters` in wevt.config.yaml lists files relative to it", config.places[`/emitters/${index}`]);
    const made = userEmitter(await importModule(file, path), path);
    diagnostics.push(...made.diagnostics);
    if (made.value !== undefined) found.set(made.value.name, made.value);
  }
  return { value: found, diagnostics };
}

/** The user named this module in the config; a version behind the path makes `--watch` see an edited one. */
async function importModule(file: string, path: string): Promise<unknown> {
  try {
    return await import(`${pathToFileURL(file).href}?at=${Date.now()}`);
  } catch (error) {
    throw new Failure(`the emitter module ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, "run it with node to see where it fails");
  }
}

async function findEmitter({ emitter: name }: GenerateEntry, { own, at }: { readonly own: ReadonlyMap<string, Emitter>; readonly at: Span | undefined }): Promise<Emitter> {
  const found = own.get(name) ?? (Object.hasOwn(builtIn, name) ? await builtIn[name]?.() : undefined);
  if (found !== undefined) return found;
  const known = [...Object.keys(builtIn), ...own.keys()];
  const near = suggest(name, known);
  throw new Failure(`there is no emitter "${name}"`, near === undefined ? `known: ${known.join(", ")}; list your own modules under \`emitters\`` : `did you mean "${near}"?`, at);
}

/** Options against the emitter's schema: unknown names, and values outside `enum` or of another plain type. */
function wrongOptions(emitter: Emitter, { options }: GenerateEntry, { config, index }: { readonly config: Config; readonly index: number }): readonly Diagnostic[] {
  const properties = emitter.options["properties"];
  if (!isMap(properties)) return [];
  const closed = emitter.options["additionalProperties"] === false;
  return Object.entries(options).flatMap(([name, value]) => {
    const at = config.places[`/generate/${index}/${name}`];
    const place = at === undefined ? {} : { at };
    const schema = properties[name];
    if (schema === undefined && !closed) return [];
    if (!isMap(schema)) {
      const known = ["emitter", "out", ...Object.keys(properties)];
      const suggestion = suggest(name, known);
      return [diagnostic("UNKNOWN_CONFIG_KEY", { key: name, known, ...(suggestion === undefined ? {} : { suggestion }) }, place)];
    }
    const expects = expectation(schema, value);
    return expects === undefined ? [] : [diagnostic("WRONG_CONFIG_VALUE", { key: name, expects, found: JSON.stringify(value) }, place)];
  });
}

/** What was expected, when the value is something else. */
function expectation(schema: { readonly [keyword: string]: Json }, value: Json): string | undefined {
  const allowed = schema["enum"];
  if (Array.isArray(allowed)) return allowed.includes(value) ? undefined : allowed.map((one) => JSON.stringify(one)).join(" or ");
  const type = schema["type"];
  return typeof type !== "string" || typeof value === type || !["string", "number", "boolean"].includes(type) ? undefined : `a ${type}`;
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
