/**
 * The command line. This room alone knows argv, terminals and exit codes. Two ways to fail are told apart here, once: what the user can mend, and
 * bugs of ours.
 */
import { oneLine } from "../emit/text.js";
import { exit, Failure } from "./failure.js";
import { createProgram, UsageError } from "./program.js";
import { failureText } from "./report.js";

/** Runs one command and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const style = { colour: hasColour() };
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endQuietly);
  try {
    return await createProgram(style).run(argv);
  } catch (error) {
    return fail(error);
  }
}

function hasColour(): boolean {
  return process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
}

/** `wevt show | head` closes the pipe early, `wevt check 2>&1 | head` both. */
function endQuietly(error: Error): void {
  if (!("code" in error) || error.code !== "EPIPE") throw error;
}

function fail(error: unknown): number {
  if (error instanceof UsageError) return error.code;
  if (error instanceof Failure) {
    process.stderr.write(failureText(error));
    return exit.usage;
  }
  const debug = (process.env["WEVT_DEBUG"] ?? "") !== "";
  const reason = error instanceof Error ? (debug ? error.stack : oneLine(error.message)) : oneLine(String(error));
  process.stderr.write(`wevt: this is a bug in wevt: ${reason}\n${debug ? "" : "Run again with WEVT_DEBUG=1 and report what it prints.\n"}`);
  return exit.bug;
}
