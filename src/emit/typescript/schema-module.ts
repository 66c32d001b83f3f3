/** `user.schema.ts`: the heavy half of a definition, its validator and the rule by which it is written. */
import { objectSchema } from "../../compiler/json-schema.js";
import type { Format, OriginatorDef, PartialDef, ServiceDef } from "../../compiler/registry.js";
import { schemaModuleText } from "../../../templates/typescript/schema-module.js";
import { printData } from "./data.js";
import { formatHelper, objectCheck, type CheckModule, type CheckName } from "./fast-check.js";
import { isConcealed, objectRule } from "./rule.js";

export interface SchemaModuleOptions {
  /** The header line that names the source. */
  readonly header: string;
  /** For tests: checks that are left out. */
  readonly without?: ReadonlySet<CheckName>;
}

/** The text of a definition's `.schema.ts`. */
export function schemaModule(definition: PartialDef | OriginatorDef | ServiceDef, { header, without }: SchemaModuleOptions): string {
  const module: CheckModule = { declarations: [], imports: new Set(["checker", "data"]), formats: new Set<Format>(), ...(without === undefined ? {} : { without }) };
  const check = objectCheck(module, definition.object);
  const formats = [...module.formats].sort();
  for (const format of formats) module.imports.add(formatHelper(format));
  const schema = objectSchema(definition.object, {
    discriminators: true,
    annotate: (field) => (isConcealed(field.meta) ? { "x-concealed": true } : {}),
  });
  return schemaModuleText({
    header,
    imports: [...module.imports].sort(),
    declarations: module.declarations,
    check,
    schema: printData(schema, 2),
    where: `${definition.kind}:${definition.name}`,
    formats: formats.map((format) => ({ name: format, helper: formatHelper(format) })),
    rule: printData(objectRule(definition.object), 2),
  });
}
