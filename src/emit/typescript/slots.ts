/** `slots`: reads a closed object's fields into a list, in the order of its rule. The runtime keeps that list and writes the record from it. */
import type { ObjectShape, Value } from "../../compiler/registry.js";
import { helper, hoist, read, type CheckModule } from "./check-module.js";

/** The function as an expression; undefined where the object may have fields that are not declared. */
export function slotsFunction(module: CheckModule, object: ObjectShape): string | undefined {
  if (!isClosed(object)) return undefined;
  const values = object.fields.map(({ name, value }) => slot(module, read(module, "o", name), value));
  return values.length === 0 ? "() => []" : `(${module.plain ? "o" : "o: any"}) => [${values.join(", ")}]`;
}

/** An object with declared fields alone is a list in its turn. */
function slot(module: CheckModule, value: string, { object, variants }: Value): string {
  const inner = object === undefined || variants !== undefined ? undefined : slotsFunction(module, object);
  return inner === undefined ? value : `${helper(module, "part")}(${value}, ${hoist(module, inner)})`;
}

/** As the runtime tells it from the rule (`src/runtime/slots.ts`). */
function isClosed({ patterns, additional }: ObjectShape): boolean {
  return additional === false && patterns.every(({ field }) => field === false);
}
