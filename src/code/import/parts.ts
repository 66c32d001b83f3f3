/** A type taken apart: of a union, what each member contributes. */
import type { Json } from "../../compiler/source.js";
import { Node, ObjectFlags, SymbolFlags, SyntaxKind, TypeFlags, type Type } from "../ts-morph.js";
import { builtIn } from "./built-ins.js";
import { literalOrder, type ListedLiteral } from "./literal-order.js";
import type { Reason, Spot } from "./reader.js";
import { patternOfTemplate } from "./template.js";

export type Scalar = "string" | "number" | "boolean" | "int64" | "date";

export interface Parts {
  readonly hasNull: boolean;
  readonly hasUndefined: boolean;
  /** Nothing is known of the value: `unknown`, `any`, a type that TypeScript could not find, a type parameter without an argument, `object` or `{}`. */
  readonly untyped?: "unknown" | "any" | "error" | "parameter" | "object";
  readonly literals: readonly Literal[];
  readonly scalars: ReadonlySet<Scalar>;
  /** Of template literals, without a plain string beside them. */
  readonly patterns: readonly string[];
  /** Single bigints, which a schema cannot list. */
  readonly narrow: boolean;
  /** `"opus" | (string & {})`: literals are known values of an open set. */
  readonly open: boolean;
  /** The names of brands, `UserId`. */
  readonly brands: readonly string[];
  readonly arrays: readonly Type[];
  readonly objects: readonly Type[];
  readonly refused: readonly Reason[];
}

export interface Literal {
  readonly value: Json;
  /** The member of an enum that has it. */
  readonly member?: Node;
  /** The comment that stands with it. */
  readonly comment?: string;
}

type Collected = { -readonly [Key in keyof Parts]: Parts[Key] extends readonly (infer Item)[] ? Item[] : Parts[Key] extends ReadonlySet<infer Item> ? Set<Item> : Parts[Key] };

export function partsOf(type: Type, { node }: Spot): Parts {
  const parts: Collected = { hasNull: false, hasUndefined: false, literals: [], scalars: new Set(), patterns: [], narrow: false, open: false, brands: [], arrays: [], objects: [], refused: [] };
  for (const member of membersOf(type)) add(parts, member);
  parts.literals = inOrder(parts.literals, literalOrder(node));
  parts.objects.sort((left, right) => placeOf(left) - placeOf(right));
  const truths = parts.literals.filter(({ value }) => typeof value === "boolean");
  if (truths.length === 2 && (truths.length === parts.literals.length || parts.scalars.size > 0)) parts.scalars.add("boolean");
  if (parts.scalars.has("boolean")) parts.literals = parts.literals.filter(({ value }) => typeof value !== "boolean");
  return parts;
}

/** As the file lists them, with what it says of each; those that it does not list come last. */
function inOrder(literals: readonly Literal[], listed: readonly ListedLiteral[]): Literal[] {
  const rank = ({ value }: Literal): number => (listed.findIndex((one) => one.value === value) + listed.length + 1) % (listed.length + 1);
  const sorted = [...literals].sort((left, right) => rank(left) - rank(right));
  return sorted.map((literal) => {
    const comment = listed.find(({ value }) => value === literal.value)?.comment;
    return comment === undefined ? literal : { ...literal, comment };
  });
}

function membersOf(type: Type): readonly Type[] {
  return type.isUnion() ? type.getUnionTypes().flatMap(membersOf) : [type];
}

/** Where an object type is written: variants keep the order of the file. */
function placeOf(type: Type): number {
  return (type.getAliasSymbol() ?? type.getSymbol())?.getDeclarations()[0]?.getStart() ?? 0;
}

function add(parts: Collected, type: Type): void {
  if (type.isNull()) parts.hasNull = true;
  else if (type.isUndefined() || type.isVoid()) parts.hasUndefined = true;
  else if (type.isNever()) return;
  else if (type.isAny()) parts.untyped = isError(type) ? "error" : "any";
  else if (type.isUnknown()) parts.untyped = "unknown";
  else if (type.isIntersection() && addBranded(parts, type)) return;
  else if (!addScalar(parts, type)) addObject(parts, type);
}

/** What TypeScript makes of a name that it cannot find. */
function isError(type: Type): boolean {
  return "intrinsicName" in type.compilerType && type.compilerType.intrinsicName === "error";
}

function addScalar(parts: Collected, type: Type): boolean {
  const symbol = type.isEnumLiteral() ? type.getSymbol() : undefined;
  const member = symbol?.getDeclarations().find(Node.isEnumMember);
  if (type.isBooleanLiteral()) parts.literals.push({ value: type.getText() === "true" });
  else if (type.isStringLiteral() || type.isNumberLiteral()) parts.literals.push({ value: literalValue(type), ...(member === undefined ? {} : { member }) });
  else if (type.isTemplateLiteral()) addPattern(parts, type);
  else if (type.isString()) parts.scalars.add("string");
  else if (type.isNumber() || (type.getFlags() & TypeFlags.Enum) !== 0) parts.scalars.add("number");
  else if (type.isBoolean()) parts.scalars.add("boolean");
  else if (type.isBigInt()) parts.scalars.add("int64");
  else if (type.isBigIntLiteral()) addBigint(parts);
  else if (isStringMapping(type)) addPattern(parts, type);
  else return false;
  return true;
}

function literalValue(type: Type): Json {
  const value = type.getLiteralValue();
  return typeof value === "string" || typeof value === "number" ? value : null;
}

/** `Uppercase<string>`. */
function isStringMapping(type: Type): boolean {
  return (type.getFlags() & TypeFlags.StringMapping) !== 0;
}

function addBigint(parts: Collected): void {
  parts.narrow = true;
  parts.scalars.add("int64");
}

function addPattern(parts: Collected, type: Type): void {
  const pattern = patternOfTemplate(type);
  if (pattern === undefined) parts.scalars.add("string");
  else parts.patterns.push(pattern);
}

/** `string & { __brand: "UserId" }` is a string; `string & {}` one that keeps literals beside it apart. */
function addBranded(parts: Collected, type: Type): boolean {
  const members = type.getIntersectionTypes();
  const base = members.find((one) => one.isString() || one.isNumber() || one.isBoolean() || one.isBigInt() || one.isLiteral() || one.isTemplateLiteral());
  if (base === undefined) return false;
  const brand = members.filter((one) => one !== base && one.getProperties().length > 0);
  if (brand.length === 0 && base.isString()) parts.open = true;
  if (brand.length > 0) parts.brands.push(type.getAliasSymbol()?.getName() ?? brandName(brand));
  addScalar(parts, base);
  return true;
}

function brandName(brand: readonly Type[]): string {
  const literal = brand.flatMap((one) => one.getProperties()).map((one) => one.getDeclarations()[0]?.getType()).find((one) => one?.isStringLiteral());
  return literal === undefined ? "brand" : String(literal.getLiteralValue());
}

function addObject(parts: Collected, type: Type): void {
  const known = builtIn(type);
  if (known === "date") parts.scalars.add("date");
  else if (known !== undefined) parts.refused.push(known);
  else if (type.isArray() || type.isReadonlyArray() || type.isTuple()) parts.arrays.push(type);
  else if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) parts.refused.push({ why: "a function is not data", cure: "record what it returns" });
  else if ((type.getFlags() & TypeFlags.ESSymbolLike) !== 0) parts.refused.push({ why: "a symbol has no form in JSON", cure: "use text" });
  else if (isNonPrimitive(type) || isEmpty(type)) parts.untyped = "object";
  else if (type.isObject() || type.isIntersection()) parts.objects.push(type);
  else addConstraint(parts, type);
}

/** `{}`, which everything but null fits. A class or an interface without members is no better. */
function isEmpty(type: Type): boolean {
  return type.isObject() && type.getProperties().length === 0 && type.getStringIndexType() === undefined && type.getNumberIndexType() === undefined && !isMapped(type);
}

/** `Record<never, …>`, and maps whose keys have a form. */
function isMapped(type: Type): boolean {
  return (type.getObjectFlags() & ObjectFlags.Mapped) !== 0 || (type.getSymbol()?.getDeclarations() ?? []).some((one) => one.getDescendantsOfKind(SyntaxKind.IndexSignature).length > 0);
}

/** `object`. */
function isNonPrimitive(type: Type): boolean {
  return (type.getFlags() & TypeFlags.NonPrimitive) !== 0;
}

/** A type parameter that nobody filled in is what it extends. */
function addConstraint(parts: Collected, type: Type): void {
  const constraint = type.getConstraint() ?? type.getApparentType();
  if (constraint === type || isParameter(constraint)) parts.untyped = "parameter";
  else for (const member of membersOf(constraint)) add(parts, member);
}

function isParameter(type: Type): boolean {
  return type.isTypeParameter() || ((type.getSymbol()?.getFlags() ?? 0) & SymbolFlags.TypeParameter) !== 0;
}
