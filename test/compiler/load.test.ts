import { describe, expect, it } from "vitest";
import { maxDepth, maxNodes } from "../../src/compiler/limits.js";
import { loadSource } from "../../src/compiler/load.js";
import { entryOf, originOf, toJson, type Json, type MapNode, type SourceNode } from "../../src/compiler/source.js";

/** Loads one text: its value, and its problems as `line:column ID message`, related places indented below. */
function loadText(text: string, path = "schemas/a.yaml"): { readonly root: MapNode | undefined; readonly value: Json | undefined; readonly problems: readonly string[] } {
  const source = { path, text };
  const { value: root, diagnostics } = loadSource(source);
  const place = (start = 0): string => {
    const { line, column } = originOf(source, start);
    return `${line}:${column}`;
  };
  const problems = diagnostics.flatMap((one) => [`${place(one.at?.start)} ${one.id} ${one.message}`, ...(one.related ?? []).map((other) => `  ${place(other.at.start)} ${other.message}`)]);
  return { root, value: root === undefined ? undefined : toJson(root), problems };
}

const problemsOf = (text: string, path?: string): readonly string[] => loadText(text, path).problems;

function at(root: SourceNode | undefined, ...keys: readonly string[]): SourceNode {
  let node = root;
  for (const key of keys) node = node?.kind === "map" ? entryOf(node, key)?.value : undefined;
  if (node === undefined) throw new Error(`nothing at ${keys.join("/")}`);
  return node;
}

describe("a YAML file", () => {
  it("becomes a tree in file order", () => {
    const { value, problems } = loadText("b: 1\na: { x: [1, two, ~] }\nc: |\n  text\n  more\nd: >-\n  one\n  line\n");
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe('{"b":1,"a":{"x":[1,"two",null]},"c":"text\\nmore\\n","d":"one line"}');
  });

  it.each([
    ["no", "no"], ["yes", "yes"], ["on", "on"], ["off", "off"], ["y", "y"], ["true", true], ["False", false], ["~", null], ["null", null], ["", null],
    ["017", 17], ["0o17", 15], ["0x1F", 31], ["1_000", "1_000"], ["12:30:45", "12:30:45"], ["1e3", 1000], [".5", 0.5], ["+7", 7], ["-0", 0], ["1.", 1],
    ["2024-01-01", "2024-01-01"], ["2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"], ['"1"', "1"], ["'no'", "no"], ["!!str 1", "1"], ["!!int 1", 1], ["! 1", "1"],
    ["=", "="], ["<<", "<<"], ["1.2.3", "1.2.3"], ["0b11", "0b11"], ["--1", "--1"], [".", "."], ["1e", "1e"], ["!<tag:yaml.org,2002:str> true", "true"],
  ])("reads %s by YAML 1.2", (yaml, expected) => {
    expect(toJson(at(loadText(`k: ${yaml}`).root, "k"))).toEqual(expected);
  });

  it("keeps the place of every key and value, whatever its style", () => {
    const text = 'plain: one # c\n"quoted": \'two\'\nflow: { a: [1, "x" ], b: }\nblock: |\n  text\nnested:\n  deep: 3\nempty:\n';
    const { root } = loadText(text);
    const shown = (node: { readonly start: number; readonly end: number }): string => text.slice(node.start, node.end);
    expect(root?.entries.map((entry) => shown(entry.keySpan))).toEqual(["plain", '"quoted"', "flow", "block", "nested", "empty"]);
    expect(root?.entries.map((entry) => shown(entry.value))).toEqual(["one", "'two'", '{ a: [1, "x" ], b: }', "text\n", "deep: 3", ""]);
    expect(shown(at(root, "flow", "a"))).toBe('[1, "x" ]');
    expect(originOf(at(root, "nested", "deep").source, at(root, "nested", "deep").start)).toMatchObject({ line: 7, column: 9 });
    expect(at(root, "empty").start).toBe(text.length - 2);
    expect(root?.entries.map((entry) => Object.keys(entry.keySpan))).toEqual(Array(6).fill(["source", "start", "end"]));
  });

  it("may end its lines with CRLF and start with a byte order mark", () => {
    const { value, problems, root } = loadText("\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n");
    expect([value, problems]).toEqual([{ a: 1, b: "x\ny\n" }, []]);
    const columns = root?.entries.map(({ keySpan }) => originOf(keySpan.source, keySpan.start));
    expect(columns?.map(({ line, column }) => [line, column])).toEqual([[1, 1], [2, 1]]);
  });

  it("may hold the key __proto__, which becomes an own property", () => {
    const { value } = loadText("__proto__: { polluted: true }");
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect((Object.create({}) as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("may hold a huge text", () => {
    const { value } = loadText(`a: "${"x".repeat(2_000_000)}"`);
    expect(JSON.stringify(value).length).toBe(2_000_008);
  });

  it.each([
    ["a key written twice", "a: 1\nb: 2\na: 3", ['3:1 DUPLICATE_KEY key "a" is written twice', "  1:1 first written here"]],
    ["a key written twice in braces", "a: { b: 1, b: 2 }", ['1:12 DUPLICATE_KEY key "b" is written twice', "  1:6 first written here"]],
    ["a quoted and a plain spelling of one key", 'a: 1\n"a": 2', ['2:1 DUPLICATE_KEY key "a" is written twice', "  1:1 first written here"]],
    ["two merges", "x: &x { a: 1 }\ny:\n  <<: *x\n  <<: *x", ['4:3 DUPLICATE_KEY key "<<" is written twice', "  3:3 first written here"]],
    ["two documents", "a: 1\n---\nb: 2", ["2:1 SEVERAL_DOCUMENTS a second YAML document starts here"]],
    ["nothing", "", ["1:1 EMPTY_FILE the file is empty"]],
    ["comments alone", "# nothing\n", ["1:1 EMPTY_FILE the file is empty"]],
    ["a document mark alone", "---\n", ["1:1 EMPTY_FILE the file is empty"]],
    ["a list", "- a", ["1:1 NOT_A_MAPPING the file holds a list, not a mapping"]],
    ["a text", "hello", ["1:1 NOT_A_MAPPING the file holds a single value, not a mapping"]],
    ["a number as a key", "a: { 1: x }", ["1:6 KEY_NOT_TEXT a key has to be text, this one is a number"]],
    ["a truth value as a key", "true: x", ["1:1 KEY_NOT_TEXT a key has to be text, this one is a truth value"]],
    ["null as a key", "~: x", ["1:1 KEY_NOT_TEXT a key has to be text, this one is null"]],
    ["a list as a key", "? [a, b]\n: x", ["1:3 KEY_NOT_TEXT a key has to be text, this one is a list"]],
    ["a tab as indentation", "a:\n\tb: 1", [expect.stringMatching(/^2:1 YAML_SYNTAX this is not YAML: .*tab/)]],
    ["a bad indentation", "a: 1\n  b: 2", [expect.stringMatching(/^2:\d YAML_SYNTAX this is not YAML: /)]],
    ["an open bracket", "a: [1, 2", [expect.stringMatching(/^1:\d+ YAML_SYNTAX this is not YAML: unexpected end of the stream within a flow collection/)]],
    ["a colon in plain text", "brief: Time: p99", [expect.stringMatching(/^1:\d+ YAML_SYNTAX /)]],
    ["infinity", "a: .inf", ["1:4 NOT_FINITE .inf is not a number that JSON can say"]],
    ["not a number", "a: [-.INF, .nan]", ["1:5 NOT_FINITE -.INF is not a number that JSON can say", "1:12 NOT_FINITE .nan is not a number that JSON can say"]],
    ["a number too large", "a: 1e999", ["1:4 NOT_FINITE 1e999 is not a number that JSON can say"]],
    ["a number that is not exact", "a: 9223372036854775807", ["1:4 ROUNDED_NUMBER 9223372036854775807 is read as 9223372036854776000"]],
    ["a leading zero", "a: 017", ["1:4 AMBIGUOUS_NUMBER 017 is 17 here, and 15 to readers of YAML 1.1"]],
    ["a tag of its own", "a: !custom x", ['1:4 UNSUPPORTED_TAG YAML tag "!custom" is not supported']],
    ["a JavaScript tag", "a: !!js/function 'x'", ['1:4 UNSUPPORTED_TAG YAML tag "!!js/function" is not supported']],
    ["a date tag", "a: !!timestamp 2024-01-01", ['1:4 UNSUPPORTED_TAG YAML tag "!!timestamp" is not supported']],
    ["a set", "a: !!set { x }", ['1:4 UNSUPPORTED_TAG YAML tag "!!set" is not supported']],
    ["a wrong tag", "a: !!int many", ['1:4 TAG_MISMATCH "many" is not what its tag "!!int" says']],
    ["a tag directive", "%TAG ! tag:example.com,2024:\n---\na: 1", ['1:1 UNSUPPORTED_TAG YAML tag "!" is not supported']],
    ["an unknown alias", "a: *nope", ['1:4 UNKNOWN_ALIAS nothing in this file has the anchor "&nope"']],
    ["an alias inside itself", "a: &a { b: *a }", ['1:12 ALIAS_CYCLE alias "*a" stands inside what it names']],
    ["a merge of something else", "a: { <<: 1 }", ["1:10 BAD_MERGE `<<` merges a mapping or a list of mappings, and this is neither"]],
    ["half a surrogate pair", "a: \uD800x", ["1:4 BROKEN_TEXT the file holds U+D800, which is not a character"]],
    ["a NUL", "a: \0", [expect.stringMatching(/^1:4 YAML_SYNTAX this is not YAML: null byte/)]],
  ])("with %s is told at its place", (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it("keeps the first of two keys, and reads on", () => {
    expect(loadText("a: 1\na: { x: [2] }\nb: 3").value).toEqual({ a: 1, b: 3 });
  });
});

describe("anchors, aliases and merge keys", () => {
  it("share a value that keeps the place where it was written", () => {
    const { root, value } = loadText("a: &shared { x: 1 }\nb: *shared");
    expect(value).toEqual({ a: { x: 1 }, b: { x: 1 } });
    expect(at(root, "b")).toBe(at(root, "a"));
  });

  it("may be a key", () => {
    expect(loadText("a: &k name\n*k : 1").value).toEqual({ a: "name", name: 1 });
  });

  it("merge where `<<` stands; own keys win, and earlier mappings over later ones", () => {
    const { root, value, problems } = loadText("a: &a { x: 1, y: 2 }\nb: &b { y: 3, z: 4 }\nc:\n  first: 0\n  <<: [*a, *b]\n  x: own\n");
    expect(problems).toEqual([]);
    expect(JSON.stringify(at(root, "c") && (value as { c: Json }).c)).toBe('{"first":0,"y":2,"z":4,"x":"own"}');
    const merged = at(root, "c");
    const y = merged.kind === "map" ? entryOf(merged, "y") : undefined;
    expect(y && originOf(y.keySpan.source, y.keySpan.start).line).toBe(1);
  });

  it("a quoted \"<<\" is a key like any other", () => {
    expect(loadText('a: { "<<": 1 }').value).toEqual({ a: { "<<": 1 } });
  });

  it("a bomb of aliases is refused quickly", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 30; level++) lines.push(`a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(", ")}]`);
    const before = performance.now();
    expect(problemsOf(lines.join("\n"))).toEqual([expect.stringMatching(`^\\d+:\\d+ ALIAS_BOMB with its aliases written out this file has more than ${maxNodes} nodes`)]);
    expect(performance.now() - before).toBeLessThan(200);
  });

  it("cannot nest deeper than the limit by way of aliases", () => {
    const deep = (inner: string): string => `${"[".repeat(60)}${inner}${"]".repeat(60)}`;
    expect(problemsOf(`a: &a ${deep("x")}\nb: ${deep("*a")}`)).toEqual([`2:64 TOO_DEEP this is nested more than ${maxDepth} levels deep`]);
  });
});

describe("nesting", () => {
  it.each([["schemas/a.yaml", "a: "], ["schemas/a.json", '{"a": ']])("beyond the limit is told without a stack overflow in %s", (path, start) => {
    expect(problemsOf(`${start}${"[".repeat(100_000)}`, path)).toEqual([expect.stringMatching(`TOO_DEEP this is nested more than ${maxDepth} levels deep`)]);
  });
});

describe("a JSON file", () => {
  const problems = (text: string): readonly string[] => problemsOf(text, "schemas/a.json");

  it("becomes the same tree, with places", () => {
    const text = '{ "a": { "b": [1, -0.5e1, "x\\u0041\\n", true, null] },\n  "c": {} }';
    const { root, value } = loadText(text, "schemas/a.json");
    expect(value).toEqual(JSON.parse(text));
    expect(originOf(at(root, "c").source, at(root, "c").start)).toMatchObject({ line: 2, column: 8 });
  });

  it("may start with a byte order mark", () => {
    expect(loadText('\uFEFF{"a":1}', "schemas/a.json").value).toEqual({ a: 1 });
  });

  it.each([
    ["a comma too many", '{"a": 1,}', '1:8 JSON_SYNTAX this is not JSON: a comma before "}"'],
    ["a comma too many in a list", '{"a": [1,]}', '1:9 JSON_SYNTAX this is not JSON: a comma before "]"'],
    ["a comment", '{ // c\n"a": 1}', "1:3 JSON_SYNTAX this is not JSON: a comment"],
    ["single quotes", "{'a': 1}", '1:2 JSON_SYNTAX this is not JSON: expected a key in double quotes, or "}", found "\'"'],
    ["a bare key", "{a: 1}", '1:2 JSON_SYNTAX this is not JSON: expected a key in double quotes, or "}", found "a"'],
    ["a missing colon", '{"a" 1}', '1:6 JSON_SYNTAX this is not JSON: expected ":" after a key, found "1"'],
    ["a missing comma", '{"a": 1 "b": 2}', '1:9 JSON_SYNTAX this is not JSON: expected "," or "}", found "\\""'],
    ["an open object", '{"a": 1', '1:8 JSON_SYNTAX this is not JSON: expected "," or "}", found the end of the file'],
    ["an open text", '{"a": "x', "1:7 JSON_SYNTAX this is not JSON: a text without its closing quote"],
    ["a line break in a text", '{"a": "x\ny"}', "1:9 JSON_SYNTAX this is not JSON: a line break or control character inside a text"],
    ["a leading zero", '{"a": 017}', '1:7 JSON_SYNTAX this is not JSON: expected a value, found "0"'],
    ["a plus", '{"a": +1}', '1:7 JSON_SYNTAX this is not JSON: expected a value, found "+"'],
    ["NaN", '{"a": NaN}', '1:7 JSON_SYNTAX this is not JSON: expected a value, found "N"'],
    ["an unknown escape", '{"a": "\\x41"}', "1:8 JSON_SYNTAX this is not JSON: an unknown escape after a backslash"],
    ["half a surrogate pair", '{"a": "\\ud800"}', "1:7 JSON_SYNTAX this is not JSON: half of a surrogate pair, which is not a character"],
    ["two values", "{} {}", "1:4 JSON_SYNTAX this is not JSON: more text after the end of the value"],
    ["a number too large", '{"a": 1e999}', "1:7 NOT_FINITE 1e999 is not a number that JSON can say"],
    ["nothing", " \n", "1:1 EMPTY_FILE the file is empty"],
    ["a list", "[]", "1:1 NOT_A_MAPPING the file holds a list, not a mapping"],
  ])("with %s is told at its place", (_, text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it("with a key written twice is told at both places", () => {
    expect(problems('{"a": 1,\n "a": 2}')).toEqual(['2:2 DUPLICATE_KEY key "a" is written twice', "  1:2 first written here"]);
  });
});
