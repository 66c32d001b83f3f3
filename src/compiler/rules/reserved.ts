/** What a definition, or a group that it takes over, has reserved: names and values that may never come back. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Definition, Json, ObjectShape, Registry, Reservation, Reserved } from "../registry.js";
import { definitionsOf, fieldsIn } from "./walk.js";

type Owner = Exclude<Definition, { kind: "event" }>;

export function reserved(registry: Registry, places: Places): readonly Diagnostic[] {
  const owners = definitionsOf(registry).filter((one): one is Owner => one.kind !== "event");
  if (owners.every((one) => one.reserved === undefined)) return [];
  const ofGroups = new Map(registry.groups.map((group) => [`group:${group.name}`, group]));
  const taken = new Set<string>();
  const inGroups = registry.groups.some((one) => one.reserved !== undefined);
  return owners.flatMap((owner) => {
    const spots = [{ path: owner.name, object: owner.object, reserved: owner.reserved }, ...(inGroups ? groupSpots(owner, ofGroups) : [])];
    return spots.flatMap((spot) => (spot.reserved === undefined ? [] : found({ ...spot, reserved: spot.reserved }, { places, taken })));
  });
}

/** An object and what is reserved in it. */
interface Spot {
  readonly path: string;
  readonly object: ObjectShape;
  readonly reserved: Reserved | undefined;
}

/** Each object of a definition that holds fields of a group, with what the group reserves. */
function groupSpots(owner: Owner, groups: ReadonlyMap<string, Registry["groups"][number]>): readonly Spot[] {
  const objects: readonly Omit<Spot, "reserved">[] = [
    { path: owner.name, object: owner.object },
    ...fieldsIn(owner.object).flatMap(({ path, value }) => [value.object, ...(value.variants?.cases.map((one) => one.object) ?? [])].flatMap((object) => (object === undefined ? [] : [{ path, object }]))),
  ];
  return objects.flatMap((spot) => groupsIn(spot.object, groups).map((group) => ({ ...spot, reserved: group.reserved })));
}

/** The groups that an object takes over, and those that these take over. */
function groupsIn(object: ObjectShape, groups: ReadonlyMap<string, Registry["groups"][number]>): readonly Registry["groups"][number][] {
  const found = new Set<Registry["groups"][number]>();
  const visit = ({ fields }: ObjectShape): void => {
    for (const { from } of fields) {
      const group = from === undefined ? undefined : groups.get(from);
      if (group === undefined || found.has(group)) continue;
      found.add(group);
      visit(group.object);
    }
  };
  visit(object);
  return [...found];
}

interface Report {
  readonly places: Places;
  /** A field is told once, also where several definitions share it. */
  readonly taken: Set<string>;
}

function found({ path, object, reserved: { names, values } }: Spot & { readonly reserved: Reserved }, { places, taken }: Report): readonly Diagnostic[] {
  const byPath = new Map(names.flatMap((name): [string, Reservation<string>][] => [[`${path}.${name.value}`, name], ...(name.value.startsWith(`${path}.`) ? [[name.value, name] as [string, Reservation<string>]] : [])]));
  const byValue = new Map(values.map((one) => [JSON.stringify(one.value), one]));
  return fieldsIn(object).flatMap((field) => {
    const key = `${field.origin.file}:${field.origin.line}:${field.origin.column}`;
    if (taken.has(key)) return [];
    const at = places(field.origin);
    const related = (one: Reservation<Json>) => [{ at: places(one.origin), message: "reserved here" }];
    const paths = [{ path: field.path, what: "field" as const }, ...field.meta.aliases.map((alias) => ({ path: alias, what: "alias" as const }))];
    const diagnostics = [
      ...paths.flatMap(({ path: used, what }) => {
        const reservation = byPath.get(used);
        return reservation === undefined ? [] : [diagnostic("RESERVED_NAME", { path: field.path, what, name: used }, { at, related: related(reservation) })];
      }),
      ...[...(field.value.values ?? []), ...field.meta.knownValues].flatMap(({ value }) => {
        const reservation = byValue.get(JSON.stringify(value));
        return reservation === undefined ? [] : [diagnostic("RESERVED_VALUE", { path: field.path, value: typeof value === "string" ? value : JSON.stringify(value) }, { at, related: related(reservation) })];
      }),
    ];
    if (diagnostics.length > 0) taken.add(key);
    return diagnostics;
  });
}
