/** From schemas to a record: what the emitter writes is bundled with the runtime and run. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { typescriptEmitter } from "../../src/emit/typescript.js";
import { compileFiles } from "../helpers/compile.js";
import { finished, start } from "../helpers/program.js";

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

const schemas = {
  "schemas/http.yaml": `
    originator: http
    brief: A request.
    required: [method]
    properties:
      method: { type: string, brief: Method. }
      path: { type: string, brief: Path. }
      headers: { type: object, brief: Headers., additionalProperties: { type: string } }
  `,
  "schemas/user.yaml": `
    partial: user
    brief: Who.
    required: [id]
    properties:
      id: { type: string, pattern: "^user_", brief: Id. }
      tier: { enum: [free, pro], brief: Plan. }
      email: { type: string, sensitivity: sensitive, brief: Mail. }
      password: { type: string, sensitivity: secret, brief: Never. }
  `,
  "schemas/sandbox.yaml": `
    partial: sandbox
    brief: Where.
    properties:
      sandboxId: { type: string, brief: Id. }
      startedAt: { type: integer, kind: timestamp, unit: ms, brief: When. }
      startDuration: { type: integer, unit: ms, brief: How long., merge: sum }
      calls: { type: integer, brief: How often., merge: sum }
      bytes: { type: string, format: int64, brief: How much. }
  `,
  "schemas/session.yaml": `
    event: chat.session
    brief: A session.
    grain: one row per session
    partials: { user: required, sandbox: optional }
  `,
};

const program = `
import { createWevt, httpOriginator, sandbox, user } from "./wevt/index.js";
import { stdio } from "wevt/collectors/stdio";
const wevt = createWevt({ service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" }, collectors: [stdio()], onProblem: () => {} });
const request = httpOriginator({ method: "POST", path: "/foo", headers: { "User-Agent": "Mozilla/5.0" } });
await wevt.run(request, async (event) => {
  event.log(user({ id: "user_1", tier: "pro", email: "a@b.c", password: "hush" }));
  event.sandbox({ sandboxId: "sbox_1", startedAt: new Date(1768868366748), bytes: 2n ** 60n });
  await event.time("sandbox.startDuration", async () => {});
  wevt.add("sandbox.calls", 2);
  wevt.add("sandbox.calls", 3);
});
wevt.events.chatSession.run(request, (event) => event.set({ sandbox: { calls: "many", nothing: 1 }, user: { tier: "gold" } }));
try { createWevt({ validation: "throw", collectors: [] }).run(request, (event) => event.user({ id: "1", email: 7 })); } catch (error) { console.error(error.message); }
`;

describe("generated code", () => {
  let run: { readonly stdout: string; readonly stderr: string; readonly code: number | null };
  const records: { readonly [key: string]: unknown }[] = [];

  beforeAll(async () => {
    const { registry, problems } = await compileFiles(schemas);
    expect(problems.filter((one) => / error /.test(one))).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), "wevt-generated-"));
    for (const { path, text } of await typescriptEmitter.emit(registry, { options: {}, out: "wevt" })) {
      mkdirSync(dirname(join(folder, "wevt", path)), { recursive: true });
      writeFileSync(join(folder, "wevt", path), text);
    }
    writeFileSync(join(folder, "main.ts"), program);
    const alias = { "wevt/codegen": source("runtime/codegen.ts"), "wevt/collectors/stdio": source("collectors/stdio.ts"), wevt: source("runtime/index.ts") };
    buildSync({ entryPoints: [join(folder, "main.ts")], bundle: true, platform: "node", format: "esm", outfile: join(folder, "main.mjs"), alias, logLevel: "error" });
    run = await finished(start(join(folder, "main.mjs")));
    records.push(...run.stdout.split("\n").slice(0, -1).map((line) => JSON.parse(line)));
  });

  it("emits the example of the first seed, typed values encoded, sensitive ones masked, secret ones gone", () => {
    expect([run.code, records.length, records[2]?.["event"]]).toEqual([0, 3, "wevt.health"]);
    expect(records[0]).toMatchObject({ service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" }, event: "http", outcome: "ok", originator: { type: "http", method: "POST", path: "/foo", headers: { "User-Agent": "Mozilla/5.0" } }, schema: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(records[0]?.["wevt"]).toBeUndefined();
    expect(records[0]?.["user"]).toEqual({ id: "user_1", tier: "pro", email: "***" });
    expect(records[0]?.["sandbox"]).toEqual({ sandboxId: "sbox_1", startedAt: 1768868366748, startDuration: expect.any(Number), calls: 5, bytes: "1152921504606846976" });
  });

  it("reports with the generated validators what does not fit", () => {
    expect(records[1]).toMatchObject({ event: "chat.session", sandbox: {}, user: { tier: "gold" } });
    const problems: readonly { problem: string; path: string }[] = Object(records[1]?.["wevt"]).problems;
    expect(problems.map(({ problem, path }) => `${problem} ${path}`).sort()).toEqual(["constraint user.tier", "missing_field user.id", "unknown_field sandbox.nothing", "wrong_type sandbox.calls"]);
  });

  it("throws at the call with validation: throw, without the value of a sensitive field", () => {
    expect(run.stderr).toMatch(/user\.id: expected .*\n.*user\.email: expected string, received number/);
    expect(run.stderr).not.toContain(" 7");
  });
});
