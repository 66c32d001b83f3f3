/** How a command fails. */
import type { Diagnostic } from "../compiler/diagnostics.js";
import type { Span } from "../compiler/source.js";

/** The ways in which a command ends. */
export const exit = { ok: 0, findings: 1, usage: 2, bug: 70 } as const;

/** Something the user can mend before any schema is looked at: usage, unreadable files. Exit code 2; told without a stack. */
export class Failure extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = "Failure";
    this.hint = hint;
  }
}

/** Where a diagnostic is told; nowhere when nobody wrote it down. */
export type Place = { readonly at?: Span };

/** A config that is wrong, or asks for what cannot be: its diagnostics, and exit code 2. */
export class ConfigFailure extends Failure {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.some((one) => one.at !== undefined) ? "the config is wrong" : "there is nothing to read");
    this.diagnostics = diagnostics;
  }
}

/** A disk that refuses (full, read-only, a folder in the way) is the user's to mend, not a bug of ours. */
export function diskFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  return new Failure(error.message, error.syscall === "watch" && code === "ENOSPC" ? watchHint : (diskHints[code] ?? "make the path readable and writable, or move what is in the way"));
}

const watchHint = "raise fs.inotify.max_user_watches, or let `schemas` begin in a folder with fewer folders";

const diskHints: { readonly [code: string]: string } = {
  EACCES: "make the path readable and writable for this user",
  EPERM: "make the path readable and writable for this user",
  EROFS: "the disk is mounted read-only: run it in a copy, or `wevt check`, which writes nothing",
  ENOSPC: "make room on the disk",
  EDQUOT: "make room within the quota",
  EISDIR: "move the folder that is in the way",
  ENOTDIR: "move the file that is in the way of a folder",
  EMFILE: "raise the limit of open files (`ulimit -n`)",
};
