/** A type that stands in one definition more than once becomes a schema of its own below `$defs`, as a person would write it. */
import { entry, type NamedType, type YamlEntry, type YamlMap, type YamlNode } from "./yaml-tree.js";

export function withSharedTypes(root: YamlMap): YamlMap {
  const found = new Map<string, Uses>();
  count(root, found);
  const shared = new Map([...found].filter(([, { times, same }]) => times > 1 && same).map(([name, { named }]) => [name, named]));
  if (shared.size === 0) return root;
  const defs = [...shared].map(([name, { schema }]): YamlEntry => ({ key: name, value: replaceBelow(schema, shared) }));
  const main = replaceBelow(root, shared);
  return { ...main, entries: [...main.entries, { key: "$defs", value: { kind: "map", entries: defs, comments: [] } }] };
}

interface Uses {
  readonly named: NamedType;
  readonly times: number;
  /** False where two types have one name. */
  readonly same: boolean;
}

/** A type that is met again is not looked into again. */
function count(node: YamlNode, found: Map<string, Uses>): void {
  if (node.kind === "flow") return;
  if (node.kind === "list") return node.items.forEach((item) => count(item, found));
  const { named } = node;
  const before = named === undefined ? undefined : found.get(named.name);
  if (named !== undefined) found.set(named.name, { named, times: (before?.times ?? 0) + 1, same: (before?.same ?? true) && (before === undefined || textOf(before.named.schema) === textOf(named.schema)) });
  if (before === undefined) for (const { value } of node.entries) count(value, found);
}

/** What two schemas are compared by: everything but their places. */
function textOf(node: YamlNode): string {
  return JSON.stringify(node, (key, value: unknown) => (key === "at" || key === "named" ? undefined : value));
}

function replace(node: YamlNode, shared: ReadonlyMap<string, NamedType>): YamlNode {
  if (node.kind === "flow") return node;
  if (node.kind === "list") return { ...node, items: node.items.map((item) => replace(item, shared)) };
  const { named, at } = node;
  if (named === undefined || !shared.has(named.name)) return replaceBelow(node, shared);
  return { kind: "map", entries: [entry("$ref", `#/$defs/${named.name}`), ...named.beside.entries], comments: named.beside.comments, ...(at === undefined ? {} : { at }) };
}

function replaceBelow(node: YamlMap, shared: ReadonlyMap<string, NamedType>): YamlMap {
  return { ...node, entries: node.entries.map((one) => ({ ...one, value: replace(one.value, shared) })) };
}
