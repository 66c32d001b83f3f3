/**
 * What generated validators call. A generated validator is a line per field that lets right values through and allocates nothing; where it says no,
 * the explainer reads the schema and finds out why. The explainer has the last word: where a line is too strict (a key that holds `undefined`, a
 * name that every object inherits), nothing is reported.
 */
import type { Check, Issue } from "./contract.js";
import { explanationOf, keysExplanation, missingOf, spotBelow, type Schema } from "./explain.js";
import type { Explanation, Formats, Search, Spot } from "./report-issue.js";

export type { Schema } from "./explain.js";
export type { Formats } from "./report-issue.js";

/**
 * Explains what stands at a place: `""` is the whole value, `user.tier` a declared field, `user.*` the keys of an object, its fields left out.
 * Collects into `issues`, or stops at the first one when there is no list. True means: stop, the value is wrong.
 */
export type Explainer = (place: string, value: unknown, issues: Issue[] | undefined) => boolean;

/** `where` is `partial:user`; formats are handed in, so that only those that are used are linked. A place is made ready when it first fails. */
export function explainer({ schema, where, formats = {} }: { readonly schema: Schema; readonly where: string; readonly formats?: Formats }): Explainer {
  const places = new Map<string, Place>();
  return (name, value, issues) => {
    let place = places.get(name);
    if (place === undefined) {
      place = placeOf(schema, name, { where, formats });
      places.set(name, place);
    }
    const search: Search = { path: place.path, keys: place.keys, below: [], issues };
    return !(value === undefined && place.missing !== undefined ? place.missing : place.explanation)(value, search) && issues === undefined;
  };
}

/** The validator of a definition: its generated function, and what it says of values that throw when they are read. */
export function checker(is: (value: unknown, issues: Issue[] | undefined) => boolean, where: string): Check {
  return (value, issues) => {
    const before = issues?.length;
    try {
      return is(value, issues) && issues?.length === before;
    } catch {
      issues?.push({ path: nameIn(where), keys: [], rule: "type", problem: "wrong_type", expected: "plain data", schema: where });
      return false;
    }
  };
}

/** What a generated module holds as JSON text. */
export function data<T>(text: string): T {
  return JSON.parse(text);
}

function nameIn(where: string): string {
  return where.slice(where.indexOf(":") + 1);
}

/** A place made ready: where it is in the value, and what explains it. */
interface Place {
  readonly path: string;
  /** Frozen: the issues of a place share it. */
  readonly keys: readonly string[];
  readonly explanation: Explanation;
  /** For a field that must be there. */
  readonly missing: Explanation | undefined;
}

function placeOf(root: Schema, name: string, { where, formats }: { readonly where: string; readonly formats: Formats }): Place {
  const names = name.split(".").filter((one) => one !== "");
  const ofKeys = names.at(-1) === "*";
  const keys = Object.freeze(ofKeys ? names.slice(0, -1) : names);
  let schema = root;
  let spot: Spot = spotBelow({ pointer: `${where}#`, formats, concealed: false }, root);
  let missing: Explanation | undefined;
  for (const key of keys) {
    missing = missingOf(schema, key, spot);
    schema = schema.properties?.[key] ?? {};
    spot = spotBelow(spot, schema, "properties", key);
  }
  return { path: [nameIn(where), ...keys].join("."), keys, missing, explanation: ofKeys ? keysExplanation(schema, spot) : explanationOf(schema, spot) };
}
