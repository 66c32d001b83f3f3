/** What is thrown and is no error: its message says what it is, and nothing that nobody has declared. */
import { describe, expect, it } from "vitest";
import { redaction } from "../../src/runtime/redaction/index.js";
import { http } from "../helpers/definitions.js";
import { hostileValues } from "../helpers/hostile.js";
import { harness } from "../helpers/wevt.js";

const request = http({ method: "GET" });

function errorOf(thrown: unknown): { readonly type: string; readonly message: string; readonly code?: unknown; readonly causes?: readonly object[] } {
  const { wevt, record } = harness({ stacks: false, redaction: redaction() });
  expect(() => wevt.run(request, () => { throw thrown; })).toThrow();
  return Object(record()["error"]);
}

describe("a thrown object without a message", () => {
  it.each([
    ["its status", { status: 404 }, "{ status: 404 }"],
    ["its code, which stands beside the message, too", { code: "E_DECLINED", status: 402 }, "{ status: 402, code: E_DECLINED }"],
    ["what tells what it is", { statusCode: 503, type: "card.error", kind: "x", errno: -2, ok: false }, "{ statusCode: 503, errno: -2, type: card.error, kind: x, ok: false }"],
    ["what an API calls the error", { error: "not_found", status: 404 }, "not_found"],
    ["what a Response says", new Response(null, { status: 404 }), "{ status: 404, type: default, ok: false }"],
    ["names of other keys, and not their values", { status: 400, user: "luke", password: "hunter2", pin: 1234, body: { card: 4111 } }, "{ status: 400, user, password, pin, body }"],
    ["no text that is no code", { code: "mail luke@example.com", status: "not found, sorry", type: "x".repeat(41), kind: "a\nb" }, "{ status, code, type, kind }"],
    ["no keys that are data", { status: 1, "luke@example.com": 1, "a\nb": 1, ["k".repeat(41)]: 1, 4111111111111111: 1 }, "{ status: 1 }"],
    ["nothing where it has nothing to say", {}, ""],
    ["nothing of a list", ["luke", 4711], ""],
    ["nothing of bytes", new Uint8Array(1_000), ""],
    ["its message, if it has one", { message: "gone", status: 410 }, "gone"],
  ])("says %s", (_what, thrown, message) => {
    expect(errorOf(thrown).message).toBe(message);
  });

  it("says it as a cause, and as an error that brings a status and no message", () => {
    expect(errorOf(new Error("outer", { cause: { status: 404 } })).causes).toEqual([{ type: "Object", message: "{ status: 404 }" }]);
    expect(errorOf(Object.assign(new Error(), { status: 404 }))).toMatchObject({ type: "Error", message: "{ status: 404 }" });
    expect(errorOf(new AggregateError([new Error("a")]))).toMatchObject({ type: "AggregateError", message: "" });
  });

  it("goes through redaction like every message", () => {
    expect(errorOf({ error: "card 4111 1111 1111 1111 of luke@example.com" }).message).toBe("card [card] of [email]");
  });

  it("says so much and no more of one with many keys", () => {
    expect(errorOf(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]))).message).toMatch(/^\{ key0, key1, .*… \}$/);
    expect(errorOf(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]))).message.length).toBeLessThan(200);
  });

  it("never throws itself, and stays on one line", () => {
    for (const [, value] of hostileValues()) {
      const { wevt, record } = harness({ stacks: false });
      wevt.run(request, (event) => event.error(value));
      expect(Object(record()["error"]).message).not.toContain("SECRET");
      if (typeof value === "object") expect(Object(record()["error"]).message).not.toMatch(/[\n\r]/);
    }
  });
});
