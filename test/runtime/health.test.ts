/** `wevt.health`: what was lost or did not fit, also where nobody listens. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { http, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "POST" });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function health(records: readonly { readonly [key: string]: unknown }[]): readonly { readonly [key: string]: unknown }[] {
  return records.filter((record) => record["event"] === "wevt.health");
}

describe("a health record", () => {
  it("lists each kind of problem and its place once per interval, with how often and why", async () => {
    const { wevt, collected } = harness({ healthIntervalMs: 60_000 });
    for (let index = 0; index < 3; index++) wevt.run(request, (event) => event.log(user({ id: "a", nick: "x" })));
    wevt.log(user({ id: "lost" }));
    await vi.advanceTimersByTimeAsync(59_000);
    expect(health(collected.records)).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    const [record, ...more] = health(collected.records);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      service: { name: "my-rest-service" },
      originator: { type: "manual" },
      outcome: "ok",
      sampleReason: "health",
      wevt: {
        problems: [
          { problem: "unknown_field", path: "user.nick", message: expect.stringMatching(/^3 times since the last health record, first: /) },
          { problem: "no_event", path: "user", message: expect.stringMatching(/^1 time since/) },
        ],
      },
    });
  });

  it("is not emitted while there is nothing to tell, and begins anew after each", async () => {
    const { wevt, collected } = harness({ healthIntervalMs: 1_000 });
    wevt.run(request, () => {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(health(collected.records)).toEqual([]);
    wevt.log(user({ id: "a" }));
    await vi.advanceTimersByTimeAsync(10_000);
    wevt.log(user({ id: "b" }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(health(collected.records).map((record) => Object(record["wevt"]).problems[0].message)).toEqual([expect.stringMatching(/^1 time /), expect.stringMatching(/^1 time /)]);
  });

  it("is emitted by close(), whatever the sampler says", async () => {
    const { wevt, collected } = harness({ healthIntervalMs: 60_000, sampling: () => ({ keep: false, rate: 1, reason: "none" }) });
    wevt.log(user({ id: "a" }));
    await wevt.close();
    expect(collected.records.map((record) => record["event"])).toEqual(["wevt.health"]);
  });

  it("is bounded, and does not go round in circles where its collector fails", async () => {
    const failing = { flush: () => { throw new Error("full"); } };
    const { wevt, told } = harness({ healthIntervalMs: 1_000, collectors: [failing] });
    wevt.run(request, () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.length).toBe(2);
    const { wevt: other, collected } = harness({ healthIntervalMs: 1_000 });
    for (let index = 0; index < 50; index++) other.run(request, (event) => event.set({ [`nobody${index}`]: {} }));
    await other.close();
    const problems = Object(health(collected.records)[0]?.["wevt"]).problems;
    expect(problems).toHaveLength(20);
    expect(problems.at(-1)).toMatchObject({ problem: "limit", message: expect.stringContaining("31 further") });
  });

  it("is never emitted with healthIntervalMs 0", async () => {
    const { wevt, collected } = harness();
    wevt.log(user({ id: "a" }));
    await wevt.close();
    expect(collected.records).toEqual([]);
  });
});
