import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { watchedFolders, watchedProject } from "../../src/cli/watched-folders.js";
import { bin, cli, projectOf, userSchema } from "../helpers/cli.js";
import { env, writeFile } from "../helpers/example.js";

/** A running watch: waits for what it says, never for time. Both its outputs go through one pipe, in their order. */
class Watch {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  private said = "";
  private wake = (): void => {};
  constructor(project: string, parameters: readonly string[] = []) {
    this.child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', process.execPath, bin, "generate", "--watch", ...parameters], { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] });
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.said += text;
      this.wake();
    });
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

describe("generate --watch hears of", () => {
  const config = (schemas: string): string => `version: 1\nschemas: [${schemas}]\ngenerate: [typescript]\n`;
  const partial = (name: string): string => `partial: ${name}\nbrief: A ${name}.\nproperties:\n  id: { type: string, brief: Its id. }\n`;
  const made = (name: string): string => `create src/wevt/partials/${name}.ts`;
  const gone = (name: string): string => `delete src/wevt/partials/${name}.ts`;

  /** Each line is said for what happened last: a run begins only when something was heard. */
  async function watching(files: { readonly [path: string]: string }, use: (project: string, watch: Watch) => Promise<void>): Promise<void> {
    const project = projectOf(files);
    const watch = new Watch(project);
    try {
      await watch.until("(Ctrl-C ends it)");
      await use(project, watch);
    } finally {
      await watch.end("SIGINT");
    }
  }

  it("folders that are made, renamed, deleted and made again", async () => {
    await watching({ "schemas/user.yaml": userSchema, "wevt.config.yaml": config("schemas/**/*.yaml") }, async (project, watch) => {
      writeFile(project, "schemas/shop/v1.2/order.yaml", partial("order"));
      await watch.until(made("order"));
      await watch.until("created");
      writeFile(project, "schemas/shop/v1.2/cart.yaml", partial("cart"));
      await watch.until(made("cart"));
      await watch.until("created");
      renameSync(join(project, "schemas/shop"), join(project, "schemas/store"));
      await watch.until("updated");
      writeFile(project, "schemas/store/v1.2/basket.yaml", partial("basket"));
      await watch.until(made("basket"));
      await watch.until("created");
      renameSync(join(project, "schemas/store/v1.2"), join(project, "elsewhere"));
      await watch.until(gone("basket"));
      await watch.until("deleted");
      rmSync(join(project, "schemas/store"), { recursive: true });
      writeFile(project, "schemas/store/order.yaml", partial("order"));
      await watch.until(made("order"));
      await watch.until("created");
      writeFile(project, "schemas/store/order.yaml", partial("purchase"));
      await watch.until(made("purchase"));
    });
  });

  it("the folder of all schemas, deleted and made again", async () => {
    await watching({ "schemas/user.yaml": userSchema, "wevt.config.yaml": config("schemas/**") }, async (project, watch) => {
      rmSync(join(project, "schemas"), { recursive: true });
      await watch.until("no file matches the schemas pattern");
      writeFile(project, "schemas/order.yaml", partial("order"));
      await watch.until(made("order"));
      await watch.until("deleted");
      writeFile(project, "schemas/deep/cart.yaml", partial("cart"));
      await watch.until(made("cart"));
    });
  });

  it("folders that a checkout brings and takes away", async () => {
    const git = (project: string, ...parameters: readonly string[]): void => void execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", ...parameters], { cwd: project, env, stdio: "ignore" });
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": config("schemas/**"), ".gitignore": "src\n" });
    git(project, "init", "-b", "one");
    git(project, "add", ".");
    git(project, "commit", "-m", "One");
    git(project, "checkout", "-b", "two");
    writeFile(project, "schemas/shop/cart/cart.yaml", partial("cart"));
    writeFile(project, "schemas/shop/order.yaml", partial("order"));
    git(project, "add", ".");
    git(project, "commit", "-m", "Two");
    git(project, "checkout", "one");
    const watch = new Watch(project);
    await watch.until("(Ctrl-C ends it)");
    for (let round = 0; round < 3; round++) {
      git(project, "checkout", "two");
      await untilAll(watch, [made("cart"), made("order")]);
      git(project, "checkout", "one");
      await untilAll(watch, [gone("cart"), gone("order")]);
    }
    await watch.end("SIGINT");
  });

  it("a pattern that the config gains, whose folder comes later", async () => {
    await watching({ "schemas/user.yaml": userSchema, "wevt.config.yaml": config("schemas/**") }, async (project, watch) => {
      writeFile(project, "wevt.config.yaml", config("schemas/**, packages/shop/events/*.yaml"));
      await watch.until('no file matches the schemas pattern "packages/shop/events/*.yaml"');
      await watch.until("watching schemas/**, packages/shop/events/*.yaml");
      writeFile(project, "packages/shop/events/order.yaml", partial("order"));
      await watch.until(made("order"));
      await watch.until("created");
      writeFile(project, "packages/shop/events/order.yaml", partial("cart"));
      await watch.until(made("cart"));
    });
  });

  it("a config that is broken and mended, deleted and written again", async () => {
    await watching({ "schemas/user.yaml": userSchema, "wevt.config.yaml": config("schemas/**") }, async (project, watch) => {
      writeFile(project, "wevt.config.yaml", "version: 1\nschemas: [\n");
      await watch.until("the config is wrong");
      writeFile(project, "schemas/order.yaml", partial("order"));
      await watch.until("the config is wrong");
      writeFile(project, "wevt.config.yaml", config("schemas/**"));
      await watch.until(made("order"));
      await watch.until("created");
      rmSync(join(project, "wevt.config.yaml"));
      await watch.until("create docs/events/README.md");
      writeFile(project, "wevt.config.yaml", config("more/**"));
      await watch.until('no file matches the schemas pattern "more/**"');
    });
  });

  it("a config that is broken from the start", async () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 2\n" });
    const watch = new Watch(project);
    await watch.until("the config is wrong");
    await watch.until("watching for a config that can be read");
    writeFile(project, "wevt.config.yaml", config("schemas/**"));
    await watch.until(made("user"));
    await watch.until("watching schemas/**");
    expect(await watch.end("SIGINT")).toBe(0);
  });

  it("a config of another name, and an emitter's module", async () => {
    const project = projectOf({
      "schemas/user.yaml": userSchema, "app/my.yaml": "version: 1\nschemas: [events/*.yaml]\nemitters: [tools/list.mjs]\ngenerate: [list]\n",
      "app/events/user.yaml": userSchema, "app/tools/list.mjs": 'export default () => [{ path: "one.txt", text: "1" }];\n',
    });
    const watch = new Watch(project, ["--config", "app/my.yaml"]);
    await watch.until("create generated/list/one.txt");
    await watch.until("(Ctrl-C ends it)");
    writeFile(project, "app/tools/list.mjs", 'export default () => [{ path: "two.txt", text: "2" }];\n');
    await watch.until("create generated/list/two.txt");
    await watch.until("deleted");
    writeFile(project, "app/my.yaml", "version: 1\nschemas: [events/*.yaml]\nemitters: [tools/list.mjs]\ngenerate: [{ emitter: list, out: lists }]\n");
    await watch.until("create lists/two.txt");
    expect(await watch.end("SIGINT")).toBe(0);
  });
});

describe("a watch that the system refuses", () => {
  it("ends with 2 and the cure", () => {
    const hook = `data:text/javascript,${encodeURIComponent(`
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      fs.watch = (path) => { throw Object.assign(new Error("ENOSPC: System limit for number of file watchers reached, watch '" + path + "'"), { code: "ENOSPC", syscall: "watch", path }); };
      syncBuiltinESMExports();
    `)}`;
    const { status, stderr } = cli(projectOf(), ["generate", "--watch"], { nodeOptions: ["--import", hook] });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^wevt: ENOSPC: [^\n]*\nhint: raise fs\.inotify\.max_user_watches/);
  });
});

describe("what is listened to", () => {
  /** Does a change of this entry matter? */
  function heard(files: { readonly [path: string]: string }): (path: string) => boolean {
    const cwd = projectOf(files);
    const folders = watchedFolders({ cwd }, watchedProject({ cwd }, undefined));
    return (path) => folders.get(dirname(join(cwd, path)))?.(basename(path)) ?? false;
  }

  it("is every schema and folder below a pattern, and nothing else", () => {
    const matters = heard({ "schemas/shop/user.yaml": userSchema, "schemas/.git/a.yaml": "", "schemas/node_modules/x/a.yaml": "", "schemas/shop/notes.txt": "", "src/main.ts": "", "schemas/new/.keep": "", "wevt.config.yaml": "version: 1\n" });
    for (const path of ["schemas", "schemas/user.yaml", "schemas/shop", "schemas/new", "schemas/shop/gone.json", "schemas/shop/a.yml", "wevt.config.yaml"]) expect([path, matters(path)]).toEqual([path, true]);
    for (const path of ["src", "package.json", "user.yaml", "schemas/.git", "schemas/.git/a.yaml", "schemas/node_modules", "schemas/node_modules/x/a.yaml", "schemas/shop/notes.txt", "schemas/shop/4913", "schemas/shop/.user.yaml.swp", "schemas/shop/user.yaml~", "src/main.ts"]) expect([path, matters(path)]).toEqual([path, false]);
  });

  it("is the way to a folder that is not there yet", () => {
    const matters = heard({ "packages/.keep": "", "wevt.config.yaml": "version: 1\nschemas: ['packages/shop/events/*.yaml']\n" });
    expect(["packages", "packages/shop", "packages/other", "other"].map(matters)).toEqual([true, true, false, false]);
  });
});

/** Says all of these, in one run or in several. */
async function untilAll(watch: Watch, texts: readonly string[]): Promise<void> {
  const missing = new Set(texts);
  let said = "";
  while (missing.size > 0) {
    said += await watch.until("\n");
    for (const text of texts) if (said.includes(text)) missing.delete(text);
  }
}
