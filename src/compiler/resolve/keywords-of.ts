/** Reading a schema node: its keywords by name, with the `x-` prefix of metadata taken off. */
import { metadataKeywords } from "../keywords.js";
import { toJson, type Json, type MapEntry, type MapNode, type SourceNode } from "../source.js";

export type Keywords = ReadonlyMap<string, MapEntry>;

/** The keywords of a node; `x-unit` is found as `unit`, other `x-*` keep their name. */
export function keywordsOf(node: MapNode): Keywords {
  const keywords = new Map<string, MapEntry>();
  for (const entry of node.entries) keywords.set(plainName(entry.key), entry);
  return keywords;
}

function plainName(key: string): string {
  if (!key.startsWith("x-")) return key;
  const bare = key.slice(2);
  return metadataKeywords.has(bare) ? bare : key;
}

export function isMetadata(keyword: string): boolean {
  return metadataKeywords.has(keyword) || keyword.startsWith("x-");
}

export function nodeAt(keywords: Keywords, keyword: string): SourceNode | undefined {
  return keywords.get(keyword)?.value;
}

export function mapAt(keywords: Keywords, keyword: string): MapNode | undefined {
  const node = nodeAt(keywords, keyword);
  return node?.kind === "map" ? node : undefined;
}

export function listAt(keywords: Keywords, keyword: string): readonly SourceNode[] | undefined {
  const node = nodeAt(keywords, keyword);
  return node?.kind === "list" ? node.items : undefined;
}

export function textAt(keywords: Keywords, keyword: string): string | undefined {
  const value = scalarAt(keywords, keyword);
  return typeof value === "string" ? value : undefined;
}

export function numberAt(keywords: Keywords, keyword: string): number | undefined {
  const value = scalarAt(keywords, keyword);
  return typeof value === "number" ? value : undefined;
}

export function scalarAt(keywords: Keywords, keyword: string): string | number | boolean | null | undefined {
  const node = nodeAt(keywords, keyword);
  return node?.kind === "scalar" ? node.value : undefined;
}

export function textsAt(keywords: Keywords, keyword: string): readonly string[] {
  const items = listAt(keywords, keyword) ?? [];
  return items.flatMap((item) => (item.kind === "scalar" && typeof item.value === "string" ? [item.value] : []));
}

export function jsonAt(keywords: Keywords, keyword: string): Json | undefined {
  const node = nodeAt(keywords, keyword);
  return node === undefined ? undefined : toJson(node);
}

/** `{ type: "null" }`: null beside the other cases of a `oneOf`. */
export function isNullType(node: SourceNode): boolean {
  return node.kind === "map" && !node.entries.some(({ key }) => key === "const") && scalarAt(keywordsOf(node), "type") === "null";
}
