import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { stdio } from "../../src/collectors/stdio.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { db, http, user } from "../helpers/definitions.js";
import { finished, preamble, program, start } from "../helpers/program.js";
import { collectorContract } from "./contract.js";

interface Written {
  text: string;
  write(text: string, done: () => void): boolean;
  once(): void;
  isTTY?: boolean;
}

function stream({ isTTY = false, full = false } = {}): Written {
  const written: Written = {
    text: "",
    isTTY,
    once: () => {},
    write: (text, done) => {
      written.text += text;
      setTimeout(done, full ? 2 : 0);
      return !full;
    },
  };
  return written;
}

for (const full of [false, true]) {
  collectorContract(full ? "stdio on a full pipe" : "stdio", () => {
    const target = stream({ full });
    return { collector: stdio({ stream: target }), lines: () => target.text.split("\n").slice(0, -1) };
  });
}

const request = http({ method: "POST", path: "/foo", headers: { "User-Agent": "curl" } });

function shown(options: Parameters<typeof stdio>[0], isTTY = false): string {
  const target = stream({ isTTY });
  const wevt = createUntypedWevt({ service: { name: "shop", version: "1.0.0" }, collectors: [stdio({ stream: target, ...options })], clock: { now: () => 1_768_868_366_748, monotonic: () => 0 }, onProblem: () => {}, stacks: false });
  wevt.run(request, (event) => {
    event.log(user({ id: "\u001b[2Jevil\nline\u202e", tier: "pro", tags: ["a", "b"] }));
    event.log(db({ queries: 3, perTable: { "\u001b[31mkey": 1 } }));
    event.error(new Error("card was declined\u0007"), { slug: "declined" });
  });
  return target.text;
}

describe("stdio", () => {
  it("writes a tree for people on a terminal, and when asked to", () => {
    const text = shown({ pretty: true, colour: false });
    expect(text.replace(/[0-9a-f]{16,}|evnt_\w+/g, "…")).toBe(`00:19:26.748  http  error  0 ms  shop 1.0.0  …
  originator
    type     http
    traceId  …
    spanId   span_…
    method   POST
    path     /foo
    headers
      User-Agent  curl
  error
    type     Error
    message  card was declined\\u{7}
    slug     declined
  user
    id    \\u{1b}[2Jevil\\u{a}line\\u{202e}
    tier  pro
    tags  ["a","b"]
  db
    queries  3
    perTable
      \\u{1b}[31mkey  1
`);
  });

  it("is coloured on a terminal only, and lets no control character of a value through", () => {
    const coloured = shown({}, true);
    expect(coloured).toContain("\u001b[");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(shown({})).toMatch(/^\{.*\}\n$/);
  });

  it("is what createWevt uses when nothing is said, with a service name from the environment", () => {
    const script = program(`${preamble} emit(createUntypedWevt(), 1);`);
    const { stdout } = spawnSync(process.execPath, [script], { encoding: "utf8", env: { PATH: process.env["PATH"], OTEL_SERVICE_NAME: "from-env" } });
    expect(JSON.parse(stdout)).toMatchObject({ service: { name: "from-env" }, event: "http", user: { id: "u0" } });
  });

  it("loses nothing on process.exit when the reader is slow", async () => {
    const child = start(program(`${preamble} emit(createUntypedWevt({ collectors: [stdio()] }), 3000); process.exit(0);`));
    const ending = finished(child);
    child.stdout?.pause();
    await sleep(300);
    child.stdout?.resume();
    const { stdout, code } = await ending;
    expect([stdout.split("\n").length - 1, code]).toEqual([3000, 0]);
  });

  it("survives a reader that goes away, and reports it", async () => {
    const child = start(program(`${preamble}
      const kinds = [];
      const wevt = createUntypedWevt({ collectors: [stdio()], onProblem: ({ problem, message }) => kinds.push(problem + " " + message) });
      let left = 20;
      const timer = setInterval(() => { emit(wevt, 100); if (--left === 0) { clearInterval(timer); console.error(kinds.at(-1)); } }, 5);`));
    child.stdout?.once("data", () => child.stdout?.destroy());
    const result = await finished(child);
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^collector .*(EPIPE|destroyed|failed)/);
  });

  it.each([["stdio()", "collectors: [stdio()]"], ["no collector said", ""]])("tells how many events a full disk behind stdout did not take: %s", (_name, collectors) => {
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ ${collectors} });
      emit(wevt, 100);
      process.on("exit", () => console.error(JSON.stringify(wevt.problems())));`);
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", full, "pipe"] });
    closeSync(full);
    expect(status).toBe(0);
    // And the record of health that tells of it.
    expect(stderr.match(/\d+ events failed: ENOSPC/g)).toEqual(["100 events failed: ENOSPC", "1 events failed: ENOSPC"]);
    expect(stderr).toContain('{"collector":101}');
  });

  it("tells how many events a reader did not take that has stopped reading", async () => {
    const child = start(program(`${preamble} emit(createUntypedWevt({ collectors: [stdio()] }), 3000); process.exit(0);`));
    child.stdout?.pause();
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    await once(child, "exit");
    expect(stderr).toMatch(/\d{3,4} events failed: the reader of stdout took nothing for 2000 ms/);
    child.stdout?.destroy();
  });
});
