/** `rollup`: what the runtime needs to know to add up the items of a repeatable partial. */
import type { Field, Json, ObjectShape, RolledField, RollupDef } from "../../compiler/registry.js";
import { literal } from "../text.js";
import { helper, type CheckModule } from "./check-module.js";
import { printData } from "./data.js";
import { objectRule } from "./rule.js";

/** `rollupOf(…)`. `object` is the shape of the items. */
export function rollupCall(module: CheckModule, object: ObjectShape, { field, of }: RollupDef): string {
  const data = helper(module, "data");
  const rule = field.value.object === undefined ? { fields: {} } : objectRule(field.value.object);
  return `/*@__PURE__*/ ${helper(module, "rollupOf")}({ name: ${literal(field.name)}, rule: /*@__PURE__*/ ${data}(${printData(rule, 2)}), of: /*@__PURE__*/ ${data}(${printData(of.map((one) => rolled(object, one)), 0)}) })`;
}

function rolled(object: ObjectShape, { keys, sum, min, max, buckets = [] }: RolledField): Json {
  const way = wayTo(object, keys);
  return {
    keys,
    at: way.map(({ index }) => index),
    ...(way.at(-1)?.field.value.types.includes("number") === true ? {} : { integer: true }),
    ...(sum === true ? { sum } : {}),
    ...(min === true ? { min } : {}),
    ...(max === true ? { max } : {}),
    ...(buckets.length === 0 ? {} : { buckets: buckets.map(({ name, bound }) => [name, bound]) }),
  };
}

/** The fields that names lead to, each with its place in the list of slots. */
function wayTo({ fields }: ObjectShape, [name, ...rest]: readonly string[]): readonly { readonly field: Field; readonly index: number }[] {
  const index = fields.findIndex((one) => one.name === name);
  const field = fields[index];
  if (field === undefined) return [];
  return [{ field, index }, ...(rest.length === 0 || field.value.object === undefined ? [] : wayTo(field.value.object, rest))];
}
