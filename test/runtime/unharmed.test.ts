/**
 * What event loggers are known to get wrong: each fault was seen by running one, and each is a promise here. The comment above a test says what
 * the fault was.
 */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { file, type FileOptions } from "../../src/collectors/file.js";
import { memory } from "../../src/collectors/memory.js";
import { tracedFetch } from "../../src/propagation/outgoing.js";
import type { Collector, FinishedEvent } from "../../src/runtime/collector.js";
import { maxFlushMs } from "../../src/runtime/limits.js";
import { endOfStream, streamed } from "../../src/runtime/streams/index.js";
import { tailSampling } from "../../src/sampling/index.js";
import { db, http, partial, registry, user } from "../helpers/definitions.js";
import { finished, preamble, program, start } from "../helpers/program.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });
const order = partial("order", { id: { type: "string" }, iban: { type: "string" }, number: { type: "number" }, card: { type: "string", handling: "mask", concealed: true }, labels: { object: { fields: {}, rest: { handling: "mask", concealed: true } } } });

/** A list of the prototypes that a write could reach by the keys of a parsed body. */
function prototypes(): string {
  return JSON.stringify([Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).map(String)));
}

describe("what the caller owns", () => {
  // set() walked into __proto__ and wrote to Object.prototype.
  it.each(['{"__proto__":{"x":1}}', '{"user":{"__proto__":{"x":1}}}', '{"user":{"id":"a","constructor":{"prototype":{"x":1}}}}', '{"db":{"limits":{"__proto__":{"x":1}}}}', '{"db":{"perTable":{"__proto__":1}}}', '{"db":{"free":{"__proto__":{"x":{"__proto__":{"x":1}}}}}}'])("and the prototypes of all objects stay as they are when a parsed body is set: %s", (body) => {
    const before = prototypes();
    const { wevt, collected } = harness();
    wevt.run(request, (event) => {
      event.set(JSON.parse(body));
      event.set(JSON.parse(body));
      event.log(user(JSON.parse(body)));
      event.add("db.perTable.__proto__", 1);
      event.add("__proto__.x", 1);
    });
    expect(prototypes()).toBe(before);
    expect(Object(JSON.parse(collected.lines[0] ?? "")).x).toBeUndefined();
  });

  // The first object that was set became the event's own, and later writes changed it.
  it("does not gain what is written later", () => {
    const mine = { id: "u", tags: ["a"] };
    const limits = { soft: 1 };
    const { wevt, record } = harness();
    wevt.run(request, (event) => {
      event.set({ user: mine, db: { limits, tables: mine.tags } });
      event.set({ user: { tier: "pro" }, db: { limits: { hard: 2 }, tables: ["b"] } });
    });
    expect([mine, limits]).toEqual([{ id: "u", tags: ["a"] }, { soft: 1 }]);
    expect(record()).toMatchObject({ user: { id: "u", tier: "pro" }, db: { limits: { soft: 1, hard: 2 }, tables: ["a", "b"] } });
  });

  // An event that waited in a pipeline changed with the objects that had been passed to it.
  it("may change after the event was emitted: what waits for a slow collector stays as it was", async () => {
    const seen: FinishedEvent[] = [];
    const slow: Collector = { flush: async (events) => { seen.push(...events); await sleep(5); } };
    const mine = { free: { deep: ["before"] } };
    const { wevt } = harness({ collectors: [slow] });
    for (let index = 0; index < 3; index++) wevt.run(request, (event) => event.log(db(mine)));
    mine.free.deep[0] = "after";
    await wevt.flush();
    expect(seen.map(({ record }) => record["db"])).toEqual(Array.from({ length: 3 }, () => ({ free: { deep: ["before"] } })));
    expect(seen.map(({ line }) => line).join("")).not.toContain("after");
  });

  // A shallow copy was redacted: the caller's nested object was masked.
  it("is never masked in place, whatever stands beside it", () => {
    const mine = { card: "4111 1111 1111 1111", labels: { owner: "Leia" }, id: 5n };
    const { wevt, record } = harness({}, registry([order]));
    wevt.run(request, (event) => event.log(order(mine)));
    expect(mine).toEqual({ card: "4111 1111 1111 1111", labels: { owner: "Leia" }, id: 5n });
    expect(record()["order"]).toMatchObject({ card: "***", labels: { owner: "***" } });
  });
});

describe("the response", () => {
  // emit() threw at a BigInt or a cycle, the middleware rejected, and a request that had been answered with 200 got 500.
  it("is the one that the work made, also where a field holds a bigint or a cycle", async () => {
    const cycle: { [key: string]: unknown } = { a: 1 };
    cycle["self"] = cycle;
    const { wevt, collected, told } = harness({}, registry([db, partial("thing", { count: { type: "integer" }, size: { type: "number" } })]));
    const response = await wevt.run(request, async (event) => {
      event.set({ db: { free: { cycle, big: 2n ** 70n } }, thing: { count: 7n, size: 2n ** 70n } });
      return { status: 200 };
    });
    expect(response.status).toBe(200);
    expect(JSON.parse(collected.lines[0] ?? "")).toMatchObject({ outcome: "ok", db: { free: { cycle: { a: 1 }, big: (2n ** 70n).toString() } }, thing: { count: 7 } });
    expect(told.map(({ problem, path }) => [problem, path])).toEqual([["unserializable", "db.free.cycle.self"], ["wrong_type", "thing.size"]]);
  });

  // Every response took as long as the drain.
  it("does not wait for a collector", async () => {
    let taken = 0;
    const never: Collector = { flush: (events) => { taken += events.length; return new Promise<void>(() => {}); } };
    const { wevt } = harness({ collectors: [never] });
    const server = createServer((_incoming, response) => void wevt.run(request, async () => void response.end("answer")));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      for (let index = 0; index < 3; index++) expect(await (await fetch(`http://127.0.0.1:${Object(server.address()).port}/`)).text()).toBe("answer");
      expect(taken).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    const began = performance.now();
    await wevt.close({ timeoutMs: 20 });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("two errors of one event", () => {
  // The second error's message stood beside the status that the first one had left.
  it("are never blended: the record has all of the first one and nothing of the second", () => {
    const { wevt, record } = harness({ stacks: false });
    wevt.run(request, (event) => {
      event.error(Object.assign(new TypeError("card was declined"), { code: "DECLINED" }), { slug: "card-declined" });
      event.error(new RangeError("out of stock"));
    });
    expect(record()["error"]).toEqual({ type: "TypeError", message: "card was declined", code: "DECLINED", slug: "card-declined" });
  });

  it("are told apart the other way round, too", () => {
    const { wevt, record } = harness({ stacks: false });
    wevt.run(request, (event) => {
      event.error(new RangeError("out of stock"));
      event.error(Object.assign(new TypeError("card was declined"), { code: "DECLINED" }), { slug: "card-declined" });
    });
    expect(record()["error"]).toEqual({ type: "RangeError", message: "out of stock", unforeseen: true });
  });
});

describe("values that are no JSON", () => {
  // A Map and a Set became {}, a Buffer a list of its bytes.
  it.each<readonly [string, unknown, unknown, number]>([
    ["a Date", new Date(0), "1970-01-01T00:00:00.000Z", 0],
    ["a Map", new Map<unknown, unknown>([["a", 1], [2, new Set(["b"])]]), { a: 1, 2: ["b"] }, 0],
    ["a Set", new Set([1, "a"]), [1, "a"], 0],
    ["a bigint in its object", Object(5n), 5, 0],
    ["a symbol in its object", Object(Symbol("s")), undefined, 1],
    ["a Buffer", Buffer.from("hello"), undefined, 1],
    ["an ArrayBuffer", new ArrayBuffer(3), undefined, 1],
  ])("have one stated result: %s", (_name, value, kept, problems) => {
    const { wevt, record, told } = harness();
    wevt.run(request, (event) => event.log(db({ free: value })));
    expect(Object(record()["db"]).free).toEqual(kept);
    expect(told).toEqual(Array.from({ length: problems }, () => ({ problem: "unserializable", path: "db.free", message: expect.stringMatching(/^a (?:buffer|symbol) has no place/) })));
  });

  // A field of 5 MB was written whole.
  it("and values that are too long are cut, and that is on record", () => {
    const { wevt, collected, problems } = harness();
    wevt.run(request, (event) => event.log(db({ free: "x".repeat(5_000_000) })));
    expect(collected.lines[0]?.length).toBeLessThan(110_000);
    expect(problems()).toEqual([{ problem: "limit", path: "db.free", message: expect.stringContaining("5000000") }]);
  });
});

describe("what is hidden", () => {
  // Patterns masked order ids of 16 digits as cards and ids of the shape of an IBAN, and let a number and the keys of objects through.
  it("is what the schema says, whatever values look like", () => {
    const { wevt, record } = harness({}, registry([order]));
    wevt.run(request, (event) => event.log(order({ id: "4111111111111111", iban: "DE89370400440532013000", number: 4_111_111_111_111_111, card: "4111111111111111", labels: { a: "leia@example.com" } })));
    expect(record()["order"]).toEqual({ id: "4111111111111111", iban: "DE89370400440532013000", number: 4_111_111_111_111_111, card: "***", labels: { a: "***" } });
  });

  it("is hidden from the console and from every other collector alike", async () => {
    const script = program(`${preamble}
      import { memory } from "./src/collectors/memory.js";
      const seen = memory();
      const wevt = createUntypedWevt({ collectors: [stdio(), seen], healthIntervalMs: 0 });
      wevt.run(request, (event) => event.log(user({ id: "a", email: "leia@example.com", password: "p4ss" })));
      process.stdout.write(seen.lines[0] + "\\n");`);
    const { stdout } = await finished(start(script));
    const [console_, other] = stdout.split("\n");
    expect(console_).toBe(other);
    expect(JSON.parse(console_ ?? "")).toMatchObject({ user: { id: "a", email: "***" } });
    expect(stdout).not.toMatch(/leia|p4ss/);
  });
});

describe("events that wait for a collector", () => {
  // They were lost in silence when the program ended, or called process.exit.
  it.each(["", "process.exit(0);"])("are handed over when the process ends (%s)", async (end) => {
    const { stdout } = await finished(start(program(`${preamble}
      import { appendFileSync } from "node:fs";
      const slow = { flush: (events) => { for (const event of events) appendFileSync(1, event.line + "\\n"); return new Promise((resolve) => setTimeout(resolve, 100)); } };
      emit(createUntypedWevt({ collectors: [slow], healthIntervalMs: 0 }), 50);
      ${end}`)));
    expect(stdout.split("\n").slice(0, -1).map((line) => JSON.parse(line).user.id)).toEqual(Array.from({ length: 50 }, (_, index) => `u${index}`));
  });
});

describe("a collector that never settles", () => {
  it("is given up after a minute: its later events are handed over, and it may still settle", async () => {
    const settle: (() => void)[] = [];
    const taken: unknown[] = [];
    const stuck: Collector = { name: "stuck", flush: (events) => { taken.push(events.map(({ record }) => Object(record["user"]).id)); return new Promise((resolve) => void settle.push(resolve)); } };
    const { wevt, told } = harness({ collectors: [stuck] });
    const now = vi.spyOn(Date, "now");
    try {
      const emit = (id: string): void => wevt.run(request, (event) => event.log(user({ id })));
      for (const id of ["a", "b"]) emit(id);
      now.mockReturnValue(Date.now() + maxFlushMs + 1);
      for (const id of ["c", "d"]) emit(id);
      expect(taken).toEqual([["a"], ["b"]]);
      expect(told).toEqual([{ problem: "collector", path: "stuck", message: expect.stringContaining("given up") }]);
      settle[0]?.();
      await sleep(1);
      expect(taken).toHaveLength(2);
      settle[1]?.();
      await sleep(1);
      expect(taken).toEqual([["a"], ["b"], ["c", "d"]]);
    } finally {
      now.mockRestore();
    }
  });
});

describe("bounds of a collector that do not fit each other", () => {
  const fresh = (): string => join(mkdtempSync(join(tmpdir(), "wevt-bounds-")), "events.ndjson");
  const idsIn = (path: string): readonly unknown[] => readFileSync(path, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line).user.id);

  // A batch larger than the buffer was accepted, and the buffer dropped events before the first batch was full.
  it.each<readonly [string, FileOptions]>([
    ["a batch larger than what may wait", { bufferBytes: 65_536, maxBytes: 2_000 }],
    ["a batch larger than any", { bufferBytes: 1e9, maxBytes: 70_000 }],
    ["a batch that is never full", { bufferBytes: Number.POSITIVE_INFINITY, maxBytes: 1_000 }],
    ["nothing that may wait", { maxBytes: 0 }],
    ["numbers that are none", { bufferBytes: Number.NaN, maxBytes: Number.NaN, intervalMs: Number.NaN }],
    ["less than nothing", { bufferBytes: -1, maxBytes: -1, intervalMs: -1 }],
  ])("lose no event and no order, as long as the file can be written: %s", async (_name, options) => {
    const path = fresh();
    const { wevt, told } = harness({ collectors: [file(path, options)] });
    const ids = Array.from({ length: 200 }, (_, index) => (index % 50 === 7 ? `u${index} ${"x".repeat(90_000)}` : `u${index}`));
    for (const id of ids) wevt.run(request, (event) => event.log(user({ id })));
    await wevt.close();
    expect(idsIn(path)).toEqual(ids);
    expect(told).toEqual([]);
  });

  it("keep no more than may wait while the file cannot be written, whatever the batch; what is lost is told, event by event", async () => {
    const path = fresh();
    mkdirSync(path);
    const { wevt, told } = harness({ collectors: [file(path, { bufferBytes: 1, maxBytes: 3_000 })] });
    for (let index = 0; index < 50; index++) wevt.run(request, (event) => event.log(user({ id: `u${index} ${"x".repeat(index === 3 ? 90_000 : 1)}` })));
    rmdirSync(path);
    await wevt.close();
    const kept = idsIn(path).length;
    expect(Buffer.byteLength(readFileSync(path))).toBeLessThanOrEqual(3_000);
    expect(kept).toBeGreaterThan(2);
    expect(told.filter(({ message }) => message.includes("were dropped"))).toHaveLength(50 - kept);
  });
});

describe("who is let in", () => {
  async function serve<Result>(listener: RequestListener, use: (origin: string) => Promise<Result>): Promise<Result> {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      return await use(`http://127.0.0.1:${Object(server.address()).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  // A server streamed events to whoever asked from an origin that began like a trusted one: localhost.attacker.example.
  it("is nobody: no part of wevt listens on a port", async () => {
    const script = program(`${preamble}
      import * as parts from "./test/helpers/every-part.js";
      import { Server } from "node:net";
      const listened = [];
      Server.prototype.listen = function () { listened.push(new Error().stack); return this; };
      const wevt = createUntypedWevt({ collectors: [file("events.ndjson"), parts.memory()], messages: parts.messages, sampling: parts.tailSampling({ base: 1 }) });
      parts.captureConsole(wevt);
      emit(wevt, 3);
      await wevt.flush();
      process.stdout.write(JSON.stringify({ parts: Object.keys(parts).length > 10, listened, open: process.getActiveResourcesInfo().filter((one) => /server|tcp|pipe/i.test(one) && !/^PipeWrap$/.test(one)) }));`);
    const { stdout, stderr } = await finished(start(script));
    expect(JSON.parse(stdout || stderr)).toEqual({ parts: true, listened: [], open: [] });
  });

  it("to a streamed response is whom the work names: its event lasts to the end of the stream, and no header is added", async () => {
    const { wevt, record, collected } = harness();
    const encoder = new TextEncoder();
    let finish = (): void => {};
    const body = (): ReadableStream<Uint8Array> => new ReadableStream({ start: (controller) => { controller.enqueue(encoder.encode("data: 1\n\n")); finish = () => { controller.enqueue(encoder.encode("data: 2\n\n")); controller.close(); }; } });
    const answer: RequestListener = async (_incoming, outgoing) => {
      const response = await wevt.run(request, async () => streamed(new Response(body(), { headers: { "content-type": "text/event-stream" } })), { until: endOfStream });
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      for await (const chunk of response.body ?? []) outgoing.write(chunk);
      outgoing.end();
    };
    await serve(answer, async (origin) => {
      const response = await fetch(origin, { headers: { origin: "http://localhost.attacker.example" } });
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(collected.records).toEqual([]);
      finish();
      expect(await response.text()).toBe("data: 1\n\ndata: 2\n\n");
    });
    await expect.poll(() => collected.records.length).toBe(1);
    expect(record()["outcome"]).toBe("ok");
  });

  it("on traces is a host that is named whole, never one that begins or ends like it", async () => {
    const { wevt } = harness();
    const seen: (readonly [string, boolean])[] = [];
    await serve((incoming, outgoing) => { seen.push([String(incoming.headers["x-asked"]), incoming.headers.traceparent !== undefined]); outgoing.end(); }, async (origin) => {
      const toServer = async (url: string, init: RequestInit = {}): Promise<Response> => { const headers = new Headers(init.headers); headers.set("x-asked", new URL(url).hostname); return fetch(origin, { headers }); };
      const asked = tracedFetch(wevt, { to: ["localhost", "api.example.com", "*.internal.example.com"], fetch: toServer });
      await wevt.run(request, async () => {
        for (const host of ["localhost", "api.example.com", "a.internal.example.com", "localhost.attacker.example", "api.example.com.attacker.example", "xapi.example.com", "internal.example.com", "xinternal.example.com", "a.internal.example.com.attacker.example"]) await asked(`http://${host}:8080/`);
        await asked("http://localhost@attacker.example/");
      });
    });
    expect(seen.filter(([, told]) => told).map(([host]) => host)).toEqual(["localhost", "api.example.com", "a.internal.example.com"]);
    expect(seen).toHaveLength(10);
  });
});

describe("sampled events", () => {
  // Kept events had neither rate nor reason, so that no count could be weighted.
  it("say how many they stand for, and why they were kept", () => {
    const { wevt, collected } = harness({ sampling: tailSampling({ rules: [{ name: "error", outcome: ["error"] }], base: 0.5 }) });
    for (let index = 0; index < 400; index++) wevt.run(request, (event) => index % 100 === 0 && event.error(new Error("x")));
    const said = new Set(collected.records.map((record) => `${record["sampleReason"]} ${record["sampleRate"]}`));
    expect([...said].sort()).toEqual(["base 2", "error 1"]);
    const weighted = collected.records.reduce((sum, record) => sum + Number(record["sampleRate"]), 0);
    expect(weighted).toBeGreaterThan(320);
    expect(weighted).toBeLessThan(480);
  });

  // A dropped event was merged, built and redacted all the same.
  it("that are dropped are neither handled nor serialized, and were checked when they were written", () => {
    let checks = 0;
    const watched = partial("watched", { a: { handling: "hash" } });
    const descriptor = { ...watched.descriptor, slots: (fields: object, list: boolean) => { checks++; return list ? Object.values(fields) : true; } };
    const seen = memory();
    const { wevt, told } = harness({ collectors: [seen], sampling: tailSampling({ base: 0 }) });
    for (let index = 0; index < 10; index++) wevt.run(request, (event) => event.log({ partial: "watched", fields: { a: "b" }, descriptor }));
    expect([checks, told, seen.records.length]).toEqual([10, [], 0]);
  });
});
