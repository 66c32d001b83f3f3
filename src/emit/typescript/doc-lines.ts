/** The doc comments of generated types: what a developer reads in the editor. */
import type { EnumValue, EventDef, Field, Meta, ObjectShape, PartialDef, Value } from "../../compiler/registry.js";
import { constraintsOf, constraintText, jsonText } from "../describe.js";
import { samplingLines } from "../sampling-text.js";
import type { DocLine } from "../text.js";

/** The doc comment of a field; `owner` is that of its definition, which says so itself. */
export function fieldDoc({ value, meta }: Field, owner: string | undefined): readonly DocLine[] {
  const lines: DocLine[] = [...texts(meta)];
  const facts = fieldFacts(value, meta);
  if (facts.length > 0) lines.push(`${capital(facts.join("; "))}.`);
  lines.push(...valueLines(value));
  if (meta.knownValues.length > 0) lines.push("Known values:", ...meta.knownValues.map(valueLine));
  if (meta.default !== undefined) lines.push(`Absent means ${jsonText(meta.default)}.`);
  if (meta.nullMeans !== undefined) lines.push(`null means: ${meta.nullMeans}`);
  if (meta.join !== undefined) lines.push(`Joins ${meta.join.table}.${meta.join.column}.`);
  if (meta.owner !== owner) lines.push(...ownerLine(meta));
  lines.push(...remarks(meta));
  for (const example of meta.examples) lines.push({ tag: "example", text: jsonText(example) });
  lines.push(...references(meta));
  return lines;
}

function fieldFacts(value: Value, { unit, decimals, cardinality, sensitivity, handling, merge, stability }: Meta): readonly string[] {
  const facts: string[] = [];
  if (unit !== undefined) facts.push(`unit: ${unit}`);
  if (decimals !== undefined) facts.push(`${decimals} decimals`);
  if (cardinality !== undefined) facts.push(`${cardinality} cardinality`);
  for (const constraint of constraintsOf(value)) facts.push(constraintText(constraint));
  if (sensitivity !== "none") facts.push(`sensitivity: ${sensitivity}`);
  if (handling !== "plain") facts.push(`handling: ${handling}`);
  if (merge !== "replace") facts.push(`merge: ${merge}`);
  if (stability === "experimental") facts.push("experimental");
  return facts;
}

/** The doc comment of a definition's interface or builder; `facts` are what its kind adds. */
export function definitionDoc(meta: Meta, facts: readonly string[] = []): readonly DocLine[] {
  return [
    ...texts(meta),
    ...facts,
    ...ownerLine(meta),
    ...(meta.stability === "experimental" ? ["Experimental."] : []),
    ...remarks(meta),
    ...references(meta),
  ];
}

/** What holds for the keys of a definition. */
export function shapeFacts(object: ObjectShape): readonly string[] {
  const facts = constraintsOf({ types: ["object"], object }).map(constraintText);
  return facts.length === 0 ? [] : [`${capital(facts.join("; "))}.`];
}

/** What an event does that carries the partial. */
export function partialFacts({ alwaysKeep }: PartialDef): readonly string[] {
  return alwaysKeep === true ? ["An event that carries it is always kept."] : [];
}

/** What an event is, and asks for beyond its partials. */
export function eventFacts({ grain, partials, consumers, sampling }: EventDef): readonly string[] {
  return [
    ...(grain === undefined ? [] : [`Grain: ${grain}.`]),
    ...partials.flatMap(({ partial, require }) => (require.length === 0 ? [] : [`Requires of ${partial.name} also ${require.join(", ")}.`])),
    ...(consumers.length === 0 ? [] : [`Consumers: ${consumers.join(", ")}.`]),
    ...(sampling === undefined ? [] : ["Sampled:", ...samplingLines(sampling).map((text) => `- ${text}`)]),
  ];
}

function ownerLine({ owner }: Meta): readonly string[] {
  return owner === undefined ? [] : [`Owner: ${owner}.`];
}

/** A title stands in for a missing brief. */
function texts({ brief, title, description }: Meta): readonly string[] {
  const words = [brief ?? title, description].filter((text) => text !== undefined);
  return words[0] === words[1] ? words.slice(0, 1) : words;
}

/** What a developer has to know besides; what only queries and columns need stands in the docs. */
function remarks({ when, pitfalls, note, aliases, since, otel }: Meta): readonly string[] {
  return [
    ...(when === undefined ? [] : [`When: ${typeof when === "string" ? when : Object.entries(when).map(([path, schema]) => `${path} is ${jsonText(schema)}`).join(", ")}`]),
    ...pitfalls.map((pitfall) => `Beware: ${pitfall}`),
    ...(note === undefined ? [] : [note]),
    ...(aliases.length === 0 ? [] : [`Earlier names: ${aliases.join(", ")}.`]),
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(otel === undefined ? [] : [`OpenTelemetry: ${otel.attribute}${otel.relation === undefined ? "" : ` (${otel.relation})`}.`]),
  ];
}

/** The tags at the end. */
function references(meta: Meta): readonly DocLine[] {
  return [...meta.links.map(({ url, title }): DocLine => ({ tag: "see", text: title === undefined ? url : `${url} ${title}` })), ...deprecated(meta)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueLines({ values = [] }: Value): readonly string[] {
  return values.some((one) => one.description !== undefined || one.deprecated === true) ? values.map(valueLine) : [];
}

function valueLine({ value, description, deprecated: old }: EnumValue): string {
  return `- ${jsonText(value)}${description === undefined ? "" : `: ${description}`}${old === true ? " (deprecated)" : ""}`;
}

/** `@deprecated`, with what replaces it. */
export function deprecated({ deprecation, stability }: Meta): readonly DocLine[] {
  if (stability !== "deprecated") return [];
  const { reason, replacedBy, note, since, removeAfter } = deprecation ?? {};
  const words = [
    reason === undefined ? "" : `${capital(reason)}.`,
    replacedBy === undefined ? "" : `Use ${replacedBy}.`,
    note ?? "",
    since === undefined ? "" : `Since ${since}.`,
    removeAfter === undefined ? "" : `Removed after ${removeAfter}.`,
  ].filter((text) => text !== "");
  return [{ tag: "deprecated", ...(words.length === 0 ? {} : { text: words.join(" ") }) }];
}
