/** The example projects, as `wevt init --template` copies them: they generate, compile under the strictest flags, run, and validate what they emit. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyTemplate, env, root, run, temporaryFolder, tsc, wevt } from "../helpers/example.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A record, as far as the tests look at it. */
type Line = { readonly [key: string]: unknown };
interface Guard {
  is(value: unknown): boolean;
  check(value: unknown): readonly unknown[];
}

describe("the template minimal", () => {
  const project = prepare("minimal");

  it("generates, compiles and prints one event", () => {
    build(project);
    const lines = parse(run(project, "dist/main.js"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ service: { name: "minimal", version: "1.0.0" }, originator: { type: "job", jobName: "import-orders" }, outcome: "ok" });
    expect(lines[0]).toMatchObject({ user: { id: "user_42", tier: "pro" }, order: { id: "order_1001", items: 3, totalUsd: 59.9 } });
    expect(lines[0]).not.toHaveProperty("wevt");
  });

  it("validates what it emitted", async () => {
    await expectValid(project, ["user", "order"], parse(run(project, "dist/main.js")));
  });

  it("is in order: a second generate changes nothing, and --check agrees", () => {
    expect(() => wevt(project, ["generate", "--check"])).not.toThrow();
  });
});

describe("the template rest", () => {
  const project = prepare("rest");
  beforeAll(() => build(project));

  it("answers a real request and emits the event of the first seed", async () => {
    const lines = await requestOnce(project);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" },
      originator: { type: "http", method: "POST", path: "/foo", headers: { "User-Agent": "wevt-test" } },
      outcome: "ok",
      user: { id: "user_V1StGXR8_Z5jdHi6B-myT", tier: "pro" },
      chat: { chatId: "chat_V1StGXR8_Z5jdHi6B-myT", model: "opus", messages: 232, tokens: 45822 },
      sandbox: { sandboxId: "sbox_V1StGXR8_Z5jdHi6B-myT", liveDuration: 116748 },
      route: { template: "/foo" },
      response: { status: 200 },
    });
    expect(lines[0]).not.toHaveProperty("wevt");
    expect(Object.keys(lines[0] ?? {}).slice(0, 5)).toEqual(["service", "eventId", "event", "timestamp", "originator"]);
    await expectValid(project, ["user", "chat", "sandbox", "route", "response"], lines);
  });

  it("goes on with the trace of whoever asks, and sees a client that leaves before its answer", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const lines = await whileServing(project, async (url) => {
      await (await fetch(`${url}/foo`, { headers })).text();
      const asked = httpRequest(`${url}/foo`, { headers }).on("error", () => {});
      // Gone as soon as it has asked: the template works for some milliseconds.
      asked.end(() => setTimeout(() => asked.destroy(), 1));
      await new Promise((resolve) => asked.once("close", resolve));
      await sleep(100);
    });
    expect(lines.map((line) => [line["outcome"], Object(line["originator"]).traceId])).toEqual([["ok", traceId], ["aborted", traceId]]);
  });
});

describe("the template agent", () => {
  const project = prepare("agent");
  beforeAll(() => build(project));

  it("emits the three events of the third seed, with every field of its tables", async () => {
    const lines = parse(run(project, "dist/main.js"));
    expect(lines.map((line) => line["event"])).toEqual(["mcp.tool_call", "llm.call", "agent.execution"]);
    const [tool, call, execution] = lines;
    expect(execution).toMatchObject({ outcome: "ok", agent: { agentType: "PlanningAgent", taskId: "task_42", retryCount: 0 }, plan: { subtasksCreated: 3 } });
    expect(execution).toMatchObject({ llm: { provider: "anthropic", calls: 1, costUsd: 0.0125, latencyMs: expect.any(Number) } });
    expect(execution).toMatchObject({ toolCall: [{ name: "search_files", resultBytes: 28 }], toolCallStats: { count: 1, durationMs: { count: 1, sum: expect.any(Number), histogram: { le_10000: 1 } }, resultBytes: { sum: 28 } } });
    expect(call).toMatchObject({ llm: { operation: "generate", stopReason: "end_turn", latencyMs: expect.any(Number) } });
    expect(tool).toMatchObject({ mcp: { toolName: "search_files", server: "filesystem", sessionId: "sess_9f2" } });
    expect(lines.filter((line) => "wevt" in line)).toEqual([]);
    await expectValid(project, ["agent", "llm", "mcp", "plan"], lines);
  });
});

function prepare(template: string): string {
  return copyTemplate(template, join(folder, template));
}

function build(project: string): void {
  wevt(project, ["generate"]);
  tsc(project);
}

function requestOnce(project: string): Promise<readonly Line[]> {
  return whileServing(project, async (url) => {
    const answer = await fetch(`${url}/foo?x=1`, { method: "POST", headers: { "user-agent": "wevt-test" } });
    expect(answer.status).toBe(200);
    await answer.text();
  });
}

/** What the server emits while this is asked of it, and at its end. */
async function whileServing(project: string, ask: (url: string) => Promise<void>): Promise<readonly Line[]> {
  const server = spawn(process.execPath, ["dist/main.js"], { cwd: project, env: { ...env, PORT: "0" }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  server.stdout.on("data", (chunk: Buffer) => void (output += String(chunk)));
  const url = await new Promise<string>((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (chunk: Buffer) => {
      log += String(chunk);
      const found = /http:\/\/\S+/.exec(log)?.[0];
      if (found !== undefined) resolve(found);
    });
    server.once("exit", () => reject(new Error(`the server ended: ${log}`)));
  });
  const ended = new Promise((resolve) => void server.once("close", resolve));
  await ask(url);
  server.kill("SIGTERM");
  await ended;
  return parse(output);
}

function parse(output: string): readonly Line[] {
  return output.trim().split("\n").filter((line) => line !== "").map((line): Line => JSON.parse(line));
}

/** Every partial on the lines passes the guard that was generated for it. */
async function expectValid(project: string, names: readonly string[], lines: readonly Line[]): Promise<void> {
  const generated: { readonly [name: string]: Guard } = await import(/* @vite-ignore */ pathToFileURL(join(project, "dist/wevt/index.js")).href);
  for (const name of names) {
    const values = lines.flatMap((line) => (name in line ? [line[name]] : []));
    expect(values.length, name).toBeGreaterThan(0);
    for (const value of values) expect(generated[name]?.check(value), name).toEqual([]);
  }
}

it("keeps what all templates share the same", () => {
  for (const file of [".gitattributes", ".vscode/settings.json", ".github/workflows/wevt.yml"]) {
    const texts = new Set(["minimal", "rest", "agent"].map((template) => readFileSync(join(root, "templates/init", template, file), "utf8")));
    expect(texts.size, file).toBe(1);
  }
});
