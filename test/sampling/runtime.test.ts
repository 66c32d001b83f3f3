/** Samplers at the end of real events. */
import { describe, expect, it } from "vitest";
import type { Sampler } from "../../src/runtime/sampler.js";
import { declaredSampling, tailSampling } from "../../src/sampling/index.js";
import { call, db, http, partial, registry, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST", path: "/foo" });
const refund = { ...partial("refund", { id: { type: "string" } }).descriptor, alwaysKeep: true } as const;
const dropAll: Sampler = () => ({ keep: false, rate: 1, reason: "none" });

describe("tail sampling of an event", () => {
  it("looks at what was written: fields of partials, of lists of them, of the originator, of the service, and the error", () => {
    const when = [{ "user.tier": { const: "pro" } }, { "call.tokens": { minimum: 100 } }, { "originator.path": { pattern: "^/admin" } }, { "originator.type": { const: "cron" } }, { "service.version": { const: "2.0.0" } }, { "error.type": { const: "RangeError" } }, { durationMs: { minimum: 50 } }, { main: { const: true }, "db.queries": { minimum: 3 } }];
    const reasonOf = (write: Parameters<ReturnType<typeof harness>["wevt"]["run"]>[1], originator = request): unknown => {
      const { wevt, record, clock } = harness({ sampling: tailSampling({ rules: when.map((one, index) => ({ name: `${index}`, when: one })) }) });
      wevt.run(originator, (event) => {
        write(event);
        if (originator.fields === slow) clock.nowMs += 50;
      });
      return record()["sampleReason"];
    };
    const slow = { method: "POST" };
    expect(reasonOf((event) => event.log(user({ id: "a", tier: "pro" })))).toBe("0");
    expect(reasonOf((event) => [7, 100].forEach((tokens) => event.log(call({ model: "m", tokens }))))).toBe("1");
    expect(reasonOf(() => {}, http({ method: "GET", path: "/admin/x" }))).toBe("2");
    expect(reasonOf((event) => event.error(new RangeError("x")))).toBe("5");
    expect(reasonOf(() => {}, http(slow))).toBe("6");
    expect(reasonOf((event) => event.log(db({ queries: 3 })))).toBe("7");
    expect(reasonOf((event) => event.log(db({ queries: 2 })))).toBe("base");
  });

  it("finds base keys under the names that they are written with", () => {
    const { wevt, record, clock } = harness({ sampling: tailSampling({ rules: [{ name: "found", when: { duration_ms: { minimum: 5 }, "originator.trace_id": { minLength: 32 }, "originator.type": { const: "http" } } }] }) }, { ...registry([user]), naming: "snake_case" });
    wevt.run(request, () => void (clock.nowMs += 5));
    expect(record()).toMatchObject({ sample_rate: 1, sample_reason: "found" });
  });

  it("knows an unforeseen error", () => {
    const { wevt, collected } = harness({ sampling: tailSampling({ rules: [{ name: "unforeseen", unforeseen: true }], base: 0 }) });
    for (const details of [undefined, { slug: "declined" }, { expected: true }]) wevt.run(request, (event) => event.error(new Error("x"), details));
    expect(collected.records.map((record) => record["sampleReason"])).toEqual(["unforeseen"]);
  });

  it("reads a value that is hashed or dropped on the record, and shows it nowhere", () => {
    const { wevt, record } = harness({ sampling: tailSampling({ rules: [{ name: "known", per: ["user.password"], when: { "user.password": { const: "hunter2" } }, perSecond: 5 }], base: 0 }) });
    wevt.run(request, (event) => event.log(user({ id: "a", password: "hunter2" })));
    expect(record()["sampleReason"]).toBe("known");
    expect(JSON.stringify(record())).not.toContain("hunter2");
  });

  it("gives all services of a trace one answer", () => {
    const services = [harness({ sampling: tailSampling({ base: 0.5 }) }), harness({ sampling: tailSampling({ base: 0.5 }) })] as const;
    for (let index = 0; index < 100; index++) {
      services[0].wevt.run(request, () => {
        services[1].wevt.run(request, () => {}, { from: services[0].wevt.traceContext() });
      });
    }
    const [first, second] = services.map(({ collected }) => collected.records.map((record) => Object(record["originator"]).traceId));
    expect(first).toEqual(second);
    expect(first?.length).toBeGreaterThan(20);
    expect(first?.length).toBeLessThan(80);
  });
});

describe("a partial that is always kept", () => {
  it("keeps its event whatever the sampler says, and at rate 1", () => {
    const { wevt, record } = harness({ sampling: dropAll }, { ...registry([user]), partials: [user.descriptor, refund] });
    wevt.run(request, (event) => event.log({ partial: "refund", fields: { id: "r" }, descriptor: refund }));
    wevt.run(request, (event) => event.log(user({ id: "a" })));
    expect(record()).toMatchObject({ sampleRate: 1, sampleReason: "alwaysKeep", refund: { id: "r" } });
  });
});

describe("what the events declare", () => {
  const event = { contract: 1, kind: "event", name: "agent.execution", method: "agentExecution", partials: {}, sampling: { base: 0 } } as const;
  const declared = { ...registry([user], [event]), sampling: () => declaredSampling([event]) };

  it("holds where createWevt is not told otherwise", () => {
    const { wevt, collected } = harness({}, declared);
    wevt.run(request, () => {});
    wevt.events["agentExecution"]?.run(request, () => {});
    expect(collected.records.map((record) => record["event"])).toEqual(["http"]);
  });

  it("is replaced by the option", () => {
    const { wevt, collected } = harness({ sampling: tailSampling() }, declared);
    wevt.events["agentExecution"]?.run(request, () => {});
    expect(collected.records.map((record) => record["event"])).toEqual(["agent.execution"]);
  });
});
