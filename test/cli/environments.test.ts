/** Unusual places, files of other systems, and disks that refuse: no stack traces, the path by name, exit code 2. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli, filesOf, projectOf, userSchema, type Answer } from "../helpers/cli.js";
import { env } from "../helpers/example.js";

const everything = ({ stdout, stderr }: Answer): string => stdout + stderr;
const stack = /\n\s+at .*[:(]\d+|bug in wevt/;

const config = "# The config.\nversion: 1\nimports:\n  - wevt:http\ndefaults: { owner: identity }\n";
const longSchema = `${userSchema}  bio:\n    type: string\n    brief: What they say.\n    description: |\n      Two lines\n      of text.\n    examples: ["a\\r\\nb"]\n`;

describe("a folder with spaces and letters of other alphabets", () => {
  it("is like any other", () => {
    const files = { "schemas/über uns/user.yaml": userSchema, "wevt.config.yaml": "version: 1\nemitters: ['./my tools/mein-écrit.mjs']\ngenerate: [{ emitter: typescript, out: src/mein wevt }, { emitter: list }]\n", "my tools/mein-écrit.mjs": 'export default { name: "list", emit: () => [{ path: "日本.txt", text: "x" }] };\n' };
    const project = projectOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [`my app é 日本 #1 %20/${path}`, text])));
    const folder = join(project, "my app é 日本 #1 %20");
    for (const run of [cli(folder, ["generate"]), cli(project, ["check", "--cwd", "my app é 日本 #1 %20"]), cli(project, ["check", "--config", "my app é 日本 #1 %20/wevt.config.yaml"])]) expect(run.status, everything(run)).toBe(0);
    expect([...filesOf(folder).keys()]).toEqual(expect.arrayContaining(["src/mein wevt/partials/user.ts", "generated/list/日本.txt"]));
    expect(cli(folder, ["show", "user"]).stdout).toContain("(schemas/über uns/user.yaml:1)");
    expect(readFileSync(join(folder, "src/mein wevt/partials/user.ts"), "utf8")).toContain("schemas/über uns/user.yaml");
  });

  it("may be where init is run", () => {
    const project = projectOf({ "a b ü/.keep": "" });
    expect(cli(join(project, "a b ü"), ["init"]).status).toBe(0);
    expect(cli(join(project, "a b ü"), ["generate"]).status).toBe(0);
  });
});

describe("files of other systems", () => {
  const lf = { "schemas/user.yaml": longSchema, "wevt.config.yaml": config };
  const made = (files: { readonly [path: string]: string }): ReadonlyMap<string, string> => {
    const project = projectOf(files);
    const answer = cli(project, ["generate"]);
    expect(answer.status, everything(answer)).toBe(0);
    return new Map([...filesOf(project)].filter(([path]) => path.startsWith("src/") || path.startsWith("docs/")));
  };
  const changed = (change: (text: string) => string): { readonly [path: string]: string } => Object.fromEntries(Object.entries(lf).map(([path, text]) => [path, change(text)]));

  it.each<[string, (text: string) => string]>([
    ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["both", (text) => `\ufeff${text.replaceAll("\n", "\r\n")}`],
  ])("with %s lead to the same bytes", (_, change) => {
    expect(made(changed(change))).toEqual(made(lf));
  });

  it("have their places where editors see them", () => {
    const project = projectOf({ "schemas/user.yaml": `\ufeff${userSchema.replaceAll("\n", "\r\n")}  bad: { type: string, breif: x }\r\n`, "wevt.config.yaml": "\ufeffversion: 1\r\nimprots: []\r\n" });
    expect(cli(project, ["generate"]).stdout).toContain("wevt.config.yaml:2:1  error  UNKNOWN_CONFIG_KEY");
    writeFileSync(join(project, "wevt.config.yaml"), "\ufeffversion: 1\r\n");
    expect(cli(project, ["generate"]).stdout).toMatch(/^schemas\/user\.yaml:7:24 {2}error {2}UNKNOWN_KEYWORD[^\n]*\n {2}7 \| {3}bad: \{ type: string, breif: x \}\n {4}\| {24}\^{5}\n/);
  });

  it("in JSON are read too", () => {
    const json = { "schemas/user.json": `\ufeff{\r\n  "partial": "user", "brief": "Who.",\r\n  "properties": { "id": { "type": "string", "brief": "The id." } }\r\n}\r\n`, "wevt.config.json": '\ufeff{\r\n  "version": 1\r\n}\r\n' };
    expect(made(json).get("src/wevt/partials/user.ts")).toContain("id?: string");
  });

  it("that are no UTF-8 are told by name", () => {
    const project = projectOf();
    writeFileSync(join(project, "schemas/latin.yaml"), Buffer.from("partial: caf\u00e9\nbrief: x\n", "latin1"));
    writeFileSync(join(project, "schemas/wide.yaml"), Buffer.from("\ufeffpartial: wide\nbrief: x\n", "utf16le"));
    const answer = cli(project, ["generate"]);
    expect([1, 2]).toContain(answer.status);
    for (const name of ["schemas/latin.yaml", "schemas/wide.yaml"]) expect(everything(answer)).toContain(name);
    expect(everything(answer)).not.toMatch(stack);
  });
});

describe("the config", () => {
  it("is no schema, also where a pattern matches it", () => {
    const project = projectOf({ "user.yaml": userSchema, "wevt.config.yaml": "version: 1\nschemas: ['**/*.yaml']\n" });
    expect(cli(project, ["generate"])).toMatchObject({ status: 0 });
  });
});

/** Root may do everything: there, the command runs as nobody. */
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

function asUser(project: string, parameters: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...parameters], { cwd: project, env, encoding: "utf8", ...(isRoot ? { uid: nobody, gid: nobody } : {}) });
  return { status, stdout, stderr };
}

function give(folder: string): void {
  if (!isRoot) return;
  chmodSync(folder, 0o755);
  chownSync(folder, nobody, nobody);
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) chownSync(join(folder, entry), nobody, nobody);
}

/** For root nothing is forbidden: another user has to be able to reach Node, this repository and temporary folders. */
function isReachable(): boolean {
  const project = projectOf();
  give(project);
  return asUser(project, ["--version"]).status === 0;
}

describe.skipIf(process.platform === "win32")("a disk that refuses", () => {
  const unreachable = !isReachable();
  const cases: { readonly [title: string]: { readonly locked: string; readonly mode: number; readonly run?: readonly string[]; readonly names?: string } } = {
    "the output folder": { locked: "src/wevt", mode: 0o555 },
    "a folder in the output folder": { locked: "src/wevt/partials", mode: 0o555 },
    "the folder that is to hold the output folder": { locked: "docs", mode: 0o555 },
    "an output folder that cannot even be read": { locked: "src/wevt", mode: 0 },
    "a generated file that cannot be read": { locked: "src/wevt/index.ts", mode: 0 },
    "the manifest": { locked: "src/wevt/.wevt-manifest", mode: 0 },
    "a schema": { locked: "schemas/user.yaml", mode: 0 },
    "a folder with schemas": { locked: "schemas/more", mode: 0 },
    "the folder of all schemas": { locked: "schemas", mode: 0 },
    "the config": { locked: "wevt.config.yaml", mode: 0 },
    "the module of an emitter": { locked: "tools/list.mjs", mode: 0 },
    "the folder for init": { locked: "empty", mode: 0o555, run: ["init", "--cwd", "empty"], names: "empty/" },
    "a config that init would read": { locked: "started/package.json", mode: 0, run: ["init", "--cwd", "started"], names: "started/package.json" },
  };

  it.skipIf(unreachable).each(Object.entries(cases))(`%s: is told by name, with exit code 2${unreachable ? " (skipped: no other user can run the command here)" : ""}`, (_, { locked, mode, run = ["generate"], names = locked }) => {
    const project = projectOf({
      "schemas/user.yaml": userSchema, "schemas/more/order.yaml": "partial: order\nbrief: An order.\nproperties:\n  id: { type: string, brief: Its id. }\n",
      "src/wevt/index.ts": "", "src/wevt/.wevt-manifest": "", "src/wevt/partials/.keep": "", "docs/.keep": "", "empty/.keep": "", "started/package.json": "{}\n",
      "tools/list.mjs": "export default () => [];\n",
      "wevt.config.yaml": "version: 1\nschemas: [schemas/**]\nemitters: [./tools/list.mjs]\ngenerate:\n  - { emitter: typescript, out: src/wevt }\n  - { emitter: docs, out: docs/events }\n",
    });
    chmodSync(join(project, "src/wevt/index.ts"), 0o644);
    mkdirSync(join(project, "empty"), { recursive: true });
    // An empty file would be foreign.
    writeFileSync(join(project, "src/wevt/.wevt-manifest"), `${"0".repeat(64)}  index.ts\n`);
    give(project);
    chmodSync(join(project, locked), mode);
    const before = mode === 0 ? undefined : filesOf(project);
    const answer = asUser(project, run);
    chmodSync(join(project, locked), 0o755);
    expect(answer.status, everything(answer)).toBe(2);
    expect(everything(answer)).toContain(names);
    expect(everything(answer)).toMatch(/permission denied|EACCES/);
    expect(everything(answer)).not.toMatch(stack);
    if (before !== undefined) expect([...filesOf(project).keys()].filter((path) => path.startsWith(`${locked}/`))).toEqual([...before.keys()].filter((path) => path.startsWith(`${locked}/`)));
  });

  it.each([
    ["EROFS: read-only file system", "the disk is mounted read-only"],
    ["ENOSPC: no space left on device", "make room"],
    ["EDQUOT: disk quota exceeded", "make room"],
    ["EMFILE: too many open files", "ulimit -n"],
    ["EIO: i/o error", "readable and writable"],
  ])("with %s: is told with the path and a cure", (reason, cure) => {
    const hook = `data:text/javascript,${encodeURIComponent(`
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const real = fs.writeFileSync;
      fs.writeFileSync = (path, ...rest) => {
        if (!String(path).includes("src/wevt")) return real(path, ...rest);
        throw Object.assign(new Error(${JSON.stringify(reason)} + ", open '" + path + "'"), { code: ${JSON.stringify(reason.split(":")[0])}, syscall: "open", path });
      };
      syncBuiltinESMExports();
    `)}`;
    const project = projectOf();
    const answer = cli(project, ["generate"], { nodeOptions: ["--import", hook] });
    expect(answer.status).toBe(2);
    expect(answer.stderr).toMatch(new RegExp(`^wevt: ${reason}, open '.*src/wevt.*\nhint: .*${cure}`));
    expect(answer.stderr).not.toMatch(stack);
    expect(cli(project, ["generate"]).status).toBe(0);
  });
});
