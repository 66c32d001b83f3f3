/** Which failure stands on a record, what is known of it, and how the event ended. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Handle } from "../../src/runtime/handle.js";
import { tailSampling } from "../../src/sampling/index.js";
import { flat } from "../../src/runtime/flat.js";
import type { Collector } from "../../src/runtime/collector.js";
import { endOfStream, streamed } from "../../src/runtime/streams/index.js";
import { http } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET" });

/** Runs work that fails; the only record's error, and what was told. */
function afterFailing(work: (event: Handle) => unknown): { readonly error: object; readonly told: readonly string[]; readonly outcome: unknown } {
  const { wevt, record, problems } = harness({ stacks: false });
  try {
    wevt.run(request, work);
  } catch {
    // Expected.
  }
  return { error: Object(record()["error"]), told: problems().map(({ message }) => message), outcome: record()["outcome"] };
}

function crash(): never {
  throw new TypeError("Cannot read properties of null");
}

const leftOut = (what: string): string => `an event has room for one error: another one (${what}) was left out`;

describe("a crash after an expected error that was handled", () => {
  it("takes its place on the record as unforeseen, and the handled one is told", () => {
    const failed = afterFailing((event) => {
      event.error(new RangeError("card declined"), { slug: "card-declined", expected: true });
      crash();
    });
    expect(failed).toEqual({ error: { type: "TypeError", message: "Cannot read properties of null", unforeseen: true }, told: [leftOut("RangeError, card-declined")], outcome: "error" });
  });

  it("does so whatever was said of the handled one, and whatever is thrown", () => {
    for (const thrown of ["text", null, undefined, 402, Symbol("s"), { status: 500 }, { statusCode: 503 }, { status: "402" }, Object.assign(new Error("x"), { status: Number.NaN })]) {
      const { error, told } = afterFailing((event) => {
        event.error(new RangeError("declined"), { expected: true });
        throw thrown;
      });
      expect([Object(error).unforeseen, told]).toEqual([true, [leftOut("RangeError")]]);
    }
  });

  it.each([
    ["status", { status: 402 }],
    ["statusCode", Object.assign(new Error("Payment Required"), { statusCode: 499 })],
  ])("is none where an answer is made of it: what is thrown has a %s below 500", (_, answer) => {
    const failed = afterFailing((event) => {
      event.error(new RangeError("declined"), { slug: "card-declined", expected: true });
      throw answer;
    });
    expect(failed).toEqual({ error: { type: "RangeError", message: "declined", slug: "card-declined", expected: true }, told: [], outcome: "error" });
  });

  it("is none where what is thrown was caused by it", () => {
    const first = new RangeError("declined");
    expect(afterFailing((event) => {
      event.error(first, { expected: true });
      throw new Error("Internal", { cause: new Error("between", { cause: first }) });
    })).toMatchObject({ error: { type: "RangeError", expected: true }, told: [] });
  });

  it("is kept by a sampling rule for unforeseen errors", async () => {
    const { wevt, collected } = harness({ sampling: tailSampling({ rules: [{ name: "unforeseen", unforeseen: true }], base: 0 }) });
    await expect(wevt.run(request, async (event) => {
      event.error(new Error("card declined"), { slug: "card-declined", expected: true });
      crash();
    })).rejects.toThrow(TypeError);
    expect(collected.records).toMatchObject([{ sampleReason: "unforeseen", error: { type: "TypeError" } }]);
  });

  it("takes its place in a follow-up, too", async () => {
    const { wevt, collected } = harness();
    await expect(wevt.run(request, async (event) => {
      event.emit();
      event.error(new RangeError("declined"), { expected: true });
      crash();
    })).rejects.toThrow(TypeError);
    await wevt.flush();
    expect(collected.records).toMatchObject([{ outcome: "ok" }, { outcome: "error", error: { type: "TypeError", unforeseen: true }, wevt: { problems: [{ problem: "limit", message: leftOut("RangeError") }] } }]);
  });

  it("is looked at without harm, however hostile it is", () => {
    const hostile = [
      new Proxy({}, { get: () => crash(), has: () => crash(), getPrototypeOf: () => crash(), ownKeys: () => crash() }),
      Object.defineProperty({}, "status", { get: crash }),
      { status: { valueOf: crash } },
    ];
    for (const thrown of hostile) {
      const { error, told } = afterFailing((event) => {
        event.error(new RangeError("declined"), { expected: true });
        throw thrown;
      });
      expect([Object(error).unforeseen, told]).toEqual([true, [leftOut("RangeError")]]);
    }
  });
});

it("a time limit of somebody else's, after an error that was handled, is a crash as any other: nothing told this event to end", () => {
  const failed = afterFailing((event) => {
    event.error(new RangeError("declined"), { slug: "card-declined", expected: true });
    throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
  });
  expect(failed).toEqual({ error: expect.objectContaining({ type: "TimeoutError", unforeseen: true }), told: [leftOut("RangeError, card-declined")], outcome: "timeout" });
});

describe("a failure after an error that was not expected", () => {
  it.each([undefined, { slug: "payment-declined" }, { slug: "payment-declined", expected: false }])("leaves that on the record, the nearest to the cause, and is told (%o)", (details) => {
    const failed = afterFailing((event) => {
      event.error(new RangeError("declined"), details);
      crash();
    });
    expect(failed).toMatchObject({ error: { type: "RangeError", message: "declined" }, told: [leftOut("TypeError")], outcome: "error" });
  });

  it("is told with the slug that it was given", () => {
    const { told } = afterFailing((event) => {
      event.error(new RangeError("declined"));
      event.error(new TypeError("second"), { slug: "second-one" });
    });
    expect(told).toEqual([leftOut("TypeError, second-one")]);
  });

  it("is not told where it is what answers with any status", () => {
    for (const answer of [{ status: 402 }, { status: 500 }, Object.assign(new Error("x"), { statusCode: 503 })]) {
      expect(afterFailing((event) => {
        event.error(new RangeError("declined"), { slug: "payment-declined" });
        throw answer;
      })).toMatchObject({ error: { type: "RangeError", slug: "payment-declined" }, told: [] });
    }
  });
});

describe("what was said of an error", () => {
  it("holds one level up, where the same error ends the work of another event", () => {
    const { wevt, collected } = harness({ stacks: false });
    const declined = new RangeError("declined");
    const inner = (): unknown => wevt.run(request, (event) => {
      event.error(declined, { slug: "card-declined", expected: true });
      throw declined;
    });
    expect(() => wevt.run(request, () => wevt.run(request, inner))).toThrow(declined);
    const said = { type: "RangeError", message: "declined", slug: "card-declined", expected: true };
    expect(collected.records.map((record) => record["error"])).toEqual([said, said, said]);
  });

  it("stays unless it is said anew, also of the error that an event has on record already", () => {
    const { wevt, collected } = harness({ stacks: false });
    const error = new Error("x");
    wevt.run(request, (event) => {
      event.error(error);
      event.error(error, { slug: "first", expected: true });
      event.error(error);
    });
    wevt.run(request, (event) => event.error(error, { expected: false }));
    wevt.run(request, (event) => event.error(error, { slug: "second" }));
    wevt.run(request, (event) => event.error(error));
    expect(collected.records.map((record) => record["error"])).toMatchObject([{ slug: "first", expected: true }, { slug: "first", expected: false }, { slug: "second", expected: false }, { slug: "second", expected: false }]);
    expect(wevt.problems()).toEqual({});
  });

  it("holds for the object alone: not for what it caused, and not for text that is the same", () => {
    const { wevt, collected } = harness({ stacks: false });
    const cause = new Error("x");
    for (const thrown of [cause, "text"]) wevt.run(request, (event) => event.error(thrown, { expected: true }));
    for (const thrown of [new Error("y", { cause }), "text"]) wevt.run(request, (event) => event.error(thrown));
    expect(collected.records.map((record) => Object(record["error"]).unforeseen)).toEqual([undefined, undefined, true, true]);
  });

  it("holds for one that had no room on the event where it was said", () => {
    const { wevt, collected } = harness({ stacks: false });
    const second = new RangeError("second");
    expect(() => wevt.run(request, () => wevt.run(request, (event) => {
      event.error(new Error("first"));
      event.error(second, { slug: "second", expected: true });
      throw second;
    }))).toThrow(second);
    expect(collected.records.map((record) => record["error"])).toMatchObject([{ message: "first", unforeseen: true }, { message: "second", slug: "second", expected: true }]);
  });

  it("is remembered of what cannot be changed, and read without harm", () => {
    const { wevt, collected } = harness({ stacks: false });
    const frozen = Object.freeze(new Error("x"));
    wevt.run(request, (event) => event.error(frozen, { slug: "frozen" }));
    wevt.run(request, (event) => event.error(frozen, Object.defineProperty({}, "slug", { get: crash })));
    expect(collected.records.map((record) => Object(record["error"]).slug)).toEqual(["frozen", "frozen"]);
  });
});

/** What each event looked like, by record, by line and by bytes. */
function outcomes(): Collector & { readonly seen: string[] } {
  const seen: string[] = [];
  return { seen, flush: (events) => void events.forEach(({ bytes, line, record }) => seen.push(...new Set([JSON.parse(line).outcome, JSON.parse(new TextDecoder().decode(bytes)).outcome, String(record["outcome"])]))) };
}

describe("an event that is cut off before its work has ended", () => {
  const handled = new RangeError("declined");

  it.each([undefined, { expected: true }])("has the outcome of that, though an error is on its record (%o)", async (details) => {
    const { wevt, collected } = harness();
    await wevt.run(request, async (event) => { event.error(handled, details); await sleep(20); }, { timeoutMs: 5 });
    const controller = new AbortController();
    await wevt.run(request, async (event) => { event.error(handled, details); controller.abort(); }, { signal: controller.signal });
    wevt.run(request, (event) => event.error(handled, details), { signal: AbortSignal.abort() });
    wevt.start(request).error(handled, details);
    await wevt.close();
    expect(collected.records.map((record) => [record["outcome"], Object(record["error"]).message])).toEqual([["timeout", "declined"], ["aborted", "declined"], ["aborted", "declined"], ["aborted", "declined"]]);
  });

  it("has it in every form, nested or flat, and where it is sampled", async () => {
    const [views, columns, sampled] = [outcomes(), outcomes(), [] as unknown[]];
    const { wevt } = harness({ collectors: [views, flat(columns)], sampling: (event) => { sampled.push(event.outcome, event.peek?.("outcome")); return { keep: true, rate: 1, reason: "all" }; } });
    for (let turn = 0; turn < 40; turn++) wevt.run(request, (event) => event.error(handled, { expected: true }), { signal: AbortSignal.abort() });
    expect([views.seen, columns.seen]).toEqual([Array(40).fill("aborted"), Array(40).fill("aborted")]);
    expect(new Set(sampled)).toEqual(new Set(["aborted"]));
  });

  it("has it where a reader goes away, and that of the failure where the stream breaks", async () => {
    const { wevt, collected } = harness();
    const body = (): ReadableStream => new ReadableStream({ pull: (controller) => controller.enqueue("a") });
    const left = wevt.run(request, (event) => { event.error(handled, { expected: true }); return streamed(body()); }, { until: endOfStream });
    await left.cancel();
    const broken = wevt.run(request, (event) => { event.error(handled, { expected: true }); return streamed(new ReadableStream({ pull: () => crash() })); }, { until: endOfStream });
    await expect(broken.getReader().read()).rejects.toThrow(TypeError);
    expect(collected.records.map((record) => [record["outcome"], Object(record["error"]).type])).toEqual([["aborted", "RangeError"], ["error", "TypeError"]]);
  });

  it("has that of its failure where the work fails for another reason than a signal that was aborted before it began", () => {
    const { wevt, collected } = harness();
    const reason = new RangeError("the user went away");
    for (const thrown of [reason, new TypeError("another matter")]) expect(() => wevt.run(request, (event) => { event.error(handled, { expected: true }); throw thrown; }, { signal: AbortSignal.abort(reason) })).toThrow(thrown);
    expect(collected.records.map((record) => [record["outcome"], Object(record["error"]).message])).toEqual([["aborted", "the user went away"], ["error", "another matter"]]);
  });
});

describe("nothing that is thrown", () => {
  it.each([null, undefined])("is named as what it is: %s", (thrown) => {
    const error = { type: String(thrown), message: String(thrown), unforeseen: true };
    expect(afterFailing(() => { throw thrown; })).toEqual({ error, told: [], outcome: "error" });
    expect(afterFailing((event) => event.error(thrown))).toEqual({ error, told: [], outcome: "error" });
    expect(afterFailing((event) => { event.error(thrown, { expected: true }); throw thrown; })).toMatchObject({ error: { type: String(thrown), expected: true }, told: [] });
  });
});
