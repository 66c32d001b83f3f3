import { docComment, indent, literal, propertyKey, type DocLine } from "../../src/emit/text.js";
import { constant, typesOnly, valuesOnly, type Statement } from "./statements.js";

export interface DefinitionModuleView {
  readonly kind: "partial" | "originator" | "service";
  readonly name: string;
  readonly builder: string;
  readonly type: string;
  readonly schemaModule: string;
  readonly doc: readonly DocLine[];
  /** The members of the interface, unindented. */
  readonly fields: string;
  /** Those of the input type, where it differs. */
  readonly inputFields: string | undefined;
  readonly constants: readonly ConstantView[];
  readonly max?: number;
  readonly method?: string;
}

export interface ConstantView {
  readonly name: string;
  readonly doc: readonly DocLine[];
  readonly members: readonly { readonly key: string; readonly value: string; readonly doc: readonly DocLine[] }[];
}

/** How `partials/user.ts` reads. */
export function definitionStatements(view: DefinitionModuleView): readonly Statement[] {
  const { kind, type, doc, fields, inputFields, constants, schemaModule } = view;
  const { maker, builderType } = makers[kind];
  const input = inputFields === undefined ? `export type ${type}Input = ${type};\n` : `${docComment([`What the builder of \`${view.name}\` accepts.`])}export interface ${type}Input {\n${indent(inputFields)}}\n`;
  return [
    valuesOnly(`import { ${maker} } from "wevt/codegen";\n`),
    typesOnly(`import type { ${builderType} } from "wevt/codegen";\n`),
    valuesOnly(`import { check, rule } from "${schemaModule}";\n`),
    typesOnly(`\n${docComment(doc)}export interface ${type} {\n${indent(fields)}}\n\n${input}`),
    builder(view),
    ...constants.map(constantOf),
  ];
}

const makers = {
  partial: { maker: "partialBuilder", builderType: "PartialBuilder" },
  originator: { maker: "originatorBuilder", builderType: "OriginatorBuilder" },
  service: { maker: "contract", builderType: "ServiceDescriptor" },
} as const;

function builder({ kind, name, builder: exported, type, doc, max, method }: DefinitionModuleView): Statement {
  if (kind === "service") return constant({ name: exported, type: "ServiceDescriptor", value: `{ contract, kind: "service", name: ${literal(name)}, check, rule }` });
  const { maker, builderType } = makers[kind];
  const extra = `${method === undefined ? "" : `, method: ${literal(method)}`}${max === undefined ? "" : `, repeatable: { max: ${max} }`}`;
  return constant({ doc, name: exported, type: `${builderType}<${literal(name)}, ${type}, ${type}Input>`, value: `/*@__PURE__*/ ${maker}({ name: ${literal(name)}, check, rule${extra} })` });
}

function constantOf({ name, doc, members }: ConstantView): Statement {
  const bare = `{ ${members.map(({ key, value }) => `readonly ${propertyKey(key)}: ${literal(value)}`).join("; ")} }`;
  const object = (documented: boolean): string => `{\n${indent(members.map((member) => `${documented ? docComment(member.doc) : ""}${propertyKey(member.key)}: ${literal(member.value)},\n`).join(""))}}`;
  return constant({ doc, name, type: members.some((member) => member.doc.length > 0) ? documentedType(members) : bare, value: object(true), plain: object(false) });
}

/** With texts, each member says in the editor what its value means. */
function documentedType(members: ConstantView["members"]): string {
  return `{\n${indent(members.map((member) => `${docComment(member.doc)}readonly ${propertyKey(member.key)}: ${literal(member.value)};\n`).join(""))}}`;
}
