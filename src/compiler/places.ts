/** From what a Registry says back to the text that said it. The text is searched when a diagnostic asks. */
import type { Places } from "./check.js";
import type { LoadedFile } from "./project.js";
import { indexDefinitions } from "./resolve/definitions.js";
import { keywordsOf } from "./resolve/keywords-of.js";
import { expand, headOf } from "./resolve/reference.js";
import type { Place, Scope } from "./resolve/scope.js";
import { definitionKinds } from "./keywords.js";
import { spanAt, type Span, type SourceNode } from "./source.js";

type Key = string | number;

/** The place of an origin, or of the value of a keyword there; the nearest one around it when it is not said there itself. */
export function placesOf(files: readonly LoadedFile[]): Places {
  const sources = files.map((file) => file.source);
  let known: Scope | undefined;
  return (origin, ...keywords) => {
    const span = spanAt(sources, origin);
    const file = files.find((one) => one.source === span.source);
    if (keywords.length === 0 || file === undefined) return span;
    known ??= { naming: "camelCase", files: new Map(files.map((one) => [one.source.path, one])), definitions: indexDefinitions(files, () => undefined), defaults: { tags: [] }, report: () => undefined };
    const scope = known;
    const place: Place = { file, path: "", pointer: "", inherited: { tags: [] }, open: [] };
    const [best] = nodesAt(file.root, span.start).map((node) => below(scope, { node, place }, keywords)).sort((left, right) => right.depth - left.depth);
    return best?.span ?? span;
  };
}

/** The schemas that an offset may stand for: the value of the key that begins there, or what begins there itself. */
function nodesAt(root: SourceNode, offset: number): readonly SourceNode[] {
  if (root.kind === "list") return root.items.flatMap((item) => (item.start === offset ? [item, ...nodesAt(item, offset)] : nodesAt(item, offset)));
  if (root.kind === "scalar") return [];
  return root.entries.flatMap(({ key, keySpan, value }) => {
    const inside = value.start === offset ? [value] : [];
    const named = keySpan.start === offset ? [value, ...(definitionKinds.some((kind) => kind === key) ? [root] : [])] : [];
    return [...named, ...inside, ...nodesAt(value, offset)];
  });
}

interface Spot {
  readonly node: SourceNode;
  readonly place: Place;
}

interface Found {
  readonly depth: number;
  readonly span?: Span;
}

function below(scope: Scope, { node, place }: Spot, [key, ...rest]: readonly Key[]): Found {
  if (key === undefined) return { depth: 0, span: headOf(node) };
  const next = step(scope, { node, place }, key);
  if (next === undefined) return { depth: 0 };
  const found = below(scope, next, rest);
  return { depth: found.depth + 1, span: found.span ?? headOf(next.node) };
}

/** What else may say it: the names of draft-07, and the other ways to list values. */
const otherwise: { readonly [keyword: string]: readonly string[] } = { dependentRequired: ["dependencies"], prefixItems: ["items"], enum: ["oneOf", "const"] };

function step(scope: Scope, { node, place }: Spot, key: Key): Spot | undefined {
  if (node.kind === "list") {
    const item = typeof key === "number" ? node.items[key] : node.items.find((one) => one.kind === "scalar" && one.value === key);
    return item === undefined ? undefined : { node: item, place };
  }
  if (node.kind === "scalar") return undefined;
  const expanded = keywordsOf(node).has("$ref") ? expand(scope, place, node) : { keywords: keywordsOf(node), place };
  const entry = [String(key), ...(otherwise[key] ?? [])].map((name) => expanded?.keywords.get(name)).find((one) => one !== undefined);
  return entry === undefined || expanded === undefined ? undefined : { node: entry.value, place: expanded.place };
}
