/** Sampling of a generated registry: declared in event files, and in code with paths that the compiler knows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileFiles } from "../helpers/compile.js";
import { generatedProject, type GeneratedProject } from "../helpers/generated.js";

const files = {
  "schemas/user.yaml": 'partial: user\nproperties: { id: { type: string }, tier: { type: [string, "null"], enum: [free, pro, null] }, tags: { type: array, items: { type: string } }, limits: { type: object, properties: { max: { type: integer } } } }',
  "schemas/llm.yaml": "partial: llm\nrepeatable: true\nproperties: { costUsd: { type: number }, steps: { type: array, items: { type: object, properties: { tool: { type: string } } } } }",
  "schemas/refund.yaml": "partial: refund\nalwaysKeep: true\nproperties: { id: { type: string } }",
  "schemas/http.yaml": "originator: http\nproperties: { path: { type: string } }",
  "schemas/cron.yaml": "originator: cron\nproperties: { schedule: { type: string } }",
  "schemas/service.yaml": "service: main\nproperties: { podId: { type: string } }",
};
const event = (sampling: string): string => `event: agent.execution\npartials: { user: optional, llm: optional, refund: optional }\n${sampling}`;

const typed = `
import { tailSampling, type Condition, type Sampler } from "wevt/sampling";
import { createWevt, type Registry } from "./sampled/index.js";

export const right: readonly Condition<Registry>[] = [
  { "user.tier": { const: "pro" } },
  { "user.tier": { enum: ["free", null] }, "user.limits.max": { minimum: 3 } },
  { "user.tags": { minItems: 1 }, "user.tags[]": { pattern: "^beta" } },
  { "llm.costUsd": { minimum: 0.5 }, llm: { minItems: 2 }, "llm.steps[].tool": { const: "x" } },
  { "originator.path": { pattern: "^/admin" }, "originator.type": { const: "cron" }, "service.podId": { const: "a" }, "service.name": { const: "a" } },
  { outcome: { const: "timeout" }, durationMs: { minimum: 5 }, event: { const: "agent.execution" }, "error.type": { const: "RangeError" }, main: { const: true } },
];

// @ts-expect-error a misspelt path
export const misspelt: Condition<Registry> = { "user.teir": { const: "pro" } };
// @ts-expect-error a partial that is not there
export const unknown: Condition<Registry> = { "cart.items": { minimum: 1 } };
// @ts-expect-error no value of the field
export const value: Condition<Registry> = { "user.tier": { const: "gold" } };
// @ts-expect-error a bound on text
export const bound: Condition<Registry> = { "user.id": { minimum: 1 } };
// @ts-expect-error the path of a record begins with originator
export const originator: Condition<Registry> = { "http.path": { const: "/" } };
// @ts-expect-error no originator has it
export const schedule: Condition<Registry> = { "originator.pfad": { const: "/" } };

export const sampler: Sampler = tailSampling<Registry>({ rules: [{ name: "slow", slowerThan: "p99", per: ["originator.path", "user.id"] }, { name: "any", event: "agent.execution", perSecond: 5 }], base: 0.05 });
// @ts-expect-error a misspelt key
tailSampling<Registry>({ rules: [{ name: "slow", slowerThan: "p99", per: ["originator.pth"] }] });
// @ts-expect-error an event that nobody declares
tailSampling<Registry>({ rules: [{ name: "slow", event: "agent.exection" }] });
tailSampling<Registry>({ rules: [{ name: "all names", event: ["agent.execution", "cron", "message"] }] });
// @ts-expect-error no such percentile
tailSampling({ rules: [{ name: "slow", slowerThan: "p98" }] });
tailSampling({ rules: [{ name: "without a registry every path is accepted", when: { "x.y": { const: 1 } }, per: ["x.z"] }] });
createWevt({ sampling: sampler });
`;

const run = `
import { createWevt, cronOriginator, refund, user } from "./sampled/index.js";
const records: { event: string; sampleRate: number; sampleReason: string }[] = [];
const wevt = createWevt({ collectors: [{ flush: (events) => void events.forEach((event) => records.push(JSON.parse(event.line))) }] });
const cron = cronOriginator({ schedule: "* * * * *" });
wevt.run(cron, () => {});
wevt.events.agentExecution.run(cron, () => {});
wevt.events.agentExecution.run(cron, (event) => event.log(user({ tier: "pro" })));
wevt.events.agentExecution.run(cron, (event) => event.log(refund({ id: "r" })));
await wevt.close();
declare const console: { log(text: string): void };
console.log(JSON.stringify(records.map(({ event, sampleRate, sampleReason }) => [event, sampleRate, sampleReason])));
`;

describe("generated code", () => {
  let project: GeneratedProject;
  beforeAll(async () => {
    const sampled = await compileFiles({ ...files, "schemas/e.yaml": event("sampling: { rules: [{ name: pro, when: { user.tier: { const: pro } } }], base: 0 }") });
    const plain = await compileFiles({ ...files, "schemas/e.yaml": event("") });
    expect([...sampled.problems, ...plain.problems]).toEqual([]);
    project = await generatedProject({ sampled: sampled.registry, plain: plain.registry });
    project.write("src/run.ts", run);
  });
  afterAll(() => project.remove());

  it.each(["typescript", "typescript-5.9"] as const)("refuses a misspelt path, a value and a bound that cannot be (%s)", (compiler) => {
    project.write("src/typed.ts", typed);
    expect(project.typecheck(compiler)).toBe("");
  });

  it("samples as the event files say", () => {
    expect(JSON.parse(project.run("src/run.ts"))).toEqual([["cron", 1, "all"], ["agent.execution", 1, "pro"], ["agent.execution", 1, "alwaysKeep"]]);
  });

  it("links what decides only where an event says how it is sampled", () => {
    const bundle = (path: string): string => {
      buildSync({ entryPoints: [join(project.folder, path)], outfile: join(project.folder, "bundle.mjs"), bundle: true, format: "esm", platform: "node", logLevel: "error" });
      return readFileSync(join(project.folder, "bundle.mjs"), "utf8");
    };
    expect(bundle("src/sampled/index.ts")).toContain("invalid sampling");
    expect(bundle("src/plain/index.ts")).not.toContain("invalid sampling");
  });
});
