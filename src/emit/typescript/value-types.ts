/** A Value as a TypeScript type: leaves from `leaf-types.ts`, objects, arrays and maps around them. */
import type { ArrayShape, Field, ObjectShape, Value } from "../../compiler/registry.js";
import { docComment, indent, literal, propertyKey } from "../text.js";
import { fieldDoc } from "./doc-lines.js";
import { globalType } from "./identifiers.js";
import { leafKey, type LeafTypes } from "./leaf-types.js";
import { encodingOf } from "./rule.js";

/** `record`: as it stands on a record. `input`: what a builder accepts (Date, bigint). */
export type Side = "record" | "input";

export interface TypePrinter {
  readonly leaves: LeafTypes;
  readonly side: Side;
  /** Of the definition: fields of others say whose they are. */
  readonly owner: string | undefined;
  /** Types that are declared in the same file. */
  readonly own: ReadonlySet<string>;
}

/** Adds every leaf below a shape, for the one question to the type printer. */
export function addLeaves(leaves: Set<string>, { fields, patterns, additional }: ObjectShape): void {
  for (const field of fields) addValueLeaves(leaves, field.value);
  for (const { field } of patterns) if (typeof field === "object") addValueLeaves(leaves, field.value);
  if (typeof additional === "object") addValueLeaves(leaves, additional.value);
}

function addValueLeaves(leaves: Set<string>, value: Value): void {
  const { array, object, variants } = value;
  leaves.add(leafKey(value));
  for (const field of array?.prefix ?? []) addValueLeaves(leaves, field.value);
  if (typeof array?.items === "object") addValueLeaves(leaves, array.items.value);
  if (object !== undefined) addLeaves(leaves, object);
  for (const one of variants?.cases ?? []) addLeaves(leaves, one.object);
}

/** True when some value is accepted in another form than it is recorded in. */
export function hasInputForms(object: ObjectShape): boolean {
  return [...object.fields, ...object.patterns.map((one) => one.field), object.additional].some((field) => typeof field === "object" && fieldHasForms(field));
}

function fieldHasForms(field: Field): boolean {
  const { value, meta } = field;
  const { array, object, variants } = value;
  if (encodingOf(value, meta) !== undefined || isInherited(field)) return true;
  const elements = array === undefined ? [] : [...array.prefix, array.items].filter((field) => typeof field === "object");
  return elements.some(fieldHasForms) || (object !== undefined && hasInputForms(object)) || (variants?.cases.some((one) => hasInputForms(one.object)) ?? false);
}

/** The type of a field's values. */
export function fieldType(printer: TypePrinter, field: Field): string {
  const { value, meta } = field;
  if (value.types === "any") return "unknown";
  const parts = [
    printer.leaves.get(leafKey(value)) ?? "",
    printer.side === "input" ? inputForms(encodingOf(value, meta), printer) : "",
    ...(value.values !== undefined ? [] : shapeTypes(printer, value)),
  ];
  return parts.filter((part) => part !== "").join(" | ") || "never";
}

function inputForms(encoding: ReturnType<typeof encodingOf>, { own }: TypePrinter): string {
  switch (encoding) {
    case undefined:
      return "";
    case "int64":
      return "number | bigint";
    case "date-time":
    case "date":
    case "epoch":
      return globalType("Date", own);
  }
}

function shapeTypes(printer: TypePrinter, value: Value): readonly string[] {
  const types = value.types === "any" ? [] : value.types;
  const array = types.includes("array") ? [arrayType(printer, value.array)] : [];
  if (value.variants !== undefined) return [...array, ...value.variants.cases.map((one) => objectType(printer, one.object))];
  if (!types.includes("object")) return array;
  return [...array, value.object === undefined ? "{ [key: string]: unknown }" : objectType(printer, value.object)];
}

function arrayType(printer: TypePrinter, array: ArrayShape | undefined): string {
  if (array === undefined) return "readonly unknown[]";
  const rest = array.items === true ? "unknown" : array.items === false ? undefined : fieldType(printer, array.items);
  if (array.prefix.length === 0) return rest === undefined ? "readonly []" : `readonly ${wrapped(rest)}[]`;
  const prefix = array.prefix.map((field, index) => (index < (array.minItems ?? 0) ? fieldType(printer, field) : `${wrapped(fieldType(printer, field))}?`));
  return `readonly [${[...prefix, ...(rest === undefined ? [] : [`...${wrapped(rest)}[]`])].join(", ")}]`;
}

/** A type that may stand before `[]` or `?`. */
function wrapped(type: string): string {
  return type.startsWith("readonly ") || isUnion(type) ? `(${type})` : type;
}

/** True where `|` or `&` stands outside of texts, comments and brackets. */
function isUnion(type: string): boolean {
  let depth = 0;
  for (const [part] of type.matchAll(/"(?:[^"\\]|\\.)*"|\/\*[^]*?\*\/|[{}[\]()<>|&]/g)) {
    if (depth === 0 && (part === "|" || part === "&")) return true;
    if (part.length === 1) depth += "{[(<".includes(part) ? 1 : "}])>".includes(part) ? -1 : 0;
  }
  return false;
}

/** What every object inherits: TypeScript reads it into an object literal that leaves out an optional field of that name, and would refuse the literal. */
const inherited: ReadonlySet<string> = new Set(["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"]);

function isInherited({ name, required }: Field): boolean {
  return !required && inherited.has(name);
}

function inheritedForm(field: Field, { own }: TypePrinter): string {
  return isInherited(field) ? ` | ${globalType("Object", own)}[${literal(field.name)}]` : "";
}

/** `{ … }`, a property a line. */
export function objectType(printer: TypePrinter, object: ObjectShape): string {
  const lines = objectLines(printer, object);
  return lines === "" ? "{ [key: string]: never }" : `{\n${indent(lines)}}`;
}

/** The properties of an object, with doc comments, in schema order. */
export function objectLines(printer: TypePrinter, object: ObjectShape): string {
  const lines = object.fields.map((field) => {
    const type = `${fieldType(printer, field)}${printer.side === "input" ? inheritedForm(field, printer) : ""}`;
    return `${docComment(fieldDoc(field, printer.owner))}${propertyKey(field.name)}${field.required ? "" : "?"}: ${type}${field.required || type === "unknown" ? "" : " | undefined"};\n`;
  });
  return `${lines.join("")}${indexSignature(printer, object)}`;
}

/**
 * The properties that a builder accepts in another form, where all others can be taken from the record's type; undefined where that has keys beside
 * its properties: they would be lost.
 */
export function inputChanges(printer: TypePrinter, object: ObjectShape): { readonly names: readonly string[]; readonly lines: string } | undefined {
  if (object.patterns.length > 0 || object.additional !== false) return undefined;
  const fields = object.fields.filter(fieldHasForms);
  return { names: fields.map((field) => field.name), lines: objectLines(printer, { ...object, fields }) };
}

/** Other keys: a map alone has the type of its values; beside named properties only `unknown` holds for all. */
function indexSignature(printer: TypePrinter, { fields, patterns, additional }: ObjectShape): string {
  const others = [...patterns.map((one) => one.field), additional].filter((field) => field !== false);
  if (others.length === 0) return "";
  const open = fields.length > 0 || others.includes(true);
  const types = others.flatMap((field) => (typeof field === "object" ? [fieldType(printer, field)] : []));
  return `[key: string]: ${open ? "unknown" : [...new Set(types)].join(" | ")};\n`;
}
