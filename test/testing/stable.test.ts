/** Golden records: what changes from run to run is fixed, and relations stay visible. */
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { messages } from "../../src/runtime/messages/index.js";
import { stable } from "../../src/testing/index.js";
import { db, http, registry, user } from "../helpers/definitions.js";

/** With real ids and a real clock. */
function emitted(naming: "camelCase" | "snake_case" = "camelCase") {
  const collected = memory();
  const wevt = createUntypedWevt({ service: { name: "shop" }, collectors: [collected], onProblem: () => {} }, { ...registry([user, db]), naming });
  wevt.run(http({ method: "GET" }), (event) => {
    event.log(user({ id: `user of ${event.eventId}` }));
    event.message("hello");
    event.time("db.durationMs", () => {});
    wevt.run(http({ method: "POST", path: `/trace/${wevt.traceContext()?.traceId}/${wevt.traceContext()?.spanId}` }), (inner) => inner.error(new TypeError("no")));
  });
  wevt.run(http({ method: "PUT" }), () => {});
  return collected.records;
}

describe("stable", () => {
  it("gives two runs the same text, in which the same thing has the same name", () => {
    const first = stable(emitted());
    expect(stable(emitted(), {})).toEqual(first);
    expect(first).toMatchInlineSnapshot(`
      [
        {
          "durationMs": "<duration>",
          "error": {
            "message": "no",
            "stack": "<stack>",
            "type": "TypeError",
            "unforeseen": true,
          },
          "event": "http",
          "eventId": "<event 1>",
          "originator": {
            "method": "POST",
            "parentSpanId": "<span 2>",
            "path": "/trace/<trace 1>/<span 2>",
            "root": {
              "spanId": "<span 2>",
              "type": "http",
            },
            "spanId": "<span 1>",
            "traceId": "<trace 1>",
            "type": "http",
          },
          "outcome": "error",
          "parentEventId": "<event 2>",
          "sampleRate": 1,
          "sampleReason": "all",
          "schema": "<schema>",
          "service": {
            "name": "shop",
          },
          "timestamp": "<time>",
        },
        {
          "durationMs": "<duration>",
          "event": "http",
          "eventId": "<event 2>",
          "main": true,
          "messages": [
            {
              "atMs": "<duration>",
              "level": "info",
              "text": "hello",
            },
          ],
          "originator": {
            "method": "GET",
            "spanId": "<span 2>",
            "traceId": "<trace 1>",
            "type": "http",
          },
          "outcome": "ok",
          "sampleRate": 1,
          "sampleReason": "all",
          "schema": "<schema>",
          "service": {
            "name": "shop",
          },
          "timestamp": "<time>",
          "user": {
            "id": "user of <event 2>",
          },
          "wevt": {
            "problems": [
              {
                "message": "messages are not formatted: give createWevt \`messages\` of wevt/messages",
                "path": "messages",
                "problem": "constraint",
              },
              {
                "message": "no schema declares a field here that takes a number: it was left out",
                "path": "db.durationMs",
                "problem": "unknown_field",
              },
            ],
          },
        },
        {
          "durationMs": "<duration>",
          "event": "http",
          "eventId": "<event 3>",
          "main": true,
          "originator": {
            "method": "PUT",
            "spanId": "<span 3>",
            "traceId": "<trace 2>",
            "type": "http",
          },
          "outcome": "ok",
          "sampleRate": 1,
          "sampleReason": "all",
          "schema": "<schema>",
          "service": {
            "name": "shop",
          },
          "timestamp": "<time>",
        },
      ]
    `);
  });

  it("fixes the fields that a test names as volatile", () => {
    expect(stable([{ db: { durationMs: 0.31, queries: 2 }, calls: [{ at: 1 }, { at: 2 }] }], { volatile: ["db.durationMs", "calls.at"] })).toEqual([{ db: { durationMs: "<volatile>", queries: 2 }, calls: [{ at: "<volatile>" }, { at: "<volatile>" }] }]);
  });

  it("knows the base fields of either naming", () => {
    const [record] = stable(emitted("snake_case"));
    expect(record).toMatchObject({ event_id: "<event 1>", duration_ms: "<duration>", originator: { trace_id: "<trace 1>", span_id: "<span 1>" } });
  });

  it("takes one record, leaves it as it is, and keeps texts that only look like an id", () => {
    const [record = {}] = emitted();
    const before = JSON.stringify(record);
    const hash = "0123456789abcdef0123456789abcdef";
    expect(stable({ ...record, file: { hash } })).toMatchObject({ eventId: "<event 1>", file: { hash } });
    expect(JSON.stringify(record)).toBe(before);
  });

  it("has no stacks, also of the errors that messages tell of", () => {
    const collected = memory();
    const wevt = createUntypedWevt({ service: { name: "shop" }, collectors: [collected], messages }, registry([]));
    wevt.message("failed: %{error}v, %v", new TypeError("no"), { list: [new Error("deep")], stack: 1 });
    expect(stable(collected.records)).toMatchObject([{ error: { stack: "<stack>" }, messages: [{ args: { error: { type: "TypeError", stack: "<stack>" }, 2: { list: [{ message: "deep", stack: "<stack>" }], stack: 1 } } }] }]);
  });
});
