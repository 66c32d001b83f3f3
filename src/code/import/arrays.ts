/** Arrays and tuples. */
import { ts, type Type } from "../ts-morph.js";
import type { Reader, Spot } from "./reader.js";
import { asJson, structureOf } from "./schema.js";
import { elementMap } from "./fields.js";
import { entry, type YamlEntry, type YamlMap, type YamlNode } from "./yaml-tree.js";

/** What stands beside `type`; `any` where it had to be written as `kind: json`, which is reported. */
export interface Shape {
  readonly entries: readonly YamlEntry[];
  readonly comments: readonly string[];
  readonly any?: true;
  readonly named?: string;
}

/** Undefined where the elements cannot be recorded, which is reported. */
export function arrayEntries(reader: Reader, type: Type, spot: Spot): Shape | undefined {
  if (type.isTuple()) return tupleEntries(reader, type, spot);
  const element = type.getArrayElementType() ?? type.getNumberIndexType();
  const items = element === undefined ? undefined : elementOf(reader, element, { ...spot, path: `${spot.path}[]`, present: true });
  return items === undefined ? undefined : { entries: [{ key: "items", value: items }], comments: [] };
}

function elementOf(reader: Reader, type: Type, spot: Spot, label?: string): YamlNode | undefined {
  const structure = structureOf(reader, type, spot);
  return structure === undefined ? undefined : titled(elementMap(structure, reader.spanOf(spot.node)), label);
}

/** `[width: number, height: number]`: the names of places are titles. */
function titled(map: YamlMap, label: string | undefined): YamlMap {
  return label === undefined ? map : { ...map, entries: [...map.entries, entry("title", label)] };
}

function tupleEntries(reader: Reader, type: Type, spot: Spot): Shape | undefined {
  const flags = elementFlags(type.compilerType);
  const isRest = (index: number): boolean => ((flags[index] ?? 0) & ts.ElementFlags.Variable) !== 0;
  const types = type.getTupleElements();
  const rest = types.findIndex((_, index) => isRest(index));
  if (rest >= 0 && rest < types.length - 1) return { ...asJson(reader, spot, { type, why: "elements follow an open number of others", cure: "put the rest last" }), any: true };
  const leading = rest < 0 ? types : types.slice(0, rest);
  const isOptional = (index: number): boolean => ((flags[index] ?? 0) & ts.ElementFlags.Optional) !== 0;
  const labels = labelsOf(type.compilerType);
  const prefix = leading.map((one, index) => elementOf(reader, one, { ...spot, path: `${spot.path}[${index}]`, present: !isOptional(index) }, labels[index]));
  const tail = rest < 0 ? undefined : types[rest];
  const items = tail === undefined ? undefined : elementOf(reader, tail, { ...spot, path: `${spot.path}[]`, present: true });
  const known = prefix.filter((one) => one !== undefined);
  if (known.length < prefix.length || (tail !== undefined && items === undefined)) return undefined;
  const required = flags.filter((flag) => (flag & ts.ElementFlags.Required) !== 0).length;
  if (known.length === 0 && items === undefined) return { entries: [entry("maxItems", 0)], comments: [] };
  return {
    entries: [...(known.length === 0 ? [] : [{ key: "prefixItems", value: { kind: "list" as const, items: known } }]), items === undefined ? entry("items", false) : { key: "items", value: items }, ...(required === 0 ? [] : [entry("minItems", required)])],
    comments: [],
  };
}

function elementFlags(type: ts.Type): readonly ts.ElementFlags[] {
  return isTupleReference(type) ? type.target.elementFlags : [];
}

function labelsOf(type: ts.Type): readonly (string | undefined)[] {
  const declarations = isTupleReference(type) ? (type.target.labeledElementDeclarations ?? []) : [];
  return declarations.map((one) => (one !== undefined && ts.isIdentifier(one.name) ? one.name.text : undefined));
}

function isTupleReference(type: ts.Type): type is ts.TupleTypeReference {
  return "target" in type && typeof type.target === "object" && type.target !== null && "elementFlags" in type.target;
}
