/** The modules that tie the definitions together: `registry.ts`, `events.ts`, `paths.ts`, `index.ts`. */
import type { EventDef, Field, ObjectShape, PartialDef, Registry } from "../../compiler/registry.js";
import { eventsStatements, eventTypes, indexStatements, pathsStatements, registryStatements, type EventView, type PathTree } from "../../../templates/typescript/index-module.js";
import type { Statement } from "../../../templates/typescript/statements.js";
import { definitionDoc, eventFacts } from "./doc-lines.js";
import { globalType, safeIdentifier } from "./identifiers.js";
import { isTimeUnit } from "./rule.js";

export interface IndexOptions {
  readonly extension: string;
  /** Types that stand in the same file as those of events. */
  readonly own: ReadonlySet<string>;
}

export function registryModule(registry: Registry, options: IndexOptions): readonly Statement[] {
  const paths = registry.partials.map((partial) => ({ partial, fields: numericPaths(partial.object) }));
  return registryStatements({
    ...options,
    stamp: registry.stamp,
    naming: registry.naming,
    partials: registry.partials.map(moduleOf),
    originators: registry.originators.map(moduleOf),
    services: registry.services.map(moduleOf),
    repeatable: registry.partials.filter((partial) => partial.repeatable !== undefined).map((partial) => partial.name),
    rollups: registry.partials.flatMap(({ rollup, names }) => (rollup === undefined ? [] : [{ name: rollup.field.name, type: rollup.type, module: `./partials/${names.file}` }])),
    addPaths: paths.flatMap(({ partial, fields }) => (partial.repeatable === undefined ? fields.filter(adds).map((field) => field.path) : [])),
    timePaths: paths.flatMap(({ partial, fields }) => (partial.repeatable === undefined ? fields.filter(({ value, meta }) => value.string?.format !== "int64" && isTimeUnit(meta.unit)).map((field) => field.path) : [])),
    events: registry.events.map(eventView),
  });
}

function moduleOf(definition: Registry["partials"][number] | Registry["originators"][number] | Registry["services"][number]) {
  const { names, name, kind } = definition;
  return { name, type: names.type, builder: safeIdentifier(names.value), module: `./${kind}s/${names.file}` };
}

/** Numbers, int64 among them, that `add` or `time` can reach: through objects, not through arrays or maps. */
function numericPaths(object: ObjectShape): readonly Field[] {
  return object.fields.flatMap((field) => {
    const { types, object: inner, string } = field.value;
    const numeric = string?.format === "int64" || (types !== "any" && types.some((type) => type === "integer" || type === "number"));
    return [...(numeric ? [field] : []), ...(inner === undefined ? [] : numericPaths(inner))];
  });
}

function adds({ meta }: Field): boolean {
  return meta.merge === "sum" || meta.merge === "max" || meta.merge === "min";
}

function eventView(event: EventDef): EventView {
  return {
    name: event.name,
    method: event.names.value,
    type: `${event.names.type}Event`,
    doc: definitionDoc(event.meta, eventFacts(event)),
    partials: event.partials.map(({ partial, presence, require }) => ({ name: partial.name, required: presence === "required", require })),
    methods: event.partials.flatMap(({ partial }) => (partial.names.method === undefined ? [] : [partial.names.method])),
    originators: event.originators.map((originator) => originator.name),
    ...(event.sampling === undefined ? {} : { sampling: event.sampling }),
  };
}

export function eventsModule(registry: Registry, options: IndexOptions): readonly Statement[] {
  return eventsStatements({ ...options, pick: globalType("Pick", options.own), events: registry.events.map(eventView), methods: registry.partials.flatMap(methodView), inputs: registry.partials.map(moduleOf) });
}

export function eventsExports(registry: Registry): readonly string[] {
  return eventTypes(registry.events.map(eventView)).map((type) => `type ${type}`);
}

function methodView(partial: PartialDef) {
  const { names, meta } = partial;
  return names.method === undefined ? [] : [{ method: names.method, input: `${names.type}Input`, module: `./partials/${names.file}`, doc: definitionDoc(meta) }];
}

export function indexModule(registry: Registry, options: IndexOptions): readonly Statement[] {
  return indexStatements({
    ...options,
    partials: registry.partials.map((partial) => ({ ...moduleOf(partial), constants: [] })),
    originators: registry.originators.map(moduleOf),
    services: registry.services.map(moduleOf),
    events: registry.events.map(eventView),
  });
}

export function pathsModule(registry: Registry, options: IndexOptions): readonly Statement[] {
  return pathsStatements({ ...options, rollups: registry.partials.some(({ rollup }) => rollup !== undefined), definitions: registry.partials.flatMap(({ name, object, rollup }) => [{ name, tree: treeOf(object) }, ...(rollup?.field.value.object === undefined ? [] : [{ name: rollup.field.name, tree: treeOf(rollup.field.value.object) }])]) });
}

/** Objects become branches; everything else is a leaf that holds its path. */
function treeOf(object: ObjectShape): PathTree {
  return object.fields.map(({ name, path, value }) => {
    const inner = value.object ?? (value.variants?.cases.length === 1 ? value.variants.cases[0]?.object : undefined);
    return { name, path, ...(inner === undefined || inner.fields.length === 0 ? {} : { children: treeOf(inner) }) };
  });
}
