/** A field as a schema file says it: structure, then words, then guesses as comments. */
import type { Span } from "../../compiler/source.js";
import type { Docs } from "./docs.js";
import { guess } from "./guess.js";
import type { Structure } from "./schema.js";
import { entry, type YamlEntry, type YamlMap } from "./yaml-tree.js";

/** A schema without a name of its own: elements of arrays, values of maps. */
export function elementMap({ entries, comments, named }: Structure, at: Span): YamlMap {
  const map: YamlMap = { kind: "map", entries, comments, at };
  return named === undefined ? map : { ...map, named: { name: named, schema: map, beside: { entries: [], comments: [] } } };
}

export interface FieldWords {
  readonly name: string;
  readonly docs: Docs;
  /** Of the property, and of its type. */
  readonly own: Docs;
  readonly ofType: Docs;
  /** `examples` and `default`, and tags that are none. */
  readonly values: { readonly entries: readonly YamlEntry[]; readonly comments: readonly string[] };
}

/** The order of keywords in the files of `schemas/`. */
const order = ["type", "const", "enum", "format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "brief", "title", "description", "kind", "unit", "oneOf", "knownValues", "required", "properties", "patternProperties", "additionalProperties", "propertyNames", "prefixItems", "items", "minItems", "maxItems"];
const shapes: ReadonlySet<string> = new Set(["oneOf", "knownValues", "required", "properties", "patternProperties", "additionalProperties", "propertyNames", "prefixItems", "items", "minItems", "maxItems"]);

export function fieldMap(structure: Structure, words: FieldWords, at: Span): YamlMap {
  const map = plainField(structure, words, at);
  if (structure.named === undefined) return map;
  const { own, ofType, values } = words;
  const schema: YamlMap = { kind: "map", entries: stable([...structure.entries, ...ofType.texts]), comments: structure.comments, at };
  return { ...map, named: { name: structure.named, schema, beside: { entries: [...own.texts, ...own.metadata, ...values.entries], comments: [...values.comments, ...own.comments] } } };
}

function plainField(structure: Structure, { name, docs, values }: FieldWords, at: Span): YamlMap {
  const guessed = docs.metadata.some(({ key }) => key === "kind" || key === "unit") ? { lines: [] } : guess(name, structure.kind);
  const head = structure.entries.filter(({ key }) => !shapes.has(key));
  const shape = structure.entries.filter(({ key }) => shapes.has(key));
  const said = new Set([...docs.constraints, ...docs.metadata].map(({ key }) => key));
  const constraints = docs.constraints.filter(({ key }) => !structure.entries.some((one) => one.key === key) || key === "pattern" || key === "format");
  const kept = head.filter(({ key }) => !constraints.some((one) => one.key === key) && !(key === "kind" && said.has("kind")));
  const typed = kept.map((one) => (one.key === "type" ? withRemark(one, docs.integer, "remark" in guessed ? guessed.remark : undefined) : one));
  const lines = guessed.lines.filter((line) => !said.has(line.split(":")[0] ?? ""));
  const entries = [...typed, ...constraints, ...docs.texts, ...docs.metadata, ...shape, ...values.entries];
  return { kind: "map", entries: stable(entries), comments: [...lines, ...structure.comments, ...values.comments, ...docs.comments], at };
}

function withRemark(one: YamlEntry, integer: boolean, remark: string | undefined): YamlEntry {
  if (integer && one.value.kind === "flow") {
    const { value } = one.value;
    if (value === "number") return entry("type", "integer");
    if (Array.isArray(value)) return entry("type", value.map((name) => (name === "number" ? "integer" : name)));
  }
  return remark === undefined ? one : { ...one, remark };
}

/** Keys of `order` first in that order up to the words; the rest as they come. Of a key that is said twice the first one stands. */
function stable(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const unique = entries.filter(({ key }, index) => entries.findIndex((one) => one.key === key) === index);
  const leading = order.slice(0, order.indexOf("unit") + 1);
  const rank = ({ key }: YamlEntry): number => (leading.includes(key) ? leading.indexOf(key) : leading.length);
  return [...unique].sort((left, right) => rank(left) - rank(right));
}
