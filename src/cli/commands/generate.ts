/** `wevt generate`: schemas in, files out. `--check` and `--dry-run` are the same plan, not applied. */
import { compile } from "../../compiler/compile.js";
import { isClean, type Diagnostic } from "../../compiler/diagnostics.js";
import { clashes, isCurrent, plan, type Plan, type Step } from "../../emit/plan.js";
import { oneLine } from "../../emit/text.js";
import { readDisk, write } from "../../emit/write.js";
import { recall, remember } from "../cache.js";
import { exitCodeOf, printDiagnostics, type Context } from "../context.js";
import { unifiedDiff } from "../diff.js";
import { emitAll } from "../emit-all.js";
import { exit, Failure } from "../failure.js";
import { readProject, type ReadProject } from "../read-project.js";
import { githubFiles, paint } from "../report.js";

export interface GenerateOptions {
  readonly check: boolean;
  readonly dryRun: boolean;
}

export async function generate(context: Context, options: GenerateOptions): Promise<number> {
  const project = readProject(context);
  const disk = readDisk(project.root);
  const remembered = recall(project, disk);
  if (remembered !== undefined) {
    printDiagnostics(context, remembered, { files: [] });
    context.log("everything is up to date\n");
    return exitCodeOf(remembered, context);
  }
  const made = await make(project);
  if (made.plan === undefined) {
    printDiagnostics(context, made.diagnostics, { files: [] });
    context.log(`${counted(made.diagnostics)}; nothing was written\n`);
    return exit.findings;
  }
  return finish(context, { ...made, plan: made.plan, project, options });
}

interface Made {
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Tells the cache, once the disk holds the plan. */
  readonly settle: () => void;
}

async function make(project: ReadProject): Promise<Made> {
  const compiled = await compile(project);
  const found = [...project.diagnostics, ...compiled.diagnostics];
  if (compiled.value === undefined) return { plan: undefined, diagnostics: found, settle: () => {} };
  const emitted = await emitAll(compiled.value, project);
  const diagnostics = [...found, ...emitted.diagnostics];
  if (!isClean(diagnostics)) return { plan: undefined, diagnostics, settle: () => {} };
  for (const [one, other] of clashes(emitted.value)) {
    throw new Failure(`two emitters write ${other}${one === other ? "" : ` (and ${one}: capitals do not count on every disk)`}`, "give one of them another `out`");
  }
  return {
    plan: plan(emitted.value, readDisk(project.root)),
    diagnostics,
    settle: () => remember(project, { sets: emitted.value, diagnostics }),
  };
}

interface Finish extends Made {
  readonly plan: Plan;
  readonly project: ReadProject;
  readonly options: GenerateOptions;
}

function finish(context: Context, { plan: planned, diagnostics, settle, project, options }: Finish): number {
  const changes = planned.steps.filter((step) => step.action !== "unchanged");
  const foreign = changes.filter((step) => step.action === "foreign");
  const files = [...changes, ...manifestSteps(planned)].map(({ action, path }) => ({ action, path }));
  printDiagnostics(context, diagnostics, { files });
  const code = exitCodeOf(diagnostics, context);
  if (foreign.length > 0) return refuse(context, foreign);
  if (isCurrent(planned)) {
    settle();
    context.log("everything is up to date\n");
    return code;
  }
  if (options.check) return drift(context, planned);
  if (context.format === "text") context.out(changes.map((step) => `${stepLine(step, context)}\n`).join(""));
  if (options.dryRun) {
    context.log("nothing was written (--dry-run)\n");
    return code;
  }
  write(planned, project.root);
  settle();
  context.log(`${summary(changes)}\n`);
  return code;
}

/** The lists of what is ours: told when nothing else would say why the result is not current. */
function manifestSteps({ manifests }: Plan): readonly Step[] {
  return manifests.filter((one) => one.before !== one.after).map(({ path, before, after }) => ({ action: before === undefined ? "create" : "update", path, ...(before === undefined ? {} : { before }), after }));
}

const verbs: { readonly [A in Step["action"]]: string } = { create: "create", update: "update", restore: "restore (it was edited by hand)", delete: "delete", foreign: "refuse", unchanged: "keep" };

function stepLine({ action, path }: Step, context: Context): string {
  return `${paint(verbs[action], action === "delete" || action === "restore" ? "yellow" : "green", context.style)} ${oneLine(path)}`;
}

function summary(changes: readonly Step[]): string {
  const counts = (["create", "update", "restore", "delete"] as const).flatMap((action) => {
    const count = changes.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${count} ${action}d`];
  });
  return counts.length === 0 ? "the manifest is up to date again" : counts.join(", ");
}

function refuse(context: Context, foreign: readonly Step[]): number {
  const message = "this file is not wevt's, and it is in the way";
  if (context.format === "github") context.out(githubFiles(foreign.map(({ path }) => ({ path, message }))));
  if (context.format === "text") {
    context.out(foreign.map(({ path }) => `${oneLine(path)}  ${paint("error", "red", context.style)}  ${message}\n  hint: move it, or choose another \`out\`; nothing was written\n`).join(""));
  }
  return exit.findings;
}

const reasons: { readonly [A in Step["action"]]: string } = { create: "missing", update: "stale", restore: "edited by hand", delete: "extra", foreign: "not ours", unchanged: "" };

/** Why the committed files are not what the schemas say, file by file. */
function drift(context: Context, planned: Plan): number {
  const changes = planned.steps.filter((step) => step.action !== "unchanged");
  const all = [...changes, ...manifestSteps(planned)];
  if (context.format === "github") context.out(githubFiles(all.map(({ action, path }) => ({ path, message: `${reasons[action]}: run \`wevt generate\` and commit the result` }))));
  if (context.format === "text") {
    for (const { action, path, before = "", after = "" } of changes) context.out(`${paint(reasons[action], "red", context.style)}: ${oneLine(path)}\n${unifiedDiff(path, before, after)}\n`);
    for (const { action, path } of manifestSteps(planned)) context.out(`${paint(reasons[action], "red", context.style)}: ${oneLine(path)}\n`);
  }
  context.log("generated files are not up to date: run `wevt generate` and commit the result\n");
  return exit.findings;
}

function counted(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  return `${errors} error${errors === 1 ? "" : "s"}`;
}
