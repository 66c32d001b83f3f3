import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/compiler/config.js";
import { keywordTable } from "../../src/compiler/keywords.js";
import { load, loadSource } from "../../src/compiler/load.js";
import { toJson } from "../../src/compiler/source.js";
import { metaValidators } from "../helpers/meta.js";
import { grammarFiles } from "../../scripts/build-grammar.mjs";

const validators = metaValidators();

/** What an editor and what the compiler say of a schema file: true when nothing is wrong. */
function verdicts(text: string): readonly [editor: boolean, compiler: boolean] {
  const root = loadSource({ path: "a.yaml", text }).value;
  const compiler = load([{ path: "a.yaml", text }]).diagnostics.every((one) => one.severity !== "error");
  return [validators.definition(root === undefined ? null : toJson(root)), compiler];
}

describe("the committed grammar", () => {
  it("is what `npm run grammar` makes from the table of keywords", async () => {
    for (const [path, text] of await grammarFiles()) {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8") === text, `${path} is stale: npm run grammar`).toBe(true);
    }
  });

  it("describes every keyword", () => {
    const text = ["partial", "event", "originator", "service", "group"].map((name) => readFileSync(new URL(`../../schemas/meta/${name}.json`, import.meta.url), "utf8")).join("\n");
    for (const { name, brief, kind } of keywordTable) {
      expect(text).toContain(JSON.stringify(brief).slice(1, -1));
      if (kind === "metadata") expect(text).toContain(`"x-${name}"`);
    }
  });
});

describe("an editor and the compiler agree", () => {
  it.each([
    "partial: user\nrequired: [id]\nproperties: { id: { type: string, brief: An id., kind: id, examples: [a] } }",
    "partial: p\nproperties: { a: { x-unit: ms, type: number, merge: sum }, b: { oneOf: [{ const: a, description: A. }] } }",
    "partial: p\nrepeatable: { max: 3 }\nreserved: { names: [old] }\nproperties: { a: { type: array, items: [{ type: string }], additionalItems: false } }",
    "event: agent.execution\npartials: { a: required, b: { presence: optional, require: [x] } }\noriginators: [http]\nconsumers: [billing]",
    "originator: http\nproperties: { path: { type: string, x-mine: 1 } }",
    "service: api\nproperties: { region: { type: string, knownValues: [a, { const: b, description: B. }] } }",
    "group: g\nproperties: { when: { type: string, when: { user.tier: { const: pro } } } }",
  ])("that this is right: %s", (text) => {
    expect(verdicts(text)).toEqual([true, true]);
  });

  it.each([
    "properties: {}",
    "partial: User",
    "partial: a\ngroup: b",
    "partial: p\nunit: ms",
    "event: e\nproperties: {}",
    "partial: p\nproperties: { a: { type: strin } }",
    "partial: p\nproperties: { a: { breif: x } }",
    "partial: p\nproperties: { a.b: { type: string } }",
    "partial: p\nproperties: { a: string }",
    "partial: p\nproperties: { a: { type: number, unit: ms, x-unit: s } }",
    "partial: p\nproperties: { a: { type: array, items: [{ typ: string }] } }",
    "partial: p\nproperties: { a: { anyOf: [{ type: string }] } }",
    "partial: p\nproperties: { a: { type: number, exclusiveMinimum: true } }",
    "partial: p\nproperties: { a: { deprecation: { reson: x } } }",
    "partial: p\nproperties: { a: { when: { b: { type: zz } } } }",
    "partial: p\nalwaysKeep: true",
    "event: e\nsampling: {}",
    `partial: p\nbrief: ${"x".repeat(121)}`,
    "event: e\npartials: { a: maybe }",
    "partial: p\nproperties: { a: { links: ['javascript:x'] } }",
  ])("that this is wrong: %s", (text) => {
    expect(verdicts(text)).toEqual([false, false]);
  });

  it("about the config", () => {
    const both = (text: string): readonly boolean[] => {
      const source = { path: "wevt.config.yaml", text };
      const root = loadSource(source).value;
      return [validators.config(root === undefined ? null : toJson(root)), parseConfig(source).value !== undefined];
    };
    expect(both("version: 1\nimports: [wevt:http]\ngenerate: [docs, { emitter: typescript, out: x, importExtension: ts }]")).toEqual([true, true]);
    expect(both("imports: [wevt:http]")).toEqual([false, false]);
    expect(both("version: 1\nimprots: []")).toEqual([false, false]);
    expect(both("version: 1\ngenerate: [{ out: x }]")).toEqual([false, false]);
  });
});
