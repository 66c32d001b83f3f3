/** The findings that a team knows of. No line numbers: what moves stays known. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { diagnostic, type Diagnostic } from "../../compiler/diagnostics.js";
import type { Finding } from "../../code/usage/index.js";
import { Failure } from "../failure.js";

export interface Baseline {
  /** Absolute. */
  readonly path: string;
  readonly known: ReadonlySet<string>;
}

const defaultName = "wevt.usage.json";

/** The one that is named, or that of the config. One that is named and not there is no gate: exit 2. */
export function readBaseline({ cwd, root, named, configured, updating }: { readonly cwd: string; readonly root: string; readonly named: string | undefined; readonly configured: string | undefined; readonly updating: boolean }): Baseline | undefined {
  const path = named !== undefined ? resolve(cwd, named) : configured !== undefined ? join(root, configured) : updating ? join(root, defaultName) : undefined;
  if (path === undefined) return undefined;
  if (!existsSync(path)) {
    if (updating) return { path, known: new Set() };
    throw new Failure(`there is no baseline ${named ?? configured ?? path}`, "write it with `wevt usage --update-baseline`");
  }
  return { path, known: new Set(entriesOf(path)) };
}

function entriesOf(path: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && "known" in value && Array.isArray(value.known)) return value.known.map(String);
  } catch {
    // Told below.
  }
  throw new Failure(`${path} is no baseline: it has to be {"format": 1, "known": [ … ]}`, "write it anew with `wevt usage --update-baseline`");
}

export function entryOf({ kind, subject }: Finding): string {
  return `${kind} ${subject}`;
}

export function writeBaseline({ path }: Baseline, findings: readonly Finding[]): void {
  const known = [...new Set(findings.map(entryOf))].sort();
  writeFileSync(path, `${JSON.stringify({ format: 1, known }, undefined, 2)}\n`);
}

/** Entries that no finding has any more. */
export function staleEntries({ known }: Baseline, findings: readonly Finding[]): readonly Diagnostic[] {
  const found = new Set(findings.map(entryOf));
  const stale = [...known].filter((one) => !found.has(one));
  return stale[0] === undefined ? [] : [diagnostic("BASELINE_STALE", { entries: stale.length, first: stale[0] })];
}
