// What the first event of a process needs is compiled when wevt is imported: a service opens its port a millisecond later, and its first request takes half the time.
//
// V8 skims a function when it loads a file and compiles it at its first call; one in parentheses it compiles at once. Here the built library emits an event,
// V8 tells what ran, and those functions are put in parentheses: `function f() {}` becomes `const f = (function f() {});`. `npm run bench -- emit` has the figure.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./bundle-cli.mjs";

const config = "version: 1\ngenerate:\n  - { emitter: typescript, out: src/wevt, output: js }\n";

/** A field of each kind that events mostly have. */
const schemas = `originator: job
type: object
properties:
  queue: { type: string }
  headers: { type: object, additionalProperties: { type: string } }
---
partial: work
type: object
required: [id, state]
properties:
  id: { type: string, maxLength: 64 }
  state: { type: string, enum: [done, left] }
  tries: { type: integer, minimum: 0 }
  ratio: { type: number }
  last: { type: boolean }
  tags: { type: array, items: { type: string } }
  part: { type: object, properties: { name: { type: string } } }
`;

/** @param {{ folder: string }} options the new dist, as an absolute path; its modules are rewritten in place */
export function compileAtImport({ folder }) {
  const project = mkdtempSync(join(realpathSync(tmpdir()), "wevt-build-"));
  try {
    const installed = join(project, "node_modules/wevt");
    mkdirSync(join(installed, "bin"), { recursive: true });
    for (const file of ["package.json", "bin/wevt.js"]) copyFileSync(join(root, file), join(installed, file));
    symlinkSync(folder, join(installed, "dist"), "junction");
    mkdirSync(join(project, "schemas"));
    for (const [index, text] of schemas.split("---\n").entries()) writeFileSync(join(project, `schemas/${index}.yaml`), text);
    writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(project, "wevt.config.yaml"), config);
    copyFileSync(join(root, "scripts/first-event.mjs"), join(project, "first-event.mjs"));
    execFileSync(process.execPath, [join(installed, "bin/wevt.js"), "generate"], { cwd: project, stdio: "pipe" });
    const ran = JSON.parse(execFileSync(process.execPath, ["first-event.mjs"], { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
    let changed = 0;
    for (const { url, functions } of ran) {
      const path = fileURLToPath(url);
      if (!path.startsWith(folder)) continue;
      const before = readFileSync(path, "utf8");
      const after = inParentheses(before, functions);
      if (after !== before) changed += 1;
      writeFileSync(path, after);
    }
    if (changed === 0) throw new Error("no function of the library ran in scripts/first-event.mjs, or none is written as `function name(` at the beginning of a line");
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** Declarations of the module's own level alone: the text of each stays as it is, and stays where it is. */
function inParentheses(text, functions) {
  let result = "";
  let done = 0;
  for (const { name, start, end } of functions.toSorted((left, right) => left.start - right.start)) {
    if (!text.startsWith(`function ${name}(`, start) || text[start - 1] !== "\n") continue;
    result += `${text.slice(done, start)}const ${name} = (${text.slice(start, end)});`;
    done = end;
  }
  return result + text.slice(done);
}
