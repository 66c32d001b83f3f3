/** `@example` and `@default`: texts of a comment, read as values of their field where they are. */
import { diagnostic } from "../../compiler/diagnostics.js";
import type { Json } from "../../compiler/source.js";
import type { Docs } from "./docs.js";
import type { Reader, Spot } from "./reader.js";
import type { Structure } from "./schema.js";
import { entry, type YamlEntry } from "./yaml-tree.js";

export interface Values {
  readonly entries: readonly YamlEntry[];
  readonly comments: readonly string[];
}

interface Asked {
  readonly docs: Docs;
  readonly structure: Structure;
  readonly spot: Spot;
}

export function valuesOf(reader: Reader, { docs, structure, spot }: Asked): Values {
  const types = typesIn(structure);
  const closed = closedValues(structure);
  const examples = docs.examples.map((text) => ({ text, value: oneOf(closed, valueOf(text, types)) }));
  const good = examples.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const odd = examples.filter(({ value }) => value === undefined).map(({ text }) => text);
  for (const text of odd) report(reader, spot, { tag: "example", why: text === "" ? "it is empty" : `it is not ${closed !== undefined ? "one of the values" : types === "any" ? "JSON" : types.join(" or ")}` });
  const fallback = docs.default === undefined ? undefined : oneOf(closed, valueOf(docs.default, types));
  if (docs.default !== undefined && fallback === undefined) report(reader, spot, { tag: "default", why: "it is not a value of the field" });
  return {
    entries: [...(fallback === undefined ? [] : [entry("default", fallback)]), ...(good.length === 0 ? [] : [entry("examples", good)])],
    comments: [...odd.map((text) => `@example ${text}`), ...(docs.default !== undefined && fallback === undefined ? [`@default ${docs.default}`] : [])],
  };
}

function report(reader: Reader, { path, node }: Spot, { tag, why }: { readonly tag: string; readonly why: string }): void {
  reader.report(diagnostic("IMPORT_TAG", { path, tag, why }, { at: reader.spanOf(node) }));
}

/** The types that a structure allows. */
function typesIn({ entries }: Pick<Structure, "entries">): readonly string[] | "any" {
  const said = flowOf(entries, "type");
  if (typeof said === "string") return [said];
  if (Array.isArray(said)) return said.map(String);
  const closed = closedValues({ entries });
  if (closed !== undefined) return [...new Set(closed.map(typeOf))];
  return entries.some(({ key }) => key === "kind") ? "any" : ["string", "number", "boolean", "object"];
}

/** The values of `const`, `enum` or documented consts. */
function closedValues({ entries }: Pick<Structure, "entries">): readonly Json[] | undefined {
  if (entries.some(({ key }) => key === "const")) return [flowOf(entries, "const") ?? null];
  const values = flowOf(entries, "enum");
  if (Array.isArray(values)) return values;
  const cases = entries.find(({ key }) => key === "oneOf")?.value;
  const consts = cases?.kind === "list" ? cases.items.flatMap((item) => (item.kind === "flow" && isCase(item.value) ? [item.value.const] : [])) : [];
  return consts.length === 0 ? undefined : consts;
}

function isCase(value: Json): value is { readonly const: Json } {
  return typeof value === "object" && value !== null && "const" in value;
}

function oneOf(closed: readonly Json[] | undefined, value: Json | undefined): Json | undefined {
  return value === undefined || closed === undefined || closed.includes(value) ? value : undefined;
}

function flowOf(entries: readonly YamlEntry[], key: string): Json | undefined {
  const value = entries.find((one) => one.key === key)?.value;
  return value?.kind === "flow" ? value.value : undefined;
}

/** The text as a value of one of the types: JSON, or bare text where text is meant. */
function valueOf(raw: string, types: readonly string[] | "any"): Json | undefined {
  const text = withoutFence(raw);
  if (text === "") return undefined;
  const json = parsed(text);
  if (json !== undefined && (types === "any" || types.includes(typeOf(json)))) return json;
  if (types !== "any" && types.includes("string") && !text.includes("\n")) return unquoted(text);
  return undefined;
}

/** A fenced block, a code span, or the text itself. */
function withoutFence(raw: string): string {
  const text = raw.trim();
  return (/^```\w*\n([^]*?)\n?```$/.exec(text)?.[1] ?? /^`([^`]+)`$/.exec(text)?.[1] ?? text).trim().replace(/;$/, "");
}

function unquoted(text: string): string {
  return /^'([^']*)'$/.exec(text)?.[1] ?? /^"([^"]*)"$/.exec(text)?.[1] ?? text;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
