/** The schemas that ship: they compile alone and together, and every field is documented. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compiler/compile.js";
import { defaultConfig } from "../../src/compiler/config.js";
import type { ProjectFile } from "../../src/compiler/project.js";
import type { Field, ObjectShape, Registry } from "../../src/compiler/registry.js";
import { originOf } from "../../src/compiler/source.js";

const folder = fileURLToPath(new URL("../../schemas", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/")).filter((path) => path.endsWith(".yaml"));
const sets = new Map<string, readonly string[]>();
for (const path of files) {
  const set = path.replace(/\.yaml$/, "").split("/")[0] ?? "";
  if (set !== "record") sets.set(set, [...(sets.get(set) ?? []), path]);
}

async function registryOf(paths: readonly string[]): Promise<Registry> {
  const read = (path: string): ProjectFile => ({ path: `wevt:${path}`, text: readFileSync(join(folder, path), "utf8"), importedFrom: `wevt:${path.replace(/\.yaml$/, "").split("/")[0]}` });
  const { value, diagnostics } = await compile({ files: ["record.yaml", ...paths].map(read), config: defaultConfig });
  const shown = diagnostics.map(({ id, message, at }) => `${at === undefined ? "" : Object.values(originOf(at.source, at.start)).join(":")} ${id} ${message}`);
  expect(shown).toEqual([]);
  if (value === undefined) throw new Error("no registry");
  return value;
}

describe("the standard set", () => {
  it.each([...sets])("wevt:%s compiles alone", async (_, paths) => {
    await registryOf(paths);
  });

  it("names a file after its definition, so that wevt:NAME brings NAME", async () => {
    for (const path of files.filter((one) => one !== "agent/originator.yaml")) {
      const [, name] = /^(?:partial|originator|event|group): (\S+)$/m.exec(readFileSync(join(folder, path), "utf8")) ?? [];
      expect(path.split("/").at(-1)).toBe(`${name}.yaml`);
    }
  });

  it("is listed in schemas/README.md, all of it", () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    for (const set of sets.keys()) expect(page).toContain(`\`wevt:${set}\``);
  });

  it("documents every field: brief, kind, examples, owner; a unit on every measure", async () => {
    const registry = await registryOf(files.filter((path) => path !== "record.yaml"));
    const definitions = [...registry.partials, ...registry.originators, ...registry.groups];
    const fields = [...registry.base, ...definitions.flatMap(({ object }) => object.fields)].flatMap(leavesAndBranches);
    expect(fields.length).toBeGreaterThan(150);
    const missing = fields.flatMap((field) => lacks(field).map((what) => `${field.origin.file} ${field.path}: ${what}`));
    expect(missing).toEqual([]);
  });

  it("writes property names in camelCase", async () => {
    const registry = await registryOf(files.filter((path) => path !== "record.yaml"));
    const fields = [...registry.base, ...[...registry.partials, ...registry.originators].flatMap(({ object }) => object.fields)].flatMap(leavesAndBranches);
    expect(fields.map((field) => field.name).filter((name) => !/^(\[\]|\*|\/.*\/|[a-z][A-Za-z0-9]*)$/.test(name))).toEqual([]);
  });
});

describe("the base record", () => {
  it("has its fields in the order in which they are written", async () => {
    const { base } = await registryOf([]);
    expect(base.map(({ name }) => name)).toEqual([
      "service", "eventId", "event", "timestamp", "originator", "durationMs", "outcome", "error", "main", "parentEventId", "followUpOf", "sampleRate",
      "sampleReason", "schema", "messages", "wevt",
    ]);
  });

  it("describes an error as the group `error` does", async () => {
    const { base, groups } = await registryOf(["error.yaml"]);
    const own = base.find(({ name }) => name === "error")?.value.object;
    const group = groups.find(({ name }) => name === "error")?.object;
    expect(own?.fields.map(described)).toEqual(group?.fields.map(described));
  });
});

describe("tool calls of an agent", () => {
  it("are a list on the event of the execution, and toolCallStats says what all of them add up to", async () => {
    const { partials, events } = await registryOf(sets.get("agent") ?? []);
    const toolCall = partials.find(({ name }) => name === "toolCall");
    expect(toolCall?.repeatable).toEqual({ max: 50 });
    const { field, of } = toolCall?.rollup ?? {};
    expect([field?.name, of?.map(({ keys }) => keys.join("."))]).toEqual(["toolCallStats", ["durationMs", "resultBytes"]]);
    expect(of?.[0]).toMatchObject({ sum: true, max: true });
    expect(events.find(({ name }) => name === "agent.execution")?.partials.map(({ partial, presence }) => `${partial.name} ${presence}`)).toContain("toolCall optional");
  });
});

describe("the third seed's tables", () => {
  const tables: { readonly [event: string]: readonly string[] } = {
    "agent.execution": [
      "event", "agent.agentType", "agent.taskId", "agent.userId", "agent.sessionId", "durationMs", "llm.latencyMs", "llm.model", "llm.provider", "llm.tokensIn",
      "llm.tokensOut", "llm.costUsd", "agent.retryCount", "outcome", "error.type", "error.message",
    ],
    "llm.call": ["event", "llm.provider", "llm.model", "llm.operation", "llm.tokensIn", "llm.tokensOut", "llm.costUsd", "llm.latencyMs", "llm.stopReason", "outcome"],
    "mcp.tool_call": ["event", "mcp.toolName", "mcp.server", "mcp.sessionId", "durationMs", "outcome", "error.type"],
  };

  it.each(Object.entries(tables))("%s has every field", async (name, paths) => {
    const registry = await registryOf(sets.get("agent") ?? []);
    const event = registry.events.find((one) => one.name === name);
    const carried = [...registry.base, ...(event?.partials ?? []).flatMap(({ partial }) => partial.object.fields)].flatMap(leavesAndBranches);
    const known = new Set(carried.map((field) => field.path));
    expect(paths.filter((path) => !known.has(path))).toEqual([]);
  });
});

function leavesAndBranches(field: Field): readonly Field[] {
  const { object, array } = field.value;
  const inner = [...(object === undefined ? [] : fieldsOf(object)), ...(array === undefined || typeof array.items === "boolean" ? [] : [array.items])];
  return [field, ...inner.flatMap(leavesAndBranches)];
}

function fieldsOf(object: ObjectShape): readonly Field[] {
  const patterns = object.patterns.flatMap(({ field }) => (typeof field === "boolean" ? [] : [field]));
  return [...object.fields, ...patterns, ...(typeof object.additional === "boolean" ? [] : [object.additional])];
}

function lacks({ meta, value }: Field): readonly string[] {
  const branch = value.types !== "any" && (value.types.includes("object") || value.types.includes("array"));
  return [
    ...(meta.brief === undefined || meta.brief.length > 120 || !/^[A-Z].*[.?]$/.test(meta.brief) ? ["a brief that is a sentence"] : []),
    ...(meta.owner === undefined ? ["owner"] : []),
    ...(!branch && meta.kind === undefined ? ["kind"] : []),
    ...(!branch && meta.examples.length === 0 && meta.sensitivity !== "secret" ? ["examples"] : []),
    ...(meta.kind === "measure" && meta.unit === undefined ? ["unit"] : []),
  ];
}

function described({ name, value, meta }: Field): unknown {
  return { name, types: value.types, brief: meta.brief, examples: meta.examples, sensitivity: meta.sensitivity, otel: meta.otel };
}
