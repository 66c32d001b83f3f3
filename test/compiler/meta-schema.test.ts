import { readFileSync } from "node:fs";
import fc from "fast-check";
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
    "partial: p\nrepeatable: { max: 0 }\nrollup: { a.b: { sum: true, min: true, max: false, histogram: [0.5, 1e3] }, c: {} }",
    "partial: p\nrepeatable: true\nrollup: true",
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
    "partial: p\nalwaysKeep: 1",
    "partial: p\nrollup: [a]",
    "partial: p\nrollup: { a: { total: true } }",
    "partial: p\nrollup: { a: { histogram: [] } }",
    "partial: p\nrepeatable: { max: -1 }",
    "event: e\nsampling: {}",
    "event: e\nsampling: { base: 2 }",
    "event: e\nsampling: { rules: [{ keep: 1 }] }",
    "event: e\nsampling: { rules: [{ name: a, when: { b: { min: 1 } } }] }",
    `partial: p\nbrief: ${"x".repeat(121)}`,
    "event: e\npartials: { a: maybe }",
    "partial: p\nproperties: { a: { links: ['javascript:x'] } }",
  ])("that this is wrong: %s", (text) => {
    expect(verdicts(text)).toEqual([false, false]);
  });

  it("about any value of any keyword, hostile keys included", () => {
    const names = fc.constantFrom("a", "b", "type", "const", "url", "reason", "max", "names", "toString", "valueOf", "constructor", "hasOwnProperty", "__proto__", "x-a", "a.b");
    const leaves = fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1.5, 1e300, "", "a", "string", "object", "ms", "user", "a.b", "plain", "truncate:3", "required", "two\nlines", "https://example.com", "x".repeat(121));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, { arbitrary: leaves, weight: 3 }, fc.array(tie("value"), { maxLength: 3 }), fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries))),
    }));
    const keywords = fc.constantFrom(...keywordTable.flatMap(({ name, kind }) => (kind === "metadata" ? [name, `x-${name}`] : [name])));
    fc.assert(
      fc.property(keywords, value, fc.constantFrom("partial", "event", "field"), (keyword, held, place) => {
        const root = place === "event" ? { event: "e", [keyword]: held } : place === "partial" ? { partial: "p", [keyword]: held } : { partial: "p", properties: { f: { [keyword]: held } } };
        const errors = load([{ path: "a.json", text: JSON.stringify(root) }]).diagnostics.filter((one) => one.severity === "error" && one.id !== "DUPLICATE_VALUE");
        const editor = verdictOr(() => validators.definition(root));
        fc.pre(editor !== undefined);
        expect(errors.length === 0, `${JSON.stringify(root)}: ${errors[0]?.message}`).toBe(editor);
      }),
      { numRuns: 3000 },
    );
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

/** ajv's comparison of unique items calls `toString` of what it compares: a value that has another one has no verdict. */
function verdictOr(judge: () => boolean): boolean | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
