/** Loads TypeScript projects as the compiler sees them: tsconfig files, what they extend and refer to, path mappings, packages. Nothing is checked or emitted. */
import { standardLibrary, ts } from "./ts-morph.js";

export interface LoadedProject {
  /** Its tsconfig.json, absolute. */
  readonly path: string;
  readonly program: ts.Program;
}

export interface Loaded {
  readonly projects: readonly LoadedProject[];
  /** Every file that was read, absolute: configs, sources, declarations, descriptions of packages. */
  readonly inputs: readonly string[];
  /** Folders in which a new file would belong to a project. */
  readonly folders: readonly { readonly path: string; readonly recursive: boolean }[];
}

/** A tsconfig file that cannot be read, in the words of the compiler. */
export class UnreadableProject extends Error {}

/** Loads the projects and those that they refer to. A project whose files all stand in one that was loaded before is not loaded twice. */
export function loadProjects(paths: readonly string[]): Loaded {
  const inputs = new Set<string>();
  const shared: Shared = { inputs, sources: new Map() };
  const configs = [...configsOf(paths, inputs).values()];
  const projects: LoadedProject[] = [];
  const known = new Set<string>();
  for (const { path, config } of configs) {
    if (config.fileNames.every((file) => known.has(file))) continue;
    const program = programOf(config, shared);
    for (const file of program.getSourceFiles()) known.add(file.fileName);
    projects.push({ path, program });
  }
  const folders = configs.flatMap(({ config }) => Object.entries(config.wildcardDirectories ?? {}).map(([path, flag]) => ({ path, recursive: flag === ts.WatchDirectoryFlags.Recursive })));
  return { projects, inputs: [...inputs].sort(), folders };
}

interface Config {
  readonly path: string;
  readonly config: ts.ParsedCommandLine;
}

/** True for a file of an installed package. One of a workspace is found below node_modules, too, and stands elsewhere. */
export function isOthers(file: ts.SourceFile, program: ts.Program): boolean {
  return program.isSourceFileFromExternalLibrary(file) && file.fileName.includes("/node_modules/");
}

/** Projects before those that they refer to: the former hold the sources of the latter. */
function configsOf(paths: readonly string[], inputs: Set<string>): ReadonlyMap<string, Config> {
  const found = new Map<string, Config>();
  const waiting = [...paths];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (found.has(path)) continue;
    const config = readConfig(path, inputs);
    found.set(path, { path, config });
    waiting.push(...(config.projectReferences ?? []).map((one) => ts.resolveProjectReferencePath(one)));
  }
  return found;
}

function readConfig(path: string, inputs: Set<string>): ts.ParsedCommandLine {
  const fail = (one: ts.Diagnostic): never => {
    throw new UnreadableProject(ts.flattenDiagnosticMessageText(one.messageText, " "));
  };
  const readFile = (file: string): string | undefined => {
    inputs.add(file);
    return ts.sys.readFile(file);
  };
  const config = ts.getParsedCommandLineOfConfigFile(path, {}, { ...ts.sys, readFile, onUnRecoverableConfigFileDiagnostic: fail });
  if (config === undefined) throw new UnreadableProject(`${path} cannot be read`);
  const wrong = config.errors.find((one) => one.category === ts.DiagnosticCategory.Error && !harmless.has(one.code));
  if (wrong !== undefined) fail(wrong);
  return config;
}

/** No inputs were found (a project may hold references only), options of other releases, deprecated ones. */
const harmless: ReadonlySet<number> = new Set([18002, 18003, 5023, 5025, 5101, 5107, 6046]);

interface Shared {
  readonly inputs: Set<string>;
  /** Parsed files, by path and by what decides how they are parsed: projects of one repository read the same packages. */
  readonly sources: Map<string, ts.SourceFile | undefined>;
}

function programOf({ fileNames, options, projectReferences }: ts.ParsedCommandLine, shared: Shared): ts.Program {
  const all: ts.CompilerOptions = { ...options, types: options.types ?? ["*"], noEmit: true, skipLibCheck: true };
  return ts.createProgram({ rootNames: fileNames, options: all, host: hostOf(all, shared), ...(projectReferences === undefined ? {} : { projectReferences }) });
}

/** Where the standard library stands, for the compiler: on no disk. */
const libraryFolder = "/wevt:typescript/lib";
let library: ReadonlyMap<string, string> | undefined;
const librarySources = new Map<string, ts.SourceFile>();

function libraryText(path: string): string | undefined {
  if (!path.startsWith(`${libraryFolder}/`)) return undefined;
  library ??= standardLibrary();
  return library.get(path.slice(libraryFolder.length + 1));
}

function hostOf(options: ts.CompilerOptions, { inputs, sources }: Shared): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { module, moduleDetection, jsx } = options;
  const form = [module, moduleDetection, jsx].join();
  const readFile = (path: string): string | undefined => {
    const known = libraryText(path);
    if (known !== undefined) return known;
    inputs.add(path);
    return host.readFile(path);
  };
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (path, version) => {
    const { languageVersion, impliedNodeFormat } = typeof version === "object" ? version : { languageVersion: version, impliedNodeFormat: undefined };
    const key = `${path}|${form}|${languageVersion}|${impliedNodeFormat}`;
    const known = sources.get(key) ?? librarySources.get(key);
    if (known !== undefined || sources.has(key)) return known;
    const text = readFile(path);
    const source = text === undefined ? undefined : ts.createSourceFile(path, text, version);
    if (source !== undefined && path.startsWith(libraryFolder)) librarySources.set(key, source);
    else sources.set(key, source);
    return source;
  };
  const own = {
    readFile,
    getSourceFile,
    fileExists: (path: string): boolean => libraryText(path) !== undefined || host.fileExists(path),
    getDefaultLibLocation: (): string => libraryFolder,
    getDefaultLibFileName: (asked: ts.CompilerOptions): string => `${libraryFolder}/${ts.getDefaultLibFileName(asked)}`,
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    // Imports of a project that is referred to lead to its sources, built or not, as they do in an editor.
    useSourceOfProjectReferenceRedirect: (): boolean => true,
  };
  return { ...host, ...own };
}
