import { diagnosticTable } from "../../compiler/diagnostics.js";
import { suggest } from "../../compiler/suggest.js";
import type { Context } from "../context.js";
import { exit, Failure } from "../failure.js";

/** `wevt explain ID`. */
export function explain(context: Context, id: string): number {
  const known = Object.entries(diagnosticTable);
  const found = known.find(([name]) => name === id.toUpperCase());
  if (found !== undefined) {
    const [name, { severity, explain: text }] = found;
    context.out(context.format === "json" ? `${JSON.stringify({ id: name, severity, explain: text }, undefined, 2)}\n` : `${name} (${severity})\n\n${text}\n`);
    return exit.ok;
  }
  const near = suggest(id.toUpperCase(), known.map(([name]) => name));
  throw new Failure(`there is no diagnostic "${id}"`, near === undefined ? `ids look like ${known[0]?.[0] ?? ""}; they stand in each message` : `did you mean ${near}?`);
}
