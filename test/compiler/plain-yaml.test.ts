/** The reader of plain YAML against the whole one: where it reads a file, both make the same tree, and the whole one finds nothing to tell. */
import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readPlainYaml } from "../../src/compiler/plain-yaml.js";
import type { SourceFile } from "../../src/compiler/source.js";
import { readYaml } from "../../src/compiler/yaml.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

function yamlFilesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name) && !name.includes("node_modules"));
  return names.map((name) => readFileSync(join(folder, name), "utf8"));
}

const own = ["schemas", "test", "templates"].flatMap((folder) => yamlFilesBelow(join(root, folder)));
const others = yamlFilesBelow(join(root, "../shared/corpora"));

/** True when the plain reader read it; fails when the two differ. */
function agree(text: string): boolean {
  const source: SourceFile = { path: "a.yaml", text };
  const plain = readPlainYaml(source);
  if (plain === undefined) return false;
  const whole = readYaml(source);
  expect({ text, diagnostics: whole.diagnostics }).toEqual({ text, diagnostics: [] });
  expect({ text, tree: JSON.stringify(plain, withoutSource) }).toEqual({ text, tree: JSON.stringify(whole.value, withoutSource) });
  return true;
}

function withoutSource(key: string, value: unknown): unknown {
  return key === "source" ? undefined : Object.is(value, -0) ? "-0" : value;
}

/** Pieces of YAML, put together at random: most of it is broken, and much of what is not is unusual. */
const pieces = [
  "a", "b", "key", "x-unit", "$ref", "true", "null", "~", "7", "-7", "0.5", "017", "1e3", "0x1F", ".5", "-", "- ", ": ", ":", ", ", ",", "{", "}", "{ ", " }", "[", "]", "\n", "\n  ", "\n    ", "\n\n", "\n- ", "\n  - ",
  " ", "  ", "# note", " # note", "#", '"', '"text"', '"a\\nb"', '"a\\\\d"', "'it''s'", "'", "?", "? ", "!", "!!str ", "&a ", "*a", "|", ">-", "<<", "<<: ", "%", "@", "`", "---", "\n---\n", "...", "=", "/", "\\", "é", "\t", "\r\n", "\u2028", "\ufeff", "a: 1", "\nb: 2", "\n  c: 3", "[1, two]", "{ d: 4 }",
];
const scraps = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((parts) => parts.join(""));

/** A right document whose layout varies: indentation, quotes, comments, blocks and lines. */
const scalarText = fc.constantFrom("one", "two words", "7", "-1.5", "true", "~", '"quoted: {x}"', "'it''s # not'", '"a\\\\d+"', "a:b", "x#y", "http://x.y/z?a=b", "$ref", "^[a-z]+$", "currency:USD");
const keyText = fc.constantFrom("a", "b", "c", "d-e", "x-f", "$g", "h.i", '"j k"', "'l'", "/m", "n0");
interface Layout {
  readonly step: number;
  readonly comment: string;
  readonly inline: boolean;
  readonly flush: boolean;
}
type Tree = string | { readonly keys: readonly string[]; readonly values: readonly Tree[]; readonly layout: Layout } | { readonly items: readonly Tree[]; readonly layout: Layout };
const layout = fc.record<Layout>({ step: fc.integer({ min: 1, max: 4 }), comment: fc.constantFrom("", "", "", " # note", "\n# note", "\n\n", "   "), inline: fc.boolean(), flush: fc.boolean() });
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalarText,
    fc.record({ keys: fc.uniqueArray(keyText, { minLength: 1, maxLength: 4 }), values: fc.array(tie("tree"), { minLength: 4, maxLength: 4 }), layout }),
    fc.record({ items: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }), layout }),
  ),
}));

function inLine(node: Tree): string {
  if (typeof node === "string") return /[,[\]{}]/.test(node) && !/^["']/.test(node) ? "plain" : node;
  const [open, close] = "items" in node ? ["[", "]"] : ["{", "}"];
  const members = "items" in node ? node.items.map(inLine) : node.keys.map((key, index) => `${key}: ${inLine(node.values[index] ?? "x")}`);
  const pad = node.layout.flush ? "" : " ";
  return `${open}${pad}${members.join(node.layout.step > 2 ? "," : ", ")}${pad}${close}`;
}

function block(node: Tree, margin: number): string {
  if (typeof node === "string") return ` ${node}\n`;
  const { inline, comment, step, flush } = node.layout;
  if (inline) return ` ${inLine(node)}${comment}\n`;
  const isList = "items" in node;
  const inner = margin + (isList && flush ? 0 : step);
  return `${comment}\n${isList ? listLines(node.items, inner) : mapLines(node, inner)}`;
}

function mapLines({ keys, values }: Extract<Tree, { keys: unknown }>, margin: number): string {
  return keys.map((key, index) => `${" ".repeat(margin)}${key}:${block(values[index] ?? "x", margin)}`).join("");
}

function listLines(items: readonly Tree[], margin: number): string {
  return items
    .map((item) => {
      if (typeof item === "string" || "items" in item || item.layout.inline) return `${" ".repeat(margin)}- ${inLine(item)}\n`;
      return `${" ".repeat(margin)}- ${mapLines(item, margin + 2).slice(margin + 2)}`;
    })
    .join("");
}

const document = fc.tuple(fc.uniqueArray(keyText, { minLength: 1, maxLength: 5 }), fc.array(tree, { minLength: 5, maxLength: 5 })).map(([keys, values]) => keys.map((key, index) => `${key}:${block(values[index] ?? "x", 0)}`).join(""));

/** A text with a piece put in, taken out, or put in place of another. */
function edited(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.nat(), fc.constantFrom("", ...pieces), fc.integer({ min: 0, max: 6 })).map(([before, place, piece, length]) => {
    const at = place % (before.length + 1);
    return before.slice(0, at) + piece + before.slice(at + length);
  });
}

describe("the reader of plain YAML", () => {
  it("reads nearly every schema file that ships, as the whole reader does", () => {
    const files = yamlFilesBelow(join(root, "schemas"));
    expect(files.filter(agree).length).toBeGreaterThan(0.8 * files.length);
  });

  it("agrees with the whole reader on the files of the tests", () => {
    expect(own.filter(agree).length).toBeGreaterThan(10);
  });

  it.skipIf(others.length === 0)("agrees with the whole reader on files of others (../shared/corpora)", () => {
    expect(others.filter(agree).length).toBeGreaterThan(0);
  });

  it("agrees with the whole reader on documents of any layout, and reads most of them", () => {
    let read = 0;
    fc.assert(fc.property(document, (text) => void (read += Number(agree(text)))), { numRuns: 2000 });
    expect(read).toBeGreaterThan(1000);
  });

  it("agrees with the whole reader on documents with a mistake in them", () => {
    fc.assert(fc.property(edited(document), (text) => void agree(text)), { numRuns: 4000 });
  });

  it("agrees with the whole reader on edited schema files", () => {
    fc.assert(fc.property(edited(fc.constantFrom(...own.filter((text) => text.length < 3000))), (text) => void agree(text)), { numRuns: 2000 });
  });

  it("agrees with the whole reader on scraps", () => {
    fc.assert(fc.property(scraps, (text) => void agree(text)), { numRuns: 10_000 });
  });

  it.each([
    ["an anchor", "a: &x 1"], ["an alias", "a: *x"], ["a tag", "a: !!str 1"], ["a merge key", "<<: { a: 1 }"], ["a block text", "a: |\n  x"], ["a text over two lines", "a: one\n  two"],
    ["an empty value", "a:\nb: 1"], ["a key written twice", "a: 1\na: 2"], ["an octal number", "a: 017"], ["a document marker", "---\na: 1"], ["a tab", "a:\t1"], ["a list", "- a"], ["nothing", ""],
  ])("leaves %s to the whole reader", (_, text) => {
    expect(readPlainYaml({ path: "a.yaml", text })).toBeUndefined();
  });
});
