/** What the importer prints is what a reader of YAML reads, whatever stands in names, texts and comments. */
import fc from "fast-check";
import { load } from "js-yaml";
import { expect, it } from "vitest";
import { printYaml } from "../../../src/code/import/print-yaml.js";
import type { YamlMap, YamlNode } from "../../../src/code/import/yaml-tree.js";
import { toJson, type Json } from "../../../src/compiler/source.js";
import { readYaml } from "../../../src/compiler/yaml.js";

const awkward = ["", " ", "-", "- a", "? a", "a: b", "a:", ":a", "a #b", "#", "yes", "no", "on", "n", "y", "null", "~", "true", "1", "01", "1e3", "0x1", ".5", "-.inf", ".nan", "2024-01-01", "1:30", "<<", "=", "!a", "&a", "*a", "|", ">", "@a", "`a", "%a", "---", "...", "--- a", "{a}", "[a]", "a, b", "'", '"', "\\", "a\nb", "a\n", "\na", "a\n\nb", "a\n b", "a \nb", "\ta", "a\tb", "\u0000", "\u007f", "\u0085", "\u00a0", "\u2028", "\ufeff", "😀", "é", "__proto__", "constructor"];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...awkward) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...awkward, "a", " ", "\n"), { maxLength: 5 }).map((parts) => parts.join("")) },
);
const comment = fc.oneof(text, fc.constant("kind: id"));
const json = fc.letrec<{ json: Json; list: readonly Json[]; object: { readonly [key: string]: Json } }>((tie) => ({
  json: fc.oneof({ maxDepth: 2 }, text, fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, 1e-7), tie("list"), tie("object")),
  list: fc.array(tie("json"), { maxLength: 4 }),
  object: fc.dictionary(text, tie("json"), { maxKeys: 3, noNullPrototype: true }),
})).json;

const map = fc.letrec<{ node: YamlNode; map: YamlMap; list: YamlNode }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, { weight: 3, arbitrary: json.map((value): YamlNode => ({ kind: "flow", value })) }, { weight: 2, arbitrary: tie("map") }, { weight: 1, arbitrary: tie("list") }),
  map: fc.record({ entries: fc.uniqueArray(fc.tuple(text, tie("node"), fc.option(comment, { nil: undefined })), { selector: ([key]) => key, minLength: 1, maxLength: 4 }), comments: fc.array(comment, { maxLength: 2 }) }).map(
    ({ entries, comments }): YamlMap => ({ kind: "map", entries: entries.map(([key, value, remark]) => ({ key, value, ...(remark === undefined ? {} : { remark }) })), comments }),
  ),
  list: fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((items): YamlNode => ({ kind: "list", items })),
})).map;

function meaning(node: YamlNode): Json {
  switch (node.kind) {
    case "flow":
      return node.value;
    case "list":
      return node.items.map(meaning);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, meaning(value)]));
  }
}

it("reads back as what was printed, by the compiler and by any reader of YAML", () => {
  fc.assert(
    fc.property(map, fc.array(comment, { maxLength: 2 }), (root, head) => {
      const printed = printYaml(root, head);
      const { value, diagnostics } = readYaml({ path: "a.yaml", text: printed });
      expect(diagnostics, printed).toEqual([]);
      expect(value === undefined ? undefined : toJson(value), printed).toEqual(meaning(root));
      expect(load(printed), printed).toEqual(meaning(root));
      expect(printed).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f\ufeff]*$/);
    }),
    { numRuns: 3000 },
  );
});
