/** From what was read to what is told: per definition and field, who sets it; and what is wrong with that. Knows no TypeScript. */
import type { Definition, Deprecation, Field, ObjectShape, Registry, Value } from "../../compiler/registry.js";
import { type GapReason, maxDepth, type Place, type Position, type Reading } from "./model.js";

/** `set`: by production code. `tests`: by tests alone. `unknown`: perhaps, through something that could not be followed. `never`: by nothing that was read. */
export type Status = "set" | "tests" | "unknown" | "never";

export interface PlaceUsage extends Position {
  readonly test: boolean;
  /** By CODEOWNERS. */
  readonly owners: readonly string[];
  readonly conditional: boolean;
  readonly events: readonly string[];
  readonly through: readonly Position[];
}

export interface GapUsage extends Position {
  readonly kind: Place["kind"];
  /** What it may set: this and everything below it. Empty: any partial. */
  readonly path: string;
  readonly reason: GapReason;
  readonly test: boolean;
  readonly owners: readonly string[];
}

export interface FieldUsage {
  readonly path: string;
  /** `partial:user` */
  readonly definition: string;
  readonly required: boolean;
  readonly deprecation?: Deprecation;
  readonly status: Status;
  readonly places: readonly PlaceUsage[];
}

export interface DefinitionUsage {
  readonly kind: Place["kind"];
  readonly name: string;
  readonly deprecation?: Deprecation;
  readonly status: Status;
  readonly places: readonly PlaceUsage[];
  /** Of an event: what its typed handle and ambient writes set of what it declares. */
  readonly partials?: readonly EventPartialUsage[];
}

export interface EventPartialUsage {
  readonly name: string;
  readonly presence: "required" | "optional";
  readonly status: Status;
}

export interface Usage {
  readonly format: 1;
  readonly stamp: string;
  readonly projects: readonly string[];
  readonly files: number;
  readonly followed: number;
  readonly depth: number;
  readonly definitions: readonly DefinitionUsage[];
  readonly fields: readonly FieldUsage[];
  readonly notFollowed: readonly GapUsage[];
}

export interface SummaryOptions {
  readonly registry: Registry;
  readonly reading: Reading & { readonly projects: readonly string[] };
  readonly isTest: (file: string) => boolean;
  readonly ownersOf: (file: string) => readonly string[];
}

export function summarize({ registry, reading, isTest, ownersOf }: SummaryOptions): Usage {
  const places = new Map<string, PlaceUsage[]>();
  for (const place of reading.places) put(places, keyOf(place), placeUsage(place, { isTest, ownersOf }));
  const gaps = reading.gaps.map((gap): GapUsage => ({ ...gap, test: isTest(gap.file), owners: ownersOf(gap.file) }));
  const look = (kind: Place["kind"], path: string): { readonly status: Status; readonly places: readonly PlaceUsage[] } => {
    const found = places.get(keyOf({ kind, path })) ?? [];
    return { status: statusOf(found, gaps.filter((gap) => gap.kind === kind && covers(gap.path, path))), places: found };
  };
  const owners = [...registry.partials, ...registry.originators, ...registry.services];
  const definitions = [
    ...owners.map((one): DefinitionUsage => ({ kind: one.kind, name: one.name, ...deprecationOf(one), ...look(one.kind, one.name) })),
    ...registry.events.map((event): DefinitionUsage => ({
      kind: "event",
      name: event.name,
      ...deprecationOf(event),
      ...look("event", event.name),
      partials: event.partials.map(({ partial, presence }) => ({ name: partial.name, presence, status: onEvent(look("partial", partial.name), event.name) })),
    })),
  ];
  const fields = owners.flatMap((owner) => namedFields(owner.object).map((field): FieldUsage => ({ path: field.path, definition: `${owner.kind}:${owner.name}`, required: field.required, ...deprecationOf(field), ...look(owner.kind, field.path) })));
  const { files, followed, projects } = reading;
  return { format: 1, stamp: registry.stamp, projects, files, followed, depth: maxDepth, definitions, fields: uniqueFields(fields), notFollowed: gaps };
}

/** Of an event, only what goes through its own handle, or through one of any event. */
function onEvent({ status, places }: { readonly status: Status; readonly places: readonly PlaceUsage[] }, event: string): Status {
  const own = places.filter((one) => one.events.length === 0 || one.events.includes(event));
  if (own.length > 0) return own.some((one) => !one.test) ? "set" : status === "unknown" ? "unknown" : "tests";
  return status === "unknown" ? "unknown" : "never";
}

function statusOf(places: readonly PlaceUsage[], gaps: readonly GapUsage[]): Status {
  if (places.some((one) => !one.test)) return "set";
  if (gaps.some((one) => !one.test)) return "unknown";
  if (places.length > 0) return "tests";
  return gaps.length > 0 ? "unknown" : "never";
}

/** True when something that may write a path may write another one. */
export function covers(above: string, path: string): boolean {
  return above === "" || path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

function placeUsage({ kind: _kind, path: _path, ...place }: Place, { isTest, ownersOf }: Pick<SummaryOptions, "isTest" | "ownersOf">): PlaceUsage {
  return { ...place, test: isTest(place.file), owners: ownersOf(place.file) };
}

function keyOf({ kind, path }: Pick<Place, "kind" | "path">): string {
  return `${kind}:${path}`;
}

function deprecationOf({ meta }: Definition | Field): { readonly deprecation?: Deprecation } {
  return meta.stability === "deprecated" ? { deprecation: meta.deprecation ?? {} } : {};
}

/** Every field with a name of its own, at any depth: not the elements of lists and maps, but what they hold. */
export function namedFields(object: ObjectShape): readonly Field[] {
  const inner = [...object.fields, ...[...object.patterns.map((one) => one.field), object.additional].filter((one) => typeof one === "object")];
  return inner.flatMap((field) => [...(/^[[*/]/.test(field.name) ? [] : [field]), ...fieldsIn(field.value)]);
}

function fieldsIn({ object, variants, array }: Value): readonly Field[] {
  const objects = [...(object === undefined ? [] : [object]), ...(variants?.cases ?? []).map((one) => one.object)];
  const elements = [...(array?.prefix ?? []), ...(typeof array?.items === "object" ? [array.items] : [])];
  return [...objects.flatMap(namedFields), ...elements.flatMap((one) => fieldsIn(one.value))];
}

/** Cases of variants may hold the same path. */
function uniqueFields(fields: readonly FieldUsage[]): readonly FieldUsage[] {
  return [...new Map(fields.map((one) => [`${one.definition} ${one.path}`, one])).values()];
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
