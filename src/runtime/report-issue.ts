/** How an issue is made: what it says beside the value is known when the schema is read, the rest when the value is. */
import type { Issue } from "./contract.js";

export type Formats = { readonly [name: string]: (text: string) => boolean };

/** A place in the schema, seen from the definition. */
export interface Spot {
  /** `partial:user#/properties/tier`. */
  readonly pointer: string;
  readonly formats: Formats;
  readonly concealed: boolean;
}

/** One search: where in the value it began, what lies between there and where it is, and what it found. */
export interface Search {
  readonly path: string;
  readonly keys: Issue["keys"];
  readonly below: (string | number)[];
  /** undefined: stop at the first. */
  readonly issues: Issue[] | undefined;
}

/** True when the value is right. */
export type Explanation = (value: unknown, search: Search) => boolean;

/** What an issue says beside the value. */
interface Failure extends Pick<Issue, "rule" | "problem" | "expected" | "schema"> {
  readonly concealed: boolean;
}

export function failure({ pointer, concealed }: Spot, rule: string, { expected, problem = "constraint" }: { readonly expected: string; readonly problem?: Issue["problem"] }): Failure {
  return { rule, problem, expected, schema: rule === "false" ? pointer : `${pointer}/${rule}`, concealed };
}

/** Adds an issue. Spelt out: an object spread costs ten times as much as all the rest. */
export function reportIssue({ concealed, rule, problem, expected, schema }: Failure, value: unknown, { path: base, keys: above, below, issues }: Search): false {
  if (issues === undefined) return false;
  const path = below.length === 0 ? base : below.reduce<string>(pathBelow, base);
  const keys = below.length === 0 ? above : above.concat(below);
  issues.push(concealed || value === undefined ? { path, keys, rule, problem, expected, schema } : { path, keys, rule, problem, expected, received: show(value), schema });
  return false;
}

function pathBelow(path: string, key: string | number): string {
  return typeof key === "number" ? `${path}[${key}]` : `${path}.${key}`;
}

const longest = 80;

/** A value as short text; never calls into it. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  return Array.isArray(value) ? "array" : typeof value;
}
