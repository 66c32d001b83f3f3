import type { Diagnostic } from "../diagnostics.js";

export function paths(): readonly Diagnostic[] {
  return [];
}
