/** JSDoc as the words of a schema: brief, description, deprecation, and the keywords that a tag names. */
import { keywordsByName } from "../../compiler/keywords.js";
import type { Json } from "../../compiler/source.js";
import { Node, type JSDoc, type JSDocTag } from "../ts-morph.js";
import { entry, type YamlEntry } from "./yaml-tree.js";

export interface Docs {
  /** `brief` and `description`. */
  readonly texts: readonly YamlEntry[];
  /** Constraints that a tag states: `@minimum 0`. */
  readonly constraints: readonly YamlEntry[];
  /** What a tag states about the field: `@unit ms`, `@since 1.2`, `@deprecated use id`. */
  readonly metadata: readonly YamlEntry[];
  /** The texts of `@example`, still to be read as values. */
  readonly examples: readonly string[];
  /** The text of `@default`. */
  readonly default?: string;
  /** `@asType integer`. */
  readonly integer: boolean;
  /** Tags without a counterpart, as they are written. */
  readonly comments: readonly string[];
}

export const noDocs: Docs = { texts: [], constraints: [], metadata: [], examples: [], integer: false, comments: [] };

/** The docs of the first of the nodes that has any. */
export function docsOf(nodes: readonly Node[]): Docs {
  const found = nodes.map(jsDocsOf).find((docs) => docs.length > 0);
  return found === undefined ? noDocs : read(found);
}

/** Of a type, its constraints hold for every field; its words where the field has none. */
const ofEveryField: ReadonlySet<string> = new Set(["unit", "kind", "sensitivity", "cardinality", "handling", "decimals"]);

export function withTypeDocs(own: Docs, ofType: Docs): Docs {
  if (own === noDocs) return ofType;
  const beside = (mine: readonly YamlEntry[], theirs: readonly YamlEntry[]): readonly YamlEntry[] => [...mine, ...theirs.filter(({ key }) => !mine.some((one) => one.key === key))];
  return {
    ...own,
    texts: own.texts.length > 0 ? own.texts : ofType.texts,
    constraints: beside(own.constraints, ofType.constraints),
    metadata: beside(own.metadata, ofType.metadata.filter(({ key }) => ofEveryField.has(key))),
    examples: own.examples.length > 0 ? own.examples : ofType.examples,
    integer: own.integer || ofType.integer,
  };
}

function jsDocsOf(node: Node): readonly JSDoc[] {
  return Node.isJSDocable(node) ? node.getJsDocs() : [];
}

interface Tag {
  readonly name: string;
  readonly text: string;
}

function read(docs: readonly JSDoc[]): Docs {
  const last = docs.slice(-1);
  const tags = last.flatMap((one) => one.getTags()).map((tag): Tag => ({ name: tag.getTagName(), text: plain(tagText(tag)) }));
  const textOf = (...names: readonly string[]): string | undefined => tags.find(({ name }) => names.includes(name))?.text;
  const remarks = tags.filter(({ name, text }) => name === "remarks" && text !== "").map(({ text }) => text);
  const fallback = textOf("default", "defaultValue");
  return {
    texts: texts([...last.map((one) => plain(one.getDescription())), ...remarks].filter((text) => text !== "").join("\n\n"), textOf("summary", "brief")),
    constraints: tags.flatMap(constraintOf),
    metadata: [...deprecation(textOf("deprecated")), ...tags.flatMap(metadataOf), ...links(tags)],
    examples: tags.filter(({ name }) => name === "example" || name === "examples").map(({ text }) => text),
    ...(fallback === undefined ? {} : { default: fallback }),
    integer: tags.some(({ name, text }) => name === "integer" || name === "int" || (/^(?:asType|type|TJS-type)$/.test(name) && /^\{?integer\}?$/.test(text))),
    comments: tags.filter(isOther).map(({ name, text }) => `@${name} ${text}`.trim()),
  };
}

/** TypeScript takes the first word of `@see https://…` for a name. */
function tagText(tag: JSDocTag): string {
  if (tag.getTagName() !== "see") return tag.getCommentText() ?? "";
  return tag.getText().replace(/^@see\s*/, "").replace(/\n\s*\*\s?/g, "\n");
}

/** Links inside a text as what they show. */
function plain(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\{@(?:link|linkcode|linkplain)\s+([^}|\s]+)(?:\s*\|\s*|\s+)?([^}]*)\}/g, (_, target: string, label: string) => label.trim() || target)
    .replace(/[^\S\n]+$/gm, "")
    .trim();
}

const longestBrief = 120;

/** The first paragraph is the brief; where it is longer than a brief may be, its first sentence is. */
function texts(description: string, summary: string | undefined): readonly YamlEntry[] {
  const [first = "", ...rest] = [...(summary === undefined ? [] : [summary]), description].filter((text) => text !== "").join("\n\n").split(/\n\s*\n/);
  const line = first.replace(/\s*\n\s*/g, " ").trim();
  if (line === "") return [];
  const below = (texts: readonly string[]): readonly YamlEntry[] => (texts.length === 0 ? [] : [entry("description", texts.map(oneParagraph).join("\n\n"))]);
  if ([...line].length <= longestBrief) return [entry("brief", line), ...below(rest)];
  const sentence = /^.{1,119}?[.!?](?=\s)/u.exec(line)?.[0];
  if (sentence === undefined) return below([first, ...rest]);
  return [entry("brief", sentence), ...below([line.slice(sentence.length).trim(), ...rest])];
}

/** Lines of prose run on; lists and code keep theirs. */
function oneParagraph(text: string): string {
  return /^\s*(?:[-*#>|]|\d+\.|```|\t| {2})/m.test(text) ? text : text.replace(/\s*\n\s*/g, " ").trim();
}

const numbers: ReadonlySet<string> = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]);

function constraintOf({ name, text }: Tag): readonly YamlEntry[] {
  if (numbers.has(name) && /^-?[0-9.]+(?:e[-+]?[0-9]+)?$/i.test(text)) return [entry(name, Number(text))];
  if (name === "uniqueItems" && /^(?:true)?$/.test(text)) return [entry(name, true)];
  if (name === "pattern" && text !== "") return [entry(name, text.replace(/^\/(.*)\/u?$/s, "$1"))];
  return name === "format" && isFormat(text) ? [entry(name, text)] : [];
}

function isFormat(text: string): boolean {
  const values: Json = keywordsByName.get("format")?.value?.["enum"] ?? [];
  return Array.isArray(values) && values.includes(text);
}

/** Tags that have the name of a keyword and say it in one line. */
const stated: ReadonlySet<string> = new Set(["title", "unit", "kind", "aggregate", "cardinality", "sensitivity", "handling", "merge", "owner", "stability", "since", "nullMeans", "note"]);
const maturity: ReadonlySet<string> = new Set(["alpha", "beta", "experimental"]);

function metadataOf({ name, text }: Tag): readonly YamlEntry[] {
  if (maturity.has(name)) return [entry("stability", "experimental")];
  if (stated.has(name) && text !== "" && !text.includes("\n")) return [entry(name, text)];
  return name === "decimals" && /^[0-9]+$/.test(text) ? [entry(name, Number(text))] : [];
}

function deprecation(text: string | undefined): readonly YamlEntry[] {
  if (text === undefined) return [];
  return text === "" ? [entry("deprecated", true)] : [entry("deprecation", { note: text.replace(/\s*\n\s*/g, " ") })];
}

const webLink = /^(https?:\/\/\S+)(?:\s+(?:-\s+)?([^\n]+))?$/;

function links(tags: readonly Tag[]): readonly YamlEntry[] {
  const found = tags.filter(({ name }) => name === "see" || name === "link").flatMap(({ text }): readonly Json[] => {
    const [, url, title] = webLink.exec(text) ?? [];
    return url === undefined ? [] : [title === undefined ? url : { url, title }];
  });
  return found.length === 0 ? [] : [entry("links", found)];
}

/** Read elsewhere, or of no interest to a reader of events. */
const silent: ReadonlySet<string> = new Set(["deprecated", "example", "examples", "default", "defaultValue", "remarks", "summary", "brief", "public", "private", "internal", "integer", "int", "export", "packageDocumentation", "template", "typeParam", "readonly"]);

function isOther(tag: Tag): boolean {
  if (silent.has(tag.name) || /^(?:asType|type|TJS-type)$/.test(tag.name)) return false;
  return constraintOf(tag).length === 0 && metadataOf(tag).length === 0 && links([tag]).length === 0;
}
