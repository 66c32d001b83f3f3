/**
 * Why a schema of the suite may be refused although its file is about a keyword of ours: what the schema language leaves out in words (DESIGN.md
 * §3), and what has no verdict to agree on.
 */
import type { Json } from "../../../src/compiler/registry.js";

/** Suite files whose cases are accepted unless an exclusion says otherwise. `additionalItems` and `dependencies` are draft-07's names. */
export const promised: ReadonlySet<string> = new Set([
  "type", "const", "enum", "required", "properties", "additionalProperties", "patternProperties", "propertyNames", "items", "prefixItems", "additionalItems", "minimum", "maximum", "exclusiveMinimum",
  "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "uniqueItems", "pattern", "dependentRequired", "dependencies",
]);

type Schema = { readonly [keyword: string]: Json };

export interface Exclusion {
  /** The diagnostic. */
  readonly id: string;
  /** The words that exclude the construct. */
  readonly says: string;
  /** Whether the construct is there. */
  readonly in: (schema: Schema) => boolean;
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isSchema(value) ? Object.entries(value) : [];
}

export const exclusions: readonly Exclusion[] = [
  { id: "ALLOF_NOT_A_GROUP", says: "§3: allOf is a merge, done at resolve: it holds only references to groups", in: (schema) => Object.hasOwn(schema, "allOf") },
  { id: "UNSUPPORTED_KEYWORD", says: "§3: supported are …, dependentRequired, … A keyword that an emitter would ignore is an error that names it", in: (schema) => Object.hasOwn(schema, "dependentSchemas") },
  {
    id: "WRONG_KEYWORD_VALUE",
    says: "§3: supported is dependentRequired, lists of names; draft-07's dependencies with schemas are dependentSchemas",
    in: (schema) => entriesOf(schema["dependencies"]).some(([, needs]) => !Array.isArray(needs)),
  },
  { id: "MISSING_TYPE", says: "§3: a field without type, const, enum, oneOf or $ref is an error unless kind: json", in: (schema) => entriesOf(schema["properties"]).some(([, field]) => typeof field === "boolean") },
  { id: "INVALID_NAME", says: "§3: property names [A-Za-z_][A-Za-z0-9_-]*", in: (schema) => entriesOf(schema["properties"]).some(([name]) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) },
  { id: "PROTO_PROPERTY", says: "the issue, over §3: names that collide as __proto__ are rejected", in: (schema) => entriesOf(schema["properties"]).some(([name]) => name === "__proto__") },
  // An empty enum is as unsatisfiable as `minimum: 2, maximum: 1`, which is rejected too; a column that can hold nothing is a mistake. ajv refuses to compile it.
  { id: "WRONG_KEYWORD_VALUE", says: "no verdict to agree on: ajv does not compile it", in: (schema) => Array.isArray(schema["enum"]) && schema["enum"].length === 0 },
];
