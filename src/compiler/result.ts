import type { Diagnostic } from "./diagnostics.js";

/** What every stage returns: its product and the user's mistakes it met on the way. Mistakes of ours are thrown. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
