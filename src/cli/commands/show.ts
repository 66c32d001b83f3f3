/** `wevt show`: what the compiler understood. */
import { compile } from "../../compiler/compile.js";
import { printDefinition, printRegistry } from "../../compiler/print-registry.js";
import type { Definition, Field, Registry } from "../../compiler/registry.js";
import { suggest } from "../../compiler/suggest.js";
import { describe, jsonText } from "../../emit/describe.js";
import { oneLine } from "../../emit/text.js";
import { allFields, fieldsOf } from "../../emit/walk.js";
import { printDiagnostics, type Context } from "../context.js";
import { exit, Failure } from "../failure.js";
import { readProject } from "../read-project.js";
import { plainJson } from "../report.js";

export interface ShowOptions {
  readonly name?: string;
  readonly json: boolean;
}

export async function show(context: Context, { name, json }: ShowOptions): Promise<number> {
  const project = readProject(context);
  const { value: registry, diagnostics } = await compile(project);
  if (registry === undefined) {
    printDiagnostics(context, [...project.diagnostics, ...diagnostics]);
    return exit.findings;
  }
  const asJson = json || context.format === "json";
  if (name === undefined) context.out(asJson ? plainJson(printRegistry(registry)) : registryText(registry));
  else context.out(asJson ? plainJson(found(registry, name, true)) : found(registry, name, false));
  return exit.ok;
}

function definitionsOf(registry: Registry): readonly Definition[] {
  return [...registry.events, ...registry.partials, ...registry.originators, ...registry.services, ...registry.groups];
}

function found(registry: Registry, name: string, json: boolean): string {
  const definitions = definitionsOf(registry).filter((one) => one.name === name || `${one.kind}:${one.name}` === name);
  if (definitions.length > 0) return definitions.map((one) => (json ? printDefinition(one) : definitionText(one))).join("");
  const visits = allFields(registry);
  const fields = visits.filter((visit) => visit.field.path === name).map((visit) => visit.field);
  if (fields.length > 0) return fields.map((field) => (json ? `${JSON.stringify(field, undefined, 2)}\n` : fieldText(field))).join("");
  const known = [...definitionsOf(registry).map((one) => one.name), ...visits.map((visit) => visit.field.path)];
  const near = suggest(name, known);
  throw new Failure(`there is no definition or field "${name}"`, near === undefined ? "`wevt show` lists them all" : `did you mean "${near}"?`);
}

function registryText(registry: Registry): string {
  return `registry ${registry.stamp}\n${definitionsOf(registry).map((one) => `\n${definitionText(one)}`).join("")}`;
}

function definitionText(definition: Definition): string {
  const { kind, name, meta, origin } = definition;
  const head = `${kind} ${name}  (${oneLine(origin.file)}:${origin.line})\n${meta.brief === undefined ? "" : `  ${oneLine(meta.brief)}\n`}`;
  if (definition.kind === "event") return `${head}${definition.partials.map((one) => `  ${one.partial.name}  ${one.presence}\n`).join("")}`;
  return `${head}${fieldsOf(definition).map(({ field }) => fieldLine(field)).join("")}`;
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
