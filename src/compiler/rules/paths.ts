/** Paths have one meaning: one type, one unit. An alias is a path too, and what names another field has to find it. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Field, ObjectShape, Registry } from "../registry.js";
import { suggest } from "../suggest.js";
import { fieldsIn, walk } from "./walk.js";

export function paths(registry: Registry, places: Places): readonly Diagnostic[] {
  const visited = walk(registry).filter(({ definition }) => definition?.kind === "partial");
  const fields = visited.flatMap(({ field }) => (field === undefined ? [] : [field]));
  const byPath = new Map<string, Field>();
  const twice = fields.flatMap((field) => {
    const first = byPath.get(field.path);
    if (first === undefined) byPath.set(field.path, field);
    return first === undefined ? [] : differences(first, field, places);
  });
  const naming = fields.filter(({ meta }) => meta.aliases.length > 0 || meta.deprecation?.replacedBy !== undefined || typeof meta.when === "object");
  if (naming.length === 0) return twice;
  const known = knownPaths(registry);
  const above = new Map([...byPath.values()].flatMap((field) => prefixesOf(field.path).map((prefix) => [prefix, field] as const)));
  return [...twice, ...naming.flatMap((field) => [...takenAliases(field, { byPath, above }, places), ...lostPaths(field, known, places)])];
}

/** Every path that a record can hold, groups included where they are used; `walk` meets a shared field once. */
function knownPaths(registry: Registry): ReadonlySet<string> {
  const base: ObjectShape = { fields: registry.base, patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] };
  const definitions = [...registry.partials, ...registry.originators, ...registry.services];
  return new Set([...definitions.map((one) => one.name), ...[base, ...definitions.map((one) => one.object)].flatMap(fieldsIn).map((field) => field.path)]);
}

/** `a.b.c` → `a`, `a.b`. */
function prefixesOf(path: string): readonly string[] {
  const parts = path.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

interface Taken {
  readonly byPath: ReadonlyMap<string, Field>;
  /** Path above a field → one of the fields below it. */
  readonly above: ReadonlyMap<string, Field>;
}

/** Two variants may both have `amount`, but it has to be the same thing. */
function differences(first: Field, second: Field, places: Places): readonly Diagnostic[] {
  const what = typeOf(first) === typeOf(second) ? (first.meta.unit === second.meta.unit ? undefined : "units") : "types";
  if (what === undefined) return [];
  const told = (field: Field): string => (what === "types" ? typeOf(field) : (field.meta.unit ?? "no unit"));
  const related = [{ at: places(first.origin), message: told(first) }];
  return [diagnostic("PATH_WITH_TWO", { path: second.path, what, one: told(first), other: told(second) }, { at: places(second.origin), related })];
}

/** A discriminator is a constant of another value in each variant: the type counts. */
function typeOf({ value }: Field): string {
  return value.types === "any" ? "any JSON" : value.types.join(" or ");
}

/** An earlier name that is a field today, or that lies above or below one, cannot be told apart from it in old records. */
function takenAliases(field: Field, { byPath, above }: Taken, places: Places): readonly Diagnostic[] {
  return field.meta.aliases.flatMap((alias) => {
    const leaf = prefixesOf(alias).map((prefix) => byPath.get(prefix)).find((one) => one !== undefined && one.value.object === undefined);
    const other = byPath.get(alias) ?? above.get(alias) ?? leaf;
    if (other === undefined) return [];
    const related = [{ at: places(other.origin), message: `field "${other.path}"` }];
    return [diagnostic("ALIAS_TAKEN", { path: field.path, alias, other: other.path }, { at: places(field.origin), related })];
  });
}

function lostPaths({ path, meta, origin }: Field, known: ReadonlySet<string>, places: Places): readonly Diagnostic[] {
  const named = [
    ...(meta.deprecation?.replacedBy === undefined ? [] : [{ keyword: "replacedBy", target: meta.deprecation.replacedBy }]),
    ...(typeof meta.when === "object" ? Object.keys(meta.when).map((target) => ({ keyword: "when", target })) : []),
  ];
  return named.filter(({ target }) => !known.has(target)).map(({ keyword, target }) => {
    const suggestion = suggest(target, known);
    return diagnostic("UNKNOWN_PATH", { path, keyword, target, ...(suggestion === undefined ? {} : { suggestion }) }, { at: places(origin) });
  });
}
