/** Roll-ups of generated code: compiled under the strictest flags, run, and linked only where a schema asks for one. */
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";
import { generatedProject, type GeneratedProject } from "../../helpers/generated.js";

const tool = (lines: string): string => `partial: toolCall\n${lines}\nrequired: [name]\nproperties:\n  name: { type: string }\n  durationMs: { type: number, unit: ms, decimals: 1 }\n  usage: { type: object, properties: { model: { type: string }, tokens: { type: [integer, "null"] } } }\n  more: { type: object, additionalProperties: { type: string }, properties: { bytes: { type: integer } } }`;
const others = {
  // Its builder has the name of what it is made with.
  "schemas/rollup.yaml": "partial: rollup\nrepeatable: { max: 0 }\nrollup: { at: { min: true, max: true } }\nproperties: { at: { type: integer, kind: timestamp, unit: ms } }",
  "schemas/db_query.yaml": "partial: db_query\nrepeatable: true\nrollup: true\nproperties: { text: { type: string } }",
  "schemas/e.yaml": "event: agent.run\npartials: { toolCall: required, db_query: optional }\nsampling: { rules: [{ name: slow, when: { toolCallStats.durationMs.max: { minimum: 100 } } }], base: 0 }",
  "schemas/cron.yaml": "originator: cron\nproperties: { schedule: { type: string } }",
};

const typed = `
import { tailSampling, type Condition } from "wevt/sampling";
import { assertEmitted, testWevt } from "wevt/testing";
import { createWevt, cronOriginator, paths, type Registry, type ToolCallStats, type WideEventLog } from "./agent/index.js";

export function total(record: WideEventLog): number {
  const stats: ToolCallStats | undefined = record.toolCallStats;
  const buckets: { le_100: number; inf: number } | undefined = stats?.durationMs?.histogram;
  const tokens: number | undefined = stats?.usage?.tokens?.sum;
  return (stats?.count ?? 0) + (buckets?.le_100 ?? 0) + (tokens ?? 0) + (record.db_query_stats?.count ?? 0) + (record.toolCall?.length ?? 0);
}
export const path: "toolCallStats.durationMs.histogram.le_100" = paths.toolCallStats.durationMs.histogram.le_100;
// @ts-expect-error no sum is kept of it
export const none: unknown = paths.toolCallStats.more.bytes.sum;

export const right: readonly Condition<Registry>[] = [{ "toolCallStats.count": { minimum: 5 }, "toolCallStats.durationMs.sum": { exclusiveMinimum: 1.5 }, "db_query_stats.count": { const: 3 } }];
// @ts-expect-error a misspelt path
export const misspelt: Condition<Registry> = { "toolCallStats.durationMs.summe": { minimum: 1 } };
// @ts-expect-error a number is no text
export const text: Condition<Registry> = { "toolCallStats.count": { const: "5" } };
tailSampling<Registry>({ rules: [{ name: "busy", per: ["toolCallStats.count"], perSecond: 1 }] });

const wevt = createWevt();
wevt.run(cronOriginator({}), (event) => {
  // @ts-expect-error nobody writes it
  event.set({ toolCallStats: { count: 7 } });
});

const kit = testWevt(wevt);
assertEmitted(kit, "agent.run", { toolCall: [{ name: "a" }], toolCallStats: { count: 2, durationMs: { max: 3 } } });
export const there: number | undefined = kit.event("agent.run").toolCallStats.count;
// @ts-expect-error it is there only when a query was written
kit.event("agent.run").db_query_stats.count;
// @ts-expect-error no such field
assertEmitted(kit, "agent.run", { toolCallStats: { cuont: 2 } });
`;

const run = `
import { createWevt, cronOriginator, dbQuery, rollup, toolCall } from "./agent/index.js";
const lines: string[] = [];
const same: boolean[] = [];
const wevt = createWevt({ collectors: [{ flush: (events) => void events.forEach((event) => { lines.push(event.line); same.push(event.line === JSON.stringify(event.record)); }) }], onProblem: () => {} });
const cron = cronOriginator({ schedule: "* * * * *" });
for (let round = 0; round < 40; round++) {
  wevt.events.agentRun.run(cron, (event) => {
    event.toolCall({ name: "bash", durationMs: 99.96, usage: { model: "opus", tokens: 5 } });
    event.log(toolCall({ name: "read", durationMs: 100, usage: { tokens: null }, more: { any: "thing", bytes: 7 } }));
    event.set({ toolCall: [{ name: "grep", durationMs: 1000.04, usage: { tokens: 6 } }, { durationMs: -2 }] });
    event.dbQuery({ text: "SELECT 1" });
    wevt.log(rollup({ at: new Date(5) }));
    wevt.log(rollup({ at: 3 }));
    wevt.log(dbQuery({}));
  });
}
wevt.events.agentRun.run(cron, (event) => event.toolCall({ name: "ls", durationMs: 1 }));
await wevt.close();
const records = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "agent.run");
declare const console: { log(text: string): void };
console.log(JSON.stringify({ count: records.length, same: same.every((one) => one), first: records[0], last: records.at(-1) }));
`;

describe("a generated roll-up", () => {
  let project: GeneratedProject;
  beforeAll(async () => {
    const rolled = await compileFiles({ ...others, "schemas/tool.yaml": tool("repeatable: { max: 2 }\nrollup: { durationMs: { sum: true, min: true, max: true, histogram: [-1, 100, 500.5] }, usage.tokens: { sum: true }, more.bytes: { max: true } }") });
    const plain = await compileFiles({ "schemas/cron.yaml": others["schemas/cron.yaml"], "schemas/tool.yaml": tool("repeatable: { max: 2 }") });
    expect([...rolled.problems, ...plain.problems]).toEqual([]);
    project = await generatedProject({ agent: rolled.registry, plain: plain.registry });
    project.write("src/typed.ts", typed);
    project.write("src/run.ts", run);
  });
  afterAll(() => project.remove());

  it.each(["typescript", "typescript-5.9"] as const)("has types like any other field, which nobody can write (%s)", (compiler) => {
    expect(project.typecheck(compiler)).toBe("");
  });

  it("adds up what was written in any way, and is what sampling decides on", () => {
    const { count, same, first, last } = JSON.parse(project.run("src/run.ts"));
    expect({ count, same, last: last.sampleReason }).toEqual({ count: 40, same: true, last: "slow" });
    expect(first.toolCall.map(({ name }: { readonly name: string }) => name)).toEqual(["bash", "read"]);
    expect(first.toolCallStats).toEqual({
      count: 4,
      durationMs: { count: 4, sum: 1198, min: -2, max: 1000, histogram: { le_minus_1: 1, le_100: 3, le_500_5: 3, inf: 4 } },
      usage: { tokens: { count: 2, sum: 11 } },
      more: { bytes: { count: 1, max: 7 } },
    });
    expect(first.db_query).toEqual([{ text: "SELECT 1" }, {}]);
    expect(first.db_query_stats).toEqual({ count: 2 });
    expect([first.rollup, first.rollupStats]).toEqual([[], { count: 2, at: { count: 2, min: 3, max: 5 } }]);
  });

  it("is linked only where a schema asks for one", () => {
    const bundle = (path: string): string => {
      const { outputFiles } = buildSync({ entryPoints: [join(project.folder, path)], bundle: true, format: "esm", platform: "node", write: false, minify: true });
      return outputFiles.map((file) => file.text).join("");
    };
    const links = (path: string): boolean => bundle(path).includes('"inf"');
    expect([links("src/agent/index.ts"), links("src/plain/index.ts")]).toEqual([true, false]);
  });
});
