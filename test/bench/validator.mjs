// Our validators against ajv standalone: the same schema, the same events, all errors collected on both sides; and what a validator weighs.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { env, limit, median } from "./measure.mjs";
import { commonPartial, eventSchema, leaves, makeEvent, makeWrongEvent } from "./validator-event.mjs";

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
  console.log(`\nvalidator: the reference event, ${leaves()} declared fields in eleven objects, 70 to 73 of them present, all errors collected (Node ${process.versions.node})`);
  console.log("  ajv: standalone code of ajv.compile with allErrors, optimised, the very same schema; ours: the generated module, a list of issues handed in, a new one for each wrong event.");
  console.log("  right: every event is valid. wrong: each has three mistakes, of which ours tells path, keys, rule, expected, received and place in the schema.");
  for (const closed of [true, false]) {
    for (const wrong of [false, true]) {
      const runs = Array.from({ length: 5 }, () => child(closed, wrong));
      const [ratio, ours, ajv] = ["ratio", "ours", "ajv"].map((key) => median(runs.map((run) => run[key])));
      console.log(`  ${closed ? "closed" : "open  "} ${wrong ? "wrong" : "right"}  ours ${ours.toFixed(0).padStart(5)} ns   ajv ${ajv.toFixed(0).padStart(5)} ns   ajv / ours ${ratio.toFixed(2)}`);
      if (!wrong) limit(`as fast as ajv, ${closed ? "closed" : "open"}, ×`, ratio, { atLeast: closed ? 2 : 1.4 });
    }
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

function child(closed, wrong) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [self, "--child", String(closed), String(wrong)], { env, encoding: "utf8" });
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
  limit("KB gzip per 20-field partial", kilobytes(checks), { atMost: 0.6 });
}

/** One pair in a process of its own: rounds in turn; the ratio is the median of the rounds' ratios. */
async function runChild(closed, wrong) {
  const { check } = await import(pathToFileURL(`${work}ours-${closed}.mjs`).href);
  const { default: validate } = await import(pathToFileURL(`${work}ajv-${closed}.cjs`).href);
  const count = 1024;
  const events = Array.from({ length: count }, (_one, index) => (wrong ? makeWrongEvent(index) : makeEvent(index)));
  const none = [];
  const contenders = [wrong ? (event) => check(event, []) : (event) => check(event, none), (event) => validate(event)];
  for (const contender of contenders) {
    if (events.some((event) => contender(event) === wrong)) throw new Error("a contender has another verdict");
    if (contender({ ...makeEvent(0), eventId: 1 })) throw new Error("a contender accepts a wrong event");
    none.length = 0;
  }
  const found = [];
  if (wrong && (check(events[0], found) || validate(events[0]) || found.length !== 3 || validate.errors.length !== 3)) throw new Error("a contender does not find three mistakes");
  const time = (contender, rounds) => {
    let right = 0;
    const start = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) for (let index = 0; index < count; index++) if (contender(events[index])) right++;
    if (right !== (wrong ? 0 : rounds * count)) throw new Error("a verdict changed");
    return Number(process.hrtime.bigint() - start) / (rounds * count);
  };
  for (const contender of contenders) time(contender, 150);
  const rounds = Array.from({ length: 41 }, () => contenders.map((contender) => time(contender, 6)));
  const result = { ours: median(rounds.map(([one]) => one)), ajv: median(rounds.map(([, ajv]) => ajv)), ratio: median(rounds.map(([one, ajv]) => ajv / one)) };
  process.stdout.write(JSON.stringify(result));
}

if (process.argv[2] === "--child") await runChild(process.argv[3] === "true", process.argv[4] === "true");
