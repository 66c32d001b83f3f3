/** What leaves for third parties: a record without what is sensitive and without free text. */
import type { Collector, Profile, Sealed } from "./collector.js";
import type { FieldRule, ObjectRule } from "./contract.js";
import type { Core } from "./core.js";
import { variantRule } from "./handling.js";
import { writtenOf } from "./event.js";
import { chain, inForm, profileOf } from "./form.js";
import { isPlainObject, own, type Plain, type PlainObject, put } from "./plain.js";
import { ruleOf } from "./rules.js";

/**
 * The same collector, which is handed the strict form of each event: fields whose sensitivity is above internal are left out unless they are hashed or
 * masked, and so are the messages and stacks of errors, what `message` said, and of problems the values that they quote and keys that no schema declares.
 *
 *     const wevt = createWevt({ collectors: [stdio(), strict(vendor)] });
 */
export function strict(collector: Collector): Collector {
  return inForm(collector, chain(profile, profileOf(collector)) ?? profile);
}

const profile: Profile = { form: strictForm };

/** A sealed event as third parties see it. */
function strictForm({ record, baseKeys, state }: Sealed): Sealed {
  const { originator, core } = state;
  const form: PlainObject = {};
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    const kept = baseKeys.has(key) ? strictBase(key, value, { originator: originator.descriptor?.rule, service: core.registry.service?.rule, partials: core.partials }) : strictPartial(value, writtenOf(state, key)?.descriptor.rule);
    if (kept !== undefined) put(form, key, kept);
  }
  return { record: form, baseKeys, state };
}

function strictBase(key: string, value: Plain, rules: { readonly originator: ObjectRule | undefined; readonly service: ObjectRule | undefined; readonly partials: Core["partials"] }): Plain | undefined {
  switch (key) {
    case "messages":
      return undefined;
    case "error":
      return isPlainObject(value) ? strictError(value) : undefined;
    case "wevt":
      return isPlainObject(value) && Array.isArray(value["problems"]) ? { problems: value["problems"].map((problem) => strictProblem(problem, rules.partials)) } : undefined;
    case "originator":
    case "service":
      return isPlainObject(value) ? strictFields(value, rules[key], { others: true }) : value;
    default:
      return value;
  }
}

/** Without the value that it quotes, and without a key that no schema declares: only that key's partial is named. */
function strictProblem(problem: Plain, partials: Core["partials"]): Plain {
  if (!isPlainObject(problem)) return problem;
  const { path } = problem;
  const rest = without(problem, ["value"]);
  if (problem["problem"] !== "unknown_field" || typeof path !== "string") return rest;
  const [name = ""] = path.split(".", 1);
  return { ...rest, path: partials.has(name) ? `${name}.*` : "*" };
}

function strictError(error: PlainObject): PlainObject {
  const causes = error["causes"];
  const rest = without(error, ["message", "stack", "causes"]);
  return Array.isArray(causes) ? { ...rest, causes: causes.map((cause) => (isPlainObject(cause) ? without(cause, ["message"]) : cause)) } : rest;
}

function strictPartial(value: Plain, rule: ObjectRule | undefined): Plain {
  if (Array.isArray(value)) return value.map((item) => strictPartial(item, rule));
  return isPlainObject(value) ? strictFields(value, rule, { others: false }) : value;
}

/** `others`: keys without a rule stay; they are identifiers of the base record. */
function strictFields(fields: PlainObject, rule: ObjectRule | undefined, { others }: { readonly others: boolean }): PlainObject {
  const kept: PlainObject = {};
  for (const [key, value] of Object.entries(fields)) {
    const field = rule === undefined ? undefined : ruleOf(rule, key);
    const strictValue = field === undefined ? (others ? value : undefined) : strictField(value, field);
    if (strictValue !== undefined) put(kept, key, strictValue);
  }
  return kept;
}

function strictField(value: Plain, rule: FieldRule): Plain | undefined {
  const { handling = "plain" } = rule;
  if (rule.concealed === true && handling !== "hash" && handling !== "mask") return undefined;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const itemRule = rule.prefix?.[index] ?? rule.items;
      const kept = itemRule === undefined ? item : strictField(item, itemRule);
      return kept === undefined ? (rule.prefix === undefined ? [] : [null]) : [kept];
    });
  }
  if (!isPlainObject(value)) return value;
  const object = rule.object ?? variantRule(value, rule);
  return object === undefined ? value : strictFields(value, object, { others: false });
}

function without(object: PlainObject, keys: readonly string[]): PlainObject {
  const rest: PlainObject = {};
  for (const key of Object.keys(object)) {
    const value = own(object, key);
    if (value !== undefined && !keys.includes(key)) put(rest, key, value);
  }
  return rest;
}
