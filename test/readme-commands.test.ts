/** What README.md says about `--format json` and about the built-in emitters is what they do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emitters } from "../src/emit/emitters.js";
import { cli, filesOf, projectOf, userSchema } from "./helpers/cli.js";
import { copyTemplate, root, temporaryFolder, writeFile } from "./helpers/example.js";

const page = readFileSync(join(root, "README.md"), "utf8");
const section = /^### For programs\n([^]*?)^## /m.exec(page)?.[1] ?? "";

const json = (project: string, ...parameters: readonly string[]): ReturnType<typeof JSON.parse> => JSON.parse(cli(project, [...parameters, "--format", "json"]).stdout);
const codes = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

describe("the JSON that README.md shows", () => {
  it("is what check says of the broken example", () => {
    const shown: unknown = JSON.parse(/^```json\n([^]*?)^```$/m.exec(section)?.[1] ?? "");
    const broken = /^```yaml broken=MISSING_TYPE\n([^]*?)^```$/m.exec(page)?.[1] ?? "";
    expect(json(projectOf({ "schemas/account.yaml": broken }), "check")).toEqual(shown);
  });

  it("has the actions that the page names, each for what it says", () => {
    const project = projectOf({ "schemas/user.yaml": userSchema });
    const actionOf = (command: string, path: string): unknown => json(project, command).files.find((one: { readonly path: string }) => one.path === path)?.action;
    const file = "src/wevt/partials/user.ts";
    expect(actionOf("check", file)).toBe("create");
    expect(actionOf("generate", file)).toBe("create");
    expect(json(project, "check")).toEqual({ diagnostics: [], files: [] });
    writeFile(project, file, "edited\n");
    expect(actionOf("check", file)).toBe("restore");
    json(project, "generate");
    writeFile(project, "schemas/user.yaml", userSchema.replace("pro]", "max]"));
    expect(actionOf("check", file)).toBe("update");
    writeFile(project, "schemas/user.yaml", userSchema.replace("partial: user", "partial: person"));
    expect(actionOf("check", file)).toBe("delete");
    writeFile(project, "src/wevt/partials/person.ts", "mine\n");
    expect(actionOf("check", "src/wevt/partials/person.ts")).toBe("foreign");
    const named = /The actions are ([^]*?)\. Empty/.exec(section)?.[1] ?? "";
    expect(codes(named)).toEqual(["create", "update", "restore", "delete", "foreign"]);
  });

  it("has a registry with the keys that the page names", () => {
    const named = /prints the registry: ([^]*?), in the shape/.exec(section)?.[1] ?? "";
    expect(Object.keys(json(projectOf(), "show"))).toEqual(codes(named));
  });
});

describe("the answer of wevt usage that README.md shows", () => {
  it("is what it says of the template", () => {
    const shown = /^ {4}\$ npx wevt (usage user\.tier)\n((?: {4}.*\n|\n)+)/m.exec(page);
    const project = copyTemplate("rest", temporaryFolder());
    cli(project, ["generate"]);
    expect(cli(project, (shown?.[1] ?? "").split(" ")).stdout.trimEnd()).toBe((shown?.[2] ?? "").replace(/^ {4}/gm, "").trimEnd());
  });
});

describe("the emitters that README.md lists", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]*) \| `([^`|]*)` \| ([^|]*)\|$/gm)].map(([, name = "", , out = "", options = ""]) => ({ name, out, options: codes(options).map((code) => code.split(":")[0] ?? "") }));

  it("are the built-in ones, with their folders and options", async () => {
    const known = await Promise.all(Object.entries(emitters).map(async ([name, load]) => {
      const { defaultOut, options } = await load();
      return { name, out: defaultOut, options: Object.keys(Object(options["properties"])) };
    }));
    expect(rows.map((row) => ({ ...row, options: [...new Set(row.options)].filter((option) => known.some((one) => one.options.includes(option))) }))).toEqual(known);
  });

  it("run, the first two, when the config says nothing", () => {
    const project = projectOf();
    cli(project, ["generate"]);
    const written = [...filesOf(project).keys()];
    expect(rows.map(({ out }) => written.some((path) => path.startsWith(`${out}/`)))).toEqual([true, true, false]);
  });
});
