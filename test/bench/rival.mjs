// What `wevt generate` is measured against: `yaml FOLDER` reads and parses, `types FOLDER` runs json-schema-to-typescript on the parsed schemas.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const [mode, folder = "schemas"] = process.argv.slice(2);
const schemas = readdirSync(folder).map((name) => load(readFileSync(join(folder, name), "utf8")));

if (mode === "types") {
  const { compile } = await import("json-schema-to-typescript");
  let bytes = 0;
  for (const { partial, properties, required } of schemas) {
    const options = { format: false, bannerComment: "", ignoreMinAndMaxItems: true, $refOptions: { resolve: { file: false, http: false } } };
    bytes += (await compile({ type: "object", properties: closed(properties), required, additionalProperties: false }, partial, options)).length;
  }
  console.log(bytes);
} else {
  console.log(schemas.length);
}

/** Closed objects and texts as descriptions, as wevt hands them over. */
function closed(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, { brief, oneOf, ...rest }]) => [name, {
    ...rest,
    ...(oneOf === undefined ? {} : { enum: oneOf.map((one) => one.const) }),
    description: brief,
    ...(rest.properties === undefined ? {} : { properties: closed(rest.properties), additionalProperties: false }),
  }]));
}
