/** A schema file before it is text: what the printer lays out, comments included. Knows nothing of TypeScript. */
import type { Json, Span } from "../../compiler/source.js";

export type YamlNode = YamlFlow | YamlMap | YamlList;

/** A value on one line. */
export interface YamlFlow {
  readonly kind: "flow";
  readonly value: Json;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  /** Lines below the entries, without `# `. */
  readonly comments: readonly string[];
  /** Where it is said in the user's types. */
  readonly at?: Span;
  /** The user's type that it is; several of one name can share one schema. */
  readonly named?: NamedType;
}

/** A map as the schema of a type, and what a field of that type says beside it. */
export interface NamedType {
  readonly name: string;
  readonly schema: YamlMap;
  readonly beside: Pick<YamlMap, "entries" | "comments">;
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlNode;
  /** A comment at the end of its line, without `# `. */
  readonly remark?: string;
}

export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export const flow = (value: Json): YamlFlow => ({ kind: "flow", value });
export const entry = (key: string, value: Json, remark?: string): YamlEntry => ({ key, value: flow(value), ...(remark === undefined ? {} : { remark }) });

/** The entry of a key. */
export function entryIn({ entries }: YamlMap, key: string): YamlEntry | undefined {
  return entries.find((one) => one.key === key);
}
