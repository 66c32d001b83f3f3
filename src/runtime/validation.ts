/**
 * What generated validators call. A generated validator is an expression that lets right values through and allocates nothing; where it says no,
 * the explainer reads the schema and finds out why. The explainer has the last word: where the expression is too strict (a key that holds `undefined`,
 * a name that every object inherits), nothing is reported.
 */
import type { Check, Issue } from "./contract.js";
import { explanationOf, spotBelow, type Schema } from "./explain.js";
import { undefinedKeys } from "./json-values.js";
import type { Explanation, Formats } from "./report-issue.js";

export type { Schema } from "./explain.js";
export type { Formats } from "./report-issue.js";

/** Collects into `issues`, or stops at the first one when there is no list. True when the value is right. */
export interface Explainer {
  (value: unknown, issues: Issue[] | undefined): boolean;
  /** `partial:user`. */
  readonly where: string;
}

/** Formats are handed in, so that only those that are used are linked. The schema is made ready when a value first fails. */
export function explainer({ schema, where, formats = {} }: { readonly schema: Schema; readonly where: string; readonly formats?: Formats }): Explainer {
  const path = nameIn(where);
  let explanation: Explanation | undefined;
  return Object.assign(
    (value: unknown, issues: Issue[] | undefined): boolean => {
      explanation ??= explanationOf(schema, spotBelow({ pointer: `${where}#`, formats, concealed: false }, schema));
      return explanation(value, { path, keys: [], below: [], issues });
    },
    { where },
  );
}

/** The validator of a definition: its generated function, which returns false where it does not say yes, and what it says of values that throw when they are read. */
export function checker(is: (value: unknown) => unknown, explain: Explainer): Check {
  return (value, issues) => {
    try {
      return is(value) !== false || explain(value, issues);
    } catch {
      const { where } = explain;
      issues?.push({ path: nameIn(where), keys: [], rule: "type", problem: "wrong_type", expected: "plain data", schema: where });
      return false;
    }
  };
}

/** Far below what any number of right fields adds up to. */
const wrong = -1_048_576;

/** Terms of a sum over optional fields: 0 where the value is absent, 1 where it is right. */
export function there(value: unknown): number {
  return value === undefined ? 0 : 1;
}

export function str(value: unknown): number {
  return typeof value === "string" ? 1 : value === undefined ? 0 : wrong;
}

export function bool(value: unknown): number {
  return typeof value === "boolean" ? 1 : value === undefined ? 0 : wrong;
}

export function int(value: unknown, minimum: number = -Infinity, maximum: number = Infinity): number {
  return typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum ? 1 : value === undefined ? 0 : wrong;
}

export function num(value: unknown, minimum: number = -Infinity, maximum: number = Infinity): number {
  return typeof value === "number" && value - value === 0 && value >= minimum && value <= maximum ? 1 : value === undefined ? 0 : wrong;
}

export function match(value: unknown, pattern: RegExp): number {
  return typeof value === "string" && pattern.test(value) ? 1 : value === undefined ? 0 : wrong;
}

export function among(value: unknown, values: readonly unknown[]): number {
  for (let index = 0; index < values.length; index++) if (values[index] === value) return 1;
  return value === undefined ? 0 : wrong;
}

export function fits(value: unknown, is: (value: unknown) => boolean): number {
  return value === undefined ? 0 : is(value) ? 1 : wrong;
}

/** The term of a part: what `part` gave. */
export function kept(value: unknown): number {
  return value === undefined ? 0 : value === false || value === null ? wrong : 1;
}

/** True where the object has that many keys; those that hold `undefined` count as absent. */
export function closed(value: { readonly [key: string]: unknown }, keys: number): boolean {
  if (keys < 0) return false;
  let left = keys;
  for (const _ in value) left--;
  return left === 0 || (left < 0 && left + undefinedKeys(value) === 0);
}

/** What a generated module holds as JSON text. */
export function data<T>(text: string): T {
  return JSON.parse(text);
}

function nameIn(where: string): string {
  return where.slice(where.indexOf(":") + 1);
}
