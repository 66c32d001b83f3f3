/** Roll-ups: what the Registry says of them, what they are called, and what they are made of. */
import type { Field, Naming, ObjectShape } from "./registry.js";
import type { Origin } from "./source.js";

export interface RollupDef {
  /** What stands on the record beside the array: an object with `count` and an object for each field that is rolled up. Its pointers lead into `rollup`. */
  readonly field: Field;
  /** Its type: `ToolCallStats`. */
  readonly type: string;
  /** In the order of the fields. */
  readonly of: readonly RolledField[];
}

/** What is kept of the values of one field, beside their count. */
export interface RolledField {
  /** Names from the item on: `["usage", "inputTokens"]`. */
  readonly keys: readonly string[];
  readonly sum?: true;
  readonly min?: true;
  readonly max?: true;
  /** Upper bounds, ascending, with the name of the bucket that counts the values up to each. */
  readonly buckets?: readonly { readonly name: string; readonly bound: number }[];
  readonly origin: Origin;
}

/** The key of what stands beside a repeatable partial: `toolCallStats`, `tool_call_stats`. */
export function statsKey(partial: string, naming: Naming): string {
  return naming === "snake_case" || partial.includes("_") ? `${partial}_stats` : `${partial}Stats`;
}

/** The name of the bucket that counts the values up to a bound: `le_100`, `le_0_5`, `le_minus_1`. No two numbers share one. */
export function bucketName(bound: number): string {
  return `le_${String(bound).replace("+", "").replace(/-/g, "minus_").replace(".", "_")}`;
}

/** The field that names lead to through objects; undefined where there is none. */
export function fieldBelow({ fields }: ObjectShape, [name, ...rest]: readonly string[]): Field | undefined {
  const field = fields.find((one) => one.name === name);
  if (rest.length === 0 || field === undefined) return field;
  return field.value.object === undefined ? undefined : fieldBelow(field.value.object, rest);
}

/** Every field with a number that names lead to, as they are written in `rollup`. */
export function numberPaths({ fields }: ObjectShape): readonly string[] {
  return fields.flatMap((field) => [...(isNumeric(field) ? [field.name] : []), ...(field.value.object === undefined ? [] : numberPaths(field.value.object).map((path) => `${field.name}.${path}`))]);
}

/** A number and nothing else, but perhaps null. */
export function isNumeric({ value: { types } }: Field): boolean {
  return types !== "any" && types.some((type) => type === "integer" || type === "number") && types.every((type) => type === "integer" || type === "number" || type === "null");
}
