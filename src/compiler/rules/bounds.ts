/** Constraints that no value can meet. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { ArrayShape, NumberRules, ObjectShape, Registry, Value } from "../registry.js";
import { matches, walk, type Visited } from "./walk.js";

export function bounds(registry: Registry, places: Places): readonly Diagnostic[] {
  return walk(registry).flatMap((visited) => unmeetable(visited, places));
}

/** What is said that cannot be met, and the keywords that say it. */
interface Conflict {
  readonly said: string;
  readonly keywords: readonly [string, ...(readonly string[])];
}

function unmeetable({ value, path, origin, within }: Visited, places: Places): readonly Diagnostic[] {
  const { number, string, array, object, values, variants } = value;
  if (number === undefined && string === undefined && array === undefined && object === undefined && values === undefined && variants === undefined) return [];
  const conflict = numberConflict(value) ?? crossed(string, "minLength", "maxLength") ?? arrayConflict(array) ?? countConflict(object);
  const at = (...keywords: readonly (string | number)[]) => ({ at: places(origin, ...within, ...keywords) });
  const unfit = ({ said, keywords: [first, ...others] }: Conflict): Diagnostic =>
    diagnostic("NO_VALUE_FITS", { path, conflict: said }, { ...at(first), related: others.map((keyword) => ({ ...at(keyword), message: `\`${keyword}\`` })) });
  return [
    ...(conflict === undefined ? [] : [unfit(conflict)]),
    ...(values?.length === 0 ? [unfit({ said: "`const` is not among the values of `enum`", keywords: ["const", "enum"] })] : []),
    ...(object === undefined || object.additional !== false ? [] : undeclared(object, object.requiredUndeclared).map((name) => diagnostic("REQUIRED_UNDECLARED", { path, name }, at("required", name)))),
    ...(object === undefined ? [] : undeclaredDependents(object).map(({ when, name }) => diagnostic("DEPENDENT_UNDECLARED", { path, name }, at("dependentRequired", when, name)))),
    ...repeatedCases(value).map(({ shown, first, second }) => diagnostic("VARIANT_REPEATED", { path, discriminator: variants?.discriminator ?? "", value: shown }, { ...at("oneOf", second), related: [{ ...at("oneOf", first), message: "the first one" }] })),
  ];
}

interface Bound {
  readonly keyword: string;
  readonly limit: number;
  readonly open: boolean;
}

function lowOf({ minimum = -Infinity, exclusiveMinimum }: NumberRules): Bound {
  return exclusiveMinimum !== undefined && exclusiveMinimum >= minimum ? { keyword: "exclusiveMinimum", limit: exclusiveMinimum, open: true } : { keyword: "minimum", limit: minimum, open: false };
}

function highOf({ maximum = Infinity, exclusiveMaximum }: NumberRules): Bound {
  return exclusiveMaximum !== undefined && exclusiveMaximum <= maximum ? { keyword: "exclusiveMaximum", limit: exclusiveMaximum, open: true } : { keyword: "maximum", limit: maximum, open: false };
}

function numberConflict({ number: rules, types }: Value): Conflict | undefined {
  if (rules === undefined) return undefined;
  const [low, high] = [lowOf(rules), highOf(rules)];
  const said = `${low.keyword} ${low.limit} and ${high.keyword} ${high.limit}`;
  if (low.limit > high.limit || (low.limit === high.limit && (low.open || high.open))) return { said: `${said} leave nothing between them`, keywords: [high.keyword, low.keyword] };
  if (!Number.isFinite(low.limit) || !Number.isFinite(high.limit)) return undefined;
  const whole = types !== "any" && types.includes("integer") && !types.includes("number");
  if (whole && !hasMultiple(1, low, high)) return { said: `${said} have no whole number between them`, keywords: [high.keyword, low.keyword] };
  const { multipleOf } = rules;
  const step = multipleOf === undefined || !whole ? multipleOf : wholeStep(multipleOf);
  if (step === undefined || hasMultiple(step, low, high)) return undefined;
  return { said: `${said} have no ${whole && step !== multipleOf ? "whole number that is a " : ""}multiple of ${multipleOf} between them`, keywords: ["multipleOf", low.keyword, high.keyword] };
}

/** Nearly a multiple counts as one: 0.3 is a multiple of 0.1. */
function hasMultiple(step: number, low: Bound, high: Bound): boolean {
  const [least, most] = [low.limit / step, high.limit / step];
  const isWhole = (quotient: number): boolean => Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
  const first = isWhole(least) ? Math.round(least) + (low.open ? 1 : 0) : Math.ceil(least);
  const last = isWhole(most) ? Math.round(most) - (high.open ? 1 : 0) : Math.floor(most);
  return first <= last;
}

/** The smallest whole number among the first multiples: 3 for 1.5. */
function wholeStep(multipleOf: number): number | undefined {
  for (let factor = 1; factor <= 1000; factor++) if (Math.abs(multipleOf * factor - Math.round(multipleOf * factor)) < 1e-9) return Math.round(multipleOf * factor);
  return undefined;
}

function crossed<K extends string>(rules: { readonly [N in K]?: number } | undefined, low: K, high: K): Conflict | undefined {
  const [least, most] = [rules?.[low], rules?.[high]];
  return least !== undefined && most !== undefined && least > most ? { said: `${low} ${least} is more than ${high} ${most}`, keywords: [high, low] } : undefined;
}

function arrayConflict(array: ArrayShape | undefined): Conflict | undefined {
  if (array?.minItems === undefined) return undefined;
  const { minItems, prefix, items, uniqueItems } = array;
  if (items === false && minItems > prefix.length) return { said: `minItems is ${minItems}, and there are at most ${prefix.length} elements`, keywords: ["minItems", "items"] };
  const different = typeof items === "object" ? prefix.length + countOf(items.value) : Infinity;
  if (uniqueItems === true && minItems > different) return { said: `minItems is ${minItems}, and at most ${different} elements can differ`, keywords: ["minItems", "uniqueItems"] };
  return crossed(array, "minItems", "maxItems");
}

/** How many different values there are, as far as that is easily seen. */
function countOf({ types, values, number }: Value): number {
  if (values !== undefined) return values.length;
  if (types === "any") return Infinity;
  return types.reduce((sum, type) => sum + (type === "null" ? 1 : type === "boolean" ? 2 : type === "integer" ? wholeNumbers(number) : Infinity), 0);
}

function wholeNumbers(rules: NumberRules = {}): number {
  const [low, high] = [lowOf(rules), highOf(rules)];
  const first = low.open ? Math.floor(low.limit) + 1 : Math.ceil(low.limit);
  const last = high.open ? Math.ceil(high.limit) - 1 : Math.floor(high.limit);
  return Math.max(0, last - first + 1);
}

function countConflict(object: ObjectShape | undefined): Conflict | undefined {
  if (object === undefined) return undefined;
  const required = object.fields.filter((field) => field.required).length + object.requiredUndeclared.length;
  const are = required === 1 ? "1 property is required" : `${required} properties are required`;
  if (object.maxProperties !== undefined && required > object.maxProperties) return { said: `${are}, and maxProperties is ${object.maxProperties}`, keywords: ["maxProperties", "required"] };
  const closed = object.additional === false && object.patterns.length === 0;
  if (closed && object.minProperties !== undefined && object.minProperties > object.fields.length) return { said: `minProperties is ${object.minProperties}, and the closed object declares ${object.fields.length}`, keywords: ["minProperties", "properties"] };
  return crossed(object, "minProperties", "maxProperties");
}

/** Those of the names that a closed object refuses: a name may still match one of its patterns. */
function undeclared({ patterns, fields }: ObjectShape, names: readonly string[]): readonly string[] {
  return names.filter((name) => !fields.some((field) => field.name === name) && !patterns.some(({ pattern, field }) => field !== false && matches(pattern, name)));
}

function undeclaredDependents(object: ObjectShape): readonly { readonly when: string; readonly name: string }[] {
  if (object.additional !== false) return [];
  return object.dependentRequired.flatMap(({ when, require }) => undeclared(object, [when, ...require]).map((name) => ({ when, name })));
}

/** Each variant that has the discriminator value of an earlier one. */
function repeatedCases({ variants }: Value): readonly { readonly shown: string; readonly first: number; readonly second: number }[] {
  const found = (variants?.cases ?? []).map((one) => JSON.stringify(one.value));
  return found.flatMap((shown, second) => (found.indexOf(shown) < second ? [{ shown, first: found.indexOf(shown), second }] : []));
}
