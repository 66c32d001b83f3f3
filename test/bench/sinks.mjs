// What it costs to bring lines out: the reference event, 50 of them in each turn of the event loop. `to null` throws the bytes away; `file` is wevt/collectors/file;
// `pipe` is stdout, which another process reads and throws away, against pino's default destination with a line of the same information. Time is what the turns
// take, the loop's own taken off: a turn is over when the next one begins, so writes at its end are part of it.
import { spawn } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeProject, partials } from "./emit.mjs";
import { env, limit } from "./measure.mjs";
import { makeEvent } from "./validator-event.mjs";

const kinds = ["idle", "null", "file", "ready lines to a file", "pipe", "pino to null", "pino to the pipe"];

export default async function sinks({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-sinks-${process.pid}`), { root });
  symlinkSync(join(root, "test/bench/rivals/node_modules/pino"), join(folder, "node_modules/pino"), "junction");
  writeFileSync(join(folder, "run.mjs"), program);
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 256 }, (_, index) => makeEvent(index))));
  console.log(`\nsinks: ns per event in the event loop, 50 a turn (Node ${process.versions.node})`);
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const times = {};
    for (const kind of kinds) times[kind] = await measured(folder, kind);
    rounds.push(times);
  }
  const middle = (read) => rounds.map(read).sort((left, right) => left - right)[2];
  const own = (kind) => middle((times) => times[kind] - times.idle);
  for (const kind of kinds.slice(1)) console.log(`  ${kind.padEnd(58)} ${own(kind).toFixed(0).padStart(7)} ns  ${(1e9 / own(kind)).toFixed(0).padStart(9)} a second`);
  const share = (one, by) => middle((times) => one(times) / by(times));
  limit("ready lines to a file, a second", 1e9 / own("ready lines to a file"), { atLeast: 1_000_000 });
  limit("emits to a file over emits to null, rate", share((times) => times.null - times.idle, (times) => times.file - times.idle), { atLeast: 0.6 });
  limit("an event to a pipe over a line of pino to it, time", share((times) => times.pipe - times.idle, (times) => times["pino to the pipe"] - times.idle), { atMost: 1 / 4 });
  rmSync(folder, { recursive: true, force: true });
}

function measured(folder, kind) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["run.mjs", kind], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.resume();
    child.stderr.on("data", (data) => (said += data));
    child.on("close", (code) => (code === 0 ? resolve(Number(said)) : reject(new Error(said))));
  });
}

const program = `
import { readFileSync, rmSync } from "node:fs";
import { pino } from "pino";
import { file } from "wevt/collectors/file";
import { stdio } from "wevt/collectors/stdio";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";

const kind = process.argv[2];
const events = JSON.parse(readFileSync("events.json", "utf8"));
const builders = { ${partials.join(", ")} };
const names = Object.keys(builders);
const batch = new Uint8Array(65536);
let used = 0;
const toNull = { flush: (finished) => { for (const event of finished) { const count = event.copyTo(batch, used); used = count < 0 ? 0 : used + count; } } };
const collectors = { null: [toNull], file: [file("events.ndjson")], pipe: [stdio()] };
const wevt = createWevt({ service: { name: "checkout-api", version: "1.0.0" }, collectors: collectors[kind] ?? [toNull] });
const ours = (event) => {
  const { method, path, headers } = event.originator;
  const open = wevt.start(httpOriginator({ method, path, headers }));
  for (const name of names) open.log(builders[name](event[name]));
  open.emit();
};
const line = Buffer.from(JSON.stringify(events[0]) + "\\n");
const ready = { copyTo: (target, at) => { if (at + line.length > target.length) return -1; target.set(line, at); return line.length; } };
const lines = file("lines.ndjson");
const logger = kind === "pino to the pipe" ? pino() : pino({ write: () => {} });
const works = { idle: () => {}, "ready lines to a file": () => lines.flush([ready]), "pino to null": (event) => logger.info(event), "pino to the pipe": (event) => logger.info(event) };
const work = works[kind] ?? ours;
let next = 0;
const turn = () => { for (let index = 0; index < 50; index++) work(events[next++ & 255]); };
const turns = (count) => new Promise((resolve) => { let left = count; let spent = 0; const step = () => { const from = performance.now(); turn(); setImmediate(() => { spent += performance.now() - from; if (--left === 0) resolve(spent); else setTimeout(step, 1); }); }; step(); });
await turns(200);
const spent = await turns(400);
for (const path of ["events.ndjson", "lines.ndjson"]) rmSync(path, { force: true });
process.stderr.write(String((spent * 1e6) / (400 * 50)));
`;
