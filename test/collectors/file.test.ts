import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
