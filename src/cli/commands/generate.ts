/** `wevt generate`: schemas in, files out. `--check` and `--dry-run` are the same plan, not applied. */
import { compile } from "../../compiler/compile.js";
import { isClean, type Diagnostic } from "../../compiler/diagnostics.js";
import { isCurrent, plan, type Disk, type Plan } from "../../emit/plan.js";
import { readDisk, write } from "../../emit/write.js";
import { hasRun, recall, remember } from "../cache.js";
import { exitCodeOf, printDiagnostics, type Context } from "../context.js";
import { changesOf, drift, foreignFiles, stepLines, summary } from "../drift.js";
import { emitAll } from "../emit-all.js";
import { exit } from "../failure.js";
import { withLock } from "../lock.js";
import { linkedOutside, orphans } from "../outputs.js";
import { projectRoot } from "../project-root.js";
import { readProject, type ReadProject } from "../read-project.js";
import { recallPartials, reuse, withKnown } from "../reuse.js";

export interface GenerateOptions {
  readonly check: boolean;
  readonly dryRun: boolean;
}

export async function generate(context: Context, options: GenerateOptions): Promise<number> {
  if (options.check || options.dryRun) return run(context, options);
  return withLock(projectRoot(context), { waiting: context.log }, () => run(context, options));
}

async function run(context: Context, options: GenerateOptions): Promise<number> {
  performance.mark("wevt:read");
  const project = readProject(context);
  const disk = readDisk(project.root);
  performance.mark("wevt:recall");
  const remembered = recall(project, disk);
  if (remembered !== undefined) {
    printDiagnostics(context, remembered, { files: [] });
    context.log("everything is up to date\n");
    return exitCodeOf(remembered, context);
  }
  const made = await make(project, { disk, reusing: !options.check && !options.dryRun && hasRun(project) });
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

/** The first run of a project writes nothing down for later ones: it may well be the only one. */
interface Making {
  readonly disk: Disk;
  readonly reusing: boolean;
}

async function make(project: ReadProject, { disk, reusing }: Making): Promise<Made> {
  const earlier = reusing ? recallPartials(project) : undefined;
  const compiled = await compile(earlier === undefined ? project : withKnown(project, earlier));
  const found = [...project.diagnostics, ...compiled.diagnostics];
  if (compiled.value === undefined) return { plan: undefined, diagnostics: found, settle: () => {} };
  const reused = earlier === undefined ? undefined : reuse(project, { registry: compiled.value, earlier, disk });
  const emitted = await emitAll(compiled.value, { root: project.root, config: project.config, earlierOf: reused?.earlierOf });
  performance.mark("wevt:plan");
  const outs = emitted.value.map(({ out }) => out);
  const orphaned = orphans(project.root, outs);
  const diagnostics = [...found, ...emitted.diagnostics, ...linkedOutside(project.root, outs), ...orphaned];
  if (!isClean(diagnostics)) return { plan: undefined, diagnostics, settle: () => {} };
  const planned = plan(emitted.value, disk);
  return {
    plan: planned,
    diagnostics,
    // The cache does not see folders that come and go.
    settle: () => {
      if (orphaned.length === 0) remember(project, { manifests: planned.manifests, diagnostics });
      reused?.settle(diagnostics);
    },
  };
}

interface Finish extends Made {
  readonly plan: Plan;
  readonly project: ReadProject;
  readonly options: GenerateOptions;
}

function finish(context: Context, { plan: planned, diagnostics, settle, project, options }: Finish): number {
  performance.mark("wevt:print");
  const foreign = foreignFiles(planned);
  printDiagnostics(context, [...diagnostics, ...foreign], { files: changesOf(planned).map(({ action, path }) => ({ action, path })) });
  if (foreign.length > 0) {
    context.log(`${counted([...diagnostics, ...foreign])}; nothing was written\n`);
    return exit.findings;
  }
  const code = exitCodeOf(diagnostics, context);
  if (isCurrent(planned)) {
    settle();
    context.log("everything is up to date\n");
    return code;
  }
  if (options.check) return drift(context, planned);
  if (context.format === "text") context.out(stepLines(planned, context));
  if (options.dryRun) {
    context.log("nothing was written (--dry-run)\n");
    return code;
  }
  performance.mark("wevt:write");
  write(planned, project.root);
  performance.mark("wevt:remember");
  settle();
  context.log(`${summary(planned)}\n`);
  return code;
}

function counted(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  return `${errors} error${errors === 1 ? "" : "s"}`;
}
