/** Projects on disk in which `wevt` is this repository: what users run, run by tests. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const env: NodeJS.ProcessEnv = { ...process.env };
delete env["NODE_EXTRA_CA_CERTS"];
delete env["GITHUB_ACTIONS"];

/** An empty folder of its own. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "wevt-test-")));
}

/** Makes `wevt` and the types of Node resolvable in a project. */
export function linkPackages(project: string): void {
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/wevt"), "junction");
  for (const name of ["@types/node", "undici-types"]) symlinkSync(realpathSync(join(root, "node_modules", name)), join(project, "node_modules", name), "junction");
}

/** A copy of `templates/init/NAME`, as `wevt init --template NAME` makes it. */
export function copyTemplate(template: string, project: string): string {
  cpSync(join(root, "templates/init", template), project, { recursive: true });
  linkPackages(project);
  return project;
}

export function writeFile(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs a script with Node and returns its standard output; throws with everything it said when it fails. */
export function run(project: string, file: string, parameters: readonly string[] = []): string {
  const { status, output, stdout } = tryRun(project, file, parameters);
  if (status !== 0) throw new Error(`${file} ${parameters.join(" ")} ended with ${status}\n${output}`);
  return stdout;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  /** Standard output, then standard error. */
  readonly output: string;
}

export function tryRun(project: string, file: string, parameters: readonly string[] = []): Ran {
  try {
    const stdout = execFileSync(process.execPath, [file, ...parameters], { cwd: project, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return { status: 0, stdout, output: stdout };
  } catch (error) {
    const { status, stdout = "", stderr = "" } = error as { readonly status?: number; readonly stdout?: string; readonly stderr?: string };
    return { status: status ?? -1, stdout, output: `${stdout}${stderr}` };
  }
}

/** The command line, as it is built. */
export function wevt(project: string, parameters: readonly string[]): string {
  return run(project, join(root, "bin/wevt.js"), parameters);
}

/** Compiles with both supported compilers. */
export function tsc(project: string, parameters: readonly string[] = ["-p", "."]): void {
  for (const compiler of ["typescript-5.9", "typescript"]) run(project, join(root, "node_modules", compiler, "bin/tsc"), parameters);
}
