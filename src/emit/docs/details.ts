/** Every keyword as a line of details. The table names each key of Meta: a new keyword does not compile until it is shown here. */
import type { EnumValue, Json, Meta, Value } from "../../compiler/registry.js";
import { constraintsOf, jsonText, typeText } from "../describe.js";
import type { Detail, Piece } from "./view.js";

type Show = (meta: Meta) => Detail | undefined;

/** Shown in another place of the page: as its text, below the title, or as a footnote. */
const elsewhere: Show = () => undefined;

/** In the order in which they are shown. */
const shown: { readonly [K in keyof Required<Meta>]: Show } = {
  brief: elsewhere,
  description: elsewhere,
  note: elsewhere,
  title: ({ title }) => prose("Title", title),
  unit: ({ unit }) => code("Unit", unit),
  kind: ({ kind, cardinality }) => prose("Kind", kind === undefined || cardinality === undefined ? kind : `${kind}, ${cardinality} cardinality`),
  knownValues: ({ knownValues }) => (knownValues.length === 0 ? undefined : listed("Known values", knownValues, ["others may come"])),
  examples: ({ examples }) => (examples.length === 0 ? undefined : { label: examples.length === 1 ? "Example" : "Examples", pieces: examples.map(jsonCode) }),
  default: (meta) => (meta.default === undefined ? undefined : { label: "Absent means", pieces: [jsonCode(meta.default)] }),
  nullMeans: ({ nullMeans }) => prose("Null means", nullMeans),
  when: ({ when }) => (when === undefined ? undefined : { label: "Present when", pieces: typeof when === "string" ? [when] : conditions(when) }),
  merge: ({ merge }) => (merge === "replace" ? undefined : { label: "Several writes", pieces: [mergeText[merge]] }),
  aggregate: ({ aggregate }) => code("Aggregate with", aggregate),
  decimals: ({ decimals }) => prose("Decimals", decimals === undefined ? undefined : String(decimals)),
  cardinality: ({ cardinality, kind }) => prose("Cardinality", kind === undefined ? cardinality : undefined),
  join: ({ join }) => code("Joins", join === undefined ? undefined : `${join.table}.${join.column}`),
  pitfalls: ({ pitfalls }) => (pitfalls.length === 0 ? undefined : { label: pitfalls.length === 1 ? "Pitfall" : "Pitfalls", pieces: [], items: pitfalls.map((text) => [text]) }),
  sensitivity: ({ sensitivity, handling }) => (sensitivity === "none" ? undefined : prose("Sensitivity", `${sensitivity}, ${handlingText(handling)}`)),
  handling: ({ handling, sensitivity }) => (sensitivity !== "none" || handling === "plain" ? undefined : prose("Handling", handlingText(handling))),
  deprecation: ({ deprecation }) => (deprecation === undefined ? undefined : { label: "Deprecated", pieces: deprecationPieces(deprecation) }),
  aliases: ({ aliases }) => (aliases.length === 0 ? undefined : { label: "Earlier names", pieces: aliases.map((alias) => ({ code: alias })) }),
  stability: ({ stability, deprecation }) => (stability === "stable" || deprecation !== undefined ? undefined : prose("Stability", stability)),
  since: ({ since }) => prose("Since", since),
  owner: ({ owner }) => prose("Owner", owner),
  tags: ({ tags }) => (tags.length === 0 ? undefined : { label: "Tags", pieces: tags.map((tag) => ({ code: tag })) }),
  links: ({ links }) => (links.length === 0 ? undefined : { label: links.length === 1 ? "Link" : "Links", pieces: [...links] }),
  otel: ({ otel }) => (otel === undefined ? undefined : { label: "OpenTelemetry", pieces: [{ code: otel.attribute }, ...(otel.relation === undefined ? [] : [`(${otel.relation})`])] }),
  column: ({ column }) => (column === undefined ? undefined : { label: "Column", pieces: columnPieces(column) }),
  comment: ({ comment }) => prose("Comment", comment),
  extensions: ({ extensions }) => {
    const items = Object.entries(extensions).map(([keyword, value]) => [{ code: keyword }, jsonCode(value)]);
    return items.length === 0 ? undefined : { label: "Extensions", pieces: [], items };
  },
};

const shows = Object.values(shown).filter((show) => show !== elsewhere);

/** The lines that a definition's metadata add. */
export function metaDetails(meta: Meta): readonly Detail[] {
  const details: Detail[] = [];
  addMetaDetails(details, meta);
  return details;
}

/** The lines that a field's metadata add; owner, stability and tags only where they differ from those of the page. */
export function addMetaDetails(details: Detail[], meta: Meta, page?: Meta): void {
  for (const show of shows) {
    if (page !== undefined && isInherited(show, meta, page)) continue;
    const detail = show(meta);
    if (detail !== undefined) details.push(detail);
  }
}

function isInherited(show: Show, meta: Meta, page: Meta): boolean {
  if (show === shown.owner) return meta.owner === page.owner;
  if (show === shown.stability) return meta.stability === page.stability;
  return show === shown.tags && sameTexts(meta.tags, page.tags);
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

/** What a value may be: its type with every constraint, and the meaning of each allowed value. */
export function addValueDetails(details: Detail[], value: Value, page?: Meta): void {
  const { values, variants } = value;
  details.push({ label: "Type", pieces: [typeText(value), ...constraintPieces(value)] });
  if (values !== undefined) details.push(listed("Values", values));
  for (const one of variants?.cases ?? []) {
    const about = [one.meta.brief, one.meta.description].filter((text) => text !== undefined).map((text) => `: ${text}`);
    const shape = constraintPieces({ types: ["object"], object: one.object });
    const said: Detail[] = [];
    addMetaDetails(said, one.meta, page);
    details.push({ label: "Shape", pieces: [{ code: `${variants?.discriminator} = ${jsonText(one.value)}` }, ...shape, ...about], items: said.map(detailItem) });
  }
}

/** Each constraint behind a comma; shapes have lines of their own. */
function constraintPieces(value: Value): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { keyword, text, code: piece } of constraintsOf(value)) {
    if (keyword === "oneOf") continue;
    pieces.push(`, ${text}`);
    if (piece !== undefined) pieces.push({ code: piece });
  }
  return pieces;
}

function detailItem({ label, pieces, items }: Detail): readonly Piece[] {
  return [`${label}:`, ...pieces, ...(items ?? []).flat()];
}

/** One line when there is nothing to say about any of them. */
function listed(label: string, values: readonly EnumValue[], remark: readonly string[] = []): Detail {
  const items = values.map(valueItem);
  if (items.some((item) => item.length > 1)) return { label, pieces: remark, items };
  return { label, pieces: [...items.flat(), ...remark.map((text) => `, ${text}`)] };
}

function valueItem({ value, description, deprecated }: EnumValue): readonly Piece[] {
  return [jsonCode(value), ...(deprecated === true ? ["(deprecated)"] : []), ...(description === undefined ? [] : [description])];
}

function jsonCode(value: Json): Piece {
  return { code: jsonText(value) };
}

function prose(label: string, text: string | undefined): Detail | undefined {
  return text === undefined ? undefined : { label, pieces: [text] };
}

function code(label: string, text: string | undefined): Detail | undefined {
  return text === undefined ? undefined : { label, pieces: [{ code: text }] };
}

function conditions(when: { readonly [path: string]: Json }): readonly Piece[] {
  return Object.entries(when).map(([path, schema]) => ({ code: `${path}: ${jsonText(schema)}` }));
}

const mergeText: { readonly [K in Meta["merge"]]: string } = {
  replace: "the last one stays",
  keep: "the first one stays (keep)",
  sum: "are added up (sum)",
  max: "the largest one stays (max)",
  min: "the smallest one stays (min)",
  append: "are joined into one list (append)",
};

/** How a value reaches the record. */
export function handlingText(handling: Meta["handling"]): string {
  switch (handling) {
    case "plain":
      return "written as it is";
    case "hash":
      return "written as a keyed hash";
    case "mask":
      return "written masked";
    case "drop":
      return "never written (dropped)";
    default:
      return `written up to ${handling.slice("truncate:".length)} characters`;
  }
}

const reasonText = { renamed: "renamed", obsolete: "obsolete", split: "split up" } as const;

/** Since when, why, what to use instead, until when. */
export function deprecationPieces({ since, reason, replacedBy, note, removeAfter }: NonNullable<Meta["deprecation"]>): readonly Piece[] {
  const parts: readonly (readonly Piece[])[] = [
    ...(since === undefined ? [] : [[`since ${since}`]]),
    ...(reason === undefined ? [] : [[reasonText[reason]]]),
    ...(replacedBy === undefined ? [] : [["use", { code: replacedBy }, "instead"]]),
    ...(removeAfter === undefined ? [] : [[`will be removed after ${removeAfter}`]]),
    ...(note === undefined ? [] : [[note]]),
  ];
  const pieces = parts.flatMap(([first = "", ...rest], index) => [index > 0 && typeof first === "string" ? `, ${first}` : first, ...rest]);
  return pieces.length === 0 ? ["yes"] : pieces;
}

function columnPieces(column: Json): readonly Piece[] {
  if (typeof column !== "object" || column === null || Array.isArray(column)) return [typeof column === "string" ? { code: column } : jsonCode(column)];
  return Object.entries(column).map(([backend, physical]) => ({ code: `${backend}: ${typeof physical === "string" ? physical : jsonText(physical)}` }));
}
