import { describe, expect, it } from "vitest";
import { defaultConfig, parseConfig } from "../../src/compiler/config.js";
import { originOf } from "../../src/compiler/source.js";

function problemsOf(text: string, path = "wevt.config.yaml"): readonly string[] {
  const source = { path, text };
  return parseConfig(source).diagnostics.map((one) => {
    const { line, column } = originOf(source, one.at?.start ?? 0);
    return `${line}:${column} ${one.id} ${one.message}${one.hint === undefined ? "" : ` (${one.hint})`}`;
  });
}

describe("the config", () => {
  it("with a version alone is the default", () => {
    const { value } = parseConfig({ path: "wevt.config.yaml", text: "version: 1\n" });
    expect({ ...value, places: {}, keyPlaces: {} }).toEqual(defaultConfig);
    expect(defaultConfig.schemas).toEqual(["schemas/**"]);
    expect(defaultConfig.generate.map((entry) => [entry.emitter, entry.out])).toEqual([["typescript", "src/wevt"], ["docs", "docs/events"]]);
  });

  it("is read whole, frozen, with the place of every value", () => {
    const text = [
      "version: 1", "schemas: [events/*.yaml]", "imports:", "  - wevt:http", "naming: snake_case", "defaults: { owner: platform, tags: [a] }", "emitters: [./tools/sql.js]",
      "generate:", "  - docs", "  - { emitter: typescript, out: gen, importExtension: ts }", "",
    ].join("\n");
    const { value, diagnostics } = parseConfig({ path: "wevt.config.yaml", text });
    expect(diagnostics).toEqual([]);
    const { places, keyPlaces, ...rest } = value ?? defaultConfig;
    expect(rest).toEqual({
      version: 1,
      schemas: ["events/*.yaml"],
      imports: ["wevt:http"],
      naming: "snake_case",
      defaults: { owner: "platform", tags: ["a"] },
      emitters: ["./tools/sql.js"],
      generate: [{ emitter: "docs", options: {} }, { emitter: "typescript", out: "gen", options: { importExtension: "ts" } }],
      usage: {},
    });
    const key = keyPlaces["/generate/1/importExtension"];
    expect(key?.source.text.slice(key.start, key.end)).toBe("importExtension");
    const place = places["/imports/0"];
    expect(place && originOf(place.source, place.start)).toEqual({ file: "wevt.config.yaml", line: 4, column: 5 });
    expect(Object.isFrozen(value?.generate[1]?.options)).toBe(true);
  });

  it("may be JSON", () => {
    expect(parseConfig({ path: "wevt.config.json", text: '{ "version": 1, "imports": ["wevt:agent"] }' }).value?.imports).toEqual(["wevt:agent"]);
    expect(problemsOf('{ "version": 1, }', "wevt.config.json")).toEqual([expect.stringContaining('1:15 JSON_SYNTAX this is not JSON: a comma before "}"')]);
  });

  it.each([
    ["imports: []", '1:1 NO_CONFIG_VERSION the config does not say its version (start it with `version: 1`)'],
    ["version: 2", '1:10 WRONG_CONFIG_VALUE "version" has to be the number 1; this is 2'],
    ["version: 1\nimport: [wevt:http]", '2:1 UNKNOWN_CONFIG_KEY the config has no key "import" (did you mean "imports"?)'],
    ["vresion: 1", '1:1 UNKNOWN_CONFIG_KEY the config has no key "vresion" (did you mean "version"?)'],
    ["version: 1\nschemas: schemas/**", '2:10 WRONG_CONFIG_VALUE "schemas" has to be a list of patterns; this is the text "schemas/**"'],
    ["version: 1\nnaming: camel", '2:9 WRONG_CONFIG_VALUE "naming" has to be camelCase or snake_case; this is the text "camel"'],
    ["version: 1\ndefaults: { ownr: x }", '2:13 UNKNOWN_KEY "defaults" has no key "ownr" (did you mean "owner"?)'],
    ["version: 1\ndefaults: { stability: solid }", '2:24 WRONG_CONFIG_VALUE "defaults.stability" has to be one of experimental, stable, deprecated; this is the text "solid"'],
    ["version: 1\ngenerate:\n  - { out: x }", '3:5 WRONG_CONFIG_VALUE "generate" has to be a list of emitters: names, or `{ emitter, out }` with options; this is a mapping without emitter'],
    ["version: 1\nlint: { brief: error }", '2:1 NOT_YET "lint" comes with a later release (remove it for now)'],
    ["version: 1\nbreaking: { against: main }", '2:1 NOT_YET "breaking" comes with a later release (remove it for now)'],
    ["version: 1\nrules: [./r.js]", '2:1 NOT_YET "rules" comes with a later release (remove it for now)'],
    ["version: 1\nlint: yes", '2:7 WRONG_CONFIG_VALUE "lint" has to be a mapping of rules to error, warn, info or off; this is the text "yes"'],
    ["", "1:1 NO_CONFIG_VERSION the config does not say its version (start it with `version: 1`)"],
    ["version: 1\nversion: 1", '2:1 DUPLICATE_KEY key "version" is written twice (remove or rename one of the two)'],
  ])("%j is one error at its place", (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
    expect(parseConfig({ path: "wevt.config.yaml", text }).value).toBeUndefined();
  });
});
