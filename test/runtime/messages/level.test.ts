import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { inferLevel } from "../../../src/runtime/messages/level.js";

describe("the level of a message", () => {
  it("is info, and debug for a debug call", () => {
    expect(inferLevel([], "message")).toBe("info");
    expect(inferLevel(["a", 1, { b: 2 }], "message")).toBe("info");
    expect(inferLevel(["a"], "debug")).toBe("debug");
  });

  it("is error when an argument is an Error, in a debug call too", () => {
    expect(inferLevel(["a", new TypeError("no")], "message")).toBe("error");
    expect(inferLevel([new Error("no"), "a"], "debug")).toBe("error");
  });

  it("is error when the fields that end the arguments hold an Error", () => {
    expect(inferLevel(["a", { error: new Error("no") }], "message")).toBe("error");
    expect(inferLevel([{ error: new Error("no") }, "a"], "message")).toBe("info");
  });

  it("knows errors of other realms, and what only looks like one not", () => {
    expect(inferLevel([runInNewContext("new RangeError('no')")], "message")).toBe("error");
    expect(inferLevel([new DOMException("no")], "message")).toBe("error");
    expect(inferLevel([{ name: "Error", message: "no" }, "Error: no"], "message")).toBe("info");
  });
});
