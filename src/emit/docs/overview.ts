/** What the index and the list of all fields say: everything at a glance, by name, by owner, and what to be careful with. */
import type { Definition, Meta, Registry } from "../../compiler/registry.js";
import { count } from "../describe.js";
import { fieldsOf, recordPath, type Catalog, type FieldVisit, type Owner } from "../walk.js";
import { deprecationPieces, handlingText } from "./details.js";
import { headerOf, pageOf, type PageContext } from "./pages.js";
import { fieldRow, isDelicate } from "./fields.js";
import type { FieldList, IndexPage, Piece, Table } from "./view.js";

type Documented = Exclude<Owner, { kind: "group" }>;

export interface Overview {
  readonly registry: Registry;
  readonly catalog: Catalog;
  /** Definitions by name, with the number of events that carry it. */
  readonly carriers: ReadonlyMap<string, readonly unknown[]>;
  readonly users: PageContext["users"];
}

/** Above this many fields GitHub would not render the list; each definition's page and fields.json have them all. */
const maxListedFields = 2000;

export function isListed(catalog: Catalog): boolean {
  return sizeOf(catalog) <= maxListedFields;
}

function sizeOf(catalog: Catalog): number {
  return catalog.reduce((sum, { visits }) => sum + visits.length, 0);
}

export function indexView(overview: Overview, hasFieldsJson: boolean): IndexPage {
  const { registry, catalog } = overview;
  const { fieldCounts, deprecated, delicate } = picked(catalog);
  return {
    header: headerOf(),
    summary: summaryOf(overview),
    guide: [
      ...(!isListed(catalog) ? [] : [["Find a field by its name:", { code: "fields.md", page: "fields.md" }]]),
      ...(hasFieldsJson ? [["For programs:", { code: "fields.json", page: "fields.json" }]] : []),
      ["Every record also has the", { code: "base record", page: "base.md" }, "and says in its field", { code: "schema" }, "which schema it was written with; this is", { code: registry.stamp }],
      ["Required: always there when the object around it is. Optional: may be absent; absent is not null."],
      ["Objects have only the keys listed here, unless their page says otherwise."],
      ["A record stands for as many events as its sample rate says: count with it."],
    ],
    sections: [
      { title: "Events", intro: "", table: eventTable(registry) },
      { title: "Partials", intro: "Fields that one team owns; an event carries several.", table: partialTable(overview) },
      { title: "Originators", intro: "What triggered the work.", table: plainTable("Originator", registry.originators) },
      { title: "Services", intro: "Who emits.", table: plainTable("Service", registry.services) },
      { title: "Groups", intro: "Fields that several definitions share; they stand among the fields of each.", table: groupTable(overview) },
      { title: "Owners", intro: "", table: ownerTable(registry, fieldCounts) },
      { title: "Deprecated fields", intro: "", table: deprecated },
      { title: "Fields with personal or secret values", intro: "", table: delicate },
    ],
  };
}

function summaryOf({ registry, catalog }: Overview): string {
  const { events, partials, originators, services } = registry;
  const kinds = [[events.length, "event"], [partials.length, "partial"], [originators.length, "originator"], [services.length, "service"], [sizeOf(catalog), "field"]] as const;
  const counts = kinds.flatMap(([number, name]) => (number === 0 ? [] : [count(number, name)]));
  return `What the events of this project carry: ${[counts.slice(0, -1).join(", "), ...counts.slice(-1)].filter((text) => text !== "").join(" and ")}.`;
}

export function listView(catalog: Catalog): FieldList {
  const rows = catalog.flatMap(({ owner, visits }) => visits.map((visit) => ({ owner: visit.field.meta.owner ?? "", row: fieldRow(owner, visit, linkTo(owner, visit)) })));
  rows.sort(({ row: left }, { row: right }) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return {
    header: headerOf(),
    intro: `${count(rows.length, "field")}, by path.`,
    table: {
      columns: ["Field", "Type", "Owner", "Meaning"],
      rows: rows.map(({ owner, row }) => [[{ code: row.path, page: row.anchor }], row.type, [owner], [...row.marks.flatMap((mark) => [...mark, "·"]), row.brief]]),
    },
  };
}

function linkTo(owner: Documented, visit: FieldVisit): string {
  return `${pageOf(owner)}#${visit.anchor}`;
}

function fieldLink(owner: Documented, visit: FieldVisit): Piece {
  return { code: recordPath(owner, visit.field.path), page: linkTo(owner, visit) };
}

function eventTable({ events }: Registry): Table {
  return {
    columns: ["Event", "One row per", "Partials", "Owner", "Meaning"],
    rows: events.map((event) => [
      [{ code: event.name, page: pageOf(event) }],
      [event.grain ?? ""],
      event.partials.map(({ partial }) => ({ code: partial.name, page: pageOf(partial) })),
      [event.meta.owner ?? ""],
      [meaningOf(event.meta)],
    ]),
  };
}

function partialTable({ registry, catalog, carriers }: Overview): Table {
  const sizes = new Map(catalog.map(({ owner, visits }): [string, number] => [pageOf(owner), visits.length]));
  return {
    columns: ["Partial", "Fields", ...(registry.events.length === 0 ? [] : ["Events"]), "Owner", "Meaning"],
    rows: registry.partials.map((partial) => [
      [{ code: partial.name, page: pageOf(partial) }],
      [String(sizes.get(pageOf(partial)) ?? 0)],
      ...(registry.events.length === 0 ? [] : [[String(carriers.get(partial.name)?.length ?? 0)]]),
      [partial.meta.owner ?? ""],
      [meaningOf(partial.meta)],
    ]),
  };
}

function plainTable(kind: string, definitions: readonly Exclude<Definition, { kind: "group" }>[]): Table {
  return {
    columns: [kind, "Fields", "Owner", "Meaning"],
    rows: definitions.map((one) => [[{ code: one.name, page: pageOf(one) }], [String(fieldsOf(one).length)], [one.meta.owner ?? ""], [meaningOf(one.meta)]]),
  };
}

function groupTable({ registry, users }: Overview): Table {
  return {
    columns: ["Group", "Used in", "Owner", "Meaning"],
    rows: registry.groups.map((group) => [
      [{ code: group.name, page: pageOf(group) }],
      (users.get(group.name) ?? []).map((one) => ({ code: one.name, page: pageOf(one) })),
      [group.meta.owner ?? ""],
      [meaningOf(group.meta)],
    ]),
  };
}

function ownerTable(registry: Registry, fieldCounts: ReadonlyMap<string, number>): Table {
  const definitions = new Map<string, Piece[]>([...fieldCounts.keys()].map((owner) => [owner, []]));
  for (const one of [...registry.events, ...registry.partials, ...registry.originators, ...registry.services]) {
    const { owner } = one.meta;
    if (owner !== undefined) definitions.set(owner, [...(definitions.get(owner) ?? []), { code: one.name, page: pageOf(one) }]);
  }
  return {
    columns: ["Owner", "Fields", "Owns"],
    rows: [...definitions.keys()].sort().map((name) => [[name], [String(fieldCounts.get(name) ?? 0)], definitions.get(name) ?? []]),
  };
}

/** What the index picks from all fields, in one pass. */
function picked(catalog: Catalog): { readonly fieldCounts: ReadonlyMap<string, number>; readonly deprecated: Table; readonly delicate: Table } {
  const fieldCounts = new Map<string, number>();
  const deprecated: Row[] = [];
  const delicate: Row[] = [];
  for (const { owner, visits } of catalog) {
    for (const visit of visits) {
      const { owner: team, deprecation, sensitivity, handling } = visit.field.meta;
      if (team !== undefined) fieldCounts.set(team, (fieldCounts.get(team) ?? 0) + 1);
      if (deprecation !== undefined) deprecated.push([[fieldLink(owner, visit)], deprecationPieces(deprecation)]);
      if (isDelicate(sensitivity)) delicate.push([[fieldLink(owner, visit)], [sensitivity], [handlingText(handling)], [team ?? ""]]);
    }
  }
  return {
    fieldCounts,
    deprecated: { columns: ["Field", "Deprecated"], rows: deprecated },
    delicate: { columns: ["Field", "Sensitivity", "Handling", "Owner"], rows: delicate },
  };
}

type Row = Table["rows"][number];

function meaningOf({ brief, stability }: Meta): string {
  return stability === "stable" ? (brief ?? "") : `(${stability}) ${brief ?? ""}`;
}
