/** The one file that asks ajv about values: loaded when a value with a format or a shape is to be judged. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonSchema } from "../json-schema.js";
import type { Json } from "../registry.js";
import { isInt64, knownFormats } from "./text-formats.js";

/** The schemas are ours: to judge them too, or to load what judges them, takes longer than all values. */
const ajv = new Ajv2020({ meta: false, validateSchema: false, strict: false, strictNumbers: true, unicodeRegExp: true, allErrors: false, formats: knownFormats });
ajv.addFormat("int64", { type: "string", validate: isInt64 });

/**
 * Why the schema refuses a value, or undefined. A schema that does not compile has a bad pattern, which is told elsewhere; a value with a key like
 * `toString` makes ajv throw where it compares, and goes unjudged.
 */
export function refusalBySchema(schema: JsonSchema, value: Json): string | undefined {
  try {
    const validate = compiled(schema);
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    const where = error === undefined || error.instancePath === "" ? "it" : error.instancePath;
    return `${where} ${error?.message ?? "does not fit"}`;
  } catch {
    return undefined;
  }
}

/** One way in which a value does not fit. */
export interface Mistake {
  /** The value at fault, by JSON pointer; of a key that is missing or unknown, the object. */
  readonly pointer: string;
  /** `must be >= 1`. */
  readonly problem: string;
  /** The key that the object does not know, and those it does. */
  readonly unknown?: { readonly key: string; readonly known: readonly string[] };
}

/** Every mistake in a value, in its order; or, as a text, why the schema is none. */
export function mistakesBySchema(schema: Json, value: Json): readonly Mistake[] | string {
  if (typeof schema !== "object" || schema === null) return "it is no object";
  const strict = new Ajv2020({ strict: false, strictNumbers: true, unicodeRegExp: true, allErrors: true, verbose: true, logger: false, formats: knownFormats });
  try {
    const validate = strict.compile(schema);
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf").map(({ schemaPath }) => `${schemaPath}/`);
    return errors.filter(({ keyword, schemaPath }) => keyword !== "if" && keyword !== "propertyNames" && !choices.some((choice) => schemaPath.startsWith(choice))).map(mistakeOf);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function mistakeOf({ instancePath: pointer, keyword, params, message = "does not fit", parentSchema, propertyName }: NonNullable<Validate["errors"]>[number]): Mistake {
  const list = (values: readonly unknown[]): string => `must be ${values.map((one) => JSON.stringify(one)).join(" or ")}`;
  if (propertyName !== undefined) return { pointer, problem: `has the key ${JSON.stringify(propertyName)}, which ${message}` };
  switch (keyword) {
    case "additionalProperties":
      return { pointer, problem: message, unknown: { key: String(params["additionalProperty"]), known: Object.keys(parentSchema?.["properties"] ?? {}) } };
    case "unevaluatedProperties":
      return { pointer, problem: message, unknown: { key: String(params["unevaluatedProperty"]), known: Object.keys(parentSchema?.["properties"] ?? {}) } };
    case "enum":
      return { pointer, problem: list(params["allowedValues"]) };
    case "const":
      return { pointer, problem: list([params["allowedValue"]]) };
    default:
      return { pointer, problem: message };
  }
}

type Validate = ReturnType<typeof ajv.compile>;

const validators = new Map<string, Validate>();

/** Most fields of a registry share a few schemas; ajv knows one by its identity only. */
function compiled(schema: JsonSchema): Validate {
  const key = JSON.stringify(schema);
  const validate = validators.get(key) ?? ajv.compile(schema);
  validators.set(key, validate);
  return validate;
}
