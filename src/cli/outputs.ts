/** Where generated files stand: that they stay in the project, and that none are left where nothing is generated any more. */
import { readdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import { manifestName } from "../emit/manifest.js";

/** Output folders that are, or are below, a link to somewhere outside of the project: files would be written and deleted there. */
export function linkedOutside(root: string, outs: readonly string[]): readonly Diagnostic[] {
  const inside = realpathSync(root);
  return outs.flatMap((out) => {
    const target = realOf(join(inside, out));
    return target === inside || target.startsWith(inside + sep) ? [] : [diagnostic("OUT_OUTSIDE", { out, linked: true })];
  });
}

/** The real path of the nearest folder above that exists. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return realOf(dirname(path));
  }
}

/** How deep below the config an old output folder is looked for. */
const maxDepth = 6;

const configNames: ReadonlySet<string> = new Set(["wevt.config.yaml", "wevt.config.yml", "wevt.config.json"]);

/** Folders with a manifest of ours that no entry of `generate` writes to. A folder below with a config of its own is another project. */
export function orphans(root: string, outs: readonly string[]): readonly Diagnostic[] {
  const found: string[] = [];
  visit(root, "", found);
  return found.filter((folder) => !outs.includes(folder)).map((folder) => diagnostic("ORPHANED_OUTPUT", { folder }));
}

function visit(root: string, folder: string, found: string[]): void {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return;
  }
  if (folder !== "" && entries.some(({ name }) => configNames.has(name))) return;
  if (entries.some(({ name }) => name === manifestName)) found.push(folder);
  if (folder.split("/").length >= maxDepth) return;
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") visit(root, folder === "" ? entry.name : `${folder}/${entry.name}`, found);
  }
}
