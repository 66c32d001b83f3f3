import { docComment, indent, literal, propertyKey, type DocLine } from "../../src/emit/text.js";

export interface DefinitionModuleView {
  readonly header: string;
  readonly kind: "partial" | "originator" | "service";
  readonly name: string;
  readonly builder: string;
  readonly type: string;
  readonly schemaModule: string;
  readonly doc: readonly DocLine[];
  readonly deprecated: readonly DocLine[];
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
export function definitionModuleText(view: DefinitionModuleView): string {
  const { header, kind, type, doc, fields, inputFields, constants, schemaModule } = view;
  const builderType = kind === "partial" ? "PartialBuilder" : "OriginatorBuilder";
  const builderMaker = kind === "partial" ? "partialBuilder" : "originatorBuilder";
  const imports =
    kind === "service"
      ? 'import { contract } from "wevt/codegen";\nimport type { ServiceDescriptor } from "wevt/codegen";\n'
      : `import { ${builderMaker} } from "wevt/codegen";\nimport type { ${builderType} } from "wevt/codegen";\n`;
  const input = inputFields === undefined ? `export type ${type}Input = ${type};\n` : `${docComment([`What the builder of \`${view.name}\` accepts.`])}export interface ${type}Input {\n${indent(inputFields)}}\n`;
  return `${header}
${imports}import { check, rule } from "${schemaModule}";

${docComment(doc)}export interface ${type} {
${indent(fields)}}

${input}
${builderText(view)}${constants.map(constantText).join("")}`;
}

function builderText({ kind, name, builder, type, doc, max, method }: DefinitionModuleView): string {
  const extra = `${method === undefined ? "" : `, method: ${literal(method)}`}${max === undefined ? "" : `, repeatable: { max: ${max} }`}`;
  const descriptor = `{ name: ${literal(name)}, check, rule${extra} }`;
  switch (kind) {
    case "partial":
      return `${docComment(doc)}export const ${builder}: PartialBuilder<${literal(name)}, ${type}, ${type}Input> = /*@__PURE__*/ partialBuilder(${descriptor});\n`;
    case "originator":
      return `${docComment(doc)}export const ${builder}: OriginatorBuilder<${literal(name)}, ${type}, ${type}Input> = /*@__PURE__*/ originatorBuilder(${descriptor});\n`;
    case "service":
      return `export const ${builder}: ServiceDescriptor = { contract, kind: "service", name: ${literal(name)}, check, rule };\n`;
  }
}

function constantText({ name, doc, members }: ConstantView): string {
  const type = `{ ${members.map(({ key, value }) => `readonly ${propertyKey(key)}: ${literal(value)}`).join("; ")} }`;
  const body = members.map((member) => `${docComment(member.doc)}${propertyKey(member.key)}: ${literal(member.value)},\n`).join("");
  return `\n${docComment(doc)}export const ${name}: ${members.some((member) => member.doc.length > 0) ? documentedType(members) : type} = {\n${indent(body)}};\n`;
}

/** With texts, each member says in the editor what its value means. */
function documentedType(members: ConstantView["members"]): string {
  return `{\n${indent(members.map((member) => `${docComment(member.doc)}readonly ${propertyKey(member.key)}: ${literal(member.value)};\n`).join(""))}}`;
}
