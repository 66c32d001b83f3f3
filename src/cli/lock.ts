/**
 * One run at a time writes in a project. The lock is a file in the machine's folder for temporary files, named after the project: a run that was
 * killed leaves nothing in the project, and the next one finds that its process is gone. Machines or containers that share a folder do not see each
 * other's lock.
 */
import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.js";

export interface LockOptions {
  /** Called once, when another run is at work. */
  readonly waiting: (message: string) => void;
  /** How long to wait for the other run, in milliseconds. Default: two minutes. */
  readonly timeoutMs?: number;
}

const pollMs = 20;

/** A lock is written right after it is made: an empty one that is older than this is of a process that was killed between the two. */
const emptyMs = 2000;

/** Runs `work` while no other process of this machine runs under the lock of this folder. Throws a Failure when the other does not end in time. */
export async function withLock<T>(root: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const path = lockPath(root);
  const mine = `${process.pid} ${randomUUID()}\n`;
  await acquire(path, mine, options);
  try {
    return await work();
  } finally {
    if (readOr(path) === mine) rmSync(path, { force: true });
  }
}

export function lockPath(root: string): string {
  return join(tmpdir(), `wevt-${createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 16)}.lock`);
}

async function acquire(path: string, mine: string, { waiting, timeoutMs = 120_000 }: LockOptions): Promise<void> {
  for (let waited = 0; !take(path, mine); waited += pollMs) {
    const holder = readOr(path);
    if (holder !== undefined && isLeftover(path, holder)) remove(path, holder);
    else {
      if (waited === 0) waiting(`waiting for another wevt (process ${holder?.split(" ")[0] ?? "?"}) that is writing in this project\n`);
      if (waited >= timeoutMs) throw new Failure(`another wevt (process ${holder?.split(" ")[0] ?? "?"}) has been writing in this project for too long`, `end it; when there is none, delete ${path}`);
      await sleep(pollMs);
    }
  }
}

function take(path: string, mine: string): boolean {
  try {
    writeFileSync(path, mine, { flag: "wx" });
    return true;
  } catch (error) {
    // A machine without a place for temporary files has no lock either: work goes on.
    return !(error instanceof Error && "code" in error && error.code === "EEXIST");
  }
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isLeftover(path: string, holder: string): boolean {
  if (!holder.endsWith("\n")) return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > emptyMs;
  try {
    process.kill(Number(holder.split(" ")[0]), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Another run may have removed the leftover and taken the lock since it was read: what is moved aside is looked at, and put back if so. */
function remove(path: string, holder: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readOr(aside) !== holder) linkSync(aside, path);
  } catch {
    // It is gone already, or taken again.
  }
  rmSync(aside, { force: true });
}
