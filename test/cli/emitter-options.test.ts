/** The options of an emitter are judged by the schema that it declares, each mistake at its place in the config. */
import { describe, expect, it } from "vitest";
import { defaultConfig, parseConfig } from "../../src/compiler/config.js";
import { originOf, type Json } from "../../src/compiler/source.js";
import { wrongOptions } from "../../src/cli/emitter-options.js";
import { docsEmitter } from "../../src/emit/docs.js";
import { typescriptEmitter } from "../../src/emit/typescript.js";
import { cli, projectOf, userSchema } from "../helpers/cli.js";

const schema: { readonly [name: string]: Json } = {
  type: "object",
  additionalProperties: false,
  required: ["title"],
  properties: {
    title: { type: "string", minLength: 1 },
    depth: { type: "integer", minimum: 1, maximum: 5 },
    columns: {
      type: "array",
      minItems: 1,
      items: { type: "object", required: ["name"], additionalProperties: false, properties: { name: { enum: ["path", "type"] }, width: { type: "number", exclusiveMinimum: 0 } } },
    },
    labels: { type: "object", additionalProperties: { type: "string" }, propertyNames: { pattern: "^[a-z/]+$" } },
    order: { oneOf: [{ const: "name" }, { type: "integer" }] },
    since: { type: "string", format: "date" },
  },
};

/** `line:column ID message`, one for each mistake of an entry written in YAML. */
async function mistakes(yaml: string, options = schema): Promise<readonly string[]> {
  const { value: config } = parseConfig({ path: "wevt.config.yaml", text: `version: 1\ngenerate:\n  - emitter: csv\n${yaml}` });
  const { places, keyPlaces, generate } = config ?? defaultConfig;
  const found = await wrongOptions({ name: "csv", options }, generate[0]?.options ?? {}, (pointer, part) => {
    const at = (part === "key" ? keyPlaces : places)[`/generate/0${pointer}`];
    return at === undefined ? {} : { at };
  });
  return found.map(({ at, id, message }) => {
    const { line, column } = at === undefined ? { line: 0, column: 0 } : originOf(at.source, at.start);
    return `${line}:${column} ${id} ${message}`;
  });
}

describe("the options of an emitter", () => {
  it.each([
    ["    title: A\n"],
    ["    title: A\n    depth: 5\n    columns: [{ name: path, width: 0.5 }, { name: type }]\n    labels: { a/b: x }\n    order: 3\n    since: 2026-01-01\n"],
  ])("may be whatever fits: %j", async (yaml) => {
    expect(await mistakes(yaml)).toEqual([]);
  });

  it("are told, every one, at their place", async () => {
    expect(await mistakes("    title: ''\n    depth: 7\n    columns:\n      - { name: paths }\n      - { width: 0 }\n      - { name: path, wdth: 1 }\n    labels: { a/b: 1, A: x }\n    order: size\n    since: soon\n    colums: []\n")).toMatchInlineSnapshot(`
      [
        "13:5 UNKNOWN_CONFIG_KEY the config has no key "colums"",
        "4:12 WRONG_OPTION "title" of the emitter "csv" must NOT have fewer than 1 characters; this is """,
        "5:12 WRONG_OPTION "depth" of the emitter "csv" must be <= 5; this is 7",
        "7:17 WRONG_OPTION "columns[0].name" of the emitter "csv" must be "path" or "type"; this is "paths"",
        "8:9 WRONG_OPTION "columns[1]" of the emitter "csv" must have required property 'name'; this is {"width":0}",
        "8:18 WRONG_OPTION "columns[1].width" of the emitter "csv" must be > 0; this is 0",
        "9:23 UNKNOWN_CONFIG_KEY the config has no key "wdth"",
        "10:13 WRONG_OPTION "labels" of the emitter "csv" has the key "A", which must match pattern "^[a-z/]+$"; this is {"a/b":1,"A":"x"}",
        "10:20 WRONG_OPTION "labels.a/b" of the emitter "csv" must be string; this is 1",
        "11:12 WRONG_OPTION "order" of the emitter "csv" must match exactly one schema in oneOf; this is "size"",
        "12:12 WRONG_OPTION "since" of the emitter "csv" must match format "date"; this is "soon"",
      ]
    `);
  });

  it("that have to be there are missed at the entry", async () => {
    expect(await mistakes("    depth: 1\n")).toEqual([`3:5 WRONG_OPTION the options of the emitter "csv" must have required property 'title'; this is {"depth":1}`]);
  });

  it("are anything where the emitter declares nothing", async () => {
    expect(await mistakes("    anything: { goes: [1, null] }\n", {})).toEqual([]);
  });

  it.each<[string, { readonly [name: string]: Json }]>([
    ["a type that is none", { properties: { a: { type: "text" } } }],
    ["a pattern that is none", { properties: { a: { pattern: "(" } } }],
    ["a reference to elsewhere", { properties: { a: { $ref: "https://example.com/a.json" } } }],
  ])("cannot be judged by a schema with %s: the emitter is told", async (_, broken) => {
    expect(await mistakes("    a: 1\n", broken)).toEqual([expect.stringMatching(/^3:5 EMITTER_BAD_SCHEMA `options` of the emitter "csv" is no JSON Schema/)]);
  });

  it("of the built-in emitters are judged alike", async () => {
    const judged = (emitter: typeof docsEmitter, options: { readonly [name: string]: Json }): Promise<readonly string[]> => wrongOptions(emitter, options, () => ({})).then((found) => found.map((one) => `${one.id} ${one.message} ${one.hint ?? ""}`));
    expect(await judged(typescriptEmitter, { importExtension: "ts" })).toEqual([]);
    expect(await judged(typescriptEmitter, { importExtension: "mjs" })).toEqual(['WRONG_OPTION "importExtension" of the emitter "typescript" must be "js" or "ts"; this is "mjs" ']);
    expect(await judged(typescriptEmitter, { importExtensions: "ts" })).toEqual(['UNKNOWN_CONFIG_KEY the config has no key "importExtensions" did you mean "importExtension"?']);
    expect(await judged(docsEmitter, { fieldsJson: false })).toEqual([]);
    expect(await judged(docsEmitter, { fieldsJson: "no" })).toEqual(['WRONG_OPTION "fieldsJson" of the emitter "docs" must be boolean; this is "no" ']);
  });

  it("stop everything when they are wrong: exit code 2, in every format", () => {
    const project = projectOf({
      "schemas/user.yaml": userSchema,
      "wevt.config.yaml": "version: 1\nemitters: [./csv.mjs]\ngenerate:\n  - emitter: csv\n    columns: [{ name: 1 }]\n  - { emitter: docs, fieldsJson: 3 }\n",
      "csv.mjs": 'export default { options: { properties: { columns: { items: { properties: { name: { type: "string" } } } } } }, emit: () => [] };\n',
    });
    const { status, stdout } = cli(project, ["check"]);
    expect(status).toBe(2);
    expect(stdout).toContain('wevt.config.yaml:5:23  error  WRONG_OPTION  "columns[0].name" of the emitter "csv" must be string; this is 1\n');
    expect(stdout).toContain('wevt.config.yaml:6:34  error  WRONG_OPTION  "fieldsJson" of the emitter "docs"');
    expect(cli(project, ["check", "--format", "github"]).stdout).toMatch(/^::error file=wevt\.config\.yaml,line=5,col=23,.*WRONG_OPTION/);
  });
});
