/** What a schema says of roll-ups, as fields of the Registry, and what is wrong with it. */
import { describe, expect, it } from "vitest";
import type { Field } from "../../src/compiler/registry.js";
import { bucketName } from "../../src/compiler/rollups.js";
import { fieldsOf } from "../../src/emit/walk.js";
import { compileFiles } from "../helpers/compile.js";

const properties = `
  model: { type: string, brief: Model. }
  durationMs: { type: number, unit: ms, decimals: 1, brief: How long., sensitivity: internal, tags: [time] }
  startedAt: { type: integer, kind: timestamp, unit: ms }
  size: { type: string, format: int64 }
  free: { kind: json }
  salary: { type: integer, sensitivity: sensitive }
  count: { type: integer }
  usage: { type: object, owner: billing, properties: { tokens: { type: [integer, "null"] }, price: { type: number, unit: "currency:USD" } } }
  list: { type: array, items: { type: number } }
  rest: { type: object, additionalProperties: { type: number } }
`;

const partial = (rollup: string, { name = "toolCall", repeatable = "true" } = {}): string => `partial: ${name}\nowner: agents\nrepeatable: ${repeatable}\nrollup: ${rollup}\nproperties:${properties}`;
const compiled = (rollup: string) => compileFiles({ "schemas/tool.yaml": partial(rollup) });

/** `path type unit`, of the roll-up alone. */
async function shownOf(rollup: string): Promise<readonly string[]> {
  const { registry } = await compiled(rollup);
  const [first] = registry.partials;
  if (first?.rollup === undefined) throw new Error("no roll-up");
  const stats = first.rollup.field.path;
  return fieldsOf(first).map(({ field }) => field).filter(({ path }) => path === stats || path.startsWith(`${stats}.`)).map(shown);
}

function shown({ path, required, value, meta }: Field): string {
  return [`${path}${required ? "" : "?"}`, value.types === "any" ? "any" : value.types.join("|"), meta.unit, meta.aggregate].filter((part) => part !== undefined).join(" ");
}

describe("a roll-up", () => {
  it("stands beside the list as fields like any other, each with its type and unit", async () => {
    expect(await shownOf("{ durationMs: { sum: true, min: true, max: true, histogram: [-1, 0.5, 100] } }")).toEqual([
      "toolCallStats object",
      "toolCallStats.count integer 1 sum",
      "toolCallStats.durationMs? object",
      "toolCallStats.durationMs.count integer 1 sum",
      "toolCallStats.durationMs.sum number ms sum",
      "toolCallStats.durationMs.min number ms min",
      "toolCallStats.durationMs.max number ms max",
      "toolCallStats.durationMs.histogram object",
      "toolCallStats.durationMs.histogram.le_minus_1 integer 1 sum",
      "toolCallStats.durationMs.histogram.le_0_5 integer 1 sum",
      "toolCallStats.durationMs.histogram.le_100 integer 1 sum",
      "toolCallStats.durationMs.histogram.inf integer 1 sum",
    ]);
  });

  it.each(["true", "{}"])("may be the count alone: %s", async (rollup) => {
    expect(await shownOf(rollup)).toEqual(["toolCallStats object", "toolCallStats.count integer 1 sum"]);
  });

  it("counts the values of a field of which nothing else is asked", async () => {
    expect((await shownOf("{ durationMs: { sum: false } }")).slice(2)).toEqual(["toolCallStats.durationMs? object", "toolCallStats.durationMs.count integer 1 sum"]);
  });

  it("takes fields inside of objects, and keeps those of one object together", async () => {
    expect((await shownOf("{ usage.tokens: { sum: true }, durationMs: { max: true }, usage.price: { sum: true } }")).slice(2)).toEqual([
      "toolCallStats.usage? object",
      "toolCallStats.usage.tokens? object",
      "toolCallStats.usage.tokens.count integer 1 sum",
      "toolCallStats.usage.tokens.sum integer sum",
      "toolCallStats.usage.price? object",
      "toolCallStats.usage.price.count integer 1 sum",
      "toolCallStats.usage.price.sum number currency:USD sum",
      "toolCallStats.durationMs? object",
      "toolCallStats.durationMs.count integer 1 sum",
      "toolCallStats.durationMs.max number ms max",
    ]);
  });

  it("is owned, labelled and guarded like the fields that it is made of", async () => {
    const { registry } = await compiled("{ durationMs: { sum: true }, usage.tokens: { max: true } }");
    const metas = new Map(fieldsOf(registry.partials[0] ?? registry.partials[0]!).map(({ field }) => [field.path, field]));
    expect(metas.get("toolCallStats.durationMs.sum")).toMatchObject({ meta: { owner: "agents", sensitivity: "internal", tags: ["time"], decimals: 1, brief: "The sum of all toolCall.durationMs." }, origin: { line: 4, column: 11 }, pointer: "/rollup/durationMs/sum" });
    expect(metas.get("toolCallStats.usage.tokens.max")?.meta).toMatchObject({ owner: "billing", sensitivity: "none" });
    expect(metas.get("toolCallStats.count")?.meta).toMatchObject({ owner: "agents", sensitivity: "none" });
  });

  it("is for ourselves where the partial is for nobody, and for everybody where a field is", async () => {
    const { registry } = await compileFiles({ "schemas/a.yaml": "partial: a\nsensitivity: secret\nrepeatable: true\nrollup: { open: { sum: true }, in.own: { sum: true }, in.open: { sum: true } }\nproperties: { open: { type: number, sensitivity: none }, in: { type: object, properties: { own: { type: number, sensitivity: personal }, open: { type: number, sensitivity: none } } } }" });
    const shown = registry.partials.flatMap((one) => fieldsOf(one)).filter(({ field }) => field.path.startsWith("aStats")).map(({ field: { path, meta } }) => `${path} ${meta.sensitivity} ${meta.handling}`);
    expect(shown.filter((one) => !one.endsWith("none plain"))).toEqual(["aStats internal plain", "aStats.count internal plain", "aStats.in.own personal plain", "aStats.in.own.count personal plain", "aStats.in.own.sum personal plain"]);
  });

  it("has an underscore in its name where names have them", async () => {
    const names = async (name: string, naming: "camelCase" | "snake_case") => (await compileFiles({ "schemas/a.yaml": partial("true", { name }) }, { naming })).registry.partials[0]?.rollup?.field.name;
    expect(await names("tool", "camelCase")).toBe("toolStats");
    expect(await names("tool", "snake_case")).toBe("tool_stats");
    expect(await names("tool_call", "camelCase")).toBe("tool_call_stats");
  });

  it("is inherited by what extends the partial, which may say it anew", async () => {
    const imported = { "wevt:toolCall.yaml": partial("{ durationMs: { sum: true } }") };
    const extended = async (more: string) => (await compileFiles({ ...imported, "schemas/own.yaml": `partial: toolCall\nextends: wevt:toolCall\n${more}\nproperties: { cost: { type: number } }` })).registry.partials[0]?.rollup?.of.map(({ keys }) => keys.join("."));
    expect(await extended("")).toEqual(["durationMs"]);
    expect(await extended("rollup: { cost: { sum: true } }")).toEqual(["cost"]);
  });

  it("changes the stamp of the registry, and so does each of its bounds", async () => {
    const stamps = await Promise.all(["false", "true", "{ durationMs: {} }", "{ durationMs: { sum: true } }", "{ durationMs: { histogram: [1, 2] } }", "{ durationMs: { histogram: [1, 3] } }"].map(async (rollup) => (await compiled(rollup)).registry.stamp));
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  it("can be what a condition of sampling asks for, and what takes the place of a deprecated field", async () => {
    const { problems } = await compileFiles({
      "schemas/tool.yaml": partial("{ durationMs: { max: true } }"),
      "schemas/old.yaml": "partial: agent\nproperties: { toolCalls: { type: integer, deprecation: { reason: renamed, replacedBy: toolCallStats.count } } }",
      "schemas/e.yaml": "event: e\npartials: { toolCall: optional }\nsampling: { rules: [{ name: slow, when: { toolCallStats.durationMs.max: { minimum: 1000 } } }, { name: many, when: { toolCallStats.cuont: { minimum: 9 } } }] }",
    });
    expect(problems).toEqual(['schemas/e.yaml:3:139 SAMPLING_PATH sampling of event "e" names "toolCallStats.cuont", which is no field that the event carries when it is decided']);
  });
});

it("is all that sampling can ask of a partial whose items are not kept", async () => {
  const { problems } = await compileFiles({ "schemas/tool.yaml": partial("{ durationMs: { max: true } }", { repeatable: "{ max: 0 }" }), "schemas/e.yaml": "event: e\npartials: { toolCall: optional }\nsampling: { rules: [{ name: a, when: { toolCallStats.durationMs.max: { minimum: 5 } } }, { name: b, when: { toolCall.durationMs: { minimum: 5 } } }] }" });
  expect(problems).toEqual([expect.stringContaining('SAMPLING_PATH sampling of event "e" names "toolCall.durationMs"')]);
});

describe("a roll-up that cannot be", () => {
  it.each([
    ["{ durationMS: { sum: true } }", 'UNKNOWN_ROLLUP `rollup` names "durationMS", which is no field of partial "toolCall"'],
    ["{ list: { sum: true } }", 'ROLLUP_MISFIT "toolCall.list" cannot be rolled up: it is array'],
    ["{ rest.a: { sum: true } }", 'UNKNOWN_ROLLUP `rollup` names "rest.a", which is no field of partial "toolCall"'],
    ["{ model: { max: true } }", 'ROLLUP_MISFIT "toolCall.model" cannot be rolled up: it is string'],
    ["{ usage: { sum: true } }", 'ROLLUP_MISFIT "toolCall.usage" cannot be rolled up: it is object'],
    ["{ free: { sum: true } }", 'ROLLUP_MISFIT "toolCall.free" cannot be rolled up: it is any JSON'],
    ["{ size: { sum: true } }", 'ROLLUP_MISFIT "toolCall.size" cannot be rolled up: int64 is text on the record'],
    ["{ salary: { sum: true } }", 'ROLLUP_MISFIT "toolCall.salary" cannot be rolled up: its handling is drop'],
    ["{ count: { sum: true } }", 'ROLLUP_MISFIT "toolCall.count" cannot be rolled up: `count` is how many items there are'],
    ["{ startedAt: { sum: true } }", 'ROLLUP_MISFIT "toolCall.startedAt" cannot be rolled up by sum: it is a point in time'],
    ["{ durationMs: { histogram: [1, 2, 2] } }", 'ROLLUP_BOUNDS the histogram of "toolCall.durationMs" has the bound 2 after 2'],
    ["{ durationMs: { histogram: [1, .inf] } }", "NOT_FINITE .inf is not a number that JSON can say"],
  ])("is told at its place: %s", async (rollup, message) => {
    const { problems } = await compiled(rollup);
    const at = rollup.includes("histogram") ? /^schemas\/tool\.yaml:4:\d\d / : /^schemas\/tool\.yaml:4:11 /;
    expect(problems[0]).toMatch(at);
    expect(problems[0]).toContain(message);
    expect(problems.slice(1)).toEqual(message.startsWith("ROLLUP_MISFIT") ? [expect.stringMatching(/^ {2}schemas\/tool\.yaml:\d+:3 the field$/)] : []);
  });

  it("may take the earliest and the latest of points in time", async () => {
    expect((await compiled("{ startedAt: { min: true, max: true } }")).problems).toEqual([]);
  });

  it("needs a list, and a list without items needs a roll-up", async () => {
    const problems = async (lines: string) => (await compileFiles({ "schemas/a.yaml": `partial: a\n${lines}\nproperties: { n: { type: number } }` })).problems;
    expect(await problems("rollup: { n: { sum: true } }")).toEqual(['schemas/a.yaml:2:1 ROLLUP_ALONE partial "a" has a roll-up, but an event carries it only once']);
    expect(await problems("repeatable: { max: 0 }")).toEqual(['schemas/a.yaml:2:20 NOTHING_KEPT partial "a" keeps no items and has no roll-up, so what is written is lost']);
    expect(await problems("repeatable: { max: 0 }\nrollup: true")).toEqual([]);
  });

  it("shows both places where a partial has its name", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": partial("true"), "schemas/b.yaml": "partial: toolCallStats\nproperties: { n: { type: number } }" });
    expect(problems).toEqual([
      'schemas/b.yaml:1:1 STATS_KEY partial "toolCallStats" takes the key that holds the roll-up of the repeatable partial "toolCall"',
      "  schemas/a.yaml:4:1 the roll-up",
    ]);
  });

  it("shows both places where its type has the name of another one", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": partial("true", { name: "tool_call" }), "schemas/b.yaml": "partial: toolCallStats\nproperties: { n: { type: number } }" });
    expect(problems).toEqual(['schemas/a.yaml:1:1 NAME_COLLISION partial "tool_call" and partial "toolCallStats" both become ToolCallStats in generated code', '  schemas/b.yaml:1:1 partial "toolCallStats"']);
  });
});

it("names the bucket of each bound, no two alike", () => {
  const bounds = [-100, -1.5, -1, 0, 1e-7, 0.5, 1, 5, 1.05, 10.5, 105, 1e21, 1.5e300];
  expect(new Set(bounds.map(bucketName)).size).toBe(bounds.length);
  for (const bound of bounds) expect(bucketName(bound)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
});
