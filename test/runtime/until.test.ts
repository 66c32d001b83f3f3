/** `until`: work whose end is that of a response, a socket or a promise, and who asked may be gone before. */
import { EventEmitter } from "node:events";
import { createServer, request as httpRequest, type RequestListener, type ServerResponse } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect, createServer as createSocketServer, type Server, type Socket } from "node:net";
import { Duplex, PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { http, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET", path: "/" });
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** Asks a server of this handler, and goes away once `leave` says so, if it does. */
async function ask(handler: RequestListener, leave?: Promise<unknown>): Promise<void> {
  const server = createServer(handler);
  const port = await portOf(server);
  await new Promise<void>((resolve) => {
    const asked = httpRequest({ port, host: "127.0.0.1", agent: false }, (response) => response.resume().on("close", resolve));
    asked.on("error", () => resolve()).end();
    void leave?.then(() => asked.destroy());
  });
}

async function askHttp2(handler: (incoming: unknown, response: ServerResponse) => void, leave?: Promise<unknown>): Promise<void> {
  const server = createHttp2Server((incoming, response) => handler(incoming, response as unknown as ServerResponse));
  const session = connectHttp2(`http://127.0.0.1:${await portOf(server)}`);
  closing.unshift(() => session.destroy());
  await new Promise<void>((resolve) => {
    const asked = session.request({ ":path": "/" });
    asked.on("error", () => {}).on("close", resolve).resume().end();
    void leave?.then(() => asked.destroy());
  });
}

/** A promise, and what fulfils it. */
function signal(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach = (): void => {};
  return { reached: new Promise<void>((resolve) => (reach = resolve)), reach: () => reach() };
}

const askStream: typeof askHttp2 = (handler, leave) => askHttp2((incoming, response) => handler(incoming, Object(response).stream), leave);

const servers = [["HTTP/1", ask], ["HTTP/2", askHttp2], ["HTTP/2, by its stream", askStream]] as const;
const begun = [["nothing was written yet", () => {}], ["the first part was written", (response: ServerResponse) => void response.write("first ")]] as const;

describe.each(servers)("a client of %s that goes away while the handler works", (_version, asked) => {
  it.each(begun)("makes the outcome aborted when %s, also where the handler then answers", async (_when, begin) => {
    const { wevt, collected } = harness();
    const [started, done] = [signal(), signal()];
    await asked((_incoming, response) => void wevt.run(request, async (event) => {
      begin(response);
      started.reach();
      await new Promise((resolve) => response.once("close", resolve));
      await sleep(5);
      expect(collected.records).toEqual([]);
      event.log(user({ id: "a" }));
      response.end("x");
      done.reach();
    }, { until: response }), started.reached);
    await done.reached;
    await expect.poll(() => collected.records.length).toBe(1);
    expect(collected.records[0]).toMatchObject({ outcome: "aborted", user: { id: "a" } });
  });

  it("makes the outcome aborted where until is asked after the handler has answered", async () => {
    const { wevt, collected } = harness();
    const started = signal();
    await asked((_incoming, response) => void wevt.run(request, async () => {
      started.reach();
      await new Promise((resolve) => response.once("close", resolve));
      response.end("x");
      return response;
    }, { until: (result) => result as ServerResponse }), started.reached);
    await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["aborted"]);
  });

  it("is ok when it got its answer, whether the handler goes on then or not", async () => {
    const { wevt, collected } = harness();
    for (const later of [0, 20]) {
      await asked((_incoming, response) => void wevt.run(request, async () => {
        await sleep(5);
        response.write("first ");
        response.end("last");
        await sleep(later);
      }, { until: response }));
    }
    await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["ok", "ok"]);
  });
});

describe("a client that goes away", () => {
  it("is no error of a pipeline into the response; what else fails is", async () => {
    const { wevt, collected } = harness();
    for (const failure of [undefined, new RangeError("another matter")]) {
      const started = signal();
      await ask((_incoming, response) => {
        const endless = new Readable({ read() { setTimeout(() => this.push("x"), 1); } });
        void wevt.run(request, async () => {
          started.reach();
          await pipeline(endless, response).catch((error: unknown) => { throw failure ?? error; });
        }, { until: response }).catch(() => {});
      }, started.reached);
    }
    await expect.poll(() => collected.records.map((record) => [record["outcome"], Object(record["error"]).code ?? Object(record["error"]).type])).toEqual([["aborted", "ERR_STREAM_PREMATURE_CLOSE"], ["error", "RangeError"]]);
  });

  it("is no error of a handler that still reads what it sends", async () => {
    const { wevt, collected } = harness();
    const server = createServer((incoming, response) => void wevt.run(request, async () => {
      for await (const _chunk of incoming);
      response.end("x");
    }, { until: response }).catch(() => {}));
    const asked = httpRequest({ port: await portOf(server), host: "127.0.0.1", method: "POST", agent: false }).on("error", () => {});
    asked.write("half ", () => setTimeout(() => asked.destroy(), 10));
    await expect.poll(() => collected.records.map((record) => [record["outcome"], Object(record["error"]).code])).toEqual([["aborted", "ECONNRESET"]]);
  });

  it("is told by anything that says when it ends", async () => {
    const { wevt, record } = harness();
    await wevt.run(request, () => sleep(1), { until: { whenEnded: (done) => void setTimeout(() => done({ cutOff: true }), 0) } });
    expect(record()["outcome"]).toBe("aborted");
  });

  it("is seen by an event that is emitted by hand, and counts less than a time limit", async () => {
    const { wevt, collected } = harness();
    const [byHand, limited] = [new PassThrough(), new PassThrough()];
    await wevt.run(request, async (event) => {
      byHand.destroy();
      await sleep(0);
      event.emit();
    }, { until: byHand });
    await wevt.run(request, async () => {
      limited.destroy();
      await sleep(20);
    }, { until: limited, timeoutMs: 5 });
    expect(collected.records.map((record) => record["outcome"])).toEqual(["aborted", "timeout"]);
  });

  it("changes nothing of an event that was emitted before", async () => {
    const held = signal();
    const lines: string[] = [];
    const { wevt } = harness({ collectors: [{ flush: async (events) => { await held.reached; lines.push(...events.map(({ line }) => line)); } }] });
    for (const stream of [new PassThrough(), new PassThrough()]) {
      await wevt.run(request, async (event) => {
        event.emit();
        stream.destroy();
        await sleep(1);
      }, { until: stream });
    }
    held.reach();
    await wevt.flush();
    expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(["ok", "ok"]);
  });
});

describe("a server that breaks its own response", () => {
  const upstream = (): Error => Object.assign(new Error("db went away"), { code: "ECONNRESET" });
  const breaks = (error: () => Error): readonly (readonly [how: string, break_: (response: ServerResponse) => unknown])[] => [
    ["destroying it with an error", (response) => response.destroy(error())],
    ["a pipeline whose source fails", (response) => pipeline(async function* () { yield "a"; await sleep(5); throw error(); }, response).catch(() => {})],
  ];
  describe.each([["HTTP/1, be it one of another connection", ask, upstream], ["HTTP/2", askHttp2, () => new Error("db went away")]] as const)("of %s", (_version, asked, error) => {
    it.each(breaks(error))("by %s makes the outcome error, whether the handler has returned or not", async (_how, break_) => {
      const { wevt, collected } = harness();
      for (const work of [async (response: ServerResponse) => { await break_(response); await sleep(10); }, (response: ServerResponse) => void break_(response)]) {
        await asked((_incoming, response) => {
          response.write("first ");
          setTimeout(() => void wevt.run(request, () => work(response), { until: response }), 5);
        });
      }
      await expect.poll(() => collected.records.map((record) => [record["outcome"], Object(record["error"]).message])).toEqual([["error", "db went away"], ["error", "db went away"]]);
    });
  });

  it("is told also where until is asked after it was broken, and nobody went away", async () => {
    const { wevt, collected } = harness();
    await ask((_incoming, response) => void wevt.run(request, async () => {
      response.write("first ");
      response.destroy(upstream());
      await sleep(5);
      return response;
    }, { until: (result) => result as ServerResponse }));
    await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["error"]);
  });

  it("is told from a client of HTTP/2 that goes away with an error", async () => {
    const { wevt, collected } = harness();
    for (const of of [(response: ServerResponse) => response, (response: ServerResponse) => Object(response).stream]) {
      const server = createHttp2Server((_incoming, response) => {
        response.write("first ");
        wevt.run(request, () => {}, { until: of(response as unknown as ServerResponse) });
      });
      const session = connectHttp2(`http://127.0.0.1:${await portOf(server)}`);
      closing.unshift(() => session.destroy());
      const asked = session.request({ ":path": "/" });
      asked.on("error", () => {}).once("data", () => asked.destroy(new Error("no more")));
    }
    await expect.poll(() => collected.records.map((record) => [record["outcome"], record["error"]])).toEqual([["aborted", undefined], ["aborted", undefined]]);
  });
});

describe("a client of a socket that resets it", () => {
  it.each([
    ["the work waits for it by until alone", () => {}],
    ["the work fails with it", (socket: Socket) => pipeline(socket, async (chunks) => { for await (const _chunk of chunks); })],
  ])("went away: aborted, where %s", async (_when, work) => {
    const { wevt, collected } = harness();
    const server = createSocketServer((socket) => {
      socket.on("error", () => {}).write("hello");
      void Promise.resolve(wevt.run(request, () => work(socket), { until: socket })).catch(() => {});
    });
    const client = connect(await portOf(server), "127.0.0.1");
    client.on("error", () => {}).once("data", () => client.resetAndDestroy());
    await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["aborted"]);
  });

  it("is no client that left where the socket breaks of something else", async () => {
    const { wevt, collected } = harness();
    const server = createSocketServer((socket) => {
      wevt.run(request, () => {}, { until: socket.on("error", () => {}) });
      socket.destroy(new RangeError("bad frame"));
    });
    connect(await portOf(server), "127.0.0.1").on("error", () => {});
    await expect.poll(() => collected.records.map((record) => [record["outcome"], Object(record["error"]).type])).toEqual([["error", "RangeError"]]);
  });
});

describe("a connection that is kept", () => {
  it("gives each of its requests its own end", async () => {
    const { wevt, collected } = harness();
    const server = createServer((incoming, response) => void wevt.run(http({ method: "GET", path: incoming.url ?? "" }), async () => {
      await sleep(2);
      if (incoming.url === "/3") return incoming.socket.destroy();
      return response.end("x");
    }, { until: response }));
    const socket = connect(await portOf(server), "127.0.0.1");
    socket.on("error", () => {});
    for (const path of ["/1", "/2", "/3"]) {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
      await new Promise((resolve) => (path === "/3" ? socket.once("close", resolve) : socket.once("data", resolve)));
    }
    await expect.poll(() => collected.records.map((record) => [Object(record["originator"]).path, record["outcome"]])).toEqual([["/1", "ok"], ["/2", "ok"], ["/3", "aborted"]]);
  });

  it("keeps no listener of events that are over, however they ended", async () => {
    const { wevt, collected } = harness();
    const accepted = new Promise<EventEmitter>((resolve) => {
      const server = createSocketServer(resolve);
      void portOf(server).then((port) => { const client = connect(port, "127.0.0.1"); closing.unshift(() => client.destroy()); });
    });
    const socket = await accepted;
    const names = ["end", "finish", "close", "error", EventEmitter.errorMonitor];
    const before = names.map((name) => socket.listenerCount(name));
    for (let count = 0; count < 20; count++) await expect(wevt.run(request, async () => { throw new Error("x"); }, { until: socket })).rejects.toThrow("x");
    expect(names.map((name) => socket.listenerCount(name))).toEqual(before);
    expect(collected.records).toHaveLength(20);
    const stream = new PassThrough();
    const own = names.map((name) => stream.listenerCount(name));
    wevt.run(request, () => {}, { until: stream });
    stream.end().resume();
    await expect.poll(() => collected.records.length).toBe(21);
    expect(names.map((name) => stream.listenerCount(name))).toEqual(own);
  });
});

describe("what ends before the work has", () => {
  it("ends no event: it lasts as long as the work, with how the other ended", async () => {
    const { wevt, collected, clock } = harness();
    const broken = new EventEmitter();
    const written = new PassThrough();
    await Promise.all([
      wevt.run(request, async () => { written.end().resume(); await sleep(5); clock.nowMs += 70; }, { until: written }),
      wevt.run(request, async () => { expect(() => broken.emit("error", new RangeError("broken"))).toThrow("broken"); await sleep(10); }, { until: broken }),
    ]);
    expect(collected.records.map((record) => [record["outcome"], record["durationMs"], Object(record["error"]).type])).toEqual([["ok", 70, undefined], ["error", 70, "RangeError"]]);
  });

  it("may be a promise that rejects: its failure is the event's, and nobody's unhandled one", async () => {
    const { wevt, record } = harness();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      await wevt.run(request, () => sleep(10), { until: Promise.reject(new TypeError("early")) });
      await sleep(5);
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unhandled).toEqual([]);
    expect(record()).toMatchObject({ outcome: "error", error: { type: "TypeError" } });
  });

  it("is less than a failure of the work", async () => {
    const { wevt, record } = harness();
    const stream = new PassThrough();
    await expect(wevt.run(request, async () => { stream.destroy(); await sleep(1); throw new RangeError("x"); }, { until: stream })).rejects.toThrow("x");
    expect(record()).toMatchObject({ outcome: "error", error: { type: "RangeError" } });
  });

  it("is not the end of reading where it is still written to", async () => {
    const { wevt, collected } = harness();
    const duplex = new Duplex({ read() { this.push(null); }, write: (_chunk, _encoding, done) => done() });
    await wevt.run(request, async () => { duplex.resume(); await new Promise((resolve) => duplex.once("end", resolve)); }, { until: duplex });
    expect(collected.records).toEqual([]);
    duplex.end("x");
    await expect.poll(() => collected.records.map((record) => record["outcome"])).toEqual(["ok"]);
  });

  it.each([
    ["has getters that throw", new Proxy(new PassThrough(), { get: (target, key) => { if (key !== "once") throw new Error("no"); return target.once.bind(target); } })],
    ["cannot be listened to", { once: () => { throw new Error("no"); } }],
    ["listens to nothing", { once: () => ({}), removeListener: () => { throw new Error("no"); } }],
  ])("may be what %s", async (_what, hostile) => {
    const { wevt } = harness();
    expect(await wevt.run(request, async () => 1, { until: hostile as never })).toBe(1);
    await expect(wevt.run(request, async () => { throw new Error("own"); }, { until: hostile as never })).rejects.toThrow("own");
    await wevt.close();
  });
});
