/** show, explain, imports, help, start-up. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticTable } from "../../src/compiler/diagnostics.js";
import { cli, projectOf, userSchema } from "../helpers/cli.js";

describe("show", () => {
  const project = projectOf({ "schemas/user.yaml": userSchema, "wevt.config.yaml": "version: 1\nimports: [wevt:agent]\n" });

  it("prints the registry, a definition, a field with its place", () => {
    expect(cli(project, ["show"]).stdout).toMatch(/^registry [0-9a-f]{12}\n/);
    expect(cli(project, ["show", "user"]).stdout).toMatchInlineSnapshot(`
      "partial user  (schemas/user.yaml:1)
        Who did it.
        user.id  string
        user.tier?  string, one of "free" | "pro"
      "
    `);
    expect(cli(project, ["show", "partial:user"]).stdout).toBe(cli(project, ["show", "user"]).stdout);
    expect(cli(project, ["show", "event:agent.execution"]).stdout).toContain("event agent.execution  (wevt:agent/");
    expect(cli(project, ["show", "user.tier"]).stdout).toMatch(/^user\.tier {2}\(schemas\/user\.yaml:6:3\)\n/);
  });

  it("prints the names that it takes, one a line", () => {
    const names = cli(project, ["show", "--names"]).stdout.split("\n");
    expect(names).toEqual(expect.arrayContaining(["user", "user.id", "user.tier", "agent.execution"]));
    expect(JSON.parse(cli(project, ["show", "--names", "--json"]).stdout)).toEqual(names.filter((one) => one !== ""));
    for (const name of names.filter((one) => one !== "").slice(0, 5)) expect(cli(project, ["show", name]).status).toBe(0);
  });

  it.each([[[]], [["user"]], [["user.tier"]], [["agent.execution"]]])("prints JSON without cycles: %j", (name) => {
    const { status, stdout, stderr } = cli(project, ["show", ...name, "--json"]);
    expect(status, stderr).toBe(0);
    expect(typeof JSON.parse(stdout)).toBe("object");
    expect(cli(project, ["--format", "json", "show", ...name]).stdout).toBe(stdout);
  });

  it("ends in peace when its reader does", () => {
    const { stdout, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${join(import.meta.dirname, "../../bin/wevt.js")}" show --json | head -c 10; true`], { cwd: project, encoding: "utf8" });
    expect({ length: stdout.length, stderr }).toEqual({ length: 10, stderr: "" });
  });
});

describe("explain", () => {
  it.each(Object.keys(diagnosticTable))("%s: says why, with an example", (id) => {
    const text = Object.entries(diagnosticTable).find(([name]) => name === id)?.[1].explain ?? "";
    expect(text.length).toBeGreaterThan(25);
    expect(text).toMatch(/^(Right|Wrong):\s+\S|`/m);
  });

  it("takes the id in any letters", () => {
    const { stdout, status } = cli(projectOf({}), ["explain", "unknown_keyword"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^UNKNOWN_KEYWORD \(error\)\n\n/);
    expect(JSON.parse(cli(projectOf({}), ["--format", "json", "explain", "UNKNOWN_KEYWORD"]).stdout)).toMatchObject({ id: "UNKNOWN_KEYWORD", severity: "error" });
  });
});

describe("imports", () => {
  it("come from a package in node_modules of the project or above it", () => {
    const project = projectOf({
      "node_modules/@acme/events/package.json": "{}",
      "node_modules/@acme/events/schemas/team.yaml": "partial: team\nbrief: A team.\nproperties:\n  name: { type: string, brief: Its name. }\n",
      "app/schemas/user.yaml": userSchema,
      "app/wevt.config.yaml": 'version: 1\nimports: ["@acme/events/schemas/*.yaml"]\n',
    });
    expect(cli(join(project, "app"), ["generate"]).status).toBe(0);
    expect(cli(join(project, "app/schemas"), ["show", "team"]).stdout).toContain("(@acme/events/schemas/team.yaml:1)");
    expect(cli(project, ["--cwd", "app", "check"]).status).toBe(0);
  });

  it.each(["@acme/events/../../secret/*.yaml", "@acme/events", "@acme/events/none/*.yaml", "./schemas/user.yaml", "wevt:../../package", "wevt:meta/partial"])("refuses %s", (name) => {
    const project = projectOf({ "node_modules/@acme/events/package.json": "{}", "secret/user.yaml": userSchema, "schemas/user.yaml": userSchema, "wevt.config.yaml": `version: 1\nimports: ["${name}"]\n` });
    const { status, stdout, stderr } = cli(project, ["generate"]);
    expect(status, stderr).toBe(2);
    expect(stdout).toMatch(/^wevt\.config\.yaml:2:11 {2}error {2}[A-Z_]+ {2}/);
  });

  it("leaves editors' locks and hidden files alone", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema, "schemas/.#user.yaml": "not: [yaml" });
    expect(cli(project, ["generate"]).status).toBe(0);
  });
});

describe("help and version", () => {
  it("--version loads nothing", () => {
    const { stdout } = cli(projectOf({}), ["--version"], { nodeOptions: ["--import", `data:text/javascript,${encodeURIComponent('import fs from "node:fs"; const real = fs.readFileSync; process.on("exit", () => { if (process.moduleLoadList.some((name) => /child_process/.test(name))) console.log("commander"); });')}`] });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(["generate", "check", "init", "show", "explain", "completion"])("%s --help has an example", (command) => {
    const { status, stdout } = cli(projectOf({}), [command, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`$ wevt ${command}`);
  });

  it("names the exit codes, and that --fail-on cannot hide that nothing was generated", () => {
    const { stdout } = cli(projectOf({}), ["--help"]);
    const text = stdout.replace(/\s+/g, " ");
    for (const part of ["0 fine; 1 findings, or generated files that are not current; 2 usage, config or unreadable files; 70 a bug of ours", "an error that leaves nothing to generate is 1 in any case"]) expect(text).toContain(part);
  });

  it("is what a bare call prints, as a mistake", () => {
    const { status, stdout, stderr } = cli(projectOf({}), []);
    expect(status).toBe(2);
    expect(stdout + stderr).toContain("Usage: wevt");
  });
});
