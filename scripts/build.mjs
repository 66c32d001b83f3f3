// Builds dist/: the library with tsc, then bundled by export, its main declarations in one file; the command line as one bundle; writes THIRD-PARTY-NOTICES.md. `npm run build`.
// With --keep-going, types errors are reported and the files are written all the same (for tests while you are in the middle of a change).
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleCli, root } from "./bundle-cli.mjs";
import { bundleLibrary } from "./bundle-library.mjs";
import { compileAtImport } from "./compile-at-import.mjs";
import { flattenDeclarations } from "./flatten-declarations.mjs";
import { noticesOf } from "./notices.mjs";

const keepGoing = process.argv.includes("--keep-going");
const fresh = `dist.${process.pid}`;

try {
  const compiled = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", fresh], { cwd: root, stdio: ["ignore", 2, 2] });
  if (compiled.status !== 0 && !keepGoing) throw new Error("tsc failed: see above");

  await bundleLibrary({ folder: join(root, fresh) });
  flattenDeclarations({ folder: join(root, fresh), entries: ["runtime/index.d.ts", "runtime/codegen.d.ts"], into: "runtime/declarations.d.ts" });

  const metafile = await bundleCli({ outdir: `${fresh}/cli` });
  compileAtImport({ folder: join(root, fresh) });
  const notices = noticesOf(metafile);
  const path = join(root, "THIRD-PARTY-NOTICES.md");
  if (!existsSync(path) || readFileSync(path, "utf8") !== notices) writeFileSync(path, notices);

  replace(join(root, "dist"), join(root, fresh));
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.error(`built dist/ (command line: ${Math.round(bytes / 1024)} KB in ${Object.keys(metafile.outputs).length} files)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(join(root, fresh), { recursive: true, force: true });
}

/** The old folder is there until the new one is complete. */
function replace(target, source) {
  rmSync(`${target}.old`, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, `${target}.old`);
  renameSync(source, target);
  rmSync(`${target}.old`, { recursive: true, force: true });
}
