/** A plan in words: what is written, what is not current and why, what is in the way. */
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import type { Action, Plan, Step } from "../emit/plan.js";
import { oneLine } from "../emit/text.js";
import type { Context } from "./context.js";
import { unifiedDiff } from "./diff.js";
import { exit } from "./failure.js";
import { githubFiles, paint } from "./report.js";
import { inRepository } from "./repository.js";

/** Everything that differs from the disk: files, then the lists of what is ours, when nothing else would say why the result is not current. */
export function changesOf(planned: Plan): readonly Step[] {
  return [...fileChanges(planned), ...manifestChanges(planned)];
}

function fileChanges({ steps }: Plan): readonly Step[] {
  return steps.filter((step) => step.action !== "unchanged");
}

function manifestChanges({ manifests }: Plan): readonly Step[] {
  return manifests.filter((one) => one.before !== one.after).map(({ path, before, after }) => ({ action: before === undefined ? "create" : "update", path, ...(before === undefined ? {} : { before }), after }));
}

/** One for each file in the way that is not ours. Nothing at all is written while there is one. */
export function foreignFiles({ steps }: Plan): readonly Diagnostic[] {
  return steps.filter((step) => step.action === "foreign").map(({ path }) => diagnostic("FOREIGN_FILE", { path }, { at: { source: { path, text: "" }, start: 0, end: 0 } }));
}

const verbs: { readonly [A in Action]: string } = { create: "create", update: "update", restore: "restore (it was edited by hand)", delete: "delete", foreign: "refuse", unchanged: "keep" };

/** What is done to each file, one a line; nothing for a plan that is the disk. */
export function stepLines(planned: Plan, context: Context): string {
  const line = ({ action, path }: Step): string => `${paint(verbs[action], action === "delete" || action === "restore" ? "yellow" : "green", context.style)} ${oneLine(path)}\n`;
  return fileChanges(planned).map(line).join("");
}

/** `3 created, 1 deleted`. */
export function summary(planned: Plan): string {
  const changes = fileChanges(planned);
  const counts = (["create", "update", "restore", "delete"] as const).flatMap((action) => {
    const count = changes.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${count} ${action}d`];
  });
  return counts.length === 0 ? "the manifest is up to date again" : counts.join(", ");
}

const reasons: { readonly [A in Action]: string } = { create: "missing", update: "stale", restore: "edited by hand", delete: "extra", foreign: "not ours", unchanged: "" };

/** Tells why the files on disk are not what the schemas say, file by file; returns the exit code. */
export function drift(context: Context, planned: Plan): number {
  if (context.format === "github") context.out(githubFiles(changesOf(planned).map(({ action, path }) => ({ path, message: `${reasons[action]}: run \`wevt generate\` and commit the result` })), inRepository(context)));
  if (context.format === "text") {
    const reason = ({ action, path }: Step): string => `${paint(reasons[action], "red", context.style)}: ${oneLine(path)}\n`;
    for (const step of fileChanges(planned)) context.out(`${reason(step)}${unifiedDiff(step.path, step.before ?? "", step.after ?? "")}\n`);
    context.out(manifestChanges(planned).map(reason).join(""));
  }
  context.log("generated files are not up to date: run `wevt generate` and commit the result\n");
  return exit.findings;
}
