/** The TypeScript emitter: one module per definition, its heavy half beside it (in JavaScript: in it), and the modules that tie them together. */
import { generatedNames } from "../compiler/names.js";
import type { Registry } from "../compiler/registry.js";
import { madeAnew, type EmitContext, type Emitter, type OutputFile } from "./emitter.js";
import { oneLine } from "./text.js";
import { definitionModule, moduleExports, namedConstants, typeNames } from "./typescript/definition-module.js";
import { eventsExports, eventsModule, indexModule, pathsModule, registryModule } from "./typescript/index-module.js";
import { leafTypes, type LeafTypes } from "./typescript/leaf-types.js";
import { declarationsFile, headerOf, moduleFiles, type Declaring, type Module, type Output } from "./typescript/modules.js";
import { schemaHalf, schemaModule } from "./typescript/schema-module.js";
import { addLeaves } from "./typescript/value-types.js";

export const typescriptEmitter: Emitter = {
  name: "typescript",
  brief: "types, builders, validators and the runtime registry",
  defaultOut: "src/wevt",
  options: {
    type: "object",
    properties: {
      importExtension: { enum: ["js", "ts"], default: "js", description: "Extension in the specifiers of relative imports; with `output: js` it is always js." },
      output: { enum: ["ts", "js"], default: "ts", description: "`ts`: TypeScript. `js`: JavaScript with declarations, which the compiler reads fastest: all of them are in `index.d.ts`." },
    },
    additionalProperties: false,
  },
  emit,
};

async function emit(registry: Registry, { options, earlier = madeAnew() }: EmitContext): Promise<readonly OutputFile[]> {
  const output = options["output"] === "js" ? "js" : "ts";
  const extension = output === "ts" && options["importExtension"] === "ts" ? "ts" : "js";
  const definitions: readonly Declaring[] = [...registry.partials, ...registry.originators, ...registry.services];
  const keys = new Set<string>();
  const rollups = registry.partials.flatMap(({ rollup }) => rollup ?? []);
  for (const { object } of definitions) addLeaves(keys, object);
  for (const { field } of rollups) if (field.value.object !== undefined) addLeaves(keys, field.value.object);
  const leaves = await leafTypes(keys, earlier.texts);
  const own = output === "ts" ? undefined : declaredTypes(registry, definitions);
  const modules = definitionModules(registry, definitions, { leaves, extension, output, ...(own === undefined ? {} : { own }) });
  const whole = wholeModules(registry, { extension, own: own ?? new Set() });
  return [
    ...modules.flatMap(({ definition, constants, ...module }) =>
      earlier.filesOf(definition, constants, () => [...schemaFiles(definition, module, output), ...moduleFiles(output === "ts" ? module : { ...module, heavy: () => schemaHalf(definition, { form: "js" }) }, output)])),
    ...whole.flatMap((module) => moduleFiles(module, output)),
    ...(output === "ts" ? [] : [declarationsFile([...modules, ...whole], earlier)]),
  ];
}

interface DefinitionModule extends Module {
  readonly definition: Declaring;
  /** The part of its exports that follows from other definitions, too. */
  readonly constants: string;
}

interface Surroundings {
  readonly leaves: LeafTypes;
  readonly extension: string;
  readonly output: Output;
  /** Types that stand in the same file; absent where each definition has a file of its own. */
  readonly own?: ReadonlySet<string>;
}

function definitionModules(registry: Registry, definitions: readonly Declaring[], options: Surroundings): readonly DefinitionModule[] {
  const taken = new Set([...generatedNames, ...definitions.flatMap((definition) => [...typeNames(definition), definition.names.value]), ...eventTypeNames(registry)]);
  return definitions.map((definition) => {
    const constants = namedConstants(definition, taken);
    return {
      definition,
      path: `${definition.kind}s/${definition.names.file}`,
      source: oneLine(definition.origin.file),
      exports: moduleExports(definition, constants),
      constants: constants.map((one) => one.name).join(),
      statements: once(() => definitionModule(definition, { ...options, constants })),
    };
  });
}

function wholeModules(registry: Registry, options: { readonly extension: string; readonly own: ReadonlySet<string> }): readonly Module[] {
  const source = "the schemas";
  return [
    { path: "events", source, exports: eventsExports(registry), statements: once(() => eventsModule(registry, options)) },
    { path: "index", source, exports: ["createWevt"], statements: once(() => indexModule(registry, options)) },
    { path: "paths", source, exports: ["paths"], statements: once(() => pathsModule(registry, options)) },
    { path: "registry", source, exports: ["type Registry", "registry"], statements: once(() => registryModule(registry, options)) },
  ];
}

function declaredTypes(registry: Registry, definitions: readonly Declaring[]): ReadonlySet<string> {
  return new Set([...definitions.flatMap(typeNames), ...eventTypeNames(registry)]);
}

function eventTypeNames({ events }: Registry): readonly string[] {
  return events.map((event) => `${event.names.type}Event`);
}

function schemaFiles(definition: Declaring, { path, source }: Module, output: Output): readonly OutputFile[] {
  return output === "ts" ? [{ path: `${path}.schema.ts`, text: schemaModule(definition, { header: headerOf(source) }) }] : [];
}

/** Makes something when it is asked for, and keeps it. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
