import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../src/emit/manifest.js";
import { cli, filesOf, projectOf, userSchema } from "../helpers/cli.js";
import { writeFile } from "../helpers/example.js";

const orderSchema = "partial: order\nbrief: What was bought.\nproperties:\n  total: { type: number, brief: The total. }\n";
const user = "src/wevt/partials/user.ts";

function generated(files?: { readonly [path: string]: string }): string {
  const project = projectOf(files);
  const { status, stderr, stdout } = cli(project, ["generate"]);
  expect(status, `${stdout}${stderr}`).toBe(0);
  return project;
}

/** Edits a generated file and its line in the manifest alike. */
function forge(project: string): void {
  const text = `${readFileSync(join(project, user), "utf8")}export const forged = true;\n`;
  const manifest = join(project, "src/wevt/.wevt-manifest");
  writeFileSync(join(project, user), text);
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/^[0-9a-f]{64}(?=  partials\/user\.ts$)/m, hashOf(text)));
}

describe("generate", () => {
  it("leaves files alone that do not change", () => {
    const project = generated();
    const before = statSync(join(project, user), { bigint: true }).mtimeNs;
    writeFile(project, "schemas/order.yaml", orderSchema);
    expect(cli(project, ["generate"]).stdout).toContain("create src/wevt/partials/order.ts");
    expect(statSync(join(project, user), { bigint: true }).mtimeNs).toBe(before);
  });

  it("deletes what it made and no schema asks for any more, with the folder", () => {
    const project = generated({ "schemas/user.yaml": userSchema, "schemas/job.yaml": "originator: job\nbrief: A job.\nproperties:\n  jobName: { type: string, brief: Its name. }\n" });
    writeFile(project, "src/wevt/partials/mine.txt", "not wevt's");
    rmSync(join(project, "schemas/job.yaml"));
    const { stdout } = cli(project, ["generate"]);
    expect(stdout).toContain("delete src/wevt/originators/job.ts");
    expect([...filesOf(project).keys()].filter((path) => path.includes("originators"))).toEqual([]);
    expect(filesOf(project).get("src/wevt/partials/mine.txt")).toBe("not wevt's");
  });

  it("writes nothing at all when a file is in the way that is not its own", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, [user]: "mine\n" });
    const before = filesOf(project);
    for (const command of [["generate"], ["generate", "--dry-run"], ["check"]]) {
      const { status, stdout, stderr } = cli(project, command);
      expect(status).toBe(1);
      expect(stdout).toContain(`${user}:1:1  error  FOREIGN_FILE  "${user}" is not wevt's, and it is in the way\n`);
      expect(stderr).toBe("1 error; nothing was written\n");
    }
    expect(cli(project, ["generate", "--format", "github"]).stdout).toMatch(/^::error file=src\/wevt\/partials\/user\.ts,line=1,.*title=wevt FOREIGN_FILE::/);
    expect(JSON.parse(cli(project, ["generate", "--format", "json"]).stdout)).toMatchObject({
      diagnostics: [{ file: user, line: 1, id: "FOREIGN_FILE", severity: "error" }],
      files: expect.arrayContaining([{ action: "foreign", path: user }]),
    });
    expect(filesOf(project)).toEqual(before);
  });

  it("writes nothing at all when a folder or a plain file is in the way", () => {
    for (const path of [`${user}/x`, "src/wevt/partials"]) {
      const project = projectOf({ "schemas/user.yaml": userSchema, [path]: "mine\n" });
      const before = filesOf(project);
      const { status, stderr } = cli(project, ["generate"]);
      expect(status).toBe(2);
      expect(stderr).not.toContain("bug in wevt");
      expect(filesOf(project)).toEqual(before);
    }
  });

  it("restores a file that was edited by hand, and says so", () => {
    const project = generated();
    const before = filesOf(project);
    writeFileSync(join(project, user), "edited\n");
    expect(cli(project, ["generate"]).stdout).toContain(`restore (it was edited by hand) ${user}`);
    expect(filesOf(project)).toEqual(before);
  });

  it("deletes nothing outside its folder, whatever the manifest says", () => {
    const project = generated({ "schemas/user.yaml": userSchema, "README.md": "mine\n" });
    const manifest = join(project, "src/wevt/.wevt-manifest");
    writeFileSync(manifest, `${readFileSync(manifest, "utf8")}${hashOf("mine\n")}  ../../README.md\n`);
    expect(cli(project, ["generate"]).status).toBe(0);
    expect(filesOf(project).get("README.md")).toBe("mine\n");
  });

  it("makes the same bytes in another folder and from files in another order", () => {
    const one = generated({ "schemas/a.yaml": userSchema, "schemas/b.yaml": orderSchema });
    const other = generated({ "schemas/b.yaml": orderSchema, "schemas/a.yaml": userSchema });
    expect(filesOf(other)).toEqual(filesOf(one));
    expect([...filesOf(one).values()].some((text) => text.includes(one))).toBe(false);
  });

  it("refuses two emitters that write one path, also when the folders are spelled differently", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 1\ngenerate:\n  - { emitter: typescript, out: src/wevt }\n  - { emitter: typescript, out: ./src/wevt/ }\n" });
    const { status, stdout } = cli(project, ["generate"]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^wevt\.config\.yaml:4:5 {2}error {2}CLASHING_OUTPUT {2}two emitters write "src\/wevt\/\S+" \(and \d+ more\)\n[^]*\n {2}wevt\.config\.yaml:3:5 {2}"typescript" writes it too\n/);
    expect(stdout.match(/CLASHING_OUTPUT/g)).toHaveLength(1);
  });

  it.each(["../elsewhere", "/tmp/elsewhere", ".", "a/../.."])("refuses to write into %s", (out) => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\ngenerate:\n  - { emitter: typescript, out: ${out} }\n` });
    const { status, stdout } = cli(project, ["generate"]);
    expect(status).toBe(2);
    expect(stdout).toContain("wevt.config.yaml:3:33  error  OUT_OUTSIDE");
  });

  it("writes nothing with --dry-run, and lists what it would", () => {
    const project = projectOf();
    const { status, stdout } = cli(project, ["generate", "--dry-run"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`create ${user}\n`);
    expect([...filesOf(project).keys()]).toEqual(["schemas/user.yaml"]);
  });
});

describe.each(["without packages", "with a cache"])("generate --check %s", (kind) => {
  const project = (): string => {
    const made = generated();
    if (kind === "without packages") return made;
    mkdirSync(join(made, "node_modules"));
    expect(cli(made, ["generate"]).status).toBe(0);
    expect(readdirSync(join(made, "node_modules/.cache/wevt"))).toEqual(["generate.json"]);
    return made;
  };

  const cases: { readonly [title: string]: { readonly change: (folder: string) => void; readonly told: readonly string[] } } = {
    "a stale file": { change: (folder) => writeFile(folder, "schemas/user.yaml", userSchema.replace("pro]", "max]")), told: [`stale: ${user}\n--- ${user}\n+++ ${user} (generated)\n@@ `, "-  tier?: \"free\" | \"pro\"", "+  tier?: \"free\" | \"max\""] },
    "a missing file": { change: (folder) => rmSync(join(folder, user)), told: [`missing: ${user}\n`, "+export interface User"] },
    "a file too many": { change: (folder) => { writeFile(folder, "schemas/user.yaml", userSchema.replace("partial: user", "partial: person")); }, told: [`extra: ${user}\n`, "-export interface User"] },
    "a file edited by hand": { change: (folder) => writeFileSync(join(folder, user), `${readFileSync(join(folder, user), "utf8")}// \u001b[2Jhi\n`), told: [`edited by hand: ${user}\n`, "-// ·[2Jhi\n"] },
    "a file edited together with its entry in the manifest": { change: forge, told: [`stale: ${user}\n`, "-export const forged = true;"] },
    "a missing manifest": { change: (folder) => rmSync(join(folder, "src/wevt/.wevt-manifest")), told: ["missing: src/wevt/.wevt-manifest\n"] },
    "what a killed run left": { change: (folder) => writeFile(folder, "src/wevt/partials/.wevt-tmp", "half"), told: ["extra: src/wevt/partials/.wevt-tmp\n"] },
  };

  it.each(Object.entries(cases))("tells %s and writes nothing", (_, { change, told }) => {
    const folder = project();
    change(folder);
    const before = filesOf(folder);
    for (const command of [["generate", "--check"], ["check"]]) {
      const { status, stdout, stderr } = cli(folder, command);
      expect(status).toBe(1);
      for (const text of told) expect(stdout).toContain(text);
      expect(stderr).toContain("run `wevt generate` and commit the result");
      expect(filesOf(folder)).toEqual(before);
    }
    expect(cli(folder, ["check", "--format", "github"]).stdout).toMatch(/^::error file=src\/wevt\//);
    expect(JSON.parse(cli(folder, ["check", "--format", "json"]).stdout).files.length).toBeGreaterThan(0);
    expect(cli(folder, ["generate"]).status).toBe(0);
    expect(cli(folder, ["check"])).toMatchObject({ status: 0, stdout: "" });
  });
});

describe("the cache", () => {
  const heavy = /json-schema-to-typescript|ajv|JSONSchema4|\bcompile\.js/;

  /** Every module that a run loads, by a hook that lists them. */
  function loaded(project: string, parameters: readonly string[]): string {
    const hook = `import { registerHooks } from "node:module"; registerHooks?.({ load(url, context, next) { process.stderr.write("LOADED " + url + "\\n"); return next(url, context); } });`;
    const old = `import { register } from "node:module"; register("data:text/javascript," + encodeURIComponent('import { writeSync } from "node:fs"; export async function load(url, context, next) { writeSync(2, "LOADED " + url + "\\\\n"); return next(url, context); }'));`;
    const script = `data:text/javascript,${encodeURIComponent(process.versions.node.startsWith("20.") ? old : hook)}`;
    return cli(project, parameters, { nodeOptions: ["--import", script] }).stderr.split("\n").filter((line) => line.startsWith("LOADED file:")).join("\n");
  }

  it("lets a second run load neither json-schema-to-typescript nor an emitter", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "node_modules/.keep": "" });
    expect(loaded(project, ["generate"])).toMatch(heavy);
    for (const parameters of [["generate"], ["generate", "--check"]]) {
      const second = loaded(project, parameters);
      expect(second).toContain("/dist/cli/main.js");
      expect(second).not.toMatch(heavy);
      expect(second).not.toMatch(/chunks\/(typescript|docs|fields)-/);
    }
  });

  it("and the help load no parser", () => {
    const files = loaded(projectOf({}), ["--help"]).split("\n").map((line) => fileURLToPath(line.replace("LOADED ", "")));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(readFileSync(file, "utf8"), file).not.toMatch(/YAMLException|NO_CONFIG_VERSION/);
  });

  const cache = "node_modules/.cache/wevt/generate.json";

  it.each(["", "{", "null", "[]", '"x"', '{"key":1,"outputs":2,"diagnostics":3}', "binary\u0000"])("is ignored when it holds %j", (text) => {
    const project = generated({ "schemas/user.yaml": userSchema, [cache]: text });
    expect(cli(project, ["check"])).toMatchObject({ status: 0, stdout: "" });
    const key: unknown = JSON.parse(filesKey(project)).key;
    for (const damaged of [{ key }, { key, outputs: 3, diagnostics: [] }, { key, outputs: [{}], diagnostics: [] }, { key, outputs: [], diagnostics: [{ id: "NOTHING" }] }, { key, outputs: [], diagnostics: [{ id: "toString", at: ["gone", 0, 1] }] }]) {
      writeFileSync(join(project, cache), JSON.stringify(damaged));
      expect(cli(project, ["check"])).toMatchObject({ status: 0, stdout: "" });
    }
  });

  function filesKey(project: string): string {
    cli(project, ["generate"]);
    return readFileSync(join(project, cache), "utf8");
  }

  it("tells warnings again on every run, at their place", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "schemas/count.yaml": "partial: count\nbrief: A count.\nproperties:\n  total: { type: integer, brief: The total., default: 010 }\n", "node_modules/.keep": "" });
    const first = cli(project, ["generate"]);
    const [second, third] = [cli(project, ["generate"]), cli(project, ["check"])];
    expect(first.stdout).toContain("AMBIGUOUS_NUMBER");
    expect(readFileSync(join(project, cache), "utf8")).toContain("AMBIGUOUS_NUMBER");
    expect(first.stdout.startsWith(second.stdout)).toBe(true);
    expect(second.stdout).toContain("schemas/count.yaml:4:");
    expect(third.stdout).toBe(second.stdout);
    expect(cli(project, ["check", "--fail-on", "warn"]).status).toBe(1);
    expect(cli(project, ["check", "--fail-on", "none"]).status).toBe(0);
  });

  it("is not used with emitters of one's own, whose imports nobody knows", () => {
    const project = generated({
      "schemas/user.yaml": userSchema, "node_modules/.keep": "",
      "wevt.config.yaml": "version: 1\nemitters: [./list.mjs]\ngenerate: [{ emitter: list, out: lists }]\n",
      "list.mjs": 'import { word } from "./word.mjs";\nexport default { name: "list", emit: () => [{ path: "a.txt", text: word + "\\n" }] };\n',
      "word.mjs": 'export const word = "one";\n',
    });
    writeFile(project, "word.mjs", 'export const word = "two";\n');
    expect(cli(project, ["check"])).toMatchObject({ status: 1 });
  });
});

describe("an output folder", () => {
  it("that links out of the project is refused, and nothing is written there", () => {
    const elsewhere = projectOf({ "mine.txt": "mine" });
    const project = projectOf();
    symlinkSync(elsewhere, join(project, "src"));
    const { status, stdout } = cli(project, ["generate"]);
    expect(status).toBe(1);
    expect(stdout).toContain('error  OUT_OUTSIDE  the folder "src/wevt" is a link, or below one, that leaves the project');
    expect([...filesOf(elsewhere).keys()]).toEqual(["mine.txt"]);
  });

  it("of an earlier `out` is warned about until it is deleted; one of another project below is not", () => {
    const project = generated();
    writeFile(project, "packages/other/wevt.config.yaml", "version: 1\n");
    writeFile(project, "packages/other/schemas/user.yaml", userSchema);
    expect(cli(join(project, "packages/other"), ["generate"]).status).toBe(0);
    writeFile(project, "wevt.config.yaml", "version: 1\ngenerate:\n  - { emitter: typescript, out: src/events }\n");
    const { status, stdout } = cli(project, ["generate"]);
    expect(status).toBe(0);
    expect(stdout.match(/warn {2}ORPHANED_OUTPUT {2}.*/g)).toEqual(['warn  ORPHANED_OUTPUT  "docs/events" holds files that wevt generated, and no entry of `generate` writes there', 'warn  ORPHANED_OUTPUT  "src/wevt" holds files that wevt generated, and no entry of `generate` writes there']);
    for (const folder of ["docs", "src/wevt"]) rmSync(join(project, folder), { recursive: true });
    expect(cli(project, ["generate"]).stdout).not.toContain("ORPHANED");
  });
});
