/** The readers against the parsers that everybody uses, on random texts and on texts broken at random. */
import fc from "fast-check";
import { CORE_SCHEMA, dump, load as loadYaml, mergeTag } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/compiler/diagnostics.js";
import { readJson } from "../../src/compiler/json.js";
import type { Result } from "../../src/compiler/result.js";
import { toJson, type SourceNode } from "../../src/compiler/source.js";
import { readYaml } from "../../src/compiler/yaml.js";

const schema = CORE_SCHEMA.withTags(mergeTag);
const runs = { numRuns: 1000 };

/** What wevt refuses or warns about and others read. */
const stricter = new Set(["DUPLICATE_KEY", "NOT_FINITE", "ROUNDED_NUMBER", "AMBIGUOUS_NUMBER", "KEY_NOT_TEXT", "UNSUPPORTED_TAG", "TAG_MISMATCH", "SEVERAL_DOCUMENTS", "EMPTY_FILE", "TOO_DEEP", "BAD_MERGE", "ALIAS_CYCLE"]);
const isStricter = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.length > 0 && diagnostics.every((one) => stricter.has(one.id) || one.message.includes("surrogate"));

/** A text with one piece cut out, doubled or replaced by a character that means something. */
const broken = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(texts, fc.nat(), fc.nat(3), fc.constantFrom("", "{", "}", "[", "]", ":", ": ", ",", '"', "'", "\n", "\n  ", "\t", "#", " #", "&a ", "*a", "- ", "0", "-", ".", "e", "\\", "|", ">", "!", "?", "%", "<<: ", "~", "1: ", "true")).map(
    ([text, at, cut, piece]) => `${text.slice(0, at % (text.length + 1))}${piece}${text.slice((at % (text.length + 1)) + cut)}`,
  );

const values = fc.jsonValue({ maxDepth: 4 });
const jsonTexts = fc.tuple(values, fc.constantFrom(0, 2)).map(([value, indent]) => JSON.stringify(value, undefined, indent));
const yamlTexts = fc.tuple(values, fc.constantFrom(-1, 1, 2)).map(([value, flowLevel]) => dump(value, { flowLevel }));
const schemaTexts = fc.constantFrom(
  "partial: p\nproperties:\n  a: &x { type: string, brief: \"A: b\" }\n  b:\n    <<: *x\n    enum: [a, 'b', no]\n  c: *x\n",
  "event: e\ngrain: >-\n  one row\n  per thing\npartials:\n  - a\n  - {b: required}\n# end\n",
);

function sameAs(parse: (text: string) => unknown, read: (text: string) => Result<SourceNode | undefined>, text: string): void {
  const { value, diagnostics } = read(text);
  if (isStricter(diagnostics)) return;
  let expected: unknown;
  try {
    expected = parse(text);
  } catch {
    expect(diagnostics.length, `${JSON.stringify(text)} is accepted`).toBeGreaterThan(0);
    return;
  }
  expect(diagnostics, JSON.stringify(text)).toEqual([]);
  expect(JSON.stringify(value === undefined ? undefined : toJson(value)), JSON.stringify(text)).toBe(JSON.stringify(expected));
}

describe("a random text is read as by", () => {
  const json = (text: string): void => sameAs((one) => JSON.parse(one), (one) => readJson({ path: "a.json", text: one }), text);
  const yaml = (text: string): void => sameAs((one) => loadYaml(one, { schema }), (one) => readYaml({ path: "a.yaml", text: one }), text);

  it("JSON.parse, when it is JSON", () => fc.assert(fc.property(jsonTexts, json), runs));
  it("JSON.parse, when it is nearly JSON", () => fc.assert(fc.property(broken(jsonTexts), json), runs));
  it("js-yaml, when it is YAML", () => fc.assert(fc.property(yamlTexts, yaml), runs));
  it("js-yaml, when it is nearly YAML", () => fc.assert(fc.property(broken(fc.oneof(yamlTexts, schemaTexts)), yaml), runs));
  it("js-yaml, when it is nearly a schema file, broken twice", () => fc.assert(fc.property(broken(broken(schemaTexts)), yaml), runs));

  it("places that lie inside the text, whatever it is", () =>
    fc.assert(
      fc.property(broken(broken(fc.oneof(yamlTexts, schemaTexts))), (text) => {
        const visit = (node: SourceNode): void => {
          expect(0 <= node.start && node.start <= node.end && node.end <= text.length, JSON.stringify([text, node.start, node.end])).toBe(true);
          if (node.kind === "list") node.items.forEach(visit);
          if (node.kind === "map") for (const entry of node.entries) visit(entry.value);
        };
        const { value } = readYaml({ path: "a.yaml", text });
        if (value !== undefined) visit(value);
      }),
      runs,
    ));
});

it("an empty block text lies inside the file, whatever its header says", () => {
  const { value } = readYaml({ path: "a.yaml", text: "(:  >1+\n" });
  const [entry] = value?.kind === "map" ? value.entries : [];
  expect([entry?.value.start, entry?.value.end]).toEqual([8, 8]);
});
