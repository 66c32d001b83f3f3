/** Fields as a page shows them. */
import type { EventPartial, Meta } from "../../compiler/registry.js";
import { jsonText, typeText } from "../describe.js";
import { fieldsOf, recordPath, type FieldVisit, type Owner } from "../walk.js";
import { metaDetails, valueDetails } from "./details.js";
import type { Detail, FieldView, Piece } from "./view.js";

/** Longer lists of values stand in the details only. */
const maxValuesInTable = 6;

/** The fields of a definition with everything that is said about them. */
export function fieldViews(owner: Owner): readonly FieldView[] {
  const page = owner.kind === "base" ? owner.fields[0]?.meta : owner.meta;
  const file = owner.kind === "base" ? owner.fields[0]?.origin.file : owner.origin.file;
  return fieldsOf(owner).map((visit) => ({
    ...rowOf(owner, visit, visit.anchor),
    ...(visit.field.meta.description === undefined ? {} : { description: visit.field.meta.description }),
    ...(visit.field.meta.note === undefined ? {} : { note: visit.field.meta.note }),
    details: [...presenceDetail(visit), ...valueDetails(visit.field.value), ...metaDetails(visit.field.meta, page), ...provenance(visit, file)],
  }));
}

/** The fields of a partial as rows on an event's page, linked to the partial's page. */
export function eventRows({ partial, require }: EventPartial, page: string): readonly Omit<FieldView, "details">[] {
  return fieldsOf(partial).map((visit) => {
    const row = rowOf(partial, visit, `${page}#${visit.anchor}`);
    return visit.depth === 0 && require.includes(visit.field.name) ? { ...row, presence: ["required"] } : row;
  });
}

function rowOf(owner: Owner, visit: FieldVisit, anchor: string): Omit<FieldView, "details"> {
  const { field } = visit;
  return {
    path: recordPath(owner, field.path),
    anchor,
    type: typePieces(visit),
    presence: presencePieces(visit),
    brief: field.meta.brief ?? "",
    marks: marksOf(field.meta),
  };
}

function typePieces({ field: { value, meta } }: FieldVisit): readonly Piece[] {
  const { values } = value;
  const unit: readonly Piece[] = meta.unit === undefined ? [] : [{ code: meta.unit }];
  if (values === undefined) return [typeText(value), ...unit];
  if (values.length > maxValuesInTable) return [`${typeText(value)}, one of ${values.length}`, ...unit];
  return [...values.map((one) => ({ code: jsonText(one.value) })), ...unit];
}

function presencePieces({ field, cases, parent }: FieldVisit): readonly Piece[] {
  const inner = cases.slice(parent?.cases.length ?? 0).at(-1);
  const words = presenceOf(field.name) ?? (field.required ? "required" : "optional");
  return inner === undefined ? [words] : [words, "when", { code: `${inner.variants.discriminator} = ${jsonText(inner.case.value)}` }];
}

/** What has no name of its own. */
function presenceOf(name: string): string | undefined {
  if (name === "[]") return "each item";
  if (name === "*") return "each value";
  if (name.startsWith("/")) return "each match";
  return /^\[\d+\]$/.test(name) ? `item ${name.slice(1, -1)}` : undefined;
}

function presenceDetail(visit: FieldVisit): readonly Detail[] {
  return [{ label: "Presence", pieces: presencePieces(visit) }];
}

const marked: ReadonlySet<Meta["sensitivity"]> = new Set(["pseudonymous", "personal", "sensitive", "secret"]);

/** What a reader must know before using a field. */
function marksOf({ deprecation, stability, sensitivity }: Meta): readonly (readonly Piece[])[] {
  const replacedBy = deprecation?.replacedBy;
  return [
    ...(deprecation === undefined ? [] : [replacedBy === undefined ? ["Deprecated"] : ["Deprecated, use", { code: replacedBy }]]),
    ...(stability === "experimental" ? [["Experimental"]] : []),
    ...(marked.has(sensitivity) ? [[`${sensitivity.charAt(0).toUpperCase()}${sensitivity.slice(1)}`]] : []),
  ];
}

/** Where a field was written down, when that is not the page's own file. */
function provenance({ field: { from, origin } }: FieldVisit, file: string | undefined): readonly Detail[] {
  if (from === undefined) return origin.file === file ? [] : [{ label: "Source", pieces: [{ code: origin.file }] }];
  const [kind = "", ...name] = from.split(":");
  const source: readonly Piece[] = name.length === 0 ? [{ code: from }] : [kind, { code: name.join(":") }];
  return [{ label: "From", pieces: origin.file === from ? source : [...source, "in", { code: origin.file }] }];
}
