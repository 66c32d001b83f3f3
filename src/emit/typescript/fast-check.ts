/**
 * The fast half of a validator: TypeScript that lets right values through, and allocates nothing. It may say no to a right value (then the explainer
 * decides), never yes to a wrong one, with one exception: a closed object's keys are counted, so a declared property that is not enumerable hides an
 * unknown key. A plain copy, which is what the runtime checks, has none.
 *
 * What is required is tested in place. An optional field is a term of a sum, 0 where it is absent and 1 where it is right, which says at once how many
 * keys a closed object may have: that is fast enough, and a tenth of the code for the user's compiler to read.
 */
import type { ArrayShape, Field, NumberRules, ObjectShape, TypeName, Value, Variants } from "../../compiler/registry.js";
import { literal } from "../text.js";
import { declare, has, helper, hoist, indent, read, regexOf, type CheckModule } from "./check-module.js";
import { all, always, any, compared, equal, holds, isAlways, isNever, never, not, print, type Test } from "./expressions.js";
import { impliedByValues, isType, numberTests, stringTests, valuesTest } from "./scalar-tests.js";

/** A function that is being printed. */
interface Body {
  readonly lines: string[];
  /** It gives the slots of a right object, too, when it is asked for them (`l`). */
  readonly lists: boolean;
  names: number;
}

/** Declares the check of an object and returns the name of its function. */
export function objectCheck(module: CheckModule, object: ObjectShape): string {
  const body: Body = { lines: [], lists: false, names: 0 };
  addObject(module, object, { body, o: "o" });
  return declare(module, [...body.lines, "return true;"], { parameter: "o" });
}

/** The same for a closed object, as the runtime's `Slots`: what was read for the check is not read again for the list. */
export function listingCheck(module: CheckModule, object: ObjectShape): string {
  const body: Body = { lines: [], lists: true, names: 0 };
  const slots = addObject(module, object, { body, o: "o" });
  return declare(module, [...body.lines, `return l ? ${slots} : true;`], { parameter: "o", lists: true });
}

/**
 * The lines that return false where `o` is not a right object. Of each object everything is read first: V8 forgets what `o` is after a call. Objects that
 * have to be there are checked in place: a call each costs a third of the time. Returns the object's slots as an expression.
 */
function addObject(module: CheckModule, object: ObjectShape, { body, o }: { readonly body: Body; readonly o: string }): string {
  const counts = isCounted(module, object);
  const named = namedFields(module, object, { body, counts });
  const terms: string[] = [];
  const present: Test[] = [];
  let needed = 0;
  for (const { field, v, below, list } of named) {
    if (list !== undefined) terms.push(`${helper(module, "kept")}(${list})`);
    else if (field.required && has(module, "required")) {
      needed++;
      if (below === undefined) present.push(fieldPresent(module, field, v));
    } else terms.push(...term(module, field.value, { v, counts }));
  }
  const sum = [...(needed > 0 || terms.length === 0 ? [String(needed)] : []), ...terms].join(" + ");
  const tests = all([
    ...present,
    ...keyTests(module, object, o),
    ...(counts ? [holds(`${helper(module, "closed")}(${o}, ${sum})`)] : [...(terms.length > 0 ? [compared(sum, ">=", 0)] : []), ...loopTest(module, object, o)]),
  ]);
  body.lines.push(`if (${print(not(isType("object", o)))}) return ${has(module, "type") ? "false" : "true"};`);
  if (named.length > 0) body.lines.push(`const ${named.map(({ field, v }) => `${v} = ${read(module, o, field.name)}`).join(", ")};`);
  for (const { field, v, list } of named) if (list !== undefined) body.lines.push(`const ${list} = ${listOf(module, field.value, v)};`);
  if (!isAlways(tests)) body.lines.push(`if (${print(not(tests))}) return false;`);
  const slots = named.map(({ field: { value }, v, below, list }) => {
    if (list !== undefined) return list;
    if (below === undefined) return body.lists ? listOf(module, value, v) : v;
    const inside = addObject(module, below, { body, o: v });
    return isClosed(below) ? inside : v;
  });
  return `[${slots.join(", ")}]`;
}

/** A field that is read, and what it is called; what is checked in place; what its slots are called, where they are made before they are judged. */
interface Named {
  readonly field: Field;
  readonly v: string;
  readonly below: ObjectShape | undefined;
  readonly list: string | undefined;
}

function namedFields(module: CheckModule, object: ObjectShape, { body, counts }: { readonly body: Body; readonly counts: boolean }): readonly Named[] {
  const named: Named[] = [];
  for (const field of object.fields) {
    const needed = field.required && has(module, "required");
    if (!needed && !counts && !body.lists && isAlways(has(module, "properties") ? valueTest(module, field.value, "v") : always)) continue;
    const number = ++body.names;
    const only = field.value.object === undefined ? undefined : inPlace(module, field);
    named.push({ field, v: `v${number}`, below: needed ? only : undefined, list: needed || !body.lists || only === undefined || !isClosed(only) ? undefined : `l${number}` });
  }
  return named;
}

/** A value's own slots, where it has some: as expression. */
function listOf(module: CheckModule, { object, variants }: Value, v: string): string {
  return object !== undefined && variants === undefined && isClosed(object) ? `${helper(module, "part")}(${v}, ${listingCheck(module, object)}, l)` : v;
}

/** Fields that are declared, and no others: as the runtime tells it from the rule (`src/runtime/slots.ts`). */
export function isClosed({ patterns, additional }: ObjectShape): boolean {
  return additional === false && patterns.every(({ field }) => field === false);
}

/** The shape of a field that holds an object and nothing else. */
function inPlace(module: CheckModule, { value: { types, object, values, variants } }: Field): ObjectShape | undefined {
  const only = has(module, "properties") && has(module, "type") && types !== "any" && types.length === 1 && types[0] === "object" && values === undefined && variants === undefined;
  return only ? object : undefined;
}

/** A closed object of which nothing else is asked: its keys are counted. */
function isCounted(module: CheckModule, { patterns, additional, keys, minProperties, maxProperties }: ObjectShape): boolean {
  return additional === false && has(module, "closed") && patterns.length === 0 && keys === undefined && minProperties === undefined && maxProperties === undefined;
}

function fieldPresent(module: CheckModule, { value }: Field, v: string): Test {
  const test = has(module, "properties") ? valueTest(module, value, v) : always;
  return isAlways(test) ? not(equal(v, "undefined")) : test;
}

/** An optional field as a number: 0 absent, 1 right, far below zero wrong. None where nothing is asked of it. */
function term(module: CheckModule, value: Value, { v, counts }: { readonly v: string; readonly counts: boolean }): readonly string[] {
  const known = has(module, "properties") && has(module, "type") ? commonTerm(module, value) : undefined;
  if (known !== undefined) return [`${helper(module, known.helper)}(${[v, ...known.more].join(", ")})`];
  const test = has(module, "properties") ? valueTest(module, value, "v") : always;
  if (isAlways(test)) return counts ? [`${helper(module, "there")}(${v})`] : [];
  return [`${helper(module, "fits")}(${v}, ${soleFunction(test) ?? hoist(module, `(${module.plain ? "v" : "v: any"}) => ${print(test)}`)})`];
}

/** The name of a function whose verdict is the test. */
function soleFunction(test: Test): string | undefined {
  return test.kind === "atom" ? /^(\w+)\(v\)$/.exec(test.text)?.[1] : undefined;
}

interface KnownTerm {
  readonly helper: string;
  readonly more: readonly string[];
}

/** What the runtime has a term for: types alone, ranges, patterns, lists of texts. */
function commonTerm(module: CheckModule, value: Value): KnownTerm | undefined {
  const { types, values, variants, string, number, array, object } = value;
  if (variants !== undefined || array !== undefined || object !== undefined || types === "any") return undefined;
  const [type] = types;
  if (values !== undefined) return has(module, "values") && impliedByValues(value) ? valuesTerm(module, values.map((one) => one.value)) : undefined;
  if (types.length !== 1) return undefined;
  if (type === "boolean") return { helper: "bool", more: [] };
  if (type === "integer" || type === "number") return numberTerm(module, type, number);
  if (type !== "string") return undefined;
  if (string === undefined) return { helper: "str", more: [] };
  const { pattern, ...others } = string;
  return pattern !== undefined && has(module, "pattern") && Object.keys(others).length === 0 ? { helper: "match", more: [regexOf(module, pattern)] } : undefined;
}

function numberTerm(module: CheckModule, type: "integer" | "number", rules: NumberRules = {}): KnownTerm | undefined {
  const { minimum, maximum, ...others } = rules;
  if (Object.keys(others).length > 0 || (minimum !== undefined && !has(module, "minimum")) || (maximum !== undefined && !has(module, "maximum"))) return undefined;
  const least = minimum === undefined ? "-Infinity" : literal(minimum);
  return { helper: type === "integer" ? "int" : "num", more: maximum !== undefined ? [least, literal(maximum)] : minimum !== undefined ? [least] : [] };
}

/** A list of a few is faster than a set. */
function valuesTerm(module: CheckModule, values: readonly unknown[]): KnownTerm | undefined {
  const texts = values.flatMap((value) => (typeof value === "string" ? [literal(value)] : []));
  if (texts.length < values.length || texts.length > 8) return undefined;
  return { helper: "among", more: [hoist(module, `[${texts.join(", ")}]`)] };
}

/** Which keys there must be. */
function keyTests(module: CheckModule, { requiredUndeclared, dependentRequired }: ObjectShape, o: string): readonly Test[] {
  const absent = (name: string): Test => equal(read(module, o, name), "undefined");
  return [
    ...(has(module, "required") ? requiredUndeclared.map((name) => not(absent(name))) : []),
    ...(has(module, "dependentRequired") ? dependentRequired.flatMap(({ when, require }) => require.map((name) => any([absent(when), not(absent(name))]))) : []),
  ];
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
