/** Random schemas of our language, values that fit them, and what can be done to such a value. */
import fc from "fast-check";

export type Schema = { readonly [keyword: string]: unknown };

/** Texts that have a format, and texts that nearly have it; no text on which format checkers are known to differ. */
const formatTexts: { readonly [format: string]: readonly [right: string, wrong: string] } = {
  "date-time": ["2024-02-29T12:00:00Z", "2024-02-30T12:00:00Z"],
  date: ["2024-02-29", "2023-02-29"],
  time: ["12:00:00Z", "25:00:00Z"],
  duration: ["P1DT2H", "P"],
  email: ["a@example.com", "a.example.com"],
  hostname: ["example.com", "-a-.com"],
  ipv4: ["10.0.0.1", "10.0.0.256"],
  ipv6: ["::1", "::1::"],
  uri: ["https://example.com/a", "example"],
  uuid: ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08"],
};
/** Some that every object inherits; not toString and constructor, which ajv's own comparison of values calls. */
const names = ["a", "b", "c", "x-1", "isPrototypeOf", "toLocaleString"] as const;
const patterns = ["^x-", "^[ab]", "\\d$"] as const;

const text = fc.constantFrom("", "a", "ab", "abcd", "x-1", "\u{1f4a9}", "\u{1f4a9}\u{1f4a9}", ...Object.values(formatTexts).flat());
const number = fc.oneof(fc.integer({ min: -4, max: 7 }), fc.constantFrom(0.5, 1.25, 0.1, 1e21, -0));
const leaf = fc.oneof(text, number, fc.constantFrom(null, true, false));

/** A keyword that is there or not. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

function schemaOf(keywords: { readonly [keyword: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Schema> {
  return fc.record(keywords).map((schema) => Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined)));
}

const nullable = (type: string): fc.Arbitrary<unknown> => fc.oneof({ weight: 3, arbitrary: fc.constant(type) }, { weight: 1, arbitrary: fc.constant([type, "null"]) });

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  schemaOf({ type: nullable("integer"), minimum: maybe(fc.integer({ min: -3, max: 1 })), maximum: maybe(fc.integer({ min: 2, max: 6 })) }),
  schemaOf({ type: nullable("number"), exclusiveMinimum: maybe(fc.integer({ min: -3, max: 0 })), exclusiveMaximum: maybe(fc.integer({ min: 2, max: 6 })), multipleOf: maybe(fc.constantFrom(0.5, 1, 2)) }),
  schemaOf({ type: nullable("string"), minLength: maybe(fc.integer({ min: 0, max: 2 })), maxLength: maybe(fc.integer({ min: 2, max: 5 })), pattern: maybe(fc.constantFrom("^[ab]+$", "^\\p{L}*$", "x")) }),
  schemaOf({ type: nullable("string"), format: fc.constantFrom(...Object.keys(formatTexts)) }),
  schemaOf({ type: nullable("boolean") }),
  schemaOf({ enum: fc.uniqueArray(fc.oneof(fc.constantFrom("a", "ab"), fc.integer({ min: -3, max: 12 })), { minLength: 1, maxLength: 12 }) }),
  schemaOf({ const: fc.constantFrom("a", 1, true) }),
  schemaOf({ kind: fc.constant("json") }),
);

const { schema, object } = fc.letrec<{ schema: Schema; object: Schema; array: Schema; variants: Schema }>((tie) => ({
  schema: fc.oneof({ maxDepth: 3, depthIdentifier: "schema" }, scalar, tie("object"), tie("array"), tie("variants")),
  array: schemaOf({
    type: nullable("array"), items: fc.oneof(tie("schema"), fc.constant(undefined)), prefixItems: maybe(fc.array(tie("schema"), { minLength: 1, maxLength: 2 })), minItems: maybe(fc.integer({ min: 0, max: 1 })), maxItems: maybe(fc.integer({ min: 2, max: 4 })),
    uniqueItems: maybe(fc.boolean()),
  }).chain((one) => (one["items"] !== undefined ? fc.constant(one) : one["prefixItems"] === undefined ? fc.constant({ ...one, items: { kind: "json" } }) : fc.boolean().map((items) => (items ? one : { ...one, items: false })))),
  object: schemaOf({
    type: nullable("object"),
    properties: fc.dictionary(fc.constantFrom(...names), tie("schema"), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    additionalProperties: fc.oneof({ weight: 3, arbitrary: fc.boolean() }, { weight: 1, arbitrary: tie("schema") }),
    patternProperties: maybe(fc.dictionary(fc.constantFrom(...patterns), fc.oneof(tie("schema"), fc.constant(false)), { minKeys: 1, maxKeys: 2, noNullPrototype: true })),
    propertyNames: maybe(schemaOf({ maxLength: maybe(fc.constantFrom(1, 3)), pattern: fc.constant("^[abcx]") })),
    minProperties: maybe(fc.integer({ min: 0, max: 1 })),
    maxProperties: maybe(fc.integer({ min: 2, max: 4 })),
    wanted: fc.subarray([...names]),
    needs: maybe(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names))),
  }).map(withRequired),
  variants: fc
    .tuple(fc.constantFrom(["one", "two", "three"], [1, 2, 3], [true, false]), fc.array(fc.tuple(fc.dictionary(fc.constantFrom("a", "b"), tie("schema"), { maxKeys: 2, noNullPrototype: true }), fc.boolean()), { minLength: 2, maxLength: 2 }), fc.boolean())
    .map(([kinds, cases, nullable]) => ({ oneOf: [...cases.map(([properties, additionalProperties], index) => variant({ kind: kinds[index], properties, additionalProperties, index })), ...(nullable ? [{ type: "null" }] : [])] })),
}));

/** A name that two variants share would have two types. */
function variant({ kind, properties, additionalProperties, index }: { readonly kind: unknown; readonly properties: { readonly [name: string]: Schema }; readonly additionalProperties: boolean; readonly index: number }): Schema {
  const own = Object.fromEntries(Object.entries(properties).map(([name, field]) => [`${name}${index}`, field]));
  return { type: "object", required: ["kind", ...Object.keys(own).slice(0, 1)], properties: { kind: { const: kind }, ...own }, additionalProperties };
}

/** `required` and `dependentRequired` name what is declared, the counts leave room for it, and there is something that is not refused. */
function withRequired({ wanted, needs, ...one }: Schema): Schema {
  const declared = Object.keys(propertiesOf(one));
  const required = listOf(wanted).filter((name) => declared.includes(String(name)) && !isRefused(one, String(name))).slice(0, 2);
  const [when, need] = listOf(needs).map(String);
  const depends = when !== undefined && need !== undefined && when !== need && declared.includes(when) && declared.includes(need);
  const open = declared.every((name) => isRefused(one, name));
  return { ...one, ...(open ? { additionalProperties: true } : {}), ...(required.length === 0 ? {} : { required }), ...(depends ? { dependentRequired: { [when]: [need] } } : {}) };
}

/** What the rules for keys refuse cannot be required. */
function isRefused({ propertyNames, patternProperties }: Schema, name: string): boolean {
  const { maxLength = Infinity, pattern = "" } = isSchema(propertyNames) ? propertyNames : {};
  const forbidden = isSchema(patternProperties) ? Object.keys(patternProperties).filter((one) => patternProperties[one] === false) : [];
  return [...name].length > Number(maxLength) || !new RegExp(String(pattern), "u").test(name) || forbidden.some((one) => new RegExp(one, "u").test(name));
}

export const schemas: fc.Arbitrary<Schema> = fc.oneof(schema, object);

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function propertiesOf(one: Schema): { readonly [name: string]: Schema } {
  const found = isSchema(one["properties"]) ? Object.entries(one["properties"]) : [];
  return Object.fromEntries(found.flatMap(([name, field]) => (isSchema(field) ? [[name, field]] : [])));
}

/** Values that mostly fit a schema. */
export function valuesOf(one: Schema): fc.Arbitrary<unknown> {
  if (isSchema(one["oneOf"]) || Array.isArray(one["oneOf"])) return fc.oneof(...listOf(one["oneOf"]).flatMap((branch) => (isSchema(branch) ? [valuesOf(branch)] : [])));
  if (Array.isArray(one["enum"])) return fc.constantFrom<unknown>(...one["enum"]);
  if ("const" in one) return fc.constant(one["const"]);
  const [type, orNull] = [one["type"]].flat();
  const right = valuesOfType(one, type);
  return orNull === undefined ? right : fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: fc.constant(null) });
}

function valuesOfType(one: Schema, type: unknown): fc.Arbitrary<unknown> {
  switch (type) {
    case "object":
      return objectsOf(one);
    case "array":
      return arraysOf(one);
    case "string":
      return fc.constantFrom(...(formatTexts[String(one["format"])]?.slice(0, 1) ?? ["a", "ab", "aab", "xa"]));
    case "integer":
    case "number":
      return fc.constantFrom(-1, 0, 1, 2);
    case "boolean":
      return fc.boolean();
    default:
      return leaf;
  }
}

function objectsOf(one: Schema): fc.Arbitrary<unknown> {
  const properties = propertiesOf(one);
  const required = listOf(one["required"]).map(String);
  return fc.record(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(field)])), { requiredKeys: Object.keys(properties).filter((name) => required.includes(name)), noNullPrototype: true });
}

function arraysOf({ prefixItems, items }: Schema): fc.Arbitrary<unknown> {
  const prefix = fc.tuple(...listOf(prefixItems).map((item) => (isSchema(item) ? valuesOf(item) : leaf)));
  const rest = items === false ? fc.constant([]) : fc.array(isSchema(items) ? valuesOf(items) : leaf, { maxLength: 2 });
  return fc.tuple(prefix, rest).map((parts) => parts.flat());
}

/** One change of a value, somewhere in it. */
export interface Change {
  readonly where: number;
  readonly how: "replace" | "remove" | "add" | "repeat";
  readonly name: string;
  readonly value: unknown;
}

const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, leaf, fc.array(tie("value"), { maxLength: 2 }), fc.dictionary(fc.constantFrom(...names, "a0", "kind"), tie("value"), { maxKeys: 2, noNullPrototype: true })),
})).value;

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({ where: fc.nat(), how: fc.constantFrom("replace", "remove", "add", "repeat"), name: fc.constantFrom(...names, "a0", "b1", "d", "kind", "x-22"), value: anything }),
  { maxLength: 2 },
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_item, index) => index) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsOf(Reflect.get(value, key), [...path, key]))];
}

/** The value with its changes; the value itself stays as it is. */
export function changed(value: unknown, all: readonly Change[]): unknown {
  return all.reduce((now, change) => {
    const paths = pathsOf(now);
    return changeAt(now, paths[change.where % paths.length] ?? [], change);
  }, value);
}

function changeAt(value: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) return changeHere(value, change);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => (index === key ? changeAt(item, rest, change) : item));
    return change.how === "remove" && rest.length === 0 ? items.toSpliced(Number(key), 1) : items;
  }
  if (!isSchema(value)) return value;
  const entries = Object.entries(value).flatMap(([name, one]) => (name !== key ? [[name, one]] : change.how === "remove" && rest.length === 0 ? [] : [[name, changeAt(one, rest, change)]]));
  return Object.fromEntries(entries);
}

function changeHere(value: unknown, { how, name, value: other }: Change): unknown {
  if (how === "repeat" && Array.isArray(value)) return [...value, value.at(0) ?? other];
  if (how === "add" && Array.isArray(value)) return [...value, other];
  if (how === "add" && isSchema(value)) return { ...value, [name]: other };
  return how === "replace" ? other : value;
}
