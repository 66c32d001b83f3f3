// What the parts of an event cost. A smaller event, built in five steps (an originator and four partials: 40 or 41 fields, 1 kB), against a plain object and
// JSON.stringify, ids and the clock fixed on both sides. Handling: the same reference event, of a registry in which four fields are handled (two masked, one cut,
// one dropped) over the same registry without; a keyed hash is beside it, for it is cryptography and no redaction. Ids and clock: three ids and both clocks, as
// each event takes them. Lines are compared with what they have to say before anything is timed; garbage collection is part of the time.
// Bound: four partials of the reference event, with the service half of its bytes, are the same in each event, and bound by `wevt.bind`.
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { printed } from "./contenders.mjs";
import { child, makeProject, partials } from "./emit.mjs";
import { onNode } from "./gates.mjs";
import { limit } from "./measure.mjs";
import { writeSource } from "./source.mjs";
import { makeEvent } from "./validator-event.mjs";

const small = ["user", "chat", "db", "flags"];
const handling = { "user.email": "mask", "chat.title": "mask", "sandbox.command": "truncate:8", "db.slowestQuery": "drop" };

export default async function parts({ root }) {
  const folder = makeProject(join(tmpdir(), `wevt-bench-parts-${process.pid}`), { root });
  const others = { handled: makeProject(`${folder}-handled`, { root, handling }), hashed: makeProject(`${folder}-hashed`, { root, handling: { "user.email": "hash" } }) };
  writeFileSync(join(folder, "run.mjs"), program({ root, others }));
  await writeSource(root, "src/runtime/ids.ts", join(folder, "ids.mjs"));
  writeFileSync(join(folder, "events.json"), JSON.stringify(Array.from({ length: 2048 }, (_, index) => makeEvent(index))));
  console.log(`\nparts: what single parts of an event cost (Node ${process.versions.node})`);
  const { five, handled, bound, idsNs, fields, bytes } = JSON.parse(child(folder, "run.mjs"));
  console.log(`  the event of five steps: ${fields.join(" or ")} fields, ${bytes} bytes a line`);
  for (const row of [...five, ...handled, ...bound]) console.log(printed(row));
  console.log(`  ${"three ids and both clocks".padEnd(62)} ${idsNs.toFixed(0).padStart(7)} ns`);
  limit("five steps, as fast as plain object + JSON.stringify, ×", five[0].ratio, { atLeast: onNode({ 20: 2.6, 22: 2.9, 24: 2.7, 26: 1.6 }) });
  limit("half of the bytes bound, as fast as plain object + JSON.stringify, ×", bound[0].ratio, { atLeast: onNode({ 20: 4, 26: 2.5 }) });
  limit("four fields handled over none, time", handled[0].ratio, { atMost: 1.1 });
  limit("three ids and both clocks, ns", idsNs, { atMost: 250 });
  for (const one of [folder, ...Object.values(others)]) rmSync(one, { recursive: true, force: true });
}

/** All of it runs in a process of its own. */
const program = ({ root, others }) => `
import { readFileSync } from "node:fs";
import { lastBytes, lastLine, median, pairs, sameInformation, take, takeText } from "${pathToFileURL(join(root, "test/bench/contenders.mjs"))}";
import { randomIds, systemClock } from "./ids.mjs";
import * as unhandled from "./src/wevt/index.js";
import * as handled from "${pathToFileURL(join(others.handled, "src/wevt/index.js"))}";
import * as hashed from "${pathToFileURL(join(others.hashed, "src/wevt/index.js"))}";

const events = JSON.parse(readFileSync("events.json", "utf8"));
const now = 1768868366748;
const ids = { eventId: () => "evnt_0CHcb7Ko3WfWDMmOwdQFZ2m4K", traceId: () => "4bf92f3577b34da6a3ce929d0e0e4736", spanId: () => "span_00f067aa0ba902b7" };
const fixed = { service: { name: "checkout-api" }, collectors: [{ flush: (finished) => { for (const event of finished) take(event); } }], clock: { now: () => now, monotonic: () => 1 }, ids, hashKey: "a key of the benchmark" };

/** An event of ours: its originator, then these partials, one step each. */
function contender(generated, names) {
  const wevt = generated.createWevt(fixed);
  const { httpOriginator } = generated;
  const builders = names.map((name) => [name, generated[name]]);
  return (event) => {
    const { method, path } = event.originator;
    const open = wevt.start(httpOriginator({ method, path }));
    for (const [name, build] of builders) open.log(build(event[name]));
    open.emit();
  };
}

let schema = "";
function record(event, names) {
  const { method, path } = event.originator;
  const whole = { service: fixed.service, eventId: ids.eventId(), event: "http", timestamp: new Date(now).toISOString(), originator: { type: "http", traceId: ids.traceId(), spanId: ids.spanId(), method, path } };
  whole.durationMs = 0; whole.outcome = "ok"; whole.main = true; whole.sampleRate = 1; whole.sampleReason = "all"; whole.schema = schema;
  for (const name of names) whole[name] = event[name];
  return whole;
}

/** Every line of ours says what \`expected\` says. */
function checked(work, expected) {
  work(events[0]);
  schema = JSON.parse(lastLine()).schema;
  for (const event of events) { work(event); sameInformation(lastLine(), JSON.stringify(expected(event))); }
  return work;
}

const small = ${JSON.stringify(small)};
const all = ${JSON.stringify(partials)};
const five = checked(contender(unhandled, small), (event) => record(event, small));
const plain = (event) => takeText(JSON.stringify(record(event, small)) + "\\n");
plain(events[1]);
const bytes = lastBytes();
const leaves = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value).reduce((sum, one) => sum + leaves(one), 0) : 1;
const fields = [...new Set(events.map((event) => leaves(JSON.parse(JSON.stringify(record(event, small))))))].sort();
const fiveRows = pairs([{ name: "plain object + JSON.stringify, five steps", work: plain }, { name: "wevt, five steps", work: five }], events);

const masked = (event) => {
  const { db: { slowestQuery, ...db }, ...whole } = record(event, all);
  return { ...whole, user: { ...whole.user, ...(whole.user.email === undefined ? {} : { email: "***" }) }, chat: { ...whole.chat, title: "***" }, sandbox: { ...whole.sandbox, command: whole.sandbox.command.slice(0, 8) }, db };
};
const keyed = (event) => { const whole = record(event, all); const { email } = JSON.parse(lastLine()).user; if ((email === undefined) !== (whole.user.email === undefined) || email === whole.user.email && email !== undefined) throw new Error("not hashed"); return { ...whole, user: { ...whole.user, email } }; };
const handledRows = pairs([
  { name: "wevt, four fields handled", work: checked(contender(handled, all), masked) },
  { name: "wevt, one field hashed with a key", work: checked(contender(hashed, all), keyed) },
  { name: "wevt, nothing handled", work: checked(contender(unhandled, all), (event) => record(event, all)) },
], events);

const same = ["user", "sandbox", "agent", "llm"];
const first = Object.fromEntries(same.map((name) => [name, events[0][name]]));
const alike = (event) => record({ ...event, ...first }, all);
const boundWevt = unhandled.createWevt(fixed);
const shared = same.map((name) => boundWevt.bind(unhandled[name](first[name])));
const ownNames = all.filter((name) => !same.includes(name)).map((name) => [name, unhandled[name]]);
const boundRows = pairs([
  { name: "plain object + JSON.stringify, four partials always the same", work: (event) => takeText(JSON.stringify(alike(event)) + "\\n") },
  { name: "wevt, four partials bound", work: checked((event) => {
    const { method, path } = event.originator;
    const open = boundWevt.start(unhandled.httpOriginator({ method, path }));
    for (const one of shared) open.log(one);
    for (const [name, build] of ownNames) open.log(build(event[name]));
    open.emit();
  }, alike) },
], events);

const source = randomIds();
const drawn = [source.eventId(now), source.traceId(), source.spanId()].join(" ");
if (!/^evnt_[0-9A-Za-z]{25} [0-9a-f]{32} span_[0-9a-f]{16}$/.test(drawn)) throw new Error("no ids: " + drawn);
let length = 0;
const take3 = () => { const at = systemClock.now(); length += source.eventId(at).length + source.traceId().length + source.spanId().length + (systemClock.monotonic() > 0 ? 1 : 0); };
const turn = () => { const from = performance.now(); for (let index = 0; index < 5000; index++) take3(); return ((performance.now() - from) * 1e6) / 5000; };
for (let warm = 0; warm < 20; warm++) turn();
const idsNs = median(Array.from({ length: 41 }, turn));
if (length % 84 !== 0) throw new Error("ids of other lengths");
console.log(JSON.stringify({ five: fiveRows, handled: handledRows, bound: boundRows, idsNs, fields, bytes }));
`;
