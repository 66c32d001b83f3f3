/** Index signatures: `additionalProperties`, or `patternProperties` for keys of a form. */
import { diagnostic } from "../../compiler/diagnostics.js";
import { Node, ts, type Type } from "../ts-morph.js";
import { elementMap } from "./fields.js";
import { leftOut, typeText, type Reader, type Spot } from "./reader.js";
import { structureOf } from "./schema.js";
import { patternOf } from "./template.js";
import { flow, type YamlEntry, type YamlNode } from "./yaml-tree.js";

export function indexEntries(reader: Reader, type: Type, spot: Spot): readonly YamlEntry[] {
  const text = type.getStringIndexType();
  if (text !== undefined) return restEntries(reader, { type, element: text }, spot);
  const forms = indexInfos(type, spot).flatMap((info) => formOf(reader, { type, info }, spot) ?? []);
  return forms.length === 0 ? [] : [{ key: "patternProperties", value: { kind: "map", entries: forms, comments: [] } }];
}

function indexInfos(type: Type, { node }: Spot): readonly ts.IndexInfo[] {
  return node.getProject().getTypeChecker().compilerObject.getIndexInfosOfType(type.compilerType);
}

/** Beside named properties the generated type of other keys is `unknown`. */
function restEntries(reader: Reader, { type, element }: { readonly type: Type; readonly element: Type }, spot: Spot): readonly YamlEntry[] {
  const value = valueOf(reader, element, spot);
  if (value === undefined) return [];
  const { path, node } = spot;
  if (value.kind === "map" && type.getProperties().length > 0) reader.report(diagnostic("IMPORT_WIDER", { path, type: typeText(type, node), written: "keys beside the named ones have the type `unknown`" }, { at: reader.spanOf(node) }));
  return [{ key: "additionalProperties", value }];
}

function valueOf(reader: Reader, element: Type, spot: Spot): YamlNode | undefined {
  if (element.isNever()) return flow(false);
  if (element.isUnknown()) return flow(true);
  const structure = structureOf(reader, element, { ...spot, path: `${spot.path}.*`, present: true });
  return structure === undefined ? undefined : elementMap(structure, reader.spanOf(spot.node));
}

interface Form {
  readonly type: Type;
  readonly info: ts.IndexInfo;
}

function formOf(reader: Reader, { type, info }: Form, spot: Spot): YamlEntry | undefined {
  const below = { ...spot, path: `${spot.path}.*` };
  const pattern = (info.keyType.flags & ts.TypeFlags.Number) !== 0 ? "^-?[0-9]+$" : patternOf(info.keyType);
  if (pattern === undefined) return leftOut(reader, below, { why: "keys that are symbols are not written", cure: "use texts as keys" });
  const element = elementType(type, info);
  if (element === undefined) return leftOut(reader, below, { why: "the values of a computed index signature cannot be read", cure: "write the signature out in the type itself: `[key: ...]: V`" });
  const value = valueOf(reader, element, spot);
  return value === undefined ? undefined : { key: pattern, value };
}

/** The type of the values: as the signature says, or as `Record<K, V>` was given it. */
function elementType(type: Type, { keyType, declaration }: ts.IndexInfo): Type | undefined {
  if ((keyType.flags & ts.TypeFlags.Number) !== 0) return type.getNumberIndexType();
  if (type.getAliasSymbol()?.getName() === "Record") return type.getAliasTypeArguments()[1];
  const parts = type.isIntersection() ? type.getIntersectionTypes() : [type];
  const signatures = parts.flatMap((one) => one.getSymbol()?.getDeclarations() ?? []).flatMap((one) => one.getChildrenOfKind(ts.SyntaxKind.SyntaxList).flatMap((list) => list.getChildrenOfKind(ts.SyntaxKind.IndexSignature)));
  const found = signatures.find((one) => one.compilerNode === declaration);
  return found !== undefined && Node.isIndexSignatureDeclaration(found) ? found.getReturnType() : undefined;
}
