// What an event costs the work: an originator, seven partials and an emit, against a plain object of the same steps and JSON.stringify. Both put the same
// information as a line of UTF-8 into a batch of 64 KB, which is thrown away when it is full; that it is the same is checked before anything is timed. Ids and the
// clock are fixed on both sides unless a row says otherwise. Beside them pino, one line of the same object, and evlog, the same partials set one by one and handed
// to a drain that serializes into the same batch. Ratios are paired, round by round, in one process; garbage collection is part of the time.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { printed } from "./contenders.mjs";
import { onNode } from "./gates.mjs";
import { env, limit } from "./measure.mjs";
import { eventSchema, makeEvent } from "./validator-event.mjs";

export const partials = ["user", "chat", "sandbox", "agent", "llm", "db", "flags"];

/** How many times as fast as each contender: what is wanted, by version of Node. */
const wanted = {
  "plain object + JSON.stringify": { 20: 2.6, 22: 2.9, 24: 2.7, 26: 1.6 },
  "plain object + JSON.stringify, 24 orders of keys": { 20: 1.7, 22: 1.8, 24: 1.7, 26: 1 },
  "plain object + JSON.stringify, ids and clock fresh": { 20: 4, 22: 4, 24: 4, 26: 2.5 },
  "pino, one line of the same object": { 20: 2.8, 22: 2.8, 24: 2.8, 26: 2 },
  "evlog, without redaction": { 20: 8, 22: 3.5, 24: 3.5, 26: 2 },
  "evlog, with redaction": { 20: 30, 22: 20, 24: 20, 26: 15 },
};

export default async function emit({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-emit-${process.pid}`), { root });
  for (const rival of ["pino", "evlog"]) symlinkSync(join(root, "test/bench/rivals/node_modules", rival), join(folder, "node_modules", rival), "junction");
  writeFileSync(join(folder, "run.mjs"), program({ root }));
  writeFileSync(join(folder, "first.mjs"), first);
  writeFileSync(join(folder, "first.json"), JSON.stringify(makeEvent(0)));
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 2048 }, (_, index) => makeEvent(index))));
  console.log(`\nemit: the reference event of the validator benchmark, an originator and seven partials (Node ${process.versions.node})`);
  const { rows, bytes, garbage } = JSON.parse(child(folder, "run.mjs"));
  for (const row of rows) console.log(printed(row));
  console.log(`  bytes a line: ours ${bytes.ours}, plain ${bytes.plain}; heap per event: ours ${garbage.ours.toFixed(0)}, plain ${garbage.plain.toFixed(0)} bytes`);
  for (const [name, figures] of Object.entries(wanted)) limit(`as fast as ${name}, ×`, rowOf(rows, name).ratio, { atLeast: onNode(figures) });
  const [plain, unchecked, validated] = ["plain object + JSON.stringify", "wevt, validation off", "wevt, validated"].map((name) => rowOf(rows, name));
  limit("validated over validation off, time", 1 / unchecked.ratio, { atMost: 1.08 });
  limit("p99 over that of the plain object", validated.p99 / plain.p99, { atMost: 1.5 });
  limit("garbage of emit() itself, bytes", garbage.emit, { atMost: 100 });
  const starts = Array.from({ length: 15 }, () => Number(child(folder, "first.mjs"))).sort((left, right) => left - right);
  limit("the first event of a process, ms", starts[7], { atMost: 1.5 });
  await weigh(folder);
  rmSync(folder, { recursive: true, force: true });
}

function rowOf(rows, name) {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no contender ${name}`);
  return row;
}

export function child(folder, script) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", script], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Programs that import one partial, two, and so on: the first with all that it needs, and what each further one adds. */
async function weigh(folder) {
  const sizes = [];
  for (const names of [partials.slice(0, 1), partials]) {
    const calls = names.map((name) => `event.log(${name}({}));`).join(" ");
    writeFileSync(join(folder, "one.mjs"), `import { createWevt } from "wevt";\nimport { stdio } from "wevt/collectors/stdio";\nimport { httpOriginator } from "./src/wevt/originators/http.js";\n${names.map((name) => `import { ${name} } from "./src/wevt/partials/${name}.js";\n`).join("")}createWevt({ collectors: [stdio()] }).run(httpOriginator({ method: "GET" }), (event) => { ${calls} });\n`);
    const { outputFiles } = await build({ entryPoints: [join(folder, "one.mjs")], bundle: true, minify: true, format: "esm", platform: "node", write: false });
    sizes.push(gzipSync(outputFiles[0].contents, { level: 9 }).length / 1024);
  }
  limit("size of a program with one partial and stdio, KiB gzip", sizes[0], { atMost: 6 });
  limit("size of each further partial, KiB gzip", (sizes[1] - sizes[0]) / (partials.length - 1), { atMost: 1.5 });
}

/** `handling` is path → how that field is handled: `{ "user.email": "mask" }`. */
export function makeProject(folder, { root, handling = {} }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "schemas"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/wevt"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "wevt.config.yaml"), "version: 1\ngenerate:\n  - { emitter: typescript, out: src/wevt, output: js }\n");
  const { properties } = eventSchema({ closed: true });
  for (const [path, how] of Object.entries(handling)) {
    const [name, field] = path.split(".");
    properties[name].properties[field].handling = how;
  }
  for (const name of partials) writeFileSync(join(folder, `schemas/${name}.json`), JSON.stringify({ partial: name, ...properties[name], required: [] }));
  const { headers, method, path } = properties.originator.properties;
  writeFileSync(join(folder, "schemas/http.json"), JSON.stringify({ originator: "http", type: "object", properties: { method, path, headers }, additionalProperties: false }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/wevt.js"), "generate", "--quiet"], { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return folder;
}

/** One event, in a process that has done nothing else. What loading the modules has left is collected before: that pause (0.7 ms) falls where it will. */
const first = `
import { readFileSync } from "node:fs";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";
const event = JSON.parse(readFileSync("first.json", "utf8"));
const builders = { ${partials.join(", ")} };
const wevt = createWevt({ service: { name: "checkout-api" }, collectors: [{ flush: (finished) => finished[0].copyTo(new Uint8Array(65536), 0) }] });
gc({ type: "minor" });
const start = performance.now();
const { method, path, headers } = event.originator;
const open = wevt.start(httpOriginator({ method, path, headers }));
for (const name of ${JSON.stringify(partials)}) open.log(builders[name](event[name]));
open.emit();
console.log(performance.now() - start);
`;

/** All of it runs in a process of its own. */
const program = ({ root }) => `
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as evlog from "evlog";
import { pino } from "pino";
import { heapOf, lastBytes, lastLine, pairs, sameInformation, take, takeText } from "${pathToFileURL(join(root, "test/bench/contenders.mjs"))}";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";

const events = JSON.parse(readFileSync("events.json", "utf8"));
const names = ${JSON.stringify(partials)};
const builders = { ${partials.join(", ")} };
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

function written(wevt, event) {
  const { method, path, headers } = event.originator;
  const open = wevt.start(httpOriginator({ method, path, headers }));
  for (const name of names) open.log(builders[name](event[name]));
  return open;
}
const ours = (wevt, event) => written(wevt, event).emit();

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
for (const event of events) {
  ours(validated, event);
  const mine = lastLine();
  plain(event);
  sameInformation(mine, lastLine());
}
const bytes = { ours: 0, plain: 0 };
ours(validated, events[1]); bytes.ours = lastBytes();
plain(events[1]); bytes.plain = lastBytes();

const garbage = { ours: heapOf((event) => ours(validated, event), events), plain: heapOf(plain, events), emit: heapOf((open) => open.emit(), events, (event) => written(validated, event)) };

const one = (wevt) => (event) => ours(wevt, event);
const initEvlog = (redact) => evlog.initLogger({ env: { service: "checkout-api" }, silent: true, pretty: false, redact, drain: ({ event }) => takeText(JSON.stringify(event) + "\\n") });
const rows = [
  ...pairs([{ name: "plain object + JSON.stringify", work: plain }, { name: "pino, one line of the same object", work: (event) => logger.info(fixedRecord(event)) }, { name: "wevt, validation off", work: one(unchecked) }, { name: "wevt, validated", work: one(validated) }], events),
  ...pairs([{ name: "plain object + JSON.stringify, 24 orders of keys", work: plain }, { name: "wevt, 24 orders of keys", work: one(validated) }], shuffled),
  ...pairs([{ name: "plain object + JSON.stringify, ids and clock fresh", work: plainFresh }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events),
];
initEvlog(false);
rows.push(...pairs([{ name: "evlog, without redaction", work: withEvlog }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events));
initEvlog(true);
rows.push(...pairs([{ name: "evlog, with redaction", work: withEvlog }, { name: "wevt, ids and clock fresh", work: one(fresh) }], events));
console.log(JSON.stringify({ bytes, garbage, rows }));
`;
