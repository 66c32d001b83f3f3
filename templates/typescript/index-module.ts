import type { Json } from "../../src/compiler/registry.js";
import { docComment, indent, literal, propertyKey, type DocLine } from "../../src/emit/text.js";
import { constant, everywhere, imported, typesOnly, valuesOnly, type Statement } from "./statements.js";

/** `contract` of src/runtime/contract.ts, as a number of its own: generated code says which one it was made for, whatever is installed later. */
export const runtimeContract = 1;

interface Common {
  /** `js` or `ts`. */
  readonly extension: string;
}

export interface ModuleView {
  readonly name: string;
  readonly type: string;
  readonly builder: string;
  /** Without extension. */
  readonly module: string;
}

export interface EventView {
  readonly name: string;
  readonly method: string;
  readonly type: string;
  readonly doc: readonly DocLine[];
  readonly partials: readonly { readonly name: string; readonly required: boolean; readonly require: readonly string[] }[];
  readonly methods: readonly string[];
  readonly originators: readonly string[];
  /** As `wevt/sampling` takes it. */
  readonly sampling?: Json;
}

export interface RegistryView extends Common {
  readonly stamp: string;
  readonly naming: string;
  readonly partials: readonly ModuleView[];
  readonly originators: readonly ModuleView[];
  readonly services: readonly ModuleView[];
  readonly repeatable: readonly string[];
  readonly rollups: readonly { readonly name: string; readonly type: string; readonly module: string }[];
  readonly addPaths: readonly string[];
  readonly timePaths: readonly string[];
  readonly events: readonly EventView[];
}

/** How `registry.ts` reads. The value stands in a call that is marked pure: bundlers keep it, and with it every partial, only where it is used. */
export function registryStatements(view: RegistryView): readonly Statement[] {
  const { extension, partials, originators, services, events } = view;
  const typeImports = [...partials.map(({ type, module }) => [[type, `${type}Input`, ...view.rollups.flatMap((one) => (one.module === module ? [one.type] : []))], module] as const), ...[...originators, ...services].map(({ type, module }) => [[type], module] as const)];
  const members = [
    member("partials", "Partial name → its fields as they stand on a record.", partials.map(({ name, type }) => [name, type])),
    member("inputs", "Partial name → what its builder accepts.", partials.map(({ name, type }) => [name, `${type}Input`])),
    `readonly repeatable: ${union(view.repeatable)};\n`,
    view.rollups.length === 0 ? "" : member("rollups", "What repeatable partials add up to, by its name on a record.", view.rollups.map(({ name, type }) => [name, type])),
    member("originators", "Originator name → its fields.", originators.map(({ name, type }) => [name, type])),
    `readonly service: ${services.length === 0 ? "OpenService" : services.map(({ type }) => type).join(" | ")};\n`,
    member("events", "Event name → its partials and originators.", events.map((event) => [event.name, eventType(event)])),
    `readonly addPaths: ${union(view.addPaths)};\n`,
    `readonly timePaths: ${union(view.timePaths)};\n`,
  ];
  return [
    valuesOnly(isSampled(view) ? 'import { declaredSampling } from "wevt/sampling";\n' : ""),
    typesOnly(`import type { EventDescriptor, ${partials.length === 0 ? "" : "PartialDescriptor, "}RuntimeRegistry } from "wevt/codegen";\nimport type { ${services.length === 0 ? "OpenService, " : ""}RegistryTypes } from "wevt";\n`),
    valuesOnly([...partials, ...services].map((one) => `import { ${imported(one.builder, ownNames).specifier} } from "${one.module}.${extension}";\n`).join("")),
    typesOnly(typeImports.map(([types, module]) => `import type { ${types.join(", ")} } from "${module}.${extension}";\n`).join("")),
    valuesOnly(`\n/** The runtime contract that this was generated for. */\nconst contract = ${runtimeContract};\n`),
    typesOnly(`\n/** Everything the schemas declare, as types. */\nexport interface Registry extends RegistryTypes {\n${indent(members.join(""))}}\n`),
    constant({ name: "events", type: "readonly EventDescriptor[]", value: `[\n${events.map((event) => `  ${eventDescriptor(event)},\n`).join("")}]` }),
    constant({
      doc: ["The registry at run time: what `createWevt` needs to know of all partials at once."],
      name: "registry",
      type: "RuntimeRegistry",
      value: registryValue(view, { returns: ": RuntimeRegistry", of: "<PartialDescriptor>" }),
      plain: registryValue(view, { returns: "", of: "" }),
    }),
  ];
}

/** What `registry.ts` declares or imports besides. */
const ownNames: readonly string[] = ["contract", "declaredSampling"];

/** What decides is linked only where there is something to decide. */
function isSampled({ events }: RegistryView): boolean {
  return events.some((event) => event.sampling !== undefined);
}

function registryValue(view: RegistryView, types: { readonly returns: string; readonly of: string }): string {
  const { stamp, naming, partials, services } = view;
  return `/*@__PURE__*/ (()${types.returns} => ({
  contract,
  stamp: ${literal(stamp)},
  naming: ${literal(naming)},
  partials: ${descriptorList(partials.map(({ builder }) => builder), types.of)},
  events,${services.length === 1 ? `\n  service: ${imported(services[0]?.builder ?? "", ownNames).local},` : ""}${isSampled(view) ? "\n  sampling: () => declaredSampling(events)," : ""}
}))()`;
}

/** An array literal of N different types costs the user's compiler N² comparisons; the values of an object literal do not. */
function descriptorList(builders: readonly string[], of: string): string {
  return `Object.values${of}({ ${builders.map((builder) => `${builder}: ${imported(builder, ownNames).local}.descriptor`).join(", ")} })`;
}

function member(name: string, doc: string, entries: readonly (readonly [string, string])[]): string {
  const body = entries.map(([key, type]) => `readonly ${propertyKey(key)}: ${type};\n`).join("");
  return `${docComment([doc])}readonly ${name}: ${body === "" ? "object" : `{\n${indent(body)}}`};\n`;
}

function union(names: readonly string[]): string {
  return names.length === 0 ? "never" : names.map((name) => literal(name)).join(" | ");
}

function eventType({ partials, originators }: EventView): string {
  const required = partials.filter((partial) => partial.required).map((partial) => partial.name);
  const optional = partials.filter((partial) => !partial.required).map((partial) => partial.name);
  return `{ readonly required: ${union(required)}; readonly optional: ${union(optional)}; readonly originators: ${originators.length === 0 ? "string" : union(originators)} }`;
}

function eventDescriptor({ name, method, partials, originators, sampling }: EventView): string {
  const listed = partials.map((partial) => `${propertyKey(partial.name)}: { required: ${partial.required}${partial.require.length === 0 ? "" : `, require: ${literal(partial.require)}`} }`);
  const allowed = originators.length === 0 ? "" : `, originators: ${literal(originators)}`;
  return `{ contract, kind: "event", name: ${literal(name)}, method: ${literal(method)}, partials: {${listed.length === 0 ? "" : ` ${listed.join(", ")} `}}${allowed}${sampling === undefined ? "" : `, sampling: ${literal(sampling)}`} }`;
}

export interface EventsView extends Common {
  readonly events: readonly EventView[];
  readonly methods: readonly { readonly method: string; readonly input: string; readonly module: string; readonly doc: readonly DocLine[] }[];
  readonly inputs: readonly ModuleView[];
}

/** How `events.ts` reads. */
export function eventsStatements({ extension, events, methods }: EventsView): readonly Statement[] {
  const methodLines = methods.map(({ method, input, doc }) => `${docComment(doc)}${method}(fields: ${input}): void;\n`).join("");
  const imports = methods.map(({ input, module }) => `import type { ${input} } from "${module}.${extension}";\n`).join("");
  const named = events.length === 0 ? "" : "NamedEvent, ";
  return [
    typesOnly(`import type { EventHandle, ${named}${events.length === 0 ? "" : "WideEventOriginator as OriginatorOf, "}Wevt as WevtOf } from "wevt";
import type { Registry } from "./registry.${extension}";
${imports}
/** Each partial as a method of the event: \`event.user({ … })\` is \`event.log(user({ … }))\`. */
export interface PartialMethods {
${indent(methodLines)}}

/** One event while its work runs. */
export interface WideEvent extends EventHandle<Registry>, PartialMethods {}

${events.map(handleText).join("")}/** Named events: \`wevt.events.NAME.run(originator, work)\`. */
export interface Events {
${indent(events.map(eventMember).join(""))}}

export type Wevt = WevtOf<Registry, WideEvent, Events>;
`),
  ];
}

function handleText({ type, doc, partials, methods }: EventView): string {
  const picked = methods.length === 0 ? "" : `, Pick<PartialMethods, ${union(methods)}>`;
  return `${docComment(doc)}export interface ${type} extends EventHandle<Registry, ${union(partials.map((partial) => partial.name))}>${picked} {}\n\n`;
}

function eventMember({ method, type, doc, originators }: EventView): string {
  return `${docComment(doc)}readonly ${propertyKey(method)}: NamedEvent<OriginatorOf<Registry${originators.length === 0 ? "" : `, ${union(originators)}`}>, ${type}>;\n`;
}

export interface IndexView extends Common {
  readonly partials: readonly ModuleView[];
  readonly originators: readonly ModuleView[];
  readonly services: readonly ModuleView[];
  readonly events: readonly EventView[];
}

/** How `index.ts` reads. */
export function indexStatements({ extension, partials, originators, services, events }: IndexView): readonly Statement[] {
  const modules = [...partials, ...originators, ...services].map(({ module }) => `export * from "${module}.${extension}";\n`);
  const eventTypes = ["Events", "PartialMethods", "Wevt", "WideEvent", ...events.map((event) => event.type)].sort();
  return [
    valuesOnly('import { createWevt as createRuntime } from "wevt";\n'),
    typesOnly(`import type { EventName as EventNameOf, OriginatorName as OriginatorNameOf, PartialName as PartialNameOf, WevtOptions as OptionsOf, WideEventBase as BaseOf, WideEventLog as LogOf, WideEventPartial as PartialOf } from "wevt";
import type { Events, Wevt, WideEvent } from "./events.${extension}";
`),
    valuesOnly(`import { registry } from "./registry.${extension}";\n`),
    typesOnly(`import type { Registry } from "./registry.${extension}";\n`),
    everywhere(`\n${modules.join("")}`),
    typesOnly(`export type { ${eventTypes.join(", ")} } from "./events.${extension}";\n`),
    everywhere(`export { paths } from "./paths.${extension}";\nexport { registry } from "./registry.${extension}";\n`),
    typesOnly(`export type { Registry } from "./registry.${extension}";

export type PartialName = PartialNameOf<Registry>;
export type OriginatorName = OriginatorNameOf<Registry>;
export type EventName = EventNameOf<Registry>;

/** One finished event: the base fields, then the partials. */
export type WideEventLog<R extends Registry = Registry> = LogOf<R>;

/** The base of every record: service, ids, originator, time, outcome. */
export type WideEventBase<R extends Registry = Registry> = BaseOf<R>;

/** A built partial: \`WideEventPartial<"user">\` is what \`user({ … })\` returns. */
export type WideEventPartial<N extends PartialName = PartialName> = PartialOf<Registry, N>;

export type WevtOptions = OptionsOf<Registry>;
`),
    createWevt,
  ];
}

const createWevtDoc = `
/**
 * The way in: one per process.
 *
 *     export const wevt = createWevt({ service: { name: "my-rest-service", version: "1.0.0" } });
 */
`;

const createWevt: Statement = {
  ts: `${createWevtDoc}export function createWevt(options: WevtOptions = {}): Wevt {
  return createRuntime<Registry, WideEvent, Events>(options, registry);
}
`,
  js: `
export function createWevt(options = {}) {
  return createRuntime(options, registry);
}
`,
  declaration: `${createWevtDoc}export declare function createWevt(options?: WevtOptions): Wevt;\n`,
};

export type PathTree = readonly { readonly name: string; readonly path: string; readonly children?: PathTree }[];

export interface PathsView extends Common {
  readonly definitions: readonly { readonly name: string; readonly tree: PathTree }[];
  /** True where some of them are roll-ups. */
  readonly rollups: boolean;
}

/** How `paths.ts` reads. Its type is computed where it is used, and brings the docs of the fields: to check the value against it is for our tests. */
export function pathsStatements({ extension, definitions, rollups }: PathsView): readonly Statement[] {
  const tree: PathTree = definitions.map(({ name, tree: children }) => ({ name, path: name, children }));
  return [
    typesOnly(`import type { PathsOf } from "wevt";\nimport type { Registry } from "./registry.${extension}";\n`),
    constant({
      doc: ['Paths for queries: `paths.user.tier` is `"user.tier"`, and a misspelt one does not compile.'],
      name: "paths",
      type: `PathsOf<Registry["partials"]${rollups ? ' & Registry["rollups"]' : ""}>`,
      value: `{\n${indent(treeText(tree))}}`,
    }),
  ];
}

function treeText(tree: PathTree): string {
  return tree.map(({ name, path, children }) => `${propertyKey(name)}: ${children === undefined ? literal(path) : `{\n${indent(treeText(children))}}`},\n`).join("");
}
