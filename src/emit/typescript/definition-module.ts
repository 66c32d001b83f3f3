/** `partials/user.ts`: types, builder and constants of one definition; the light half, which the user's compiler checks. */
import { camelCase, pascalCase } from "../../compiler/names.js";
import type { EnumValue, Field, ObjectShape, OriginatorDef, PartialDef, RollupDef, ServiceDef } from "../../compiler/registry.js";
import { definitionStatements, type ConstantView, type DefinitionModuleView } from "../../../templates/typescript/definition-module.js";
import type { Statement } from "../../../templates/typescript/statements.js";
import { definitionDoc, partialFacts, shapeFacts } from "./doc-lines.js";
import type { LeafTypes } from "./leaf-types.js";
import type { Output } from "./modules.js";
import { safeIdentifier } from "./identifiers.js";
import { hasInputForms, inputChanges, objectLines, type TypePrinter } from "./value-types.js";

export interface ModuleOptions {
  readonly leaves: LeafTypes;
  /** Types that stand in the same file; default: those of the definition. */
  readonly own?: ReadonlySet<string>;
  /** `js` or `ts`. */
  readonly extension: string;
  readonly output: Output;
  /** As `namedConstants` gives them. */
  readonly constants: readonly ConstantView[];
}

export function definitionModule(definition: PartialDef | OriginatorDef | ServiceDef, { leaves, extension, output, constants, own = new Set(typeNames(definition)) }: ModuleOptions): readonly Statement[] {
  const { kind, name, names, object, meta } = definition;
  const printer = { leaves, owner: meta.owner, own };
  const forms = hasInputForms(object);
  return definitionStatements({
    kind,
    name,
    builder: safeIdentifier(names.value),
    type: names.type,
    schemaModule: output === "js" ? undefined : `./${names.file}.schema.${extension}`,
    doc: definitionDoc(meta, [...(definition.kind === "partial" ? partialFacts(definition) : []), ...shapeFacts(object)]),
    fields: interfaceBody(objectLines({ ...printer, side: "record" }, object)),
    input: forms ? inputOf({ ...printer, side: "input" }, object) : undefined,
    constants,
    ...(definition.kind === "partial" && definition.repeatable !== undefined ? { max: definition.repeatable.max } : {}),
    ...(definition.kind === "partial" && definition.rollup !== undefined ? { rollup: rollupView(definition.rollup, { ...printer, side: "record" }) } : {}),
    ...(definition.kind === "partial" && definition.alwaysKeep === true ? { alwaysKeep: true } : {}),
    ...(definition.kind === "partial" && names.method !== undefined ? { method: names.method } : {}),
  });
}

function rollupView({ field, type }: RollupDef, printer: TypePrinter): NonNullable<DefinitionModuleView["rollup"]> {
  return { type, doc: field.meta.brief === undefined ? [] : [field.meta.brief], fields: field.value.object === undefined ? "" : objectLines(printer, field.value.object) };
}

/** The types that it declares. */
export function typeNames(definition: PartialDef | OriginatorDef | ServiceDef): readonly string[] {
  const { type } = definition.names;
  return [type, `${type}Input`, ...(definition.kind === "partial" && definition.rollup !== undefined ? [definition.rollup.type] : [])];
}

/** What the module exports: `type User`, `type UserInput`, `user`, `UserTier`. */
export function moduleExports(definition: PartialDef | OriginatorDef | ServiceDef, constants: readonly ConstantView[]): readonly string[] {
  return [...typeNames(definition).map((name) => `type ${name}`), safeIdentifier(definition.names.value), ...constants.map(({ name }) => name)];
}

function inputOf(printer: TypePrinter, object: ObjectShape): NonNullable<DefinitionModuleView["input"]> {
  const changes = inputChanges(printer, object);
  return changes === undefined ? { fields: objectLines(printer, object), without: [] } : { fields: changes.lines, without: changes.names };
}

/** A closed empty object: an interface without members would accept anything. */
function interfaceBody(lines: string): string {
  return lines === "" ? "[key: string]: never;\n" : lines;
}

/** The constants of a definition. Their names are not among the exported ones in `taken`, and are added to them. */
export function namedConstants({ names, object }: PartialDef | OriginatorDef | ServiceDef, taken: Set<string>): readonly ConstantView[] {
  return constantsOf([names.type], object).map((constant) => ({ ...constant, name: freeName(taken, constant) }));
}

type Constant = Omit<ConstantView, "name"> & { readonly words: readonly string[] };

/** `UserTier`; where another export has that name, `User_Tier`. */
function freeName(taken: Set<string>, { words }: Constant): string {
  const names = [words.join(""), words.join("_")];
  const name = names.find((one) => !taken.has(one)) ?? `${words.join("_")}_`;
  taken.add(name);
  return name;
}

/** Constants for the enums of a definition's own fields, at any depth of objects. */
function constantsOf(words: readonly string[], object: ObjectShape): readonly Constant[] {
  return object.fields.flatMap((field) => (field.value.object === undefined && field.value.values === undefined ? [] : fieldConstants([...words, pascalCase(field.name)], field)));
}

function fieldConstants(words: readonly string[], { value, meta }: Field): readonly Constant[] {
  if (value.object !== undefined) return constantsOf(words, value.object);
  const texts = (value.values ?? []).filter((one): one is EnumValue & { readonly value: string } => typeof one.value === "string");
  if (texts.length < 2 || texts.length < (value.values ?? []).filter((one) => one.value !== null).length) return [];
  const keys = texts.map((one) => constantKey(one.value));
  if (new Set(keys).size < keys.length || keys.includes("")) return [];
  const members = texts.map((one, index) => ({
    key: keys[index] ?? "",
    value: one.value,
    doc: [...(one.description === undefined ? [] : [one.description]), ...(one.deprecated === true ? [{ tag: "deprecated" }] : [])],
  }));
  return [{ words, doc: meta.brief === undefined ? [] : [meta.brief], members }];
}

/** `in_progress` → `inProgress`, `1.0` → `_10`; empty when nothing of the value can stand in a name. */
function constantKey(value: string): string {
  const key = camelCase(value);
  return /^[0-9]/.test(key) ? `_${key}` : key;
}
