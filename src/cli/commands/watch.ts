/** `wevt generate --watch`: again after each change, until it is interrupted. A mistake is told, and the watch goes on. */
import { existsSync, watch as watchFolder, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../compiler/config.js";
import { printDiagnostics, type Context } from "../context.js";
import { diskFailure, exit, Failure } from "../failure.js";
import { ConfigFailure, readProject } from "../read-project.js";
import { failureText } from "../report.js";
import { generate } from "./generate.js";

/** Editors save in several steps; changes this close together are one. */
const settleMs = 60;

const watched = /\.(ya?ml|json|[cm]?[jt]s)$/;

export async function watch(context: Context): Promise<number> {
  const { root, config } = readProject(context);
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const running = { last: Promise.resolve() };
      const again = (): void => {
        running.last = running.last.then(() => once(context));
        running.last.catch(reject);
      };
      const changed = (_: string, name: string | null): void => {
        if (name !== null && (!watched.test(name) || name.includes("node_modules"))) return;
        clearTimeout(timer);
        timer = setTimeout(again, settleMs);
      };
      for (const folder of foldersOf(root, config)) watchers.push(watchFolder(folder, { recursive: true }, changed));
      watchers.push(watchFolder(root, (event, name) => (name?.startsWith("wevt.config.") === true ? changed(event, name) : undefined)));
      for (const watcher of watchers) watcher.on("error", () => watcher.close());
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void running.last.then(resolve, reject));
      again();
      void running.last.then(() => context.log(`watching ${config.schemas.join(", ")} (Ctrl-C ends it)\n`), reject);
    });
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
  return exit.ok;
}

/** The folders that the patterns begin with, and those of the user's emitters. */
function foldersOf(root: string, { schemas, emitters }: Config): readonly string[] {
  const folders = [...schemas, ...emitters].map((pattern) => (pattern.split(/[*?{]/)[0] ?? "").replace(/[^/]*$/, ""));
  return [...new Set(folders.map((folder) => join(root, folder)))].filter((path) => existsSync(path));
}

async function once(context: Context): Promise<void> {
  try {
    await generate(context, { check: false, dryRun: false });
  } catch (error) {
    const failure = error instanceof Failure ? error : diskFailure(error);
    if (failure === undefined) throw error;
    if (failure instanceof ConfigFailure) printDiagnostics(context, failure.diagnostics);
    context.log(failureText(failure, context.style));
  }
}
