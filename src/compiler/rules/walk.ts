/** Every value of a Registry, once: what the rules look at. A group's field is met in the group, not again where the group is included. */
import type { Definition, Field, Meta, ObjectShape, Origin, PartialDef, Registry, Value } from "../registry.js";

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

const walks = new WeakMap<Registry, readonly Visited[]>();

/** The list is made on the first call and kept with the registry. */
export function walk(registry: Registry): readonly Visited[] {
  const known = walks.get(registry);
  if (known !== undefined) return known;
  const found: Visited[] = [];
  const walker: Walker = { found, seen: new Map() };
  for (const field of registry.base) visitField(walker, undefined, field);
  for (const definition of definitionsOf(registry)) {
    if (definition.kind === "event") continue;
    const { name: path, origin, object } = definition;
    visit(walker, { value: objectValue(object), path, origin, within: none, definition });
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
  /** File → the identities of its fields. */
  readonly seen: Map<string, Set<number | string>>;
}

function visitField(walker: Walker, definition: Definition | undefined, field: Field): void {
  const { value, path, origin } = field;
  const known = walker.seen.get(origin.file) ?? new Set();
  const identity = identityOf(field);
  if (known.has(identity)) return;
  walker.seen.set(origin.file, known.add(identity));
  visit(walker, definition === undefined ? { value, path, origin, within: none, field } : { value, path, origin, within: none, field, definition });
}

/** More than a line has columns. */
const lineWeight = 2 ** 26;

/** One source node inherits differently where it is reused; the parts that rules judge are part of the identity. */
function identityOf({ origin, meta: { sensitivity, stability } }: { readonly origin: Origin; readonly meta: Meta }): number | string {
  const place = origin.line * lineWeight + origin.column;
  return sensitivity === "none" && stability === "stable" ? place : `${place} ${sensitivity} ${stability}`;
}

function visit(walker: Walker, visited: Visited): void {
  walker.found.push(visited);
  const { value, definition } = visited;
  const { array, object, variants } = value;
  if (object !== undefined) visitObject(walker, visited, object);
  if (variants !== undefined) for (const [index, one] of variants.cases.entries()) visit(walker, partOf(visited, objectValue(one.object), ["oneOf", index]));
  if (array === undefined) return;
  for (const field of array.prefix) visitField(walker, definition, field);
  if (typeof array.items !== "boolean") visitField(walker, definition, array.items);
}

function visitObject(walker: Walker, holder: Visited, { fields, patterns, additional, keys }: ObjectShape): void {
  const { definition } = holder;
  for (const field of fields) visitField(walker, definition, field);
  for (const { field } of patterns) if (typeof field !== "boolean") visitField(walker, definition, field);
  if (typeof additional !== "boolean") visitField(walker, definition, additional);
  if (keys !== undefined && keys !== false) visit(walker, partOf(holder, keys, ["propertyNames"]));
}

/** A value without a field of its own: it stands where its holder does. */
function partOf({ path, origin, within, definition }: Visited, value: Value, keywords: Visited["within"]): Visited {
  return { value, path, origin, within: [...within, ...keywords], ...(definition === undefined ? undefined : { definition }) };
}

function objectValue(object: ObjectShape): Value {
  return { types: ["object"], object };
}

/** Every field below an object, at any depth, groups' fields included. */
export function fieldsIn(object: ObjectShape): readonly Field[] {
  const found: Field[] = [];
  addFields(found, object);
  return found;
}

/** What stands beside a repeatable partial, and every field below it. */
export function rolledUp({ rollup }: PartialDef): readonly Field[] {
  return rollup === undefined ? [] : [rollup.field, ...fieldsIn(rollup.field.value.object ?? nothing)];
}

const nothing: ObjectShape = { fields: [], patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] };

function addFields(found: Field[], { fields, patterns, additional }: ObjectShape): void {
  for (const field of fields) addField(found, field);
  for (const { field } of patterns) addField(found, field);
  addField(found, additional);
}

function addField(found: Field[], field: Field | boolean): void {
  if (typeof field === "boolean") return;
  found.push(field);
  const { array, object, variants } = field.value;
  for (const one of array?.prefix ?? []) addField(found, one);
  if (array !== undefined) addField(found, array.items);
  if (object !== undefined) addFields(found, object);
  for (const one of variants?.cases ?? []) addFields(found, one.object);
}

/** Whether the text matches. A pattern that does not compile is told elsewhere; until then it matches. */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}
