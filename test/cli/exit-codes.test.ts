/** How the command ends, and that nothing hostile reaches the terminal. */
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, cli, projectOf, userSchema, type Answer } from "../helpers/cli.js";
import { env, root, temporaryFolder } from "../helpers/example.js";

const config = (text: string): { readonly [path: string]: string } => ({ "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\n${text}` });
const everything = ({ stdout, stderr }: Answer): string => stdout + stderr;

/** What a terminal would act on. */
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe("exit code 2", () => {
  const cases: { readonly [title: string]: { readonly files?: { readonly [path: string]: string }; readonly run: readonly string[]; readonly tells: readonly string[] } } = {
    "an unknown command": { run: ["genrate"], tells: ["unknown command 'genrate'", "Did you mean generate?"] },
    "an unknown option": { run: ["generate", "--chek"], tells: ["unknown option '--chek'", "Did you mean --check?"] },
    "a watch that is to write nothing": { run: ["generate", "--check", "--watch"], tells: ["option '--watch' cannot be used with option '--check'"] },
    "help for an unknown command": { run: ["help", "nope"], tells: ["Usage: wevt"] },
    "init in a folder that is not there": { run: ["init", "--cwd", "nowhere"], tells: ["there is no folder", "--cwd names"] },
    "a config that is no mapping": { files: { ...config(""), "wevt.config.yaml": "root:x:0:0:root\n" }, run: ["generate"], tells: ["wevt.config.yaml:1:1  error  NO_CONFIG_VERSION", "start it with `version: 1`"] },
    "a wrong choice": { run: ["init", "--template", "huge"], tells: ["minimal, rest, agent"] },
    "a missing argument": { run: ["explain"], tells: ["missing required argument 'id'"] },
    "a folder that is not there": { run: ["generate", "--cwd", "nowhere"], tells: ["there is no folder", "--cwd names"] },
    "a config that is not there": { run: ["--config", "nowhere.yaml", "generate"], tells: ["there is no config file nowhere.yaml"] },
    "a mistake in the config": { files: config("import: [wevt:http]\n"), run: ["generate"], tells: ["wevt.config.yaml:2:1  error  UNKNOWN_CONFIG_KEY", 'did you mean "imports"?'] },
    "broken YAML in the config": { files: config("imports: [\n"), run: ["generate"], tells: ["wevt.config.yaml:"] },
    "a pattern without a match": { files: config('schemas: ["nothing/*.yaml"]\n'), run: ["generate"], tells: ['wevt.config.yaml:2:11  error  NO_SCHEMAS  no file matches the schemas pattern "nothing/*.yaml"'] },
    "no schemas at all": { files: {}, run: ["generate"], tells: ['wevt  error  NO_SCHEMAS  no file matches the schemas pattern "schemas/**"', "wevt init", "there is nothing to read"] },
    "an unknown import": { files: config("imports: [wevt:htp]\n"), run: ["generate"], tells: ["wevt.config.yaml:2:11", 'there is no standard import "wevt:htp"', 'did you mean "wevt:http"?'] },
    "an import of a package that is missing": { files: config('imports: ["@acme/events/schemas/*.yaml"]\n'), run: ["generate"], tells: ['the package "@acme/events"', "npm install @acme/events"] },
    "an import by path": { files: config('imports: ["../other/*.yaml"]\n'), run: ["generate"], tells: ["is not of a package"] },
    "a pattern that leaves the project": { files: config('schemas: ["../*.yaml"]\n'), run: ["generate"], tells: ["wevt.config.yaml:2:11", "leaves the project"] },
    "an absolute pattern": { files: config('schemas: ["/etc/*.json"]\n'), run: ["generate"], tells: ["leaves the project"] },
    "an unknown emitter": { files: config("generate: [typscript]\n"), run: ["generate"], tells: ["wevt.config.yaml:2:12  error  UNKNOWN_EMITTER", 'did you mean "typescript"?'] },
    "a missing emitter module": { files: config("emitters: [./gone.mjs]\n"), run: ["generate"], tells: ["wevt.config.yaml:2:12  error  EMITTER_NOT_FOUND", 'there is no emitter module "./gone.mjs"'] },
    "an emitter module that does not load": { files: { ...config("emitters: [./bad.mjs]\ngenerate: [bad]\n"), "bad.mjs": "throw new Error('no')\n" }, run: ["generate"], tells: ["wevt.config.yaml:2:12  error  EMITTER_NOT_LOADED", 'cannot be loaded: "no"'] },
    "an emitter module without an emitter": { files: { ...config("emitters: [./none.mjs]\ngenerate: [none]\n"), "none.mjs": "export const emit = 1;\n" }, run: ["generate"], tells: ["wevt.config.yaml:2:12  error  EMITTER_NO_FUNCTION"] },
    "two emitter modules of one name": { files: { ...config("emitters: [./a/csv.mjs, ./b/csv.mjs]\n"), "a/csv.mjs": "export default () => [];\n", "b/csv.mjs": "export default () => [];\n" }, run: ["generate"], tells: ["wevt.config.yaml:2:25  error  DUPLICATE_EMITTER", './a/csv.mjs" and "./b/csv.mjs'] },
    "an output that would be a schema": { files: config("generate: [typescript, { emitter: docs, out: schemas/docs }]\n"), run: ["generate"], tells: ["wevt.config.yaml:2:24  error  OUTPUT_AMONG_SCHEMAS", '"schemas/docs/fields.json"'] },
    "an unknown name to show": { run: ["show", "usr"], tells: ['there is no definition or field "usr"', 'did you mean "user"?'] },
    "an unknown field to show": { run: ["show", "user.tir"], tells: ['did you mean "user.tier"?'] },
    "an unknown diagnostic": { run: ["explain", "unknown_keywrd"], tells: ["did you mean UNKNOWN_KEYWORD?"] },
    "an unknown shell": { run: ["completion", "tcsh"], tells: ["bash, zsh, fish"] },
  };

  it.each(Object.entries(cases))("for %s", (_, { files, run, tells }) => {
    const answer = cli(projectOf(files), run);
    for (const text of tells) expect(everything(answer)).toContain(text);
    expect(answer.status, everything(answer)).toBe(2);
    expect(everything(answer)).not.toMatch(/\n\s+at .*[:(]\d+|bug in wevt/);
  });

  it("is kept when the reader of both outputs ends early", () => {
    const line = `"${process.execPath}" "${bin}" help nope 2>&1 | true; echo \${PIPESTATUS[0]}`;
    for (let round = 0; round < 3; round++) expect(spawnSync("bash", ["-c", line], { cwd: projectOf(), env, encoding: "utf8" }).stdout).toBe("2\n");
  });

  it.skipIf(process.getuid?.() === 0)("for a file that cannot be read", () => {
    const project = projectOf();
    chmodSync(join(project, "schemas/user.yaml"), 0);
    const answer = cli(project, ["generate"]);
    expect(answer.status).toBe(2);
    expect(answer.stderr).toContain("cannot be read");
  });

  it("for a folder that is called like a schema or a config", () => {
    const project = projectOf();
    mkdirSync(join(project, "wevt.config.yaml"));
    const answer = cli(project, ["generate"]);
    expect(answer.status).toBe(2);
    expect(answer.stderr).toContain("wevt.config.yaml cannot be read");
  });

  it("for a link that leaves the project, a file or the folder of a pattern", () => {
    const outside = projectOf();
    const file = projectOf();
    symlinkSync(join(outside, "schemas/user.yaml"), join(file, "schemas/other.yaml"));
    const folder = projectOf(config('schemas: ["linked/*.yaml"]\n'));
    symlinkSync(join(outside, "schemas"), join(folder, "linked"));
    for (const project of [file, folder]) {
      const answer = cli(project, ["generate"]);
      expect(answer.status, everything(answer)).toBe(2);
      expect(answer.stdout).toContain("leaves the project");
    }
  });
});

describe("exit code 1", () => {
  it("for a mistake in a schema, whatever --fail-on says: nothing could be generated", () => {
    const project = projectOf({ "schemas/user.yaml": "partial: user\nbreif: x\n" });
    for (const level of ["error", "warn", "info", "none"]) expect(cli(project, ["--fail-on", level, "generate"]).status).toBe(1);
  });

  it("for a warning with --fail-on warn only", () => {
    const project = projectOf({ "schemas/count.yaml": "partial: count\nbrief: A count.\nproperties:\n  total: { type: integer, brief: The total., default: 010 }\n" });
    for (const [level, status] of [["error", 0], ["warn", 1], ["info", 1], ["none", 0]] as const) expect([level, cli(project, ["--fail-on", level, "generate"]).status]).toEqual([level, status]);
  });
});

describe("exit code 70", () => {
  it("is a bug of ours, told in one line and with a stack on request", () => {
    const copy = temporaryFolder();
    for (const path of ["bin", "dist/cli", "schemas", "package.json"]) cpSync(join(root, path), join(copy, path), { recursive: true });
    const chunks = join(copy, "dist/cli/chunks");
    // The emitter, and the command of the same name.
    for (const docs of readdirSync(chunks).filter((name) => name.startsWith("docs-"))) appendFileSync(join(chunks, docs), '\nthrow new TypeError("poisoned\\u001b[2J");\n');
    const bin = join(copy, "bin/wevt.js");
    const answer = cli(projectOf(), ["generate"], { bin });
    expect(answer.status).toBe(70);
    expect(answer.stderr).toMatch(/^wevt: this is a bug in wevt: poisoned[^\n]*\nRun again with WEVT_DEBUG=1/);
    expect(answer.stderr).not.toMatch(acting);
    expect(cli(projectOf(), ["generate"], { bin, env: { WEVT_DEBUG: "1" } }).stderr).toContain("    at ");
  });
});

describe("hostile text", () => {
  const evil = "\u001b[2J\u0007\u202e\u009b31m";
  const yaml = String.raw`"\e[2J\a\u202E\x9b31m`;

  it("reaches no terminal: schemas, configs, names of files, arguments", () => {
    const files = [
      { "schemas/user.yaml": `partial: user\n${yaml}key": 1\nbrief: ${yaml}brief"\nproperties:\n  ${yaml}name": { type: ${yaml}" }\n` },
      { "schemas/user.yaml": `partial: user\nbrief: ok\nproperties: { id: { type: string, default: 3, enum: [${yaml}"] } }\n# ${evil.slice(4)}\n` },
      { [`schemas/${evil}.yaml`]: "partial: ${evil}\n" },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\nimports: [${yaml}"]\n` },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\nschemas: [${yaml}"]\n` },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\ngenerate: [${yaml}"]\n` },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\n${yaml}": 1\n` },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\nemitters: [./e.mjs]\ngenerate: [{ emitter: e, out: ${yaml}" }]\n`, "e.mjs": `export default () => { throw new Error(${JSON.stringify(evil)}) };\n` },
      { "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\ngenerate: [{ emitter: typescript, out: ${yaml}" }]\n` },
    ];
    for (const one of files) {
      const project = projectOf(one);
      for (const format of ["text", "github", "json"]) {
        const answer = cli(project, ["--format", format, "generate"]);
        expect(everything(answer), JSON.stringify(one)).not.toMatch(acting);
        expect(answer.stderr).not.toContain("bug in wevt");
      }
    }
    for (const parameters of [[evil], ["generate", `--${evil}`], ["show", evil], ["explain", evil], ["--cwd", evil, "generate"], ["--format", evil, "generate"]]) {
      const answer = cli(projectOf(), parameters);
      expect(everything(answer), JSON.stringify(parameters)).not.toMatch(acting);
      expect(answer.status).toBe(2);
    }
  });

  it("is not shown by show either", () => {
    const project = projectOf({ "schemas/user.yaml": `partial: user\nbrief: a${yaml.slice(1)}\n`.replace("a\\", '"a\\').replace('31m\n', '31m"\n') + `properties:\n  id: { type: string, brief: ${yaml}", examples: [${yaml}"], note: ${yaml}" }\n` });
    for (const parameters of [["show"], ["show", "user"], ["show", "user.id"], ["show", "--json"]]) expect(everything(cli(project, parameters)), parameters.join(" ")).not.toMatch(acting);
  });
});
