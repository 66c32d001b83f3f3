/** `wevt import typescript FILE --type Registry`: schema files from types. It overwrites nothing; `--update` shows what it would change. */
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Diagnostic } from "../../compiler/diagnostics.js";
import { definitionKinds } from "../../compiler/keywords.js";
import { compile } from "../../compiler/compile.js";
import { load } from "../../compiler/load.js";
import type { ObjectShape, Registry } from "../../compiler/registry.js";
import { entryOf } from "../../compiler/source.js";
import { suggest } from "../../compiler/suggest.js";
import { importTypes, type ImportedFile, type ImportOptions } from "../../code/import/import-types.js";
import { proposalFor } from "../../code/import/propose.js";
import { hasSameType } from "../../code/import/same-type.js";
import { UnreadableProject } from "../../code/program.js";
import { exitCodeOf, printDiagnostics, type Context } from "../context.js";
import { exit, Failure } from "../failure.js";
import { matcher } from "../glob.js";
import { patch } from "../patch.js";
import { readProject, type ReadProject } from "../read-project.js";

export interface ImportTypescriptOptions {
  readonly file: string;
  readonly type?: string;
  /** The folder of new files; `schemas` beside the config when not given. */
  readonly out?: string;
  readonly project?: string;
  readonly dryRun: boolean;
  readonly update: boolean;
}

export async function importTypescript(context: Context, options: ImportTypescriptOptions): Promise<number> {
  const file = resolve(context.cwd, options.file);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw new Failure(`${options.file} is a folder`, "name the TypeScript file that declares or exports the type");
  if (!existsSync(file)) throw new Failure(`there is no file ${options.file}`, "name the TypeScript file that declares the types, relative to the working directory");
  const project = readProject(context, { mayBeEmpty: true });
  const tsconfig = tsconfigFor(context, file, options.project);
  const known = definedIn(project);
  const out = options.out === undefined ? "schemas" : relative(project.root, resolve(context.cwd, options.out)).replaceAll("\\", "/");
  if (out.startsWith("..")) throw new Failure(`--out ${options.out ?? ""} is outside the project (${project.root})`, "name a folder below that of wevt.config.yaml");
  const { value, diagnostics } = await importing({
    file,
    ...(options.type === undefined ? {} : { type: options.type }),
    ...(tsconfig === undefined ? {} : { tsconfig }),
    place: ({ kind, name }) => known.get(`${kind} ${name}`) ?? `${out === "" ? "" : `${out}/`}${name}${kind === "partial" ? "" : `.${kind}`}.yaml`,
    others: project.files,
    config: project.config,
    show: (path) => relative(project.root, path).replaceAll("\\", "/"),
  });
  if ("candidates" in value) throw noType(options, value.candidates);
  const given = { context, project, diagnostics };
  return options.update ? propose(given, value.files) : create(given, { files: value.files, dryRun: options.dryRun });
}

async function importing(options: ImportOptions): ReturnType<typeof importTypes> {
  try {
    return await importTypes(options);
  } catch (error) {
    if (error instanceof UnreadableProject) throw new Failure(`${options.show(options.file)}: ${error.message}`, "`npx tsc --noEmit` says more of files that cannot be read");
    throw error;
  }
}

function noType({ file, type }: ImportTypescriptOptions, candidates: readonly string[]): Failure {
  const near = type === undefined ? undefined : suggest(type, candidates);
  const listed = candidates.length === 0 ? "it declares no object types" : `it has ${candidates.slice(0, 20).join(", ")}`;
  const hint = near === undefined ? `--type NAME: the type whose properties are the partials; ${listed}` : `did you mean --type ${near}? ${listed}`;
  return new Failure(type === undefined ? `which type of ${file} is the registry?` : `${file} has no type ${type}`, hint);
}

function tsconfigFor({ cwd }: Context, file: string, named: string | undefined): string | undefined {
  if (named === undefined) return nearest(dirname(file));
  const path = resolve(cwd, named);
  const found = [path, join(path, "tsconfig.json")].find((one) => one.endsWith(".json") && existsSync(one));
  if (found === undefined) throw new Failure(`there is no tsconfig ${named}`, "--project names a tsconfig.json, or its folder");
  return found;
}

function nearest(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}

/** `partial user` → its file, for the project's own definitions. */
function definedIn({ files }: ReadProject): ReadonlyMap<string, string> {
  const own = files.filter(({ importedFrom }) => importedFrom === undefined);
  return new Map(
    load(own).value.flatMap(({ root, source }) =>
      definitionKinds.flatMap((kind) => {
        const value = entryOf(root, kind)?.value;
        return value?.kind === "scalar" ? [[`${kind} ${String(value.value)}`, source.path] as const] : [];
      }),
    ),
  );
}

interface Given {
  readonly context: Context;
  readonly project: ReadProject;
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes the files that are not there. */
function create({ context, project, diagnostics }: Given, { files, dryRun }: { readonly files: readonly ImportedFile[]; readonly dryRun: boolean }): number {
  const steps = files.map(({ path, text }) => ({ action: existsSync(join(project.root, path)) ? ("keep" as const) : ("create" as const), path, text }));
  if (!dryRun) for (const { path, text } of steps.filter(({ action }) => action === "create")) writeNew(join(project.root, path), text);
  printDiagnostics(context, diagnostics, { files: steps.map(({ action, path }) => ({ action, path })) });
  if (context.format === "text") for (const { action, path } of steps) context.out(`${action.padEnd(6)} ${path}\n`);
  const kept = steps.filter(({ action }) => action === "keep");
  if (kept.length > 0) context.log(`\n${kept.length === 1 ? "one file was" : `${kept.length} files were`} there before and stay${kept.length === 1 ? "s" : ""} as ${kept.length === 1 ? "it is" : "they are"}: --update shows what the types would change\n`);
  if (dryRun) context.log("nothing was written (--dry-run)\n");
  else if (kept.length < steps.length) context.log(next(project, steps));
  return exitCodeOf(diagnostics, context);
}

function writeNew(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: "wx" });
}

function next({ config }: ReadProject, steps: readonly { readonly path: string }[]): string {
  const seen = steps.every(({ path }) => config.schemas.some((pattern) => matcher(pattern)(path)));
  return `${seen ? "" : "\nno pattern of `schemas` in wevt.config.yaml takes these files: add their folder\n"}\nNext: read them, judge the comments, then\n  npx wevt generate\n`;
}

/** Shows, as a patch, what would make the files of the project say what the types say. */
async function propose({ context, project, diagnostics }: Given, files: readonly ImportedFile[]): Promise<number> {
  const registries = await both(project, files);
  if (registries === undefined) throw new Failure("the schemas of the project have errors, so nothing can be compared with them", "run `wevt check` and mend them first");
  const steps = files.flatMap(({ path, text, definition }) => {
    const before = project.files.find((one) => one.path === path)?.text;
    if (before === undefined) return [{ action: "create", path, diff: patch(path, undefined, text) }];
    const is = objectOf(registries.is, definition);
    const shouldBe = objectOf(registries.shouldBe, definition);
    if (is === undefined || shouldBe === undefined) return [];
    if (path.endsWith(".json")) return isSameObject(is, shouldBe) ? [] : [{ action: "change", path, diff: `${path} is JSON and differs from the types; as YAML they would be\n${text}` }];
    const after = proposalFor({ before: { path, text: before }, is, root: definition.root, shouldBe });
    return before === after ? [] : [{ action: "change", path, diff: patch(path, before, after) }];
  });
  printDiagnostics(context, diagnostics, { files: steps });
  if (context.format === "text") for (const { diff } of steps) context.out(diff);
  context.log(steps.length === 0 ? "the schemas say what the types say\n" : "\nnothing was written: apply it by hand, or with `patch -p1`\n");
  return Math.max(steps.length === 0 ? exit.ok : exit.findings, exitCodeOf(diagnostics, context));
}

/** The project as it is, and with the imported files in the place of its own. */
async function both({ files, config }: ReadProject, imported: readonly ImportedFile[]): Promise<{ readonly is: Registry; readonly shouldBe: Registry } | undefined> {
  const paths = new Set(imported.map(({ path }) => path));
  const { value: is } = await compile({ files, config });
  const { value: shouldBe } = await compile({ files: [...files.filter(({ path }) => !paths.has(path)), ...imported.map(({ path, text }) => ({ path, text }))], config });
  return is === undefined || shouldBe === undefined ? undefined : { is, shouldBe };
}

function objectOf({ partials, originators, services }: Registry, { kind, name }: ImportedFile["definition"]): ObjectShape | undefined {
  const definitions = { partial: partials, originator: originators, service: services }[kind];
  return definitions.find((one) => one.name === name)?.object;
}

function isSameObject(left: ObjectShape, right: ObjectShape): boolean {
  return hasSameType({ types: ["object"], object: left }, { types: ["object"], object: right });
}
