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
  return keywordsOf(value, options);
}

/** A keyword at a time: it is asked for every field, and most have hardly any. */
function keywordsOf({ types, values, number, string, array, object, variants }: Value, options: JsonSchemaOptions): { [keyword: string]: Json } {
  const schema: { [keyword: string]: Json } = {};
  if (types !== "any") schema["type"] = types.length === 1 ? (types[0] ?? "null") : types;
  if (values !== undefined) Object.assign(schema, valuesPart(values));
  if (number !== undefined) Object.assign(schema, number);
  if (string !== undefined) Object.assign(schema, string);
  if (array !== undefined) Object.assign(schema, arrayPart(array, options));
  if (object !== undefined) Object.assign(schema, objectPart(object, options));
  if (variants !== undefined) schema["oneOf"] = [...variants.cases.map((one) => objectSchema(one.object, options)), ...(types.includes("null") ? [{ type: "null" }] : [])];
  if (variants !== undefined && options.discriminators === true) schema["x-discriminator"] = variants.discriminator;
  return schema;
}

/** The schema of an object's shape, `type: object` included. */
export function objectSchema(object: ObjectShape, options: JsonSchemaOptions = nothing): JsonSchema {
  return { type: "object", ...objectPart(object, options) };
}

function fieldSchema(field: Field, options: JsonSchemaOptions): JsonSchema {
  const schema = keywordsOf(field.value, options);
  return options.annotate === undefined ? schema : Object.assign(schema, options.annotate(field));
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
