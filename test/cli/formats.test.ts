import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { escapedForGithub } from "../helpers/github.js";
import { cli, projectOf, userSchema } from "../helpers/cli.js";
import { writeFile } from "../helpers/example.js";

const broken = { "schemas/user.yaml": "partial: user\nbrief: Who.\nproperties:\n  id: { type: string, breif: \"50%, a:b\" }\n" };

describe("the formats", () => {
  it("text shows file, line and column, the line itself, and a hint", () => {
    const { stdout, stderr } = cli(projectOf(broken), ["generate"]);
    expect(stdout).toMatchInlineSnapshot(`
      "schemas/user.yaml:4:23  error  UNKNOWN_KEYWORD  unknown keyword "breif"
        4 |   id: { type: string, breif: "50%, a:b" }
          |                       ^^^^^
        hint: did you mean "brief"?

      "
    `);
    expect(stderr).toBe("1 error; nothing was written\n");
  });

  it("json has a stable shape and nothing else on standard output", () => {
    const { stdout } = cli(projectOf(broken), ["--format", "json", "generate"]);
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [{ file: "schemas/user.yaml", line: 4, column: 23, endLine: 4, endColumn: 28, severity: "error", id: "UNKNOWN_KEYWORD", message: expect.any(String), hint: 'did you mean "brief"?' }],
      files: [],
    });
    const files: unknown = JSON.parse(cli(projectOf(), ["--format", "json", "generate"]).stdout);
    expect(files).toMatchObject({ diagnostics: [], files: expect.arrayContaining([{ action: "create", path: "src/wevt/partials/user.ts" }, { action: "create", path: "src/wevt/.wevt-manifest" }]) });
  });

  it("github is one annotation a finding, escaped", () => {
    const { stdout } = cli(projectOf({ "schemas/a%,b.yaml": broken["schemas/user.yaml"] }), ["--format", "github", "generate"]);
    expect(stdout).toMatch(/^::error file=schemas\/a%25%2Cb\.yaml,line=4,col=23,endLine=4,endColumn=28,title=wevt UNKNOWN_KEYWORD::[^\n]*%0A[^\n]*\n$/);
    expect(escapedForGithub(stdout)).toContain('did you mean "brief"?');
  });

  it("github names files as the repository does, wherever the config is", () => {
    const repository = projectOf({
      ".git/HEAD": "", "services/a b/wevt.config.yaml": "version: 1\nimports: ['@acme/events/*.yaml']\n", "services/a b/schemas/user.yaml": broken["schemas/user.yaml"],
      "node_modules/@acme/events/package.json": "{}", "node_modules/@acme/events/order.yaml": broken["schemas/user.yaml"].replace("user", "order"),
    });
    const told = [/^::error file=services\/a b\/schemas\/user\.yaml,line=4,/m, /^::error title=wevt UNKNOWN_KEYWORD::@acme\/events\/order\.yaml:4:23: unknown/m];
    for (const folder of ["services/a b", "services/a b/schemas"]) {
      const { stdout } = cli(join(repository, folder), ["--format", "github", "check"]);
      for (const line of told) expect(stdout).toMatch(line);
    }
    expect(cli(repository, ["--format", "github", "check", "--cwd", "services/a b"]).stdout).toMatch(told[0] ?? "");
    const elsewhere = projectOf({});
    symlinkSync(join(repository, "services/a b"), join(elsewhere, "linked"));
    expect(cli(elsewhere, ["--format", "github", "check", "--cwd", "linked"]).stdout).toMatch(told[0] ?? "");
    expect(cli(repository, ["--format", "github", "check", "--config", "services/a b/wevt.config.yaml"]).stdout).toMatch(told[0] ?? "");
    expect(cli(join(repository, "services/a b"), ["check"]).stdout).toMatch(/^schemas\/user\.yaml:4:23/m);
  });

  it("github names stale files, foreign ones and the config as the repository does, a worktree's too", () => {
    const repository = projectOf({ ".git": "gitdir: elsewhere", "app/schemas/user.yaml": userSchema, "app/wevt.config.yaml": "version: 1\n" });
    const annotated = (...parameters: readonly string[]): string => cli(join(repository, "app"), [...parameters, "--format", "github"]).stdout;
    expect(annotated("check")).toMatch(/^::error file=app\/src\/wevt\/events\.ts,title=wevt::missing/m);
    writeFile(repository, "app/src/wevt/index.ts", "mine\n");
    expect(annotated("generate")).toMatch(/^::error file=app\/src\/wevt\/index\.ts,line=1,.*FOREIGN_FILE/);
    writeFile(repository, "app/wevt.config.yaml", "version: 1\nimport: []\n");
    expect(annotated("generate")).toMatch(/^::error file=app\/wevt\.config\.yaml,line=2,/);
  });

  it("github is chosen by itself under GitHub Actions, unless another is asked for", () => {
    const project = projectOf(broken);
    const env = { GITHUB_ACTIONS: "true" };
    expect(cli(project, ["generate"], { env }).stdout).toMatch(/^::error /);
    expect(cli(project, ["generate", "--format", "text"], { env }).stdout).toMatch(/^schemas\/user\.yaml:4:23 /);
  });

  it("config mistakes come in the chosen format too", () => {
    const project = projectOf({ ...broken, "wevt.config.yaml": "version: 1\nimport: []\n" });
    expect(cli(project, ["--format", "github", "generate"]).stdout).toMatch(/^::error file=wevt\.config\.yaml,line=2,/);
    expect(JSON.parse(cli(project, ["--format", "json", "generate"]).stdout)).toMatchObject({ diagnostics: [{ file: "wevt.config.yaml", line: 2 }] });
  });

  it("json is one object whatever happens, and github an annotation", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 1\nimports: [wevt:htp]\n" });
    const json = (...parameters: readonly string[]): unknown => JSON.parse(cli(project, [...parameters, "--format", "json"]).stdout);
    expect(json("check")).toEqual({ diagnostics: [expect.objectContaining({ file: "wevt.config.yaml", line: 2, column: 11, id: "UNKNOWN_IMPORT", hint: 'did you mean "wevt:http"?' })], files: [] });
    expect(json("check", "--cwd", "gone")).toEqual({ diagnostics: [], files: [], failure: { message: expect.stringContaining("there is no folder"), hint: "--cwd names the folder to run in" } });
    expect(json("explain", "nothing")).toMatchObject({ failure: { message: 'there is no diagnostic "nothing"' } });
    expect(cli(project, ["check", "--format", "github"]).stdout).toMatch(/^::error file=wevt\.config\.yaml,line=2,.*UNKNOWN_IMPORT/);
    expect(cli(project, ["check", "--cwd", "gone", "--format", "github"]).stdout).toMatch(/^::error title=wevt::there is no folder [^\n]*\n$/);
  });

  it("json of a name that several have is a list of them", () => {
    const project = projectOf({ "schemas/a.yaml": userSchema, "schemas/b.yaml": "originator: user\nbrief: A user starts it.\nproperties:\n  id: { type: string, brief: Its id. }\n" });
    const shown = (name: string): unknown => JSON.parse(cli(project, ["show", name, "--json"]).stdout);
    expect(shown("user")).toMatchObject([{ kind: "partial" }, { kind: "originator" }]);
    expect(shown("originator:user")).toMatchObject({ kind: "originator", name: "user" });
    expect(shown("user.id")).toHaveLength(2);
  });

  it("colours nothing that is no terminal, and --quiet leaves results only", () => {
    const project = projectOf();
    const { stdout, stderr } = cli(project, ["generate", "--quiet"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).toContain("create src/wevt/partials/user.ts\n");
    expect(stdout + stderr).not.toContain("\u001b");
    expect(stderr).toBe("");
  });
});

describe("on a terminal", () => {
  const terminal = (project: string, env: NodeJS.ProcessEnv): string =>
    cli(project, ["generate"], { env, nodeOptions: ["--import", 'data:text/javascript,process.stdout.isTTY=true'] }).stdout;

  it("findings have colours, and none with NO_COLOR", () => {
    const project = projectOf(broken);
    expect(terminal(project, { TERM: "xterm", NO_COLOR: "" })).toContain("\u001b[31merror");
    expect(terminal(project, { TERM: "xterm", NO_COLOR: "1" })).not.toContain("\u001b");
    expect(terminal(project, { TERM: "dumb", NO_COLOR: "" })).not.toContain("\u001b");
  });
});
