import { createHash } from "node:crypto";
import type { EventDef, Field, Meta, ObjectShape, Registry, Value } from "./registry.js";

type Structure = Omit<Registry, "format" | "stamp">;

/** 12 hex digits over what a record may hold: names, types, constraints, presence, merge, handling. Texts, owners and examples do not count. */
export function stampOf(registry: Structure): string {
  const hash = createHash("sha256").update(`[${JSON.stringify(registry.naming)},${JSON.stringify(registry.base.map(fieldOf))},[`);
  // One definition at a time: all in one text cost more than what they are made of.
  for (const [index, one] of [...registry.partials, ...registry.originators, ...registry.services].entries()) {
    hash.update(`${index === 0 ? "" : ","}${JSON.stringify([one.kind, one.name, objectOf(one.object), "repeatable" in one ? one.repeatable : undefined, ...("rollup" in one && one.rollup !== undefined ? [fieldOf(one.rollup.field)] : [])])}`);
  }
  return hash.update(`],${JSON.stringify(registry.events.map(eventOf))}]`).digest("hex").slice(0, 12);
}

function eventOf(event: EventDef): unknown {
  const partials = event.partials.map((one) => [one.partial.name, one.presence, one.require]);
  return [event.name, partials, event.originators.map((one) => one.name)];
}

function fieldOf(field: Field): unknown {
  return [field.name, field.required, valueOf(field.value), policyOf(field.meta)];
}

function policyOf(meta: Meta): unknown {
  return [meta.merge, meta.handling, meta.unit, meta.decimals];
}

function valueOf(value: Value): unknown {
  const { types, values, number, string, array, object, variants } = value;
  return [
    types,
    values?.map((one) => one.value),
    number,
    string,
    array === undefined ? undefined : { ...array, prefix: array.prefix.map(fieldOf), items: typeof array.items === "boolean" ? array.items : fieldOf(array.items) },
    object === undefined ? undefined : objectOf(object),
    variants?.cases.map((one) => [one.value, objectOf(one.object)]),
  ];
}

function objectOf(object: ObjectShape): unknown {
  return {
    ...object,
    fields: object.fields.map(fieldOf),
    patterns: object.patterns.map((one) => [one.pattern, typeof one.field === "boolean" ? one.field : fieldOf(one.field)]),
    additional: typeof object.additional === "boolean" ? object.additional : fieldOf(object.additional),
    keys: typeof object.keys === "object" ? valueOf(object.keys) : object.keys,
  };
}
