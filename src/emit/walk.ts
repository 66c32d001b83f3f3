/** Ways through the Registry: every field, however deep, with what is known from its place. */
import type { Definition, EventDef, Field, ObjectShape, Registry, Value, VariantCase, Variants } from "../compiler/registry.js";

/** Where fields stand: a definition, or the base record. */
export type Owner = Exclude<Definition, EventDef> | BaseRecord;

/** The base record as the owner of its fields. */
export interface BaseRecord {
  readonly kind: "base";
  readonly name: "base";
  readonly fields: readonly Field[];
}

export interface FieldVisit {
  readonly field: Field;
  /** Unique in the registry and stable: made from the path and from the cases of the variants above, for links (`user.tier`, `chat.tags~each`). */
  readonly anchor: string;
  /** Number of fields above it. */
  readonly depth: number;
  /** True when the field is there whenever its definition is: it and everything above it is required. */
  readonly always: boolean;
  /** The cases of variants it stands in, outermost first. */
  readonly cases: readonly { readonly variants: Variants; readonly case: VariantCase }[];
  readonly parent: FieldVisit | undefined;
}

export function baseRecord(registry: Pick<Registry, "base">): BaseRecord {
  return { kind: "base", name: "base", fields: registry.base };
}

/** Everything with fields that a record can hold: the base record, partials, originators, services (not groups: they are merged into the others). */
export function ownersOf(registry: Registry): readonly Exclude<Owner, { kind: "group" }>[] {
  return [baseRecord(registry), ...registry.partials, ...registry.originators, ...registry.services];
}

/** Every field that a record can hold, at any depth, definition by definition, in schema order. */
export function allFields(registry: Registry): readonly (FieldVisit & { readonly owner: Owner })[] {
  return catalogOf(registry).flatMap(({ owner, visits }) => visits.map((visit) => ({ ...visit, owner })));
}

/** The fields of each definition, walked once for everything that is printed of them. */
export type Catalog = readonly { readonly owner: Exclude<Owner, { kind: "group" }>; readonly visits: readonly FieldVisit[] }[];

export function catalogOf(registry: Registry): Catalog {
  return ownersOf(registry).map((owner) => ({ owner, visits: fieldsOf(owner) }));
}

/** Every field of a definition, at any depth, each before the fields inside it; then those of its roll-up. An event has none of its own. */
export function fieldsOf(owner: Definition | BaseRecord): readonly FieldVisit[] {
  if (owner.kind === "event") return [];
  const fields = owner.kind === "base" ? owner.fields : owner.object.fields;
  const visits: FieldVisit[] = [];
  for (const field of fields) visit(field, undefined, visits);
  if (owner.kind !== "base") visitOpenParts(owner.object, undefined, visits);
  if (owner.kind === "partial" && owner.rollup !== undefined) visit(owner.rollup.field, undefined, visits);
  return visits;
}

const noCases: FieldVisit["cases"] = [];

function visit(field: Field, parent: FieldVisit | undefined, visits: FieldVisit[], cases = parent?.cases ?? noCases): void {
  const isAlways = field.required && (parent === undefined || (parent.always && cases.length === parent.cases.length)) && !isElement(field.name);
  const anchor = parent === undefined ? rootAnchor(field) : `${parent.anchor}${caseText(cases, parent)}${anchorStep(field, parent)}`;
  const own: FieldVisit = { field, anchor, depth: parent === undefined ? 0 : parent.depth + 1, always: isAlways, cases, parent };
  visits.push(own);
  const { array, object, variants } = field.value;
  if (array !== undefined || object !== undefined || variants !== undefined) visitValue(field.value, own, visits);
}

/** True for what has no name of its own: elements of a list, values of a map, keys that match a pattern. */
export function isElement(name: string): boolean {
  const first = name.charCodeAt(0);
  return first === 0x5b || first === 0x2a || first === 0x2f;
}

function visitValue({ array, object, variants }: Value, parent: FieldVisit, visits: FieldVisit[]): void {
  for (const field of array?.prefix ?? []) visit(field, parent, visits);
  if (typeof array?.items === "object") visit(array.items, parent, visits);
  if (object !== undefined) visitObject(object, parent, visits);
  for (const one of variants?.cases ?? []) {
    if (variants !== undefined) visitObject(one.object, parent, visits, [...parent.cases, { variants, case: one }]);
  }
}

function visitObject(object: ObjectShape, parent: FieldVisit, visits: FieldVisit[], cases = parent.cases): void {
  for (const field of object.fields) visit(field, parent, visits, cases);
  visitOpenParts(object, parent, visits, cases);
}

function visitOpenParts(object: ObjectShape, parent: FieldVisit | undefined, visits: FieldVisit[], cases = parent?.cases ?? []): void {
  for (const { field } of object.patterns) if (typeof field === "object") visit(field, parent, visits, cases);
  if (typeof object.additional === "object") visit(object.additional, parent, visits, cases);
}

function rootAnchor(field: Field): string {
  return field.name.startsWith("/") ? `${anchorText(field.path.slice(0, -field.name.length - 1))}~match-${shortHash(field.name)}` : anchorText(field.path);
}

function anchorStep(field: Field, parent: FieldVisit): string {
  if (field.name.startsWith("/")) return `~match-${shortHash(field.name)}`;
  return anchorText(field.path.startsWith(parent.field.path) ? field.path.slice(parent.field.path.length) : `.${field.name}`);
}

function caseText(cases: FieldVisit["cases"], parent: FieldVisit): string {
  if (cases.length === parent.cases.length) return "";
  const inner = cases.slice(parent.cases.length).map((one) => anchorText(typeof one.case.value === "string" ? one.case.value : `=${one.case.value}`));
  return inner.map((value) => `~${value}`).join("");
}

/** FNV-1a: patterns are long, and as an anchor nobody reads them. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** `user.tags[]` → `user.tags~each`; what a name cannot hold becomes `~`, its code and `-`. */
function anchorText(path: string): string {
  if (plainAnchor.test(path)) return path;
  return path
    .replace(/~/g, "~7e-")
    .replace(/\[(\d*)\]/g, (_, index: string) => `~${index === "" ? "each" : index}`)
    .replace(/\.\*/g, "~any")
    .replace(/[^A-Za-z0-9._~-]/gu, (char) => `~${(char.codePointAt(0) ?? 0).toString(16)}-`);
}

const plainAnchor = /^[A-Za-z0-9._-]*$/;

/** The events that carry a definition, with the presence of the partial. Originators without a list in the event fit every event. */
export function eventsWith(registry: Registry, owner: Owner): readonly { readonly event: EventDef; readonly presence: "required" | "optional" }[] {
  switch (owner.kind) {
    case "base":
      return registry.events.map((event) => ({ event, presence: "required" }));
    case "partial":
      return registry.events.flatMap((event) => event.partials.filter((one) => one.partial.name === owner.name).map(({ presence }) => ({ event, presence })));
    case "originator":
      return registry.events
        .filter((event) => event.originators.length === 0 || event.originators.some((one) => one.name === owner.name))
        .map((event) => ({ event, presence: event.originators.length === 1 ? "required" : "optional" }));
    case "service":
      return registry.events.map((event) => ({ event, presence: "optional" }));
    case "group":
      return [];
    default: {
      const never: never = owner;
      return never;
    }
  }
}

/** True where a path is that of the roll-up, or of a field in it. */
export function isRolledUp(owner: Owner, path: string): boolean {
  const stats = owner.kind === "partial" ? owner.rollup?.field.path : undefined;
  return stats !== undefined && (path === stats || path.startsWith(`${stats}.`));
}

/** True for a field of items that are only added up: it is written, but on no record. */
export function isNotKept(owner: Owner, path: string): boolean {
  return owner.kind === "partial" && owner.repeatable?.max === 0 && !isRolledUp(owner, path);
}

/**
 * The path in a record, which analysts query: `user.tier`, `llm[].model` (a repeatable partial), `originator.method`, `service.podId`.
 * `Field.path` starts with the definition's name instead. What a group shares has the path of whatever uses it before it.
 */
export function recordPath(owner: Owner, path: string): string {
  switch (owner.kind) {
    case "base":
      return path;
    case "group":
      return path.slice(owner.name.length + 1);
    case "partial":
      return owner.repeatable === undefined || isRolledUp(owner, path) ? path : `${owner.name}[]${path.slice(owner.name.length)}`;
    case "originator":
    case "service":
      return `${owner.kind}${path.slice(owner.name.length)}`;
    default: {
      const never: never = owner;
      return never;
    }
  }
}
