/** Sampling decides on what a finished event holds: each path has to be one that the event can carry, and each condition one that can hold. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { EventDef, EventSamplingRule, Field, Json, ObjectShape, Registry, TypeName } from "../registry.js";
import { suggest } from "../suggest.js";
import { fieldsIn, rolledUp } from "./walk.js";

export function sampling(registry: Registry, places: Places): readonly Diagnostic[] {
  return registry.events.flatMap((event) => (event.sampling?.rules ?? []).flatMap((rule, index) => ruleProblems({ event, rule, index, registry, places })));
}

interface Judged {
  readonly event: EventDef;
  readonly rule: EventSamplingRule;
  readonly index: number;
  readonly registry: Registry;
  readonly places: Places;
}

function ruleProblems(judged: Judged): readonly Diagnostic[] {
  const { event, rule, index, registry, places } = judged;
  const at = (...keywords: readonly (string | number)[]) => places(event.origin, "sampling", "rules", index, ...keywords);
  const carried = carriedBy(registry, event);
  const rules = event.sampling?.rules ?? [];
  return [
    ...Object.entries(rule.when ?? {}).flatMap(([path, fragment]) => {
      const values = carried.get(path);
      return values === undefined ? [unknownPath(judged, path, { carried, at: at("when", path) })] : Object.entries(fragment).flatMap(([keyword, wanted]) => (values.some((value) => canHold(value, keyword, wanted)) ? [] : [diagnostic("CONDITION_NEVER", { event: event.name, path, keyword, types: typesText(values) }, { at: at("when", path, keyword) })]));
    }),
    ...(rule.per ?? []).flatMap((path) => (carried.has(path) ? [] : [unknownPath(judged, path, { carried, at: at("per", path) })])),
    ...(rule.per !== undefined && rule.perSecond === undefined && rule.slowerThan === undefined ? [diagnostic("SAMPLING_IDLE", { event: event.name, rule: rule.name }, { at: at("per") })] : []),
    ...(matchesAll(rule) && index < rules.length - 1 ? [diagnostic("SAMPLING_UNREACHED", { event: event.name, rule: rule.name, next: rules[index + 1]?.name ?? "" }, { at: places(event.origin, "sampling", "rules", index + 1), related: [{ at: at(), message: "matches every event" }] })] : []),
  ];
}

function matchesAll({ outcome, unforeseen, sampled, slowerThanMs, slowerThan, when }: EventSamplingRule): boolean {
  return [outcome, unforeseen, sampled, slowerThanMs, slowerThan, when].every((condition) => condition === undefined);
}

function unknownPath({ event, registry }: Judged, path: string, { carried, at }: { readonly carried: Carried; readonly at: ReturnType<Places> }): Diagnostic {
  const name = path.split(/[.[]/)[0] ?? "";
  const owner = registry.partials.find((one) => one.name === name);
  const isListed = event.partials.some((one) => one.partial.name === name);
  const suggestion = suggest(path, carried.keys()) ?? [...carried.keys()].find((one) => one === `originator${path.slice(name.length)}`);
  const unlisted = owner !== undefined && !isListed ? { unlisted: name } : {};
  return diagnostic("SAMPLING_PATH", { event: event.name, path, ...unlisted, ...(suggestion === undefined ? {} : { suggestion }) }, { at });
}

/** What a condition needs to know of a value. */
type Judgeable = Pick<Field["value"], "types" | "values" | "number">;
type Carried = ReadonlyMap<string, readonly Judgeable[]>;

/** Keys of the base record that are made after sampling was decided, or are different on each event. */
const undecided: ReadonlySet<string> = new Set(["eventId", "event_id", "timestamp", "sampleRate", "sample_rate", "sampleReason", "sample_reason", "schema", "wevt"]);

function carriedBy(registry: Registry, event: EventDef): Carried {
  const carried = new Map<string, Judgeable[]>();
  const add = (path: string, value: Judgeable): void => void carried.set(path, [...(carried.get(path) ?? []), value]);
  const base: ObjectShape = { fields: registry.base.filter((field) => !undecided.has(field.name)), patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] };
  for (const field of fieldsIn(base)) add(field.path, field.value);
  for (const { partial } of event.partials) {
    const isKept = partial.repeatable?.max !== 0;
    if (isKept) add(partial.name, { types: [partial.repeatable === undefined ? "object" : "array"] });
    for (const field of [...(isKept ? fieldsIn(partial.object) : []), ...rolledUp(partial)]) if (isReachable(field)) add(field.path, field.value);
  }
  const originators = event.originators.length === 0 ? registry.originators : event.originators;
  for (const { kind, name, object } of [...originators, ...registry.services]) {
    for (const field of fieldsIn(object)) if (isReachable(field)) add(`${kind}${field.path.slice(name.length)}`, field.value);
  }
  return carried;
}

/** A key that matches a pattern has no path of its own. */
function isReachable({ path }: Field): boolean {
  return !path.includes("./");
}

const typesOf: { readonly [keyword: string]: readonly TypeName[] } = {
  minimum: ["integer", "number"], maximum: ["integer", "number"], exclusiveMinimum: ["integer", "number"], exclusiveMaximum: ["integer", "number"], multipleOf: ["integer", "number"],
  minLength: ["string"], maxLength: ["string"], pattern: ["string"], minItems: ["array"], maxItems: ["array"],
};

function canHold(value: Judgeable, keyword: string, wanted: Json): boolean {
  if (keyword === "const") return canBe(value, wanted);
  if (keyword === "enum") return list(wanted).every((one) => canBe(value, one));
  if (value.types === "any") return true;
  const types = keyword === "type" ? (Array.isArray(wanted) ? wanted : [wanted]).flatMap((type) => (type === "number" ? ["number", "integer"] : type === "integer" ? ["integer", "number"] : [type])) : (typesOf[keyword] ?? []);
  return value.types.some((type) => types.includes(type)) && !isBeyond(value, keyword, wanted);
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function canBe({ types, values }: Judgeable, wanted: Json): boolean {
  if (values !== undefined) return values.some((one) => JSON.stringify(one.value) === JSON.stringify(wanted));
  return types === "any" || types.some((type) => isOfType(wanted, type));
}

function isOfType(value: Json, type: TypeName): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

/** The field's own bounds leave nothing over. */
function isBeyond({ number = {} }: Judgeable, keyword: string, wanted: Json): boolean {
  if (typeof wanted !== "number") return false;
  const highest = Math.min(number.maximum ?? Infinity, number.exclusiveMaximum ?? Infinity);
  const lowest = Math.max(number.minimum ?? -Infinity, number.exclusiveMinimum ?? -Infinity);
  if (keyword === "minimum" || keyword === "exclusiveMinimum") return wanted > highest;
  return (keyword === "maximum" || keyword === "exclusiveMaximum") && wanted < lowest;
}

function typesText(values: readonly Judgeable[]): string {
  const texts = values.map(({ types, values: allowed, number }) => {
    if (allowed !== undefined) return `one of ${allowed.map((one) => JSON.stringify(one.value)).join(", ")}`;
    const bounds = Object.entries(number ?? {}).map(([keyword, bound]) => ` with ${keyword} ${bound}`);
    return `${types === "any" ? "any JSON" : types.join(" or ")}${bounds.join(" and")}`;
  });
  return [...new Set(texts)].join("; ");
}
