/**
 * The fast half of a validator: TypeScript that lets right values through, and allocates nothing. It may say no to a right value (then the explainer
 * decides), never yes to a wrong one, with one exception: a closed object's keys are counted, so a declared property that is not enumerable hides an
 * unknown key. A plain copy, which is what the runtime checks, has none. Objects are checked in place: a call each costs a third of the time. Each
 * line names its place, so that the explainer looks at that place alone.
 */
import type { ArrayShape, Field, ObjectShape, TypeName, Value, Variants } from "../../compiler/registry.js";
import { literal } from "../text.js";
import { declare, has, helper, hoist, indent, read, regexOf, type CheckModule } from "./check-module.js";
import { all, always, any, compared, equal, holds, isAlways, isNever, never, not, print, type Test } from "./expressions.js";
import { impliedByValues, isType, numberTests, stringTests, valuesTest } from "./scalar-tests.js";

/** A function that is being printed. */
interface Body {
  readonly module: CheckModule;
  /** How many names it declares so far. */
  readonly uses: { names: number };
}

/** An object that is being checked in it. */
interface Scope extends Body {
  /** Its name in the generated code: `o`, `o1`. */
  readonly o: string;
  /** Its place for the explainer: `""`, `user`; undefined where no line is explained. */
  readonly place: string | undefined;
}

/** Declares the check of a definition and returns the name of its function: `(value, issues) => boolean`. */
export function definitionCheck(module: CheckModule, object: ObjectShape): string {
  return declare(module, objectBody(module, object, ""), { parameter: "o", issues: true });
}

/** Declares the check of an object whose faults are not explained one by one. */
function objectCheck(module: CheckModule, object: ObjectShape): string {
  return declare(module, objectBody(module, object, undefined), { parameter: "o" });
}

function objectBody(module: CheckModule, object: ObjectShape, place: string | undefined): readonly string[] {
  const scope: Scope = { module, uses: { names: 0 }, o: "o", place };
  const lines = objectLines(scope, object);
  const isNone = print(not(isType("object", "o")));
  const first = has(module, "type") ? `if (${isNone}) return ${place === undefined ? "false" : '!no("", o, e)'};` : `if (${isNone}) return true;`;
  return [first, ...lines, "return true;"];
}

/** The lines that return false when `o` is not a right object, though an object. Everything is read first: V8 forgets what `o` is after a call. */
function objectLines(scope: Scope, object: ObjectShape): readonly string[] {
  const { module, uses, o } = scope;
  const counts = isCounted(module, object);
  const needed = object.fields.filter((field) => field.required).length;
  const keys = [...keyTests(module, object, o), ...(counts ? [countTest(module, o)] : loopTest(module, object, o))];
  const named = object.fields.map((field) => ({ field, name: `${isInPlace(module, field) ? "o" : "v"}${++uses.names}` }));
  const judged = named.map(({ field, name }) => ({ read: `${name} = ${read(module, o, field.name)}`, lines: fieldLines(scope, field, { name, counts }) })).filter(({ lines }) => lines.length > 0);
  return [
    ...constants(judged.map((one) => one.read)),
    ...(counts ? [`let ${countOf(o)} = ${needed};`] : []),
    ...judged.flatMap(({ lines }) => lines),
    ...(counts ? [`for (const _ in ${o}) ${countOf(o)}--;`] : []),
    ...stopUnless(scope, { test: all(keys), place: "*", v: o }),
  ];
}

/** One statement, a line for each. */
function constants(declarations: readonly string[]): readonly string[] {
  return declarations.map((one, index) => `${index === 0 ? "const " : "  "}${one}${index === declarations.length - 1 ? ";" : ","}`);
}

/** A closed object of which nothing else is asked: its keys are counted. */
function isCounted(module: CheckModule, { patterns, additional, keys, minProperties, maxProperties }: ObjectShape): boolean {
  return additional === false && has(module, "closed") && patterns.length === 0 && keys === undefined && minProperties === undefined && maxProperties === undefined;
}

function countOf(o: string): string {
  return o.replace("o", "n");
}

interface Line {
  readonly test: Test;
  /** Below the object's own. */
  readonly place: string;
  readonly v: string;
  /** A required field of a closed object: where it is missing, the count means nothing any more. */
  readonly counts?: boolean;
}

/** The line that gives up where a test fails. */
function stopUnless(scope: Scope, { test, place, v, counts = false }: Line): readonly string[] {
  if (isAlways(test)) return [];
  return [`if (${print(all([not(test), ...explained(scope, place, v, counts)]))}) return false;`];
}

function explained({ o, place: above }: Scope, place: string, v: string, counts: boolean): readonly Test[] {
  if (above === undefined) return [];
  const call = `no(${literal(above === "" ? place : `${above}.${place}`)}, ${v}, e)`;
  return [holds(counts ? `(${countOf(o)} = NaN, ${call})` : call)];
}

interface Reading {
  /** What the field's value is called. */
  readonly name: string;
  /** Whether its object counts its keys. */
  readonly counts: boolean;
}

function fieldLines(scope: Scope, field: Field, { name, counts }: Reading): readonly string[] {
  const { module, o } = scope;
  const required = field.required && has(module, "required");
  if (isInPlace(module, field)) return nestedLines(scope, { ...field, required }, { name, counts });
  const test = has(module, "properties") ? valueTest(module, field.value, name) : always;
  const there = not(equal(name, "undefined"));
  const line = { place: field.name, v: name };
  if (required) return stopUnless(scope, { test: isAlways(test) ? there : test, ...line, counts });
  if (counts) return [`if (${print(there)}) {`, ...indent([`${countOf(o)}++;`, ...stopUnless(scope, { test, ...line })]), "}"];
  return stopUnless(scope, { test: any([not(there), test]), ...line });
}

/** A field that holds an object and nothing else. */
function isInPlace(module: CheckModule, field: Field): field is Field & { readonly value: { readonly object: ObjectShape } } {
  const { types, object, values, variants } = field.value;
  return has(module, "properties") && has(module, "type") && types !== "any" && types.length === 1 && types[0] === "object" && object !== undefined && values === undefined && variants === undefined;
}

function nestedLines(scope: Scope, { name: key, required, value }: Field & { readonly value: { readonly object: ObjectShape } }, { name, counts }: Reading): readonly string[] {
  const { o, place } = scope;
  const lines = objectLines({ ...scope, o: name, place: place === undefined ? undefined : place === "" ? key : `${place}.${key}` }, value.object);
  const absent = equal(name, "undefined");
  const otherwise = all([...(required ? [] : [not(absent)]), ...explained(scope, key, name, counts && required)]);
  return [
    ...(counts && !required ? [`if (${print(not(absent))}) ${countOf(o)}++;`] : []),
    `if (${print(isType("object", name))}) {`,
    ...indent(lines),
    `} else ${isAlways(otherwise) ? "" : `if (${print(otherwise)}) `}return false;`,
  ];
}

/** Which keys there must be. */
function keyTests(module: CheckModule, { requiredUndeclared, dependentRequired }: ObjectShape, o: string): readonly Test[] {
  const absent = (name: string): Test => equal(read(module, o, name), "undefined");
  return [
    ...(has(module, "required") ? requiredUndeclared.map((name) => not(absent(name))) : []),
    ...(has(module, "dependentRequired") ? dependentRequired.flatMap(({ when, require }) => require.map((name) => any([absent(when), not(absent(name))]))) : []),
  ];
}

/** None is left over; keys that hold `undefined` count as absent. A count that is NaN is neither 0 nor a sum that is 0. */
function countTest(module: CheckModule, o: string): Test {
  const n = countOf(o);
  return any([equal(n, "0"), all([compared(n, "<", 0), equal(`${n} + ${helper(module, "undefinedKeys")}(${o})`, "0")])]);
}

/** Which keys there may be, and what stands at those that are not declared. */
function loopTest(module: CheckModule, object: ObjectShape, o: string): readonly Test[] {
  const { minProperties, maxProperties } = object;
  const each = eachKey(module, object);
  const counts = [
    ...(minProperties !== undefined && has(module, "minProperties") ? [compared("n", ">=", minProperties)] : []),
    ...(maxProperties !== undefined && has(module, "maxProperties") ? [compared("n", "<=", maxProperties)] : []),
  ];
  if (each.length === 0 && counts.length === 0) return [];
  const loop = ["for (const k in o) {", ...indent(["const v = o[k];", "if (v === undefined) continue;", ...(counts.length > 0 ? ["n++;"] : []), ...each]), "}"];
  const lines = [...(counts.length > 0 ? ["let n = 0;"] : []), ...loop, `return ${print(all(counts))};`];
  return [holds(`${declare(module, lines, { parameter: "o" })}(${o})`)];
}

function eachKey(module: CheckModule, { fields, patterns, additional, keys }: ObjectShape): readonly string[] {
  const tests: Test[] = [];
  if (keys !== undefined && has(module, "propertyNames")) tests.push(keys === false ? never : valueTest(module, keys, "k"));
  const matching = patterns.map(({ pattern, field }) => ({ matches: holds(`${regexOf(module, pattern)}.test(k)`), field }));
  if (has(module, "patternProperties")) {
    for (const { matches, field } of matching) tests.push(any([not(matches), fieldTest(module, field)]));
  }
  const rest = fieldTest(module, additional === false && !has(module, "closed") ? true : typeof additional === "object" && !has(module, "additionalProperties") ? true : additional);
  const names = fields.map((field) => literal(field.name)).join(", ");
  const declared = fields.length === 0 || isAlways(rest) ? [] : [holds(`${hoist(module, `/*@__PURE__*/ new Set([${names}])`)}.has(k)`)];
  tests.push(any([...declared, ...matching.map(({ matches }) => matches), rest]));
  return tests.filter((test) => !isAlways(test)).map((test) => (isNever(test) ? "return false;" : `if (${print(not(test))}) return false;`));
}

function fieldTest(module: CheckModule, field: Field | boolean): Test {
  return typeof field === "boolean" ? (field ? always : never) : valueTest(module, field.value, "v");
}

/** True when `v` is a right value. */
export function valueTest(module: CheckModule, value: Value, v: string): Test {
  const { types, values, variants } = value;
  if (variants !== undefined) return any([...(types !== "any" && types.includes("null") ? [equal(v, "null")] : []), holds(`${variantsCheck(module, variants)}(${v})`)]);
  if (values !== undefined && has(module, "values") && impliedByValues(value)) return valuesTest(module, values, v);
  return all([
    ...(values === undefined || !has(module, "values") ? [] : [valuesTest(module, values, v)]),
    types === "any" || !has(module, "type") ? anyTest(module, value, v) : typedTest(module, value, types, v),
  ]);
}

function typedTest(module: CheckModule, value: Value, types: readonly TypeName[], v: string): Test {
  const wanted = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  return any(
    wanted.map((type) => {
      const [one, ...more] = constraints(module, value, type, v);
      return type === "object" && one !== undefined && more.length === 0 ? one : all([isType(type, v), ...(one === undefined ? [] : [one]), ...more]);
    }),
  );
}

/** No type is said: each constraint holds for values of its own type. */
function anyTest(module: CheckModule, value: Value, v: string): Test {
  const is: readonly (readonly [TypeName, () => Test])[] = [
    ["number", () => equal(`typeof ${v}`, '"number"')],
    ["string", () => isType("string", v)],
    ["array", () => isType("array", v)],
    ["object", () => holds(`${helper(module, "isObject")}(${v})`)],
  ];
  const parts = is.flatMap(([type, test]) => {
    const found = constraints(module, value, type, v);
    return found.length === 0 ? [] : [any([not(test()), all(found)])];
  });
  return all([holds(`${helper(module, "isJson")}(${v})`), ...parts]);
}

function constraints(module: CheckModule, value: Value, type: TypeName, v: string): readonly Test[] {
  switch (type) {
    case "null":
    case "boolean":
      return [];
    case "integer":
    case "number":
      return value.number === undefined ? [] : numberTests(module, value.number, v);
    case "string":
      return value.string === undefined ? [] : stringTests(module, value.string, v);
    case "array":
      return value.array === undefined ? [] : arrayTests(module, value.array, v);
    case "object":
      return value.object === undefined ? [] : [holds(`${objectCheck(module, value.object)}(${v})`)];
  }
}

function arrayTests(module: CheckModule, array: ArrayShape, v: string): readonly Test[] {
  const { prefix, items, minItems, maxItems, uniqueItems } = array;
  const tests: Test[] = [];
  if (minItems !== undefined && has(module, "minItems")) tests.push(compared(`${v}.length`, ">=", minItems));
  if (maxItems !== undefined && has(module, "maxItems")) tests.push(compared(`${v}.length`, "<=", maxItems));
  if (has(module, "prefixItems")) {
    for (const [index, field] of prefix.entries()) tests.push(any([compared(`${v}.length`, "<=", index), holds(`${elementCheck(module, field)}(${v}[${index}])`)]));
  }
  if (items === false && has(module, "noMoreItems")) tests.push(compared(`${v}.length`, "<=", prefix.length));
  if (typeof items === "object" && has(module, "items")) tests.push(holds(`${areStrings(module, items, prefix.length) ?? itemsCheck(module, items, prefix.length)}(${v})`));
  if (uniqueItems === true && has(module, "uniqueItems")) tests.push(holds(`${helper(module, "isUnique")}(${v})`));
  return tests;
}

function elementCheck(module: CheckModule, field: Field): string {
  return declare(module, [`return ${print(valueTest(module, field.value, "v"))};`], { parameter: "v" });
}

/** Lists of plain text are so common that the runtime has their check. */
function areStrings(module: CheckModule, { value }: Field, from: number): string | undefined {
  const test = valueTest(module, value, "v");
  return from === 0 && print(test) === print(isType("string", "v")) ? helper(module, "areStrings") : undefined;
}

function itemsCheck(module: CheckModule, items: Field, from: number): string {
  const test = valueTest(module, items.value, "v");
  const lines = [`for (let i = ${from}; i < a.length; i++) {`, ...indent(["const v = a[i];", `if (${print(not(test))}) return false;`]), "}", "return true;"];
  return declare(module, lines, { parameter: "a" });
}

function variantsCheck(module: CheckModule, { discriminator, cases }: Variants): string {
  if (!has(module, "variants")) return declare(module, ["return true;"], { parameter: "o" });
  const lines = [
    `if (${print(not(isType("object", "o")))}) return false;`,
    `switch (${read(module, "o", discriminator)}) {`,
    ...indent([...cases.map((one) => `case ${literal(one.value)}: return ${objectCheck(module, one.object)}(o);`), "default: return false;"]),
    "}",
  ];
  return declare(module, lines, { parameter: "o" });
}
