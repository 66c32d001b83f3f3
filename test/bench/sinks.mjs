// What it costs to bring lines out: the reference event, 50 of them in each turn of the event loop.
// Sinks alone are fed with ready lines, the same 256 on both sides: stdio with their bytes, as it gets them from events, and pino's default destination with flat
// strings, as it gets them from a logger. Whole events stand beside them: `to null` throws the bytes away, pino writes a line of the same information.
// Loop time is what the event loop is busy, in paced turns (some 40,000 lines a second), the loop's own taken off: timers, writes at the end of a turn and whatever
// blocks are part of it. The pipe is a real one (what `spawn` makes is a socket), with `cat` at its end. The rate to a file is flat out, in one process, round by
// round with the floor: the same lines copied into a batch of 64 KB and written by writeSync, and nothing else.
import { spawn } from "node:child_process";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeProject, partials } from "./emit.mjs";
import { env, limit, median } from "./measure.mjs";
import { makeEvent } from "./validator-event.mjs";

const ours = "ready lines to the pipe: stdio";
const theirs = "ready lines to the pipe: pino's destination";
const toFile = "ready lines to a file: the file sink";
const kinds = ["idle", "null", "file", "pipe", "pino to null", "pino to the pipe", ours, theirs, toFile];
const rounds = 7;

export default async function sinks({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-sinks-${process.pid}`), { root });
  symlinkSync(join(root, "test/bench/rivals/node_modules/pino"), join(folder, "node_modules/pino"), "junction");
  writeFileSync(join(folder, "run.mjs"), program);
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 256 }, (_, index) => makeEvent(index))));
  if ((await child(folder, "check", ours)) !== (await child(folder, "check", theirs))) throw new Error("stdio and pino's destination do not write the same");
  console.log(`\nsinks: ns per event in the event loop, 50 a turn (Node ${process.versions.node})`);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const row = {};
    for (const kind of kinds) row[kind] = await paced(folder, kind);
    times.push(row);
  }
  const own = (kind) => (row) => row[kind] - row.idle;
  const middle = (read) => median(times.map(read));
  const share = (one, by) => middle((row) => one(row) / by(row));
  for (const kind of kinds.slice(1)) console.log(`  ${kind.padEnd(62)} ${middle(own(kind)).toFixed(0).padStart(7)} ns`);
  console.log(`  ${"a whole event to the pipe over a line of pino to it".padEnd(62)} ${share(own("pipe"), own("pino to the pipe")).toFixed(2).padStart(7)} ×`);
  const beyond = (one, other) => middle((row) => row[one] - row[other]);
  const added = beyond("pipe", "null") / beyond("pino to the pipe", "pino to null");
  console.log(`  ${"what the pipe adds to ours over what it adds to pino's".padEnd(62)} ${added.toFixed(2).padStart(7)} ×`);
  const { file, floor } = JSON.parse(await child(folder, "flat", "file"));
  const second = (ns) => `${(1e9 / ns).toFixed(0).padStart(9)} a second`;
  console.log(`  ${"flat out, ready lines: the file sink".padEnd(62)} ${file.toFixed(0).padStart(7)} ns  ${second(file)}`);
  console.log(`  ${"flat out, ready lines: 64 KB and writeSync alone".padEnd(62)} ${floor.toFixed(0).padStart(7)} ns  ${second(floor)}`);
  limit("ready lines to a file, a second", 1e9 / file, { atLeast: 1_000_000 });
  limit("emits to a file over emits to null, rate", share(own("null"), own("file")), { atLeast: 0.6 });
  limit("ready lines to a pipe over those to pino's destination, loop time", share(own(ours), own(theirs)), { atMost: 1 / 4 });
  rmSync(folder, { recursive: true, force: true });
}

/** Lines that were dropped cost nothing: then it is measured again. */
async function paced(folder, kind) {
  for (let turn = 0; turn < 5; turn++) {
    const { ns, dropped } = JSON.parse(await child(folder, "paced", kind));
    if (dropped === 0) return ns;
  }
  throw new Error(`${kind}: the reader of the pipe cannot keep up on this machine`);
}

/** What the child says on its standard error; for `check`, a digest of its standard output. */
function child(folder, how, kind) {
  const reader = how === "check" ? "sha256sum >&2" : "cat > /dev/null";
  return new Promise((resolve, reject) => {
    const shell = spawn("sh", ["-c", `"$0" run.mjs "$1" "$2" | ${reader}`, process.execPath, how, kind], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    shell.stderr.on("data", (data) => (said += data));
    shell.on("close", () => (/^([[{]|[0-9a-f]{64})/.test(said) ? resolve(said) : reject(new Error(said))));
  });
}

const program = `
import { openSync, readFileSync, rmSync, truncateSync, writeSync } from "node:fs";
import { pino } from "pino";
import { file } from "wevt/collectors/file";
import { stdio } from "wevt/collectors/stdio";
import { createWevt, httpOriginator, ${partials.join(", ")} } from "./src/wevt/index.js";

const [how, kind] = process.argv.slice(2);
const events = JSON.parse(readFileSync("events.json", "utf8"));
const lines = events.map((event) => Buffer.from(JSON.stringify(event) + "\\n"));
/** A finished event whose line is ready. */
class Ready {
  constructor(bytes) { this.whole = bytes; }
  copyTo(target, at) {
    const { whole } = this;
    if (at + whole.length > target.length) return -1;
    target.set(whole, at);
    return whole.length;
  }
}
const ready = lines.map((bytes) => new Ready(bytes));

const builders = { ${partials.join(", ")} };
const names = Object.keys(builders);
let dropped = 0;
const emitTo = (collector) => {
  const wevt = createWevt({ service: { name: "checkout-api", version: "1.0.0" }, collectors: [collector], onProblem: () => { dropped += 1; } });
  return (at) => {
    const event = events[at];
    const { method, path, headers } = event.originator;
    const open = wevt.start(httpOriginator({ method, path, headers }));
    for (const name of names) open.log(builders[name](event[name]));
    open.emit();
  };
};
const batch = new Uint8Array(65536);
let used = 0;
const toNull = { flush: (finished) => { for (const event of finished) { const count = event.copyTo(batch, used); used = count < 0 ? 0 : used + count; } } };
const logged = (logger) => (at) => logger.info(events[at]);
const fed = (sink) => (at) => { try { sink.flush([ready[at]]); } catch { dropped += 1; } };
const given = (destination) => { const texts = lines.map((bytes) => bytes.toString("utf8")); return (at) => destination.write(texts[at]); };
const copied = (fd) => (at) => {
  const line = lines[at];
  if (used + line.length > 65536) { writeSync(fd, batch, 0, used); used = 0; }
  batch.set(line, used);
  used += line.length;
};
const works = {
  idle: () => () => {},
  null: () => emitTo(toNull),
  file: () => emitTo(file("events.ndjson")),
  pipe: () => emitTo(stdio()),
  "pino to null": () => logged(pino({}, { write: () => {} })),
  "pino to the pipe": () => logged(pino()),
  "${ours}": () => fed(stdio()),
  "${toFile}": () => fed(file("events.ndjson")),
  "${theirs}": () => given(pino.destination()),
};

let next = 0;
const turn = (work) => { for (let index = 0; index < 50; index++) work(next++ & 255); };
const paced = async (work, turns) => {
  const before = performance.eventLoopUtilization();
  for (let left = turns; left > 0; left--) {
    turn(work);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return (performance.eventLoopUtilization(before).active * 1e6) / (turns * 50);
};
const flat = async (work, turns) => {
  const from = performance.now();
  for (let left = turns; left > 0; left--) {
    turn(work);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ((performance.now() - from) * 1e6) / (turns * 50);
};
const say = (said) => writeSync(2, JSON.stringify(said));

if (how === "check") {
  turn(works[kind]());
} else if (how === "paced") {
  const work = works[kind]();
  await paced(work, 200);
  dropped = 0;
  say({ ns: await paced(work, 600), dropped });
} else {
  // Rounds of a millisecond, between which others get the processor, and files that are emptied after each: what the system writes to the disk is not measured.
  const contenders = { idle: () => {}, floor: copied(openSync("floor.ndjson", "a")), file: fed(file("lines.ndjson")) };
  const times = [];
  for (let index = 0; index < 440; index++) {
    const row = {};
    for (const [name, work] of Object.entries(contenders)) row[name] = await flat(work, 20);
    for (const path of ["floor.ndjson", "lines.ndjson"]) truncateSync(path);
    await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(row);
  }
  const middle = (name) => times.slice(40).map((row) => row[name] - row.idle).sort((left, right) => left - right)[200];
  say({ file: middle("file"), floor: middle("floor") });
}
for (const path of ["events.ndjson", "floor.ndjson", "lines.ndjson"]) rmSync(path, { force: true });
`;
