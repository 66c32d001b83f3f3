import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { file } from "../../src/collectors/file.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { http, user } from "../helpers/definitions.js";
import { finished, preamble, program, start } from "../helpers/program.js";
import { collectorContract } from "./contract.js";

const fresh = (): string => join(mkdtempSync(join(tmpdir(), "wevt-file-")), "logs", "events.ndjson");
const linesOf = (path: string): readonly string[] => (existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : []);
const request = http({ method: "POST" });

collectorContract("file", () => {
  const path = fresh();
  return { collector: file(path), lines: () => linesOf(path) };
});
collectorContract("file without a buffer", () => {
  const path = fresh();
  return { collector: file(path, { bufferBytes: 0 }), lines: () => linesOf(path) };
});

describe("file", () => {
  it("appends, and closes a line that an earlier crash cut short", async () => {
    const path = fresh();
    mkdirSync(join(path, ".."));
    writeFileSync(path, '{"a":1}\n{"b":');
    const wevt = createUntypedWevt({ collectors: [file(path)] });
    wevt.run(request, () => {});
    await wevt.close();
    expect(linesOf(path)).toEqual(['{"a":1}', '{"b":', expect.stringContaining("eventId")]);
  });

  it("closes no line that others are just writing", async () => {
    const path = fresh();
    mkdirSync(join(path, ".."));
    writeFileSync(path, '{"a":');
    const appender = new Worker(
      `const { appendFileSync } = require("node:fs"); const { parentPort, workerData } = require("node:worker_threads"); let left = 15; parentPort.postMessage("on");
      const timer = setInterval(() => { appendFileSync(workerData, --left > 0 ? '1}\\n{"a":' : '1}\\n'); if (left === 0) clearInterval(timer); }, 4);`,
      { eval: true, workerData: path },
    );
    await once(appender, "message");
    const wevt = createUntypedWevt({ collectors: [file(path)] });
    wevt.run(request, () => {});
    await wevt.flush();
    await once(appender, "exit");
    await wevt.close();
    expect(linesOf(path).filter((line) => line !== '{"a":1}')).toEqual([expect.stringContaining("eventId")]);
  });

  it("writes what waits after its interval", async () => {
    const path = fresh();
    const wevt = createUntypedWevt({ collectors: [file(path, { intervalMs: 10 })] });
    wevt.run(request, () => {});
    expect(linesOf(path)).toEqual([]);
    await expect.poll(() => linesOf(path).length).toBe(1);
    await wevt.close();
  });

  it("keeps events while the file cannot be written, says so, and writes them when it can", async () => {
    const path = fresh();
    mkdirSync(path, { recursive: true });
    const told: string[] = [];
    const wevt = createUntypedWevt({ collectors: [file(path, { bufferBytes: 0, maxBytes: 2_000 })], onProblem: ({ message }) => told.push(message) });
    for (let index = 0; index < 20; index++) wevt.run(request, (event) => event.log(user({ id: `u${index}` })));
    expect(told).toHaveLength(20);
    expect(told.at(-1)).toMatch(/EISDIR|dropped/);
    rmdirSync(path);
    await wevt.close();
    const ids = linesOf(path).map((line) => JSON.parse(line).user.id);
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toEqual(ids.map((_, index) => `u${index}`));
  });

  it.each([
    ["a device that is full", "/dev/full", "no space left on device"],
    ["a folder", tmpdir(), "illegal operation on a directory"],
  ])("tells at exit, once, how many events %s did not take, though nobody closed anything", async (_name, path, reason) => {
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ collectors: [file(${JSON.stringify(path)})] });
      emit(wevt, 100);
      process.on("exit", () => console.log(JSON.stringify(wevt.problems())));`);
    const { code, stderr, stdout } = await finished(start(script));
    expect([code, JSON.parse(stdout)]).toEqual([0, { collector: 100 }]);
    expect(stderr.match(/WevtWarning: .*/g)).toEqual([expect.stringContaining("100 events were lost")]);
    expect(stderr).toContain(reason);
  });

  it("tells what its interval could not write at once, each event once, and at the end what was lost", async () => {
    const told: string[] = [];
    const wevt = createUntypedWevt({ collectors: [file("/dev/full", { intervalMs: 10 })], onProblem: ({ message }) => told.push(message) });
    for (let index = 0; index < 100; index++) wevt.run(request, () => {});
    await expect.poll(() => told).toEqual([expect.stringMatching(/^100 events wait for \/dev\/full to be writable: .*ENOSPC/)]);
    expect(wevt.problems()).toEqual({ collector: 100 });
    wevt.run(request, () => {});
    await wevt.flush();
    await wevt.close();
    // The record of health that tells of it is lost, too.
    expect(told.slice(1)).toEqual([expect.stringMatching(/^1 events wait/), expect.stringMatching(/^102 events were lost/)]);
    expect(wevt.problems()).toEqual({ collector: 102 });
  });

  it.each([["process.exit", "process.exit(3);", 3], ["an uncaught error", "throw new Error('x');", 1]])("tells on %s, also what has been told as a warning that nobody could print any more", async (_name, ending, code) => {
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ collectors: [file("/dev/full", { bufferBytes: 0 })] });
      emit(wevt, 100);
      ${ending}`);
    const finish = await finished(start(script));
    expect(finish.code).toBe(code);
    expect(finish.stderr.match(/101 events were lost/g)).toHaveLength(1);
  });

  it("throws nothing and tells stderr once where no wevt has taken it", async () => {
    const script = program(`${preamble}
      const lost = file("/dev/full", { bufferBytes: 0 });
      const wevt = createUntypedWevt({ collectors: [{ flush: (events) => lost.flush(events) }], onProblem: () => {} });
      emit(wevt, 100);`);
    const { code, stderr } = await finished(start(script));
    expect([code, stderr.match(/WevtWarning/g)?.length]).toEqual([0, 1]);
  });

  it.each([
    ["a normal end", "", 0],
    ["process.exit", "process.exit(3);", 3],
    ["an uncaught error", "throw new Error('x');", 1],
    ["an unhandled rejection", "Promise.reject(new Error('x'));", 1],
  ])("loses nothing on %s", async (_name, ending, code) => {
    const path = fresh();
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ collectors: [file(${JSON.stringify(path)}, { bufferBytes: 1e6, intervalMs: 60_000 })] });
      emit(wevt, 1000);
      ${ending}`);
    expect((await finished(start(script))).code).toBe(code);
    expect(linesOf(path)).toHaveLength(1000);
  });

  it("keeps lines whole when several processes append", async () => {
    const path = fresh();
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ collectors: [file(${JSON.stringify(path)}, { bufferBytes: 4096 })] });
      emit(wevt, 2000, process.pid + "-");`);
    await Promise.all([1, 2, 3].map(() => finished(start(script))));
    expect(linesOf(path).map((line) => typeof JSON.parse(line).user.id)).toHaveLength(6000);
  });
});
