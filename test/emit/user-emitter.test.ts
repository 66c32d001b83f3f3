import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../../src/compiler/freeze.js";
import { EmitterFailure, pathProblem, userEmitter } from "../../src/emit/user-emitter.js";
import { compileFiles } from "../helpers/compile.js";
import { registry } from "../helpers/registry.js";

const context = { options: {}, out: "docs/csv" };
const fixture = fileURLToPath(new URL("../fixtures/user-emitter/", import.meta.url));
const empty = deepFreeze(registry({}));

async function failureOf(emit: unknown) {
  const { value } = userEmitter({ default: { name: "mine", emit } }, "./tools/mine.js");
  try {
    await value?.emit(empty, context);
  } catch (error) {
    if (error instanceof EmitterFailure) return `${error.diagnostic.id} ${error.diagnostic.message}`;
    throw error;
  }
  return undefined;
}

describe("an emitter of the user's", () => {
  it("as the example project has it, writes what the example shows", async () => {
    const { value, diagnostics } = userEmitter(await import(`${fixture}tools/csv.js`), "./tools/csv.js");
    const { registry: compiled } = await compileFiles({ "wevt:record.yaml": readFileSync(`${fixture}../../../schemas/record.yaml`, "utf8"), "schemas/user.yaml": readFileSync(`${fixture}schemas/user.yaml`, "utf8") });
    const files = await value?.emit(compiled, { ...context, options: { columns: ["path", "type", "unit", "owner", "meaning"] } });
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({ name: "csv", brief: "All fields as CSV.", defaultOut: "generated/csv" });
    expect(files?.map((file) => file.path)).toEqual(["fields.csv"]);
    await expect(files?.[0]?.text).toMatchFileSnapshot(`${fixture}expected/fields.csv`);
  });

  it("may be a function alone, and is then called like its file", async () => {
    const { value } = userEmitter({ default: () => [{ path: "a/b.txt", text: "one\r\ntwo" }] }, "./tools/My list.mjs");
    expect(value?.name).toBe("my-list");
    expect(await value?.emit(empty, context)).toEqual([{ path: "a/b.txt", text: "one\ntwo\n" }]);
  });

  it("without a function is refused with an example of what to write", () => {
    for (const module of [{}, { default: {} }, { default: 1 }, { emit: () => [] }, undefined]) {
      expect(userEmitter(module, "./tools/x.js").diagnostics.map((one) => one.message)).toEqual(['the emitter "./tools/x.js" exports no function']);
    }
  });

  it("with a part of a wrong kind is refused by the name of the part", () => {
    const emit = () => [];
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const wrong = [{ name: "My Emitter" }, { name: 1 }, { brief: "" }, { options: [] }, { options: cyclic }];
    expect(wrong.map((part) => userEmitter({ default: { emit, ...part } }, "x.js").diagnostics.map((one) => one.message))).toMatchObject(Object.entries(wrong).map(() => [expect.stringMatching(/has to be/)]));
  });

  it("with inputs of its own is refused: there are none yet", () => {
    expect(userEmitter({ default: { emit: () => [], data: ["usage"] } }, "x.js").diagnostics.map((one) => one.id)).toEqual(["NOT_YET"]);
  });

  it("that throws is reported by name, with its words and place", async () => {
    const message = await failureOf(() => {
      throw new TypeError("no such thing");
    });
    expect(message).toMatch(/^EMITTER_THREW the emitter "mine" failed: "TypeError: no such thing" at user-emitter\.test\.ts:\d+:\d+$/);
    expect(await failureOf(() => Promise.reject("later"))).toBe('EMITTER_THREW the emitter "mine" failed: "threw later"');
  });

  it("cannot change the Registry", async () => {
    expect(await failureOf((given: { partials: unknown[] }) => given.partials.push(1))).toMatch(/EMITTER_THREW .*TypeError/);
  });

  it.each([
    ["nothing", () => undefined, /it returned nothing instead of a list/],
    ["one file", () => ({ path: "a", text: "" }), /it returned an object instead of a list/],
    ["a file without text", () => [{ path: "a" }], /entry 0 is not \{ path, text \}/],
    ["a path twice", () => [{ path: "a", text: "" }, { path: "A", text: "" }], /two files are called "A"/],
    ["a path out of its folder", () => [{ path: "a/../../b", text: "" }], /"a\/..\/..\/b" leads out/],
  ])("that returns %s is reported, and nothing of it is written", async (_, emit, problem) => {
    expect(await failureOf(emit)).toMatch(problem);
  });

  it("may write to any path that every disk can store, and no other", () => {
    const good = ["a", "a.md", "partials/user.md", ".hidden", "a b.txt", "é.txt", "...a"];
    const bad = ["", "/a", "C:/a", "c:a", "\\\\host\\a", "a\\b", "..", "../a", "a/..", "./a", "a//b", "a/", "a\nb", "a:b", "a?", "con", "NUL.txt", "a.", "a ", ".wevt-manifest", "a/.WEVT-manifest"];
    expect(good.filter((path) => pathProblem(path) !== undefined)).toEqual([]);
    expect(bad.filter((path) => pathProblem(path) === undefined)).toEqual([]);
  });
});
