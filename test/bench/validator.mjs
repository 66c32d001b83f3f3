// Our validators against ajv standalone: the same schema, the same events, all errors collected on both sides; and what a validator weighs.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { env, limit, median } from "./measure.mjs";
import { commonPartial, eventSchema, makeEvent } from "./validator-event.mjs";

const self = fileURLToPath(import.meta.url);
const work = fileURLToPath(new URL("../../node_modules/.cache/wevt-bench-validator/", import.meta.url));

export default async function bench({ root }) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const generate = await generator(root);
  for (const closed of [true, false]) {
    const schema = eventSchema({ closed });
    await bundle(root, `ours-${closed}`, { "./event.js": await generate({ partial: "event", ...schema }) }, 'export { check } from "./event.js";');
    await writeAjv(schema, closed);
  }
  console.log(`\nvalidator: a valid event of 72 leaves, all errors collected (Node ${process.versions.node})`);
  console.log("  ajv: standalone code of ajv.compile with allErrors, optimised, the very same schema; ours: the generated module, an empty list of issues handed in.");
  for (const closed of [true, false]) {
    const runs = [0, 1, 2].map(() => child(closed));
    const [ratio, ours, ajv] = ["ratio", "ours", "ajv"].map((key) => median(runs.map((run) => run[key])));
    console.log(`  ${closed ? "closed" : "open  "}  ours ${ours.toFixed(0).padStart(5)} ns   ajv ${ajv.toFixed(0).padStart(5)} ns   ajv / ours ${ratio.toFixed(2)}`);
    limit(`ours / ajv, ${closed ? "closed" : "open"}`, 1 / ratio, closed ? 1 / 2 : 1 / 1.4);
  }
  await weigh(root, generate);
}

/** Definition → text of its `.schema.ts`, by the sources as they are. */
async function generator(root) {
  const { build } = await import("esbuild");
  const entry = ['export { compile } from "./src/compiler/compile.ts";', 'export { defaultConfig } from "./src/compiler/config.ts";', 'export { schemaModule } from "./src/emit/typescript/schema-module.ts";'].join("\n");
  await build({ stdin: { contents: entry, resolveDir: root }, bundle: true, platform: "node", format: "esm", packages: "external", outfile: `${work}generator.mjs`, logLevel: "error" });
  const { compile, defaultConfig, schemaModule } = await import(pathToFileURL(`${work}generator.mjs`).href);
  return async (definition) => {
    const { value, diagnostics } = await compile({ files: [{ path: "schemas/one.json", text: JSON.stringify(definition) }], config: defaultConfig });
    if (value === undefined) throw new Error(diagnostics.map((one) => `${one.id} ${one.message}`).join("\n"));
    return schemaModule(value.partials[0], { header: "// Generated." });
  };
}

/** Bundles generated modules with the runtime they import; returns the text. */
async function bundle(root, name, modules, entry, { minify = false } = {}) {
  const { build } = await import("esbuild");
  const plugin = {
    name: "generated",
    setup(on) {
      on.onResolve({ filter: /^\.\/.*\.js$/ }, ({ path, importer }) => (modules[path] === undefined || importer.includes("/src/") ? undefined : { path, namespace: "generated" }));
      on.onResolve({ filter: /^wevt\/codegen$/ }, () => ({ path: `${root}/src/runtime/codegen.ts`, sideEffects: false }));
      on.onLoad({ filter: /.*/, namespace: "generated" }, ({ path }) => ({ contents: modules[path], loader: "ts", resolveDir: root }));
    },
  };
  const outfile = `${work}${name}.mjs`;
  await build({ stdin: { contents: entry, resolveDir: root }, bundle: true, format: "esm", minify, outfile, plugins: [plugin], logLevel: "error" });
  return readFileSync(outfile, "utf8");
}

async function writeAjv(schema, closed) {
  const [{ Ajv2020 }, { default: standalone }] = await Promise.all([import("ajv/dist/2020.js"), import("ajv/dist/standalone/index.js")]);
  const ajv = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true, unicodeRegExp: true, code: { source: true, esm: false, optimize: true } });
  const code = (typeof standalone === "function" ? standalone : standalone.default)(ajv, ajv.compile(schema));
  writeFileSync(`${work}ajv-${closed}.cjs`, code);
}

function child(closed) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [self, "--child", String(closed)], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function weigh(root, generate) {
  const texts = await Promise.all(Array.from({ length: 100 }, (_one, index) => generate(commonPartial(index))));
  const modules = Object.fromEntries(texts.map((text, index) => [`./p${index}.js`, text]));
  const pick = (names) => texts.map((_text, index) => `export { ${names.map((name) => `${name} as ${name}${index}`).join(", ")} } from "./p${index}.js";`).join("\n");
  const checks = await bundle(root, "checks", modules, pick(["check"]), { minify: true });
  const both = await bundle(root, "both", modules, pick(["check", "rule"]), { minify: true });
  const kilobytes = (text) => gzipSync(text, { level: 9 }).length / 1024 / 100;
  console.log("\nvalidator size: 100 partials of 20 fields in one minified bundle with the helpers, gzip, divided by 100");
  console.log(`  validators ${kilobytes(checks).toFixed(3)} KB   with rules ${kilobytes(both).toFixed(3)} KB   source as generated ${(texts.join("").length / 1024 / 100).toFixed(1)} KB, not compressed`);
  limit("KB gzip per 20-field partial", kilobytes(checks), 0.6);
}

/** One pair in a process of its own: rounds in turn; the ratio is the median of the rounds' ratios. */
async function runChild(closed) {
  const { check } = await import(pathToFileURL(`${work}ours-${closed}.mjs`).href);
  const { default: validate } = await import(pathToFileURL(`${work}ajv-${closed}.cjs`).href);
  const events = Array.from({ length: 1024 }, (_one, index) => makeEvent(index));
  const issues = [];
  const contenders = [(event) => check(event, issues), (event) => validate(event)];
  for (const contender of contenders) {
    if (!events.every(contender)) throw new Error("a contender refuses a right event");
    if (contender({ ...events[0], eventId: 1 })) throw new Error("a contender accepts a wrong event");
    issues.length = 0;
  }
  const time = (contender, rounds) => {
    let right = 0;
    const start = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) for (let index = 0; index < 1024; index++) if (contender(events[index])) right++;
    if (right !== rounds * 1024) throw new Error("a verdict changed");
    return Number(process.hrtime.bigint() - start) / right;
  };
  for (const contender of contenders) time(contender, 150);
  const rounds = Array.from({ length: 41 }, () => contenders.map((contender) => time(contender, 6)));
  const result = { ours: median(rounds.map(([ours]) => ours)), ajv: median(rounds.map(([, ajv]) => ajv)), ratio: median(rounds.map(([ours, ajv]) => ajv / ours)) };
  process.stdout.write(JSON.stringify(result));
}

if (process.argv[2] === "--child") await runChild(process.argv[3] === "true");
