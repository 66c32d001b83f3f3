/** Names and elements that an object or array declares and then refuses. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { ArrayShape, Field, ObjectShape, Registry } from "../registry.js";
import { refusal } from "./values.js";
import { matches, walk, type Visited } from "./walk.js";

export async function keys(registry: Registry, places: Places): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const visited of walk(registry)) {
    const { array, object } = visited.value;
    if (array?.maxItems !== undefined) found.push(...surplus(visited, array, places));
    if (object !== undefined && (object.keys !== undefined || object.patterns.some((one) => one.field === false))) found.push(...(await refused(visited, object, places)));
  }
  return found;
}

function surplus({ origin, within }: Visited, { prefix, maxItems = Infinity }: ArrayShape, places: Places): readonly Diagnostic[] {
  return prefix.slice(maxItems).map((field) =>
    diagnostic("NEVER_PRESENT", { path: field.path, why: `\`maxItems\` is ${maxItems}` }, { at: places(field.origin), related: [{ at: places(origin, ...within, "maxItems"), message: "`maxItems`" }] }),
  );
}

interface Refused {
  readonly field: Field;
  /** What refuses the name, as keywords below the object. */
  readonly by: readonly string[];
}

async function refused({ path, origin, within }: Visited, object: ObjectShape, places: Places): Promise<readonly Diagnostic[]> {
  const found: Refused[] = [];
  for (const field of object.fields) {
    const by = await refusing(object, field.name);
    if (by !== undefined) found.push({ field, by });
  }
  const [first] = found;
  if (first === undefined) return [];
  const place = ({ by }: Refused) => places(origin, ...within, ...by);
  const required = found.find(({ field }) => field.required);
  const all = object.additional === false && object.patterns.every((one) => one.field === false) && found.length === object.fields.length;
  if (required !== undefined || all) {
    const one = required ?? first;
    const conflict = required === undefined ? `\`${one.by[0]}\` refuses each of its properties` : `it requires "${one.field.name}", which \`${one.by[0]}\` refuses`;
    return [diagnostic("NO_VALUE_FITS", { path, conflict }, { at: place(one), related: [{ at: places(one.field.origin), message: `the property "${one.field.name}"` }] })];
  }
  return found.map((one) =>
    diagnostic("NEVER_PRESENT", { path: one.field.path, why: `\`${one.by[0]}\` refuses its name` }, { at: places(one.field.origin), related: [{ at: place(one), message: `\`${one.by[0]}\`` }] }),
  );
}

async function refusing({ keys: rule, patterns }: ObjectShape, name: string): Promise<readonly string[] | undefined> {
  if (rule === false || (rule !== undefined && (await refusal(rule, name)) !== undefined)) return ["propertyNames"];
  const pattern = patterns.find((one) => one.field === false && matches(one.pattern, name))?.pattern;
  return pattern === undefined ? undefined : ["patternProperties", pattern];
}
