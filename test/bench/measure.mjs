// Paired measurements: contenders run in turn, round after round, and a ratio is the median of the rounds' ratios.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createGates } from "./gates.mjs";

/** What child processes inherit: without the extra certificates, which cost Node 20 30 ms at start. */
export const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== "NODE_EXTRA_CA_CERTS"));

/** Wall time of one process in ms. Throws when it fails. */
export function timeProcess(file, parameters, { cwd = process.cwd(), expect = 0 } = {}) {
  const start = performance.now();
  const { status, stderr } = spawnSync(file, parameters, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  const ms = performance.now() - start;
  if (status !== expect) throw new Error(`${file} ${parameters.join(" ")} ended with ${status}\n${stderr}`);
  return ms;
}

const exitHook = `data:text/javascript,${encodeURIComponent(`process.on("exit", () => {
  const marks = performance.getEntriesByType("mark").filter(({ name }) => name.startsWith("wevt:")).map(({ name, startTime }) => [name.slice(5), startTime]);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write("\\nmeasured " + JSON.stringify({ peakMb: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000, marks, endMs: performance.now() }) + "\\n");
})`)}`;

/**
 * What one run of the command line says of itself at its end: peak memory (MB), CPU time of all its threads, and the wall time of each stage (ms).
 * A stage begins at its mark (`performance.mark("wevt:load")` in the drivers) and ends at the next one.
 */
export function inspect(parameters, { cwd }) {
  const { status, stderr } = spawnSync(process.execPath, ["--import", exitHook, ...parameters], { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${parameters.join(" ")} ended with ${status}\n${stderr}`);
  const { peakMb, cpuMs, marks, endMs } = JSON.parse(/\nmeasured (.*)\n/.exec(String(stderr))?.[1] ?? "{}");
  const starts = [["start", 0], ...marks];
  return { peakMb, cpuMs, endMs, stages: starts.map(([name, from], index) => ({ name, ms: (starts[index + 1]?.[1] ?? endMs) - from })) };
}

/** Medians of several inspections, stage by stage, as a table. `run` returns one inspection. */
export function stageTable(title, run, { rounds = 3 } = {}) {
  const runs = Array.from({ length: rounds }, run);
  const middle = (read) => median(runs.map(read));
  const total = middle((one) => one.endMs);
  console.log(`\n${title}: peak memory ${middle((one) => one.peakMb).toFixed(0)} MB, CPU ${middle((one) => one.cpuMs).toFixed(0)} ms (${rounds} runs)`);
  for (const { name } of runs[0].stages) {
    const ms = middle((one) => one.stages.find((stage) => stage.name === name)?.ms ?? 0);
    console.log(`  ${name.padEnd(58)} ${ms.toFixed(1).padStart(9)} ms  ${((100 * ms) / total).toFixed(0).padStart(3)} %`);
  }
}

/**
 * Runs every contender once a round and prints a table: median, and the median of the paired ratios (or differences) to the first.
 *
 * @param {string} title
 * @param {readonly { name: string, run: () => number, before?: () => void }[]} contenders `run` returns ms
 */
export function compare(title, contenders, { rounds = 7, difference = false } = {}) {
  for (const { run, before } of contenders) {
    before?.();
    run();
  }
  const times = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    contenders.forEach(({ run, before }, index) => {
      before?.();
      times[index].push(run());
    });
  }
  console.log(`\n${title} (${rounds} rounds, Node ${process.versions.node})`);
  const result = {};
  contenders.forEach(({ name }, index) => {
    const paired = times[index].map((ms, round) => (difference ? ms - times[0][round] : ms / times[0][round]));
    result[name] = { ms: median(times[index]), paired: median(paired) };
    const pair = index === 0 ? "" : difference ? `+${result[name].paired.toFixed(1)} ms` : `${result[name].paired.toFixed(2)} ×`;
    console.log(`  ${name.padEnd(58)} ${result[name].ms.toFixed(1).padStart(9)} ms  ${pair}`);
  });
  return result;
}

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const gates = createGates(JSON.parse(readFileSync(new URL("./known.json", import.meta.url), "utf8")));

/** States a row of the benchmark that runs: `limit("first event, ms", 1.2, { atMost: 1.5 })`. */
export const limit = gates.limit;

/** Runs a benchmark, and again while a row is outside its gate. */
export const gated = gates.run;

/** Says what was missed; the process fails when a gate did not hold. */
export function finish() {
  process.exitCode = gates.finish() ? 0 : 1;
}
