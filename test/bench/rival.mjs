// What `wevt generate` is measured against: `yaml FOLDER` reads and parses; `types`, `quicktype` and `openapi` make TypeScript types of the parsed
// schemas, with json-schema-to-typescript, quicktype and openapi-typescript, and write nothing.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";

const [mode, folder = "schemas"] = process.argv.slice(2);
const schemas = readdirSync(folder).map((name) => load(readFileSync(join(folder, name), "utf8")));

const makers = { yaml: () => schemas.length, types, quicktype, openapi };
console.log(await makers[mode]());

async function types() {
  const { compile } = await import("json-schema-to-typescript");
  let bytes = 0;
  for (const one of schemas) {
    const options = { format: false, bannerComment: "", ignoreMinAndMaxItems: true, $refOptions: { resolve: { file: false, http: false } } };
    bytes += (await compile(schemaOf(one), one.partial, options)).length;
  }
  return bytes;
}

async function quicktype() {
  const { InputData, JSONSchemaInput, quicktype: run } = await import("./rivals/node_modules/quicktype-core/dist/index.js");
  const source = new JSONSchemaInput(undefined);
  for (const one of schemas) await source.addSource({ name: one.partial, schema: JSON.stringify(schemaOf(one)) });
  const inputData = new InputData();
  inputData.addInput(source);
  const { lines } = await run({ inputData, lang: "typescript", combineClasses: false, rendererOptions: { "just-types": "true" } });
  return lines.length;
}

async function openapi() {
  const { default: make, astToString } = await import("./rivals/node_modules/openapi-typescript/dist/index.mjs");
  const document = { openapi: "3.1.0", info: { title: "bench", version: "1" }, paths: {}, components: { schemas: Object.fromEntries(schemas.map((one) => [one.partial, schemaOf(one)])) } };
  return astToString(await make(document, { silent: true })).length;
}

function schemaOf({ properties, required }) {
  return { type: "object", properties: closed(properties), required, additionalProperties: false };
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
