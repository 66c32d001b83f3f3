/** The heavy half of a definition, its validator and the rule by which it is written: `user.schema.ts`, or the first part of `user.js`. */
import { objectSchema } from "../../compiler/json-schema.js";
import type { OriginatorDef, PartialDef, ServiceDef } from "../../compiler/registry.js";
import { makers } from "../../../templates/typescript/definition-module.js";
import { schemaStatements } from "../../../templates/typescript/schema-module.js";
import { moduleText, type Form, type Statement } from "../../../templates/typescript/statements.js";
import { checkModule, type CheckName } from "./check-module.js";
import { printData } from "./data.js";
import { isClosed, listingCheck, objectCheck } from "./fast-check.js";
import { isConcealed, objectRule } from "./rule.js";
import { rollupCall } from "./rollup.js";
import { formatHelper } from "./scalar-tests.js";

export interface SchemaModuleOptions {
  /** The header line that names the source. */
  readonly header: string;
  /** Default: `ts`. */
  readonly form?: Form;
  /** For tests: checks that are left out. */
  readonly without?: ReadonlySet<CheckName>;
}

/** Not for the user's linters. */
export const unlinted = "/* eslint-disable */\n// biome-ignore-all lint: generated\n";

/** The text of a definition's `.schema.ts`. */
export function schemaModule(definition: PartialDef | OriginatorDef | ServiceDef, { header, ...options }: SchemaModuleOptions): string {
  return moduleText(`/* eslint-disable */\n// @ts-nocheck\n// biome-ignore-all lint: generated\n${header}`, schemaHalf(definition, options), "ts");
}

/** The heavy half of a definition, which in JavaScript stands in one module with the other. */
export function schemaHalf(definition: PartialDef | OriginatorDef | ServiceDef, { form = "ts", without }: Omit<SchemaModuleOptions, "header">): readonly Statement[] {
  const module = checkModule({ plain: form === "js", ...(without === undefined ? {} : { without }) });
  for (const name of ["checker", "data", "explainer", ...(form === "js" ? [makers[definition.kind].maker] : [])]) module.imports.add(name);
  const lists = isClosed(definition.object);
  const check = lists ? listingCheck(module, definition.object) : objectCheck(module, definition.object);
  const rollup = definition.kind === "partial" && definition.rollup !== undefined ? rollupCall(module, definition.object, definition.rollup) : undefined;
  const formats = [...module.formats].sort();
  for (const format of formats) module.imports.add(formatHelper(format));
  const schema = objectSchema(definition.object, {
    discriminators: true,
    annotate: (field) => (isConcealed(field.meta) ? { "x-concealed": true } : {}),
  });
  return schemaStatements({
    imports: [...module.imports].sort(),
    declarations: module.declarations,
    check,
    schema: printData(schema, 2),
    where: `${definition.kind}:${definition.name}`,
    formats: formats.map((format) => ({ name: format, helper: formatHelper(format) })),
    rule: printData(objectRule(definition.object), 2),
    slots: lists ? check : undefined,
    rollup,
  });
}
