/** What every command is given: where it runs, how it prints. */
import type { Diagnostic, Severity } from "../compiler/diagnostics.js";
import { ConfigFailure, exit, type Failure } from "./failure.js";
import { githubFailure, githubReport, jsonDiagnostic, plainJson, textReport, type ReportFormat, type Style } from "./report.js";
import { inRepository } from "./repository.js";

export type FailOn = Severity | "none";

export interface GlobalOptions {
  readonly cwd: string;
  readonly config?: string;
  readonly format: ReportFormat;
  readonly failOn: FailOn;
  readonly quiet: boolean;
}

export interface Context extends GlobalOptions {
  readonly style: Style;
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and logs; nothing with `--quiet`. */
  readonly log: (text: string) => void;
}

const weight: { readonly [F in FailOn]: number } = { info: 0, warn: 1, error: 2, none: 3 };

/** 1 when something is at or above `--fail-on`. */
export function exitCodeOf(diagnostics: readonly Diagnostic[], { failOn }: Pick<Context, "failOn">): number {
  return diagnostics.some((one) => weight[one.severity] >= weight[failOn]) ? exit.findings : exit.ok;
}

/** Diagnostics in the chosen form; for JSON, the whole answer of the command. */
export function printDiagnostics(context: Context, diagnostics: readonly Diagnostic[], more: { readonly [name: string]: unknown } = {}): void {
  switch (context.format) {
    case "json":
      return context.out(plainJson(`${JSON.stringify({ diagnostics: diagnostics.map(jsonDiagnostic), ...more }, undefined, 2)}\n`));
    case "github":
      return context.out(githubReport(diagnostics, inRepository(context)));
    case "text":
      return context.out(textReport(diagnostics, context.style));
  }
}

/** Why the command could not do its work, where programs read it; the words for people go to standard error besides. */
export function printFailure(context: Context, failure: Failure): void {
  const { message, hint } = failure;
  if (failure instanceof ConfigFailure) return printDiagnostics(context, failure.diagnostics, { files: [] });
  if (context.format === "json") printDiagnostics(context, [], { files: [], failure: { message, ...(hint === undefined ? {} : { hint }) } });
  if (context.format === "github") context.out(githubFailure(failure));
}
