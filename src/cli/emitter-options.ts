/** Judges the options of an entry of `generate` by the JSON Schema that its emitter declares. */
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import type { Mistake } from "../compiler/rules/value-judge.js";
import type { Json } from "../compiler/source.js";
import { suggest } from "../compiler/suggest.js";
import type { Emitter } from "../emit/emitter.js";
import type { Place } from "./failure.js";

type Options = { readonly [name: string]: Json };

/** Where an option or its key stands in the config, by JSON pointer below the entry. */
type PlaceOf = (pointer: string, part?: "key") => Place;

/** Every mistake at its option. What plainly fits is not asked about: the judge takes longer to load than most projects to generate. */
export async function wrongOptions({ name, options: schema }: Pick<Emitter, "name" | "options">, options: Options, placeOf: PlaceOf): Promise<readonly Diagnostic[]> {
  if (plainlyFits(schema, options)) return [];
  const { mistakesBySchema } = await import("../compiler/rules/value-judge.js");
  const mistakes = mistakesBySchema(schema, options);
  if (typeof mistakes === "string") return [diagnostic("EMITTER_BAD_SCHEMA", { name, reason: mistakes }, placeOf(""))];
  return mistakes.map((mistake) => {
    const { pointer, problem, unknown } = mistake;
    if (unknown !== undefined) return unknownOption(mistake, unknown, placeOf);
    return diagnostic("WRONG_OPTION", { emitter: name, key: shown(pointer), problem, found: JSON.stringify(valueAt(options, pointer)) }, placeOf(pointer));
  });
}

function unknownOption({ pointer }: Mistake, { key, known }: NonNullable<Mistake["unknown"]>, placeOf: PlaceOf): Diagnostic {
  const all = pointer === "" ? ["emitter", "out", ...known] : known;
  const suggestion = suggest(key, all);
  const at = placeOf(`${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, "key");
  return diagnostic("UNKNOWN_CONFIG_KEY", { key, known: all, ...(suggestion === undefined ? {} : { suggestion }) }, at);
}

/** True when the schema asks for plain values only and gets them. False proves nothing. */
function plainlyFits(schema: Options, options: Options): boolean {
  const { properties = {} } = schema;
  if (!isMap(properties) || !onlyHas(schema, ["type", "properties", "additionalProperties", "description", "title"])) return false;
  return Object.entries(options).every(([name, value]) => {
    const wanted = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!isMap(wanted) || !onlyHas(wanted, ["type", "enum", "default", "description", "title"])) return false;
    const { type, enum: allowed } = wanted;
    const isType = type === undefined || (typeof value === type && (type === "string" || type === "boolean"));
    return isType && (allowed === undefined || (Array.isArray(allowed) && allowed.includes(value)));
  });
}

function onlyHas(schema: Options, keywords: readonly string[]): boolean {
  return Object.keys(schema).every((keyword) => keywords.includes(keyword));
}

/** `/columns/0/name` is `columns[0].name` to a person. */
function shown(pointer: string): string {
  const parts = partsOf(pointer).map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`));
  return parts.join("").replace(/^\./, "");
}

function partsOf(pointer: string): readonly string[] {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: Json, pointer: string): Json {
  return partsOf(pointer).reduce<Json>((inside, part) => (Array.isArray(inside) ? (inside[Number(part)] ?? null) : isMap(inside) ? (inside[part] ?? null) : null), value);
}

function isMap(value: Json | undefined): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
