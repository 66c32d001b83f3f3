// What an event costs the work: an originator, seven partials and an emit, against a plain object of the same steps and JSON.stringify. Both put the same
// information as a line of UTF-8 into a batch of 64 KB, which is thrown away when it is full; that it is the same is checked before anything is timed. Ids and the
// clock are fixed on both sides. Ratios are paired, round by round, in one process; garbage collection is part of the time.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, limit } from "./measure.mjs";
import { eventSchema, makeEvent } from "./validator-event.mjs";

export const partials = ["user", "chat", "sandbox", "agent", "llm", "db", "flags"];

export default function emit({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-emit-${process.pid}`), { root });
  writeFileSync(join(folder, "run.mjs"), program);
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 2048 }, (_, index) => makeEvent(index))));
  console.log(`\nemit: the reference event of the validator benchmark, seven partials in seven writes (Node ${process.versions.node})`);
  const result = JSON.parse(child(folder, "run.mjs"));
  for (const { name, ns, ratio } of result.rows) console.log(`  ${name.padEnd(58)} ${ns.toFixed(0).padStart(7)} ns  ${ratio.toFixed(2)} × plain object + JSON.stringify`);
  console.log(`  bytes a line: ours ${result.bytes.ours}, plain ${result.bytes.plain}`);
  limit("emit over plain object + JSON.stringify", result.rows.find((row) => row.name.startsWith("wevt, validated")).ratio, 1 / 2.6);
  rmSync(folder, { recursive: true, force: true });
}

export function child(folder, script) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", script], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export function makeProject(folder, { root }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "schemas"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/wevt"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "wevt.config.yaml"), "version: 1\ngenerate:\n  - { emitter: typescript, out: src/wevt, output: js }\n");
  const { properties } = eventSchema({ closed: true });
  for (const name of partials) writeFileSync(join(folder, `schemas/${name}.json`), JSON.stringify({ partial: name, ...properties[name], required: [] }));
  const { headers, method, path } = properties.originator.properties;
  writeFileSync(join(folder, "schemas/http.json"), JSON.stringify({ originator: "http", type: "object", properties: { method, path, headers }, additionalProperties: false }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/wevt.js"), "generate", "--quiet"], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return folder;
}

const program = `
import { readFileSync } from "node:fs";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";

const events = JSON.parse(readFileSync("events.json", "utf8"));
const names = ${JSON.stringify(partials)};
const builders = { ${partials.join(", ")} };
const batch = Buffer.alloc(65536);
let used = 0;
let start = 0;
const take = (event) => { start = used; let count = event.copyTo(batch, used); if (count < 0) { start = used = 0; count = event.copyTo(batch, 0); } used += count; };
const takeText = (line) => { start = used; if (used + line.length * 3 > 65536) start = used = 0; used += batch.write(line, used); };
const lastLine = () => batch.toString("utf8", start, used - 1);
const now = 1768868366748;
const ids = { eventId: () => "evnt_0CHcb7Ko3WfWDMmOwdQFZ2m4K", traceId: () => "4bf92f3577b34da6a3ce929d0e0e4736", spanId: () => "span_00f067aa0ba902b7" };
const base = { service: { name: "checkout-api", version: "1.0.0" }, collectors: [{ flush: (finished) => { for (const event of finished) take(event); } }], clock: { now: () => now, monotonic: () => 1 }, ids };
const validated = createWevt(base);
const unchecked = createWevt({ ...base, validation: "off" });

function ours(wevt, event) {
  const { method, path, headers } = event.originator;
  const open = wevt.start(httpOriginator({ method, path, headers }));
  for (const name of names) open.log(builders[name](event[name]));
  open.emit();
}

function plain(event) {
  const { method, path, headers } = event.originator;
  const record = { service: base.service, eventId: ids.eventId(), event: "http", timestamp: new Date(now).toISOString(), originator: { type: "http", traceId: ids.traceId(), spanId: ids.spanId(), method, path, headers } };
  record.durationMs = 0; record.outcome = "ok"; record.main = true; record.sampleRate = 1; record.sampleReason = "all"; record.schema = validated_schema;
  for (const name of names) record[name] = event[name];
  takeText(JSON.stringify(record) + "\\n");
}

let validated_schema = "";
ours(validated, events[0]);
validated_schema = JSON.parse(lastLine()).schema;
for (const event of events) {
  ours(validated, event);
  const mine = lastLine();
  plain(event);
  const last = lastLine();
  const sorted = (value) => JSON.stringify(value, (_, one) => (one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one));
  if (sorted(JSON.parse(mine)) !== sorted(JSON.parse(last))) throw new Error("not the same information:\\n" + mine + "\\n" + last);
}
const bytes = { ours: 0, plain: 0 };
ours(validated, events[1]); bytes.ours = used - start;
plain(events[1]); bytes.plain = used - start;

const contenders = [["plain object + JSON.stringify", plain], ["wevt, validated", (event) => ours(validated, event)], ["wevt, validation off", (event) => ours(unchecked, event)]];
let next = 0;
const round = (work, count) => { const start = performance.now(); for (let index = 0; index < count; index++) work(events[next++ & 2047]); return ((performance.now() - start) * 1e6) / count; };
for (let warm = 0; warm < 20; warm++) for (const [, work] of contenders) round(work, 500);
const times = contenders.map(() => []);
for (let turn = 0; turn < 61; turn++) contenders.forEach(([, work], index) => times[index].push(round(work, 300)));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
console.log(JSON.stringify({ bytes, rows: contenders.map(([name], index) => ({ name, ns: median(times[index]), ratio: median(times[index].map((time, turn) => time / times[0][turn])) })) }));
`;
