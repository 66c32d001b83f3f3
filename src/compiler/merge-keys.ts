/** YAML's merge keys: `<<: *base` takes over the entries of another mapping. */
import { diagnostic, type Diagnostic } from "./diagnostics.js";
import type { MapEntry, MapNode, SourceNode, Span } from "./source.js";

/** One `<<` of a mapping. */
export interface Merge {
  /** How many own entries stand before it. */
  readonly at: number;
  readonly key: Span;
  readonly value: SourceNode;
}

/** Own keys win over merged ones, and earlier mappings over later ones; merged keys stand where `<<` stood and keep their own places. */
export function mergeEntries(own: readonly MapEntry[], merges: readonly Merge[], diagnostics: Diagnostic[]): readonly MapEntry[] {
  const taken = new Set(own.map((entry) => entry.key));
  const entries: MapEntry[] = [];
  let next = 0;
  for (const { at, value } of merges) {
    entries.push(...own.slice(next, at));
    next = at;
    for (const entry of mergeSources(value, diagnostics).flatMap((map) => map.entries)) {
      if (taken.has(entry.key)) continue;
      taken.add(entry.key);
      entries.push(entry);
    }
  }
  return [...entries, ...own.slice(next)];
}

function mergeSources(value: SourceNode, diagnostics: Diagnostic[]): readonly MapNode[] {
  const nodes = value.kind === "list" ? value.items : [value];
  const maps = nodes.filter((node) => node.kind === "map");
  if (maps.length < nodes.length) diagnostics.push(diagnostic("BAD_MERGE", {}, { at: value }));
  return maps;
}
