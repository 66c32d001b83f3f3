/** A run may end at any moment: what it leaves has to be whole files, and the next run has to finish its work. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli, filesOf, projectOf } from "../helpers/cli.js";
import { env, writeFile } from "../helpers/example.js";

const partials = 200;

function schemas(enumValue: string): { readonly [path: string]: string } {
  return Object.fromEntries(Array.from({ length: partials }, (_, index) => [`schemas/p${index}.yaml`, `partial: p${index}\nbrief: Part ${index}.\nproperties:\n  kind: { enum: [${enumValue}, b], brief: A kind. }\n`]));
}

const one = schemas("a");
/** Every file changes, half of them have another name. */
const other = Object.fromEntries(Object.entries(schemas("c")).map(([path, text], index) => (index % 2 === 0 ? [path, text] : [path.replace("/p", "/q"), text.replace("partial: p", "partial: q")])));

function use(project: string, files: { readonly [path: string]: string }): void {
  rmSync(join(project, "schemas"), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) writeFile(project, path, text);
}

/** Ends the command with SIGKILL before its `nth` write, rename or removal. */
const killer = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  let left = Number(process.env.KILL_AT);
  for (const name of ["writeFileSync", "renameSync", "rmSync", "rmdirSync"]) {
    const real = fs[name];
    fs[name] = (...all) => {
      if (left-- === 0) {
        if (name === "writeFileSync") real(all[0], String(all[1]).slice(0, 20));
        process.kill(process.pid, "SIGKILL");
      }
      return real(...all);
    };
  }
  syncBuiltinESMExports();
`)}`;

function killedAfter(project: string, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, "generate"], { cwd: project, env, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

describe("a run that is killed", () => {
  const wanted = new Map([one, other].map((files) => {
    const project = projectOf(files);
    expect(cli(project, ["generate", "--quiet"]).status).toBe(0);
    return [files, filesOf(project)] as const;
  }));
  const [before, after] = [wanted.get(one) ?? new Map<string, string>(), wanted.get(other) ?? new Map<string, string>()];

  /** Half-way: only whole files, of before or after. Then one more run, and everything is as if nothing had happened. */
  function expectRecovery(project: string): void {
    for (const [path, text] of filesOf(project)) {
      if (path.startsWith("schemas/") || path.includes("/.wevt-tmp") || path.endsWith(".wevt-manifest")) continue;
      expect([before.get(path), after.get(path)], path).toContain(text);
    }
    const { status, stdout, stderr } = cli(project, ["generate"]);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).not.toContain("edited by hand");
    expect(filesOf(project)).toEqual(after);
    expect(cli(project, ["generate", "--check"]).status).toBe(0);
  }

  const project = projectOf({ ...one, "node_modules/.keep": "" });

  it.each([0, 1, 2, 3, 4, 5, 199, 200, 201, 400, 401, 402, 403, 799, 800, 801, 1200, 1201, 1300, 1400, 1405])("before its step %d is taken up by the next", (step) => {
    use(project, one);
    expect(cli(project, ["generate", "--quiet"]).status).toBe(0);
    use(project, other);
    const run = cli(project, ["generate"], { env: { KILL_AT: String(step) }, nodeOptions: ["--import", killer] });
    if (step <= 1200) expect(run.status).toBeNull();
    expectRecovery(project);
  });

  it("leaves nothing behind when the schemas are put back after it", () => {
    for (const step of [0, 2, 7, 500]) {
      use(project, one);
      expect(cli(project, ["generate", "--quiet"]).status).toBe(0);
      use(project, other);
      cli(project, ["generate"], { env: { KILL_AT: String(step) }, nodeOptions: ["--import", killer] });
      use(project, one);
      expect(cli(project, ["generate"]).status).toBe(0);
      expect(filesOf(project)).toEqual(before);
    }
  });

  it("at random moments is taken up by the next", async () => {
    for (let round = 0; round < 6; round++) {
      use(project, one);
      expect(cli(project, ["generate", "--quiet"]).status).toBe(0);
      use(project, other);
      await killedAfter(project, 150 + Math.random() * 350);
      expectRecovery(project);
    }
  });

  it("in its very first run is taken up by the next", () => {
    for (const step of [0, 1, 3, 4, 50, 404, 405, 406, 407, 600]) {
      const fresh = projectOf(other);
      cli(fresh, ["generate"], { env: { KILL_AT: String(step) }, nodeOptions: ["--import", killer] });
      expectRecovery(fresh);
      expect(readFileSync(join(fresh, "src/wevt/.wevt-manifest"), "utf8").split("\n").length).toBeGreaterThan(partials);
    }
  });
});
