/** Where `wevt.log(…)` finds its event without being handed it; and where it cannot, which is reported and mended by `bind`. */
import { EventEmitter, on, once } from "node:events";
import { readFile } from "node:fs";
import { PassThrough, Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { MessageChannel, Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { http, user } from "../helpers/definitions.js";
import { preamble, program } from "../helpers/program.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET" });

type Way = (write: () => void) => unknown;

/** Each calls `write` in some roundabout way, begun inside the event. */
const followed: readonly (readonly [string, Way])[] = [
  ["after an await", async (write) => { await sleep(1); write(); }],
  ["in a then of a promise made outside", (write) => outside.then(write)],
  ["in one of several promises at once", (write) => Promise.all([sleep(1), sleep(2).then(write), Promise.race([sleep(1), sleep(2)])])],
  ["after a thenable that is no promise", async (write) => { await { then: (done: () => void) => void setTimeout(done, 1) }; write(); }],
  ["in a catch and a finally", (write) => Promise.reject(new Error("x")).catch(() => {}).finally(write)],
  ["in a microtask", (write) => new Promise<void>((done) => queueMicrotask(() => { write(); done(); }))],
  ["in process.nextTick", (write) => new Promise<void>((done) => process.nextTick(() => { write(); done(); }))],
  ["in setImmediate", (write) => new Promise<void>((done) => void setImmediate(() => { write(); done(); }))],
  ["in a timer", (write) => new Promise<void>((done) => void setTimeout(() => { write(); done(); }, 1))],
  ["in an interval", (write) => new Promise<void>((done) => { const timer = setInterval(() => { clearInterval(timer); write(); done(); }, 1); })],
  ["in a callback of the file system", (write) => new Promise<void>((done) => readFile(new URL(import.meta.url), () => { write(); done(); }))],
  ["after a promisified callback", async (write) => { await promisify(readFile)(new URL(import.meta.url)); write(); }],
  ["in a listener, when the event emits", (write) => { const emitter = new EventEmitter(); emitter.on("data", write); emitter.emit("data"); }],
  ["after once() of an emitter that somebody else makes emit", async (write) => { const emitter = new EventEmitter(); elsewhere(() => emitter.emit("data")); await once(emitter, "data"); write(); }],
  ["in a loop over the events of an emitter", async (write) => { const emitter = new EventEmitter(); elsewhere(() => emitter.emit("data", 1)); for await (const _ of on(emitter, "data")) break; write(); }],
  ["in a transform of a pipeline", (write) => pipeline(Readable.from(["a", "b"]), new Transform({ objectMode: true, transform(_chunk, _encoding, done) { if (_chunk === "b") write(); done(); } }), async (rest) => { for await (const _ of rest); })],
  ["in a listener of a stream", (write) => new Promise<void>((done) => void Readable.from(["a"]).on("data", write).on("end", done))],
  ["in a web stream that the event reads", async (write) => { for await (const _ of new ReadableStream({ async pull(controller) { await sleep(1); write(); controller.close(); } })); }],
  ["in an async generator that the event reads", async (write) => { for await (const _ of (async function* () { await sleep(1); yield 1; write(); })()); }],
  ["in a listener of an AbortSignal that the event aborts", (write) => { const controller = new AbortController(); controller.signal.addEventListener("abort", write); controller.abort(); }],
  ["in an answer of fetch", async (write) => { await (await fetch("data:text/plain,a")).text(); write(); }],
];

const outside = Promise.resolve();

/** Calls from a context in which there is no event: a loop that was there before. */
const queue: (() => void)[] = [];
function elsewhere(work: () => void): void {
  queue.push(work);
}
setInterval(() => queue.splice(0).forEach((work) => work()), 1).unref();

describe("a write without being handed the event finds it", () => {
  it.each(followed)("%s", async (_name, way) => {
    const { wevt, record, told } = harness();
    await wevt.run(request, async () => { await way(() => wevt.log(user({ id: "found" }))); });
    expect(record()["user"]).toEqual({ id: "found" });
    expect(told).toEqual([]);
  });

  it("among a hundred at once, each its own", async () => {
    const { wevt, collected } = harness();
    const names = Array.from({ length: 100 }, (_, index) => `u${index}`);
    await Promise.all(names.map((id) => wevt.run(http({ method: "GET", path: id }), async () => { await sleep(Math.random() * 5); wevt.log(user({ id })); await sleep(Math.random() * 5); wevt.set({ user: { tags: [id] } }); })));
    expect(collected.records.map((record) => record["user"])).toEqual(collected.records.map((record) => ({ id: Object(record["originator"]).path, tags: [Object(record["originator"]).path] })));
    expect(new Set(collected.records.map((record) => Object(record["user"]).id)).size).toBe(100);
  });

  it("only inside: neither before nor after, nor beside an event that was only started", async () => {
    const { wevt, told } = harness();
    const event = wevt.start(request);
    wevt.log(user({ id: "beside" }));
    await wevt.run(request, async () => {});
    wevt.log(user({ id: "after" }));
    event.emit();
    expect(told).toEqual([expect.objectContaining({ problem: "no_event", path: "user" }), expect.objectContaining({ problem: "no_event", path: "user" })]);
  });
});

/** Each has `callback` called by something that knows nothing of the event. */
const lost: readonly (readonly [string, (callback: () => void) => Promise<unknown>])[] = [
  ["a listener of an emitter that something else makes emit", async (callback) => { const emitter = new EventEmitter(); emitter.on("data", callback); elsewhere(() => emitter.emit("data")); await once(emitter, "data"); }],
  ["a callback in a queue that a loop works off, as in a pool of connections", (callback) => new Promise<void>((done) => elsewhere(() => { callback(); done(); }))],
  ["a listener of a shared message port", async (callback) => { const port = sharedPort; port.port1.once("message", callback); const got = once(port.port1, "message"); elsewhere(() => port.port2.postMessage("hello")); await got; }],
  ["a listener of a shared worker", async (callback) => { sharedWorker.once("message", callback); const got = once(sharedWorker, "message"); sharedWorker.postMessage("hello"); await got; }],
  ["a listener of a stream that something else writes", async (callback) => { const stream = new PassThrough(); stream.on("data", callback); const got = once(stream, "data"); elsewhere(() => stream.write("a")); await got; }],
];

const sharedPort = new MessageChannel();
sharedPort.port1.unref();
sharedPort.port2.unref();
const sharedWorker = new Worker("const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => parentPort.postMessage(text));", { eval: true });
sharedWorker.unref();

describe.each(lost)("%s", (_name, call) => {
  it("has lost its event: the write is reported as no_event", async () => {
    const { wevt, record, told } = harness();
    await wevt.run(request, () => call(() => wevt.log(user({ id: "lost" }))));
    expect(record()).not.toHaveProperty("user");
    expect(told).toEqual([{ problem: "no_event", path: "user", message: expect.stringMatching(/pass the event/) }]);
    expect(wevt.problems()).toEqual({ no_event: 1 });
  });

  it("finds it with bind", async () => {
    const { wevt, record, told } = harness();
    await wevt.run(request, (event) => call(event.bind(() => wevt.log(user({ id: "bound" })))));
    expect(record()["user"]).toEqual({ id: "bound" });
    expect(told).toEqual([]);
  });

  it("needs no bind where it is passed the event", async () => {
    const { wevt, record, told } = harness();
    await wevt.run(request, (event) => call(() => event.log(user({ id: "passed" }))));
    expect(record()["user"]).toEqual({ id: "passed" });
    expect(told).toEqual([]);
  });
});

describe("bind", () => {
  it("passes arguments, this, the result and what is thrown, and finds the event as long as it is called", async () => {
    const { wevt, record } = harness();
    const broken = new Error("x");
    await wevt.run(request, async (event) => {
      const add = event.bind(function (this: { readonly base: number }, amount: number) { wevt.set({ user: { id: String(amount) } }); return this.base + amount; });
      expect(add.call({ base: 1 }, 2)).toBe(3);
      expect(add.call({ base: 2 }, 3)).toBe(5);
      expect(event.bind(() => { throw broken; })).toThrow(broken);
    });
    expect(record()["user"]).toEqual({ id: "3" });
  });

  it("leads to the follow-up when it is called after the end", async () => {
    const { wevt, collected, told } = harness();
    let late = (): void => {};
    wevt.run(request, (event) => { late = event.bind(() => wevt.log(user({ id: "late" }))); });
    late();
    await wevt.flush();
    expect(collected.records[1]).toMatchObject({ followUpOf: collected.records[0]?.["eventId"], user: { id: "late" } });
    expect(told.map(({ problem }) => problem)).toEqual(["late"]);
  });
});

describe("a worker thread", () => {
  it("goes on with the trace of the event that sent it the work", async () => {
    const { wevt, record } = harness();
    const worker = new Worker(program(`${preamble}
      import { parentPort } from "node:worker_threads";
      import { memory } from "./src/collectors/memory.js";
      const seen = memory();
      const wevt = createUntypedWevt({ collectors: [seen], healthIntervalMs: 0 });
      parentPort.once("message", async ({ from, id }) => {
        await wevt.run(http({ method: "WORK" }), async () => { await null; wevt.log(user({ id })); }, { from });
        parentPort.postMessage(seen.records[0]);
      });`));
    const [inner] = await wevt.run(request, async () => {
      worker.postMessage({ from: wevt.traceContext(), id: "in the worker" });
      return once(worker, "message");
    });
    const { traceId, spanId } = Object(record()["originator"]);
    expect(inner).toMatchObject({ originator: { traceId, parentSpanId: spanId, root: { type: "http", spanId } }, user: { id: "in the worker" } });
    await worker.terminate();
  });
});
