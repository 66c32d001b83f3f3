/**
 * The command line. This room alone knows argv, terminals and exit codes. Two ways to fail are told apart here, once: what the user can mend, and
 * bugs of ours.
 */
import type { Context } from "./context.js";
import { exit, Failure } from "./failure.js";
import { createProgram, UsageError } from "./program.js";
import { ConfigFailure } from "./read-project.js";
import { textReport } from "./report.js";

/** Runs one command and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const style = { colour: hasColour() };
  try {
    return await createProgram(style).run(argv);
  } catch (error) {
    return fail(error, style);
  }
}

function hasColour(): boolean {
  return process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
}

function fail(error: unknown, style: Context["style"]): number {
  if (error instanceof UsageError) return error.code;
  if (error instanceof ConfigFailure) process.stdout.write(textReport(error.diagnostics, style));
  if (error instanceof Failure) {
    process.stderr.write(`wevt: ${error.message}\n${error.hint === undefined ? "" : `hint: ${error.hint}\n`}`);
    return exit.usage;
  }
  const debug = (process.env["WEVT_DEBUG"] ?? "") !== "";
  const reason = error instanceof Error ? (debug ? error.stack : error.message) : String(error);
  process.stderr.write(`wevt: this is a bug in wevt: ${reason}\n${debug ? "" : "Run again with WEVT_DEBUG=1 and report what it prints.\n"}`);
  return exit.bug;
}
