/** One definition, from its file to its node of the Registry. */
import { diagnostic } from "../diagnostics.js";
import { namesOf } from "../names.js";
import type { EventDef, EventPartial, EventSampling, Field, GroupDef, ObjectShape, OriginatorDef, PartialDef, Reserved, ServiceDef } from "../registry.js";
import { entryOf, originOf, toJson, type MapEntry, type SourceNode } from "../source.js";
import { suggest } from "../suggest.js";
import { keywordsOf, listAt, mapAt, nodeAt, scalarAt, textAt, textsAt, type Keywords } from "./keywords-of.js";
import { entriesOf, inheritedBelow, metaOf } from "./meta.js";
import { keyRules, objectShape } from "./object.js";
import { rollupOf } from "./rollup.js";
import type { Place, RawDefinition, Scope } from "./scope.js";

const defaultMaxItems = 100;

/** The parts that every kind has. */
function common(scope: Scope, raw: RawDefinition) {
  const keywords = keywordsOf(raw.root);
  const below = raw.base === undefined ? keywords : new Map([...keywordsOf(raw.base.root), ...keywords]);
  return {
    name: raw.name,
    names: namesOf(raw.kind, raw.name),
    meta: metaOf(below, inheritedBelow(scope.defaults, below), undefined),
    origin: originOf(raw.file.source, raw.entry.keySpan.start),
    ...(raw.file.importedFrom === undefined ? {} : { importedFrom: raw.file.importedFrom }),
  };
}

export function partialDef(scope: Scope, raw: RawDefinition): PartialDef {
  const keywords = keywordsOf(raw.base === undefined ? raw.root : raw.base.root);
  const own = keywordsOf(raw.root);
  const repeatable = nodeAt(own, "repeatable") ?? nodeAt(keywords, "repeatable");
  const partial = { kind: "partial", ...common(scope, raw), ...shaped(scope, raw) } as const;
  const rollup = rollupOf(scope, partial, own.get("rollup") ?? keywords.get("rollup"));
  return {
    ...partial,
    ...(repeatable === undefined || (repeatable.kind === "scalar" && repeatable.value === false)
      ? {}
      : { repeatable: { max: (repeatable.kind === "map" ? numberIn(entryOf(repeatable, "max")) : undefined) ?? defaultMaxItems } }),
    ...(rollup === undefined ? {} : { rollup }),
    ...((scalarAt(own, "alwaysKeep") ?? scalarAt(keywords, "alwaysKeep")) === true ? { alwaysKeep: true } : {}),
  };
}

function numberIn(entry: MapEntry | undefined): number | undefined {
  return entry?.value.kind === "scalar" && typeof entry.value.value === "number" ? entry.value.value : undefined;
}

/** What the kinds with fields have. */
function shaped(scope: Scope, raw: RawDefinition): { readonly object: ObjectShape; readonly reserved?: Reserved } {
  const reserved = reservedIn(raw);
  return { object: definitionShape(scope, raw), ...(reserved === undefined ? {} : { reserved }) };
}

/** What the extended definition reserves stays reserved. */
function reservedIn(raw: RawDefinition): Reserved | undefined {
  const said = [...(raw.base === undefined ? [] : [raw.base]), raw].flatMap(({ root }) => mapAt(keywordsOf(root), "reserved") ?? []);
  if (said.length === 0) return undefined;
  const listed = (keyword: "names" | "values"): readonly SourceNode[] => said.flatMap((node) => listAt(keywordsOf(node), keyword) ?? []);
  const origin = (node: SourceNode) => originOf(node.source, node.start);
  return {
    names: listed("names").map((node) => ({ value: String(toJson(node)), origin: origin(node) })),
    values: listed("values").map((node) => ({ value: toJson(node), origin: origin(node) })),
  };
}

export function originatorDef(scope: Scope, raw: RawDefinition): OriginatorDef {
  return { kind: "originator", ...common(scope, raw), ...shaped(scope, raw) };
}

export function serviceDef(scope: Scope, raw: RawDefinition): ServiceDef {
  return { kind: "service", ...common(scope, raw), ...shaped(scope, raw) };
}

export function groupDef(scope: Scope, raw: RawDefinition): GroupDef {
  return { kind: "group", ...common(scope, raw), ...shaped(scope, raw) };
}

/** The root object of a definition; a definition without properties is a closed, empty object. */
export function definitionShape(scope: Scope, raw: RawDefinition, path: string = raw.name): ObjectShape {
  const shape = rootShape(scope, raw, path);
  return raw.base === undefined ? shape : extendShape(scope, { raw, base: rootShape(scope, raw.base, path), own: shape });
}

/** What it extends is not part of it here: `extendShape` tells the two apart. */
function rootShape(scope: Scope, raw: RawDefinition, path: string): ObjectShape {
  const keywords = new Map([...keywordsOf(raw.root)].filter(([keyword]) => keyword !== "extends"));
  const place: Place = { file: raw.file, path, pointer: "", inherited: inheritedBelow(scope.defaults, keywords), open: [raw.root] };
  const shaped = keywords.has("properties") || keywords.has("allOf") || keywords.has("additionalProperties") || keywords.has("patternProperties");
  if (shaped) return objectShape(scope, place, keywords);
  return { fields: [], patterns: [], additional: false, requiredUndeclared: [], dependentRequired: [] };
}

/** `extends`: own properties are added; for a property of the base only texts and the owner may be said anew. */
function extendShape(scope: Scope, { raw, base, own }: { raw: RawDefinition; base: ObjectShape; own: ObjectShape }): ObjectShape {
  const from = `${raw.kind}:${raw.name}`;
  const taken = new Set(base.fields.map((field) => field.name));
  for (const name of own.requiredUndeclared.filter((one) => taken.has(one))) overridden(scope, raw, { name, keyword: "required" });
  for (const { key, keySpan } of keyRules(keywordsOf(raw.root))) scope.report(diagnostic("EXTENDS_LOSES", { keyword: key }, { at: keySpan, ...(raw.base === undefined ? {} : { related: [{ at: raw.base.entry.value, message: "extends this definition" }] }) }));
  for (const field of own.fields.filter((one) => taken.has(one.name))) overridden(scope, raw, { name: field.name, keyword: "properties" });
  return {
    ...base,
    fields: [...base.fields.map((field): Field => ({ ...field, from: field.from ?? from })), ...own.fields.filter((one) => !taken.has(one.name))],
    patterns: [...base.patterns, ...own.patterns],
    requiredUndeclared: [...base.requiredUndeclared, ...own.requiredUndeclared.filter((one) => !taken.has(one))],
    dependentRequired: [...base.dependentRequired, ...own.dependentRequired],
  };
}

function overridden(scope: Scope, raw: RawDefinition, { name, keyword }: { name: string; keyword: string }): void {
  const properties = entryOf(raw.root, "properties")?.value;
  const entry = properties?.kind === "map" ? entryOf(properties, name) : undefined;
  const at = entry?.keySpan ?? entryOf(raw.root, keyword)?.keySpan ?? raw.entry.keySpan;
  scope.report(diagnostic("EXTENDS_OVERRIDE", { name }, { at, ...(raw.base === undefined ? {} : { related: [{ at: raw.base.entry.value, message: "extends this definition" }] }) }));
}

export interface Definitions {
  readonly partials: readonly PartialDef[];
  readonly originators: readonly OriginatorDef[];
}

/** An event lists partials and originators; it owns no fields. */
export function eventDef(scope: Scope, raw: RawDefinition, known: Definitions): EventDef {
  const keywords = raw.base === undefined ? keywordsOf(raw.root) : new Map([...keywordsOf(raw.base.root), ...keywordsOf(raw.root)]);
  const grain = textAt(keywords, "grain");
  const sampling = mapAt(keywords, "sampling");
  return {
    kind: "event",
    ...common(scope, raw),
    ...(grain === undefined ? {} : { grain }),
    partials: listedPartials(scope, raw).flatMap((entry) => eventPartial(scope, entry, known.partials)),
    originators: originatorsOf(scope, keywords, known.originators),
    consumers: textsAt(keywords, "consumers"),
    ...(sampling === undefined ? {} : { sampling: samplingOf(toJson(sampling)) }),
  };
}

/** Named guard: the grammar has checked the value against the keyword's schema. */
function samplingOf(value: unknown): EventSampling {
  return value as EventSampling;
}

/** `extends` adds partials to those of the extended event, whose presence stands. */
function listedPartials(scope: Scope, raw: RawDefinition): readonly MapEntry[] {
  const own = entriesOf(mapAt(keywordsOf(raw.root), "partials"));
  const base = raw.base === undefined ? [] : entriesOf(mapAt(keywordsOf(raw.base.root), "partials"));
  const taken = new Map(base.map((entry) => [entry.key, entry]));
  for (const entry of own) {
    const first = taken.get(entry.key);
    if (first !== undefined) scope.report(diagnostic("EXTENDS_OVERRIDE", { name: entry.key }, { at: entry.keySpan, related: [{ at: first.keySpan, message: "listed here" }] }));
  }
  return [...base, ...own.filter((entry) => !taken.has(entry.key))];
}

function eventPartial(scope: Scope, entry: MapEntry, partials: readonly PartialDef[]): readonly EventPartial[] {
  const partial = partials.find((one) => one.name === entry.key);
  if (partial === undefined) {
    const suggestion = suggest(entry.key, partials.map((one) => one.name));
    scope.report(diagnostic("UNKNOWN_PARTIAL", { name: entry.key, ...(suggestion === undefined ? {} : { suggestion }) }, { at: entry.keySpan }));
    return [];
  }
  const settings = entry.value.kind === "map" ? keywordsOf(entry.value) : undefined;
  const presence = settings === undefined ? (entry.value.kind === "scalar" ? entry.value.value : undefined) : scalarAt(settings, "presence");
  const require = settings === undefined ? [] : textsAt(settings, "require");
  return [{ partial, presence: presence === "required" ? "required" : "optional", require: require.filter((name) => hasField(scope, { partial, name, at: settings?.get("require") })) }];
}

function hasField(scope: Scope, { partial, name, at }: { partial: PartialDef; name: string; at: MapEntry | undefined }): boolean {
  const names = partial.object.fields.map((field) => field.name);
  if (names.includes(name) || at === undefined) return true;
  const suggestion = suggest(name, names);
  scope.report(diagnostic("UNKNOWN_REQUIRE", { partial: partial.name, name, ...(suggestion === undefined ? {} : { suggestion }) }, { at: at.value }));
  return false;
}

function originatorsOf(scope: Scope, keywords: Keywords, originators: readonly OriginatorDef[]): readonly OriginatorDef[] {
  const list = keywords.get("originators")?.value;
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => {
    const name = item.kind === "scalar" ? String(item.value) : "";
    const originator = originators.find((one) => one.name === name);
    if (originator !== undefined) return [originator];
    const suggestion = suggest(name, originators.map((one) => one.name));
    scope.report(diagnostic("UNKNOWN_ORIGINATOR", { name, ...(suggestion === undefined ? {} : { suggestion }) }, { at: item }));
    return [];
  });
}
