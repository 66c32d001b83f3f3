/** `wevt generate --watch`: again after each change, until it is interrupted. A mistake is told, and the watch goes on. */
import { existsSync, watch as watchFolder, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { Context } from "../context.js";
import { Failure } from "../failure.js";
import { readProject } from "../read-project.js";
import { generate } from "./generate.js";

/** Editors save in several steps; changes this close together are one. */
const settleMs = 60;

export async function watch(context: Context): Promise<number> {
  const { root, config } = readProject(context);
  await once(context);
  const folders = [...new Set(config.schemas.map((pattern) => join(root, pattern.split(/[*?{]/)[0] ?? "")))].filter((path) => existsSync(path));
  context.log(`watching ${config.schemas.join(", ")} (Ctrl-C ends it)\n`);
  await new Promise<void>((resolve) => {
    const watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    let running = Promise.resolve();
    const changed = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => (running = running.then(() => once(context))), settleMs);
    };
    for (const folder of folders) watchers.push(watchFolder(folder, { recursive: true }, changed));
    watchers.push(watchFolder(root, (_, name) => (name?.startsWith("wevt.config.") === true ? changed() : undefined)));
    const stop = (): void => {
      for (const watcher of watchers) watcher.close();
      clearTimeout(timer);
      void running.then(resolve);
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
  return 0;
}

async function once(context: Context): Promise<void> {
  try {
    await generate(context, { check: false, dryRun: false });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.log(`${error.message}\n`);
  }
}
