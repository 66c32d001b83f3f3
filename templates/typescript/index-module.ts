import type { Json } from "../../src/compiler/registry.js";
import { docComment, indent, literal, propertyKey, type DocLine } from "../../src/emit/text.js";
import { constant, declared, imported, typeImports, typesOnly, typesWithWevt, valuesOnly, type Form, type Statement } from "./statements.js";

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
  const imports = [...partials.map(({ type, module }) => [[type, `${type}Input`, ...view.rollups.flatMap((one) => (one.module === module ? [one.type] : []))], module] as const), ...[...originators, ...services].map(({ type, module }) => [[type], module] as const)];
  const types = imports.flatMap(([names]) => names);
  const local = (type: string): string => imported(type, types).local;
  const specifiers = (names: readonly string[]): string => names.map((name) => imported(name, types).specifier).join(", ");
  const members = (openService: string): string => [
    member("partials", "Partial name → its fields as they stand on a record.", partials.map(({ name, type }) => [name, type])),
    member("inputs", "Partial name → what its builder accepts.", partials.map(({ name, type }) => [name, `${type}Input`])),
    `readonly repeatable: ${union(view.repeatable)};\n`,
    view.rollups.length === 0 ? "" : member("rollups", "What repeatable partials add up to, by its name on a record.", view.rollups.map(({ name, type }) => [name, type])),
    member("originators", "Originator name → its fields.", originators.map(({ name, type }) => [name, type])),
    `readonly service: ${services.length === 0 ? openService : services.map(({ type }) => type).join(" | ")};\n`,
    member("events", "Event name → its partials and originators.", events.map((event) => [event.name, eventType(event)])),
    `readonly addPaths: ${union(view.addPaths)};\n`,
    `readonly timePaths: ${union(view.timePaths)};\n`,
  ].join("");
  return [
    valuesOnly(isSampled(view) ? 'import { declaredSampling } from "wevt/sampling";\n' : ""),
    typeImports(`import type { ${specifiers(["EventDescriptor", ...(partials.length === 0 ? [] : ["PartialDescriptor"]), "RuntimeRegistry"])} } from "wevt/codegen";\n`),
    typeImports(`import type { ${specifiers([...(services.length === 0 ? ["OpenService"] : []), "RegistryTypes"])} } from "wevt";\n`),
    valuesOnly([...partials, ...services].map((one) => `import { ${imported(one.builder, ownNames).specifier} } from "${one.module}.${extension}";\n`).join("")),
    typeImports(imports.map(([types, module]) => `import type { ${types.join(", ")} } from "${module}.${extension}";\n`).join("")),
    valuesOnly(`\n/** The runtime contract that this was generated for. */\nconst contract = ${runtimeContract};\n`),
    typesWithWevt((named) => `\n/** Everything the schemas declare, as types. */\nexport interface Registry extends ${named("RegistryTypes")} {\n${indent(members(named("OpenService")))}}\n`, { OpenService: local("OpenService"), RegistryTypes: local("RegistryTypes") }),
    eventList(events, local("EventDescriptor")),
    constant({
      doc: ["The registry at run time: what `createWevt` needs to know of all partials at once."],
      name: "registry",
      type: local("RuntimeRegistry"),
      declaredType: declared("RuntimeRegistry"),
      value: registryValue(view, { returns: `: ${local("RuntimeRegistry")}`, of: `<${local("PartialDescriptor")}>` }),
      plain: () => registryValue(view, { returns: "", of: "" }),
    }),
  ];
}

function eventList(events: readonly EventView[], descriptor: string): Statement {
  const value = `[\n${events.map((event) => `  ${eventDescriptor(event)},\n`).join("")}];\n`;
  return (form) => (form === "declaration" ? "" : `\nconst events${form === "ts" ? `: readonly ${descriptor}[]` : ""} = ${value}`);
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
  /** What TypeScript's `Pick` is called. */
  readonly pick: string;
  readonly events: readonly EventView[];
  readonly methods: readonly { readonly method: string; readonly input: string; readonly module: string; readonly doc: readonly DocLine[] }[];
  readonly inputs: readonly ModuleView[];
}

/** What `events.ts` exports: types. */
export function eventTypes(events: readonly EventView[]): readonly string[] {
  return ["Events", "PartialMethods", "Wevt", "WideEvent", ...events.map((event) => event.type)].sort();
}

/** How `events.ts` reads. */
export function eventsStatements({ extension, pick, events, methods }: EventsView): readonly Statement[] {
  const methodLines = methods.map(({ method, input, doc }) => `${docComment(doc)}${method}(fields: ${input}): void;\n`).join("");
  const imports = methods.map(({ input, module }) => `import type { ${input} } from "${module}.${extension}";\n`).join("");
  const named = events.length === 0 ? "" : "NamedEvent, ";
  return [
    typeImports(`import type { EventHandle, ${named}${events.length === 0 ? "" : "WideEventOriginator as OriginatorOf, "}Wevt as WevtOf } from "wevt";
import type { Registry } from "./registry.${extension}";
${imports}`),
    typesOnly(`
/** Each partial as a method of the event: \`event.user({ … })\` is \`event.log(user({ … }))\`. */
export interface PartialMethods {
${indent(methodLines)}}
`),
    typesWithWevt((named) => handlesText(events, { named, pick }), { WideEventOriginator: "OriginatorOf", Wevt: "WevtOf" }),
  ];
}

/** What a type is called where it is named. */
type Named = (type: string) => string;

function handlesText(events: readonly EventView[], { named, pick }: { readonly named: Named; readonly pick: string }): string {
  return `
/** One event while its work runs. */
export interface WideEvent extends ${named("EventHandle")}<Registry>, PartialMethods {}

${events.map((event) => handleText(event, { named, pick })).join("")}/** Named events: \`wevt.events.NAME.run(originator, work)\`. */
export interface Events {
${indent(events.map((event) => eventMember(event, named)).join(""))}}

export type Wevt = ${named("Wevt")}<Registry, WideEvent, Events>;
`;
}

function handleText({ type, doc, partials, methods }: EventView, { named, pick }: { readonly named: Named; readonly pick: string }): string {
  const picked = methods.length === 0 ? "" : `, ${pick}<PartialMethods, ${union(methods)}>`;
  return `${docComment(doc)}export interface ${type} extends ${named("EventHandle")}<Registry, ${union(partials.map((partial) => partial.name))}>${picked} {}\n\n`;
}

function eventMember({ method, type, doc, originators }: EventView, named: Named): string {
  return `${docComment(doc)}readonly ${propertyKey(method)}: ${named("NamedEvent")}<${named("WideEventOriginator")}<Registry${originators.length === 0 ? "" : `, ${union(originators)}`}>, ${type}>;\n`;
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
  return [
    valuesOnly('import { createWevt as createRuntime } from "wevt";\n'),
    typeImports(`import type { EventName as EventNameOf, OriginatorName as OriginatorNameOf, PartialName as PartialNameOf, WevtOptions as OptionsOf, WideEventBase as BaseOf, WideEventLog as LogOf, WideEventPartial as PartialOf } from "wevt";
import type { Events, Wevt, WideEvent } from "./events.${extension}";
`),
    valuesOnly(`import { registry } from "./registry.${extension}";\n`),
    typeImports(`import type { Registry } from "./registry.${extension}";\n`),
    valuesOnly(`\n${modules.join("")}`),
    typeImports(`export type { ${eventTypes(events).join(", ")} } from "./events.${extension}";\n`),
    valuesOnly(`export { paths } from "./paths.${extension}";\nexport { registry } from "./registry.${extension}";\n`),
    typeImports(`export type { Registry } from "./registry.${extension}";\n`),
    typesWithWevt(registryTypes, {
      EventName: "EventNameOf", OriginatorName: "OriginatorNameOf", PartialName: "PartialNameOf", WevtOptions: "OptionsOf", WideEventBase: "BaseOf", WideEventLog: "LogOf", WideEventPartial: "PartialOf",
    }),
    createWevt,
  ];
}

function registryTypes(named: Named): string {
  return `
export type PartialName = ${named("PartialName")}<Registry>;
export type OriginatorName = ${named("OriginatorName")}<Registry>;
export type EventName = ${named("EventName")}<Registry>;

/** One finished event: the base fields, then the partials. */
export type WideEventLog<R extends Registry = Registry> = ${named("WideEventLog")}<R>;

/** The base of every record: service, ids, originator, time, outcome. */
export type WideEventBase<R extends Registry = Registry> = ${named("WideEventBase")}<R>;

/** A built partial: \`WideEventPartial<"user">\` is what \`user({ … })\` returns. */
export type WideEventPartial<N extends PartialName = PartialName> = ${named("WideEventPartial")}<Registry, N>;

export type WevtOptions = ${named("WevtOptions")}<Registry>;
`;
}

const createWevtDoc = `
/**
 * The way in: one per process.
 *
 *     export const wevt = createWevt({ service: { name: "my-rest-service", version: "1.0.0" } });
 */
`;

const createWevtForms: { readonly [F in Form]: string } = {
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
const createWevt: Statement = (form) => createWevtForms[form];

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
    typeImports(`import type { PathsOf } from "wevt";\nimport type { Registry } from "./registry.${extension}";\n`),
    constant({
      doc: ['Paths for queries: `paths.user.tier` is `"user.tier"`, and a misspelt one does not compile.'],
      name: "paths",
      type: pathsType("PathsOf", rollups),
      declaredType: pathsType(declared("PathsOf"), rollups),
      value: `{\n${indent(treeText(tree))}}`,
    }),
  ];
}

function pathsType(computed: string, rollups: boolean): string {
  return `${computed}<Registry["partials"]${rollups ? ' & Registry["rollups"]' : ""}>`;
}

function treeText(tree: PathTree): string {
  return tree.map(({ name, path, children }) => `${propertyKey(name)}: ${children === undefined ? literal(path) : `{\n${indent(treeText(children))}}`},\n`).join("");
}
