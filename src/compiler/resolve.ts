/** The stage from loaded files to the Registry: references followed, groups merged, metadata inherited, everything ordered and frozen. */
import type { Config } from "./config.js";
import type { Diagnostic } from "./diagnostics.js";
import { deepFreeze } from "./freeze.js";
import { snakeCase } from "./names.js";
import type { LoadedFile } from "./project.js";
import type { ArrayShape, Field, Naming, ObjectShape, Registry, Value } from "./registry.js";
import { definitionShape, eventDef, groupDef, originatorDef, partialDef, serviceDef } from "./resolve/definition.js";
import { indexDefinitions } from "./resolve/definitions.js";
import type { DefinitionIndex, RawDefinition, Scope } from "./resolve/scope.js";
import type { Result } from "./result.js";
import { stampOf } from "./stamp.js";

/** The group whose fields are the base of every record. It is not a group of the registry. */
export const recordGroup = "record";

export function resolve(files: readonly LoadedFile[], config: Config): Result<Registry> {
  const diagnostics: Diagnostic[] = [];
  const report = (one: Diagnostic): void => void diagnostics.push(one);
  const definitions = indexDefinitions(files, report);
  const { naming } = config;
  const scope: Scope = { naming, files: new Map(files.map((file) => [file.source.path, file])), definitions, defaults: { ...config.defaults, tags: config.defaults.tags ?? [] }, report };
  const partials = sorted(definitions, "partial").map((raw) => raw.file.known ?? partialDef(scope, raw));
  const originators = sorted(definitions, "originator").map((raw) => originatorDef(scope, raw));
  const record = definitions.group.get(recordGroup);
  const structure = {
    naming,
    base: record === undefined ? [] : baseFields(definitionShape(scope, record, "").fields, naming),
    partials,
    originators,
    services: sorted(definitions, "service").map((raw) => serviceDef(scope, raw)),
    events: sorted(definitions, "event").map((raw) => eventDef(scope, raw, { partials, originators })),
    groups: sorted(definitions, "group").filter((raw) => raw.name !== recordGroup).map((raw) => groupDef(scope, raw)),
  };
  return { value: deepFreeze({ format: 1, stamp: stampOf(structure), ...structure }), diagnostics: distinct(diagnostics) };
}

function sorted(definitions: DefinitionIndex, kind: keyof DefinitionIndex): readonly RawDefinition[] {
  return [...definitions[kind].values()].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** A group is resolved wherever it is used: its mistakes are told once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const key = JSON.stringify([one.id, one.at?.source.path, one.at?.start, one.message]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

/** The base record's keys follow the config's naming. */
function baseFields(fields: readonly Field[], naming: Naming): readonly Field[] {
  return naming === "camelCase" ? fields : fields.map((field) => snakeField(field));
}

function snakeField(field: Field): Field {
  return { ...field, name: snakeCase(field.name), path: snakeCase(field.path), value: snakeValue(field.value) };
}

function snakeValue(value: Value): Value {
  return {
    ...value,
    ...(value.object === undefined ? {} : { object: snakeObject(value.object) }),
    ...(value.array === undefined ? {} : { array: snakeArray(value.array) }),
  };
}

function snakeObject(object: ObjectShape): ObjectShape {
  return { ...object, fields: object.fields.map(snakeField) };
}

function snakeArray(array: ArrayShape): ArrayShape {
  return typeof array.items === "boolean" ? array : { ...array, items: snakeField(array.items) };
}
