/** Several threads, and what they pipe, write to one stdout: lines are whole, and however a thread ends, none is lost. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Finished, finished, preamble, program, start } from "../helpers/program.js";

/** `main` and `thread` are code; `wevt` and `burst(id, count, perTurn)`, which emits events of 2 KB, are theirs. */
function threads(main: string, thread: string): string {
  return program(`${preamble}
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
const wevt = createUntypedWevt({ service: { name: "x".repeat(2000) }, onProblem: ({ message }) => console.error(message) });
const spawn = (workerData, options = {}) => new Worker(fileURLToPath(import.meta.url), { workerData, ...options });
const burst = async (id, count, perTurn) => {
  for (let index = 0; index < count; index++) {
    wevt.run(request, (event) => event.log(user({ id: id + "-" + index })));
    if (index % perTurn === perTurn - 1) await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
if (isMainThread) { ${main} } else { ${thread} }`);
}

/** Reads up to 64 KB, and then nothing for so many milliseconds. */
async function slowly(script: string, pauseMs: number): Promise<Finished> {
  const child = start(script);
  child.stdout?.on("data", () => {
    child.stdout?.pause();
    setTimeout(() => child.stdout?.resume(), pauseMs);
  });
  return finished(child);
}

/** Sorted; throws where a line is no JSON. */
function ids(stdout: string): string[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { user: { id: string } }).user.id)
    .toSorted();
}

function idsOf(count: number, ...names: readonly string[]): string[] {
  return names.flatMap((name) => Array.from({ length: count }, (_, index) => `${name}-${index}`)).toSorted();
}

describe("events of several threads on one stdout", () => {
  it("are whole lines, and none is lost, as fast as the reader reads", async () => {
    const script = threads(`for (const id of "abcd") spawn(id);`, `void burst(workerData, 1500, 50);`);
    const stdout = execFileSync("sh", ["-c", `"${process.execPath}" "${script}" | cat`], { encoding: "utf8", maxBuffer: 1e9 });
    expect(ids(stdout)).toEqual(idsOf(1_500, "a", "b", "c", "d"));
  }, 30_000);

  it("are whole lines, and none is lost, where the main thread writes events too and the reader is slow", async () => {
    const script = threads(`for (const id of "abcd") spawn(id); void burst("main", 1000, 20);`, `void burst(workerData, 1000, 20);`);
    const { stdout, stderr } = await slowly(script, 4);
    expect(stderr).toBe("");
    expect(ids(stdout)).toEqual(idsOf(1_000, "a", "b", "c", "d", "main"));
  }, 40_000);

  it("do not keep those of the main thread waiting for as long as the threads write", async () => {
    const script = threads(`for (const id of "abcd") spawn(id); setTimeout(() => burst("main", 500, 20), 300);`, `void burst(workerData, 2000, 50);`);
    const { stdout } = await slowly(script, 4);
    expect(stdout.lastIndexOf('"main-499"') / stdout.length).toBeLessThan(0.9);
  }, 40_000);

  it("are whole where the main thread exits while the reader is slow: those of the main thread are all there", async () => {
    const main = `for (const id of "abcd") spawn(id); await burst("main", 600, 20); process.exit(0);`;
    const { stdout } = await slowly(threads(main, `void burst(workerData, 100000, 20);`), 4);
    const lines = stdout.split("\n").slice(0, -1);
    const whole = lines.filter((line) => /^\{"service":\{"name":"x{2000}"\}.*\}$/.test(line));
    expect(lines.length - whole.length).toBeLessThanOrEqual(1);
    expect(ids(`${whole.join("\n")}\n`).filter((id) => id.startsWith("main"))).toEqual(idsOf(600, "main"));
  }, 40_000);

  it("reach the stdout that the main thread asked for", async () => {
    const main = `const worker = spawn("a", { stdout: true }); let text = ""; worker.stdout.on("data", (data) => (text += data)); await once(worker, "exit"); console.error(text.trim().split("\\n").length);`;
    const { stdout, stderr } = await finished(start(threads(main, `void burst(workerData, 300, 50);`)));
    expect(stdout).toBe("");
    expect(stderr).toBe("300\n");
  });

  it.each([
    ["at its end", ""],
    ["by process.exit", "process.exit(3);"],
    ["by an uncaught exception", `throw new Error("uncaught");`],
    ["by a rejection that nobody handles", `void Promise.reject(new Error("unhandled"));`],
    ["after close", `await wevt.close(); process.exit();`],
  ])("are all there when a thread ends %s, also those of its last turn and what is open", async (_, end) => {
    const main = `spawn("a").on("error", () => {}).on("exit", () => {});`;
    const thread = `await burst("a", 100, 50); console.log("{}"); for (let index = 100; index < 1000; index++) wevt.run(request, (event) => event.log(user({ id: "a-" + index }))); wevt.start(request).log(user({ id: "a-1000" })); ${end}`;
    const { stdout } = await finished(start(threads(main, thread)));
    const lines = stdout.split("\n").filter((line) => line !== "{}").join("\n");
    expect(ids(lines)).toEqual(idsOf(1_001, "a"));
  });

  it("that were written a moment before a thread is terminated are there", async () => {
    const main = `const worker = spawn("a"); worker.on("message", () => worker.terminate());`;
    const thread = `const { parentPort } = await import("node:worker_threads"); await burst("a", 20, 20); parentPort.postMessage(1); setInterval(() => {}, 10);`;
    const { stdout } = await finished(start(threads(main, thread)));
    expect(ids(stdout)).toEqual(idsOf(20, "a"));
  });
});

describe("events beside other output of the main thread", () => {
  it("are whole lines where console.log writes while the reader is slow", async () => {
    const main = `for (let turn = 0; turn < 100; turn++) { await burst("main-" + turn, 20, 20); console.log("{}"); }`;
    const { stdout } = await slowly(threads(main, ""), 4);
    const lines = stdout.split("\n").slice(0, -1);
    expect(lines.filter((line) => line === "{}")).toHaveLength(100);
    expect(ids(`${lines.filter((line) => line !== "{}").join("\n")}\n`)).toHaveLength(2_000);
  }, 40_000);
});
