/** Roll-ups that say something that cannot be added up, or that nothing is added up to. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Field, PartialDef, Registry, RolledField } from "../registry.js";
import { fieldBelow, isNumeric } from "../rollups.js";

export function rollups(registry: Registry, places: Places): readonly Diagnostic[] {
  return registry.partials.flatMap((partial) => [...alone(partial, places), ...(partial.rollup?.of ?? []).flatMap((rolled) => fieldProblems(partial, rolled, places))]);
}

function alone({ name, origin, repeatable, rollup }: PartialDef, places: Places): readonly Diagnostic[] {
  if (rollup !== undefined && repeatable === undefined) return [diagnostic("ROLLUP_ALONE", { name }, { at: places(rollup.field.origin) })];
  if (rollup === undefined && repeatable?.max === 0) return [diagnostic("NOTHING_KEPT", { name }, { at: places(origin, "repeatable", "max") })];
  return [];
}

function fieldProblems({ name, object }: PartialDef, rolled: RolledField, places: Places): readonly Diagnostic[] {
  const { keys, origin } = rolled;
  const path = `${name}.${keys.join(".")}`;
  const source = fieldBelow(object, keys);
  const misfit = source === undefined ? undefined : misfitOf(source, rolled);
  const related = source === undefined ? [] : [{ at: places(source.origin), message: "the field" }];
  return [...(misfit === undefined ? [] : [diagnostic("ROLLUP_MISFIT", { path, ...misfit }, { at: places(origin), related })]), ...boundProblems(path, rolled, places)];
}

interface Misfit {
  readonly why: string;
  readonly cure: string;
}

function misfitOf(source: Field, { keys, sum }: RolledField): Misfit | undefined {
  const { types, string } = source.value;
  const { handling, kind } = source.meta;
  if (string?.format === "int64") return { why: ": int64 is text on the record", cure: "let its type be integer, if numbers below 2^53 will do" };
  if (!isNumeric(source)) return { why: `: it is ${types === "any" ? "any JSON" : types.join(" or ")}`, cure: "roll up fields whose type is integer or number" };
  if (handling !== "plain") return { why: `: its handling is ${handling}`, cure: "remove it from `rollup`: a sum of what must not be seen shows it" };
  if (keys[0] === "count") return { why: ": `count` is how many items there are", cure: "rename the field" };
  if (kind === "timestamp" && sum === true) return { why: " by sum: it is a point in time", cure: "take `min` and `max`" };
  return undefined;
}

/** The first bound that is not greater than the one before it says enough. */
function boundProblems(path: string, { buckets = [], origin }: RolledField, places: Places): readonly Diagnostic[] {
  const index = buckets.findIndex(({ bound }, at) => bound <= (buckets[at - 1]?.bound ?? -Infinity));
  const [before, here] = index < 1 ? [] : buckets.slice(index - 1);
  if (before === undefined || here === undefined) return [];
  return [diagnostic("ROLLUP_BOUNDS", { path, bound: here.bound, after: before.bound }, { at: places(origin, "histogram", index) })];
}
