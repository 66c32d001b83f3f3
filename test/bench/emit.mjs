// What an event costs the work: an originator, seven partials and an emit, against a plain object of the same steps and JSON.stringify. Both put the same
// information as a line of UTF-8 into a batch of 64 KB, which is thrown away when it is full; that it is the same is checked before anything is timed. Ids and the
// clock are fixed on both sides unless a row says otherwise. Beside them pino, one line of the same object, and evlog, the same partials set one by one and handed
// to a drain that serializes into the same batch. Ratios are paired, round by round, in one process; garbage collection is part of the time.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { env, limit } from "./measure.mjs";
import { eventSchema, makeEvent } from "./validator-event.mjs";

export const partials = ["user", "chat", "sandbox", "agent", "llm", "db", "flags"];

export default async function emit({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-emit-${process.pid}`), { root });
  for (const rival of ["pino", "evlog"]) symlinkSync(join(root, "test/bench/rivals/node_modules", rival), join(folder, "node_modules", rival), "junction");
  writeFileSync(join(folder, "run.mjs"), program);
  writeFileSync(join(folder, "first.mjs"), first);
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 2048 }, (_, index) => makeEvent(index))));
  console.log(`\nemit: the reference event of the validator benchmark, an originator and seven partials (Node ${process.versions.node})`);
  const { rows, bytes, garbage } = JSON.parse(child(folder, "run.mjs"));
  for (const { name, against, ns, p99, ratio } of rows) console.log(`  ${name.padEnd(62)} ${ns.toFixed(0).padStart(7)} ns  p99 ${p99.toFixed(0).padStart(7)}  ${against === name ? "" : `${ratio.toFixed(2)} × as fast as: ${against}`}`);
  console.log(`  bytes a line: ours ${bytes.ours}, plain ${bytes.plain}; heap per event: ours ${garbage.ours.toFixed(0)}, plain ${garbage.plain.toFixed(0)} bytes`);
  for (const { name, ratio, wanted } of rows) if (wanted !== undefined) limit(`emit: time over ${name}`, 1 / ratio, 1 / wanted);
  const starts = Array.from({ length: 15 }, () => Number(child(folder, "first.mjs"))).sort((left, right) => left - right);
  console.log(`  the first event of a process: ${starts[7].toFixed(2)} ms`);
  limit("emit: ms for the first event of a process", starts[7], 1.5);
  writeFileSync(join(folder, "one.mjs"), 'import { createWevt } from "wevt";\nimport { stdio } from "wevt/collectors/stdio";\nimport { httpOriginator } from "./src/wevt/originators/http.js";\nimport { user } from "./src/wevt/partials/user.js";\ncreateWevt({ collectors: [stdio()] }).run(httpOriginator({ method: "GET" }), (event) => event.log(user({ id: "a" })));\n');
  const { outputFiles } = await build({ entryPoints: [join(folder, "one.mjs")], bundle: true, minify: true, format: "esm", platform: "node", write: false });
  limit("emit: KiB gzip of a program with one partial and stdio", gzipSync(outputFiles[0].contents, { level: 9 }).length / 1024, 6);
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

/** One event, in a process that has done nothing else. */
const first = `
import { readFileSync } from "node:fs";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";
const [event] = JSON.parse(readFileSync("events.json", "utf8"));
const builders = { ${partials.join(", ")} };
const wevt = createWevt({ service: { name: "checkout-api" }, collectors: [{ flush: (finished) => finished[0].copyTo(new Uint8Array(65536), 0) }] });
const start = performance.now();
const { method, path, headers } = event.originator;
const open = wevt.start(httpOriginator({ method, path, headers }));
for (const name of ${JSON.stringify(partials)}) open.log(builders[name](event[name]));
open.emit();
console.log(performance.now() - start);
`;

const program = `
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as evlog from "evlog";
import { pino } from "pino";
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
const base = { service: { name: "checkout-api", version: "1.0.0" }, collectors: [{ flush: (finished) => { for (const event of finished) take(event); } }] };
const fixed = { ...base, clock: { now: () => now, monotonic: () => 1 }, ids };
const validated = createWevt(fixed);
const unchecked = createWevt({ ...fixed, validation: "off" });
const fresh = createWevt(base);
const logger = pino({ base: null, timestamp: false }, { write: takeText });

/** The same fields in one of 24 orders of their keys, as callers in 24 places would write them. */
const orders = Array.from({ length: 24 }, (_, turn) => (fields) => { const keys = Object.keys(fields); const by = turn % keys.length; return Object.fromEntries([...keys.slice(by), ...keys.slice(0, by)].map((key) => [key, fields[key]])); });
const shuffled = events.map((event, index) => Object.fromEntries(Object.entries(event).map(([name, fields]) => [name, names.includes(name) ? orders[index % 24](fields) : fields])));

function ours(wevt, event) {
  const { method, path, headers } = event.originator;
  const open = wevt.start(httpOriginator({ method, path, headers }));
  for (const name of names) open.log(builders[name](event[name]));
  open.emit();
}

let schema = "";
function record(event, { eventId, traceId, spanId }, timestamp) {
  const { method, path, headers } = event.originator;
  const whole = { service: base.service, eventId, event: "http", timestamp, originator: { type: "http", traceId, spanId, method, path, headers } };
  whole.durationMs = 0; whole.outcome = "ok"; whole.main = true; whole.sampleRate = 1; whole.sampleReason = "all"; whole.schema = schema;
  for (const name of names) whole[name] = event[name];
  return whole;
}
const fixedIds = { eventId: ids.eventId(), traceId: ids.traceId(), spanId: ids.spanId() };
const fixedRecord = (event) => record(event, fixedIds, new Date(now).toISOString());
const plain = (event) => takeText(JSON.stringify(fixedRecord(event)) + "\\n");
const plainFresh = (event) => takeText(JSON.stringify(record(event, { eventId: "evnt_" + randomUUID(), traceId: randomBytes(16).toString("hex"), spanId: "span_" + randomBytes(8).toString("hex") }, new Date().toISOString())) + "\\n");
const withEvlog = (event) => { const log = evlog.createLogger({ service: base.service, originator: event.originator }); for (const name of names) log.set({ [name]: event[name] }); log.emit(); };

ours(validated, events[0]);
schema = JSON.parse(lastLine()).schema;
const sorted = (value) => JSON.stringify(value, (_, one) => (one && typeof one === "object" && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort()) : one));
for (const event of events) {
  ours(validated, event);
  const mine = lastLine();
  plain(event);
  if (sorted(JSON.parse(mine)) !== sorted(JSON.parse(lastLine()))) throw new Error("not the same information:\\n" + mine + "\\n" + lastLine());
}
const bytes = { ours: 0, plain: 0 };
ours(validated, events[1]); bytes.ours = used - start;
plain(events[1]); bytes.plain = used - start;

const heap = (work) => { for (let index = 0; index < 3000; index++) work(events[index & 2047]); gc(); const before = process.memoryUsage().heapUsed; for (let index = 0; index < 300; index++) work(events[index & 2047]); return (process.memoryUsage().heapUsed - before) / 300; };
const garbage = { ours: heap((event) => ours(validated, event)), plain: heap(plain) };

const median = (values) => [...values].sort((left, right) => left - right)[values.length >> 1];
/** Rounds in turn, of the same events; every event is timed for the percentile, in rounds of their own. */
function pairs(contenders, pool) {
  let next = 0;
  const round = (work, count) => { const from = performance.now(); for (let index = 0; index < count; index++) work(pool[next++ & 2047]); return ((performance.now() - from) * 1e6) / count; };
  for (let warm = 0; warm < 12; warm++) for (const { work } of contenders) round(work, 500);
  const times = contenders.map(() => []);
  for (let turn = 0; turn < 41; turn++) contenders.forEach(({ work }, index) => times[index].push(round(work, 200)));
  const p99 = contenders.map(({ work }) => { const each = []; for (let index = 0; index < 4000; index++) { const event = pool[index & 2047]; const from = performance.now(); work(event); each.push((performance.now() - from) * 1e6); } return each.sort((left, right) => left - right)[3960]; });
  const mine = contenders.length - 1;
  return contenders.map(({ name, wanted }, index) => ({ name, wanted, against: contenders[mine].name, ns: median(times[index]), p99: p99[index], ratio: median(times[index].map((time, turn) => time / times[mine][turn])) }));
}
const one = (wevt) => (event) => ours(wevt, event);
const initEvlog = (redact) => evlog.initLogger({ env: { service: "checkout-api" }, silent: true, pretty: false, redact, drain: ({ event }) => takeText(JSON.stringify(event) + "\\n") });
const rows = [
  ...pairs([{ name: "plain object + JSON.stringify", wanted: 2.6, work: plain }, { name: "pino, one line of the same object", wanted: 2.8, work: (event) => logger.info(fixedRecord(event)) }, { name: "wevt, validation off", work: one(unchecked) }, { name: "wevt, validated", work: one(validated) }], events),
  ...pairs([{ name: "plain object + JSON.stringify, 24 orders of keys", wanted: 1.7, work: plain }, { name: "wevt, 24 orders of keys", work: one(validated) }], shuffled),
  ...pairs([{ name: "plain object + JSON.stringify, ids and clock fresh", wanted: 4, work: plainFresh }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events),
];
initEvlog(false);
rows.push(...pairs([{ name: "evlog, without redaction", wanted: 8, work: withEvlog }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events));
initEvlog(true);
rows.push(...pairs([{ name: "evlog, with redaction", wanted: 30, work: withEvlog }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events));
console.log(JSON.stringify({ bytes, garbage, rows }));
`;
