/** Finds and reads what the compiler needs: the config, the schema files, the imports. Nothing is executed, nothing fetched. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { defaultConfig, parseConfig, type Config } from "../compiler/config.js";
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import type { ProjectFile } from "../compiler/project.js";
import type { SourceFile } from "../compiler/source.js";
import { suggest } from "../compiler/suggest.js";
import { ConfigFailure, Failure, type Place } from "./failure.js";
import { glob } from "./glob.js";
import { configPath, packageRoot, projectRoot, type ReadOptions } from "./project-root.js";

export interface ReadProject {
  /** The folder of the config file, or the working directory. Everything is relative to it. */
  readonly root: string;
  readonly config: Config;
  /** Empty when there is none. */
  readonly configFile: SourceFile;
  readonly files: readonly ProjectFile[];
  /** What the config is warned about. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `mayBeEmpty`: there need not be a schema yet. */
export function readProject(options: ReadOptions, { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {}): ReadProject {
  const project = readConfig(options);
  const { root, config } = project;
  return { ...project, files: [...ownFiles(project, mayBeEmpty), ...importedFiles(root, config)] };
}

/** The project without its schemas. */
export function readConfig(options: ReadOptions): Omit<ReadProject, "files"> {
  const path = configPath(options);
  const root = projectRoot(options);
  const configFile = path === undefined ? { path: "", text: "" } : { path: basename(path), text: read(path) };
  const { value: config, diagnostics } = path === undefined ? { value: defaultConfig, diagnostics: [] } : parseConfig(configFile);
  if (config === undefined) throw new ConfigFailure(diagnostics);
  return { root, config, configFile, diagnostics };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The config is no schema, also where a pattern matches it. */
function ownFiles({ root, config, configFile }: Omit<ReadProject, "files">, mayBeEmpty: boolean): readonly ProjectFile[] {
  const paths = config.schemas.flatMap((pattern, index) => {
    const at = placeOf(config, `/schemas/${index}`);
    if (leaves(pattern)) throw new ConfigFailure([diagnostic("SCHEMAS_OUTSIDE", { pattern }, at)]);
    const found = glob(root, pattern, at).filter((path) => path !== configFile.path);
    if (found.length === 0 && !mayBeEmpty) throw new ConfigFailure([diagnostic("NO_SCHEMAS", { pattern }, at)]);
    return found;
  });
  return [...new Set(paths)].sort().map((path) => ({ path, text: read(join(root, path)) }));
}

function placeOf({ places }: Config, pointer: string): Place {
  const at = places[pointer];
  return at === undefined ? {} : { at };
}

/** True for a path or pattern that is not below the folder of the config. */
export function leaves(path: string): boolean {
  return /^([\\/]|[A-Za-z]:)/.test(path) || path.split(/[\\/]/).includes("..");
}

function importedFiles(root: string, config: Config): readonly ProjectFile[] {
  const files = new Map<string, ProjectFile>();
  for (const [index, name] of ["wevt:record", ...config.imports].entries()) {
    const at = placeOf(config, `/imports/${index - 1}`);
    for (const file of name.startsWith("wevt:") ? standardFiles(name, at) : packageFiles(root, { name, at })) if (!files.has(file.path)) files.set(file.path, file);
  }
  return [...files.values()];
}

/** `wevt:http` is `schemas/http.yaml` of this package, `wevt:agent` all files of `schemas/agent`, `wevt:agent/llm` one of them. */
function standardFiles(name: string, at: Place): readonly ProjectFile[] {
  const schemas = join(packageRoot, "schemas");
  const short = name.slice("wevt:".length);
  const safe = /^[A-Za-z][\w./-]*$/.test(short) && !short.includes("..") && !short.startsWith("meta");
  const found = !safe ? [] : existsSync(join(schemas, `${short}.yaml`)) ? [`${short}.yaml`] : glob(schemas, `${short}/**`);
  if (found.length > 0) return found.map((path) => ({ path: `wevt:${path}`, text: read(join(schemas, path)), importedFrom: name }));
  const known = [...new Set(glob(schemas, "**").filter((path) => !path.startsWith("meta/")).map((path) => `wevt:${path.split("/")[0]?.replace(/\.yaml$/, "")}`))];
  const near = suggest(name, known);
  throw new ConfigFailure([diagnostic("UNKNOWN_IMPORT", { name, known, ...(near === undefined ? {} : { suggestion: near }) }, at)]);
}

/** `@acme/events/schemas/*.yaml`, found in `node_modules` by walking up. */
function packageFiles(root: string, { name, at }: { readonly name: string; readonly at: Place }): readonly ProjectFile[] {
  const parts = name.split("/");
  const packageName = parts.slice(0, name.startsWith("@") ? 2 : 1).join("/");
  const pattern = parts.slice(name.startsWith("@") ? 2 : 1).join("/");
  if (leaves(name) || name.startsWith(".")) throw new ConfigFailure([diagnostic("IMPORT_NOT_PACKAGE", { name }, at)]);
  const folder = packageFolder(root, packageName);
  if (folder === undefined) throw new ConfigFailure([diagnostic("PACKAGE_NOT_INSTALLED", { name, package: packageName }, at)]);
  const found = pattern === "" ? [] : glob(folder, pattern, at);
  if (found.length === 0) throw new ConfigFailure([diagnostic("EMPTY_IMPORT", { name, package: packageName }, at)]);
  return found.map((path) => ({ path: `${packageName}/${path}`, text: read(join(folder, path)), importedFrom: name }));
}

function packageFolder(root: string, name: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return found;
    if (folder === dirname(folder)) return undefined;
  }
}
