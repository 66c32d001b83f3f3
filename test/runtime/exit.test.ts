/** However a process ends: what was emitted is written, and what was open is on record. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { type Finished, finished, preamble, program, start } from "../helpers/program.js";
import { cure, runtime } from "./elsewhere/platforms.js";

type End = { readonly code: number | null; readonly signal: string | null };

/** Emits 100 events and leaves one open; then the process ends in some way. */
const endings: readonly (readonly [how: string, code: string, end: End])[] = [
  ["at its end", "", { code: 0, signal: null }],
  ["by process.exit", "process.exit(3);", { code: 3, signal: null }],
  ["by an uncaught exception", "setTimeout(() => { throw new Error('uncaught'); });", { code: 1, signal: null }],
  ["by a rejection that nobody handles", "void Promise.reject(new Error('unhandled'));", { code: 1, signal: null }],
  ["by an error while it is loaded", "throw new Error('uncaught');", { code: 1, signal: null }],
  ["by a handler of its own for such errors", "process.on('uncaughtException', () => process.exit(5)); setTimeout(() => { throw new Error('uncaught'); });", { code: 5, signal: null }],
  ["by SIGTERM", "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);", { code: null, signal: "SIGTERM" }],
  ["by SIGINT", "process.kill(process.pid, 'SIGINT'); setInterval(() => {}, 1000);", { code: null, signal: "SIGINT" }],
  ["by SIGHUP", "process.kill(process.pid, 'SIGHUP'); setInterval(() => {}, 1000);", { code: null, signal: "SIGHUP" }],
];

function body(code: string, more = ""): string {
  return `${preamble}
const wevt = createUntypedWevt({ collectors: [stdio()], onProblem: () => {} });
${more}
emit(wevt, 100);
const open = wevt.start(request);
open.log(user({ id: "open" }));
const late = wevt.start(request);
late.emit();
late.log(user({ id: "late" }));
${code}`;
}

interface Line {
  readonly event: string;
  readonly outcome: string;
  readonly user?: { readonly id: string };
}

function lines(stdout: string): readonly Line[] {
  return stdout.split("\n").slice(0, -1).map((line): Line => JSON.parse(line));
}

function expectEverything({ stdout, code, signal }: Finished, end: End): void {
  const records = lines(stdout);
  expect({ code, signal }).toEqual(end);
  expect(records).toHaveLength(104);
  expect(records.filter(({ event }) => event === "wevt.health")).toEqual([expect.objectContaining({ wevt: { problems: [expect.objectContaining({ problem: "late", path: "user" })] } })]);
  expect(records.filter(({ user }) => user?.id === "open")).toEqual([expect.objectContaining({ outcome: "aborted" })]);
  expect(records.filter(({ user }) => user?.id === "late")).toEqual([expect.objectContaining({ outcome: "ok" })]);
}

describe("a process that ends", () => {
  it.each(endings)("%s has written every event, the open one as aborted, the late values in their follow-up", async (_how, code, end) => {
    expectEverything(await finished(start(program(body(code)))), end);
  });

  it.each(["stdio()", 'file("events.ndjson")'])("has written by %s what was emitted in an exit listener of its own, too", async (collector) => {
    const script = program(`${preamble}
      import { readFileSync } from "node:fs";
      const wevt = createUntypedWevt({ collectors: [${collector}] });
      emit(wevt, 3);
      process.on("exit", () => emit(wevt, 2, "late"));
      process.on("exit", () => { if (${collector.startsWith("file")}) process.stdout.write(readFileSync("events.ndjson", "utf8")); });`);
    const { stdout, code } = await finished(start(script));
    expect([code, lines(stdout).map(({ user }) => user?.id)]).toEqual([0, ["u0", "u1", "u2", "late0", "late1"]]);
  });

  it("leaves signals to an application that listens: nothing is cut off", async () => {
    const own = "process.on('SIGTERM', () => { setTimeout(() => { open.emit(); process.exit(0); }, 20); });";
    const { stdout, code } = await finished(start(program(body("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);", own))));
    expect(code).toBe(0);
    expect(lines(stdout).filter(({ user }) => user?.id === "open")).toEqual([expect.objectContaining({ outcome: "ok" })]);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("in the middle of load by %s loses no event that was begun before", async (signal) => {
    const script = program(`${preamble}
      const wevt = createUntypedWevt({ collectors: [stdio()], onProblem: () => {} });
      let begun = 0;
      const work = () => { for (let index = 0; index < 50; index++) { const id = "u" + begun++; void wevt.run(request, async (event) => { event.log(user({ id })); await new Promise((resolve) => setTimeout(resolve, Math.random() * 5)); }); } setTimeout(work, 1); };
      const told = setInterval(() => { if (begun > 500) { clearInterval(told); process.stderr.write("ready"); } }, 1);
      work();
    `);
    const child = start(script);
    const ended = finished(child);
    if (child.stderr !== null) await once(child.stderr, "data");
    child.kill(signal);
    const { stdout, signal: by } = await ended;
    const ids = lines(stdout).map(({ user }) => Number(user?.id.slice(1))).sort((left, right) => left - right);
    expect(by).toBe(signal);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids).toEqual(Array.from(ids, (_, index) => index));
  });
});

describe.each(["deno", "bun"] as const)("a process of %s that ends", (name) => {
  const endingsThere = name === "deno" ? [...endings, ["by Deno.exit", "Deno.exit(3);", { code: 3, signal: null }] as const] : endings;

  it.for(endingsThere)("%s has written every event, the open one as aborted, the late values in their follow-up", async ([_how, code, end], { skip }) => {
    const command = runtime(name) ?? skip(`${name} ${cure}`);
    const finish = await finished(startOn(command, program(body(code))));
    // The command that npm installs is a script around Deno, which ends with 1 where Deno ended by a signal.
    expectEverything(finish, name === "deno" && end.signal !== null ? { code: 1, signal: null } : end);
    expect(/uncaught|unhandled/.test(finish.stderr)).toBe(end.code === 1);
  });
});

describe("a process of deno that handles its errors", () => {
  it.for([
    ["in process", "process.on('uncaughtException', () => {});"],
    ["by preventing what they do", "for (const type of ['error', 'unhandledrejection']) globalThis.addEventListener(type, (event) => event.preventDefault());"],
  ] as const)("%s goes on, and so do its events", async ([_how, handler], { skip }) => {
    const command = runtime("deno") ?? skip(`deno ${cure}`);
    const script = program(`${preamble}
      ${handler}
      const wevt = createUntypedWevt({ collectors: [stdio()] });
      const open = wevt.start(request);
      setTimeout(() => { throw new Error("x"); });
      void Promise.reject(new Error("y"));
      setTimeout(() => { open.log(user({ id: "later" })); open.emit(); }, 50);`);
    const { stdout, code } = await finished(startOn(command, script));
    expect([code, lines(stdout).map(({ outcome, user }) => [outcome, user?.id])]).toEqual([0, [["ok", "later"]]]);
  });
});

function startOn(command: string, script: string): ChildProcess {
  return spawn(command, [...(command.endsWith("deno") ? ["run", "--quiet", "--allow-all"] : []), script], { cwd: dirname(script), stdio: ["ignore", "pipe", "pipe"] });
}
