/**
 * What can be wrong with the user's input. Each diagnostic is a row of a table: a stable id, a default severity, a message with typed
 * parameters, a hint, and the text that `wevt explain ID` prints. The tables stand in `diagnostics/`, one per stage.
 */
import { checkDiagnostics } from "./diagnostics/check.js";
import { configDiagnostics } from "./diagnostics/config.js";
import { emitDiagnostics } from "./diagnostics/emit.js";
import { grammarDiagnostics } from "./diagnostics/grammar.js";
import { importDiagnostics } from "./diagnostics/import.js";
import { loadDiagnostics } from "./diagnostics/load.js";
import { resolveDiagnostics } from "./diagnostics/resolve.js";
import { usageDiagnostics } from "./diagnostics/usage.js";
import type { Span } from "./source.js";

export type Severity = "error" | "warn" | "info";

/** One row. `P` names the parameters of its message; a call with a wrong or missing one does not compile. */
export interface DiagnosticRow<P> {
  readonly severity: Severity;
  /** One line, no full stop; names the thing. Text from a schema must be passed through `quote`. */
  readonly message: (parameters: P) => string;
  /** What to do next, one line. */
  readonly hint?: string | ((parameters: P) => string | undefined);
  /** For `wevt explain`: why this is wrong, a broken and a mended example. */
  readonly explain: string;
}

export const diagnosticTable = {
  ...loadDiagnostics,
  ...grammarDiagnostics,
  ...resolveDiagnostics,
  ...checkDiagnostics,
  ...emitDiagnostics,
  ...configDiagnostics,
  ...usageDiagnostics,
  ...importDiagnostics,
};

export type DiagnosticId = keyof typeof diagnosticTable;
type ParametersOf<Id extends DiagnosticId> = Parameters<(typeof diagnosticTable)[Id]["message"]>[0];

export interface Diagnostic {
  readonly id: DiagnosticId;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Where. Absent only for mistakes that have no place in a file. */
  readonly at?: Span;
  /** The other place of a conflict, and what stands there. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly at: Span;
  readonly message: string;
}

/**
 * Makes a diagnostic from its row.
 *
 *     diagnostic("UNKNOWN_KEYWORD", { keyword: "breif", suggestion: "brief" }, { at: entry.keySpan })
 */
export function diagnostic<Id extends DiagnosticId>(
  id: Id,
  parameters: ParametersOf<Id>,
  place: { readonly at?: Span; readonly related?: readonly RelatedPlace[] } = {},
): Diagnostic {
  const row = rowOf<ParametersOf<Id>>(id);
  const hint = typeof row.hint === "function" ? row.hint(parameters) : row.hint;
  return {
    id,
    severity: row.severity,
    message: row.message(parameters),
    ...(hint === undefined ? {} : { hint }),
    ...place,
  };
}

/** The row of an id. A named guard: the table's rows differ in their parameter type, which the caller has checked against the id. */
function rowOf<P>(id: DiagnosticId): DiagnosticRow<P> {
  return diagnosticTable[id] as unknown as DiagnosticRow<P>;
}

/** True when nothing in the list is an error. */
export function isClean(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some((one) => one.severity === "error");
}
