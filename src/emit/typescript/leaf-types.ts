/**
 * TypeScript for the leaves of a schema (types, enums, constants), by json-schema-to-typescript: the one file that imports it. It is asked once per
 * run for all distinct leaves; objects and arrays around them are laid out by our own printer.
 */
import type { JSONSchema4 } from "json-schema";
import type { EnumValue, TypeName, Value } from "../../compiler/registry.js";
import type { EarlierRuns } from "../emitter.js";
import { literal } from "../text.js";

const scalars: ReadonlySet<TypeName> = new Set(["null", "boolean", "integer", "number", "string"]);

/** Most leaves have one type. */
const single: { readonly [type: string]: string } = Object.fromEntries([...scalars].map((type) => [type, `{"type":"${type}"}`]));

/** Key of a leaf: equal for values of one TypeScript type. Empty where a value has no scalar part. */
export function leafKey(value: Value): string {
  if (value.types === "any") return "";
  if (value.values !== undefined) return JSON.stringify({ enum: value.values.map((one) => one.value) });
  if (value.types.length === 1) return single[value.types[0] ?? ""] ?? "";
  const types = value.types.filter((type) => scalars.has(type));
  if (types.length > 1) return JSON.stringify({ type: types });
  return types[0] === undefined ? "" : `{"type":"${types[0]}"}`;
}

export type LeafTypes = ReadonlyMap<string, string>;

/** The TypeScript of each leaf. What is `known` of earlier runs is not asked again: the library need not even be loaded then. */
export async function leafTypes(keys: Iterable<string>, known: EarlierRuns["texts"]): Promise<LeafTypes> {
  const distinct = [...new Set(keys)].filter((key) => key !== "").sort();
  const unknown = distinct.filter((key) => known.get(`leaf ${key}`) === undefined);
  if (unknown.length > 0) for (const [key, text] of await printed(unknown)) known.set(`leaf ${key}`, text);
  return new Map(distinct.map((key) => [key, known.get(`leaf ${key}`) ?? ""]));
}

async function printed(distinct: readonly string[]): Promise<LeafTypes> {
  const { compile } = await import("json-schema-to-typescript");
  const properties = Object.fromEntries(distinct.map((key, index) => [`k${index}`, schemaOf(key)]));
  const root: JSONSchema4 = { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
  const text = await quietly(() =>
    compile(root, "Leaves", {
      additionalProperties: false,
      bannerComment: "",
      format: false,
      ignoreMinAndMaxItems: true,
      $refOptions: { resolve: { external: false, file: false, http: false } },
    }),
  );
  return new Map(distinct.map((key, index) => [key, typeAfter(text, `\nk${index}: `)]));
}

/** Its literals print what a schema says as it is: values that are not plain text are printed by `literal`. */
function schemaOf(key: string): JSONSchema4 {
  const schema: { readonly type?: JSONSchema4["type"]; readonly enum?: readonly EnumValue["value"][] } = JSON.parse(key);
  if (schema.enum === undefined) return schema.type === undefined ? {} : { type: schema.type };
  if (schema.enum.every((value) => typeof value !== "object" && literal(value) === JSON.stringify(value))) return { enum: [...schema.enum] as JSONSchema4["enum"] & [] };
  return { tsType: schema.enum.map(literalType).join(" | ") };
}

function literalType(value: EnumValue["value"]): string {
  if (typeof value !== "object" || value === null) return literal(value);
  return Array.isArray(value) ? `readonly [${value.map(literalType).join(", ")}]` : `{ ${Object.entries(value).map(([key, item]) => `${literal(key)}: ${literalType(item)}`).join("; ")} }`;
}

/** The text of one property: a leaf is printed on one line. */
function typeAfter(text: string, start: string): string {
  const from = text.indexOf(start);
  if (from < 0) throw new Error(`json-schema-to-typescript left out ${start.trim()}`);
  const end = text.indexOf("\n", from + start.length);
  return text.slice(from + start.length, end).replace(/;$/, "").replace(/^\((.*)\)$/, "$1");
}

/** With VERBOSE in the environment the library logs to stdout, where results go. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const verbose = process.env["VERBOSE"];
  delete process.env["VERBOSE"];
  try {
    return await work();
  } finally {
    if (verbose !== undefined) process.env["VERBOSE"] = verbose;
  }
}
