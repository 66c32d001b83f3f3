/** Generated code on disk, beside a `wevt` that resolves as it does for a user: compiled by tsc under the strictest flags, and run. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Registry } from "../../src/compiler/registry.js";
import type { OutputFile } from "../../src/emit/emitter.js";
import { typescriptEmitter } from "../../src/emit/typescript.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** DESIGN.md §5, and everything else that a strict team turns on. */
export const strictest = {
  target: "ES2022",
  lib: ["ES2022"],
  types: [],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  isolatedDeclarations: true,
  declaration: true,
  skipLibCheck: false,
  noEmit: true,
};

export interface GeneratedProject {
  readonly folder: string;
  /** Adds or replaces a file. */
  write(path: string, text: string): void;
  /** The errors of `tsc -p .`, without the folder; empty when it compiles. */
  typecheck(compiler: "typescript" | "typescript-5.9"): string;
  /** What the compiler loads for a program of this one file beside its own libraries, sorted: files of the project, and of `wevt`. */
  loaded(compiler: "typescript" | "typescript-5.9", path: string): readonly string[];
  /** Bundles a file and runs it; what it printed. */
  run(path: string): string;
  remove(): void;
}

export async function generatedFiles(registry: Registry, options: { readonly importExtension?: "js" | "ts"; readonly output?: "ts" | "js" } = {}): Promise<readonly OutputFile[]> {
  return typescriptEmitter.emit(registry, { options, out: "src/wevt" });
}

/** Emits each registry into `src/<name>`. `checked` strips `@ts-nocheck`, so that the heavy halves are compiled too. */
export async function generatedProject(registries: { readonly [name: string]: Registry }, { checked = true, output = "ts" }: { readonly checked?: boolean; readonly output?: "ts" | "js" } = {}): Promise<GeneratedProject> {
  const base = join(root, "node_modules/.cache/wevt-test");
  mkdirSync(base, { recursive: true });
  const folder = realpathSync(mkdtempSync(join(base, "generated-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/wevt"), "dir");
  write("package.json", JSON.stringify({ type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: strictest, include: ["src"] }));
  for (const [name, registry] of Object.entries(registries)) {
    for (const { path, text } of await generatedFiles(registry, { output })) write(`src/${name}/${path}`, checked ? text.replace("// @ts-nocheck\n", "") : text);
  }
  const compile = (compiler: string, parameters: readonly string[]): string => {
    const { stdout } = spawnSync(process.execPath, [join(root, "node_modules", compiler, "bin/tsc"), ...parameters], { cwd: folder, encoding: "utf8" });
    return stdout.replaceAll(folder, "").trim();
  };
  return {
    folder,
    write,
    typecheck: (compiler) => compile(compiler, ["-p", "."]),
    loaded: (compiler, path) => {
      write("tsconfig.loaded.json", JSON.stringify({ compilerOptions: strictest, files: [path] }));
      return compile(compiler, ["-p", "tsconfig.loaded.json", "--listFilesOnly"]).split("\n").map((file) => file.replace(/^\//, "").replace(/^.*\/(?=dist\/)/, "wevt/")).filter((file) => /^(?:src|wevt)\//.test(file)).sort();
    },
    run: (path) => {
      buildSync({ entryPoints: [join(folder, path)], outfile: join(folder, "out.mjs"), bundle: true, format: "esm", platform: "node", logLevel: "error" });
      return execFileSync(process.execPath, [join(folder, "out.mjs")], { encoding: "utf8" });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
