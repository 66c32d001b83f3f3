// Bundles what the package exports: a program that imports wevt loads a few files instead of sixty, in a quarter of the time. What several exports share stands once.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bundle-cli.mjs";

/**
 * Bundles the modules that tsc has written, in place; those that are no exports go.
 *
 * @param {{ folder: string }} options the new dist, as an absolute path
 */
export async function bundleLibrary({ folder }) {
  const entries = exported(folder);
  const modules = modulesBelow(folder);
  await build({
    absWorkingDir: folder,
    entryPoints: entries.map((entry) => join(folder, entry)),
    outdir: folder,
    outbase: folder,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    chunkNames: "shared/[name]-[hash]",
    legalComments: "none",
    external: ["node:*"],
    logLevel: "warning",
  });
  for (const module of modules) if (!entries.includes(module)) rmSync(join(folder, module));
  for (const module of modulesBelow(folder)) withoutBareImports(join(folder, module));
}

/** Nothing here has side effects: an import without names loads a file for nothing, and users' bundlers warn of it. */
function withoutBareImports(path) {
  writeFileSync(path, readFileSync(path, "utf8").replace(/^import "\.[^"\n]*";\n/gm, ""));
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
