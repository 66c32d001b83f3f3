/** `wevt show`: what the compiler understood. */
import { compile } from "../../compiler/compile.js";
import { printDefinition, printRegistry } from "../../compiler/print-registry.js";
import type { Definition, EventPartial, Field, Registry } from "../../compiler/registry.js";
import { suggest } from "../../compiler/suggest.js";
import { constraintsOf, constraintText, describe, jsonText } from "../../emit/describe.js";
import { metaJson } from "../../emit/fields.js";
import { samplingLines } from "../../emit/sampling-text.js";
import { oneLine } from "../../emit/text.js";
import { allFields, fieldsOf } from "../../emit/walk.js";
import { printDiagnostics, type Context } from "../context.js";
import { exit, Failure } from "../failure.js";
import { readProject } from "../read-project.js";
import { plainJson } from "../report.js";

export interface ShowOptions {
  readonly name?: string;
  readonly json: boolean;
  /** Instead of all else, the names that `name` may be. */
  readonly names: boolean;
}

export async function show(context: Context, { name, json, names }: ShowOptions): Promise<number> {
  const project = readProject(context);
  const { value: registry, diagnostics } = await compile(project);
  if (registry === undefined) {
    printDiagnostics(context, [...project.diagnostics, ...diagnostics]);
    return exit.findings;
  }
  const asJson = json || context.format === "json";
  if (names) context.out(asJson ? plainJson(`${JSON.stringify(namesIn(registry), undefined, 2)}\n`) : namesIn(registry).map((one) => `${oneLine(one)}\n`).join(""));
  else if (name === undefined) context.out(asJson ? plainJson(printRegistry(registry)) : registryText(registry));
  else context.out(asJson ? plainJson(found(registry, name, true)) : found(registry, name, false));
  return exit.ok;
}

function definitionsOf(registry: Registry): readonly Definition[] {
  return [...registry.events, ...registry.partials, ...registry.originators, ...registry.services, ...registry.groups];
}

/** One definition (`user`, `partial:user`) or field (`user.tier`) of the registry. */
export function found(registry: Registry, name: string, json: boolean): string {
  const definitions = definitionsOf(registry).filter((one) => one.name === name || `${one.kind}:${one.name}` === name);
  if (definitions.length > 0) return json ? oneOrList(definitions.map(printDefinition)) : definitions.map((one) => definitionText(one, saidOf(one))).join("");
  const visits = allFields(registry);
  const fields = visits.filter((visit) => visit.field.path === name).map((visit) => visit.field);
  if (fields.length > 0) return json ? oneOrList(fields.map((field) => `${JSON.stringify(field, undefined, 2)}\n`)) : fields.map(fieldText).join("");
  const near = suggest(name, namesIn(registry));
  throw new Failure(`there is no definition or field "${name}"`, near === undefined ? "`wevt show` lists them all" : `did you mean "${near}"?`);
}

/** JSON texts as one: a partial and an originator may share a name. */
function oneOrList(texts: readonly string[]): string {
  return texts.length === 1 ? texts.join("") : `[\n${texts.map((text) => text.trimEnd()).join(",\n")}\n]\n`;
}

function namesIn(registry: Registry): readonly string[] {
  return [...new Set([...definitionsOf(registry).map((one) => one.name), ...allFields(registry).map((visit) => visit.field.path)])];
}

function registryText(registry: Registry): string {
  return `registry ${registry.stamp}\n${definitionsOf(registry).map((one) => `\n${definitionText(one, [])}`).join("")}`;
}

/** `said` stands between the brief and the fields: the list of all definitions is too long for it. */
function definitionText(definition: Definition, said: readonly string[]): string {
  const { kind, name, meta, origin } = definition;
  const lines = [...(meta.brief === undefined ? [] : [meta.brief]), ...said].map((one) => `  ${oneLine(one)}\n`);
  const head = `${kind} ${name}  (${oneLine(origin.file)}:${origin.line})\n${lines.join("")}`;
  if (definition.kind === "event") return `${head}${definition.partials.map(partialLine).join("")}`;
  return `${head}${fieldsOf(definition).map(({ field }) => fieldLine(field)).join("")}`;
}

function partialLine({ partial, presence, require }: EventPartial): string {
  return `  ${partial.name}  ${presence}${require.length === 0 ? "" : `, requires also ${require.join(", ")}`}\n`;
}

/** Everything that the file of a definition says beside its brief and its fields. */
function saidOf(definition: Definition): readonly string[] {
  const { brief: _, ...meta } = metaJson(definition.meta);
  return [...ownOf(definition), ...Object.entries(meta).map(([keyword, value]) => `${keyword}: ${typeof value === "string" ? value : JSON.stringify(value)}`)];
}

function ownOf(definition: Definition): readonly string[] {
  if (definition.kind === "event") {
    const { grain, originators, consumers, sampling } = definition;
    return [
      ...(grain === undefined ? [] : [`grain: ${grain}`]),
      ...(originators.length === 0 ? [] : [`originators: ${originators.map((one) => one.name).join(", ")}`]),
      ...(consumers.length === 0 ? [] : [`consumers: ${consumers.join(", ")}`]),
      ...(sampling === undefined ? [] : samplingLines(sampling).map((text) => `sampling: ${text}`)),
    ];
  }
  const { names, values } = definition.reserved ?? { names: [], values: [] };
  return [
    ...(definition.kind === "partial" && definition.repeatable !== undefined ? [definition.repeatable.max === 0 ? "repeatable: none is kept" : `repeatable: at most ${definition.repeatable.max}`] : []),
    ...(definition.kind === "partial" && definition.rollup !== undefined ? [`rolled up in: ${definition.rollup.field.name}`] : []),
    ...(definition.kind === "partial" && definition.alwaysKeep === true ? ["always kept"] : []),
    ...constraintsOf({ types: ["object"], object: definition.object }).map((one) => `keys: ${constraintText(one)}`),
    ...(names.length === 0 ? [] : [`reserved names: ${names.map((one) => one.value).join(", ")}`]),
    ...(values.length === 0 ? [] : [`reserved values: ${values.map((one) => jsonText(one.value)).join(", ")}`]),
  ];
}

function fieldLine({ path, required, value, meta }: Field): string {
  return `  ${path}${required ? "" : "?"}  ${oneLine(describe(value))}${meta.stability === "deprecated" ? "  deprecated" : ""}\n`;
}

/** One field, with everything said about it and where. */
function fieldText(field: Field): string {
  const { path, required, value, meta, origin, from } = field;
  const said = Object.entries(meta).filter(([, one]) => !(Array.isArray(one) && one.length === 0) && !(typeof one === "object" && one !== null && Object.keys(one).length === 0));
  const lines = said.map(([keyword, one]) => `  ${keyword}: ${oneLine(typeof one === "string" ? one : jsonText(one))}\n`);
  return `${path}  (${oneLine(origin.file)}:${origin.line}:${origin.column}${from === undefined ? "" : `, from ${oneLine(from)}`})\n  ${required ? "required" : "optional"}  ${oneLine(describe(value))}\n${lines.join("")}`;
}
