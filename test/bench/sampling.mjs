// What a dropped event costs: the end of an event whose fields are written, kept and serialized against sampled out, by rules of several kinds. Ratios are
// paired, round by round, in one process; garbage collection is part of the time. And how large wevt/sampling is, minified and compressed.
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { child, makeProject, partials } from "./emit.mjs";
import { limit } from "./measure.mjs";
import { makeEvent } from "./validator-event.mjs";

export default async function sampling({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-sampling-${process.pid}`), { root });
  writeFileSync(join(folder, "run.mjs"), program);
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 256 }, (_, index) => makeEvent(index))));
  console.log(`\nsampling: the end of the reference event (Node ${process.versions.node})`);
  const rows = JSON.parse(child(folder, "run.mjs"));
  for (const { name, ns, ratio } of rows) console.log(`  ${name.padEnd(58)} ${ns.toFixed(0).padStart(7)} ns  ${(ratio * 100).toFixed(1).padStart(5)} % of a kept one`);
  limit("dropped by the base share, of a kept one", rows.find((row) => row.name.startsWith("dropped by the base")).ratio, { atMost: 0.1 });
  rmSync(folder, { recursive: true, force: true });
  const { outputFiles } = await build({ entryPoints: [join(root, "src/sampling/index.ts")], bundle: true, minify: true, format: "esm", write: false });
  console.log(`  wevt/sampling: ${outputFiles[0].contents.length} bytes minified, ${gzipSync(outputFiles[0].contents, { level: 9 }).length} gzipped`);
}

const program = `
import { readFileSync } from "node:fs";
import { tailSampling } from "wevt/sampling";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";

const events = JSON.parse(readFileSync("events.json", "utf8"));
const names = ${JSON.stringify(partials)};
const builders = { ${partials.join(", ")} };
let bytes = 0;
const base = { service: { name: "checkout-api" }, collectors: [{ flush: (batch) => { for (const event of batch) bytes += event.line.length; } }] };
const usual = [{ name: "error", outcome: ["error", "timeout"] }, { name: "unforeseen", unforeseen: true }, { name: "slow", slowerThanMs: 1e9 }];
const contenders = [
  ["kept", createWevt(base)],
  ["dropped by the base share", createWevt({ ...base, sampling: tailSampling({ base: 0 }) })],
  ["dropped by 2 ** -40 of the trace id", createWevt({ ...base, sampling: tailSampling({ base: 2 ** -40 }) })],
  ["the same after rules for errors and slow ones", createWevt({ ...base, sampling: tailSampling({ rules: usual, base: 2 ** -40 }) })],
  ["and conditions on three fields", createWevt({ ...base, sampling: tailSampling({ rules: [...usual, { name: "a", when: { "user.id": { const: "nobody" } } }, { name: "b", when: { "db.queries": { minimum: 1e9 } } }, { name: "c", when: { "originator.path": { pattern: "^/admin/" } } }], base: 2 ** -40 }) })],
  ["and a running p99 per path", createWevt({ ...base, sampling: tailSampling({ rules: [...usual, { name: "p", slowerThan: "p99", per: ["originator.path"], keep: 0 }], base: 2 ** -40 }) })],
  ["thinned to 0.01 a second of each of 256 users", createWevt({ ...base, sampling: tailSampling({ rules: [...usual, { name: "u", per: ["user.id"], perSecond: 0.01 }] }) })],
];
const written = (wevt) => events.map((event) => {
  const { method, path, headers } = event.originator;
  const open = wevt.start(httpOriginator({ method, path, headers }));
  for (const name of names) open.log(builders[name](event[name]));
  return open;
});
const round = (wevt) => { const open = written(wevt); gc({ type: "minor" }); const start = performance.now(); for (const event of open) event.emit(); return ((performance.now() - start) * 1e6) / open.length; };
for (let warm = 0; warm < 40; warm++) for (const [, wevt] of contenders) round(wevt);
const times = contenders.map(() => []);
for (let turn = 0; turn < 101; turn++) contenders.forEach(([, wevt], index) => times[index].push(round(wevt)));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
console.log(JSON.stringify(contenders.map(([name], index) => ({ name, ns: median(times[index]), ratio: median(times[index].map((time, turn) => time / times[0][turn])) }))));
`;
