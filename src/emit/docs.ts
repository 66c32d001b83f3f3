/**
 * Field docs in Markdown: an index, a list of all fields, and a page for the base record and for each event, partial, originator, service and group.
 * What the pages mean is decided in `docs/`; how they read, in `templates/docs`.
 */
import { definitionPage } from "../../templates/docs/definition.js";
import { eventPage } from "../../templates/docs/event.js";
import { fieldList, indexPage } from "../../templates/docs/index.js";
import type { EventDef, Registry } from "../compiler/registry.js";
import { definitionView, eventView, groupView, pageOf, type PageContext } from "./docs/pages.js";
import { indexView, isListed, listView, type Overview } from "./docs/overview.js";
import { baseLeaves } from "./docs/query.js";
import { withUsage } from "./docs/usage.js";
import { madeAnew, type EmitContext, type Emitter, type OutputFile } from "./emitter.js";
import { fieldsJson } from "./fields.js";
import { catalogOf, fieldsOf, type Catalog } from "./walk.js";

export const docsEmitter: Emitter = {
  name: "docs",
  brief: "Field docs in Markdown, with fields.json beside them.",
  defaultOut: "docs/events",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      fieldsJson: { type: "boolean", default: true, description: "Write fields.json beside the pages." },
    },
  },
  emit: emitDocs,
};

function emitDocs(registry: Registry, { options, data = {}, earlier = madeAnew() }: EmitContext): readonly OutputFile[] {
  const withFieldsJson = options["fieldsJson"] !== false;
  const catalog = catalogOf(registry);
  const context: PageContext = { registry, base: baseLeaves(registry), carriers: carriersOf(registry.events), groups: new Map(registry.groups.map((group) => [`group:${group.name}`, group])), users: usersOf(registry, catalog) };
  const overview: Overview = { registry, catalog, carriers: context.carriers, users: context.users };
  return [
    { path: "README.md", text: indexPage(indexView(overview, withFieldsJson)) },
    ...(isListed(catalog) ? [{ path: "fields.md", text: fieldList(listView(catalog)) }] : []),
    ...catalog.flatMap((documented) => {
      const { owner } = documented;
      const make = () => [{ path: pageOf(owner), text: definitionPage(withUsage(definitionView(context, documented), documented, data.usage)) }];
      return owner.kind === "base" ? make() : earlier.filesOf(owner, "", make);
    }),
    ...registry.groups.map((group) => ({ path: pageOf(group), text: definitionPage(groupView(context, group)) })),
    ...registry.events.map((event) => ({ path: pageOf(event), text: eventPage(eventView(context, event)) })),
    ...(withFieldsJson ? [earlier.fileOf("fields.json", (text) => fieldsJson(registry, catalog, text))] : []),
  ];
}

function carriersOf(events: readonly EventDef[]): PageContext["carriers"] {
  const carriers = new Map<string, { event: EventDef; presence: "required" | "optional" }[]>();
  for (const event of events) {
    for (const { partial, presence } of event.partials) {
      const found = carriers.get(partial.name);
      if (found === undefined) carriers.set(partial.name, [{ event, presence }]);
      else found.push({ event, presence });
    }
  }
  return carriers;
}

/** Who has fields of a group, groups themselves included. */
function usersOf({ groups }: Registry, catalog: Catalog): PageContext["users"] {
  const users = new Map<string, PageContext["users"] extends ReadonlyMap<string, readonly (infer User)[]> ? User[] : never>();
  for (const { owner, visits } of [...catalog, ...groups.map((owner) => ({ owner, visits: fieldsOf(owner) }))]) {
    if (owner.kind === "base") continue;
    for (const from of new Set(visits.map((visit) => visit.field.from))) {
      if (from === undefined || !from.startsWith("group:")) continue;
      const name = from.slice("group:".length);
      const found = users.get(name);
      if (found === undefined) users.set(name, [owner]);
      else found.push(owner);
    }
  }
  return users;
}
