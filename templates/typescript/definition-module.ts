import { docComment, indent, literal, propertyKey, type DocLine } from "../../src/emit/text.js";
import { constant, declared, imported, typeImports, typesOnly, typesWithWevt, valuesOnly, type Statement } from "./statements.js";

export interface DefinitionModuleView {
  readonly kind: "partial" | "originator" | "service";
  readonly name: string;
  readonly builder: string;
  readonly type: string;
  /** Where its heavy half is; absent where that stands before it in the same module, as in JavaScript. */
  readonly schemaModule: string | undefined;
  readonly doc: readonly DocLine[];
  /** The members of the interface, unindented. */
  readonly fields: string;
  /** The members of the input type that differ, and the names of those members of the record's type that they stand for; no names: they are all. */
  readonly input: { readonly fields: string; readonly without: readonly string[] } | undefined;
  readonly constants: readonly ConstantView[];
  readonly max?: number;
  /** The type of what stands beside a repeatable partial; its members unindented. */
  readonly rollup?: { readonly type: string; readonly doc: readonly DocLine[]; readonly fields: string };
  readonly method?: string;
  readonly alwaysKeep?: true;
}

export interface ConstantView {
  readonly name: string;
  readonly doc: readonly DocLine[];
  readonly members: readonly { readonly key: string; readonly value: string; readonly doc: readonly DocLine[] }[];
}

/** How `partials/user.ts` reads. */
export function definitionStatements(view: DefinitionModuleView): readonly Statement[] {
  const { kind, constants, schemaModule } = view;
  const { maker, builderType } = makers[kind];
  const value = (name: string): string => imported(name, ownOf(view)).specifier;
  return [
    ...(schemaModule === undefined ? [] : [valuesOnly(`import { ${value(maker)} } from "wevt/codegen";\n`)]),
    typeImports(`import type { ${view.input === undefined || view.input.without.length === 0 ? "" : `${typeName("InputBase", view)}, `}${typeName(builderType, view)} } from "wevt/codegen";\n`),
    ...(schemaModule === undefined ? [] : [valuesOnly(`import { ${value("check")}, ${view.rollup === undefined ? "" : `${value("rollup")}, `}${value("rule")}, ${value("slots")} } from "${schemaModule}";\n`)]),
    typesOf(view),
    typesOnly(rollupText(view)),
    builderOf(view),
    ...constants.map(constantOf),
  ];
}

/** Names of the module that an import could meet. Beside its heavy half, which imports much, the builder has a name that no import has. */
function ownOf({ schemaModule, builder }: DefinitionModuleView): readonly string[] {
  return schemaModule === undefined ? [] : [builder];
}

function typeName(name: string, { type }: DefinitionModuleView): string {
  return imported(name, [type, `${type}Input`]).specifier;
}

function typesOf({ name, type, doc, fields, input }: DefinitionModuleView): Statement {
  const record = `\n${docComment(doc)}export interface ${type} {\n${indent(fields)}}\n\n`;
  if (input === undefined) return typesOnly(`${record}export type ${type}Input = ${type};\n`);
  const start = `${record}${docComment([`What the builder of \`${name}\` accepts.`])}export interface ${type}Input`;
  const end = ` {\n${indent(input.fields)}}\n`;
  if (input.without.length === 0) return typesOnly(`${start}${end}`);
  const without = input.without.map((one) => literal(one)).join(" | ");
  return typesWithWevt((named) => `${start} extends ${named("InputBase")}<${type}, ${without}>${end}`, { InputBase: imported("InputBase", [type, `${type}Input`]).local });
}

function rollupText({ rollup }: DefinitionModuleView): string {
  return rollup === undefined ? "" : `\n${docComment(rollup.doc)}export interface ${rollup.type} {\n${indent(rollup.fields)}}\n`;
}

/** What makes the value of a definition, of `wevt/codegen`; its heavy half imports it where both are one module. */
export const makers = {
  partial: { maker: "partialBuilder", builderType: "PartialBuilder" },
  originator: { maker: "originatorBuilder", builderType: "OriginatorBuilder" },
  service: { maker: "contract", builderType: "ServiceDescriptor" },
} as const;

function builderOf(view: DefinitionModuleView): Statement {
  const { kind, name, builder, type, doc, max, rollup, method, alwaysKeep, schemaModule } = view;
  const { maker, builderType } = makers[kind];
  const inside = schemaModule === undefined ? { local: "_builder" } : {};
  const value = (one: string) => imported(one, ownOf(view));
  const { local } = imported(builderType, [type, `${type}Input`]);
  const halves = `${value("check").property}, ${value("rule").property}, ${value("slots").property}`;
  if (kind === "service") return constant({ name: builder, ...inside, type: local, declaredType: declared(builderType), value: `{ ${value(maker).property}, kind: "service", name: ${literal(name)}, ${halves} }` });
  const extra = `${method === undefined ? "" : `, method: ${literal(method)}`}${max === undefined ? "" : `, repeatable: { max: ${max}${rollup === undefined ? "" : `, ${value("rollup").property}`} }`}${alwaysKeep === true ? ", alwaysKeep: true" : ""}`;
  const fields = `<${literal(name)}, ${type}, ${type}Input>`;
  return constant({ doc, name: builder, ...inside, type: `${local}${fields}`, declaredType: `${declared(builderType)}${fields}`, value: `/*@__PURE__*/ ${value(maker).local}({ name: ${literal(name)}, ${halves}${extra} })` });
}

function constantOf({ name, doc, members }: ConstantView): Statement {
  const bare = `{ ${members.map(({ key, value }) => `readonly ${propertyKey(key)}: ${literal(value)}`).join("; ")} }`;
  const object = (documented: boolean): string => `{\n${indent(members.map((member) => `${documented ? docComment(member.doc) : ""}${propertyKey(member.key)}: ${literal(member.value)},\n`).join(""))}}`;
  return constant({ doc, name, type: members.some((member) => member.doc.length > 0) ? documentedType(members) : bare, value: object(true), plain: () => object(false) });
}

/** With texts, each member says in the editor what its value means. */
function documentedType(members: ConstantView["members"]): string {
  return `{\n${indent(members.map((member) => `${docComment(member.doc)}readonly ${propertyKey(member.key)}: ${literal(member.value)};\n`).join(""))}}`;
}
