/** Paths have one meaning: one type, one unit, one set of values. An alias is a path too, and what names another field has to find it. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Definition, Field, Meta, Origin, Registry } from "../registry.js";
import { suggest } from "../suggest.js";
import { definitionsOf, fieldsIn, rolledUp } from "./walk.js";

export function paths(registry: Registry, places: Places): readonly Diagnostic[] {
  const recorded = recordedFields(registry);
  const { byPath, twice } = distinct(recorded, places);
  const aliased = recorded.filter(({ field }) => field.meta.aliases.length > 0);
  const naming = [
    ...definitionsOf(registry).filter(namesOthers).map(({ name, meta, origin }) => ({ path: name, meta, origin })),
    ...recorded.filter(({ field }) => namesOthers(field)).map(({ path, field: { meta, origin } }) => ({ path, meta, origin })),
  ];
  return [
    ...twice,
    ...(aliased.length === 0 ? [] : [...takenAliases(aliased, byPath, places), ...sharedAliases(aliased, places)]),
    ...(naming.length === 0 ? [] : lostPaths(naming, { known: knownPaths(registry, recorded), byPath, places })),
  ];
}

/** A field where it stands on a record: `originator.method` whatever the originator, `service.podId`. */
interface Recorded {
  readonly path: string;
  readonly field: Field;
  /** Absent for the base record. */
  readonly definition?: Definition;
}

/** Those of groups are met where the groups are used. */
function recordedFields(registry: Registry): readonly Recorded[] {
  const base = fieldsIn({ fields: registry.base, patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] });
  const shared = [...registry.originators, ...registry.services];
  return [
    ...base.map((field) => ({ path: field.path, field })),
    ...registry.partials.flatMap((definition) => [...fieldsIn(definition.object), ...rolledUp(definition)].map((field) => ({ path: field.path, field, definition }))),
    ...shared.flatMap((definition) => fieldsIn(definition.object).map((field) => ({ path: `${definition.kind}${field.path.slice(definition.name.length)}`, field, definition }))),
  ];
}

type ByPath = ReadonlyMap<string, Recorded>;

/** The first field of each path, and what is wrong with the others. What two uses of a group share is told once. */
function distinct(recorded: readonly Recorded[], places: Places): { readonly byPath: ByPath; readonly twice: readonly Diagnostic[] } {
  const byPath = new Map<string, Recorded>();
  const told = new Set<string>();
  const twice = recorded.flatMap((one) => {
    const first = byPath.get(one.path);
    if (first === undefined) {
      byPath.set(one.path, one);
      return [];
    }
    // What the base record says of an originator's own keys is the rule of names.
    if (first.definition === undefined && one.definition?.kind === "originator") return [];
    const found = difference(first.field, one.field);
    const pair = found === undefined ? "" : `${shown(first.field.origin)} ${shown(one.field.origin)}`;
    if (found === undefined || told.has(pair)) return [];
    told.add(pair);
    const related = [{ at: places(first.field.origin, found.keyword), message: found.one }];
    return [diagnostic("PATH_WITH_TWO", { path: one.path, ...found }, { at: places(one.field.origin, found.keyword), related })];
  });
  return { byPath, twice };
}

function shown({ file, line, column }: Origin): string {
  return `${file}:${line}:${column}`;
}

interface Difference {
  readonly what: string;
  readonly keyword: string;
  readonly one: string;
  readonly other: string;
}

/** Two variants may both have `amount`, but it has to be the same thing. */
function difference(first: Field, second: Field): Difference | undefined {
  const sides: readonly (readonly [what: string, keyword: string, tell: (field: Field) => string])[] = [
    ["types", "type", typeOf],
    ["formats", "format", ({ value }) => value.string?.format ?? "no format"],
    ["units", "unit", ({ meta }) => meta.unit ?? "no unit"],
  ];
  for (const [what, keyword, tell] of sides) {
    const [one, other] = [tell(first), tell(second)];
    if (one !== other) return { what, keyword, one, other };
  }
  const [one, other] = [valuesOf(first), valuesOf(second)];
  return one === undefined || other === undefined || sorted(one) === sorted(other) ? undefined : { what: "sets of values", keyword: "enum", one: one.join(", "), other: other.join(", ") };
}

function typeOf({ value }: Field): string {
  return value.types === "any" ? "any JSON" : value.types.join(" or ");
}

/** A constant says which variant it is, so each may have its own. */
function valuesOf({ value: { values } }: Field): readonly string[] | undefined {
  return values === undefined || values.length < 2 ? undefined : values.map((one) => JSON.stringify(one.value));
}

function sorted(values: readonly string[]): string {
  return [...values].sort().join();
}

/** `a.b.c` → `a`, `a.b`. */
function prefixesOf(path: string): readonly string[] {
  const parts = path.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

/** An earlier name that is a field today, or that lies above or below one, cannot be told apart from it in old records. */
function takenAliases(aliased: readonly Recorded[], byPath: ByPath, places: Places): readonly Diagnostic[] {
  const above = new Map([...byPath.values()].flatMap((one) => prefixesOf(one.path).map((prefix) => [prefix, one] as const)));
  return aliased.flatMap(({ path, field }) =>
    field.meta.aliases.flatMap((alias) => {
      const leaf = prefixesOf(alias).map((prefix) => byPath.get(prefix)).find((one) => one !== undefined && one.field.value.object === undefined);
      const other = byPath.get(alias) ?? above.get(alias) ?? leaf;
      if (other === undefined) return [];
      const related = [{ at: places(other.field.origin), message: `field "${other.path}"` }];
      return [diagnostic("ALIAS_TAKEN", { path, alias, other: other.path }, { at: places(field.origin, "aliases", alias), related })];
    }),
  );
}

function sharedAliases(aliased: readonly Recorded[], places: Places): readonly Diagnostic[] {
  const claimed = new Map<string, Recorded>();
  return aliased.flatMap((one) =>
    one.field.meta.aliases.flatMap((alias) => {
      const first = claimed.get(alias);
      if (first === undefined) claimed.set(alias, one);
      if (first === undefined || first.path === one.path) return [];
      const related = [{ at: places(first.field.origin, "aliases", alias), message: `field "${first.path}"` }];
      return [diagnostic("ALIAS_TWICE", { path: one.path, alias, other: first.path }, { at: places(one.field.origin, "aliases", alias), related })];
    }),
  );
}

/** A definition or field whose metadata may name others. */
interface Naming {
  readonly path: string;
  readonly meta: Meta;
  readonly origin: Origin;
}

function namesOthers({ meta: { deprecation, when } }: Pick<Naming, "meta">): boolean {
  return deprecation?.replacedBy !== undefined || typeof when === "object";
}

/** Every path that a record can hold, however it is written, and the definitions. */
function knownPaths(registry: Registry, recorded: readonly Recorded[]): ReadonlySet<string> {
  return new Set([...recorded.flatMap(({ path, field }) => [path, field.path]), ...[...registry.partials, ...registry.originators, ...registry.services, ...registry.events].map((one) => one.name)]);
}

interface Lookup {
  readonly known: ReadonlySet<string>;
  readonly byPath: ByPath;
  readonly places: Places;
}

/** What is inherited is told where it is said, and what a group says once. */
function lostPaths(naming: readonly Naming[], { known, byPath, places }: Lookup): readonly Diagnostic[] {
  const told = new Set<string>();
  return naming.flatMap(({ path, meta: { deprecation, when }, origin }) => {
    const said = [...(deprecation?.replacedBy === undefined ? [] : [{ keywords: ["deprecation", "replacedBy"], target: deprecation.replacedBy }]), ...Object.keys(typeof when === "object" ? when : {}).map((target) => ({ keywords: ["when", target], target }))];
    return said.flatMap(({ keywords, target }) => {
      const at = places(origin, ...keywords);
      const key = `${at.source.path} ${at.start}`;
      if (told.has(key) || at.start === places(origin).start) return [];
      told.add(key);
      const round = keywords[0] === "deprecation" ? leadsBack(path, target, byPath) : undefined;
      if (round !== undefined) return [diagnostic("REPLACED_BY_ITSELF", { path, target }, { at, related: round.map((one) => ({ at: places(one.field.origin, "deprecation", "replacedBy"), message: `"${one.path}" is replaced here` })) })];
      if (known.has(target)) return [];
      const suggestion = suggest(target, known);
      return [diagnostic("UNKNOWN_PATH", { path, keyword: keywords[0] === "when" ? "when" : "replacedBy", target, ...(suggestion === undefined ? {} : { suggestion }) }, { at })];
    });
  });
}

/** The fields on the way from a replacement back to what it replaces; undefined when it does not lead there. */
function leadsBack(path: string, replacedBy: string, byPath: ByPath): readonly Recorded[] | undefined {
  const way: Recorded[] = [];
  for (let target: string | undefined = replacedBy; target !== undefined && !way.some((one) => one.path === target); ) {
    if (target === path) return way;
    const next = byPath.get(target);
    if (next === undefined) return undefined;
    way.push(next);
    target = next.field.meta.deprecation?.replacedBy;
  }
  return undefined;
}
