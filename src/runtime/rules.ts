/** Questions about the rules of a definition: which one holds for a key, and how a place is called in a problem. */
import type { FieldRule, ObjectRule } from "./contract.js";
import { own } from "./plain.js";

/** The rule for a key; undefined when the object is closed to it. */
export function ruleOf(object: ObjectRule, key: string): FieldRule | undefined {
  const declared = own(object.fields, key);
  if (declared !== undefined) return declared;
  for (const [pattern, rule] of object.patterns ?? []) if (regExpOf(pattern).test(key)) return rule;
  return object.rest;
}

const compiled = new Map<string, RegExp>();

/** Patterns come from the schema, so there are finitely many. */
function regExpOf(pattern: string): RegExp {
  let made = compiled.get(pattern);
  if (made === undefined) compiled.set(pattern, (made = new RegExp(pattern, "u")));
  return made;
}

/** True where the value must not be shown as it is. */
export function isHidden({ concealed, handling = "plain" }: FieldRule): boolean {
  return concealed === true || handling !== "plain";
}

/**
 * A place as problems name it: `user.limits.max`, `llmCall[2].model`. A key that no schema declares is the caller's, and may be as private as a value: below
 * a field that must not be shown it is `*`.
 */
export function pathOf(base: string, keys: readonly (string | number)[], rule: FieldRule): string {
  let path = base;
  let rules: readonly FieldRule[] = [rule];
  let hidden = false;
  for (const key of keys) {
    hidden ||= rules.some(isHidden);
    if (typeof key === "number") {
      path += `[${key}]`;
      rules = rules.flatMap(({ prefix, items }) => prefix?.[key] ?? items ?? []);
    } else {
      const objects = rules.flatMap(({ object, variants }) => object ?? variants?.cases.map(([, one]) => one) ?? []);
      path = keyPath(path, hidden && !objects.some(({ fields }) => Object.hasOwn(fields, key)) ? "*" : key);
      rules = objects.flatMap((object) => ruleOf(object, key) ?? []);
    }
  }
  return path;
}

/** The same of a path as a caller writes it: `pmap.secret.anything`. */
export function shownPath(partials: ReadonlyMap<string, { readonly rule: ObjectRule }>, path: unknown): string {
  if (typeof path !== "string") return "";
  const [name = "", ...keys] = path.split(".");
  const rule = partials.get(name)?.rule;
  return rule === undefined ? path : pathOf(name, keys, { object: rule });
}

export function keyPath(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
