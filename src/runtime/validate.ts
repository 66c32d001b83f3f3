/** The check of a finished copy: what does not fit is reported, wrong types are left out, and what remains is handled. */
import type { Descriptor, Issue, ObjectRule } from "./contract.js";
import type { ValidationPolicy } from "./core.js";
import { childOf, conceals, concealsFields, handleFields, isUnchanged, rulesAlong, showValue } from "./handling.js";
import { maxShownLength } from "./limits.js";
import { isPlainObject, type Plain, type PlainObject } from "./plain.js";
import { isHidden, pathOf } from "./rules.js";
import type { Problem } from "./types.js";

/** Thrown with `validation: "throw"`. Its text never holds the value of a field that is handled or above internal. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, 10).map(({ problem, path, message }) => `${path ?? "event"}: ${message} (${problem})`);
    super(`the event does not fit its schema:\n  ${[...lines, ...(problems.length > 10 ? [`and ${problems.length - 10} more`] : [])].join("\n  ")}`);
    this.problems = problems;
  }
}

export interface ValidateOptions {
  readonly path: string;
  readonly validation: ValidationPolicy;
  /** True where the fields stand in schema order already, as one write leaves them. */
  readonly ordered: boolean;
  readonly hash: ((text: string) => string) | undefined;
  readonly report: (problem: Problem) => void;
}

/** The key of `handling: hash` was not given. */
export const noKey = "handling: hash needs a hashKey given to createWevt: the field was left out";

/** What may stand on the record of these fields, which are ours to change. */
export function validate(descriptor: Descriptor, fields: PlainObject, { path, validation, ordered, hash, report }: ValidateOptions): PlainObject {
  if (validation !== "off") {
    const issues = issuesOf(descriptor, fields);
    for (const issue of issues) report(problemOf(issue, descriptor.rule, fields, path));
    if (issues.length > 0) for (const issue of wrongPlaces(issues)) leaveOut(fields, issue.keys, descriptor.rule);
  }
  if (ordered && isUnchanged(descriptor.rule)) return fields;
  return handleFields(fields, descriptor.rule, path, { hash, keyMissing: (place) => report({ problem: "unserializable", path: place, message: noKey }) });
}

/** Every issue; none when the check itself fails, which is our mistake and not the caller's. */
export function issuesOf(descriptor: Descriptor, fields: PlainObject): readonly Issue[] {
  const issues: Issue[] = [];
  try {
    descriptor.check(fields, issues);
  } catch {
    return [];
  }
  return issues;
}

/** An issue as a problem. `path` is where the definition stands on the record: `user`, `llmCall[2]`. */
export function problemOf(issue: Issue, rule: ObjectRule, fields: PlainObject, path: string): Problem {
  const place = pathOf(path, issue.keys, { object: rule });
  const rules = rulesAlong(rule, issue.keys, fields);
  const last = rules.at(-1);
  const hidden = rules.some(isHidden) || (last === undefined ? concealsFields(rule) : conceals(last));
  const value = valueAt(fields, issue.keys);
  switch (issue.problem) {
    case "wrong_type":
      return { problem: "wrong_type", path: place, message: `expected ${issue.expected}, received ${typeName(value)}: it was left out`, value: hidden || value === undefined ? "[redacted]" : showValue(value, maxShownLength) };
    case "constraint":
      return { problem: "constraint", path: place, message: `expected ${issue.expected} (${issue.rule})` };
    case "missing_field":
      return { problem: "missing_field", path: place, message: "required, but never written" };
    case "unknown_field":
      return { problem: "unknown_field", path: place, message: "no schema declares this field" };
    default:
      return unreachable(issue.problem);
  }
}

function valueAt(fields: PlainObject, keys: readonly (string | number)[]): Plain | undefined {
  return keys.reduce<Plain | undefined>(childOf, fields);
}

function typeName(value: Plain | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** The places with a wrong type, each once, in an order in which taking out one item does not move another that is still to be taken out. */
function wrongPlaces(issues: readonly Issue[]): readonly Issue[] {
  const places = new Map(issues.filter((issue) => issue.problem === "wrong_type").map((issue) => [JSON.stringify(issue.keys), issue]));
  return [...places.values()].sort((first, second) => compareKeys(second.keys, first.keys));
}

function compareKeys(first: Issue["keys"], second: Issue["keys"]): number {
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const [a, b] = [first[index], second[index]];
    if (a === b) continue;
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a) < String(b) ? -1 : 1;
  }
  return first.length - second.length;
}

/** Takes a value out of its column. Of a list, the item; of a tuple, whose places have meanings, the whole. */
function leaveOut(fields: PlainObject, keys: Issue["keys"], rule: ObjectRule): void {
  const key = keys.at(-1);
  const parent = valueAt(fields, keys.slice(0, -1));
  if (key === undefined) {
    for (const name of Object.keys(fields)) delete fields[name];
  } else if (typeof key === "string") {
    if (isPlainObject(parent)) delete parent[key];
  } else if (Array.isArray(parent)) {
    const tuple = rulesAlong(rule, keys.slice(0, -1), fields).at(-1)?.prefix !== undefined;
    if (tuple) leaveOut(fields, keys.slice(0, -1), rule);
    else parent.splice(key, 1);
  }
}

function unreachable(value: never): never {
  throw new Error(`unknown problem ${String(value)}`);
}

