import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { call, http, registry, sandbox, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST", path: "/foo", headers: { "User-Agent": "Mozilla/5.0" } });

describe("the record", () => {
  it("has the shape and order of the first seed's example", () => {
    const { wevt, clock, record } = harness({ service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" } });
    wevt.run(request, (event) => {
      event.log(user({ id: "user_1", tier: "pro" }));
      clock.nowMs += 182.4;
    });
    expect(Object.keys(record())).toEqual(["service", "eventId", "event", "timestamp", "originator", "durationMs", "outcome", "main", "sampleRate", "sampleReason", "schema", "user"]);
    expect(record()).toEqual({
      service: { name: "my-rest-service", version: "1.0.0", pod_id: "v8a4ad" },
      eventId: expect.stringMatching(/^evnt_[0-9A-Za-z]{25}$/),
      event: "http",
      timestamp: "2026-01-20T00:19:26.748Z",
      originator: { type: "http", traceId: expect.stringMatching(/^[0-9a-f]{32}$/), spanId: expect.stringMatching(/^span_[0-9a-f]{16}$/), method: "POST", path: "/foo", headers: { "User-Agent": "Mozilla/5.0" } },
      durationMs: 182.4,
      outcome: "ok",
      main: true,
      sampleRate: 1,
      sampleReason: "all",
      schema: "0123456789ab",
      user: { id: "user_1", tier: "pro" },
    });
  });

  it("is written with snake_case base keys where the project says so", () => {
    const { wevt, collected } = harness({}, registry([user], [], { naming: "snake_case" }));
    wevt.run(request, () => wevt.run(request, () => {}));
    expect(Object.keys(collected.records[0] ?? {})).toEqual(["service", "event_id", "event", "timestamp", "originator", "duration_ms", "outcome", "parent_event_id", "sample_rate", "sample_reason", "schema"]);
    expect(Object.keys(Object(collected.records[0]?.["originator"])).slice(0, 4)).toEqual(["type", "trace_id", "span_id", "parent_span_id"]);
  });

  it("gives ids that sort by time", () => {
    const { wevt, clock, collected } = harness();
    for (let index = 0; index < 5; index++) {
      clock.nowMs += 1;
      wevt.run(request, () => {});
    }
    const ids = collected.records.map((record) => String(record["eventId"]));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(5);
  });
});

describe("run", () => {
  it("returns what the work returns", () => {
    const { wevt } = harness();
    expect(wevt.run(request, () => 42)).toBe(42);
  });

  it("emits once when the work throws, and throws the same error", () => {
    const { wevt, record } = harness();
    const error = new TypeError("card was declined", { cause: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }) });
    expect(() => wevt.run(request, () => { throw error; })).toThrow(error);
    expect(record()).toMatchObject({ outcome: "error", error: { type: "TypeError", message: "card was declined", stack: expect.stringContaining("TypeError"), causes: [{ type: "Error", message: "socket hang up", code: "ECONNRESET" }] } });
  });

  it("emits once when the promise rejects, before the caller goes on", async () => {
    const { wevt, record } = harness();
    const error = new Error("late");
    await expect(wevt.run(request, async () => { await sleep(1); throw error; })).rejects.toBe(error);
    expect(record()["outcome"]).toBe("error");
  });

  it("names an error after its class where neither says a name", () => {
    class CardDeclined extends Error {}
    class Named extends Error {
      override name = "OwnName";
    }
    const { wevt, collected } = harness();
    const thrown = [new CardDeclined("no"), new Named("no"), new TypeError("no"), Object.assign(new CardDeclined("no"), { name: "Given" }), new DOMException("no", "DataError")];
    for (const error of thrown) expect(() => wevt.run(request, () => { throw error; })).toThrow(error);
    expect(collected.records.map((record) => Object(record["error"]).type)).toEqual(["CardDeclined", "OwnName", "TypeError", "Given", "DataError"]);
  });

  it("calls a lazy thenable once", async () => {
    const { wevt, collected } = harness();
    let runs = 0;
    const query = { then(resolve: (rows: number) => void) { runs += 1; resolve(7); } };
    await wevt.run(request, () => query);
    expect([runs, collected.records.length]).toEqual([1, 1]);
  });

  it("calls the work even when the originator is nonsense, and says so", () => {
    const { wevt, record, problems } = harness();
    // @ts-expect-error not an originator
    expect(wevt.run(undefined, () => "done")).toBe("done");
    expect(record()["event"]).toBe("manual");
    expect(problems()).toEqual([expect.objectContaining({ problem: "wrong_type", path: "originator" })]);
  });

  it("tells an aborted and a timed out unit of work from a failed one", async () => {
    const { wevt, collected } = harness();
    for (const name of ["AbortError", "TimeoutError"]) await wevt.run(request, async () => { throw new DOMException("stop", name); }).catch(() => {});
    expect(collected.records.map((record) => record["outcome"])).toEqual(["aborted", "timeout"]);
  });

  it("links a run inside a run: same trace, parent ids, one main record", () => {
    const { wevt, collected } = harness();
    wevt.run(request, () => wevt.run(http({ method: "GET" }), () => {}));
    const [inner, outer] = collected.records;
    expect(inner).toMatchObject({ parentEventId: outer?.["eventId"], originator: { traceId: Object(outer?.["originator"]).traceId, parentSpanId: Object(outer?.["originator"]).spanId } });
    expect([inner?.["main"], outer?.["main"]]).toEqual([undefined, true]);
  });
});

describe("ambient writes", () => {
  it("go to the event of the unit of work, also when several run at once", async () => {
    const { wevt, collected } = harness();
    const work = (id: string, ms: number): Promise<void> => wevt.run(request, async () => { await sleep(ms); wevt.log(user({ id })); await sleep(ms); wevt.set({ user: { tier: "pro" } }); });
    await Promise.all([work("a", 6), work("b", 3)]);
    expect(collected.records.map((record) => record["user"])).toEqual([{ id: "b", tier: "pro" }, { id: "a", tier: "pro" }]);
  });

  it("outside of any event are lost, counted, and never thrown", () => {
    const { wevt, told } = harness();
    wevt.log(user({ id: "a" }));
    wevt.add("db.queries", 1);
    expect(told.map(({ problem }) => problem)).toEqual(["no_event", "no_event"]);
    expect(wevt.problems()).toEqual({ no_event: 2 });
  });

  it("current() is the handle that the work was given", () => {
    const { wevt } = harness();
    wevt.run(request, (event) => expect(wevt.current()).toBe(event));
    expect(wevt.current()).toBeUndefined();
  });

  it("a method taken off its event means the current one", () => {
    const { wevt, record } = harness();
    wevt.run(request, ({ log }) => log(user({ id: "a" })));
    expect(record()["user"]).toEqual({ id: "a" });
  });
});

describe("start", () => {
  it("opens an event that emit() ends, once", () => {
    const { wevt, record } = harness();
    const event = wevt.start(request);
    event.log(user({ id: "a" }));
    event.emit();
    event.emit();
    expect(record()["user"]).toEqual({ id: "a" });
  });
});

describe("named events", () => {
  const agent = { contract: 1, kind: "event", name: "agent.execution", method: "agentExecution", partials: { user: { required: true, require: ["tier"] }, call: { required: false } }, originators: ["http"] } as const;

  it("carry their name and report what is missing when they are sealed", () => {
    const { wevt, record, problems } = harness({}, registry([user, call], [agent]));
    wevt.events["agentExecution"]?.run(request, () => {});
    expect(record()["event"]).toBe("agent.execution");
    expect(problems()).toEqual([expect.objectContaining({ problem: "missing_partial", path: "user" })]);
  });

  it("report a field that only this event requires, and a partial that it does not list", () => {
    const { wevt, record, problems } = harness({}, registry([user, call, sandbox], [agent]));
    wevt.events["agentExecution"]?.run(request, (event) => { event.log(user({ id: "a" })); wevt.log(sandbox({ sandboxId: "s" })); });
    expect(problems().map(({ problem, path }) => [problem, path])).toEqual([["undeclared_partial", "sandbox"], ["missing_field", "user.tier"]]);
    expect(record()["sandbox"]).toEqual({ sandboxId: "s" });
  });
});

describe("a typed method per partial", () => {
  it("writes that partial", () => {
    const { wevt, record } = harness();
    wevt.run(request, (event) => { Reflect.get(event, "user").call(event, { id: "a" }); });
    expect(record()["user"]).toEqual({ id: "a" });
  });
});
