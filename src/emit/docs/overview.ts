/** What the index and the list of all fields say: everything at a glance, by name, by owner, and what to be careful with. */
import type { Definition, Meta, Registry } from "../../compiler/registry.js";
import { count } from "../describe.js";
import { fieldsOf, recordPath, type FieldVisit, type Owner } from "../walk.js";
import { deprecationPieces, handlingText } from "./details.js";
import { headerOf, pageOf } from "./pages.js";
import type { FieldList, FieldView, IndexPage, Piece, Table } from "./view.js";

type Documented = Exclude<Owner, { kind: "group" }>;

/** A field with the definition it belongs to. */
export interface Entry {
  readonly owner: Documented;
  readonly visit: FieldVisit;
}

export interface Overview {
  readonly registry: Registry;
  readonly entries: readonly Entry[];
  /** Definitions by name, with the number of events that carry it. */
  readonly carriers: ReadonlyMap<string, readonly unknown[]>;
}

/** Above this many fields GitHub would not render the list; each definition's page and fields.json have them all. */
export const maxListedFields = 2000;

export function indexView(overview: Overview, hasFieldsJson: boolean): IndexPage {
  const { registry, entries } = overview;
  return {
    header: headerOf(),
    summary: summaryOf(overview),
    guide: [
      ...(entries.length > maxListedFields ? [] : [["Find a field by its name:", { code: "fields.md", page: "fields.md" }]]),
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
      { title: "Groups", intro: "Fields that several definitions share. They are documented where they are used.", table: groupTable(overview) },
      { title: "Owners", intro: "", table: ownerTable(overview) },
      { title: "Deprecated fields", intro: "", table: deprecatedTable(entries) },
      { title: "Fields with personal or secret values", intro: "", table: sensitiveTable(entries) },
    ],
  };
}

function summaryOf({ registry, entries }: Overview): string {
  const kinds = [[registry.events, "event"], [registry.partials, "partial"], [registry.originators, "originator"], [registry.services, "service"], [entries, "field"]] as const;
  const counts = kinds.flatMap(([list, name]) => (list.length === 0 ? [] : [count(list.length, name)]));
  return `What the events of this project carry: ${[counts.slice(0, -1).join(", "), ...counts.slice(-1)].filter((text) => text !== "").join(" and ")}.`;
}

export function listView(entries: readonly Entry[], views: ReadonlyMap<Documented, readonly FieldView[]>): FieldList {
  const rows = entries.map(({ owner, visit }) => ({ owner, visit, path: recordPath(owner, visit.field.path) }));
  const types = new Map([...views].flatMap(([owner, fields]) => fields.map((field): [string, FieldView] => [`${pageOf(owner)}#${field.anchor}`, field])));
  rows.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return {
    header: headerOf(),
    intro: `${count(entries.length, "field")}, by path.`,
    table: {
      columns: ["Field", "Type", "Owner", "Meaning"],
      rows: rows.map(({ owner, visit, path }) => {
        const view = types.get(`${pageOf(owner)}#${visit.anchor}`);
        return [[fieldLink({ owner, visit }, path)], view?.type ?? [], [visit.field.meta.owner ?? ""], [...(view?.marks ?? []).flatMap((mark) => mark), visit.field.meta.brief ?? ""]];
      }),
    },
  };
}

function fieldLink({ owner, visit }: Entry, path = recordPath(owner, visit.field.path)): Piece {
  return { code: path, page: `${pageOf(owner)}#${visit.anchor}` };
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

function partialTable({ registry, carriers }: Overview): Table {
  return {
    columns: ["Partial", "Fields", ...(registry.events.length === 0 ? [] : ["Events"]), "Owner", "Meaning"],
    rows: registry.partials.map((partial) => [
      [{ code: partial.name, page: pageOf(partial) }],
      [String(fieldsOf(partial).length)],
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

function groupTable({ registry, entries }: Overview): Table {
  const users = new Map<string, Map<string, Piece>>();
  for (const { owner, visit } of entries) {
    const { from } = visit.field;
    if (from === undefined || owner.kind === "base") continue;
    const found = users.get(from) ?? new Map<string, Piece>();
    found.set(`${owner.kind}:${owner.name}`, { code: owner.name, page: pageOf(owner) });
    users.set(from, found);
  }
  return {
    columns: ["Group", "Used in", "Owner", "Meaning"],
    rows: registry.groups.map((group) => [[{ code: group.name }], [...(users.get(`group:${group.name}`)?.values() ?? [])], [group.meta.owner ?? ""], [meaningOf(group.meta)]]),
  };
}

function ownerTable({ registry, entries }: Overview): Table {
  const counts = new Map<string, { definitions: Piece[]; fields: number }>();
  const of = (owner: string) => {
    const found = counts.get(owner) ?? { definitions: [], fields: 0 };
    counts.set(owner, found);
    return found;
  };
  for (const one of [...registry.events, ...registry.partials, ...registry.originators, ...registry.services]) {
    if (one.meta.owner !== undefined) of(one.meta.owner).definitions.push({ code: one.name, page: pageOf(one) });
  }
  for (const { visit } of entries) if (visit.field.meta.owner !== undefined) of(visit.field.meta.owner).fields += 1;
  const names = [...counts.keys()].sort();
  return {
    columns: ["Owner", "Fields", "Owns"],
    rows: names.map((name) => [[name], [String(counts.get(name)?.fields ?? 0)], counts.get(name)?.definitions ?? []]),
  };
}

function deprecatedTable(entries: readonly Entry[]): Table {
  return {
    columns: ["Field", "Deprecated"],
    rows: entries.flatMap((entry) => {
      const { deprecation } = entry.visit.field.meta;
      return deprecation === undefined ? [] : [[[fieldLink(entry)], deprecationPieces(deprecation)]];
    }),
  };
}

function sensitiveTable(entries: readonly Entry[]): Table {
  const found = entries.filter(({ visit }) => ["pseudonymous", "personal", "sensitive", "secret"].includes(visit.field.meta.sensitivity));
  return {
    columns: ["Field", "Sensitivity", "Handling", "Owner"],
    rows: found.map((entry) => {
      const { sensitivity, handling, owner } = entry.visit.field.meta;
      return [[fieldLink(entry)], [sensitivity], [handlingText(handling)], [owner ?? ""]];
    }),
  };
}

function meaningOf({ brief, stability }: Meta): string {
  return stability === "stable" ? (brief ?? "") : `(${stability}) ${brief ?? ""}`;
}
