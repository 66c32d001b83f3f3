/** `wevt generate --watch`: again after each change, until it is interrupted. A mistake is told, and the watch goes on. */
import { watch as watchFolder, type FSWatcher } from "node:fs";
import { printFailure, type Context } from "../context.js";
import { diskFailure, exit, Failure } from "../failure.js";
import { projectRoot } from "../project-root.js";
import { failureText } from "../report.js";
import { watchedFolders, watchedProject } from "../watched-folders.js";
import { generate } from "./generate.js";

/** Editors save in several steps; changes this close together are one. */
const settleMs = 60;

export async function watch(context: Context): Promise<number> {
  projectRoot(context);
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const listener = listen(context, () => {
    clearTimeout(timer);
    timer = setTimeout(again, settleMs);
  });
  let fail: (error: unknown) => void = () => {};
  const again = (): void => {
    last = last.then(async () => {
      const told = listener.renew();
      await once(context);
      if (told !== undefined) context.log(told);
    });
    last.catch((error: unknown) => fail(error));
  };
  try {
    await new Promise<void>((resolve, reject) => {
      fail = reject;
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void last.then(resolve, reject));
      again();
    });
  } finally {
    clearTimeout(timer);
    listener.end();
  }
  return exit.ok;
}

interface Listener {
  /** Listens to the folders that are there now, before they are read: what changes from now on is heard. Returns what to tell when it is news. */
  readonly renew: () => string | undefined;
  readonly end: () => void;
}

/** A folder that was deleted and made again has lost its watcher without a word, so all of them are made anew each time. */
function listen(context: Context, changed: () => void): Listener {
  let project = watchedProject(context, undefined);
  let watchers: readonly FSWatcher[] = [];
  let told = "";
  const end = (): void => {
    for (const watcher of watchers) watcher.close();
  };
  return {
    renew: () => {
      project = watchedProject(context, project);
      const before = watchers;
      watchers = [...watchedFolders(context, project)].flatMap(([folder, matters]) => watcherOf(folder, (name) => (name === null || matters(name) ? changed() : undefined)) ?? []);
      for (const watcher of before) watcher.close();
      const news = `watching ${project === undefined ? "for a config that can be read" : project.config.schemas.join(", ")} (Ctrl-C ends it)\n`;
      if (news === told) return undefined;
      told = news;
      return news;
    },
    end,
  };
}

/** A folder that has just gone is no watcher and no mistake: the folder above it tells when it is back. */
function watcherOf(folder: string, heard: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watchFolder(folder, (_, name) => heard(name));
    watcher.on("error", () => {
      watcher.close();
      heard(null);
    });
    return watcher;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function once(context: Context): Promise<void> {
  try {
    await generate(context, { check: false, dryRun: false });
  } catch (error) {
    const failure = error instanceof Failure ? error : diskFailure(error);
    if (failure === undefined) throw error;
    printFailure(context, failure);
    context.log(failureText(failure));
  }
}
