/** Runs a small program in a process of its own, against the sources, to see what reaches its outputs and its exit. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundles the TypeScript text, which imports from `./src/…` and `./test/…`; returns the path of the script. */
export function program(source: string): string {
  const outfile = join(mkdtempSync(join(tmpdir(), "wevt-program-")), "main.mjs");
  buildSync({ stdin: { contents: source, resolveDir: root, loader: "ts" }, bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" });
  return outfile;
}

export function start(script: string, stdio: "pipe" | "ignore" = "pipe"): ChildProcess {
  return spawn(process.execPath, [script], { cwd: dirname(script), stdio: ["ignore", stdio, "pipe"] });
}

export async function finished(child: ChildProcess): Promise<Finished> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
}

export const preamble = `
import { createUntypedWevt } from "./src/runtime/create-wevt.js";
import { stdio } from "./src/collectors/stdio.js";
import { file } from "./src/collectors/file.js";
import { http, user } from "./test/helpers/definitions.js";
const request = http({ method: "POST" });
const emit = (wevt, count, id = "u") => { for (let index = 0; index < count; index++) wevt.run(request, (event) => event.log(user({ id: id + index }))); };
`;
