// Modules of ours that are no exports, for benchmarks of parts: one file each.
import { join } from "node:path";
import { build } from "esbuild";

/** Writes the module with what it imports to `file`, an absolute path that ends with .mjs. */
export async function writeSource(root, module, file) {
  await build({ entryPoints: [join(root, module)], outfile: file, bundle: true, format: "esm", platform: "neutral", logLevel: "error" });
}
