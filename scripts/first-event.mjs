// Runs in a generated project: prints which functions an event calls for the first time, as `[{ url, functions: [{ name, start, end }] }]`. What the import calls is not among them.
import { Session } from "node:inspector/promises";

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });

const { createWevt, jobOriginator, work } = await import("./src/wevt/index.js");
const imported = new Set((await called()).flatMap(({ url, functions }) => functions.map(({ start }) => `${url}:${start}`)));

const room = new Uint8Array(65_536);
const collector = { flush: (events) => events.map((event) => event.copyTo(room, 0)) };
const wevt = createWevt({ service: { name: "jobs" }, collectors: [collector] });
const originator = () => jobOriginator({ queue: "mail", headers: { accept: "text/html", "user-agent": "Sørensen" } });
const fields = () => ({ id: "work_1", state: "done", tries: 2, ratio: 0.25, last: true, tags: ["new", "large"], part: { name: "first" } });
await wevt.run(originator(), async (event) => void event.work(fields()));
const open = wevt.start(originator());
open.log(work(fields()));
open.emit();
await wevt.flush();

const ran = await called();
console.log(JSON.stringify(ran.map(({ url, functions }) => ({ url, functions: functions.filter(({ start }) => !imported.has(`${url}:${start}`)) }))));

/** Asking sets the counters back. */
async function called() {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result.filter(({ url }) => url.startsWith("file:")).map(({ url, functions }) => ({ url, functions: functions.flatMap(({ functionName: name, ranges: [{ startOffset: start, endOffset: end, count }] }) => (count > 0 ? [{ name, start, end }] : [])) }));
}
