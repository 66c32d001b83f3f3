/** Objects: own properties and those of the groups in `allOf`, united, then closed unless the schema says otherwise. */
import { diagnostic } from "../diagnostics.js";
import type { Field, ObjectShape, PatternFields, Value } from "../registry.js";
import { entryOf, type MapEntry, type SourceNode } from "../source.js";
import { extendedBy } from "./definitions.js";
import { keywordsOf, listAt, mapAt, nodeAt, numberAt, textsAt, type Keywords } from "./keywords-of.js";
import { entriesOf, inheritedBelow } from "./meta.js";
import { findTarget, headOf, placeOf } from "./reference.js";
import type { Place, RawDefinition, Scope } from "./scope.js";
import { collect, element, resolveField, resolveValue } from "./value.js";

/** A property with everything needed to resolve it, before groups are merged. */
interface Property {
  readonly entry: MapEntry;
  readonly place: Place;
}

interface Gathered {
  readonly properties: readonly Property[];
  readonly required: ReadonlySet<string>;
  /** Keyword sets of the object itself and of each group, for the parts that are united. */
  readonly parts: readonly { readonly keywords: Keywords; readonly place: Place }[];
}

/** The shape of an object schema. `place` already inherits from the object. */
export function objectShape(scope: Scope, place: Place, keywords: Keywords): ObjectShape {
  const gathered = gather(scope, place, keywords);
  const fields = distinct(scope, gathered.properties).flatMap((property) => resolveProperty(scope, place, property, gathered.required) ?? []);
  return finishShape(scope, { place, keywords, gathered, fields });
}

function finishShape(scope: Scope, { place, keywords, gathered, fields }: { place: Place; keywords: Keywords; gathered: Gathered; fields: readonly Field[] }): ObjectShape {
  const patterns = gathered.parts.flatMap((part) => patternFields(scope, { ...part.place, path: place.path, pointer: place.pointer }, part.keywords));
  const additionalNode = nodeAt(keywords, "additionalProperties");
  const additional = additionalNode === undefined ? isOpen(keywords) : element(scope, place, { name: "*", key: "additionalProperties" }, additionalNode);
  const declared = new Set(gathered.properties.map((property) => property.entry.key));
  const keys = keyRule(scope, place, nodeAt(keywords, "propertyNames"));
  const counts = collect(["minProperties", "maxProperties"] as const, (keyword) => numberAt(keywords, keyword));
  return {
    fields,
    patterns,
    additional,
    ...(keys === undefined ? {} : { keys }),
    requiredUndeclared: [...gathered.required].filter((name) => !declared.has(name)),
    ...counts,
    dependentRequired: gathered.parts.flatMap((part) => dependencies(part.keywords)),
  };
}

/** Only an object that names no properties, patterns or groups at all is open by itself: what it has then are counts or key rules. */
function isOpen(keywords: Keywords): boolean {
  return !["properties", "patternProperties", "allOf"].some((keyword) => keywords.has(keyword));
}

/** What the object extends, its groups, depth first, each once, then its own properties. */
function gather(scope: Scope, place: Place, keywords: Keywords): Gathered {
  const properties: Property[] = [];
  const required = new Set<string>();
  const parts: { keywords: Keywords; place: Place }[] = [];
  const seen = new Set<SourceNode>();
  const visit = (from: Place, own: Keywords): void => {
    const base = extended(scope, own);
    if (base !== undefined) visit({ ...from, file: base.file, inherited: inheritedBelow(from.inherited, keywordsOf(base.root)) }, keywordsOf(base.root));
    for (const node of listAt(own, "allOf") ?? []) visitGroup(from, node);
    for (const entry of entriesOf(mapAt(own, "properties"))) properties.push({ entry, place: from });
    for (const name of textsAt(own, "required")) required.add(name);
    parts.push({ keywords: own, place: from });
  };
  const visitGroup = (from: Place, node: SourceNode): void => {
    const reference = node.kind === "map" ? entryOf(node, "$ref") : undefined;
    const target = reference === undefined ? undefined : findTarget(scope, from.file, reference);
    if (reference === undefined) scope.report(diagnostic("ALLOF_NOT_A_GROUP", {}, { at: headOf(node) }));
    if (reference === undefined || target === undefined || seen.has(target.node)) return;
    const group = target.node.kind === "map" ? keywordsOf(target.node) : new Map<string, MapEntry>();
    if (!group.has("group")) return scope.report(diagnostic("ALLOF_NOT_A_GROUP", {}, { at: reference.value }));
    if (from.open.includes(target.node)) {
      return scope.report(diagnostic("REF_CYCLE", { reference: String(reference.value.kind === "scalar" ? reference.value.value : "") }, { at: reference.value, related: [{ at: headOf(target.node), message: "leads back here" }] }));
    }
    seen.add(target.node);
    const name = group.get("group")?.value;
    const base = extended(scope, group);
    for (const { key, keySpan } of [...(base === undefined ? [] : keyRules(keywordsOf(base.root))), ...keyRules(group)]) {
      scope.report(diagnostic("ALLOF_LOSES", { keyword: key, group: name?.kind === "scalar" ? String(name.value) : "" }, { at: reference.value, related: [{ at: keySpan, message: "said here" }] }));
    }
    const inside = placeOf(scope, from, { ...target, ...groupDefinition(scope, name) });
    visit({ ...inside, inherited: inheritedBelow(inside.inherited, group), open: [...inside.open, target.node] }, group);
  };
  visit(place, keywords);
  return { properties, required, parts };
}

function extended(scope: Scope, keywords: Keywords): RawDefinition | undefined {
  const said = keywords.get("extends");
  return said === undefined ? undefined : extendedBy(scope.definitions, said);
}

/** What an object says about all of its keys, which no other object takes over. That it is closed is no difference. */
export function keyRules(keywords: Keywords): readonly MapEntry[] {
  return ["additionalProperties", "propertyNames", "minProperties", "maxProperties"].flatMap((keyword) => {
    const entry = keywords.get(keyword);
    const isClosed = keyword === "additionalProperties" && entry?.value.kind === "scalar" && entry.value.value === false;
    return entry === undefined || isClosed ? [] : [entry];
  });
}

function groupDefinition(scope: Scope, name: SourceNode | undefined): { readonly definition?: NonNullable<ReturnType<Scope["definitions"]["group"]["get"]>> } {
  const definition = name?.kind === "scalar" ? scope.definitions.group.get(String(name.value)) : undefined;
  return definition === undefined ? {} : { definition };
}

/** Each name once; a name from two origins is a mistake that shows both. */
function distinct(scope: Scope, properties: readonly Property[]): readonly Property[] {
  const first = new Map<string, Property>();
  for (const property of properties) {
    const known = first.get(property.entry.key);
    if (known === undefined) {
      first.set(property.entry.key, property);
      continue;
    }
    const related = [{ at: known.entry.keySpan, message: "and here" }];
    scope.report(diagnostic("PROPERTY_FROM_TWO", { name: property.entry.key }, { at: property.entry.keySpan, related }));
  }
  return [...first.values()];
}

function resolveProperty(scope: Scope, parent: Place, { entry, place }: Property, required: ReadonlySet<string>): Field | undefined {
  const name = entry.key;
  const spot = {
    name,
    path: parent.path === "" ? name : `${parent.path}.${name}`,
    pointer: `${parent.pointer}/properties/${name}`,
    required: required.has(name),
    at: entry.keySpan,
  };
  return resolveField(scope, place, spot, entry.value);
}

function patternFields(scope: Scope, place: Place, keywords: Keywords): readonly PatternFields[] {
  return entriesOf(mapAt(keywords, "patternProperties")).map((entry) => {
    const key = `patternProperties/${entry.key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return { pattern: entry.key, field: element(scope, place, { name: `/${entry.key}/`, key }, entry.value) };
  });
}

/** `propertyNames`: keys are strings, so a type need not be said. */
function keyRule(scope: Scope, place: Place, node: SourceNode | undefined): Value | false | undefined {
  if (node === undefined || (node.kind === "scalar" && node.value === true)) return undefined;
  if (node.kind !== "map") return false;
  const keywords = keywordsOf(node);
  const type: MapEntry = { key: "type", keySpan: node, value: { kind: "scalar", value: "string", source: node.source, start: node.start, end: node.end } };
  const typed = keywords.has("type") || keywords.has("enum") || keywords.has("const") ? keywords : new Map([...keywords, ["type", type]]);
  return resolveValue(scope, { keywords: typed, place, node }, { path: `${place.path}.*`, at: headOf(node) });
}

/** `dependentRequired` (2020-12), or `dependencies` with lists (draft-07). */
function dependencies(keywords: Keywords): ObjectShape["dependentRequired"] {
  const entries = [...entriesOf(mapAt(keywords, "dependentRequired")), ...entriesOf(mapAt(keywords, "dependencies"))];
  return entries.map((entry) => ({
    when: entry.key,
    require: entry.value.kind === "list" ? entry.value.items.flatMap((item) => (item.kind === "scalar" ? [String(item.value)] : [])) : [],
  }));
}
