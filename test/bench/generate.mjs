// `wevt generate` of N partials with 20 fields: all files (types, registry, builders, validators, Markdown, fields.json) written to disk. Rivals: reading
// and parsing the same YAML with js-yaml, and json-schema-to-typescript alone (`format: false`, already parsed schemas, nothing written), each in a
// process of its own; quicktype and openapi-typescript make types of the same schemas, too, and write nothing. Every cold run has a new folder, and all
// are removed at the end: a file system that has just freed thousands of files makes the next run wait for it (here 1.5 s instead of 0.2 s).
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, inspect, limit, stageTable, timeProcess } from "./measure.mjs";
import { makeProject, partialText } from "./registry.mjs";

export default function generate({ root, count = 1000, large = 5000 }) {
  const home = join(tmpdir(), `wevt-bench-${process.pid}`);
  let folders = 0;
  const fresh = (size) => makeProject(join(home, String(folders++)), size, { root });
  let folder = fresh(count);
  const wevt = join(root, "bin/wevt.js");
  const rival = join(root, "test/bench/rival.mjs");
  const run = (...parameters) => () => timeProcess(process.execPath, parameters, { cwd: folder });
  const renew = () => {
    folder = fresh(count);
  };
  let edits = 0;
  const edit = () => writeFileSync(join(folder, "schemas/thing7.yaml"), partialText(7, `A thing, edited ${++edits} times.`));

  const cold = compare(`generate ${count} × 20, cold`, [
    { name: "json-schema-to-typescript, parsed schemas, types only", run: run(rival, "types", "schemas") },
    { name: "wevt generate", before: renew, run: run(wevt, "generate", "--quiet") },
    { name: "quicktype, parsed schemas, types only", run: run(rival, "quicktype", "schemas") },
    { name: "openapi-typescript, parsed schemas, types only", run: run(rival, "openapi", "schemas") },
  ], { rounds: 5 });
  limit("cold over json-schema-to-typescript", cold["wevt generate"].paired, { atMost: 1.4 });
  for (const name of ["quicktype", "openapi-typescript"]) limit(`cold over ${name}`, cold["wevt generate"].ms / cold[`${name}, parsed schemas, types only`].ms, { atMost: 1 });

  const warm = compare(`generate ${count} × 20, warm`, [
    { name: "js-yaml, read and parse", run: run(rival, "yaml", "schemas") },
    { name: "wevt generate, nothing changed", run: run(wevt, "generate", "--quiet") },
    { name: "wevt generate --check, nothing changed", run: run(wevt, "generate", "--check", "--quiet") },
    { name: "wevt generate, one partial changed", before: edit, run: run(wevt, "generate", "--quiet") },
  ], { rounds: 3 });
  limit("unchanged over js-yaml", warm["wevt generate, nothing changed"].paired, { atMost: 1 });
  limit("one changed over js-yaml", warm["wevt generate, one partial changed"].paired, { atMost: 2 });

  const inspected = (before) => () => {
    before();
    return inspect([wevt, "generate", "--quiet"], { cwd: folder });
  };
  stageTable(`stages of generate ${count} × 20, cold`, inspected(renew));
  stageTable("stages of generate, one partial changed", inspected(edit));
  stageTable("stages of generate, nothing changed", inspected(() => {}));
  linear({ wevt, fresh, count, large });
  rmSync(home, { recursive: true, force: true });
}

function linear({ wevt, fresh, count, large }) {
  const generated = (size) => {
    let folder = "";
    return { name: `${size} partials`, before: () => void (folder = fresh(size)), run: () => timeProcess(process.execPath, [wevt, "generate", "--quiet"], { cwd: folder }) };
  };
  const result = compare(`generate ${large} × 20 against ${count} × 20, cold`, [generated(count), generated(large)], { rounds: 1 });
  limit(`${large} over ${count}`, result[`${large} partials`].paired, { atMost: (5.5 * large) / (5 * count) });
}
