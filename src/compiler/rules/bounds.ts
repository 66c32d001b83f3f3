/** Constraints that no value can meet. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { NumberRules, ObjectShape, Registry, Value } from "../registry.js";
import { walk, type Visited } from "./walk.js";

export function bounds(registry: Registry, places: Places): readonly Diagnostic[] {
  return walk(registry).flatMap((visited) => unmeetable(visited, places));
}

function unmeetable({ value, path, origin }: Visited, places: Places): readonly Diagnostic[] {
  const { number, string, array, object, values, variants } = value;
  if (number === undefined && string === undefined && array === undefined && object === undefined && values === undefined && variants === undefined) return [];
  const conflict = (number === undefined ? undefined : numberConflict(number, value)) ?? crossed(string, "minLength", "maxLength") ?? crossed(array, "minItems", "maxItems") ?? (object === undefined ? undefined : countConflict(object));
  const at = { at: places(origin) };
  return [
    ...(conflict === undefined ? [] : [diagnostic("NO_VALUE_FITS", { path, conflict }, at)]),
    ...(object === undefined || object.additional !== false ? [] : undeclared(object).map((name) => diagnostic("REQUIRED_UNDECLARED", { path, name }, at))),
    ...(values?.length === 0 ? [diagnostic("NO_VALUE_FITS", { path, conflict: "`const` is not among the values of `enum`" }, at)] : []),
    ...repeatedCases(value).map((repeated) => diagnostic("VARIANT_REPEATED", { path, discriminator: variants?.discriminator ?? "", value: repeated }, at)),
  ];
}

function numberConflict(rules: NumberRules, { types }: Value): string | undefined {
  const low = rules.exclusiveMinimum !== undefined && rules.exclusiveMinimum >= (rules.minimum ?? -Infinity) ? { keyword: "exclusiveMinimum", limit: rules.exclusiveMinimum, open: true } : { keyword: "minimum", limit: rules.minimum ?? -Infinity, open: false };
  const high = rules.exclusiveMaximum !== undefined && rules.exclusiveMaximum <= (rules.maximum ?? Infinity) ? { keyword: "exclusiveMaximum", limit: rules.exclusiveMaximum, open: true } : { keyword: "maximum", limit: rules.maximum ?? Infinity, open: false };
  const said = `${low.keyword} ${low.limit} and ${high.keyword} ${high.limit}`;
  if (low.limit > high.limit || (low.limit === high.limit && (low.open || high.open))) return `${said} leave nothing between them`;
  const step = types !== "any" && types.includes("integer") && !types.includes("number") ? 1 : undefined;
  if (step === undefined || !Number.isFinite(low.limit) || !Number.isFinite(high.limit)) return undefined;
  const first = low.open ? Math.floor(low.limit) + 1 : Math.ceil(low.limit);
  const last = high.open ? Math.ceil(high.limit) - 1 : Math.floor(high.limit);
  return first > last ? `${said} have no whole number between them` : undefined;
}

function crossed<K extends string>(rules: { readonly [N in K]?: number } | undefined, low: K, high: K): string | undefined {
  const [least, most] = [rules?.[low], rules?.[high]];
  return least !== undefined && most !== undefined && least > most ? `${low} ${least} is more than ${high} ${most}` : undefined;
}

function countConflict(object: ObjectShape): string | undefined {
  const required = object.fields.filter((field) => field.required).length + object.requiredUndeclared.length;
  if (object.maxProperties !== undefined && required > object.maxProperties) return `${required} properties are required, and maxProperties is ${object.maxProperties}`;
  const closed = object.additional === false && object.patterns.length === 0;
  if (closed && object.minProperties !== undefined && object.minProperties > object.fields.length) return `minProperties is ${object.minProperties}, and the closed object declares ${object.fields.length}`;
  return crossed(object, "minProperties", "maxProperties");
}

/** Names that are required and that the closed object refuses; a name may still match one of its patterns. */
function undeclared({ requiredUndeclared, patterns }: ObjectShape): readonly string[] {
  return requiredUndeclared.filter((name) => !patterns.some(({ pattern, field }) => field !== false && matches(pattern, name)));
}

/** A pattern that does not compile is told elsewhere. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, "u").test(name);
  } catch {
    return true;
  }
}

function repeatedCases({ variants }: Value): readonly string[] {
  const found = (variants?.cases ?? []).map((one) => JSON.stringify(one.value));
  return [...new Set(found.filter((one, index) => found.indexOf(one) < index))];
}
