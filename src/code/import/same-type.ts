/** Whether two values are one type to TypeScript: what a person has added to a schema (bounds, patterns, whole numbers) makes no difference. */
import type { Field, Json, ObjectShape, Value } from "../../compiler/registry.js";

/** Equal for values of one generated type. */
export function typeKey(value: Value): string {
  return JSON.stringify(shapeOf(value));
}

export function hasSameType(left: Value, right: Value): boolean {
  return typeKey(left) === typeKey(right);
}

function shapeOf({ types, values, string, array, object, variants }: Value): Json {
  const format = string?.format;
  return {
    types: types === "any" ? "any" : [...new Set(types.map((one) => (one === "integer" ? "number" : one)))].sort(),
    ...(values === undefined ? {} : { values: values.map((one) => JSON.stringify(one.value)).sort() }),
    // These decide what a builder takes.
    ...(format === "date-time" || format === "date" || format === "int64" ? { format } : {}),
    ...(array === undefined ? {} : { prefix: array.prefix.map(elementShape), items: elementShape(array.items), fixed: array.prefix.length === 0 ? 0 : Math.min(array.minItems ?? 0, array.prefix.length) }),
    ...(object === undefined ? {} : { object: objectKey(object) }),
    ...(variants === undefined ? {} : { variants: variants.cases.map((one) => JSON.stringify(objectKey(one.object))).sort() }),
  };
}

function elementShape(field: Field | boolean): Json {
  return typeof field === "boolean" ? field : shapeOf(field.value);
}

function objectKey({ fields, patterns, additional }: ObjectShape): Json {
  return {
    fields: [...fields].sort((left, right) => (left.name < right.name ? -1 : 1)).map(({ name, required, value }) => [name, required, shapeOf(value)]),
    patterns: patterns.map(({ pattern, field }) => [pattern, elementShape(field)]),
    additional: elementShape(additional),
  };
}
