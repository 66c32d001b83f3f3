/** `wevt import typescript`, run on the sources: what is written, what is not, and how it ends. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importTypescript, type ImportTypescriptOptions } from "../../src/cli/commands/import.js";
import type { Context } from "../../src/cli/context.js";
import { Failure } from "../../src/cli/failure.js";
import { filesOf, projectOf } from "../helpers/cli.js";

const types = `/** Who did it. */
export interface User {
  /** The id. */
  id: string;
  tier?: "free" | "pro";
}
export interface Cart { total: number; at: Date }
export interface Registry { user: User; cart: Cart }
`;

interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly log: string;
  readonly failure: Failure | undefined;
}

type Given = Partial<Omit<ImportTypescriptOptions, "type">> & { readonly type?: string | undefined };

async function run(cwd: string, given: Given = {}, format: Context["format"] = "text"): Promise<Ran> {
  const { type = "type" in given ? undefined : "Registry", ...options } = given;
  let [out, log] = ["", ""];
  const context: Context = { cwd, format, failOn: "error", quiet: false, style: { colour: false }, out: (text) => void (out += text), log: (text) => void (log += text) };
  try {
    const code = await importTypescript(context, { file: "src/events.ts", dryRun: false, update: false, ...options, ...(type === undefined ? {} : { type }) });
    return { code, out, log, failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: undefined, out, log, failure: error };
  }
}

const project = (more: { readonly [path: string]: string } = {}): string => projectOf({ "src/events.ts": types, ...more });

describe("wevt import typescript", () => {
  it("writes one file for each partial and says which", async () => {
    const folder = project();
    const { code, out } = await run(folder);
    expect(code).toBe(0);
    expect(out).toBe("create schemas/user.yaml\ncreate schemas/cart.yaml\n");
    expect(readFileSync(join(folder, "schemas/user.yaml"), "utf8")).toBe(
      '# Imported from src/events.ts. Lines like "# kind: id" are guesses from names: uncomment what is right, delete the rest.\npartial: user\nbrief: Who did it.\nrequired: [id]\nproperties:\n  id:\n    type: string\n    brief: The id.\n    # kind: id\n  tier:\n    enum: [free, pro]\n    # kind: dimension\n',
    );
  });

  it("overwrites nothing: a second run leaves the files as they are", async () => {
    const folder = project();
    await run(folder);
    writeFileSync(join(folder, "schemas/user.yaml"), "partial: user\nproperties: { id: { type: string } }\n");
    const before = filesOf(folder);
    const { code, out, log } = await run(folder);
    expect(code).toBe(0);
    expect(out).toBe("keep   schemas/user.yaml\nkeep   schemas/cart.yaml\n");
    expect(log).toContain("--update shows what the types would change");
    expect(filesOf(folder)).toEqual(before);
  });

  it("finds a partial where the project defines it, under whatever file name", async () => {
    const folder = project({ "schemas/team/people.yaml": "partial: user\nproperties: { id: { type: string } }\n" });
    expect((await run(folder)).out).toBe("keep   schemas/team/people.yaml\ncreate schemas/cart.yaml\n");
  });

  it("writes nothing in a dry run", async () => {
    const folder = project();
    const { out, log } = await run(folder, { dryRun: true });
    expect(out).toBe("create schemas/user.yaml\ncreate schemas/cart.yaml\n");
    expect(log).toContain("nothing was written (--dry-run)");
    expect([...filesOf(folder).keys()]).toEqual(["src/events.ts"]);
  });

  it("writes into the folder of --out", async () => {
    const folder = project();
    expect((await run(folder, { out: "schemas/imported" })).out).toContain("create schemas/imported/user.yaml\n");
    const { log } = await run(project({ "wevt.config.yaml": "version: 1\n" }), { out: "elsewhere" });
    expect(log).toContain("no pattern of `schemas` in wevt.config.yaml takes these files");
  });

  it("writes beside the config, wherever it is run", async () => {
    const folder = project({ "wevt.config.yaml": "version: 1\n" });
    expect((await run(join(folder, "src"), { file: "events.ts" })).out).toContain("create schemas/user.yaml\n");
    expect(readFileSync(join(folder, "schemas/user.yaml"), "utf8")).toContain("# Imported from src/events.ts.");
  });

  it("lists what has no schema at its place, writes the rest, and ends with 1", async () => {
    const folder = project({ "src/events.ts": types.replace("total: number", "total: number; sum(): number") });
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toContain('src/events.ts:7:40  error  IMPORT_LEFT_OUT  "cart.sum" is left out: a function is not data\n');
    expect(out).toContain("create schemas/cart.yaml\n");
  });

  it("asks for properties where the type is a union", async () => {
    const folder = project({ "src/events.ts": "interface Viewed { type: 'viewed' }\ninterface Clicked { type: 'clicked' }\nexport type Registry = Viewed | Clicked;\n" });
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toContain("hint: write `interface Registry { viewed: Viewed; clicked: Clicked }`");
  });

  it("answers programs in JSON", async () => {
    const { out } = await run(project(), {}, "json");
    expect(JSON.parse(out)).toEqual({ diagnostics: [], files: [{ action: "create", path: "schemas/user.yaml" }, { action: "create", path: "schemas/cart.yaml" }] });
  });

  it("reads types through path mappings of the tsconfig that is nearest, or named", async () => {
    const files = {
      "src/events.ts": 'import type { User } from "@shared/user";\nexport interface Registry { user: User }\n',
      "packages/user.ts": "export interface User { id: string }\n",
    };
    const paths = { compilerOptions: { baseUrl: ".", paths: { "@shared/*": ["packages/*"] }, strict: false } };
    expect((await run(projectOf({ ...files, "tsconfig.json": JSON.stringify(paths) }))).code).toBe(0);
    const named = projectOf({ ...files, "tsconfig.types.json": JSON.stringify(paths) });
    expect((await run(named, { project: "tsconfig.types.json" })).code).toBe(0);
    expect((await run(projectOf(files))).out).toContain('"user" is left out');
  });

  it("knows null and undefined where the team's compiler does not", async () => {
    const folder = projectOf({ "src/events.ts": "export interface Registry { user: { id: string | null } }\n", "tsconfig.json": '{ "compilerOptions": { "strict": false } }' });
    await run(folder);
    expect(readFileSync(join(folder, "schemas/user.yaml"), "utf8")).toContain('type: [string, "null"]');
  });
});

describe("wevt import typescript --update", () => {
  it("shows a patch that makes the schemas follow the types, writes nothing, and ends with 1", async () => {
    const folder = project();
    await run(folder);
    writeFileSync(join(folder, "schemas/user.yaml"), readFileSync(join(folder, "schemas/user.yaml"), "utf8").replace("brief: The id.", "brief: The id, never reused."));
    writeFileSync(join(folder, "src/events.ts"), types.replace('tier?: "free" | "pro";', 'tier: "free" | "pro" | "team";\n  email?: string;').replace("cart: Cart }", "cart: Cart; job: { name: string } }"));
    const before = filesOf(folder);
    const { code, out } = await run(folder, { update: true });
    expect(code).toBe(1);
    expect(filesOf(folder)).toEqual(before);
    expect(out).toContain("--- a/schemas/user.yaml\n+++ b/schemas/user.yaml\n");
    expect(out).toContain("-required: [id]\n+required: [id, tier]\n");
    expect(out).toContain("+    enum: [free, pro, team]\n");
    expect(out).toContain("--- /dev/null\n+++ b/schemas/job.yaml\n");
    expect(out).not.toContain("schemas/cart.yaml");
    const patched = spawnSync("git", ["apply", "-"], { cwd: folder, input: out, encoding: "utf8" });
    expect(patched.stderr).toBe("");
    expect(readFileSync(join(folder, "schemas/user.yaml"), "utf8")).toContain("brief: The id, never reused.");
    const again = await run(folder, { update: true });
    expect([again.code, again.out, again.log]).toEqual([0, "", "the schemas say what the types say\n"]);
  });

  it("asks for sound schemas first", async () => {
    const folder = project({ "schemas/user.yaml": "partial: user\nproperties: { id: { type: strng } }\n" });
    expect((await run(folder, { update: true })).failure?.hint).toContain("wevt check");
  });
});

describe("wevt import typescript tells, and ends with 2 for,", () => {
  it("no type: it lists the candidates, the likeliest first", async () => {
    const { failure } = await run(project(), { type: undefined });
    expect(failure?.message).toBe("which type of src/events.ts is the registry?");
    expect(failure?.hint).toContain("it has Registry, User, Cart");
  });

  it("a misspelt type", async () => {
    const { failure } = await run(project(), { type: "Registy" });
    expect(failure?.hint).toContain("did you mean --type Registry?");
  });

  it("a file that is not there", async () => {
    expect((await run(project(), { file: "src/nope.ts" })).failure?.message).toBe("there is no file src/nope.ts");
  });

  it("a folder instead of a file", async () => {
    const folder = project();
    mkdirSync(join(folder, "types"));
    expect((await run(folder, { file: "types" })).failure?.message).toContain("types is a folder");
  });

  it("a tsconfig that is not there", async () => {
    expect((await run(project(), { project: "tsconfig.none.json" })).failure?.message).toBe("there is no tsconfig tsconfig.none.json");
  });

  it("a tsconfig that cannot be read", async () => {
    expect((await run(project({ "tsconfig.json": "{ nope" }))).failure?.message).toContain("tsconfig.json");
  });

  it("a file that is no TypeScript", async () => {
    expect((await run(project({ "src/events.ts": "export interface Registry {\n  user: { id: \n" }))).failure?.message).toMatch(/^src\/events\.ts: line \d is not TypeScript: /);
  });

  it.each(["string", "{ id: string }[]", "[{ id: string }]", "any"])("a Registry that is %s, in one line and as a finding", async (type) => {
    const { code, out } = await run(project({ "src/events.ts": `export type Registry = ${type};\n` }));
    expect([code, out.match(/IMPORT_\w+/g)]).toEqual([1, ["IMPORT_LEFT_OUT"]]);
    expect(out).toContain("it is no object, and partials are the properties of one");
  });

  it("more fields than anybody queries", async () => {
    const many = "type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;\nexport interface Registry { user: Record<`f${Digit}${Digit}${Digit}${Digit}`, string> & { last: string } }\n";
    expect((await run(project({ "src/events.ts": many }))).failure?.message).toContain("the types have more than 10000 fields; the one after that is user.last");
  });

  it("an --out beyond the project", async () => {
    expect((await run(project(), { out: "../other" })).failure?.message).toContain("is outside the project");
  });
});
