/** How a definition's values are written: the ObjectRule of the runtime contract. */
import type { Field, Json, Meta, ObjectShape, Value } from "../../compiler/registry.js";

type Data = { readonly [key: string]: Json };

/** While it is made. A key at a time: there is a rule for every field, and most have hardly any. */
type Making = { [key: string]: Json };

/** Milliseconds to the unit of a field. */
const perMs: { readonly [unit: string]: number } = { ns: 1e6, us: 1e3, ms: 1, s: 1e-3, min: 1 / 60_000, h: 1 / 3_600_000, d: 1 / 86_400_000 };

export function isTimeUnit(unit: string | undefined): boolean {
  return unit !== undefined && Object.hasOwn(perMs, unit);
}

/** True where a field's values are never shown in an issue or a problem. */
export function isConcealed({ sensitivity }: Pick<Meta, "sensitivity">): boolean {
  return sensitivity !== "none" && sensitivity !== "internal";
}

export function objectRule(object: ObjectShape): Data {
  return {
    fields: Object.fromEntries(object.fields.map((field) => [field.name, fieldRule(field)])),
    ...(object.patterns.length === 0 ? {} : { patterns: object.patterns.flatMap(({ pattern, field }) => (field === false ? [] : [[pattern, field === true ? {} : fieldRule(field)]])) }),
    ...(object.additional === false ? {} : { rest: object.additional === true ? {} : fieldRule(object.additional) }),
  };
}

export function fieldRule({ value, meta }: Field): Data {
  const encode = encodingOf(value, meta);
  const numeric = value.types !== "any" && value.types.some((type) => type === "number" || type === "integer");
  const factor = meta.unit === undefined ? undefined : perMs[meta.unit];
  const rule: Making = {};
  if (meta.merge !== "replace") rule["merge"] = meta.merge;
  if (meta.handling !== "plain") rule["handling"] = meta.handling;
  if (numeric && factor !== undefined) rule["perMs"] = factor;
  if (value.types !== "any" && value.types.includes("integer") && !value.types.includes("number")) rule["integer"] = true;
  if (meta.decimals !== undefined) rule["decimals"] = meta.decimals;
  if (isText(value, meta)) rule["text"] = true;
  if (isConcealed(meta)) rule["concealed"] = true;
  if (encode !== undefined) rule["encode"] = encode;
  addShape(rule, value);
  return rule;
}

/** Free text that stands on the record as it was written, or the beginning of it. */
function isText({ types }: Value, { kind, handling }: Meta): boolean {
  return kind === "text" && (handling === "plain" || handling.startsWith("truncate")) && types !== "any" && types.includes("string");
}

function addShape(rule: Making, { object, array, variants }: Value): void {
  if (object !== undefined) rule["object"] = objectRule(object);
  const items = typeof array?.items === "object" ? fieldRule(array.items) : {};
  if (Object.keys(items).length > 0) rule["items"] = items;
  if (array !== undefined && array.prefix.length > 0) rule["prefix"] = array.prefix.map(fieldRule);
  if (variants !== undefined) rule["variants"] = { on: variants.discriminator, cases: variants.cases.map((one): Json => [one.value, objectRule(one.object)]) };
}

/** What a Date or a bigint becomes on the record; undefined where the value is written as it is. */
export function encodingOf(value: Value, meta: Pick<Meta, "kind">): "date-time" | "date" | "epoch" | "int64" | undefined {
  const format = value.string?.format;
  if (format === "date-time" || format === "date" || format === "int64") return format;
  const numeric = value.types !== "any" && value.types.some((type) => type === "integer" || type === "number");
  return numeric && meta.kind === "timestamp" ? "epoch" : undefined;
}
