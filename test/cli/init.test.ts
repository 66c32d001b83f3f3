import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, filesOf, projectOf } from "../helpers/cli.js";

const templates = ["minimal", "rest", "agent"] as const;

describe.each(templates)("init --template %s", (template) => {
  it("makes a project that generates and is current", () => {
    const project = projectOf({});
    expect(cli(project, ["init", "--template", template]).status).toBe(0);
    const made = [...filesOf(project).keys()];
    expect(made).toEqual(expect.arrayContaining([".gitattributes", ".github/workflows/wevt.yml", ".vscode/settings.json", "package.json", "tsconfig.json", "wevt.config.yaml"]));
    expect(cli(project, ["generate"])).toMatchObject({ status: 0 });
    expect(cli(project, ["generate", "--check"])).toMatchObject({ status: 0, stdout: "" });
    const shown = cli(project, ["show"]).stdout;
    for (const path of made.filter((one) => one.startsWith("schemas/"))) expect(shown, path).toContain(`(${path}:`);
    const attributes = readFileSync(join(project, ".gitattributes"), "utf8");
    expect(attributes).toContain("src/wevt/");
    expect(attributes).toContain("eol=lf");
    expect(attributes).toContain("linguist-generated");
  });

  it("changes nothing the second time, and asks nothing", () => {
    const project = projectOf({});
    cli(project, ["init", "--template", template]);
    const before = filesOf(project);
    const { status, stdout, stderr } = cli(project, ["init", "--template", template]);
    expect(status).toBe(0);
    expect(stdout).not.toContain("create ");
    expect(stderr).toBe("everything is there already\n");
    expect(filesOf(project)).toEqual(before);
  });
});

describe("init in a project that exists", () => {
  const there = {
    "package.json": '{ "name": "mine" }\n',
    "tsconfig.json": '{\n  // ours\n  "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true }\n}\n',
    ".gitattributes": "* text=auto\n",
    ".vscode/settings.json": '{ "editor.tabSize": 2 }\n',
  };

  it("overwrites nothing, and says once what to add by hand", () => {
    const project = projectOf(there);
    const { status, stdout, stderr } = cli(project, ["init"]);
    expect(status).toBe(0);
    for (const [path, text] of Object.entries(there)) {
      expect(readFileSync(join(project, path), "utf8")).toBe(text);
      expect(stdout).toContain(`keep   ${path}\n`);
    }
    expect(stderr.match(/\.gitattributes was there before/g)).toHaveLength(1);
    expect(stderr.match(/settings\.json was there before/g)).toHaveLength(1);
    expect(stderr).toContain("npm pkg set type=module");
  });

  it("says what the files of a template are compiled with, where package.json lists it not", () => {
    const told = (template: string, text: string): string => cli(projectOf({ "package.json": text }), ["init", "--template", template]).stderr;
    const ready = '{ "type": "module", "devDependencies": { "typescript": "5" } }';
    expect(told("rest", ready)).toContain("run `npm install --save-dev @types/node`");
    expect(told("rest", '{ "type": "module" }')).toContain("run `npm install --save-dev @types/node typescript`");
    expect(told("rest", '{ "type": "module", "dependencies": { "typescript": "5" }, "devDependencies": { "@types/node": "20" } }')).not.toContain("npm install");
    for (const template of ["minimal", "agent"]) expect(told(template, ready)).not.toContain("npm install");
  });

  it("takes the type of the package from where it stands", () => {
    const told = (text: string): boolean => cli(projectOf({ "package.json": text }), ["init"]).stderr.includes("npm pkg set type=module");
    expect(['{ "type": "module" }', '\ufeff{"type"\n:\n"module"}'].map(told)).toEqual([false, false]);
    expect(['{ "config": { "type": "module" } }', '{ "type": "commonjs" }', '{ "description": "\\"type\\": \\"module\\"" }', "{"].map(told)).toEqual([true, true, true, true]);
  });

  it.each(["wevt.config.yml", "wevt.config.json"])("adds no second config beside %s", (name) => {
    const project = projectOf({ [name]: '{ "version": 1 }\n' });
    const { status, stdout } = cli(project, ["init"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`keep   ${name}\n`);
    expect([...filesOf(project).keys()].filter((path) => path.startsWith("wevt.config."))).toEqual([name]);
    expect(cli(project, ["generate"]).status).toBe(0);
  });

  it("imports with .ts where its tsconfig does", () => {
    const project = projectOf(there);
    cli(project, ["init"]);
    expect(readFileSync(join(project, "wevt.config.yaml"), "utf8")).toContain("importExtension: ts");
    expect(readFileSync(join(project, "src/main.ts"), "utf8")).not.toMatch(/from "\.[^"]*\.js"/);
    expect(cli(project, ["generate"]).status).toBe(0);
    expect(readFileSync(join(project, "src/wevt/index.ts"), "utf8")).toContain('.ts"');
    expect(readFileSync(join(project, "src/wevt/index.ts"), "utf8")).not.toMatch(/from "\.[^"]*\.js"/);
    expect(cli(project, ["check"]).status).toBe(0);
  });

  it("imports with .js where tsconfig.json cannot be read, and says so", () => {
    const project = projectOf({ "tsconfig.json": '{ "extends": "@acme/base", // "allowImportingTsExtensions": true\n }\n' });
    const { status, stderr } = cli(project, ["init"]);
    expect(status).toBe(0);
    expect(stderr).toContain('tsconfig.json extends "@acme/base", which is not there; generated imports end in .js: `importExtension`');
    expect(readFileSync(join(project, "wevt.config.yaml"), "utf8")).not.toContain("importExtension: ts");
  });

  it("does not write through a link that leads out", () => {
    const [project, outside] = [projectOf({}), projectOf({})];
    mkdirSync(join(project, "schemas"));
    symlinkSync(join(outside, "victim.yaml"), join(project, "wevt.config.yaml"));
    const { status, stderr } = cli(project, ["init"]);
    expect(existsSync(join(outside, "victim.yaml"))).toBe(false);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining("wevt.config.yaml") });
  });
});
