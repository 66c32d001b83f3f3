/** How a command fails. */
import type { Span } from "../compiler/source.js";

/** The ways in which a command ends. */
export const exit = { ok: 0, findings: 1, usage: 2, bug: 70 } as const;

/** Something the user can mend before any schema is looked at: usage, config, unreadable files. Exit code 2; told without a stack. */
export class Failure extends Error {
  readonly hint: string | undefined;
  /** The place in the config, when there is one. */
  readonly at: Span | undefined;
  constructor(message: string, hint?: string, at?: Span) {
    super(message);
    this.name = "Failure";
    this.hint = hint;
    this.at = at;
  }
}

/** A disk that refuses (full, read-only, a folder in the way) is the user's to mend, not a bug of ours. */
export function diskFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  return new Failure(error.message, "make the path readable and writable, or move what is in the way");
}
