import { describe, expect, it } from "vitest";
import { loadSource } from "../../src/compiler/load.js";
import { originOf, toJson, type Json } from "../../src/compiler/source.js";

/** Loads one text: its value, and its problems as `line:column ID message`. */
function loadText(text: string, path = "schemas/a.yaml"): { readonly value: Json | undefined; readonly problems: readonly string[] } {
  const source = { path, text };
  const { value, diagnostics } = loadSource(source);
  const problems = diagnostics.map((one) => {
    const { line, column } = originOf(source, one.at?.start ?? 0);
    return `${line}:${column} ${one.id} ${one.message}`;
  });
  return { value: value === undefined ? undefined : toJson(value), problems };
}

/** The value of `k:` and the problems. */
function valueOf(yaml: string): Json | undefined {
  const { value } = loadText(`k: ${yaml}`);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json })["k"] : undefined;
}

describe("a YAML file", () => {
  it("becomes a tree in file order", () => {
    const { value, problems } = loadText("b: 1\na: { x: [1, two, ~] }\nc: |\n  text\n  more\n");
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe('{"b":1,"a":{"x":[1,"two",null]},"c":"text\\nmore\\n"}');
  });

  it.each([
    ["no", "no"], ["yes", "yes"], ["on", "on"], ["off", "off"], ["y", "y"], ["true", true], ["False", false], ["~", null], ["null", null], ["", null],
    ["017", 17], ["0o17", 15], ["0x1F", 31], ["1_000", "1_000"], ["12:30:45", "12:30:45"], ["1e3", 1000], [".5", 0.5], ["+7", 7], ["-0", 0], ["1.", 1],
    ["2024-01-01", "2024-01-01"], ["2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"], ['"1"', "1"], ["'no'", "no"], ["!!str 1", "1"], ["!!int 1", 1], ["! 1", "1"],
    ["=", "="], ["<<", "<<"], ["1.2.3", "1.2.3"], ["0b11", "0b11"], ["--1", "--1"], [".", "."], ["1e", "1e"],
  ])("reads %s by YAML 1.2", (yaml, expected) => {
    expect(valueOf(yaml)).toEqual(expected);
  });
});
