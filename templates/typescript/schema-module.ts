import { literal } from "../../src/emit/text.js";

export interface SchemaModuleView {
  readonly header: string;
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
  /** Name of the function that checks the whole value. */
  readonly check: string;
  /** JSON between backticks, as the rule. */
  readonly schema: string;
  readonly where: string;
  readonly formats: readonly { readonly name: string; readonly helper: string }[];
  readonly rule: string;
}

/** How `user.schema.ts` reads. */
export function schemaModuleText({ header, imports, declarations, check, schema, where, formats, rule }: SchemaModuleView): string {
  const formatTable = formats.length === 0 ? "" : `, formats: { ${formats.map(({ name, helper }) => `${literal(name)}: ${helper}`).join(", ")} }`;
  return `/* eslint-disable */
// @ts-nocheck
// biome-ignore-all lint: generated
${header}
import { ${imports.join(", ")} } from "wevt/codegen";
import type { Check, ObjectRule, Schema } from "wevt/codegen";

${declarations.join("\n")}

const schema: Schema = /*@__PURE__*/ data(${schema});

export const check: Check = /*@__PURE__*/ checker(${check}, { schema, where: ${literal(where)}${formatTable} });

export const rule: ObjectRule = /*@__PURE__*/ data(${rule});
`;
}
