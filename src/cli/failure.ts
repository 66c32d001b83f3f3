/** The ways in which a command ends. */
export const exit = { ok: 0, findings: 1, usage: 2, bug: 70 } as const;

/** Something the user can mend before any schema is looked at: usage, config, unreadable files. Exit code 2; told without a stack. */
export class Failure extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = "Failure";
    this.hint = hint;
  }
}
