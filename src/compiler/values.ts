/** Judges the value of one keyword: ajv says whether it is right, this says where it is wrong and what it should be. */
import type { Validator, ValueError } from "./grammar.generated.js";
import type { Keyword } from "./keywords.js";
import { entryOf, toJson, type Json, type SourceNode, type Span } from "./source.js";
import { suggest } from "./suggest.js";

export type Mistake = UnknownKey | WrongValue;

export interface UnknownKey {
  readonly kind: "unknown-key";
  readonly at: Span;
  readonly key: string;
  readonly known: readonly string[];
  readonly suggestion?: string;
}

export interface WrongValue {
  readonly kind: "wrong-value";
  readonly at: Span;
  /** Inside the keyword: `deprecation.reason`. */
  readonly path: string;
  readonly expects: string;
  readonly found: string;
  readonly cure?: string;
  readonly node: SourceNode;
}

/** The first mistake in a value, or undefined. */
export function judge(keyword: Keyword, validate: Validator | undefined, node: SourceNode): Mistake | undefined {
  if (validate === undefined || validate(node.kind === "scalar" ? node.value : toJson(node))) return undefined;
  const error = deepest(validate.errors ?? []);
  const where = descend(node, error.instancePath);
  const extra = error.params["additionalProperty"];
  if (error.keyword === "additionalProperties" && typeof extra === "string" && where.node.kind === "map") {
    const known = keysIn(keyword.value ?? {});
    const suggestion = suggest(extra, known);
    return { kind: "unknown-key", at: entryOf(where.node, extra)?.keySpan ?? where.node, key: extra, known, ...(suggestion === undefined ? {} : { suggestion }) };
  }
  const path = [keyword.name, ...where.keys].join(".");
  const expects = where.keys.length === 0 ? keyword.expects : (expectation(error.keyword, error.params) ?? keyword.expects);
  const cure = cureOf(keyword, where.node);
  return { kind: "wrong-value", at: where.node, path, expects, found: error.keyword === "required" ? `a mapping without ${String(error.params["missingProperty"])}` : foundIn(where.node), node: where.node, ...(cure === undefined ? {} : { cure }) };
}

/** Of several ways in which a value is wrong, the one that got furthest says most; of these the last sums up. */
function deepest(errors: readonly ValueError[]): ValueError {
  const depth = (error: ValueError): number => error.instancePath.split("/").length;
  return errors.reduce((best, error) => (depth(error) >= depth(best) ? error : best), { keyword: "", instancePath: "", params: {} });
}

/** Follows a JSON pointer; `keys` are the names on the way, without list positions. */
function descend(from: SourceNode, pointer: string): { readonly node: SourceNode; readonly keys: readonly string[] } {
  let node = from;
  const keys: string[] = [];
  for (const raw of pointer.split("/").slice(1)) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (node.kind === "map") keys.push(key);
    const next: SourceNode | undefined = node.kind === "map" ? entryOf(node, key)?.value : node.kind === "list" ? node.items[Number(key)] : undefined;
    if (next === undefined) break;
    node = next;
  }
  return { node, keys };
}

function cureOf(keyword: Keyword, node: SourceNode): string | undefined {
  if (node.kind === "scalar" && node.value === null && keyword.nullCure !== undefined) return keyword.nullCure;
  if (node.kind !== "scalar" || typeof node.value !== "string") return keyword.cure;
  const suggestion = suggest(node.value, wordsIn(keyword.value ?? {}));
  return suggestion === undefined ? keyword.cure : `did you mean "${suggestion}"?`;
}

/** All words of the enums of a keyword's value, at any depth. */
function wordsIn(schema: Json): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(wordsIn);
  return Object.entries(schema).flatMap(([key, value]) => (key === "enum" && Array.isArray(value) ? value.filter((word): word is string => typeof word === "string") : wordsIn(value)));
}

function expectation(rule: string, params: { readonly [name: string]: unknown }): string | undefined {
  switch (rule) {
    case "type":
      return String(params["type"]).replaceAll(",", " or ").replaceAll("object", "a mapping").replaceAll("array", "a list").replaceAll("string", "text").replaceAll("number", "a number").replaceAll("integer", "a whole number").replaceAll("boolean", "true or false");
    case "enum":
      return Array.isArray(params["allowedValues"]) ? `one of ${params["allowedValues"].join(", ")}` : undefined;
    case "minLength":
      return "text that is not empty";
    case "minItems":
    case "maxItems":
      return `a list of at ${rule === "minItems" ? "least" : "most"} ${String(params["limit"])}`;
    case "minimum":
    case "exclusiveMinimum":
      return `${rule === "minimum" ? "at least" : "more than"} ${String(params["limit"])}`;
    default:
      return undefined;
  }
}

/** What stands there, in the words of a message. */
export function foundIn(node: SourceNode): string {
  if (node.kind === "list") return node.items.length === 0 ? "an empty list" : "a list";
  if (node.kind === "map") return node.entries.length === 0 ? "an empty mapping" : "a mapping";
  if (typeof node.value !== "string") return String(node.value);
  const shown = [...node.value].length > 40 ? `text of ${[...node.value].length} characters` : `the text ${JSON.stringify(node.value)}`;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** All keys that the value of a keyword may have, at any depth. */
function keysIn(schema: Json): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysIn);
  const own = Object.entries(schema).flatMap(([key, value]) => (key === "properties" && typeof value === "object" && value !== null ? Object.keys(value) : []));
  return [...new Set([...own, ...Object.values(schema).flatMap(keysIn)])];
}
