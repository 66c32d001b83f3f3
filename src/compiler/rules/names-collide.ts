/** Names that the generated code, the disk or the record cannot keep apart. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import { camelCase, generatedNames, snakeCase } from "../names.js";
import type { Definition, Field, OriginatorDef, PartialDef, Registry } from "../registry.js";
import { statsKey } from "../rollups.js";
import { definitionsOf, walk } from "./walk.js";

/** The runtime's own key on the record. */
const runtimeKey = "wevt";

export function namesCollide(registry: Registry, places: Places): readonly Diagnostic[] {
  const definitions = definitionsOf(registry);
  const base = spellingsOf(registry.base);
  return [
    ...identifiers(definitions.filter((one) => one.kind !== "group"), places),
    ...files(definitions, places),
    ...registry.partials.flatMap((partial) => recordKeys(partial, { registry, base, places })),
    ...registry.partials.flatMap((partial) => shorthand(partial, places)),
    ...registry.originators.flatMap((originator) => originatorKeys(registry, originator, places)),
  ];
}

/** What a definition exports from `index.ts`, or is called by in it. */
function exportsOf(definition: Definition): readonly string[] {
  const { names } = definition;
  switch (definition.kind) {
    case "partial":
      return [names.value, names.type, `${names.type}Input`, ...(definition.rollup === undefined ? [] : [definition.rollup.type])];
    case "originator":
    case "service":
      return [names.value, names.type, `${names.type}Input`];
    case "event":
      return [`${names.type}Event`];
    case "group":
      return [];
  }
}

/** Each definition is told once: of several shared identifiers the first one says enough. */
function identifiers(definitions: readonly Definition[], places: Places): readonly Diagnostic[] {
  const own = new Set(generatedNames);
  const taken = new Map<string, Definition>();
  return definitions.flatMap((definition) => {
    const { kind, name, origin } = definition;
    const exported = exportsOf(definition);
    const generated = name === runtimeKey ? undefined : exported.find((one) => own.has(one));
    if (generated !== undefined) return [diagnostic("GENERATED_NAME", { kind, name, identifier: generated }, { at: places(origin) })];
    const identifier = exported.find((one) => taken.has(one));
    const other = identifier === undefined ? undefined : taken.get(identifier);
    for (const one of exported) if (!taken.has(one)) taken.set(one, definition);
    if (identifier === undefined || other === undefined || isRollupOf(definition, other) || isRollupOf(other, definition)) return [];
    const related = [{ at: places(other.origin), message: `${other.kind} "${other.name}"` }];
    return [diagnostic("NAME_COLLISION", { kind, name, otherKind: other.kind, other: other.name, identifier }, { at: places(origin), related })];
  });
}

/** A partial that has the key of another one's roll-up, which is told there. */
function isRollupOf({ name }: Definition, other: Definition): boolean {
  return other.kind === "partial" && other.rollup?.field.name === name;
}

/** File names that differ in case alone; names that also share an identifier are told there. */
function files(definitions: readonly Definition[], places: Places): readonly Diagnostic[] {
  const taken = new Map<string, Definition>();
  return definitions.flatMap((definition) => {
    const { kind, name, names, origin } = definition;
    const key = `${kind}s/${names.file.toLowerCase()}`;
    const other = taken.get(key);
    if (other === undefined) taken.set(key, definition);
    if (other === undefined || exportsOf(definition).some((one) => exportsOf(other).includes(one))) return [];
    const related = [{ at: places(other.origin), message: `${other.kind} "${other.name}"` }];
    return [diagnostic("FILE_COLLISION", { kind, name, other: other.name }, { at: places(origin), related })];
  });
}

/** Every way in which the keys of the base record may be written, whatever the project's naming. */
function spellingsOf(fields: readonly Field[]): ReadonlyMap<string, Field> {
  const spellings = new Map<string, Field>();
  for (const field of fields) {
    for (const key of [field.name, camelCase(field.name), snakeCase(field.name)]) if (!spellings.has(key)) spellings.set(key, field);
  }
  return spellings;
}

interface RecordKeys {
  readonly registry: Registry;
  readonly base: ReadonlyMap<string, Field>;
  readonly places: Places;
}

/** Partials stand on the record beside the base fields, and a repeatable one has its counts beside it. */
function recordKeys(partial: PartialDef, { registry, base: spellings, places }: RecordKeys): readonly Diagnostic[] {
  const { name, origin, repeatable, rollup } = partial;
  const base = spellings.get(name);
  if (base !== undefined || name === runtimeKey) {
    const related = base === undefined ? {} : { related: [{ at: places(base.origin), message: "the base field" }] };
    return [diagnostic("RECORD_KEY", { name }, { at: places(origin), ...related })];
  }
  const stats = repeatable === undefined ? undefined : registry.partials.find((one) => one.name === statsKey(name, registry.naming));
  if (stats === undefined) return [];
  const related = rollup === undefined ? { at: places(origin), message: "the repeatable partial" } : { at: places(rollup.field.origin), message: "the roll-up" };
  return [diagnostic("STATS_KEY", { name: stats.name, repeatable: name }, { at: places(stats.origin), related: [related] })];
}

/** An originator's fields stand on the record beside its type and the identifiers. */
function originatorKeys(registry: Registry, { name, object }: OriginatorDef, places: Places): readonly Diagnostic[] {
  const base = registry.base.find((field) => field.name === "originator")?.value.object?.fields ?? [];
  return object.fields.flatMap((field) => {
    const taken = base.find((one) => one.name === field.name);
    if (taken === undefined) return [];
    return [diagnostic("ORIGINATOR_KEY", { name, field: field.name }, { at: places(field.origin), related: [{ at: places(taken.origin), message: "the base field" }] })];
  });
}

function shorthand({ names, name, origin, importedFrom }: PartialDef, places: Places): readonly Diagnostic[] {
  if (names.method !== undefined || importedFrom !== undefined) return [];
  return [diagnostic("NO_SHORTHAND", { name, builder: names.value }, { at: places(origin) })];
}

/** A name that no object of JavaScript can have as its own. */
export function prototypes(registry: Registry, places: Places): readonly Diagnostic[] {
  return walk(registry).flatMap(({ field }) => (field?.name === "__proto__" ? [diagnostic("PROTO_PROPERTY", { path: field.path }, { at: places(field.origin) })] : []));
}
