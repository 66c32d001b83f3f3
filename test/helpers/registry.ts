/** A Registry made by hand, for tests of emitters: what a test does not say has its default. */
import type { EventDef, Field, GroupDef, Meta, ObjectShape, OriginatorDef, PartialDef, Registry, ServiceDef, Value } from "../../src/compiler/registry.js";
import { namesOf } from "../../src/compiler/names.js";

export const plainMeta: Meta = {
  sensitivity: "none", handling: "plain", merge: "replace", stability: "stable",
  aliases: [], knownValues: [], pitfalls: [], links: [], tags: [], examples: [], extensions: {},
};

export const meta = (said: Partial<Meta> = {}): Meta => ({ ...plainMeta, ...said });

export interface FieldInput {
  readonly value: Value;
  readonly meta?: Partial<Meta>;
  readonly required?: boolean;
  readonly from?: string;
  readonly file?: string;
}

/** A field below `parent` (a path). Its children are values that were made with their own paths. */
export function field(parent: string, name: string, { value, meta: said, required = false, from, file = "schemas/test.yaml" }: FieldInput): Field {
  const path = parent === "" ? name : name.startsWith("[") ? `${parent}${name}` : `${parent}.${name}`;
  return { name, path, pointer: `/properties/${name}`, required, value, meta: meta(said), ...(from === undefined ? {} : { from }), origin: { file, line: 1, column: 1 } };
}

export const string = (rules: NonNullable<Value["string"]> = {}): Value => ({ types: ["string"], ...(Object.keys(rules).length === 0 ? {} : { string: rules }) });
export const integer: Value = { types: ["integer"] };

export function shape(fields: readonly Field[], more: Partial<ObjectShape> = {}): ObjectShape {
  return { fields, patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [], ...more };
}

type Input<D extends { readonly kind: string }> = Partial<Omit<D, "kind" | "name" | "meta">> & { readonly meta?: Partial<Meta>; readonly file?: string };

function common<K extends "partial" | "originator" | "service" | "event" | "group">(kind: K, name: string, input: { readonly meta?: Partial<Meta>; readonly file?: string }) {
  return { kind, name, names: namesOf(kind, name), meta: meta(input.meta), origin: { file: input.file ?? `schemas/${name}.yaml`, line: 1, column: 1 } };
}

export function partial(name: string, { meta: said, file, ...rest }: Input<PartialDef>): PartialDef {
  return { object: shape([]), ...rest, ...common("partial", name, { ...(said && { meta: said }), ...(file === undefined ? {} : { file }) }) };
}
export function originator(name: string, { meta: said, file, ...rest }: Input<OriginatorDef>): OriginatorDef {
  return { object: shape([]), ...rest, ...common("originator", name, { ...(said && { meta: said }), ...(file === undefined ? {} : { file }) }) };
}
export function service(name: string, { meta: said, file, ...rest }: Input<ServiceDef>): ServiceDef {
  return { object: shape([]), ...rest, ...common("service", name, { ...(said && { meta: said }), ...(file === undefined ? {} : { file }) }) };
}
export function group(name: string, { meta: said, file, ...rest }: Input<GroupDef>): GroupDef {
  return { object: shape([]), ...rest, ...common("group", name, { ...(said && { meta: said }), ...(file === undefined ? {} : { file }) }) };
}
export function event(name: string, { meta: said, file, ...rest }: Input<EventDef>): EventDef {
  return { partials: [], originators: [], consumers: [], ...rest, ...common("event", name, { ...(said && { meta: said }), ...(file === undefined ? {} : { file }) }) };
}

/** Base fields enough for queries: event, timestamp, durationMs, outcome, sampleRate. */
export const baseFields: readonly Field[] = [
  field("", "event", { value: string(), required: true, meta: { brief: "Name of the event." } }),
  field("", "timestamp", { value: string({ format: "date-time" }), required: true, meta: { brief: "Start of the work.", kind: "timestamp" } }),
  field("", "durationMs", { value: { types: ["number"] }, required: true, meta: { brief: "How long the work took.", kind: "measure", unit: "ms" } }),
  field("", "outcome", { value: { types: ["string"], values: [{ value: "success" }, { value: "error" }] }, required: true }),
  field("", "sampleRate", { value: { types: ["number"], number: { minimum: 1 } }, required: true }),
];

export function registry(said: Partial<Registry>): Registry {
  return { format: 1, naming: "camelCase", stamp: "0123456789ab", base: baseFields, partials: [], originators: [], services: [], events: [], groups: [], ...said };
}
