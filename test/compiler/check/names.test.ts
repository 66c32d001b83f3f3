import { describe, expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";

const field = "properties: { x: { type: string } }";

describe("names", () => {
  it("of two definitions that become one identifier are an error that shows both", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: rate_limit\n${field}`, "schemas/b.yaml": `partial: rateLimit\n${field}` });
    expect(problems).toEqual([
      'schemas/a.yaml:1:1 NAME_COLLISION partial "rate_limit" and partial "rateLimit" both become rateLimit in generated code',
      '  schemas/b.yaml:1:1 partial "rateLimit"',
    ]);
  });

  it.each([
    ["a partial and an originator", "partial: http_originator", "originator: http", /httpOriginator/],
    ["a partial and the input type of another", "partial: userInput", "partial: user", /UserInput/],
    ["a partial and the handle of an event", "partial: chatEvent", "event: chat", /ChatEvent/],
    ["two events", "event: agent.run", "event: agentRun", /AgentRunEvent/],
  ])("collide between %s", async (_, left, right, identifier) => {
    const text = (head: string): string => (head.startsWith("event") ? head : `${head}\n${field}`);
    const { problems } = await compileFiles({ "schemas/a.yaml": text(left), "schemas/b.yaml": text(right) });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/NAME_COLLISION/);
    expect(problems[0]).toMatch(identifier);
  });

  it.each(["registry", "paths", "events", "createWevt", "wide_event"])("that the generated index exports itself are refused: %s", async (name) => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: ${name}\n${field}` });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/schemas\/a.yaml:1:1 GENERATED_NAME/);
  });

  it("that differ in case alone are refused, for the disks that cannot tell them apart", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: userAgent\n${field}`, "schemas/b.yaml": `partial: useragent\n${field}` });
    expect(problems.map((one) => one.replace(/ (partials? .*)$/, ""))).toEqual(["schemas/b.yaml:1:1 FILE_COLLISION", "  schemas/a.yaml:1:1"]);
  });

  it("of different kinds may be the same", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: chat\n${field}`, "schemas/b.yaml": "event: chat", "schemas/c.yaml": `originator: chat\n${field}`, "schemas/d.yaml": `group: chat\n${field}` });
    expect(problems).toEqual([]);
  });

  it("of the record's own keys cannot name a partial", async () => {
    const record = "group: record\nproperties: { durationMs: { type: number } }";
    for (const name of ["durationMs", "duration_ms", "wevt"]) {
      const { problems } = await compileFiles({ "wevt:record": record, "schemas/a.yaml": `partial: ${name}\n${field}` });
      expect(problems[0]).toBe(`schemas/a.yaml:1:1 RECORD_KEY partial "${name}" is named like a key that every record has`);
      expect(problems).toHaveLength(name === "wevt" ? 1 : 2);
    }
  });

  it("of the record's own originator cannot name a field of an originator", async () => {
    const record = "group: record\nproperties: { originator: { type: object, properties: { type: { type: string }, traceId: { type: string } } } }";
    const { problems } = await compileFiles({ "wevt:record": record, "schemas/a.yaml": "originator: cron\nproperties: { type: { type: string }, trace_id: { type: string }, name: { type: string } }" });
    expect(problems).toEqual(['schemas/a.yaml:2:15 ORIGINATOR_KEY originator "cron" cannot have a field "type": every record has a value of its own there', "  wevt:record:2:57 the base field"]);
    const snake = await compileFiles({ "wevt:record": record, "schemas/a.yaml": "originator: cron\nproperties: { traceId: { type: string }, trace_id: { type: string } }" }, { naming: "snake_case" });
    expect(snake.problems[0]).toContain('cannot have a field "trace_id"');
    expect(snake.problems).toHaveLength(2);
  });

  it("of a repeatable partial's counts are taken", async () => {
    const { problems } = await compileFiles({ "schemas/a.yaml": `partial: tool\nrepeatable: true\n${field}`, "schemas/b.yaml": `partial: toolStats\n${field}` });
    expect(problems).toEqual(['schemas/b.yaml:1:1 STATS_KEY partial "toolStats" takes the key that holds the roll-up of the repeatable partial "tool"', "  schemas/a.yaml:1:1 the repeatable partial"]);
  });

  it("of the event's own methods are allowed, and a note says how such a partial is written", async () => {
    const { problems, registry } = await compileFiles({ "schemas/a.yaml": `partial: message\n${field}` });
    expect(problems).toEqual(['schemas/a.yaml:1:1 NO_SHORTHAND partial "message" has no method on events, which have a method `message` of their own']);
    expect(registry.partials).toHaveLength(1);
  });

  it("then is allowed, and makes no promise of events", async () => {
    const { problems, registry } = await compileFiles({ "schemas/a.yaml": `partial: then\n${field}` });
    expect(problems).toEqual(['schemas/a.yaml:1:1 NO_SHORTHAND partial "then" has no method on events, which would be taken for promises by it']);
    expect(registry.partials[0]?.names.method).toBeUndefined();
  });

  it("cannot be __proto__, at any depth, told once for a group that two partials include", async () => {
    const { problems } = await compileFiles({
      "schemas/g.yaml": "group: g\nproperties: { a: { type: object, properties: { __proto__: { type: string } } } }",
      "schemas/a.yaml": "partial: a\nallOf: [{ $ref: group:g }]",
      "schemas/b.yaml": "partial: b\nallOf: [{ $ref: group:g }]",
    });
    expect(problems).toEqual(['schemas/g.yaml:2:48 PROTO_PROPERTY field "g.a.__proto__" cannot be named __proto__']);
  });
});
