/** Events that last until a web stream, a response or an async iterable has been read to its end. */
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { endOfStream, streamed, streaming } from "../../../src/runtime/streams/index.js";
import { http, user } from "../../helpers/definitions.js";
import { harness } from "../../helpers/wevt.js";

const request = http({ method: "GET" });
const until = endOfStream;

function textStream(texts: readonly string[], fail?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await sleep(1);
      const text = texts[at++];
      if (text !== undefined) controller.enqueue(new TextEncoder().encode(text));
      else if (fail !== undefined) controller.error(fail);
      else controller.close();
    },
  });
}

async function collect(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe("an event until a response has been sent", () => {
  it("ends when its body has been read, and the body is the same", async () => {
    const { wevt, record, collected, clock } = harness();
    const response = await wevt.run(request, async () => streamed(new Response(textStream(["a", "b", "c"]), { status: 201, headers: [["x-a", "1"], ["set-cookie", "a=1"], ["set-cookie", "b=2"]] })), { until });
    expect(collected.records).toEqual([]);
    expect([response.status, response.headers.get("x-a"), response.headers.getSetCookie()]).toEqual([201, "1", ["a=1", "b=2"]]);
    clock.nowMs += 70;
    expect(await response.text()).toBe("abc");
    expect(record()).toMatchObject({ outcome: "ok", durationMs: 70 });
  });

  it("is aborted when who reads it goes away, and what makes the body is told why", async () => {
    const { wevt, record } = harness();
    let told: unknown;
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(3)), cancel: (reason) => { told = reason; } });
    const response = await wevt.run(request, async () => streamed(new Response(body)), { until });
    await response.body?.cancel("enough");
    expect([told, record()["outcome"]]).toEqual(["enough", "aborted"]);
    expect(record()).not.toHaveProperty("error");
  });

  it("is an error when the body breaks, and the reader gets the same error", async () => {
    const { wevt, record } = harness();
    const broken = new RangeError("upstream went away");
    const response = await wevt.run(request, async () => streamed(new Response(textStream(["a"], broken))), { until });
    await expect(collect(response.body ?? textStream([]))).rejects.toBe(broken);
    expect(record()).toMatchObject({ outcome: "error", error: { type: "RangeError", message: "upstream went away" } });
  });

  it("ends at once where there is no body, or one that is no stream of ours", async () => {
    const { wevt, collected } = harness();
    for (const response of [new Response(null, { status: 204 }), Response.redirect("http://localhost/", 302), Response.error()]) expect(await wevt.run(request, async () => streamed(response), { until })).toBe(response);
    await wevt.run(request, async () => new Response(textStream(["a"])), { until });
    expect(collected.records.map((record) => record["outcome"])).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("writes into the event from inside the stream, whoever reads it", async () => {
    const { wevt, record, told } = harness();
    const body = (): ReadableStream => new ReadableStream({ async pull(controller) { await sleep(1); wevt.log(user({ id: "from the stream" })); controller.enqueue(new Uint8Array(1)); controller.close(); } }, { highWaterMark: 0 });
    const response = await wevt.run(request, async () => streamed(new Response(body())), { until });
    await response.arrayBuffer();
    expect(record()["user"]).toEqual({ id: "from the stream" });
    expect(told).toEqual([]);
  });

  it("is served by a server of Node as before: sent whole, or cut off by who asked", async () => {
    const { wevt, collected } = harness();
    const server = createServer(async (incoming, outgoing) => {
      const endless = incoming.url === "/cut";
      const body = endless ? new ReadableStream({ async pull(controller) { await sleep(5); controller.enqueue(new Uint8Array(10)); } }) : textStream(["first ", "last"]);
      const response = await wevt.run(http({ method: "GET", path: incoming.url ?? "" }), async () => streamed(new Response(body)), { until });
      if (response.body !== null) await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => {});
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      const origin = `http://127.0.0.1:${Object(server.address()).port}`;
      expect(await (await fetch(`${origin}/whole`)).text()).toBe("first last");
      await expect.poll(() => collected.records.length).toBe(1);
      const controller = new AbortController();
      await fetch(`${origin}/cut`, { signal: controller.signal });
      controller.abort();
      await expect.poll(() => collected.records.length).toBe(2);
      expect(collected.records.map((record) => [Object(record["originator"]).path, record["outcome"]])).toEqual([["/whole", "ok"], ["/cut", "aborted"]]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("an event until a stream has been read", () => {
  it("ends with it, also where the stream itself is what the work returns", async () => {
    const { wevt, record } = harness();
    const chunks = [{ a: 1 }, "text", null];
    const stream = wevt.run(request, () => streamed(new ReadableStream({ start(controller) { for (const chunk of chunks) controller.enqueue(chunk); controller.close(); } })), { until });
    expect(await collect(stream)).toEqual(chunks);
    expect(record()["outcome"]).toBe("ok");
  });

  it("ends with a body that a response was made of afterwards", async () => {
    const { wevt, collected } = harness();
    const response = wevt.run(request, () => new Response(streamed(textStream(["a"]))), { until });
    expect(collected.records).toEqual([]);
    expect(await response.text()).toBe("a");
    expect(collected.records).toHaveLength(1);
  });

  it("reads nothing before it is asked for, and no more than is asked for", async () => {
    let made = 0;
    const lazy = new ReadableStream({ pull(controller) { controller.enqueue(made++); } }, { highWaterMark: 0 });
    const reader = streamed(lazy).getReader();
    await sleep(5);
    expect(made).toBe(0);
    await reader.read();
    expect(made).toBe(1);
  });

  it("lets readers of bytes bring their own buffers", async () => {
    const { wevt, record } = harness();
    const bytes = new ReadableStream({ type: "bytes", start(controller) { controller.enqueue(new Uint8Array([1, 2, 3])); controller.close(); } });
    const reader = wevt.run(request, () => streamed(bytes), { until }).getReader({ mode: "byob" });
    expect(await reader.read(new Uint8Array(2))).toEqual({ done: false, value: new Uint8Array([1, 2]) });
    expect(await reader.read(new Uint8Array(2))).toEqual({ done: false, value: new Uint8Array([3]) });
    expect((await reader.read(new Uint8Array(2))).done).toBe(true);
    expect(record()["outcome"]).toBe("ok");
  });

  it("may be teed and piped: it ends when all of it has been read", async () => {
    const { wevt, record } = harness();
    const [one, two] = wevt.run(request, () => streamed(textStream(["a", "b"])), { until }).tee();
    expect(await new Response(one.pipeThrough(new TransformStream())).text() + (await new Response(two).text())).toBe("abab");
    expect(record()["outcome"]).toBe("ok");
  });

  it("is given back where somebody reads it already, and is wrapped once", () => {
    const read = textStream(["a"]);
    read.getReader();
    expect(streamed(read)).toBe(read);
    const once = streamed(textStream(["a"]));
    expect(streamed(once)).toBe(once);
  });

  it("counts as ended for who asks after its end", async () => {
    const { wevt, record } = harness();
    const stream = streamed(textStream(["a"]));
    await collect(stream);
    wevt.run(request, () => stream, { until });
    expect(record()["outcome"]).toBe("ok");
  });
});

describe("an event until an async iterable has been read", () => {
  it("ends with it, and its generator finds the event", async () => {
    const { wevt, record, told } = harness();
    async function* tokens(): AsyncGenerator<string, void, undefined> {
      yield "a";
      await sleep(1);
      wevt.log(user({ id: "generated" }));
      yield "b";
    }
    const answer = wevt.wrap(request, () => streamed(tokens()), { until });
    expect(await collect(answer())).toEqual(["a", "b"]);
    expect(record()).toMatchObject({ outcome: "ok", user: { id: "generated" } });
    expect(told).toEqual([]);
  });

  it("is aborted by a loop that is left, and the generator cleans up", async () => {
    const { wevt, record } = harness();
    let cleaned = false;
    async function* endless(): AsyncGenerator<number, void, undefined> {
      try {
        for (let index = 0; ; index++) yield index;
      } finally {
        cleaned = true;
      }
    }
    for await (const number of wevt.run(request, () => streamed(endless()), { until })) if (number === 3) break;
    expect([cleaned, record()["outcome"]]).toEqual([true, "aborted"]);
  });

  it("is an error when it throws", async () => {
    const { wevt, record } = harness();
    async function* broken(): AsyncGenerator<number, void, undefined> { yield 1; throw new TypeError("no"); }
    await expect(collect(wevt.run(request, () => streamed(broken()), { until }))).rejects.toThrow("no");
    expect(record()).toMatchObject({ outcome: "error", error: { type: "TypeError" } });
  });
});

describe("whatever is passed", () => {
  const thrower = new Proxy({}, { get: () => { throw new Error("get"); }, has: () => { throw new Error("has"); } });
  it.each([[undefined], [null], [7], ["text"], [{}], [{ getReader: () => { throw new Error("no"); } }], [{ body: { getReader: 7 }, headers: {}, status: 200 }], [thrower]])("streamed and endOfStream do not throw (%#)", (value) => {
    expect(streamed(value as never)).toBe(value);
    expect(endOfStream(value)).toBeUndefined();
  });

  it("an ending of one's own calls back once", () => {
    const { wevt, record } = harness();
    let end = (_ended: object): void => {};
    wevt.run(request, () => {}, { until: { whenEnded: (done) => { end = done; } } });
    end({ cutOff: true });
    end({});
    expect(record()["outcome"]).toBe("aborted");
  });
});

describe("streaming, a decorator", () => {
  class Agent {
    readonly name = "writer";
    async *answer(question: string): AsyncGenerator<string> {
      yield this.name;
      await sleep(1);
      wevt.log(user({ id: question }));
      yield "done";
    }
    async respond(): Promise<Response> {
      return new Response(textStream(["a", "b"]));
    }
    plain(): number {
      return 4;
    }
  }
  const { wevt, collected } = harness();
  const decorated = <Args extends unknown[], Result>(method: (this: Agent, ...args: Args) => Result): ((this: Agent, ...args: Args) => Result) => wevt.track<Agent, Args, Result>(request, { until })(streaming(method));

  it("keeps the event of an async generator open until it has been read, and current in its body", async () => {
    collected.clear();
    const agent = new Agent();
    const chunks = decorated(agent.answer).call(agent, "u1");
    expect(collected.records).toHaveLength(0);
    expect(await collect(chunks)).toEqual(["writer", "done"]);
    expect(collected.records).toMatchObject([{ outcome: "ok", user: { id: "u1" } }]);
    expect(wevt.problems()).toEqual({});
  });

  it("does the same for a promise of a response, and leaves every other result alone", async () => {
    collected.clear();
    const agent = new Agent();
    const response = await decorated(agent.respond).call(agent);
    expect(collected.records).toHaveLength(0);
    expect(await response.text()).toBe("ab");
    expect(collected.records).toHaveLength(1);
    expect(decorated(agent.plain).call(agent)).toBe(4);
    const readable = Readable.from(["a"]);
    expect(decorated(() => readable).call(agent)).toBe(readable);
  });

  it("ends the event as aborted when nobody reads to the end", async () => {
    collected.clear();
    const agent = new Agent();
    for await (const chunk of decorated(agent.answer).call(agent, "u2")) if (chunk === "writer") break;
    expect(collected.records).toMatchObject([{ outcome: "aborted" }]);
  });
});
