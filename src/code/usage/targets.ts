/** The Registry as places that values are written to: what a key of an object literal means, at every depth. */
import type { Field, ObjectShape, Registry, Value } from "../../compiler/registry.js";
import type { Place } from "./model.js";

export interface Target {
  readonly kind: Place["kind"];
  /** As in the Registry; of a partial or originator its name; empty for all partials together. */
  readonly path: string;
  /** What the keys of an object mean. A name may stand for several: the same one in several cases of variants. */
  readonly named: ReadonlyMap<string, readonly Target[]>;
  /** What the other keys of an object mean, where it is a map. */
  readonly others: readonly Target[];
  /** The elements of an array. */
  readonly items: readonly Target[];
}

export interface Targets {
  /** What `set` takes. */
  readonly all: Target;
  /** By names of the schema. */
  readonly partials: ReadonlyMap<string, Target>;
  readonly originators: ReadonlyMap<string, Target>;
  /** What the option `service` takes. */
  readonly service: Target;
  /** By paths, for `add` and `time`. */
  readonly byPath: ReadonlyMap<string, readonly Target[]>;
}

export function targetsOf(registry: Registry): Targets {
  const partials = new Map(registry.partials.map((one) => [one.name, ownerTarget("partial", one.name, one.object)]));
  const originators = new Map(registry.originators.map((one) => [one.name, ownerTarget("originator", one.name, one.object)]));
  const services = registry.services.map((one) => ownerTarget("service", one.name, one.object));
  const byPath = new Map<string, readonly Target[]>();
  for (const target of partials.values()) addPaths(target, byPath);
  return {
    all: { ...nothing, kind: "partial", path: "", named: new Map(registry.partials.flatMap(({ name, repeatable }) => settable(partials.get(name), repeatable !== undefined))) },
    partials,
    originators,
    service: { ...nothing, kind: "service", path: services.length === 1 ? (services[0]?.path ?? "") : "", named: united(services.map((one) => one.named)) },
    byPath,
  };
}

/** Of a repeatable partial `set` takes lists, too. */
function settable(target: Target | undefined, isList: boolean): readonly (readonly [name: string, targets: readonly Target[]])[] {
  return target === undefined ? [] : [[target.path, [isList ? { ...target, items: [target] } : target]]];
}

/** What every key of an object means that a target knows by no name. */
export function keyTargets(target: Target, key: string): readonly Target[] {
  return target.named.get(key) ?? target.others;
}

export function isLeaf({ named, others, items }: Target): boolean {
  return named.size === 0 && others.length === 0 && items.length === 0;
}

/** A target and everything below it. */
export function below(target: Target): readonly Target[] {
  const inner = [...[...target.named.values()].flat(), ...target.others, ...target.items];
  return [target, ...inner.flatMap(below)];
}

/** An array of what a target takes. */
export function listOf(target: Target): Target {
  return { ...nothing, kind: target.kind, path: target.path, items: [target] };
}

const nothing: Pick<Target, "named" | "others" | "items"> = { named: new Map(), others: [], items: [] };

function ownerTarget(kind: Place["kind"], name: string, object: ObjectShape): Target {
  return { ...nothing, kind, path: name, ...shapeTargets(kind, object) };
}

function fieldTarget(kind: Place["kind"], field: Field): Target {
  return { ...nothing, kind, path: field.path, ...valueTargets(kind, field.value) };
}

function valueTargets(kind: Place["kind"], { object, variants, array }: Value): Partial<Target> {
  const shapes = [...(object === undefined ? [] : [object]), ...(variants?.cases ?? []).map((one) => one.object)].map((one) => shapeTargets(kind, one));
  const elements = [...(array?.prefix ?? []), ...(typeof array?.items === "object" ? [array.items] : [])];
  return { named: united(shapes.map((one) => one.named)), others: shapes.flatMap((one) => one.others), items: elements.map((one) => fieldTarget(kind, one)) };
}

function shapeTargets(kind: Place["kind"], { fields, patterns, additional }: ObjectShape): Pick<Target, "named" | "others"> {
  const open = [...patterns.map((one) => one.field), additional].filter((one) => typeof one === "object");
  return { named: new Map(fields.map((field) => [field.name, [fieldTarget(kind, field)]])), others: open.map((field) => fieldTarget(kind, field)) };
}

function united(maps: readonly ReadonlyMap<string, readonly Target[]>[]): ReadonlyMap<string, readonly Target[]> {
  const result = new Map<string, readonly Target[]>();
  for (const [name, targets] of maps.flatMap((map) => [...map])) result.set(name, [...(result.get(name) ?? []), ...targets]);
  return result;
}

function addPaths(target: Target, byPath: Map<string, readonly Target[]>): void {
  for (const one of below(target)) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
}
