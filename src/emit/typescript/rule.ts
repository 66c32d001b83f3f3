/** How a definition's values are written: the ObjectRule of the runtime contract. */
import type { Field, Json, Meta, ObjectShape, Value } from "../../compiler/registry.js";

type Data = { readonly [key: string]: Json };

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
  return {
    ...(meta.merge === "replace" ? {} : { merge: meta.merge }),
    ...(meta.handling === "plain" ? {} : { handling: meta.handling }),
    ...(numeric && factor !== undefined ? { perMs: factor } : {}),
    ...(value.types !== "any" && value.types.includes("integer") && !value.types.includes("number") ? { integer: true } : {}),
    ...(meta.decimals === undefined ? {} : { decimals: meta.decimals }),
    ...(isText(value, meta) ? { text: true } : {}),
    ...(isConcealed(meta) ? { concealed: true } : {}),
    ...(encode === undefined ? {} : { encode }),
    ...shapeRule(value),
  };
}

/** Free text that stands on the record as it was written, or the beginning of it. */
function isText({ types }: Value, { kind, handling }: Meta): boolean {
  return kind === "text" && (handling === "plain" || handling.startsWith("truncate")) && types !== "any" && types.includes("string");
}

function shapeRule({ object, array, variants }: Value): Data {
  return {
    ...(object === undefined ? {} : { object: objectRule(object) }),
    ...(array === undefined || typeof array.items === "boolean" ? {} : itemsRule(fieldRule(array.items))),
    ...(array === undefined || array.prefix.length === 0 ? {} : { prefix: array.prefix.map(fieldRule) }),
    ...(variants === undefined
      ? {}
      : { variants: { on: variants.discriminator, cases: variants.cases.map((one): Json => [one.value, objectRule(one.object)]) } }),
  };
}

function itemsRule(rule: Data): Data {
  return Object.keys(rule).length === 0 ? {} : { items: rule };
}

/** What a Date or a bigint becomes on the record; undefined where the value is written as it is. */
export function encodingOf(value: Value, meta: Pick<Meta, "kind">): "date-time" | "date" | "epoch" | "int64" | undefined {
  const format = value.string?.format;
  if (format === "date-time" || format === "date" || format === "int64") return format;
  const numeric = value.types !== "any" && value.types.some((type) => type === "integer" || type === "number");
  return numeric && meta.kind === "timestamp" ? "epoch" : undefined;
}
