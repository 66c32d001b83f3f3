/** Metadata that do not fit the field they describe. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import { maxRepeatable } from "../limits.js";
import type { Field, PartialDef, Registry, TypeName, Value } from "../registry.js";
import { walk } from "./walk.js";

export function metadata(registry: Registry, places: Places): readonly Diagnostic[] {
  const fields = walk(registry).flatMap(({ field }) => {
    if (field === undefined || !saysMore(field)) return [];
    const { path, origin, meta, value } = field;
    const at = (keyword: string) => ({ at: places(origin, keyword) });
    return [
      ...(meta.sensitivity === "secret" && meta.handling === "plain" ? [diagnostic("SECRET_IN_PLAIN", { path }, at("handling"))] : []),
      ...misfits(field).map(({ keyword, said = keyword, needs }) => diagnostic("METADATA_MISFIT", { path, keyword: said, needs }, at(keyword))),
      ...(meta.unit !== undefined && !unitSyntax.test(meta.unit) ? [diagnostic("UNIT_SYNTAX", { path, unit: meta.unit }, at("unit"))] : []),
      ...(meta.nullMeans !== undefined && !includes(value, ["null"]) ? [diagnostic("NULL_NEVER", { path }, at("nullMeans"))] : []),
      ...(meta.default !== undefined && field.required ? [diagnostic("DEFAULT_OF_REQUIRED", { path }, at("default"))] : []),
    ];
  });
  return [...fields, ...registry.partials.flatMap((partial) => endless(partial, places))];
}

function endless({ name, repeatable, origin }: PartialDef, places: Places): readonly Diagnostic[] {
  if (repeatable === undefined || repeatable.max <= maxRepeatable) return [];
  return [diagnostic("REPEATABLE_MAX", { name, max: repeatable.max, most: maxRepeatable }, { at: places(origin, "repeatable", "max") })];
}

/** Between `.` and `/` stands something; `/min` may do without a numerator. */
const unitSyntax = /^(?:currency:[A-Z]{3}|(?:\/|(?=[^./]))(?:(?:[A-Za-z0-9%*^+-]|\{[^{}]+\}|\[[^[\]]+\])(?:[./](?=[^./]))?)+)$/;
const numeric: readonly TypeName[] = ["integer", "number"];

/** False for most fields: none of the metadata judged here is said. */
function saysMore({ value, meta }: Field): boolean {
  const { sensitivity, merge, handling, decimals, unit, nullMeans, default: absent } = meta;
  return sensitivity !== "none" || merge !== "replace" || handling !== "plain" || decimals !== undefined || unit !== undefined || nullMeans !== undefined || absent !== undefined || value.string?.format !== undefined;
}

interface Misfit {
  readonly keyword: string;
  /** How the keyword is shown, with its value. */
  readonly said?: string;
  readonly needs: string;
}

function misfits({ value, meta }: Field): readonly Misfit[] {
  const { merge, handling, decimals, unit } = meta;
  const format = value.string?.format;
  const added = merge === "sum" || merge === "max" || merge === "min";
  const ofText = handling === "hash" || handling === "mask" || handling.startsWith("truncate:");
  return [
    ...(added && !includes(value, numeric) && format !== "int64" ? [{ keyword: "merge", said: `merge: ${merge}`, needs: "a number" }] : []),
    ...(merge === "append" && !includes(value, ["array"]) ? [{ keyword: "merge", said: "merge: append", needs: "an array" }] : []),
    ...(ofText && !includes(value, ["string"]) ? [{ keyword: "handling", said: `handling: ${handling}`, needs: "text" }] : []),
    ...(decimals !== undefined && !includes(value, numeric) ? [{ keyword: "decimals", needs: "a number" }] : []),
    ...(unit !== undefined && !hasNumbers(value) ? [{ keyword: "unit", needs: "a number, or a list or map of numbers" }] : []),
    ...(format !== undefined && !includes(value, ["string"]) ? [{ keyword: "format", said: `format: ${format}`, needs: format === "int64" ? "type: string (a decimal string on the record)" : "text" }] : []),
  ];
}

function includes({ types }: Value, wanted: readonly TypeName[]): boolean {
  return types === "any" || types.some((type) => wanted.includes(type));
}

/** Numbers themselves, int64 text, or what holds them. */
function hasNumbers(value: Value): boolean {
  if (includes(value, numeric) || value.string?.format === "int64") return true;
  const { items, prefix } = value.array ?? { items: false, prefix: [] };
  const { additional, patterns } = value.object ?? { additional: false, patterns: [] };
  return [items, additional, ...prefix, ...patterns.map((one) => one.field)].some((field) => typeof field !== "boolean" && hasNumbers(field.value));
}
