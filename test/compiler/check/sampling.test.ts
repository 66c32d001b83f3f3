import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const files = {
  "wevt:record.yaml": "group: record\nproperties: { eventId: { type: string }, outcome: { enum: [ok, error] }, durationMs: { type: number }, sampleRate: { type: number }, originator: { type: object, properties: { type: { type: string } } } }",
  "schemas/user.yaml": 'partial: user\nproperties: { id: { type: string }, tier: { type: [string, "null"], enum: [free, pro, null] }, tags: { type: array, items: { type: string } }, free: { kind: json }, big: { type: string, format: int64 } }',
  "schemas/llm.yaml": "partial: llm\nrepeatable: true\nproperties: { costUsd: { type: number, minimum: 0, maximum: 100 }, flags: { type: object, additionalProperties: { type: boolean } } }",
  "schemas/cart.yaml": "partial: cart\nproperties: { items: { type: integer } }",
  "schemas/http.yaml": "originator: http\nproperties: { path: { type: string } }",
  "schemas/cron.yaml": "originator: cron\nproperties: { schedule: { type: string } }",
};

/** The problems of the rules of one event, without the place of the file. */
const problemsOf = async (rule: string): Promise<readonly string[]> => (await compileFiles({ ...files, "schemas/e.yaml": `event: e\npartials: { user: optional, llm: optional }\noriginators: [http]\nsampling:\n  rules:\n    - ${rule}` })).problems;

describe("a condition of sampling", () => {
  it.each([
    "llm.costUsd: { minimum: 0.5 }", "llm: { minItems: 3 }", "llm.flags.*: { const: true }", "user.tier: { enum: [pro, null] }", "user.tags: { maxItems: 0 }", "user.tags[]: { pattern: ^beta }", "user.free: { minimum: 1 }",
    "user: { type: object }", "originator.path: { pattern: ^/admin }", "originator.type: { const: http }", "outcome: { const: error }", "durationMs: { type: integer }",
  ])("may ask for %s", async (condition) => {
    expect(await problemsOf(`{ name: a, when: { "${condition.replace(": ", '": ')} } }`)).toEqual([]);
  });

  it.each([
    ["user.teir: { const: pro }", 'names "user.teir", which is no field that the event carries when it is decided'],
    ["cart.items: { minimum: 1 }", 'names "cart.items"'],
    ["http.path: { const: / }", 'names "http.path"'],
    ["originator.schedule: { const: x }", 'names "originator.schedule"'],
    ["eventId: { const: x }", 'names "eventId"'],
    ["sampleRate: { minimum: 2 }", 'names "sampleRate"'],
  ])("about what the event does not carry is an error: %s", async (condition, message) => {
    expect(await problemsOf(`{ name: a, when: { ${condition} } }`)).toEqual([expect.stringMatching(new RegExp(`^schemas/e\\.yaml:6:\\d+ SAMPLING_PATH sampling of event "e" ${message.replaceAll(".", "\\.")}`))]);
  });

  it.each([
    ["user.id: { minimum: 1 }", '`minimum` never holds for "user.id", which is string'],
    ["user.big: { minimum: 1 }", '`minimum` never holds for "user.big", which is string'],
    ["user.id: { const: 1 }", '`const` never holds for "user.id", which is string'],
    ["user.id: { type: integer }", '`type` never holds for "user.id", which is string'],
    ["user.tier: { const: gold }", '`const` never holds for "user.tier", which is one of "free", "pro", null'],
    ["user.tier: { enum: [pro, gold] }", '`enum` never holds for "user.tier", which is one of "free", "pro", null'],
    ["llm.costUsd: { exclusiveMinimum: 500 }", '`exclusiveMinimum` never holds for "llm.costUsd", which is number with minimum 0 and with maximum 100'],
    ["llm.costUsd: { maximum: -1 }", '`maximum` never holds for "llm.costUsd", which is number with minimum 0 and with maximum 100'],
    ["user.tags: { pattern: x }", '`pattern` never holds for "user.tags", which is array'],
    ["llm: { minimum: 1 }", '`minimum` never holds for "llm", which is array'],
  ])("that nothing can match is an error: %s", async (condition, message) => {
    expect(await problemsOf(`{ name: a, when: { ${condition} } }`)).toEqual([expect.stringMatching(/^schemas\/e\.yaml:6:\d+ CONDITION_NEVER /)]);
    expect((await problemsOf(`{ name: a, when: { ${condition} } }`))[0]).toContain(message);
  });

  it.each([["(", "BAD_PATTERN"], ["^(a+)+$", "CATASTROPHIC_PATTERN"]])("has a pattern that ends: %s", async (pattern, id) => {
    expect(await problemsOf(`{ name: a, when: { user.id: { pattern: "${pattern}" } } }`)).toEqual([expect.stringContaining(` ${id} `)]);
  });
});

describe("with naming: snake_case", () => {
  it("the base of the record has the names that it is written with", async () => {
    const problems = async (path: string) => (await compileFiles({ ...files, "schemas/e.yaml": `event: e\nsampling: { rules: [{ name: a, when: { ${path}: { minimum: 1 } } }] }` }, { naming: "snake_case" })).problems;
    expect(await problems("duration_ms")).toEqual([]);
    expect(await problems("durationMs")).toEqual([expect.stringContaining('SAMPLING_PATH sampling of event "e" names "durationMs"')]);
  });
});

describe("a key of sampling", () => {
  it("is a field that the event carries", async () => {
    expect(await problemsOf("{ name: a, per: [user.id, originator.path], perSecond: 1 }")).toEqual([]);
    expect(await problemsOf("{ name: a, per: [user.id, user.idd], perSecond: 1 }")).toEqual([expect.stringMatching(/^schemas\/e\.yaml:6:33 SAMPLING_PATH .*"user\.idd"/)]);
  });
});

describe("sampling", () => {
  it("is taken over and replaced by what extends the event", async () => {
    const base = { "wevt:b.yaml": "event: b\nsampling: { base: 0.5 }" };
    const of = async (own: string) => (await compileFiles({ ...base, "schemas/b.yaml": `event: b\nextends: wevt:b\n${own}` })).registry.events[0]?.sampling;
    expect(await of("")).toEqual({ base: 0.5 });
    expect(await of("sampling: { base: 0.1 }")).toEqual({ base: 0.1 });
  });

  it("and alwaysKeep may be written with x-, and are no structure: the stamp stays", async () => {
    const registryOf = async (partial: string, event: string) => (await compileFiles({ "schemas/p.yaml": `partial: p\nproperties: { f: { type: string } }\n${partial}`, "schemas/e.yaml": `event: e\npartials: { p: optional }\n${event}` })).registry;
    const [without, plain, prefixed] = await Promise.all([registryOf("", ""), registryOf("alwaysKeep: true", "sampling: { base: 0.1 }"), registryOf("x-alwaysKeep: true", "x-sampling: { base: 0.1 }")]);
    expect([plain.partials[0]?.alwaysKeep, plain.events[0]?.sampling]).toEqual([true, { base: 0.1 }]);
    expect([prefixed.partials[0]?.alwaysKeep, prefixed.events[0]?.sampling]).toEqual([true, { base: 0.1 }]);
    expect(plain.stamp).toBe(without.stamp);
  });
});
