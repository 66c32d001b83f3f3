/** ajv as the judge of values in schema files: the file that imports it for that. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "../json-schema.js";
import type { Json } from "../source.js";

/** Says what the value should be, or undefined when it is right. A schema that does not compile judges nothing. */
export function createJudge(): (schema: JsonSchema, value: Json) => string | undefined {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, unicodeRegExp: true, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addFormat("int64", { type: "string", validate: isInt64 });
  const compiled = new Map<string, ReturnType<typeof ajv.compile> | undefined>();
  return (schema, value) => {
    const key = JSON.stringify(schema);
    if (!compiled.has(key)) compiled.set(key, compileOr(() => ajv.compile(schema)));
    const validate = compiled.get(key);
    if (validate === undefined || validate(value)) return undefined;
    const error = validate.errors?.[0];
    return `${error?.instancePath === undefined || error.instancePath === "" ? "it" : error.instancePath.slice(1).replaceAll("/", ".")} ${error?.message ?? "does not fit"}`;
  };
}

function compileOr<T>(compile: () => T): T | undefined {
  try {
    return compile();
  } catch {
    return undefined;
  }
}

function isInt64(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}
