/** Fields as a page shows them. */
import type { EventPartial, Meta } from "../../compiler/registry.js";
import { jsonText, typeText } from "../describe.js";
import { fieldsOf, isNotKept, recordPath, type FieldVisit, type Owner } from "../walk.js";
import { addMetaDetails, addValueDetails } from "./details.js";
import type { Detail, FieldRow, FieldView, Piece } from "./view.js";

/** Longer lists of values stand in the details only. */
const maxValuesInTable = 6;

/** `group:usage` → its page, seen from the page that is written. */
export type GroupPages = (from: string) => string | undefined;

/** The fields of a definition with everything that is said about them. */
export function fieldViews({ owner, visits }: { readonly owner: Owner; readonly visits: readonly FieldVisit[] }, groupPages: GroupPages): readonly FieldView[] {
  const page = owner.kind === "base" ? owner.fields[0]?.meta : owner.meta;
  const file = owner.kind === "base" ? owner.fields[0]?.origin.file : owner.origin.file;
  return visits.map((visit): FieldView => {
    const { value, meta } = visit.field;
    const presence = presencePieces(visit);
    const details: Detail[] = [{ label: "Presence", pieces: presence }];
    addValueDetails(details, value, page);
    addMetaDetails(details, meta, page);
    addProvenance(details, visit, { file, groupPages });
    return {
      path: recordPath(owner, visit.field.path),
      anchor: visit.anchor,
      type: typePieces(visit),
      presence,
      brief: meta.brief ?? "",
      marks: [...keptMark(owner, visit), ...marksOf(meta, page)],
      description: meta.description,
      note: meta.note,
      details,
    };
  });
}

/** The fields of a partial as rows on an event's page, linked to the partial's page. */
export function eventRows({ partial, require }: EventPartial, page: string): readonly FieldRow[] {
  return fieldsOf(partial).map((visit) => {
    const row = fieldRow(partial, visit, `${page}#${visit.anchor}`);
    return visit.depth === 0 && require.includes(visit.field.name) ? { ...row, presence: ["required"] } : row;
  });
}

/** A row of a table that leads to the details elsewhere. */
export function fieldRow(owner: Owner, visit: FieldVisit, anchor: string): FieldRow {
  const { field } = visit;
  return {
    path: recordPath(owner, field.path),
    anchor,
    type: typePieces(visit),
    presence: presencePieces(visit),
    brief: field.meta.brief ?? "",
    marks: [...keptMark(owner, visit), ...marksOf(field.meta, owner.kind === "base" ? undefined : owner.meta)],
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

/** Worth a warning: about a person, or secret. */
export function isDelicate(sensitivity: Meta["sensitivity"]): boolean {
  return sensitivity !== "none" && sensitivity !== "internal";
}

const noMarks: FieldView["marks"] = [];

/** Worth a warning: no record has it. */
function keptMark(owner: Owner, { field: { path } }: FieldVisit): FieldView["marks"] {
  return isNotKept(owner, path) ? [["Not kept"]] : noMarks;
}

/** What a reader must know before using a field. */
function marksOf({ deprecation, stability, sensitivity }: Meta, page: Meta | undefined): readonly (readonly Piece[])[] {
  if (deprecation === undefined && stability === "stable" && sensitivity === "none") return noMarks;
  const replacedBy = deprecation?.replacedBy;
  return [
    ...(deprecation === undefined ? [] : [replacedBy === undefined ? ["Deprecated"] : ["Deprecated, use", { code: replacedBy }]]),
    ...(stability === "experimental" && page?.stability !== stability ? [["Experimental"]] : []),
    ...(isDelicate(sensitivity) ? [[`${sensitivity.charAt(0).toUpperCase()}${sensitivity.slice(1)}`]] : []),
  ];
}

/** Where a field was written down, when that is not the page's own file. */
function addProvenance(details: Detail[], { field: { from, origin } }: FieldVisit, { file, groupPages }: { readonly file: string | undefined; readonly groupPages: GroupPages }): void {
  if (from === undefined) {
    if (origin.file !== file) details.push({ label: "Source", pieces: [{ code: origin.file }] });
    return;
  }
  const [kind = "", ...name] = from.split(":");
  const page = groupPages(from);
  const source: readonly Piece[] = name.length === 0 ? [{ code: from }] : [kind, { code: name.join(":"), ...(page === undefined ? {} : { page }) }];
  details.push({ label: "From", pieces: origin.file === from ? source : [...source, "in", { code: origin.file }] });
}
