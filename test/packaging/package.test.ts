/** The package as npm would publish it, and installed in an empty project. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env, root, temporaryFolder } from "../helpers/example.js";

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

describe("the packed package", () => {
  let folder = "";
  let packed: Packed = { filename: "", unpackedSize: 0, files: [] };
  const tarball = (): string => join(folder, packed.filename);
  const run = (file: string, parameters: readonly string[], cwd = root): string => execFileSync(file, parameters, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(() => {
    folder = temporaryFolder();
    const answer: readonly Packed[] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]));
    if (answer[0] !== undefined) packed = answer[0];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the command, the library, the schemas, the templates and the legal texts, and nothing else", () => {
    const tops = new Set(packed.files.map(({ path }) => (path.startsWith("templates/") ? path.split("/").slice(0, 2).join("/") : path.split("/")[0])));
    expect([...tops].sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "THIRD-PARTY-NOTICES.md", "bin", "dist", "package.json", "schemas", "templates/init"]);
    expect(packed.files.filter(({ path }) => /node_modules|\.test\.|\.tsbuildinfo|templates\/init\/[^/]+\/(src\/wevt|docs)\//.test(path))).toEqual([]);
  });

  it("holds every file that the exports, the bin and the imports of dist name", () => {
    const paths = new Set(packed.files.map(({ path }) => path));
    const manifest: { readonly bin: { readonly wevt: string }; readonly exports: { readonly [key: string]: unknown } } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [manifest.bin.wevt, ...Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target ?? {})))].map(String);
    expect(named.filter((path) => !path.includes("*") && !paths.has(path.replace(/^\.\//, "")))).toEqual([]);
    expect([...paths].filter((path) => path.startsWith("dist/collectors/") && path.endsWith(".d.ts")).length).toBeGreaterThanOrEqual(3);
  });

  it("exports at run time what its sources export, and nothing of what they share", async () => {
    const manifest: { readonly exports: { readonly [key: string]: { readonly default?: string } | string } } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const built = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" || target.default === undefined || target.default.includes("*") ? [] : [target.default]));
    for (const path of [...built, ...["file", "memory", "stdio"].map((name) => `./dist/collectors/${name}.js`)]) {
      const [mine, theirs]: readonly object[] = await Promise.all([import(join(root, path)), import(join(root, path.replace("dist", "src").replace(/js$/, "ts")))]);
      expect(Object.keys(mine ?? {}).sort(), path).toEqual(Object.keys(theirs ?? {}).sort());
    }
  });

  it("compiles with the import what a first event calls: those functions are in parentheses, and what only mistakes call is not", () => {
    const core = readFileSync(join(root, "dist/shared/core.js"), "utf8");
    for (const name of ["openEvent", "takeSlots", "emitEvent", "recordOf"]) expect(core).toContain(`\nconst ${name} = (function ${name}(`);
    for (const name of ["errorRecord", "explanationOf"]) expect(core).toContain(`\nfunction ${name}(`);
  });

  it("declares nothing with the types of Node: a project need not have them", () => {
    const declarations = packed.files.map(({ path }) => path).filter((path) => /^dist\/(runtime|testing|collectors|propagation|sampling)\/.*\.d\.ts$/.test(path));
    const code = (path: string): string => readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    expect(declarations.filter((path) => /\bNodeJS\.|import\("node:|from "node:|\bBuffer\b/.test(code(path)))).toEqual([]);
  });

  it("is under 10 MB unpacked", () => {
    expect(packed.unpackedSize).toBeLessThan(10_000_000);
  });

  it("installs as one package: no dependencies, no install scripts", () => {
    const project = join(folder, "project");
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
    run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball()], project);
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["wevt"]);
    const manifest: { readonly version: string; readonly scripts?: object } = JSON.parse(readFileSync(join(project, "node_modules/wevt/package.json"), "utf8"));
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
    expect(run(process.execPath, ["node_modules/wevt/bin/wevt.js", "--version"], project).trim()).toBe(manifest.version);
  });

  it("takes a newcomer from an empty project to an event: init, generate, tsc, run", () => {
    const project = join(folder, "newcomer");
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "newcomer", private: true, type: "module" }));
    run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball()], project);
    const wevt = (...parameters: readonly string[]): string => run(process.execPath, ["node_modules/wevt/bin/wevt.js", ...parameters], project);
    wevt("init");
    wevt("generate");
    wevt("generate", "--check");
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], project);
    expect(wevt("usage", "user.tier")).toContain("src/main.ts:");
    const record: { readonly user?: object } = JSON.parse(run(process.execPath, ["dist/main.js"], project));
    expect(record.user).toEqual({ id: "user_42", tier: "pro" });
  });

  it("satisfies publint", () => {
    run(process.execPath, [join(root, "node_modules/publint/src/cli.js"), "run", tarball(), "--strict"]);
  });

  it("resolves with types under node16 and bundlers (are the types wrong)", () => {
    const entries = [".", "./codegen", "./emit", "./testing", "./propagation", "./sampling", "./streams", "./redaction", "./messages", "./console", "./collectors/stdio", "./collectors/file", "./collectors/memory"];
    run(process.execPath, [join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"), tarball(), "--profile", "esm-only", "--no-definitely-typed", "--entrypoints", ...entries]);
  });
});

describe("the bundled command line", () => {
  it("loads the TypeScript compiler for the commands that read TypeScript, and for nothing else", async () => {
    const { bundleCli } = await import("../../scripts/bundle-cli.mjs");
    const { outputs } = await bundleCli({ outdir: "dist/cli", write: false });
    const loads = (path: string, seen = new Set<string>()): boolean => {
      if (seen.has(path)) return false;
      seen.add(path);
      const inputs = Object.keys(outputs[path]?.inputs ?? {});
      const imports = outputs[path]?.imports ?? [];
      return inputs.some((one) => one.includes("@ts-morph")) || imports.some((one) => one.kind === "import-statement" && loads(one.path, seen));
    };
    const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) => (entryPoint !== undefined && entryPoint.startsWith("src/cli/") && loads(path) ? [entryPoint] : []));
    expect(entries.filter((one) => !/^src\/cli\/commands\/(usage|import-\w+|import)\.ts$/.test(one))).toEqual([]);
    expect(Object.keys(outputs).some((path) => loads(path))).toBe(true);
  }, 60_000);
});

describe("THIRD-PARTY-NOTICES.md", () => {
  it("names every package whose code is in the bundle, with its licence", async () => {
    const { bundleCli } = await import("../../scripts/bundle-cli.mjs");
    const { noticesOf } = await import("../../scripts/notices.mjs");
    const expected = noticesOf(await bundleCli({ outdir: "dist/cli", write: false }));
    expect(readFileSync(join(root, "THIRD-PARTY-NOTICES.md"), "utf8")).toBe(expected);
    for (const name of ["commander", "js-yaml", "json-schema-to-typescript"]) expect(expected).toContain(`## ${name} `);
    expect(expected).not.toContain("## prettier");
  });
});
