/** Two services in two processes, over HTTP: one trace, one root, whoever stands between. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { extract, httpRequest, inject, traceHeaders, tracedFetch } from "../../src/propagation/index.js";
import { http } from "../helpers/definitions.js";
import { program, start } from "../helpers/program.js";
import { harness } from "../helpers/wevt.js";

/** A service that opens an event per request, calls the next one if there is one, and answers with what it was told and its record. */
const service = `
import { createServer } from "node:http";
import { createUntypedWevt } from "./src/runtime/create-wevt.js";
import { memory } from "./src/collectors/memory.js";
import { http } from "./test/helpers/definitions.js";
import { extract, tracedFetch } from "./src/propagation/index.js";
const collected = memory();
const wevt = createUntypedWevt({ service: { name: "second" }, collectors: [collected] });
const fetch = tracedFetch(wevt, { to: ["127.0.0.1"] });
const server = createServer((request, response) => {
  const next = request.headers["x-next"];
  void wevt.run(http({ method: request.method }), async () => (next === undefined ? [] : (await fetch(next)).json()), { from: extract(request.headers) }).then((below) => {
    response.end(JSON.stringify([{ headers: request.headers, originator: collected.records.at(-1).originator }, ...below]));
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

interface Hop {
  readonly headers: { readonly [name: string]: string };
  readonly originator: { readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly root?: { readonly type: string; readonly spanId: string } };
}

let child: ChildProcess;
let second = "";

beforeAll(async () => {
  child = start(program(service));
  const [chunk] = await once(child.stdout ?? child, "data");
  second = `http://127.0.0.1:${String(chunk).trim()}`;
});
afterAll(() => void child.kill());

/** What arrives at the first service, and what its record says; the hops behind it. */
async function call(headers: { readonly [name: string]: string } = {}, next = ""): Promise<{ readonly own: Hop["originator"]; readonly hops: readonly Hop[] }> {
  const { wevt, record } = harness();
  const fetch = tracedFetch(wevt, { to: ["127.0.0.1"] });
  const hops = await wevt.run(http({ method: "GET" }), async (): Promise<readonly Hop[]> => {
    await Promise.resolve();
    const response = await fetch(second, { headers: next === "" ? {} : { "x-next": next } });
    return JSON.parse(await response.text());
  }, { from: extract(headers) });
  const own: Hop["originator"] = JSON.parse(JSON.stringify(record()["originator"]));
  return { own, hops };
}

describe("in one trace", () => {
  it("both services write the same trace id, and the second the root", async () => {
    const { own, hops } = await call();
    expect(own).not.toHaveProperty("root");
    expect(hops[0]?.originator).toMatchObject({ traceId: own.traceId, parentSpanId: own.spanId, root: { type: "http", spanId: own.spanId } });
  });

  it("a third service has the same root, not its caller", async () => {
    const { own, hops } = await call({}, second);
    expect(hops.map(({ originator }) => originator.traceId)).toEqual([own.traceId, own.traceId]);
    expect(hops.map(({ originator }) => originator.root)).toEqual([{ type: "http", spanId: own.spanId }, { type: "http", spanId: own.spanId }]);
    expect(hops[1]?.originator.parentSpanId).toBe(hops[0]?.originator.spanId);
  });

  it("what others put into the headers goes through all services: tracestate, flags, baggage", async () => {
    const { own, hops } = await call({ traceparent: "00-12345678901234567890123456789012-1234567890123456-02", tracestate: "rojo=1,wevt=b7ad6b7169203331:cron,congo=2", baggage: "tenant=acme" }, second);
    expect(own).toMatchObject({ traceId: "12345678901234567890123456789012", parentSpanId: "span_1234567890123456", root: { type: "cron", spanId: "span_b7ad6b7169203331" } });
    for (const { headers, originator } of hops) {
      expect(headers).toMatchObject({ tracestate: "wevt=b7ad6b7169203331:cron,rojo=1,congo=2", baggage: "tenant=acme" });
      expect(headers["traceparent"]).toMatch(/^00-12345678901234567890123456789012-[0-9a-f]{16}-02$/);
      expect(originator.root).toEqual({ type: "cron", spanId: "span_b7ad6b7169203331" });
    }
  });

  it("a proxy of another vendor between them changes the parent, not the trace and its root", async () => {
    const proxy: Server = createServer((request, response) => {
      const tracestate = `rojo=00f067aa0ba902b7,${String(request.headers["tracestate"])}`;
      const traceparent = String(request.headers["traceparent"]).replace(/-[0-9a-f]{16}-/, "-00f067aa0ba902b7-");
      void globalThis.fetch(second, { headers: { traceparent, tracestate } }).then(async (answer) => response.end(await answer.text()));
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const address: AddressInfo | string | null = proxy.address();
    const { own, hops } = await call({}, typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "");
    proxy.close();
    expect(hops[1]?.originator).toMatchObject({ traceId: own.traceId, parentSpanId: "span_00f067aa0ba902b7", root: { type: "http", spanId: own.spanId } });
  });

  it("a service that gets a broken traceparent begins a trace of its own", async () => {
    const answer = await globalThis.fetch(second, { headers: { traceparent: `00-${"0".repeat(32)}-1234567890123456-01`, tracestate: "wevt=b7ad6b7169203331:cron" } });
    const [hop]: readonly Hop[] = JSON.parse(await answer.text());
    expect(hop?.originator.traceId).toMatch(/[1-9a-f]/);
    expect(hop?.originator).not.toHaveProperty("root");
    expect(hop?.originator).not.toHaveProperty("parentSpanId");
  });
});

describe("an event", () => {
  it("tells each call of the same span, and its children their own", () => {
    const { wevt } = harness();
    wevt.run(http({ method: "GET" }), (event) => {
      const own = traceHeaders(wevt.traceContext());
      expect(traceHeaders(wevt.traceContext())).toEqual(own);
      const child = traceHeaders(wevt.traceContext(event.child(http({ method: "GET" }))));
      expect(child.traceparent).not.toBe(own.traceparent);
      expect(child.tracestate).toBe(own.tracestate);
    });
  });

  it("is continued by a message to a worker, and by one in a queue", () => {
    const { wevt, collected } = harness();
    const request = http({ method: "GET" });
    wevt.run(request, () => {
      const message = structuredClone(inject(wevt.traceContext(), { job: "resize" }));
      expect(message).toMatchObject({ job: "resize", traceparent: expect.any(String) });
      const attributes = inject(wevt.traceContext(), {}, { as: (text) => ({ DataType: "String", StringValue: text }) });
      wevt.start(request, { from: extract(message) }).emit();
      wevt.start(request, { from: extract(attributes) }).emit();
    });
    const places = collected.records.map(({ originator }) => Object(originator));
    expect(new Set(places.map(({ traceId }) => traceId)).size).toBe(1);
    expect(places.slice(0, 2).map(({ root, parentSpanId }) => [root.spanId, parentSpanId])).toEqual([[places[2].spanId, places[2].spanId], [places[2].spanId, places[2].spanId]]);
  });

  it("holds the fields that were read from its request", () => {
    const { wevt, record } = harness();
    wevt.run(http(httpRequest({ method: "post", url: "/a?b=1", headers: {} })), () => {});
    expect(record()["originator"]).toMatchObject({ type: "http", method: "POST" });
  });
});
