/** What is added to every event at its end. */
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { strict } from "../../src/runtime/strict.js";
import { http, partial, registry, user } from "../helpers/definitions.js";
import { harness, type HarnessOptions } from "../helpers/wevt.js";

const request = http({ method: "GET", path: "/a" });
type Enrich = NonNullable<HarnessOptions["enrich"]>;
interface Writer {
  log(partial: object): void;
  set(partials: object): void;
  emit(): void;
  readonly eventId: string;
}

function enriching(...enrich: readonly ((event: Writer, seen: { peek(key: string, field?: string): unknown; readonly outcome: string; readonly durationMs: number }) => unknown)[]): { readonly enrich: Enrich } {
  return { enrich: enrich as Enrich };
}

describe("an enricher", () => {
  // An enricher added a mail address after redaction: it was drained unmasked, and the console line had none of what was added.
  it("runs before everything else: what it writes is checked, masked, hashed and dropped, for every collector alike", () => {
    const [one, two, third] = [memory(), memory(), memory()];
    const { wevt, told } = harness({ collectors: [one, two, strict(third)], hashKey: "k", ...enriching((event) => event.log(user({ id: 7, email: "leia@example.com", phone: "555", password: "p4ss", bio: "a long biography" }))) });
    wevt.run(request, () => {});
    expect(one.records[0]?.["user"]).toEqual({ email: "***", phone: expect.stringMatching(/^[0-9a-f]{64}$/), bio: "a lon" });
    expect(two.lines).toEqual(one.lines);
    expect(JSON.stringify([one.lines, two.lines, third.lines])).not.toMatch(/leia|555|p4ss/);
    expect(told).toEqual([expect.objectContaining({ problem: "wrong_type", path: "user.id" })]);
  });

  it("sees what was written and how the work ended, and several add to each other in their order", () => {
    const place = partial("place", { path: {}, tier: {}, outcome: {}, before: {} });
    const { wevt, collected } = harness(
      enriching(
        (event, seen) => event.set({ place: { path: seen.peek("originator", "path"), tier: seen.peek("user", "tier"), outcome: seen.outcome } }),
        (event, seen) => event.set({ place: { before: seen.peek("place", "path") } }),
      ),
      registry([user, place]),
    );
    wevt.run(request, (event) => event.log(user({ id: "a", tier: "pro" })));
    expect(() => wevt.run(request, () => { throw new Error("x"); })).toThrow("x");
    const byHand = wevt.start(request);
    byHand.emit();
    expect(collected.records.map((record) => record["place"])).toEqual([{ path: "/a", tier: "pro", outcome: "ok", before: "/a" }, { path: "/a", outcome: "error", before: "/a" }, { path: "/a", outcome: "ok", before: "/a" }]);
  });

  it("is heard by sampling, and its time is not the event's", () => {
    const { wevt, collected, clock } = harness({ ...enriching((event) => { clock.nowMs += 50; event.set({ user: { tier: "pro" } }); }), sampling: ({ record, durationMs }) => ({ keep: Object(record["user"]).tier === "pro" && durationMs === 3, rate: 1, reason: "tier" }) });
    wevt.run(request, () => { clock.nowMs += 3; });
    expect(collected.records.map((record) => record["durationMs"])).toEqual([3]);
  });

  it.each<readonly [string, (event: Writer) => unknown]>([
    ["throws", () => { throw new Error("SECRET"); }],
    ["throws nothing", () => { throw undefined; }],
    ["rejects", async () => { throw new Error("SECRET"); }],
    ["is no function", 7 as never],
    ["returns a thenable that throws", () => ({ get then() { throw new Error("SECRET"); } })],
  ])("that %s costs only what it would have added", async (name, enricher) => {
    const { wevt, record, told } = harness(enriching((event) => event.set({ user: { id: "first" } }), enricher, (event) => event.set({ user: { tier: "pro" } })));
    expect(wevt.run(request, () => "answer")).toBe("answer");
    expect(record()["user"]).toEqual({ id: "first", tier: "pro" });
    expect(told).toEqual(name.includes("thenable") ? [] : [expect.objectContaining({ path: "enrich[1]" })]);
    expect(JSON.stringify([record(), told])).not.toContain("SECRET");
    await new Promise((resolve) => setTimeout(resolve, 1));
  });

  it("that emits the event, or opens events of its own, comes to an end", () => {
    const { wevt, collected } = harness(enriching((event) => {
      event.emit();
      wevt.run(http({ method: "INNER" }), () => {});
      event.set({ user: { id: "still open" } });
    }));
    wevt.run(request, () => {});
    expect(collected.records.map((record) => [Object(record["originator"]).method, record["user"]])).toEqual([["INNER", undefined], ["GET", { id: "still open" }]]);
  });

  it("runs once per event: not for follow-ups, children have their own turn, and what close() ends has it too", async () => {
    let runs = 0;
    const { wevt } = harness(enriching(() => { runs += 1; }));
    const event = wevt.start(request);
    event.child(request).emit();
    event.emit();
    event.emit();
    event.log(user({ id: "late" }));
    wevt.start(request);
    await wevt.close();
    expect(runs).toBe(3);
  });

  it.each([undefined, null, 7, [], {}, true])("list that is none changes nothing: %j", (enrich) => {
    const { wevt, record, told } = harness({ enrich: enrich as never });
    wevt.run(request, () => {});
    expect(record()["outcome"]).toBe("ok");
    expect(told).toEqual(enrich === undefined || enrich === null || Array.isArray(enrich) ? [] : [{ problem: "constraint", path: "enrich", message: expect.stringContaining("createWevt") }]);
  });
});
