/** A resolved Value printed as plain JSON Schema 2020-12: closed, without `$ref`, without metadata unless asked for. */
import type { ArrayShape, EnumValue, Field, Json, ObjectShape, Value } from "./registry.js";

export type JsonSchema = { readonly [keyword: string]: Json };

export interface JsonSchemaOptions {
  /** Annotations to put on the schema of each field below: `description`, `x-*`. Default: none. */
  readonly annotate?: (field: Field) => JsonSchema;
  /** Name the property that tells variants apart: `x-discriminator`. Default: false. */
  readonly discriminators?: boolean;
}

const nothing: JsonSchemaOptions = {};

/**
 * The schema of a value. Every verdict of ajv on it is the verdict of our grammar.
 *
 *     valueSchema({ types: ["string"], string: { maxLength: 3 } })  // { type: "string", maxLength: 3 }
 */
export function valueSchema(value: Value, options: JsonSchemaOptions = nothing): JsonSchema {
  const { types, values, number, string, array, object, variants } = value;
  return {
    ...typePart(types),
    ...(values === undefined ? {} : valuesPart(values)),
    ...number,
    ...string,
    ...(array === undefined ? {} : arrayPart(array, options)),
    ...(object === undefined ? {} : objectPart(object, options)),
    ...(variants === undefined ? {} : { oneOf: [...variants.cases.map((one) => objectSchema(one.object, options)), ...(types.includes("null") ? [{ type: "null" }] : [])] }),
    ...(variants === undefined || options.discriminators !== true ? {} : { "x-discriminator": variants.discriminator }),
  };
}

/** The schema of an object's shape, `type: object` included. */
export function objectSchema(object: ObjectShape, options: JsonSchemaOptions = nothing): JsonSchema {
  return { type: "object", ...objectPart(object, options) };
}

function fieldSchema(field: Field, options: JsonSchemaOptions): JsonSchema {
  const schema = valueSchema(field.value, options);
  return options.annotate === undefined ? schema : { ...schema, ...options.annotate(field) };
}

function typePart(types: Value["types"]): JsonSchema {
  if (types === "any") return {};
  return { type: types.length === 1 ? (types[0] ?? "null") : types };
}

function valuesPart(values: readonly EnumValue[]): JsonSchema {
  return values.length === 1 ? { const: values[0]?.value ?? null } : { enum: values.map((one) => one.value) };
}

function arrayPart(array: ArrayShape, options: JsonSchemaOptions): JsonSchema {
  const { prefix, items, ...counts } = array;
  return {
    ...(prefix.length === 0 ? {} : { prefixItems: prefix.map((field) => fieldSchema(field, options)) }),
    ...(items === true ? {} : { items: items === false ? false : fieldSchema(items, options) }),
    ...counts,
  };
}

function objectPart(object: ObjectShape, options: JsonSchemaOptions): JsonSchema {
  const { fields, patterns, additional, keys, requiredUndeclared, dependentRequired, minProperties, maxProperties } = object;
  const required = [...fields.filter((field) => field.required).map((field) => field.name), ...requiredUndeclared];
  return {
    ...(fields.length === 0 ? {} : { properties: fromPairs(fields.map((field) => [field.name, fieldSchema(field, options)])) }),
    ...(patterns.length === 0 ? {} : { patternProperties: fromPairs(patterns.map(({ pattern, field }) => [pattern, booleanOr(field, options)])) }),
    ...(additional === true ? {} : { additionalProperties: booleanOr(additional, options) }),
    ...(keys === undefined ? {} : { propertyNames: keys === false ? false : valueSchema(keys, options) }),
    ...(required.length === 0 ? {} : { required }),
    ...(dependentRequired.length === 0 ? {} : { dependentRequired: fromPairs(dependentRequired.map(({ when, require }) => [when, require])) }),
    ...(minProperties === undefined ? {} : { minProperties }),
    ...(maxProperties === undefined ? {} : { maxProperties }),
  };
}

function booleanOr(field: Field | boolean, options: JsonSchemaOptions): Json {
  return typeof field === "boolean" ? field : fieldSchema(field, options);
}

function fromPairs(pairs: readonly (readonly [string, Json])[]): JsonSchema {
  return Object.fromEntries(pairs);
}
