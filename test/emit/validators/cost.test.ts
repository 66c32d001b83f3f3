/** What a validator costs where nothing is wrong: no memory, and no code for formats that its schema does not name. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";
import type { Format } from "../../../src/compiler/registry.js";
import { schemaModule } from "../../../src/emit/typescript/schema-module.js";
import { formatHelper } from "../../../src/emit/typescript/scalar-tests.js";
import { compilePartial } from "../../helpers/validator.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The validator of a definition, bundled with what it imports. */
async function bundled(definition: { readonly [key: string]: unknown }): Promise<string> {
  const { partial, diagnostics } = await compilePartial(definition);
  if (partial === undefined) throw new Error(diagnostics.map((one) => one.message).join("; "));
  const { outputFiles } = await build({
    stdin: { contents: 'export { check } from "./generated.js";', resolveDir: root },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "generated",
        setup: (on) => {
          on.onResolve({ filter: /^\.\/generated\.js$/ }, () => ({ path: "generated", namespace: "generated" }));
          on.onResolve({ filter: /^wevt\/codegen$/ }, () => ({ path: join(root, "src/runtime/codegen.ts"), sideEffects: false }));
          on.onLoad({ filter: /.*/, namespace: "generated" }, () => ({ contents: schemaModule(partial, { header: "// Generated." }), loader: "ts", resolveDir: root }));
        },
      },
    ],
  });
  return outputFiles.map((file) => file.text).join("");
}

const fields = {
  id: { type: "string", pattern: "^[a-z0-9]+$", minLength: 1, maxLength: 40 },
  plan: { enum: ["free", "pro"] },
  seats: { type: "integer", minimum: 0 },
  ratio: { type: ["number", "null"], maximum: 1 },
  admin: { type: "boolean" },
  tags: { type: "array", items: { type: "string" } },
  nested: { type: "object", properties: { a: { type: "string" }, b: { type: "integer" } } },
  counts: { type: "object", additionalProperties: { type: "integer" } },
};

/** Prints the bytes of garbage per call. */
const measure = `
import { check } from "./check.mjs";
const values = Array.from({ length: 64 }, (_one, index) => ({ id: "u" + index, plan: index % 2 ? "free" : "pro", seats: index, ratio: index % 3 ? index / 64 : null, admin: true, tags: ["a", "b" + index], nested: { a: "x" + index, b: index }, counts: { one: 1, two: index } }));
const issues = [];
const run = (rounds, list) => { for (let i = 0; i < rounds; i++) if (!check(values[i & 63], list)) throw new Error("refused " + JSON.stringify(list)); };
const bytes = [undefined, issues].map((list) => {
  run(300000, list);
  gc();
  const before = process.memoryUsage().heapUsed;
  run(1000000, list);
  return (process.memoryUsage().heapUsed - before) / 1000000;
});
console.log(JSON.stringify(bytes));
`;

it.each([false, true])("a right value is checked without garbage (open: %s)", { timeout: 60_000 }, async (additionalProperties) => {
  const folder = mkdtempSync(join(tmpdir(), "wevt-cost-"));
  try {
    writeFileSync(join(folder, "check.mjs"), await bundled({ partial: "t", properties: fields, additionalProperties }));
    writeFileSync(join(folder, "measure.mjs"), measure);
    const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--max-semi-space-size=64", "measure.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    const bytes: unknown = JSON.parse(stdout);
    expect(bytes).toEqual([expect.any(Number), expect.any(Number)]);
  for (const one of Array.isArray(bytes) ? bytes : []) expect(one).toBeLessThan(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const formats: readonly Format[] = ["date-time", "date", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "int64"];
/** Formats that are made of others. */
const parts: { readonly [format: string]: readonly Format[] } = { "date-time": ["date", "time"], email: ["ipv6", "ipv4"], ipv6: ["ipv4"], uri: ["ipv6", "ipv4"] };

it.each([undefined, ...formats])("a bundle holds the format that its schema names, and no other (%s)", async (format) => {
  const text = await bundled({ partial: "t", properties: { v: format === undefined ? { type: "string" } : { type: "string", format } } });
  const linked = formats.filter((one) => text.includes(`function ${formatHelper(one)}(`));
  expect(new Set(linked)).toEqual(new Set(format === undefined ? [] : [format, ...(parts[format] ?? [])]));
});
