/** The doc comments of generated types: what a developer reads in the editor. */
import type { EnumValue, Field, Meta, Value } from "../../compiler/registry.js";
import { constraintsOf, constraintText, jsonText } from "../describe.js";
import type { DocLine } from "../text.js";

/** The doc comment of a field. */
export function fieldDoc({ value, meta }: Field): readonly DocLine[] {
  const facts = [
    ...unitFacts(meta),
    ...constraintsOf(value).map(constraintText),
    ...(meta.sensitivity === "none" ? [] : [`sensitivity: ${meta.sensitivity}`]),
    ...(meta.handling === "plain" ? [] : [`handling: ${meta.handling}`]),
    ...(meta.merge === "replace" ? [] : [`merge: ${meta.merge}`]),
    ...(meta.stability === "experimental" ? ["experimental"] : []),
  ];
  return [
    ...texts(meta),
    ...(facts.length === 0 ? [] : [`${capital(facts.join("; "))}.`]),
    ...valueLines(value),
    ...(meta.knownValues.length === 0 ? [] : ["Known values:", ...meta.knownValues.map(valueLine)]),
    ...(meta.default === undefined ? [] : [`Absent means ${jsonText(meta.default)}.`]),
    ...(meta.nullMeans === undefined ? [] : [`null means: ${meta.nullMeans}`]),
    ...(typeof meta.when === "string" ? [`When: ${meta.when}`] : []),
    ...meta.pitfalls.map((pitfall) => `Beware: ${pitfall}`),
    ...meta.examples.map((example): DocLine => ({ tag: "example", text: jsonText(example) })),
    ...deprecated(meta),
  ];
}

/** The doc comment of a definition's interface or builder. */
export function definitionDoc(meta: Meta): readonly DocLine[] {
  return [...texts(meta), ...(meta.owner === undefined ? [] : [`Owner: ${meta.owner}.`]), ...deprecated(meta)];
}

function texts({ brief, description }: Meta): readonly string[] {
  const words = [brief, description].filter((text) => text !== undefined);
  return words[0] === words[1] ? words.slice(0, 1) : words;
}

function unitFacts({ unit, decimals }: Meta): readonly string[] {
  return [...(unit === undefined ? [] : [`unit: ${unit}`]), ...(decimals === undefined ? [] : [`${decimals} decimals`])];
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
  const { replacedBy, note, since, removeAfter } = deprecation ?? {};
  const words = [
    replacedBy === undefined ? "" : `Use ${replacedBy}.`,
    note ?? "",
    since === undefined ? "" : `Since ${since}.`,
    removeAfter === undefined ? "" : `Removed after ${removeAfter}.`,
  ].filter((text) => text !== "");
  return [{ tag: "deprecated", ...(words.length === 0 ? {} : { text: words.join(" ") }) }];
}
