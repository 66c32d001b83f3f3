/** Several runs at once: a watch beside a build, two terminals. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockPath, withLock } from "../../src/cli/lock.js";
import { bin, cli, filesOf, projectOf, userSchema } from "../helpers/cli.js";
import { env, root, temporaryFolder, writeFile } from "../helpers/example.js";

function started(project: string): Promise<{ readonly status: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, "generate"], { cwd: project, env, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("close", (status) => resolve({ status, stderr }));
  });
}

function many(value: string): { readonly [path: string]: string } {
  return Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`schemas/p${index}.yaml`, `partial: p${index}\nbrief: Part ${index}.\nproperties:\n  kind: { enum: [${value}, b], brief: A kind. }\n`]));
}

const silent = { waiting: () => {} };

/** The id of a process that has ended. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;

describe("several runs of generate at once", () => {
  it("write one after the other, and what is there at the end is what the schemas say", async () => {
    const project = projectOf(many("a"));
    const runs: Promise<{ readonly status: number | null; readonly stderr: string }>[] = [];
    for (const value of ["a", "c", "d", "e", "f", "g"]) {
      // Whole or not at all, as editors save: a run may be reading.
      for (const [path, text] of Object.entries(many(value))) {
        writeFile(project, `${path}.new`, text);
        renameSync(join(project, `${path}.new`), join(project, path));
      }
      runs.push(started(project));
    }
    const ended = await Promise.all(runs);
    expect(ended.map(({ status }) => status), ended.map(({ stderr }) => stderr).join("")).toEqual(Array.from(ended, () => 0));
    expect(cli(project, ["generate", "--check"])).toMatchObject({ status: 0, stdout: "" });
    const alone = projectOf(many("g"));
    expect(cli(alone, ["generate"]).status).toBe(0);
    expect(filesOf(project)).toEqual(filesOf(alone));
    expect(existsSync(lockPath(project))).toBe(false);
  });

  it("say for whom they wait", async () => {
    const project = projectOf();
    const { done, run } = await withLock(project, silent, async () => {
      const child = spawn(process.execPath, [bin, "generate"], { cwd: project, env, stdio: ["ignore", "ignore", "pipe"] });
      const told = await new Promise<string>((resolve) => child.stderr.setEncoding("utf8").once("data", resolve));
      expect(told).toBe(`waiting for another wevt (process ${process.pid}) that is writing in this project\n`);
      expect([...filesOf(project).keys()]).toEqual(["schemas/user.yaml"]);
      return { run: child, done: new Promise<number | null>((resolve) => child.on("close", resolve)) };
    });
    expect(await done).toBe(0);
    expect(run.exitCode).toBe(0);
    expect(cli(project, ["check"]).status).toBe(0);
  });

  it("does not keep --check and --dry-run waiting: they write nothing", async () => {
    const project = projectOf();
    await withLock(project, silent, async () => {
      expect(cli(project, ["generate", "--check"]).status).toBe(1);
      expect(cli(project, ["generate", "--dry-run"]).status).toBe(0);
    });
  });
});

describe("the lock", () => {
  it("of a process that was killed is taken over", async () => {
    const project = projectOf({ "schemas/user.yaml": userSchema });
    writeFileSync(lockPath(project), `${gone} some-id\n`);
    expect(cli(project, ["generate"])).toMatchObject({ status: 0, stderr: expect.not.stringContaining("waiting") });
    expect(existsSync(lockPath(project))).toBe(false);
  });

  it("that was never written whole is taken over when it is old", async () => {
    const folder = temporaryFolder();
    writeFileSync(lockPath(folder), "");
    const old = Date.now() / 1000 - 60;
    utimesSync(lockPath(folder), old, old);
    expect(await withLock(folder, silent, async () => "done")).toBe("done");
  });

  it("of a living process ends the wait with what to do", async () => {
    const folder = temporaryFolder();
    const told: string[] = [];
    await withLock(folder, silent, async () => {
      await expect(withLock(folder, { waiting: (message) => told.push(message), timeoutMs: 50 }, async () => "never")).rejects.toMatchObject({
        message: `another wevt (process ${process.pid}) has been writing in this project for too long`,
        hint: `end it; when there is none, delete ${lockPath(folder)}`,
      });
      expect(readFileSync(lockPath(folder), "utf8")).toContain(`${process.pid} `);
    });
    expect(told).toHaveLength(1);
  });

  it("is given back when the work fails", async () => {
    const folder = temporaryFolder();
    await expect(withLock(folder, silent, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(lockPath(folder))).toBe(false);
  });

  it("is held by one at a time, also when many find a leftover at once", async () => {
    const folder = temporaryFolder();
    writeFileSync(lockPath(folder), `${gone} some-id\n`);
    const state = { inside: 0, most: 0 };
    await Promise.all(Array.from({ length: 20 }, () => withLock(folder, silent, async () => {
      state.inside += 1;
      state.most = Math.max(state.most, state.inside);
      await Promise.resolve();
      state.inside -= 1;
    })));
    expect(state).toEqual({ inside: 0, most: 1 });
  });

  it("is not needed on a machine without a place for temporary files", () => {
    const project = projectOf();
    expect(cli(project, ["generate"], { env: { TMPDIR: join(root, "no-such-folder") } }).status).toBe(0);
  });
});
