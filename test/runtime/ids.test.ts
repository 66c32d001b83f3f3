import { afterEach, describe, expect, test, vi } from "vitest";
import { randomIds } from "../../src/runtime/ids.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(["with Buffer", "without Buffer, as in a browser"])("identifiers, %s", (where) => {
  function drawn(count: number) {
    if (where !== "with Buffer") vi.stubGlobal("Buffer", undefined);
    const ids = randomIds();
    return Array.from({ length: count }, (_, index) => ({ event: ids.eventId(1_768_868_366_748 + Math.floor(index / 3)), trace: ids.traceId(), span: ids.spanId() }));
  }

  test("have the forms that are documented", () => {
    for (const { event, trace, span } of drawn(1_000)) {
      expect(event).toMatch(/^evnt_[0-9A-Za-z]{25}$/);
      expect(trace).toMatch(/^[0-9a-f]{32}$/);
      expect(span).toMatch(/^span_[0-9a-f]{16}$/);
    }
  });

  test("are never drawn twice, nor is a half of one, across many draws from the platform", () => {
    const all = drawn(20_000);
    const halves = all.flatMap(({ event, trace, span }) => [event.slice(-17, -8), trace.slice(0, 16), trace.slice(16), span.slice(5)]);
    expect(new Set(halves).size).toBe(halves.length);
  });

  test("of events sort as their times do", () => {
    const events = drawn(3_000).map(({ event }) => event.slice(0, 13));
    expect(events.toSorted()).toEqual(events);
  });

  test("use every digit about as often as any other", () => {
    const counts = new Map<string, number>();
    for (const { event } of drawn(20_000)) for (const digit of event.slice(-17)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    const wanted = (20_000 * 17) / 62;
    // 6 standard deviations: once in 10 million runs by chance.
    for (const count of counts.values()) expect(Math.abs(count - wanted)).toBeLessThan(6 * Math.sqrt(wanted));
    expect(counts.size).toBe(62);
  });
});

test("where the platform gives no randomness before a request, it is asked again with the first event", () => {
  const platform = globalThis.crypto;
  let requests = 0;
  vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => {
    if (requests === 0) throw new Error("not outside a request");
    return platform.getRandomValues(bytes);
  } });
  const ids = randomIds();
  requests = 1;
  expect(ids.traceId()).not.toBe(ids.traceId());
});
