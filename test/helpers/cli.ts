/** Small projects, and the real command line run in them. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env as clean, root, temporaryFolder, writeFile } from "./example.js";

export const bin = join(root, "bin/wevt.js");

export const userSchema = `partial: user
brief: Who did it.
required: [id]
properties:
  id: { type: string, brief: The id., kind: id, examples: [u_1] }
  tier: { enum: [free, pro], brief: The plan. }
`;

/** A folder with these files, by path. */
export function projectOf(files: { readonly [path: string]: string } = { "schemas/user.yaml": userSchema }): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) writeFile(folder, path, text);
  return folder;
}

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function cli(project: string, parameters: readonly string[], more: { readonly env?: NodeJS.ProcessEnv; readonly nodeOptions?: readonly string[]; readonly bin?: string } = {}): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(more.nodeOptions ?? []), more.bin ?? bin, ...parameters], { cwd: project, env: { ...clean, ...more.env }, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Every file below a folder, by path; packages and caches left out. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter((path) => !path.startsWith("node_modules"));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
