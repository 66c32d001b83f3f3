/** How usage reads: a table for people, JSON for programs (`schemas/meta/usage.json`), one field with code frames. */
import type { FieldUsage, Finding, GapUsage, PlaceUsage, Position, Status, Usage } from "../../code/usage/index.js";
import { covers } from "../../code/usage/summary.js";
import { oneLine } from "../../emit/text.js";
import { frame, paint, type Style } from "../report.js";
import { positionText, reasons, type Sources } from "./diagnostics.js";

/** How many places of a field stand in the table. */
const maxPlaces = 3;

const words: { readonly [S in Status]: string } = { set: "", tests: "only in tests", unknown: "unknown", never: "never set" };

/** Definition by definition, field by field: how often it is set, by whom, where. */
export function usageTable({ definitions, fields }: Usage, style: Style): string {
  return definitions
    .map(({ kind, name, status, places, partials, deprecation }) => {
      const own = fields.filter((field) => field.definition === `${kind}:${name}`);
      const width = Math.max(0, ...own.map((field) => field.path.length));
      const verb = kind === "event" ? "opened" : kind === "originator" ? "built" : "set";
      const head = `${paint(`${kind} ${name}`, "bold", style)}  ${told(status, places, verb, style)}${deprecation === undefined ? "" : "  deprecated"}\n`;
      const lines = own.map((field) => `  ${field.path.padEnd(width)}  ${told(field.status, field.places, "", style)}${field.deprecation === undefined ? "" : "  deprecated"}\n`);
      const carried = (partials ?? []).map((one) => `  ${one.name}  ${one.presence}${one.status === "set" ? "" : `, ${words[one.status]}`}\n`);
      return `${head}${lines.join("")}${carried.join("")}`;
    })
    .join("\n");
}

function told(status: Status, places: readonly PlaceUsage[], verb: string, style: Style): string {
  const state = status === "set" ? "" : paint(verb === "" ? words[status] : words[status].replace("set", verb), status === "never" ? "red" : "yellow", style);
  const count = places.length === 0 ? "" : `${verb === "" ? "" : `${verb} in `}${places.length} place${places.length === 1 ? "" : "s"}`;
  const more = places.length > maxPlaces ? `, and ${places.length - maxPlaces} more` : "";
  const where = verb === "" || places.length > 0 ? places.slice(0, maxPlaces).map(placeText).join(", ") : "";
  return [state, count, `${where}${more}`].filter((one) => one !== "").join("  ");
}

function placeText(place: PlaceUsage): string {
  const about = [...place.owners, ...(place.test ? ["test"] : []), ...(place.conditional ? ["conditional"] : [])];
  return `${oneLine(positionText(place))}${about.length === 0 ? "" : ` (${about.map(oneLine).join(", ")})`}`;
}

/** What is known of one definition or field, and of what may write it; undefined when there is none of this name. */
export function onlyOne(usage: Usage, name: string): Usage | undefined {
  const definitions = usage.definitions.filter((one) => one.name === name || `${one.kind}:${one.name}` === name);
  const fields = usage.fields.filter((one) => one.path === name);
  if (definitions.length + fields.length === 0) return undefined;
  const subjects = [...definitions.map((one) => ({ kind: one.kind, path: one.name })), ...fields.map((one) => ({ kind: kindOf(one), path: one.path }))];
  return { ...usage, definitions, fields, notFollowed: usage.notFollowed.filter((gap) => subjects.some((one) => gap.kind === one.kind && covers(gap.path, one.path))) };
}

function kindOf({ definition }: FieldUsage): string {
  return definition.split(":")[0] ?? "";
}

/** Everything about one definition or field, with the code. */
export function usageOfOne({ definitions, fields, notFollowed }: Usage, { sources, style }: { readonly sources: Sources; readonly style: Style }): string {
  const found = [...definitions.map((one) => ({ ...one, title: `${one.kind} ${one.name}`, path: one.name })), ...fields.map((one) => ({ ...one, title: one.path, kind: kindOf(one) }))];
  return found
    .map(({ title, status, places, path, kind }) => {
      const gaps = notFollowed.filter((gap) => gap.kind === kind && covers(gap.path, path));
      const count = (test: boolean): number => places.filter((one) => one.test === test).length;
      const counts = [`${count(false)} in production`, `${count(true)} in tests`, ...(gaps.length === 0 ? [] : [`${gaps.length} not followed`])].join(", ");
      const head = `${paint(title, "bold", style)}  ${status === "set" ? "set" : words[status]}: ${counts}\n`;
      return `${head}${places.map((one) => placeFrame(one, sources, style)).join("")}${gaps.map((one) => gapFrame(one, sources, style)).join("")}`;
    })
    .join("\n");
}

function placeFrame(place: PlaceUsage, sources: Sources, style: Style): string {
  const through = place.through.map((one) => `    through ${oneLine(positionText(one))}\n`).join("");
  const events = place.events.length === 0 ? "" : `  on ${place.events.join(", ")}`;
  return `\n${placeText(place)}${events}\n${frame(sources.inCode(place), style)}${through}`;
}

function gapFrame(gap: GapUsage, sources: Sources, style: Style): string {
  return `\n${oneLine(positionText(gap))}  ${paint("may set it", "yellow", style)}: ${reasons[gap.reason]}\n${frame(sources.inCode(gap), style)}`;
}

export interface JsonOptions {
  readonly findings: readonly Finding[];
  readonly isKnown: (finding: Finding) => boolean;
  readonly messageOf: (finding: Finding) => string;
}

/** As `schemas/meta/usage.json` has it. What is false or empty is left out of places. */
export function usageJson(usage: Usage, { findings, isKnown, messageOf }: JsonOptions): { readonly [name: string]: unknown } {
  const { format, stamp, projects, files, followed, depth, definitions, fields, notFollowed } = usage;
  return {
    format,
    stamp,
    projects,
    files: { read: files, followed },
    depth,
    definitions: definitions.map(({ places, ...one }) => ({ ...one, places: places.map(placeJson) })),
    fields: fields.map(({ places, ...one }) => ({ ...one, places: places.map(placeJson) })),
    notFollowed: notFollowed.map(({ kind, path, reason, test, owners, ...at }) => ({ ...positionJson(at), covers: path === "" ? kind : `${kind}:${path}`, reason, ...(test ? { test } : {}), ...(owners.length === 0 ? {} : { owners }) })),
    findings: findings.map((one) => ({ kind: one.kind, subject: one.subject, message: messageOf(one), known: isKnown(one) })),
  };
}

function placeJson({ test, owners, conditional, events, through, ...at }: PlaceUsage): { readonly [name: string]: unknown } {
  return {
    ...positionJson(at),
    ...(test ? { test } : {}),
    ...(owners.length === 0 ? {} : { owners }),
    ...(conditional ? { conditional } : {}),
    ...(events.length === 0 ? {} : { events }),
    ...(through.length === 0 ? {} : { through: through.map(positionJson) }),
  };
}

function positionJson({ file, line, column }: Position): Pick<Position, "file" | "line" | "column"> {
  return { file, line, column };
}
