import { spawn, type ChildProcessByStdio } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { bin, projectOf, userSchema } from "../helpers/cli.js";
import { env, writeFile } from "../helpers/example.js";

/** A running watch: waits for what it says, never for time. */
class Watch {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private said = "";
  private wake = (): void => {};
  constructor(project: string) {
    this.child = spawn(process.execPath, [bin, "generate", "--watch"], { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
        this.wake();
      });
    }
  }

  /** What it said up to and with this text; the next call looks behind it. */
  async until(text: string): Promise<string> {
    while (!this.said.includes(text)) await new Promise<void>((resolve) => (this.wake = resolve));
    const end = this.said.indexOf(text) + text.length;
    const before = this.said.slice(0, end);
    this.said = this.said.slice(end);
    return before;
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once("exit", resolve));
    this.child.kill(signal);
    return ended;
  }
}

describe("generate --watch", () => {
  it("generates after each edit, tells a mistake and goes on, and ends well when it is interrupted", async () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 1\nschemas: [schemas/us*.yaml]\ngenerate: [typescript]\n" });
    const watch = new Watch(project);
    await watch.until("watching schemas/us*.yaml");
    const generated = (): string => readFileSync(join(project, "src/wevt/partials/user.ts"), "utf8");

    writeFile(project, "schemas/user.yaml", userSchema.replace("pro]", "max]"));
    await watch.until("updated");
    expect(generated()).toContain('"max"');

    writeFile(project, "schemas/user.yaml", "partial: user\n  brief: [\n");
    expect(await watch.until("nothing was written")).toMatch(/schemas\/user\.yaml:\d+:\d+ {2}error/);
    expect(generated()).toContain('"max"');

    writeFile(project, "wevt.config.yaml", "version: 1\nschema: []\n");
    expect(await watch.until("the config is wrong")).toContain("UNKNOWN_CONFIG_KEY");

    writeFile(project, "wevt.config.yaml", "version: 1\nschemas: [schemas/us*.yaml]\ngenerate: [typescript]\n");
    writeFile(project, "schemas/user.yaml", userSchema.replace("pro]", "team]"));
    await watch.until("updated");
    expect(generated()).toContain('"team"');

    expect(await watch.end("SIGINT")).toBe(0);
  });

  it("ends with 0 on SIGTERM too", async () => {
    const watch = new Watch(projectOf());
    await watch.until("watching");
    expect(await watch.end("SIGTERM")).toBe(0);
  });
});
