import { literal } from "../../src/emit/text.js";
import { constant, typesOnly, valuesOnly, type Statement } from "./statements.js";

export interface SchemaModuleView {
  readonly imports: readonly string[];
  /** Functions and constants. */
  readonly declarations: readonly string[];
  /** Name of the function that checks the whole value. */
  readonly check: string;
  /** JSON between backticks, as the rule. */
  readonly schema: string;
  readonly where: string;
  readonly formats: readonly { readonly name: string; readonly helper: string }[];
  readonly rule: string;
  /** A function; absent for an open object. */
  readonly slots: string | undefined;
  /** A call; absent where nothing is rolled up. */
  readonly rollup: string | undefined;
}

/** How `user.schema.ts` reads. */
export function schemaStatements({ imports, declarations, check, schema, where, formats, rule, slots, rollup }: SchemaModuleView): readonly Statement[] {
  const formatTable = formats.length === 0 ? "" : `, formats: { ${formats.map(({ name, helper }) => `${literal(name)}: ${helper}`).join(", ")} }`;
  return [
    valuesOnly(`import { ${imports.join(", ")} } from "wevt/codegen";\n`),
    typesOnly(`import type { Check, ObjectRule, ${rollup === undefined ? "" : "Rollup, "}Slots } from "wevt/codegen";\n`),
    valuesOnly(`\n${declarations.join("\n")}\n`),
    constant({ name: "check", type: "Check", value: `/*@__PURE__*/ checker(${check}, /*@__PURE__*/ explainer({ where: ${literal(where)}${formatTable}, schema: /*@__PURE__*/ data(${schema}) }))` }),
    constant({ name: "rule", type: "ObjectRule", value: `/*@__PURE__*/ data(${rule})` }),
    constant({ name: "slots", type: "Slots | undefined", value: slots ?? "undefined" }),
    ...(rollup === undefined ? [] : [constant({ name: "rollup", type: "Rollup", value: rollup })]),
  ];
}
