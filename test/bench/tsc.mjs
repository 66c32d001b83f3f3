// What the user's compiler pays for each imported partial of 20 fields, over an empty project, with tsc 5.9 and 7.
import { rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, limit, timeProcess } from "./measure.mjs";
import { makeProject } from "./registry.mjs";

const compilerOptions = { target: "ES2022", lib: ["ES2022"], module: "NodeNext", types: [], strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, isolatedModules: true, noEmit: true, skipLibCheck: true };

export default function tsc({ root, count = 500 }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-tsc-${process.pid}`), count, { root });
  timeProcess(process.execPath, [join(root, "bin/wevt.js"), "generate", "--quiet"], { cwd: folder });
  const used = Array.from({ length: count / 10 }, (_, index) => `event.log(wevt.thing${index * 10}({ id: "thing_1" }));`);
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "src/main.ts"), `import * as wevt from "./wevt/index.js";\nconst event = wevt.createWevt();\n${used.join("\n")}\n`);
  writeFileSync(join(folder, "src/empty.ts"), "export const nothing: number = 1;\n");
  for (const name of ["main", "empty"]) writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify({ compilerOptions, files: [`src/${name}.ts`] }));

  for (const [compiler, max] of [["typescript-5.9", 2.2], ["typescript", 0.5]]) {
    const bin = join(root, "node_modules", compiler, "bin/tsc");
    const run = (name) => () => timeProcess(process.execPath, [bin, "-p", `tsconfig.${name}.json`], { cwd: folder });
    const result = compare(`${compiler}: ${count} partials, a tenth of them used`, [
      { name: "an empty project", run: run("empty") },
      { name: "the generated folder and its use", run: run("main") },
    ], { rounds: 5, difference: true });
    limit(`${compiler}: ms per partial`, result["the generated folder and its use"].paired / count, max);
  }
  rmSync(folder, { recursive: true, force: true });
}
