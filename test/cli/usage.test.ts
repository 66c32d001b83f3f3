/** `wevt usage`: what it tells, the gate, the cache, and how it fails. What it finds is shown by the zoo (`test/code/usage`). */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { findingKinds } from "../../src/code/usage/findings.js";
import { ownersOf, parseCodeOwners } from "../../src/cli/usage/codeowners.js";
import { defaultTests, testsOf } from "../../src/cli/usage/inputs.js";
import { readConfig } from "../../src/cli/read-project.js";
import { cli, projectOf, userSchema } from "../helpers/cli.js";
import { copyTemplate, linkPackages, root, temporaryFolder, writeFile } from "../helpers/example.js";

const schema: object = JSON.parse(readFileSync(join(root, "schemas/meta/usage.json"), "utf8"));

const shop = {
  "schemas/user.yaml": `partial: user
brief: Who did it.
required: [id]
properties:
  id: { type: string, brief: The id. }
  tier: { enum: [free, pro], brief: The plan. }
  plan: { type: string, brief: The plan., deprecation: { reason: renamed, replacedBy: user.tier } }
  note: { type: string, brief: A note. }
  probe: { type: string, brief: What tests see. }
`,
  "schemas/cart.yaml": "partial: cart\nbrief: What is bought.\nrequired: [total]\nproperties:\n  total: { type: number, brief: Its price. }\n  coupon: { type: string, brief: The coupon. }\n",
  "schemas/job.yaml": "partial: job\nbrief: A job.\nproperties:\n  name: { type: string, brief: Its name. }\n",
  "tsconfig.json": '{ "compilerOptions": { "target": "ES2022", "lib": ["ES2022"], "module": "NodeNext", "strict": true, "noEmit": true, "types": [] }, "include": ["src"] }\n',
  "package.json": '{ "type": "module" }\n',
  "CODEOWNERS": "* @everybody\n/src/pay/ @payments\n",
  "src/main.ts": `import { createWevt, user } from "./wevt/index.js";

export const wevt = createWevt();
wevt.log(user({ id: "u_1", tier: "pro", plan: "old" }));
`,
  "src/pay/cart.ts": `import { wevt } from "../main.js";

declare const given: { readonly coupon?: string };
wevt.set({ cart: { ...given } });
`,
  "src/main.test.ts": `import { user } from "./wevt/index.js";

export const built = user({ id: "u_2", probe: "x" });
`,
};

function shopOf(more: { readonly [path: string]: string } = {}): string {
  const project = projectOf({ ...shop, ...more });
  linkPackages(project);
  expect(cli(project, ["generate", "--quiet"]).status).toBe(0);
  return project;
}

const lineOf = (text: string, start: string): string => text.split("\n").find((line) => line.trimStart().startsWith(start)) ?? "";

describe("wevt usage", () => {
  let project = "";
  beforeAll(() => {
    project = shopOf();
  });

  it("tells for every field where it is set, by whose code, and what nothing sets", () => {
    const { status, stdout } = cli(project, ["usage"]);
    expect(status).toBe(0);
    expect(lineOf(stdout, "user.tier")).toMatch(/1 place\s+src\/main\.ts:4:28 \(@everybody\)$/);
    expect(lineOf(stdout, "user.id")).toContain("2 places");
    expect(lineOf(stdout, "user.id")).toContain("src/main.test.ts:3:29 (@everybody, test)");
    expect(lineOf(stdout, "user.note")).toContain("never set");
    expect(lineOf(stdout, "user.probe")).toContain("only in tests");
    expect(lineOf(stdout, "partial cart")).toContain("src/pay/cart.ts:4:12 (@payments)");
    expect(lineOf(stdout, "cart.coupon")).toContain("unknown");
    expect(lineOf(stdout, "partial job")).toContain("never set");
  });

  it("tells what is wrong with that, each at its place", () => {
    const { stdout } = cli(project, ["usage"]);
    expect(stdout).toContain("schemas/user.yaml:8:3  warn  NEVER_SET  no code sets user.note");
    expect(stdout).toContain("schemas/user.yaml:9:3  warn  ONLY_IN_TESTS  only tests set user.probe");
    expect(stdout).toContain("schemas/cart.yaml:5:3  warn  REQUIRED_NOT_SET  the partial cart requires cart.total, and it is set on no path seen");
    expect(stdout).toContain("src/main.ts:4:41  warn  DEPRECATED_SET  user.plan is deprecated, and still set in one place");
    expect(stdout).toContain("hint: set user.tier instead");
    expect(stdout).toContain("src/pay/cart.ts:4:23  info  NOT_FOLLOWED  this may set cart.coupon: the type of the value says that it may be there");
    expect(stdout).toContain("NEVER_SET  no code sets the partial job");
    expect(stdout).not.toContain("no code sets job.name");
  });

  it("answers for one field at once, with the code", () => {
    const { status, stdout } = cli(project, ["usage", "user.tier"]);
    expect(status).toBe(0);
    expect(stdout).toContain("user.tier  set: 1 in production, 0 in tests");
    expect(stdout).toMatch(/4 \| wevt\.log\(user\(\{ id: "u_1", tier: "pro", plan: "old" \}\)\);\n\s+\| {28}\^{4}\n/);
    expect(cli(project, ["usage", "cart.coupon"]).stdout).toContain("may set it: the type of the value says that it may be there");
    expect(cli(project, ["usage", "partial:user"]).stdout).toContain("partial user  set: 1 in production, 1 in tests");
  });

  it("prints JSON that the published schema accepts, whole and for one field", () => {
    const isUsage = new Ajv2020({ strict: false }).compile(schema);
    const whole: unknown = JSON.parse(cli(project, ["usage", "--json"]).stdout);
    const one: unknown = JSON.parse(cli(project, ["usage", "user.tier", "--json"]).stdout);
    for (const document of [whole, one]) expect([isUsage(document), isUsage.errors]).toEqual([true, null]);
    expect(JSON.parse(cli(project, ["usage", "--format", "json"]).stdout)).toMatchObject({ usage: whole });
    expect(whole).toMatchObject({ projects: ["tsconfig.json"], files: { read: 3, followed: 3 }, depth: 5 });
  });

  it("annotates the lines of a pull request", () => {
    expect(cli(project, ["usage", "--format", "github"]).stdout).toContain("::warning file=src/main.ts,line=4,col=41,endLine=4,endColumn=45,title=wevt DEPRECATED_SET::");
  });
});

describe("the gate of wevt usage", () => {
  it("fails for the kinds of findings that --fail-on names, and for a severity", () => {
    const project = shopOf();
    for (const kind of findingKinds) expect([kind, cli(project, ["usage", "--fail-on", kind]).status]).toEqual([kind, 1]);
    expect(cli(project, ["usage", "--fail-on", "never-set,deprecated"]).stdout).toContain("error  NEVER_SET");
    for (const [level, status] of [["error", 0], ["warn", 1], ["info", 1], ["none", 0]] as const) expect([level, cli(project, ["--fail-on", level, "usage"]).status]).toEqual([level, status]);
    writeFileSync(join(project, "src/main.ts"), shop["src/main.ts"].replace(', plan: "old"', ""));
    expect(cli(project, ["usage", "--fail-on", "deprecated"]).status).toBe(0);
  });

  it("takes kinds for no other command, and no other words", () => {
    expect(cli(projectOf(), ["check", "--fail-on", "never-set"])).toMatchObject({ status: 2, stderr: expect.stringContaining("only wevt usage has such findings") });
    expect(cli(projectOf(), ["usage", "--fail-on", "never-set,nothing"])).toMatchObject({ status: 2, stderr: expect.stringContaining("never-set, only-in-tests, required-not-set, deprecated, unknown") });
  });

  it("fails for new findings only, when a baseline lists the known ones; lines may move", () => {
    const project = shopOf();
    const gate = (): number | null => cli(project, ["usage", "--fail-on", "never-set,deprecated,unknown", "--baseline", "known.json"]).status;
    expect(cli(project, ["usage", "--update-baseline", "--baseline", "known.json"]).status).toBe(0);
    const baseline = readFileSync(join(project, "known.json"), "utf8");
    expect(JSON.parse(baseline)).toMatchObject({ format: 1, known: expect.arrayContaining(["never-set user.note", "deprecated user.plan"]) });
    expect(baseline).not.toMatch(/:\d/);
    expect(gate()).toBe(0);
    writeFileSync(join(project, "src/main.ts"), `\n\n${shop["src/main.ts"]}`);
    expect(gate()).toBe(0);
    writeFileSync(join(project, "src/main.ts"), shop["src/main.ts"].replace(', tier: "pro"', ""));
    expect(gate()).toBe(1);
    writeFileSync(join(project, "src/main.ts"), shop["src/main.ts"].replace('tier: "pro"', 'tier: "pro", note: "n"'));
    expect(cli(project, ["usage", "--baseline", "known.json"]).stdout).toContain('the baseline lists a finding that is no more: "never-set user.note"');
    expect(cli(project, ["usage", "--baseline", "gone.json"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--update-baseline") });
    writeFile(project, "bad.json", "[]");
    expect(cli(project, ["usage", "--baseline", "bad.json"])).toMatchObject({ status: 2, stderr: expect.stringContaining("is no baseline") });
  });
});

describe("what wevt usage reads", () => {
  it("is read once: an unchanged project comes from the cache, a changed one does not", () => {
    const project = shopOf();
    const first = cli(project, ["usage"]);
    const second = cli(project, ["usage"]);
    expect(first.stderr).toContain("read 3 files of 1 project (tsconfig.json); 3 can reach generated code");
    expect(second).toEqual({ ...first, stderr: "" });
    writeFileSync(join(project, "src/main.ts"), shop["src/main.ts"].replace("pro", "free"));
    expect(cli(project, ["usage"]).stderr).toContain("read 3 files");
    writeFile(project, "src/new.ts", 'import { job } from "./wevt/index.js";\n\nexport const built = job({ name: "n" });\n');
    expect(lineOf(cli(project, ["usage"]).stdout, "job.name")).toContain("src/new.ts:3:28");
    rmSync(join(project, "src/new.ts"));
    expect(lineOf(cli(project, ["usage"]).stdout, "partial job")).toContain("never set");
    writeFileSync(join(project, "CODEOWNERS"), "* @others\n");
    expect(cli(project, ["usage"])).toMatchObject({ stderr: "", stdout: expect.stringContaining("(@others)") });
  });

  it("is what --project or the config names; what a test is, the config can say", () => {
    const project = shopOf({ "wevt.config.yaml": "version: 1\nusage: { projects: [tsconfig.src.json], tests: [src/pay/**], baseline: known.json }\n", "known.json": '{ "format": 1, "known": [] }\n', "tsconfig.src.json": '{ "extends": "./tsconfig.json", "include": ["src"], "exclude": ["**/*.test.ts"] }\n' });
    const answer = cli(project, ["usage"]);
    expect(answer.stderr).toContain("read 2 files of 1 project (tsconfig.src.json)");
    expect(lineOf(answer.stdout, "partial cart")).toContain("only in tests");
    expect(cli(project, ["usage", "--project", "."]).stderr).toContain("read 3 files of 1 project (tsconfig.json)");
  });

  it("has the declarations of the language and of packages, as tsc sees them", () => {
    const project = copyTemplate("rest", temporaryFolder());
    cli(project, ["generate", "--quiet"]);
    writeFile(project, "src/more.ts", 'import { readFileSync } from "node:fs";\nimport { wevt } from "./telemetry.js";\n\nconst lines = readFileSync("x", "utf8").split("\\n");\nwevt.set({ chat: Object.freeze({ tokens: lines.length, model: process.title }) });\n');
    expect(cli(project, ["usage", "--fail-on", "never-set"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/response\.firstByteMs +never set/) });
    const { stdout } = cli(project, ["usage", "chat.model"]);
    expect(stdout).toContain("src/more.ts:5:56");
    expect(stdout).not.toContain("may set it");
  });
});

describe("wevt usage ends with 2 when it cannot read", () => {
  const cases: { readonly [title: string]: { readonly change: (project: string) => void; readonly run?: readonly string[]; readonly tells: string } } = {
    "a project without generated code": { change: (project) => rmSync(join(project, "src/wevt"), { recursive: true }), tells: "run `wevt generate`" },
    "a project in which wevt is not installed": { change: (project) => rmSync(join(project, "node_modules/wevt")), tells: "npm install" },
    "no tsconfig.json": { change: (project) => rmSync(join(project, "tsconfig.json")), tells: "there is no tsconfig.json" },
    "a tsconfig.json that is broken": { change: (project) => writeFileSync(join(project, "tsconfig.json"), '{ "compilerOptions": { "strict": "yes" } }'), tells: "'strict' requires a value of type boolean" },
    "a project that is not there": { change: () => {}, run: ["--project", "gone"], tells: "there is no project gone" },
    "a field that is not there": { change: () => {}, run: ["user.tir"], tells: 'did you mean "user.tier"?' },
  };

  it.each(Object.entries(cases))("%s", (_, { change, run = [], tells }) => {
    const project = shopOf();
    change(project);
    const { status, stderr } = cli(project, ["usage", ...run]);
    expect(stderr).toContain(tells);
    expect(status).toBe(2);
  });
});

describe("tests and owners", () => {
  it("are tests by their names and folders", () => {
    const isTest = testsOf({ ...readConfig({ cwd: projectOf({ "schemas/user.yaml": userSchema }) }), files: [] });
    for (const path of ["src/a.test.ts", "src/a.spec.tsx", "test/a.ts", "packages/api/tests/a.ts", "src/__tests__/a.ts", "../other/test/a.ts"]) expect([path, isTest(path)]).toEqual([path, true]);
    for (const path of ["src/latest.ts", "src/contest/a.ts", "src/testing.ts", "src/test-user.ts"]) expect([path, isTest(path)]).toEqual([path, false]);
    expect(defaultTests.length).toBeGreaterThan(0);
  });

  it("are owners by the last pattern that matches, as GitHub and GitLab read it", () => {
    const rules = parseCodeOwners("# who\n* @all\n*.tsx @ui # views\n/src/pay/ @pay @sec\ndocs/* @docs\nvendor\n[Web][2] @web\nsrc/web/**/x.ts\n/lib/**/y.ts @lib\n");
    const expected = { "a.ts": ["@all"], "src/view.tsx": ["@ui"], "src/pay/deep/a.ts": ["@pay", "@sec"], "docs/a.md": ["@docs"], "docs/deep/a.md": ["@all"], "src/vendor/a.js": [], "src/web/a/x.ts": ["@web"], "lib/y.ts": ["@lib"] };
    for (const [path, owners] of Object.entries(expected)) expect([path, ownersOf(rules, path)]).toEqual([path, owners]);
  });
});

describe("a module that is not found", () => {
  it("is named, since what goes through it may be told as never set; one without types, or for its effect alone, is not", () => {
    const project = shopOf({
      "src/more.ts": 'import { send } from "@acme/telemetry";\nexport { other } from "./nowhere.js";\nimport untyped from "untyped";\nimport "./style.css";\n\nsend(untyped);\n',
      "node_modules/untyped/index.js": "module.exports = 1;\n",
      "node_modules/untyped/package.json": '{ "name": "untyped", "main": "index.js" }\n',
    });
    const told = "not found: @acme/telemetry (src/more.ts), ./nowhere.js (src/more.ts); fields that are set through these may be told as never set: install the project's packages\n";
    expect(cli(project, ["usage"]).stderr).toContain(told);
    expect(cli(project, ["usage"]).stderr).toBe(told);
  });
});
