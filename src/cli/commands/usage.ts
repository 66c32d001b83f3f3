/** `wevt usage`: who sets what, as the user's TypeScript says. */
import { realpathSync } from "node:fs";
import { compile } from "../../compiler/compile.js";
import { isClean, type Diagnostic } from "../../compiler/diagnostics.js";
import type { Registry } from "../../compiler/registry.js";
import { suggest } from "../../compiler/suggest.js";
import type { Finding, FindingKind, ReadUsage, Usage } from "../../code/usage/index.js";
import { findingsOf } from "../../code/usage/findings.js";
import { summarize } from "../../code/usage/summary.js";
import { oneLine } from "../../emit/text.js";
import { exitCodeOf, printDiagnostics, type Context } from "../context.js";
import { exit, Failure } from "../failure.js";
import { readProject, type ReadProject } from "../read-project.js";
import { plainJson } from "../report.js";
import { entryOf, readBaseline, staleEntries, writeBaseline } from "../usage/baseline.js";
import { recallUsage, rememberUsage, usageKey } from "../usage/cache.js";
import { codeOwners } from "../usage/codeowners.js";
import { findingDiagnostic, sourcesOf, type Sources } from "../usage/diagnostics.js";
import { generatedFolders, posix, testsOf, tsconfigsOf } from "../usage/inputs.js";
import { onlyOne, usageJson, usageOfOne, usageTable } from "../usage/report.js";

export interface UsageOptions {
  /** A definition or a field: only this, with code frames. */
  readonly name?: string;
  /** tsconfig files, relative to the working directory. */
  readonly projects: readonly string[];
  readonly json: boolean;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  /** These are errors. */
  readonly failOnKinds: readonly FindingKind[];
}

export async function usage(context: Context, options: UsageOptions): Promise<number> {
  const project = readProject(context);
  const { value: registry, diagnostics } = await compile(project);
  if (registry === undefined || !isClean(diagnostics)) {
    printDiagnostics(context, [...project.diagnostics, ...diagnostics]);
    return exit.findings;
  }
  const baseline = readBaseline({ cwd: context.cwd, root: project.root, named: options.baseline, configured: project.config.usage.baseline, updating: options.updateBaseline });
  const reading = await read(project, { registry, tsconfigs: tsconfigsOf(project, options.projects, context.cwd), context });
  if (reading.missing.length > 0) context.log(missingText(reading.missing));
  const told = summarize({ registry, reading, isTest: testsOf(project), ownersOf: codeOwners(project.root) });
  if (options.name !== undefined) return one(context, { told, registry, project, name: options.name, json: options.json });
  const findings = findingsOf(told, registry);
  if (options.updateBaseline && baseline !== undefined) {
    writeBaseline(baseline, findings);
    context.log(`${new Set(findings.map(entryOf)).size} findings are known from now on\n`);
  }
  const known = options.updateBaseline ? new Set(findings.map(entryOf)) : (baseline?.known ?? new Set<string>());
  const sources = sourcesOf(project, registry);
  const fresh = findings.filter((finding) => !known.has(entryOf(finding)));
  const stale = baseline === undefined || options.updateBaseline ? [] : staleEntries(baseline, findings);
  const all = [...project.diagnostics, ...diagnostics, ...fresh.map((finding) => raised(findingDiagnostic(finding, sources), finding, options.failOnKinds)), ...stale];
  print(context, { told, findings, known, sources, diagnostics: all, json: options.json });
  if (findings.length > fresh.length) context.log(`${findings.length - fresh.length} known findings are in the baseline\n`);
  return exitCodeOf(all, context);
}

const maxMissing = 5;

function missingText(missing: ReadUsage["missing"]): string {
  const some = missing.slice(0, maxMissing).map(({ name, file }) => `${name} (${file})`);
  const more = missing.length > maxMissing ? `, and ${missing.length - maxMissing} more` : "";
  return oneLine(`not found: ${some.join(", ")}${more}; fields that are set through these may be told as never set: install the project's packages`) + "\n";
}

/** `--fail-on never-set` makes these findings errors, but for what an import brings and this project does not use. */
function raised(diagnostic: Diagnostic, { kind }: Finding, kinds: readonly FindingKind[]): Diagnostic {
  const isImported = kind === "never-set" && diagnostic.severity === "info";
  return kinds.includes(kind) && !isImported ? { ...diagnostic, severity: "error" } : diagnostic;
}

interface Reading {
  readonly registry: Registry;
  readonly tsconfigs: readonly string[];
  readonly context: Context;
}

async function read(project: ReadProject, { registry, tsconfigs, context }: Reading): Promise<ReadUsage> {
  const key = usageKey(project, tsconfigs);
  const known = recallUsage(project, key);
  if (known !== undefined) return known;
  const { readUsage, UnreadableProject } = await import("../../code/usage/index.js");
  try {
    const found = readUsage({ registry, root: posix(realpathSync(project.root)), projects: tsconfigs, outs: generatedFolders(project) });
    if (found.problem !== undefined) throw new Failure(...problems[found.problem](generatedFolders(project).map((one) => one.path)));
    rememberUsage(project, key, found);
    context.log(`read ${found.files} files of ${found.projects.length} project${found.projects.length === 1 ? "" : "s"} (${found.projects.join(", ")}); ${found.followed} can reach generated code\n`);
    return found;
  } catch (error) {
    if (error instanceof UnreadableProject) throw new Failure(error.message, "tsc -p says the same; name another project with --project");
    throw error;
  }
}

const problems: { readonly [P in NonNullable<ReadUsage["problem"]>]: (outs: readonly string[]) => [string, string] } = {
  "no-generated-code": (outs) => [`no project holds what wevt generates (${outs.join(", ") || "no typescript emitter in the config"})`, "run `wevt generate`, or name the tsconfig that includes it with --project"],
  "no-runtime": () => ['generated code imports "wevt", and the compiler does not find it', "install the project's packages (`npm install`)"],
};

interface One {
  readonly told: Usage;
  readonly registry: Registry;
  readonly project: ReadProject;
  readonly name: string;
  readonly json: boolean;
}

function one(context: Context, { told, registry, project, name, json }: One): number {
  const found = onlyOne(told, name);
  if (found === undefined) {
    const near = suggest(name, [...told.definitions.map((one) => one.name), ...told.fields.map((one) => one.path)]);
    throw new Failure(`there is no definition or field "${name}"`, near === undefined ? "`wevt show --names` lists them all" : `did you mean "${near}"?`);
  }
  const asJson = json || context.format === "json";
  context.out(asJson ? jsonText(usageJson(found, { findings: [], isKnown: () => false, messageOf: () => "" })) : usageOfOne(found, { sources: sourcesOf(project, registry), style: context.style }));
  return exit.ok;
}

function jsonText(value: object): string {
  return plainJson(`${JSON.stringify(value, undefined, 2)}\n`);
}

interface Printing {
  readonly told: Usage;
  readonly findings: readonly Finding[];
  readonly known: ReadonlySet<string>;
  readonly sources: Sources;
  readonly diagnostics: readonly Diagnostic[];
  readonly json: boolean;
}

function print(context: Context, { told, findings, known, sources, diagnostics, json }: Printing): void {
  const isKnown = (finding: Finding): boolean => known.has(entryOf(finding));
  const document = (): ReturnType<typeof usageJson> => usageJson(told, { findings, isKnown, messageOf: (finding) => findingDiagnostic(finding, sources).message });
  if (json) return context.out(jsonText(document()));
  if (context.format === "json") return printDiagnostics(context, diagnostics, { usage: document() });
  if (context.format !== "text") return printDiagnostics(context, diagnostics);
  // The table says already what an import brings and nobody uses.
  const shown = diagnostics.filter((one) => one.id !== "NEVER_SET" || one.severity !== "info");
  context.out(`${usageTable(told, context.style)}${shown.length === 0 ? "" : "\n"}`);
  printDiagnostics(context, shown);
}
