/** What each kind of rule matches, and what the decision says. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredSampling, tailSampling, type EventRule } from "../../src/sampling/index.js";
import { finished, random, traceId, type Given } from "./events.js";

/** The reason of an event that reaches this rule, "base" when it does not match. */
const reasonOf = (rule: Omit<EventRule, "name" | "when" | "per"> & { readonly when?: object; readonly per?: readonly string[] }, event: Given): string =>
  tailSampling({ rules: [{ name: "matched", ...rule } as EventRule<never>], base: 0.5 })(finished(event)).reason;

describe("a rule", () => {
  it.each([
    [{ outcome: "error" }, { outcome: "error" }, { outcome: "timeout" }],
    [{ outcome: ["error", "timeout"] }, { outcome: "timeout" }, { outcome: "ok" }],
    [{ unforeseen: true }, { fields: { error: { unforeseen: true } } }, { fields: { error: { slug: "declined" } } }],
    [{ unforeseen: false }, {}, { fields: { error: { unforeseen: true } } }],
    [{ sampled: true }, { sampled: true }, { sampled: false }],
    [{ sampled: false }, { sampled: false }, {}],
    [{ slowerThanMs: 100 }, { durationMs: 101 }, { durationMs: 100 }],
    [{ event: "http" }, { name: "http" }, { name: "cron" }],
    [{ event: ["http", "cron"], outcome: "ok" }, { name: "cron" }, { name: "cron", outcome: "error" }],
  ] as const)("%j matches %j and not %j", (rule, matching, other) => {
    expect(reasonOf(rule, matching)).toBe("matched");
    expect(reasonOf(rule, other)).toBe("base");
  });

  it.each([
    [{ "llm.costUsd": { minimum: 0.5 } }, { llm: { costUsd: 0.5 } }, { llm: { costUsd: 0.49 } }],
    [{ "llm.costUsd": { minimum: 0.5 } }, { llm: [{ costUsd: 0.1 }, { costUsd: 0.7 }] }, { llm: [{ costUsd: 0.1 }] }],
    [{ "llm.costUsd": { minimum: 0.5, maximum: 1 } }, { llm: { costUsd: 1 } }, { llm: { costUsd: 2 } }],
    [{ "llm.costUsd": { exclusiveMinimum: 0 } }, { llm: { costUsd: 0.1 } }, { llm: { costUsd: 0 } }],
    [{ "llm.costUsd": { exclusiveMaximum: 0 } }, { llm: { costUsd: -1 } }, { llm: { costUsd: null } }],
    [{ "llm.costUsd": { multipleOf: 0.1 } }, { llm: { costUsd: 3 } }, { llm: { costUsd: "3" } }],
    [{ "user.tier": { const: "pro" } }, { user: { tier: "pro" } }, {}],
    [{ "user.tier": { enum: ["pro", null] } }, { user: { tier: null } }, { user: { tier: "free" } }],
    [{ "user.tier": { const: "pro" }, outcome: { const: "ok" } }, { user: { tier: "pro" } }, { user: { tier: "free" } }],
    [{ "user.id": { pattern: "^test_" } }, { user: { id: "test_1" } }, { user: { id: 1 } }],
    [{ "user.id": { minLength: 2, maxLength: 3 } }, { user: { id: "🙂🙂" } }, { user: { id: "🙂" } }],
    [{ "user.tags": { minItems: 2, maxItems: 2 } }, { user: { tags: ["a", "b"] } }, { user: { tags: ["a"] } }],
    [{ "user.tags[]": { const: "beta" } }, { user: { tags: ["a", "beta"] } }, { user: { tags: [] } }],
    [{ "user.tags[1]": { const: "beta" } }, { user: { tags: ["a", "beta"] } }, { user: { tags: ["beta"] } }],
    [{ "flags.values.*": { const: true } }, { flags: { values: { a: false, b: true } } }, { flags: { values: {} } }],
    [{ "user.at": { type: "integer" } }, { user: { at: 1 } }, { user: { at: 1.5 } }],
    [{ "user.at": { type: ["null", "object"] } }, { user: { at: null } }, { user: { at: [] } }],
    [{ "user.limits": { const: { a: 1, b: 2 } } }, { user: { limits: { b: 2, a: 1 } } }, { user: { limits: { a: 1 } } }],
    [{ "user.__proto__": { type: "object" } }, { user: JSON.parse('{"__proto__":{}}') }, { user: {} }],
    [{ "user.constructor.name": { type: "string" } }, { user: { constructor: { name: "x" } } }, { user: {} }],
  ] as const)("with the condition %j holds for %j and not for %j", (when, matching, other) => {
    expect(reasonOf({ when }, { fields: matching })).toBe("matched");
    expect(reasonOf({ when }, { fields: other })).toBe("base");
  });

  it("decides when it is the first that matches, and gives its name and how many events a kept one stands for", () => {
    const sampler = tailSampling({ rules: [{ name: "error", outcome: "error" }, { name: "health", when: { "http.path": { const: "/health" } }, keep: 0 }, { name: "slow", slowerThanMs: 10, keep: 0.5 }], base: 0.25 });
    const kept = { traceId: "f".repeat(32) };
    expect(sampler(finished({ ...kept, outcome: "error", durationMs: 20 }))).toEqual({ keep: true, rate: 1, reason: "error" });
    expect(sampler(finished({ ...kept, fields: { http: { path: "/health" } } }))).toEqual({ keep: false, rate: 1, reason: "health" });
    expect(sampler(finished({ ...kept, durationMs: 20 }))).toEqual({ keep: true, rate: 2, reason: "slow" });
    expect(sampler(finished(kept))).toEqual({ keep: true, rate: 4, reason: "base" });
    expect(sampler(finished())).toEqual({ keep: false, rate: 4, reason: "base" });
  });

  it("follows the caller only when it is told to", () => {
    const silent = tailSampling({ base: 0.5 });
    const following = tailSampling({ rules: [{ name: "caller", sampled: true }, { name: "caller", sampled: false, keep: 0 }], base: 0.5 });
    for (const sampled of [true, false]) {
      const event = finished({ traceId: sampled ? "0".repeat(32) : "f".repeat(32), sampled });
      expect(silent(event).keep).toBe(!sampled);
      expect(following(event).keep).toBe(sampled);
    }
  });
});

describe("a running percentile", () => {
  it("tells the slow events of each key apart", () => {
    let nowMs = 0;
    const sampler = tailSampling({ rules: [{ name: "slow", slowerThan: "p99", per: ["originator.path"] }], base: 0.5, now: () => nowMs });
    const next = random(7);
    const slow = { "/fast": 0, "/slow": 0 };
    for (let index = 0; index < 10_000; index++) {
      nowMs += 10;
      for (const [path, typical] of [["/fast", 10], ["/slow", 1_000]] as const) {
        const { reason } = sampler(finished({ durationMs: typical * (1 - Math.log(1 - next())), fields: { originator: { path } } }));
        if (reason === "slow") slow[path] += 1;
      }
    }
    expect(slow["/fast"] / 10_000).toBeGreaterThan(0.003);
    expect(slow["/fast"] / 10_000).toBeLessThan(0.012);
    expect(slow["/slow"] / 10_000).toBeGreaterThan(0.003);
    expect(slow["/slow"] / 10_000).toBeLessThan(0.012);
  });
});

describe("a rate per key", () => {
  /** Events a second of one key → kept a second, after a first while and over 300 times the wanted distance. */
  const keptPerSecond = (perSecond: number, arriving: number): number => {
    let nowMs = 0;
    let kept = 0;
    const [fromMs, toMs] = [60_000 / perSecond, 360_000 / perSecond];
    const next = random(3);
    const sampler = tailSampling({ rules: [{ name: "tenant", per: ["user.id"], perSecond }], now: () => nowMs });
    while (nowMs < toMs) {
      nowMs += (-Math.log(1 - next()) / arriving) * 1000;
      if (sampler(finished({ traceId: traceId(next), fields: { user: { id: "a" } } })).keep && nowMs > fromMs) kept += 1;
    }
    return kept / ((toMs - fromMs) / 1000);
  };

  it("keeps every event of a rare key", () => {
    expect(keptPerSecond(5, 0.5) / 0.5).toBeGreaterThan(0.8);
  });

  it.each([[1, 100], [5, 400], [0.1, 5]])("of %d a second thins %d a second", (perSecond, arriving) => {
    const kept = keptPerSecond(perSecond, arriving);
    expect(kept / perSecond).toBeGreaterThan(0.85);
    expect(kept / perSecond).toBeLessThan(1.25);
  });

  it("keeps no more than its table of keys allows when each event has a key of its own", () => {
    let nowMs = 0;
    let kept = 0;
    const next = random(5);
    const sampler = tailSampling({ rules: [{ name: "user", per: ["user.id"], perSecond: 1 }], now: () => nowMs });
    for (let index = 0; index < 20_000; index++) {
      nowMs += 0.1;
      if (sampler(finished({ traceId: traceId(next), fields: { user: { id: `${index}` } } })).keep) kept += 1;
    }
    expect(kept).toBeGreaterThanOrEqual(500);
    expect(kept).toBeLessThan(600);
  });

  it("makes place for a new key when an old one was not seen for a while", () => {
    let nowMs = 0;
    const sampler = tailSampling({ rules: [{ name: "user", per: ["user.id"], perSecond: 1 }], now: () => nowMs });
    const share = (id: string): number => 1 / sampler(finished({ fields: { user: { id } } })).rate;
    for (let index = 0; index < 2_000; index++) share(`${index}`);
    expect(share("new")).toBeLessThan(0.1);
    nowMs += 60_000;
    expect(share("new")).toBe(1);
  });
});

describe("options that cannot be meant", () => {
  it.each([
    [{ base: 2 }, "base is a share from 0 to 1"],
    [{ base: "0.1" }, "base is a share from 0 to 1"],
    [{ rules: [{}] }, "rules[0]: has no name"],
    [{ rules: [{ name: "a" }, { name: "b", keep: -1 }] }, "rules[1]: keep is a share from 0 to 1"],
    [{ rules: [{ name: "a", perSecond: 0 }] }, "rules[0]: perSecond is a number greater than 0"],
    [{ rules: [{ name: "a", slowerThan: "p98" }] }, "rules[0]: slowerThan is one of p50, p75, p90, p95, p99, p999"],
    [{ rules: [{ name: "a", when: { "user.id": { min: 1 } } }] }, "rules[0]: min of user.id is no keyword of a condition"],
    [{ rules: [{ name: "a", when: { "user.id": { pattern: "(" } } }] }, "rules[0]: Invalid regular expression: /(/u: Unterminated group"],
    [{ rule: [] }, "there is no rule"],
    [{ rules: [{ name: "a", outcom: "error" }] }, "rules[0]: there is no outcom"],
    [{ rules: [{ name: "a", slowerThanMs: "1s" }] }, "rules[0]: slowerThanMs is a number, 0 or more"],
    [{ rules: [{ name: "a", per: "user.id", perSecond: 1 }] }, "rules[0]: "],
    [{ rules: [null] }, "rules[0]: "],
    [{ rules: 5 }, "rules.map is not a function"],
    [null, ""],
  ])("keep every event, which says what is wrong: %j", (options, message) => {
    const decision = tailSampling(options as never)(finished());
    expect(decision).toMatchObject({ keep: true, rate: 1, reason: expect.stringContaining(`invalid sampling: ${message}`) });
  });
});

describe("whatever it is given", () => {
  const odd = fc.oneof(fc.constantFrom<unknown>(null, undefined, Number.NaN, Infinity, -1, 0, 0.5, 1, "", "p99", "error", "user.id", "a[0].b[].*", "__proto__", "(", true, [], {}, () => 1, Symbol("x"), 10n), fc.anything());
  const rule = fc.record({ name: fc.oneof(fc.string(), odd), event: odd, outcome: odd, unforeseen: odd, sampled: odd, slowerThanMs: odd, slowerThan: odd, when: fc.oneof(fc.dictionary(fc.constantFrom("user.id", "llm[].x", "__proto__", "a.b"), fc.dictionary(fc.constantFrom("minimum", "pattern", "enum", "const", "type", "minItems", "x"), odd)), odd), per: fc.oneof(fc.array(fc.string()), odd), perSecond: odd, keep: odd }, { requiredKeys: [] });
  const options = fc.oneof(fc.record({ rules: fc.oneof(fc.array(rule), odd), base: odd }, { requiredKeys: [] }), odd);

  it("does not throw, and answers with a decision that can be used", () => {
    fc.assert(fc.property(options, fc.dictionary(fc.constantFrom("user", "llm", "a", "__proto__", "originator"), odd), odd, odd, (given, fields, durationMs, name) => {
      const decision = tailSampling(given as never)(finished({ fields, durationMs: durationMs as never, name: name as never }));
      expect(decision).toEqual({ keep: expect.any(Boolean), rate: expect.any(Number), reason: expect.any(String) });
      expect(decision.rate).toBeGreaterThanOrEqual(1);
    }), { numRuns: 3_000, seed: 1 });
  });
});

describe("declared sampling", () => {
  it("is that of the event's own file; other events are kept", () => {
    const sampler = declaredSampling([{ name: "agent.execution", sampling: { rules: [{ name: "error", outcome: "error" }], base: 0.1 } }, { name: "http" }]);
    expect(sampler(finished({ name: "agent.execution" }))).toEqual({ keep: false, rate: 10, reason: "base" });
    expect(sampler(finished({ name: "agent.execution", outcome: "error" }))).toEqual({ keep: true, rate: 1, reason: "error" });
    expect(sampler(finished({ name: "http" }))).toEqual({ keep: true, rate: 1, reason: "all" });
  });
});
