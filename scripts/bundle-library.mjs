// Bundles what the package exports: a program that imports wevt loads a few files instead of sixty, in a fifth of the time. What several exports share stands once.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./bundle-cli.mjs";

/** Generated code imports both: all that these two import becomes one file, which the other exports share. */
const main = ["runtime/index.js", "runtime/codegen.js"];
const core = "shared/core.js";

/**
 * Bundles the modules that tsc has written, in place; those that are no exports go.
 *
 * @param {{ folder: string }} options the new dist, as an absolute path
 */
export async function bundleLibrary({ folder }) {
  const options = { absWorkingDir: folder, outdir: folder, outbase: folder, allowOverwrite: true, bundle: true, format: "esm", platform: "neutral", target: "es2022", legalComments: "none", logLevel: "warning" };
  const entries = exported(folder);
  const modules = modulesBelow(folder);
  const names = await namesInCore(options);
  const everything = [...names.keys()].map((module) => `export * from "./${module}";\n`).join("");
  await build({ ...options, stdin: { contents: everything, resolveDir: folder, sourcefile: core }, outdir: undefined, outfile: join(folder, core), external: ["node:*"] });
  const there = await namesOf(join(folder, core));
  const twice = [...names.values()].flat().find((name) => !there.includes(name));
  if (twice !== undefined) throw new Error(`two modules of the runtime export ${twice}, which its bundle cannot: rename one`);
  await build({ ...options, entryPoints: entries, splitting: true, chunkNames: "shared/[name]-[hash]", external: ["node:*"], plugins: [fromCore(folder, names)] });
  for (const module of modules) if (!entries.includes(module)) rmSync(join(folder, module));
  for (const module of modulesBelow(folder)) finishImports(folder, module);
}

/** The modules of the core, and what each exports. */
async function namesInCore(options) {
  const { metafile } = await build({ ...options, entryPoints: main, external: ["node:*"], metafile: true, write: false });
  const modules = Object.keys(metafile.inputs).filter((module) => !main.includes(module));
  return new Map(await Promise.all(modules.map(async (module) => [module, await namesOf(join(options.outdir, module))])));
}

async function namesOf(path) {
  return Object.keys(await import(pathToFileURL(path)));
}

/** What is imported of the core's modules is imported of the core. An export of all that one of them exports is one of its names. */
function fromCore(folder, names) {
  const namesAt = (resolveDir, path) => names.get(relative(folder, join(resolveDir, path)).replaceAll("\\", "/"));
  return {
    name: "from-core",
    setup(builder) {
      builder.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (namesAt(resolveDir, path) === undefined ? undefined : { path: core, external: true }));
      builder.onLoad({ filter: /\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(/^export \* from "(\.[^"]+)";$/gm, (all, from) => {
          const exported = namesAt(dirname(path), from);
          return exported === undefined ? all : `export { ${exported.join(", ")} } from "${from}";`;
        }),
      }));
    },
  };
}

/** Puts the way to the core where its name stands. Nothing here has side effects: an import without names loads a file for nothing, and users' bundlers warn of it. */
function finishImports(folder, module) {
  const path = join(folder, module);
  const toCore = "../".repeat(module.split("/").length - 1) + core;
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(`from "${core}";`, `from "${toCore}";`).replace(/^import "[^"\n]*";\n/gm, ""));
}

/** Paths below dist of the modules that package.json exports. */
function exported(folder) {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const paths = Object.values(exports).flatMap((target) => (typeof target === "object" && target !== null ? [target.default.replace("./dist/", "")] : []));
  return paths.flatMap((path) => (path.includes("*") ? modulesBelow(folder).filter((module) => new RegExp(`^${path.replace(".", "\\.").replace("*", "[^/]+")}$`).test(module)) : [path]));
}

function modulesBelow(folder) {
  return readdirSync(folder, { recursive: true }).map((path) => path.replaceAll("\\", "/")).filter((path) => path.endsWith(".js"));
}
