/** Where a file stands in its repository: GitHub places annotations by paths from there, whatever folder the config is in. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { projectRoot, type ReadOptions } from "./project-root.js";

/** Makes a path of the project one of the repository; undefined for a file that is in neither: one of an import. */
export type InRepository = (path: string) => string | undefined;

export function inRepository(options: ReadOptions): InRepository {
  const root = realpathSync(projectRoot(options));
  const prefix = relative(repositoryOf(root) ?? root, root).split(sep).join("/");
  return (path) => (path.startsWith("wevt:") || isImported(root, path) ? undefined : prefix === "" ? path : `${prefix}/${path}`);
}

/** `@acme/events/schemas/team.yaml` stands below `node_modules`, here or further up. */
function isImported(root: string, path: string): boolean {
  if (existsSync(join(root, path))) return false;
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", path))) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** The nearest folder above with a `.git`: a folder, or a file in a worktree or submodule. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return folder === dirname(folder) ? undefined : repositoryOf(dirname(folder));
}
