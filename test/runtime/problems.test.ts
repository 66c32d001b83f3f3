import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ValidationError } from "../../src/runtime/validate.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { hmacSha256 } from "../../src/runtime/sha256.js";
import { call, checkOf, db, type FieldSpec, http, registry, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });

describe("validation", () => {
  it("report: leaves a wrong type out and shows it, keeps a broken constraint, reports what is missing", () => {
    const { wevt, record, problems, told } = harness();
    wevt.run(request, (event) => { event.set({ user: { tier: "gold", tags: ["a", 2, "c", 4] } }); event.log(db({ queries: "many" })); });
    expect(record()["user"]).toEqual({ tier: "gold", tags: ["a", "c"] });
    expect(record()["db"]).toEqual({});
    expect(problems().map(({ problem, path, value }) => [problem, path, value])).toEqual([
      ["missing_field", "user.id", undefined],
      ["constraint", "user.tier", undefined],
      ["wrong_type", "user.tags[1]", "2"],
      ["wrong_type", "user.tags[3]", "4"],
      ["wrong_type", "db.queries", '"many"'],
    ]);
    expect(told).toEqual(problems());
  });

  it("throw: throws at the call, and for what is missing when the event is sealed, after it was emitted", () => {
    const { wevt, collected } = harness({ validation: "throw" });
    expect(() => wevt.run(request, (event) => event.log(user({ id: "u", tier: "gold" })))).toThrow(ValidationError);
    expect(() => wevt.run(request, (event) => event.log(user({ tier: "pro" })))).toThrow(/user\.id: required/);
    expect(() => wevt.run(request, (event) => event.log(user({ id: "u", nick: "x" })))).toThrow(/user\.nick/);
    expect(() => wevt.run(request, (event) => event.set({ user: { tier: "pro" } }))).toThrow(/user\.id: required/);
    expect(collected.records).toHaveLength(4);
  });

  it("throw: never replaces the error of the work", () => {
    const { wevt } = harness({ validation: "throw" });
    expect(() => wevt.run(request, (event) => { event.set({ user: { tier: "pro" } }); throw new Error("mine"); })).toThrow("mine");
    return expect(wevt.run(request, async (event) => { event.set({ user: { tier: "pro" } }); throw new Error("mine"); })).rejects.toThrow("mine");
  });

  it("off: records nothing, but still writes declared keys only", () => {
    const { wevt, record, told } = harness({ validation: "off" });
    wevt.run(request, (event) => event.log(user({ tier: "gold", nick: "x" })));
    expect(record()["user"]).toEqual({ tier: "gold" });
    expect(record()["wevt"]).toBeUndefined();
    expect(told).toEqual([]);
  });

  it("keeps at most maxProblems on an event, and counts the rest", () => {
    const { wevt, problems } = harness({ maxProblems: 2 });
    wevt.run(request, (event) => event.log(user({ id: "u", a: 1, b: 1, c: 1, d: 1 })));
    expect(problems().map(({ problem }) => problem)).toEqual(["unknown_field", "unknown_field", "limit"]);
    expect(problems().at(-1)?.message).toContain("2 further problems");
  });

  it("shortens the path of a key of any length", () => {
    const { wevt, collected } = harness();
    wevt.run(request, (event) => event.log(user({ id: "u", ["k".repeat(1_000_000)]: 1 })));
    expect(collected.lines[0]?.length).toBeLessThan(1_500);
  });

  it("an onProblem that throws or rejects changes nothing", async () => {
    for (const onProblem of [() => { throw new Error("no"); }, async () => { throw new Error("no"); }]) {
      const { wevt, collected } = harness({ onProblem });
      wevt.run(request, (event) => event.log(user({ id: "u", a: 1 })));
      expect(collected.records).toHaveLength(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("a listener whose own writes are wrong is told of the first problem alone; its own are counted", () => {
    const told: string[] = [];
    const wevt = createUntypedWevt({
      collectors: [],
      onProblem: ({ problem }) => {
        told.push(problem);
        wevt.set({ user: { tier: "x" } });
        wevt.add("user.visits", 1);
      },
    });
    wevt.set({ user: { tier: "x" } });
    wevt.set({ user: { tier: "x" } });
    expect(told).toEqual(["no_event", "no_event"]);
    expect(wevt.problems().no_event).toBe(6);
  });

  it("generated code of another contract number is one clear problem at start", () => {
    const { told, wevt, collected } = harness({}, registry([user], [], { contract: 99 }));
    expect(told).toEqual([{ problem: "constraint", message: expect.stringMatching(/contract 99.*wevt generate/) }]);
    wevt.run(request, () => {});
    expect(collected.records).toHaveLength(1);
  });
});

describe("privacy", () => {
  const secrets = { email: "SECRET-email", phone: "SECRET-phone", password: "SECRET-password" };

  it("masks, hashes, truncates and drops on the way out", () => {
    const { wevt, record } = harness({ hashKey: "key" });
    wevt.run(http({ method: "GET", token: "SECRET" }), (event) => event.log(user({ id: "u", ...secrets, bio: "long story" })));
    expect(record()["user"]).toEqual({ id: "u", email: "***", phone: createHmac("sha256", "key").update("SECRET-phone").digest("hex"), bio: "long " });
    expect(JSON.stringify(record())).not.toContain("SECRET");
  });

  it("names the key of a hash where the key has a name, so that it can be rotated", () => {
    const { wevt, record } = harness({ hashKey: { id: "2026-11", key: "key" } });
    wevt.run(request, (event) => event.log(user({ id: "u", phone: "SECRET-phone" })));
    expect(Object(record()["user"]).phone).toBe(`2026-11:${createHmac("sha256", "key").update("SECRET-phone").digest("hex")}`);
  });

  it.each([[{ id: "x", key: "" }], [{}], [7], [new Uint8Array()]])("has no key in %j", (hashKey) => {
    const { wevt, problems } = harness({ hashKey: hashKey as never });
    wevt.run(request, (event) => event.log(user({ id: "u", phone: "SECRET-phone" })));
    expect(problems()).toEqual([expect.objectContaining({ problem: "unserializable", path: "user.phone" })]);
  });

  it("leaves a field to be hashed out where there is no key, and counts it", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => event.log(user({ id: "u", phone: "SECRET" })));
    expect(record()["user"]).toEqual({ id: "u" });
    expect(problems()).toEqual([{ problem: "unserializable", path: "user.phone", message: expect.stringContaining("hashKey") }]);
  });

  it.each(["report", "throw", "off"] as const)("shows no plain value of a handled or concealed field anywhere with validation %s, also when its type is wrong", (validation) => {
    const { wevt, collected, told } = harness({ validation });
    const wrong = { email: ["SECRET"], phone: { a: "SECRET" }, password: [{ b: "SECRET" }] };
    let text = "";
    try {
      wevt.run(request, (event) => event.log(user({ id: "u", ...wrong })));
      wevt.run(request, (event) => event.log(user({ id: "u", ...secrets, tier: { secret: "SECRET" } })));
    } catch (error) {
      text = String(error);
    }
    // @ts-expect-error a string where fields belong
    try { wevt.run(request, (event) => event.log(user("SECRET"))); } catch (error) { text += String(error); }
    const seen = collected.records.map(({ error: _error, ...record }) => record);
    if (validation === "off") for (const record of seen) delete Object(Object(record)["user"])["tier"];
    expect(JSON.stringify([seen, told]) + text).not.toContain("SECRET");
  });

  it("hashes like node:crypto, whatever the text and the key", () => {
    for (const key of ["k", "é".repeat(100)]) for (const text of ["", "a", "ü".repeat(55), "x".repeat(56), "y".repeat(1000)]) expect(hmacSha256(key)(text)).toBe(createHmac("sha256", key).update(text).digest("hex"));
  });
});

describe("the service", () => {
  it("gets its name from OpenTelemetry's variables, then from npm, when none is given", () => {
    const before = { ...process.env };
    const nameOf = (): unknown => { const { wevt, record } = harness({ service: {} }); wevt.run(request, () => {}); return record()["service"]; };
    try {
      for (const name of ["OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "npm_package_name", "npm_package_version"]) delete process.env[name];
      expect(nameOf()).toEqual({ name: "unknown_service" });
      process.env["npm_package_name"] = "shop";
      process.env["npm_package_version"] = "1.2.3";
      expect(nameOf()).toEqual({ name: "shop", version: "1.2.3" });
      process.env["OTEL_RESOURCE_ATTRIBUTES"] = "service.name=attr,service.version=9";
      expect(nameOf()).toEqual({ name: "attr", version: "9" });
      process.env["OTEL_SERVICE_NAME"] = "otel";
      expect(nameOf()).toEqual({ name: "otel", version: "9" });
    } finally {
      process.env = before;
    }
  });

  it("takes open scalars without a service file, and reports structure once", () => {
    const { wevt, told, record } = harness({ service: { name: "s", pod: "p", deep: { a: 1 } } });
    wevt.run(request, () => {});
    expect(record()["service"]).toEqual({ name: "s", pod: "p" });
    expect(told).toEqual([expect.objectContaining({ problem: "wrong_type", path: "service.deep" })]);
  });

  it("is copied by the rule of its file where there is one", () => {
    const specs: { readonly [name: string]: FieldSpec } = { region: { type: "string", required: true }, key: { handling: "drop" } };
    const service = { contract: 1, kind: "service", name: "shop", check: checkOf(specs), rule: { fields: specs } } as const;
    const { wevt, told, record } = harness({ service: { name: "s", region: "eu", key: "SECRET", other: 1 } }, registry([user, call], [], { service }));
    wevt.run(request, () => {});
    expect(record()["service"]).toEqual({ name: "s", region: "eu" });
    expect(told.map(({ path }) => path)).toEqual(["service.other"]);
  });

  it("has its name and version handled as its file says", () => {
    const specs: { readonly [name: string]: FieldSpec } = { name: { handling: "mask" }, version: { handling: "drop" } };
    const service = { contract: 1, kind: "service", name: "shop", check: checkOf(specs), rule: { fields: specs } } as const;
    const { wevt, record } = harness({ service: { name: "SECRET", version: "SECRET" } }, registry([user], [], { service }));
    wevt.run(request, () => {});
    expect(record()["service"]).toEqual({ name: "***" });
  });
});

describe("close", () => {
  it("emits what is still open as aborted, closes collectors once, and drops what comes after, counted", async () => {
    const { wevt, collected, told } = harness();
    wevt.start(request);
    await wevt.close();
    await wevt.close();
    expect(collected.records.map((record) => record["outcome"])).toEqual(["aborted"]);
    wevt.run(request, () => {});
    expect(told.map(({ problem }) => problem)).toEqual(["collector"]);
  });

  it("waits for a slow collector, and no longer than its deadline", async () => {
    let done = false;
    const slow = createUntypedWevt({ collectors: [{ flush: () => new Promise((resolve) => setTimeout(() => { done = true; resolve(); }, 20)) }], onProblem: () => {} });
    slow.run(request, () => {});
    await slow.close();
    expect(done).toBe(true);
    const stuck = createUntypedWevt({ collectors: [{ flush: () => new Promise(() => {}) }], onProblem: () => {} });
    stuck.run(request, () => {});
    await stuck.close({ timeoutMs: 10 });
  });
});

describe("collectors", () => {
  it("do not disturb each other: throwing, rejecting, stuck and mutating ones leave the others whole", async () => {
    const lines: string[] = [];
    const told: string[] = [];
    const wevt = createUntypedWevt({
      onProblem: ({ problem, path }) => told.push(`${problem} ${path}`),
      collectors: [
        { name: "thrower", flush: () => { throw new Error("x"); } },
        { name: "rejecter", flush: async () => { throw new Error("x"); } },
        { name: "stuck", flush: () => new Promise(() => {}) },
        { name: "mutator", flush: ([event]) => { Object.assign(Object(event?.record["user"]), { id: "changed" }); } },
        { name: "good", flush: (events) => { for (const { line } of events) lines.push(line); } },
      ],
    });
    for (const id of ["a", "b"]) wevt.run(request, (event) => event.log(user({ id })));
    await wevt.flush({ timeoutMs: 10 });
    expect(lines.map((line) => JSON.parse(line).user)).toEqual([{ id: "a" }, { id: "b" }]);
    expect(told.sort()).toEqual(["collector rejecter", "collector rejecter", "collector thrower", "collector thrower"]);
  });

  it("get base and partials apart, as in the first seed", () => {
    const { wevt, collected } = harness();
    wevt.run(request, (event) => event.log(user({ id: "a" })));
    const [event] = collected.events;
    expect([...(event?.partials ?? [])]).toEqual([["user", { id: "a" }]]);
    expect(Object.keys(event?.base ?? {})).not.toContain("user");
    expect(event?.line).toBe(JSON.stringify(event?.record));
  });

  it("that are slow get what waited in one call, in order, at most 1,000 events", async () => {
    const batches: number[] = [];
    let release = (): void => {};
    const told: unknown[] = [];
    const wevt = createUntypedWevt({ onProblem: (problem) => told.push(problem), collectors: [{ flush: (events) => { batches.push(events.length); return new Promise<void>((resolve) => (release = resolve)); } }] });
    for (let index = 0; index < 1_003; index++) wevt.run(request, () => {});
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(batches).toEqual([1, 1_000]);
    expect(told).toHaveLength(2);
  });
});
