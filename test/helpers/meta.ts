/** The grammar in schemas/meta as a plain JSON Schema validator reads it: ajv, as an editor's language server would. */
import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const base = "https://wevt.invalid/meta/";
const names = ["definition", "partial", "originator", "service", "event", "group", "config"] as const;

/** `definition` reads schema files, `config` reads wevt.config.yaml. */
export function metaValidators(): { readonly definition: ValidateFunction; readonly config: ValidateFunction } {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: true });
  for (const name of names) {
    const text = readFileSync(new URL(`../../schemas/meta/${name}.json`, import.meta.url), "utf8");
    ajv.addSchema({ ...JSON.parse(text), $id: `${base}${name}.json` });
  }
  return { definition: required(ajv, "definition"), config: required(ajv, "config") };
}

function required(ajv: Ajv2020, name: string): ValidateFunction {
  const found = ajv.getSchema(`${base}${name}.json`);
  if (found === undefined) throw new Error(`schemas/meta/${name}.json does not compile`);
  return found;
}
