// What the user's compiler pays for each imported partial of 20 fields, over an empty project, with tsc 5.9 and 7: TypeScript output, JavaScript output, and
// the same objects written with zod. A tenth of the partials is used; all are in the program. Empty is said twice: a program of one line without any types
// but ES2022, and the same as services have it, with the types of Node.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, limit, timeProcess } from "./measure.mjs";
import { makeProject } from "./registry.mjs";

const compilerOptions = { target: "ES2022", lib: ["ES2022"], module: "NodeNext", types: [], strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, isolatedModules: true, noEmit: true, skipLibCheck: true };

export default function tsc({ root, count = 500 }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-tsc-${process.pid}`), count, { root });
  symlinkSync(join(root, "test/bench/rivals/node_modules/zod"), join(folder, "node_modules/zod"), "junction");
  writeFileSync(join(folder, "wevt.config.yaml"), "version: 1\ngenerate:\n  - { emitter: typescript, out: src/ts }\n  - { emitter: typescript, out: src/js, output: js }\n");
  timeProcess(process.execPath, [join(root, "bin/wevt.js"), "generate", "--quiet"], { cwd: folder });
  makeZod(folder, count);
  mkdirSync(join(folder, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"), "junction");
  symlinkSync(join(root, "node_modules/undici-types"), join(folder, "node_modules/undici-types"), "junction");
  const used = (line) => Array.from({ length: count / 10 }, (_, index) => line(`thing${index * 10}`)).join("\n");
  const event = (output) => `import * as wevt from "./${output}/index.js";\nconst event = wevt.createWevt();\n${used((name) => `event.log(wevt.${name}({ id: "thing_1" }));`)}\n`;
  writeProgram(folder, "empty", "export const nothing: number = 1;\n");
  writeProgram(folder, "with-ts", event("ts"));
  writeProgram(folder, "with-js", event("js"));
  writeProgram(folder, "empty-node", "export const nothing: number = 1;\n", ["node"]);
  writeProgram(folder, "with-js-node", event("js"), ["node"]);
  writeProgram(folder, "with-zod", `import * as zod from "./zod/index.js";\n${used((name) => `zod.${name}.parse({ id: "thing_1" }).status;`)}\n`);

  for (const [compiler, max] of [["typescript-5.9", 2.2], ["typescript", 0.5]]) {
    const bin = join(root, "node_modules", compiler, "bin/tsc");
    const run = (name) => () => timeProcess(process.execPath, [bin, "-p", `tsconfig.${name}.json`], { cwd: folder });
    const result = compare(`${compiler}: ${count} partials, a tenth of them used`, [
      { name: "an empty project", run: run("empty") },
      { name: "wevt, TypeScript", run: run("with-ts") },
      { name: "wevt, output: js", run: run("with-js") },
      { name: "the same in zod", run: run("with-zod") },
      { name: "an empty project with Node's types", run: run("empty-node") },
      { name: "wevt, output: js, with Node's types", run: run("with-js-node") },
    ], { rounds: 7, difference: true });
    const perPartial = (name) => result[name].paired / count;
    limit(`${compiler}: ms per partial, TypeScript`, perPartial("wevt, TypeScript"), { atMost: max });
    limit(`${compiler}: output: js over empty`, result["wevt, output: js"].ms / result["an empty project"].ms, { atMost: 1.7 });
    limit(`${compiler}: output: js over empty, with Node's types`, result["wevt, output: js, with Node's types"].ms / result["an empty project with Node's types"].ms, { atMost: 1.7 });
    limit(`${compiler}: TypeScript over zod`, perPartial("wevt, TypeScript") / perPartial("the same in zod"), { atMost: 1 });
    limit(`${compiler}: output: js over zod`, perPartial("wevt, output: js") / perPartial("the same in zod"), { atMost: 1 });
  }
  rmSync(folder, { recursive: true, force: true });
}

function writeProgram(folder, name, text, types = []) {
  writeFileSync(join(folder, `src/${name}.ts`), text);
  writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify({ compilerOptions: { ...compilerOptions, types }, files: [`src/${name}.ts`] }));
}

/** A module per partial, as a team would write it by hand: the schema, and the type that is inferred from it. */
function makeZod(folder, count) {
  mkdirSync(join(folder, "src/zod"), { recursive: true });
  const scalars = ["z.string()", "z.number().int()", "z.number()", "z.boolean()"];
  for (let number = 0; number < count; number++) {
    const fields = Array.from({ length: 12 }, (_, index) => `  field${index}: ${scalars[index % 4]}.optional().describe("Field ${index} of partial ${number}."),\n`).join("");
    writeFileSync(join(folder, `src/zod/thing${number}.ts`), `import { z } from "zod";

export const thing${number} = z.strictObject({
  id: z.string().regex(/^[a-z]+_[0-9]+$/u).describe("Identifier of the thing."),
  status: z.enum(["open", "closed"]).optional().describe("State of the thing."),
  size: z.number().int().min(0).max(1000000).optional().describe("Size of the thing."),
  durationMs: z.number().min(0).optional().describe("Time it took."),
  active: z.boolean().optional().describe("Whether it is in use."),
  startedAt: z.iso.datetime().optional().describe("When it began."),
  tags: z.array(z.string()).optional().describe("Tags of the thing."),
  limits: z.strictObject({ max: z.number().int().min(1), soft: z.boolean().optional() }).optional().describe("Limits that applied."),
${fields}});
export type Thing${number} = z.infer<typeof thing${number}>;
`);
  }
  writeFileSync(join(folder, "src/zod/index.ts"), Array.from({ length: count }, (_, number) => `export * from "./thing${number}.js";\n`).join(""));
}
