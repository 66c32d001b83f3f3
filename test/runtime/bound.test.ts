/** `wevt.bind`: a partial that many events share. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redaction } from "../../src/runtime/redaction/index.js";
import { ValidationError } from "../../src/runtime/validate.js";
import { call, db, http, partial, registry, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET" });
const all = registry([user, db, call]);

describe("a bound partial", () => {
  it("stands on every event that logs it, as it was when it was bound", () => {
    const { wevt, collected } = harness({}, all);
    const fields = { id: "u1", tags: ["a"] };
    const bound = wevt.bind(user(fields));
    fields.id = "changed";
    fields.tags.push("b");
    for (let index = 0; index < 100; index++) wevt.run(request, (event) => event.log(bound));
    expect(collected.records).toHaveLength(100);
    for (const record of collected.records) expect(record["user"]).toEqual({ id: "u1", tags: ["a"] });
    expect(wevt.problems()).toEqual({});
  });

  it("gives the same record and the same line as one that is not bound", () => {
    const { wevt, collected } = harness({ hashKey: "k" }, all);
    const fields = { id: "u1", tier: "pro", email: "a@b.example", phone: "+49 1", password: "secret", bio: "a long text", tags: ["a", 'b"\n'] };
    const bound = wevt.bind(user(fields));
    for (let index = 0; index < 80; index++) wevt.run(request, (event) => event.log(index % 2 === 0 ? bound : user(fields)));
    const [first] = collected.records;
    for (const record of collected.records) expect(record["user"]).toEqual(first?.["user"]);
    for (const line of collected.lines) expect(JSON.stringify(JSON.parse(line).user)).toBe(JSON.stringify(first?.["user"]));
    expect(first?.["user"]).toMatchObject({ email: "***", bio: "a lon" });
    expect(first?.["user"]).not.toHaveProperty("password");
  });

  it("merges with what else is written, and is itself never changed by that", () => {
    const { wevt, collected } = harness({}, all);
    const bound = wevt.bind(db({ queries: 2, slowest: 5, limits: { soft: 1 } }));
    for (let index = 0; index < 40; index++) {
      wevt.run(request, (event) => {
        event.log(bound);
        if (index % 2 === 0) event.log(db({ queries: 3, slowest: 9, limits: { hard: 2 } }));
      });
      wevt.run(request, (event) => {
        event.log(db({ queries: 1 }));
        event.log(bound);
      });
    }
    expect(collected.records.map((record) => record["db"])).toEqual(
      Array.from({ length: 40 }, (_, index) => [index % 2 === 0 ? { queries: 5, slowest: 9, limits: { soft: 1, hard: 2 } } : { queries: 2, slowest: 5, limits: { soft: 1 } }, { queries: 3, slowest: 5, limits: { soft: 1 } }]).flat(),
    );
  });

  it("is one item of a repeatable partial each time", () => {
    const { wevt, collected } = harness({}, all);
    const bound = wevt.bind(call({ model: "m" }));
    wevt.run(request, (event) => [event.log(bound), event.log(call({ model: "n" })), event.log(bound)]);
    expect(collected.records[0]?.["call"]).toEqual([{ model: "m" }, { model: "n" }, { model: "m" }]);
  });

  it("tells what is wrong with it when it is bound, and on each event", () => {
    const { wevt, collected, told } = harness({}, all);
    const bound = wevt.bind(user({ id: 7, tier: "pro", unknown: 1 }));
    expect(told.map(({ problem }) => problem)).toEqual(["unknown_field", "wrong_type"]);
    wevt.run(request, (event) => event.log(bound));
    expect(collected.records[0]).toMatchObject({ user: { tier: "pro" }, wevt: { problems: [{ problem: "wrong_type", path: "user.id" }] } });
  });

  it("is refused at once with validation: throw", () => {
    const { wevt } = harness({ validation: "throw" }, all);
    expect(() => wevt.bind(user({ tier: "gold" }))).toThrow(ValidationError);
  });

  it("reports a key that is missing on each event, as without bind", () => {
    const { wevt, collected } = harness({}, all);
    const bound = wevt.bind(user({ id: "u1", phone: "1" }));
    for (let index = 0; index < 2; index++) wevt.run(request, (event) => event.log(bound));
    for (const record of collected.records) expect(record).toMatchObject({ user: { id: "u1" }, wevt: { problems: [{ problem: "unserializable", path: "user.phone" }] } });
  });

  it("is looked through by redaction like every other one", () => {
    const note = partial("note", { text: { type: "string", text: true } });
    const { wevt, collected } = harness({ redaction: redaction() }, registry([note]));
    const bound = wevt.bind(note({ text: "mail me: someone@example.com" }));
    for (let index = 0; index < 2; index++) wevt.run(request, (event) => event.log(bound));
    for (const record of collected.records) expect(JSON.stringify(record)).not.toContain("someone@example.com");
  });

  it("is what it was when it cannot be bound: nothing throws", () => {
    const { wevt, told } = harness({}, all);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const odd of [undefined, null, 7, "user", {}, { fields: {}, descriptor: {} }, revoked.proxy]) expect(Reflect.apply(wevt.bind, undefined, [odd])).toBe(odd);
    expect(told.every(({ path }) => path === "bind")).toBe(true);
    expect(told).toHaveLength(7);
  });

  it("can be bound a thousand times: the room for their bytes is bounded, and each line is right", () => {
    const { wevt, collected } = harness({}, all);
    const bound = Array.from({ length: 1_000 }, (_, index) => wevt.bind(user({ id: `u${index}`, bio: "x".repeat(index % 40) })));
    for (let turn = 0; turn < 2; turn++) for (const one of bound) wevt.run(request, (event) => event.log(one));
    expect(collected.records.map((record) => record["user"])).toEqual([...bound, ...bound].map((_, index) => ({ id: `u${index % 1_000}`, bio: "x".repeat(Math.min(5, (index % 1_000) % 40)) })));
    for (const [index, line] of collected.lines.entries()) expect(line).toBe(JSON.stringify(collected.records[index]));
  });

  it("is JSON.stringify of the record, whatever is bound and written besides", () => {
    const { wevt, collected } = harness({ hashKey: "k" }, all);
    const text = fc.string({ unit: "binary", maxLength: 30 });
    const fields = fc.record({ id: text, bio: text, email: text, tags: fc.array(text, { maxLength: 3 }) }, { requiredKeys: ["id"] });
    fc.assert(
      fc.property(fields, fc.boolean(), (given, more) => {
        const bound = wevt.bind(user(given));
        for (let index = 0; index < 2; index++) wevt.run(request, (event) => [event.log(bound), more && event.set({ user: { tier: "free" } })]);
      }),
      { numRuns: 300 },
    );
    for (const [index, line] of collected.lines.entries()) expect(line).toBe(JSON.stringify(collected.records[index]));
  });
});
