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

/** How `user.schema.ts` reads; in JavaScript, how the first half of `user.js` does. */
export function schemaStatements({ imports, declarations, check, schema, where, formats, rule, slots, rollup }: SchemaModuleView): readonly Statement[] {
  const half = (name: string, type: string, value: string): Statement => {
    const exported = constant({ name, type, value });
    return (form) => (form === "js" ? `\nconst ${name} = ${value};\n` : exported(form));
  };
  const formatTable = formats.length === 0 ? "" : `, formats: { ${formats.map(({ name, helper }) => `${literal(name)}: ${helper}`).join(", ")} }`;
  return [
    valuesOnly(`import { ${imports.join(", ")} } from "wevt/codegen";\n`),
    typesOnly(`import type { Check, ObjectRule, ${rollup === undefined ? "" : "Rollup, "}Slots } from "wevt/codegen";\n`),
    valuesOnly(`\n${declarations.join("\n")}\n`),
    half("check", "Check", `/*@__PURE__*/ checker(${check}, /*@__PURE__*/ explainer({ where: ${literal(where)}${formatTable}, schema: /*@__PURE__*/ data(${schema}) }))`),
    half("rule", "ObjectRule", `/*@__PURE__*/ data(${rule})`),
    half("slots", "Slots | undefined", slots ?? "undefined"),
    ...(rollup === undefined ? [] : [half("rollup", "Rollup", rollup)]),
  ];
}
