/** The one table of every keyword of a schema file. */

/** Names of the metadata keywords, without `x-`. */
export const metadataKeywords: ReadonlySet<string> = new Set([
  "brief", "unit", "kind", "aggregate", "decimals", "cardinality", "sensitivity", "handling", "merge", "owner", "stability", "since", "deprecation",
  "aliases", "knownValues", "nullMeans", "when", "join", "note", "pitfalls", "links", "tags", "otel", "column",
]);
