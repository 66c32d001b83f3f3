/** The other standard originators, read from what schedulers, queues, sockets and shells hand over; and all of them against the schemas that ship. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cliCommand, cronRun, httpRequest, queueMessage, rpcCall, webSocketConnection, webSocketMessage } from "../../src/propagation/index.js";

const nowMs = Date.parse("2026-01-20T00:19:26.748Z");

describe("a message in parts", () => {
  it("says nothing of its size where nobody can have sent so many", () => {
    const parts = [new Uint8Array(3), new Uint8Array(4)];
    expect(queueMessage({ body: parts })).toMatchObject({ messageBytes: 7 });
    parts.length = 4_000_000_000;
    expect(queueMessage({ body: parts })).not.toHaveProperty("messageBytes");
  });
});

describe("a queue message", () => {
  const rows: readonly (readonly [what: string, message: object, fields: object])[] = [
    ["of SQS in a function", { messageId: "m-1", body: "héllo", attributes: { ApproximateReceiveCount: "3", SentTimestamp: String(nowMs - 6_748) } }, { messageId: "m-1", attempt: 3, enqueuedAt: "2026-01-20T00:19:20.000Z", waitMs: 6_748, messageBytes: 6 }],
    ["of SQS in its client", { MessageId: "m-1", Body: "hello", Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(nowMs) } }, { messageId: "m-1", attempt: 1, enqueuedAt: "2026-01-20T00:19:26.748Z", waitMs: 0, messageBytes: 5 }],
    ["of Kafka", { topic: "orders", timestamp: String(nowMs - 1), value: Buffer.from("12345") }, { queue: "orders", enqueuedAt: "2026-01-20T00:19:26.747Z", waitMs: 1, messageBytes: 5 }],
    ["of Pub/Sub", { id: "17", publishTime: new Date(nowMs - 1_000), deliveryAttempt: 2, data: new Uint8Array(7) }, { messageId: "17", attempt: 2, enqueuedAt: "2026-01-20T00:19:25.748Z", waitMs: 1_000, messageBytes: 7 }],
    ["of RabbitMQ", { fields: { routingKey: "invoices" }, properties: { messageId: "r-1", timestamp: 1_768_868_366, type: "send" }, content: Buffer.from("abc") }, { queue: "invoices", messageId: "r-1", jobName: "send", enqueuedAt: "2026-01-20T00:19:26.000Z", waitMs: 748, messageBytes: 3 }],
    ["of BullMQ", { id: "8", name: "send-invoice", queueName: "mail", attemptsMade: 1, timestamp: nowMs - 5, data: {} }, { queue: "mail", messageId: "8", jobName: "send-invoice", attempt: 2, enqueuedAt: "2026-01-20T00:19:26.743Z", waitMs: 5 }],
    ["of no system we know", { foo: 1 }, {}],
  ];
  it.each(rows)("%s", (_what, message, fields) => {
    expect(queueMessage(message, { nowMs })).toEqual({ queue: "unknown", ...fields });
  });

  it("takes what the caller knows first", () => {
    expect(queueMessage({ topic: "x" }, { queue: "invoices", system: "kafka", batchSize: 10 })).toEqual({ queue: "invoices", system: "kafka", batchSize: 10 });
  });

  it("leaves out times and counts that are none", () => {
    for (const timestamp of ["soon", -1, Number.NaN, 9e15, {}, "2026-99-99"]) expect(queueMessage({ topic: "x", timestamp, deliveryAttempt: 0 })).toEqual({ queue: "x" });
  });

  it("never throws", () => {
    const thrower = (): never => { throw new Error("hostile"); };
    const loop: unknown[] = [];
    loop.push(loop);
    expect(queueMessage(new Proxy({}, { get: thrower }), { nowMs })).toEqual({ queue: "unknown" });
    expect(queueMessage({ topic: "x", body: loop })).toEqual({ queue: "x" });
  });
});

describe("a cron run", () => {
  it("says how late it is", () => {
    expect(cronRun("nightly", { trigger: new Date(nowMs - 1_250), schedule: "0 3 * * *", attempt: 2, nowMs })).toEqual({ jobName: "nightly", schedule: "0 3 * * *", scheduledAt: "2026-01-20T00:19:25.498Z", delayMs: 1_250, attempt: 2 });
  });

  it("reads what a scheduler hands over", () => {
    expect(cronRun("nightly", { trigger: { scheduledTime: nowMs, cron: "* * * * *" }, nowMs })).toEqual({ jobName: "nightly", schedule: "* * * * *", scheduledAt: "2026-01-20T00:19:26.748Z", delayMs: 0 });
    expect(cronRun("nightly", { trigger: { time: "2026-01-20T00:19:26Z" }, nowMs })).toEqual({ jobName: "nightly", scheduledAt: "2026-01-20T00:19:26.000Z", delayMs: 748 });
    expect(cronRun("nightly")).toEqual({ jobName: "nightly" });
    expect(cronRun("nightly", { trigger: "soon" })).toEqual({ jobName: "nightly" });
  });
});

describe("a command", () => {
  it("keeps names of options only", () => {
    const fields = cliCommand("db migrate", { argv: ["db", "migrate", "prod-db", "--dry-run", "--url=postgres://u:hunter2@h/db", "--token", "hunter2", "-phunter2", "-v", "-v", "--", "--hunter2"] });
    expect(fields).toMatchObject({ command: "db migrate", options: ["--dry-run", "--url", "--token", "-p", "-v"] });
    expect(JSON.stringify(fields)).not.toContain("hunter2");
  });

  it("keeps of options only the known ones, when it knows them", () => {
    expect(cliCommand("login", { argv: ["--hunter2", "--user=me", "-v"], known: ["--user", "-v"] }).options).toEqual(["--user", "-v"]);
  });

  it("reads arguments and platform of the process", () => {
    expect(cliCommand("test")).toMatchObject({ command: "test", platform: `${process.platform}-${process.arch}`, interactive: expect.any(Boolean), ci: expect.any(Boolean) });
  });

  it("keeps few of a flood, and nothing that is no name", () => {
    expect(cliCommand("x", { argv: Array.from({ length: 10_000 }, (_, index) => `--o${index}`) }).options?.length).toBe(50);
    expect(cliCommand("x", { argv: ["--", "-1", "-", "---", "--é", `--${"x".repeat(100)}`, "--=1"] }).options).toBeUndefined();
  });
});

describe("an rpc call", () => {
  it("is read from its path and headers", () => {
    expect(rpcCall("/acme.users.v1.Users/GetUser")).toEqual({ method: "GetUser", rpcService: "acme.users.v1.Users" });
    expect(rpcCall({ url: "/acme.users.v1.Users/GetUser?x=1", headers: { "content-type": "application/grpc+proto", "content-length": "128" } })).toEqual({ method: "GetUser", rpcService: "acme.users.v1.Users", system: "grpc", requestBytes: 128 });
    expect(rpcCall(new Request("https://a/twirp/acme.Users/GetUser", { headers: { "connect-protocol-version": "1" } }), { caller: "checkout", streaming: false })).toEqual({ method: "GetUser", rpcService: "acme.Users", system: "connect", caller: "checkout", streaming: false });
    expect(rpcCall({ path: "/acme.Users/Watch", requestStream: true }, { system: "grpc", streaming: true })).toMatchObject({ method: "Watch", streaming: true });
  });

  it("is read from a JSON-RPC message, without its parameters", () => {
    expect(rpcCall({ jsonrpc: "2.0", id: 1, method: "users.get", params: { password: "hunter2" } })).toEqual({ method: "users.get", system: "jsonrpc" });
  });

  it("is unknown where it is none", () => {
    for (const call of ["", "/", {}, Object.create(null), { url: 1 }]) expect(rpcCall(call)).toMatchObject({ method: expect.any(String) });
  });
});

describe("a websocket", () => {
  it("is read once, and each message adds its own", () => {
    const connection = webSocketConnection({ url: "/live?token=hunter2", headers: {} });
    expect(connection).toEqual({ sessionId: expect.stringMatching(/^sock_[0-9a-f]{16}$/), path: "/live" });
    expect(webSocketMessage(connection, "hé🙂", { source: "client", messageType: "chat.send" })).toEqual({ ...connection, source: "client", messageType: "chat.send", messageBytes: 7 });
    expect(webSocketConnection({ url: "/live" }, { sessionId: "s1" }).sessionId).toBe("s1");
  });

  it("counts bytes in every form of a message", () => {
    const connection = { sessionId: "s" };
    for (const data of ["abc", Buffer.from("abc"), new Uint8Array(3), new ArrayBuffer(3), new DataView(new ArrayBuffer(3)), new Blob(["abc"]), [Buffer.from("a"), Buffer.from("bc")]]) expect(webSocketMessage(connection, data).messageBytes).toBe(3);
    for (const data of [undefined, null, 3, {}, Symbol("x")]) expect(webSocketMessage(connection, data)).toEqual(connection);
  });
});

describe("every field", () => {
  const rows: readonly (readonly [name: string, fields: object])[] = [
    ["http", httpRequest({ method: "GET", url: "/?a=1", httpVersion: "1.1", socket: { remoteAddress: "::1" }, headers: { host: "a", accept: "b", "user-agent": "c", "content-type": "d/e", "content-length": "1", "x-request-id": "f" } }, { query: true })],
    ["queue", queueMessage({ id: "1", name: "n", attemptsMade: 0, timestamp: 1, body: "b" }, { system: "s", batchSize: 1 })],
    ["cron", cronRun("j", { trigger: new Date(), schedule: "s", attempt: 1 })],
    ["cli", cliCommand("c", { argv: ["-v"] })],
    ["rpc", rpcCall({ url: "/a/b", headers: { "content-type": "application/grpc", "content-length": "1" } }, { caller: "c", streaming: true })],
    ["websocket", webSocketMessage(webSocketConnection({ url: "/" }), "x", { source: "client", messageType: "t" })],
  ];
  it.each(rows)("of %s is one that its schema declares", (name, fields) => {
    const declared = [...readFileSync(new URL(`../../schemas/${name}.yaml`, import.meta.url), "utf8").matchAll(/^ {2}(\w+):$/gm)].map(([, field]) => field);
    expect(Object.keys(fields).filter((field) => !declared.includes(field))).toEqual([]);
    expect(Object.keys(fields).length).toBeGreaterThanOrEqual(declared.length - 2);
  });
});
