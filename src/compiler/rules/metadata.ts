/** Metadata that contradict the field they stand on: a unit on a text, a sum of texts, a secret that is written plainly. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Field, Registry, TypeName, Value } from "../registry.js";
import { suggest } from "../suggest.js";
import { walk } from "./walk.js";

export function metadata(registry: Registry, places: Places): readonly Diagnostic[] {
  const fields = walk(registry).flatMap(({ field }) => (field === undefined ? [] : [field]));
  const paths = new Set([...registry.partials.map((one) => one.name), ...fields.map((field) => field.path)]);
  return fields.flatMap((field) => [...wrongMerge(field, places), ...wrongHandling(field, places), ...wrongNumber(field, places), ...wrongFormat(field, places), ...wrongTexts(field, paths, places)]);
}

function typesOf(value: Value): readonly TypeName[] {
  return value.types === "any" ? [] : value.types.filter((type) => type !== "null");
}

function typeWords(value: Value): string {
  return value.types === "any" ? "any JSON" : typesOf(value).join(" or ") || "null";
}

function isNumeric(value: Value): boolean {
  const types = typesOf(value);
  return types.length > 0 && types.every((type) => type === "number" || type === "integer");
}

/** Numbers, also inside arrays and maps: `latencies: { items: { type: number }, unit: ms }`. */
function holdsNumbers(value: Value): boolean {
  const inner = [value.array?.items, value.object?.additional].filter((one) => typeof one === "object");
  return typesOf(value).some((type) => type === "number" || type === "integer") || inner.some((field) => holdsNumbers(field.value)) || value.string?.format === "int64";
}

function wrongMerge({ path, value, meta: { merge }, origin }: Field, places: Places): readonly Diagnostic[] {
  if (merge === "replace" || merge === "keep") return [];
  const types = typesOf(value);
  const fits = merge === "append" ? types.length > 0 && types.every((type) => type === "array") : isNumeric(value);
  return fits ? [] : [diagnostic("WRONG_MERGE", { path, merge, types: typeWords(value) }, { at: places(origin) })];
}

function wrongHandling({ path, value, meta: { handling, sensitivity }, origin }: Field, places: Places): readonly Diagnostic[] {
  const at = places(origin);
  if (handling === "plain" && sensitivity === "secret") return [diagnostic("PLAIN_SECRET", { path }, { at })];
  if (handling === "plain" || handling === "drop") return [];
  const types = typesOf(value);
  const fits = types.length > 0 && types.every((type) => type === "string");
  return fits ? [] : [diagnostic("WRONG_HANDLING", { path, handling, types: typeWords(value) }, { at })];
}

function wrongNumber({ path, value, meta, origin }: Field, places: Places): readonly Diagnostic[] {
  if (value.types === "any" || holdsNumbers(value)) return [];
  const keywords = [...(meta.unit === undefined ? [] : ["unit"]), ...(meta.decimals === undefined ? [] : ["decimals"])];
  return keywords.map((keyword) => diagnostic("NOT_A_NUMBER_FIELD", { path, keyword, types: typeWords(value) }, { at: places(origin) }));
}

function wrongFormat({ path, value, origin }: Field, places: Places): readonly Diagnostic[] {
  const format = value.string?.format;
  if (format === undefined || value.types === "any" || value.types.includes("string")) return [];
  return [diagnostic("FORMAT_OF_NO_STRING", { path, format, types: typeWords(value) }, { at: places(origin) })];
}

function wrongTexts({ path, value, meta, origin }: Field, paths: ReadonlySet<string>, places: Places): readonly Diagnostic[] {
  const at = places(origin);
  const nullable = value.types === "any" || value.types.includes("null") || (value.values?.some((one) => one.value === null) ?? false);
  const target = meta.deprecation?.replacedBy;
  const conditions = typeof meta.when === "object" ? Object.keys(meta.when) : [];
  const unknown = (keyword: string, name: string): Diagnostic => {
    const suggestion = suggest(name, paths);
    return diagnostic("UNKNOWN_PATH", { path, keyword, target: name, ...(suggestion === undefined ? {} : { suggestion }) }, { at });
  };
  return [
    ...(meta.nullMeans !== undefined && !nullable ? [diagnostic("NULL_MEANS_NOTHING", { path }, { at })] : []),
    ...(target !== undefined && !paths.has(target) ? [unknown("replacedBy", target)] : []),
    ...conditions.filter((name) => !paths.has(name)).map((name) => unknown("when", name)),
  ];
}
