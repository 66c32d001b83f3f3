// Bundles the command line with every package it uses into dist/cli, so that installing wevt installs one package.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** What CommonJS packages expect to find, in an ES module. */
const banner = `import { createRequire as __createRequire } from "node:module";
import { fileURLToPath as __fileURLToPath } from "node:url";
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __fileURLToPath(new URL(".", import.meta.url));`;

/**
 * Packages that json-schema-to-typescript loads and wevt never reaches: it is called with `format: false` (no prettier), with a schema object
 * (no YAML, no file search), and with both resolvers off. At load it builds a YAML schema, so `CORE_SCHEMA` answers; every other call throws.
 */
const unreached = /^(prettier|js-yaml|tinyglobby|minimist)$/;
const stubbedFor = /node_modules[\\/](json-schema-to-typescript|@apidevtools[\\/]json-schema-ref-parser)[\\/]/;
const stub = (name) => `const missing = () => { throw new Error(${JSON.stringify(`${name} is not part of wevt`)}); };
module.exports = { __esModule: true, default: { load: missing }, load: missing, glob: missing, format: missing, CORE_SCHEMA: { withTags: () => ({}) }, JSON_SCHEMA: {} };`;

const stubUnreached = {
  name: "stub-unreached",
  setup(builder) {
    builder.onResolve({ filter: unreached }, ({ path, importer }) => (stubbedFor.test(importer) ? { path, namespace: "unreached" } : undefined));
    builder.onLoad({ filter: /.*/, namespace: "unreached" }, ({ path }) => ({ contents: stub(path), loader: "js" }));
  },
};

/** `import("package")` of a CommonJS package: split into a chunk of its own it would have a default export only, so its names are spelled out. */
const namedImports = {
  name: "named-imports",
  setup(builder) {
    const spelled = "spelled-out";
    builder.onResolve({ filter: /^[a-z@]/ }, ({ path, kind, namespace, resolveDir }) => (kind === "dynamic-import" && namespace === "file" && !isBuiltin(path) ? { path, namespace: spelled, pluginData: resolveDir } : undefined));
    builder.onLoad({ filter: /.*/, namespace: spelled }, async ({ path, pluginData }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== "default" && name !== "module.exports");
      return { contents: `export { ${names.join(", ")} } from ${JSON.stringify(path)};`, resolveDir: pluginData, loader: "js" };
    });
  },
};

/** The declarations of the language and the DOM travel inside ts-morph: without their comments, which nobody reads there (1.6 of 2.8 MB). */
const strippedLibrary = {
  name: "stripped-library",
  setup(builder) {
    builder.onLoad({ filter: /@ts-morph[\\/]common[\\/]dist[\\/]ts-morph-common\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const from = text.indexOf("const libFiles = [");
      const to = text.indexOf("\nfunction getLibFiles()", from);
      if (from < 0 || to < 0) throw new Error(`${path} has another form: bundle-cli.mjs looks for its list of libFiles`);
      const { getLibFiles, ts } = createRequire(import.meta.url)("@ts-morph/common");
      const printer = ts.createPrinter({ removeComments: true });
      const bare = getLibFiles().map(({ fileName, text: full }) => ({ fileName, text: printer.printFile(ts.createSourceFile(fileName, full, ts.ScriptTarget.Latest)).replace(/^ +/gm, "") }));
      return { contents: `${text.slice(0, from)}const libFiles = ${JSON.stringify(bare)};\n${text.slice(to)}`, loader: "js" };
    });
  },
};

/**
 * Bundles and returns esbuild's metafile, which says what went in.
 *
 * @param {{ outdir: string, entry?: string, write?: boolean }} options
 */
export async function bundleCli({ outdir, entry = "src/cli/main.ts", write = true }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: false,
    write,
    format: "esm",
    platform: "node",
    target: "node20.19",
    chunkNames: "chunks/[name]-[hash]",
    legalComments: "none",
    banner: { js: banner },
    plugins: [namedImports, stubUnreached, strippedLibrary],
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}
