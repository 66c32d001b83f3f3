/** The one file that asks ajv about values: loaded when a value with a format or a shape is to be judged. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "../json-schema.js";
import type { Json } from "../registry.js";

const ajv = new Ajv2020({ strict: false, strictNumbers: true, unicodeRegExp: true, allErrors: false });
addFormats.default(ajv);
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

type Validate = ReturnType<typeof ajv.compile>;

const validators = new Map<string, Validate>();

/** Most fields of a registry share a few schemas; ajv knows one by its identity only. */
function compiled(schema: JsonSchema): Validate {
  const key = JSON.stringify(schema);
  const validate = validators.get(key) ?? ajv.compile(schema);
  validators.set(key, validate);
  return validate;
}

function isInt64(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}
