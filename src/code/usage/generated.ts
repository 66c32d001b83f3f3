/**
 * What generated code and the runtime declare, recognised by where a symbol is declared: never by what a call looks like. With `output: js` everything is
 * declared in `index.d.ts`.
 */
import type { Registry } from "../../compiler/registry.js";
import { ts } from "../ts-morph.js";
import type { Target, Targets } from "./targets.js";

/** What a call of a symbol does. */
export type Known =
  | { readonly kind: "partial-builder" | "originator-builder" | "method"; readonly target: Target }
  | { readonly kind: "log" | "set" | "path" | "open" | "create" };

export interface Generated {
  /** True for the files that `wevt generate` wrote, and what was compiled from them. */
  readonly isGenerated: (file: string) => boolean;
  /** What a declaration is, if it is one of those. */
  readonly knownOf: (declaration: ts.Declaration) => Known | undefined;
  /** The event whose handle a type is, by its declared name; undefined for every other type. */
  readonly eventOf: (symbol: ts.Symbol | undefined) => string | undefined;
  /** The typed methods of events, by name. */
  readonly methods: ReadonlyMap<string, Target>;
  /** By their names in the schema. */
  readonly partials: ReadonlyMap<string, Target>;
  /** Names of methods and builders. */
  readonly names: ReadonlySet<string>;
  /** Names of what else writes or opens something. */
  readonly writes: ReadonlySet<string>;
}

export interface GeneratedOptions {
  readonly registry: Registry;
  readonly targets: Targets;
  /** Folders of the TypeScript emitter, absolute, with `/`, each with the folder of its package. */
  readonly outs: readonly { readonly path: string; readonly package: string }[];
}

export function generatedOf({ registry, targets, outs }: GeneratedOptions, runtime: (file: string) => boolean): Generated {
  const withTarget = <D extends { readonly name: string }>(list: readonly D[], from: ReadonlyMap<string, Target>, name: (one: D) => string | undefined): ReadonlyMap<string, Target> =>
    new Map(list.flatMap((one) => {
      const [key, target] = [name(one), from.get(one.name)];
      return key === undefined || target === undefined ? [] : [[key, target]];
    }));
  const partialBuilders = withTarget(registry.partials, targets.partials, (one) => one.names.value);
  const originatorBuilders = withTarget(registry.originators, targets.originators, (one) => one.names.value);
  const methods = withTarget(registry.partials, targets.partials, (one) => one.names.method);
  const events = new Map(registry.events.map((one) => [`${one.names.type}Event`, one.name]));
  const moduleOf = memo((file: string) => moduleIn(outs, file));

  const inGenerated = (module: string, declaration: ts.Declaration): Known | undefined => {
    const name = nameOf(declaration);
    const builder = ts.isVariableDeclaration(declaration) ? known("partial-builder", partialBuilders.get(name)) ?? known("originator-builder", originatorBuilders.get(name)) : undefined;
    if (/^(partials|originators)\//.test(module)) return builder;
    const method = interfaceOf(declaration) === "PartialMethods" ? known("method", methods.get(name)) : undefined;
    if (module === "events") return method;
    if (module !== "index") return undefined;
    return name === "createWevt" ? { kind: "create" } : builder ?? method;
  };
  return {
    isGenerated: (file) => moduleOf(file) !== undefined,
    knownOf: (declaration) => {
      const file = declaration.getSourceFile().fileName;
      const module = moduleOf(file);
      if (module !== undefined) return inGenerated(module, declaration);
      return runtime(file) ? runtimeMethods[`${interfaceOf(declaration)}.${nameOf(declaration)}`] : undefined;
    },
    eventOf: (symbol) => {
      const declaration = symbol?.declarations?.[0];
      return declaration !== undefined && /^(events|index)$/.test(moduleOf(declaration.getSourceFile().fileName) ?? "") ? events.get(nameOf(declaration)) : undefined;
    },
    methods,
    partials: targets.partials,
    writes: new Set(["createWevt", ...Object.keys(runtimeMethods).map((one) => one.split(".")[1] ?? "")]),
    names: new Set([...partialBuilders.keys(), ...originatorBuilders.keys(), ...methods.keys()]),
  };
}

/** The methods of the runtime's interfaces (`src/runtime/wevt-types.ts`) that write or open something. */
const runtimeMethods: { readonly [method: string]: Known } = {
  "EventWrites.log": { kind: "log" },
  "EventWrites.partial": { kind: "log" },
  "EventWrites.set": { kind: "set" },
  "EventWrites.add": { kind: "path" },
  "EventWrites.time": { kind: "path" },
  "EventHandle.start": { kind: "path" },
  "NamedEvent.run": { kind: "open" },
  "NamedEvent.start": { kind: "open" },
  "NamedEvent.wrap": { kind: "open" },
  "NamedEvent.track": { kind: "open" },
};

function known(kind: "partial-builder" | "originator-builder" | "method", target: Target | undefined): Known | undefined {
  return target === undefined ? undefined : { kind, target };
}

/** `partials/user` of a file in an output folder, or of what was compiled from it within the same package; without its extension. */
function moduleIn(outs: GeneratedOptions["outs"], file: string): string | undefined {
  for (const { path, package: folder } of outs) {
    if (file.startsWith(`${path}/`)) return withoutExtension(file.slice(path.length + 1));
    const name = `/${path.split("/").pop() ?? ""}/`;
    const from = file.lastIndexOf(name);
    if (/\.d\.[cm]?ts$/.test(file) && file.startsWith(`${folder}/`) && from >= 0) {
      const module = withoutExtension(file.slice(from + name.length));
      if (/^(index|events|registry|paths|(partials|originators|services)\/[^/]+)$/.test(module)) return module;
    }
  }
  return undefined;
}

function withoutExtension(path: string): string {
  return path.replace(/(\.d)?\.[cm]?[jt]s$/, "");
}

function nameOf(declaration: ts.Declaration): string {
  const name = ts.getNameOfDeclaration(declaration);
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
}

function interfaceOf(declaration: ts.Declaration): string {
  return ts.isInterfaceDeclaration(declaration.parent) ? declaration.parent.name.text : "";
}

/** Remembers the results of a pure function. */
export function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, { readonly made: V }>();
  return (key) => {
    const found = known.get(key) ?? { made: make(key) };
    known.set(key, found);
    return found.made;
  };
}
