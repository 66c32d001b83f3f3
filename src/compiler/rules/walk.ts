/** Every value of a Registry, once: what the rules look at. A group's field is met in the group, not again where the group is included. */
import type { Definition, Field, Meta, ObjectShape, Origin, PatternFields, Registry, Value } from "../registry.js";

export interface Visited {
  readonly value: Value;
  /** Of the field, or of what holds the value: the definition, the object of a variant, the object of a key rule. */
  readonly path: string;
  readonly origin: Origin;
  /** Keywords that lead from the place of the origin to the value; none for a field and for the root of a definition. */
  readonly within: readonly (string | number)[];
  /** Absent for the root of a definition, an object of variants and a key rule. */
  readonly field?: Field;
  /** Absent for the base record. */
  readonly definition?: Definition;
}

const none: readonly never[] = [];

type Spot = Omit<Visited, "value" | "field">;

const walks = new WeakMap<Registry, readonly Visited[]>();

/** The list is made on the first call and kept with the registry. */
export function walk(registry: Registry): readonly Visited[] {
  const known = walks.get(registry);
  if (known !== undefined) return known;
  const found: Visited[] = [];
  const walker: Walker = { found, seen: new Set() };
  for (const field of registry.base) visitField(walker, { path: field.path, origin: field.origin, within: none }, field);
  for (const definition of definitionsOf(registry)) {
    if (definition.kind === "event") continue;
    const { name: path, origin, object } = definition;
    visit(walker, { value: { types: ["object"], object }, path, origin, within: none, definition });
  }
  walks.set(registry, found);
  return found;
}

/** All definitions, groups first: they stand below the others. */
export function definitionsOf(registry: Registry): readonly Definition[] {
  const { groups, partials, originators, services, events } = registry;
  return [...groups, ...partials, ...originators, ...services, ...events];
}

interface Walker {
  readonly found: Visited[];
  /** Fields by place and by what they inherit. */
  readonly seen: Set<string>;
}

function visitField(walker: Walker, spot: Spot, field: Field): void {
  const key = identityOf(field);
  if (walker.seen.has(key)) return;
  walker.seen.add(key);
  visit(walker, { ...spot, path: field.path, origin: field.origin, within: none, value: field.value, field });
}

/** One source node inherits differently where it is reused; the parts that rules judge are part of the identity. */
function identityOf({ origin, meta }: { readonly origin: Origin; readonly meta: Meta }): string {
  return `${origin.file}:${origin.line}:${origin.column}:${meta.sensitivity}:${meta.stability}`;
}

function visit(walker: Walker, visited: Visited): void {
  walker.found.push(visited);
  const { value, field: _, ...spot } = visited;
  const { array, object, variants } = value;
  if (object !== undefined) visitObject(walker, spot, object);
  for (const [index, one] of (variants?.cases ?? []).entries()) visit(walker, { ...spot, within: [...spot.within, "oneOf", index], value: { types: ["object"], object: one.object } });
  if (array === undefined) return;
  for (const field of array.prefix) visitField(walker, spot, field);
  if (typeof array.items !== "boolean") visitField(walker, spot, array.items);
}

function visitObject(walker: Walker, spot: Spot, object: ObjectShape): void {
  for (const field of object.fields) visitField(walker, spot, field);
  for (const field of object.patterns.flatMap(fieldOf)) visitField(walker, spot, field);
  if (typeof object.additional !== "boolean") visitField(walker, spot, object.additional);
  if (object.keys !== undefined && object.keys !== false) visit(walker, { ...spot, within: [...spot.within, "propertyNames"], value: object.keys });
}

/** Every field below an object, at any depth, groups' fields included. */
export function fieldsIn({ fields, patterns, additional }: ObjectShape): readonly Field[] {
  return [...fields, ...patterns.map((one) => one.field), additional].flatMap((field) => (typeof field === "boolean" ? [] : [field, ...fieldsBelow(field)]));
}

function fieldsBelow({ value: { object, array, variants } }: Field): readonly Field[] {
  const elements = [...(array?.prefix ?? []), array?.items].flatMap((field) => (typeof field === "object" ? [field, ...fieldsBelow(field)] : []));
  return [...elements, ...(object === undefined ? [] : fieldsIn(object)), ...(variants?.cases.flatMap((one) => fieldsIn(one.object)) ?? [])];
}

function fieldOf({ field }: PatternFields): readonly Field[] {
  return typeof field === "boolean" ? [] : [field];
}

/** Whether the text matches. A pattern that does not compile is told elsewhere; until then it matches. */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}
