/** Schema files as text, laid out like those in `schemas/`: a key a line, short lists in brackets, quotes only where YAML needs them. */
import { isLegacyBoolean, plainScalar } from "../../compiler/scalar.js";
import type { Json } from "../../compiler/source.js";
import type { YamlEntry, YamlMap, YamlNode } from "./yaml-tree.js";

/** Lists that would make a longer line get a line an item. */
const widest = 140;

/** The text of a file; `head` are the comment lines above it. */
export function printYaml(root: YamlMap, head: readonly string[] = []): string {
  return `${[...head.map(commentLine), ...mapLines(root, "")].join("\n")}\n`;
}

/** An entry as one line of text. */
export function entryText({ key, value }: YamlEntry): string {
  return `${key}: ${value.kind === "flow" ? flowText(value.value, false) : ""}`;
}

function mapLines({ entries, comments }: YamlMap, margin: string): readonly string[] {
  return [...entries.flatMap((one) => entryLines(one, margin)), ...comments.map((one) => `${margin}${commentLine(one)}`)];
}

function commentLine(text: string): string {
  return `# ${text.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim()}`.trimEnd();
}

/** An entry with everything below it. */
export function entryLines({ key, value, remark }: YamlEntry, margin: string): readonly string[] {
  const start = `${margin}${scalarText(key, false)}:`;
  const end = remark === undefined ? "" : ` ${commentLine(remark)}`;
  const inner = `${margin}  `;
  if (value.kind === "map") return [`${start}${end}`, ...mapLines(value, inner)];
  if (value.kind === "list") return [`${start}${end}`, ...value.items.flatMap((item) => itemLines(item, inner))];
  const line = `${start} ${flowText(value.value, false)}${end}`;
  if (typeof value.value === "string" && isParagraphs(value.value)) return [`${start} |-${end}`, ...value.value.split("\n").map((one) => (one === "" ? "" : `${inner}${one}`))];
  if (line.length <= widest || !isFlat(value.value)) return [line];
  return [`${start}${end}`, ...value.value.flatMap((item) => itemLines({ kind: "flow", value: item }, inner))];
}

/** A `- ` and what follows it. */
function itemLines(item: YamlNode, margin: string): readonly string[] {
  if (item.kind === "flow") return [`${margin}- ${flowText(item.value, false)}`];
  const lines = item.kind === "map" ? mapLines(item, "") : item.items.flatMap((one) => itemLines(one, ""));
  return lines.map((line, index) => (line === "" ? "" : `${margin}${index === 0 ? "- " : "  "}${line}`));
}

function isFlat(value: Json): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0;
}

/** Text of several lines that a block keeps as it is. */
function isParagraphs(text: string): boolean {
  return /^\S.*(?:\n(?:\S.*)?)*\n\S.*$/.test(text) && !/[^\n\P{Cc}]|\p{Cs}|[\ufeff\u2028\u2029]/u.test(text);
}

/** A value on one line; `inside` brackets, where commas and brackets end a plain text. */
function flowText(value: Json, inside: boolean): string {
  if (typeof value === "string") return scalarText(value, inside);
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value));
  if (isItems(value)) return `[${value.map((item) => flowText(item, true)).join(", ")}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${scalarText(key, true)}: ${flowText(item, true)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function isItems(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Bare where every reader of YAML takes it for this text. */
function scalarText(text: string, inside: boolean): string {
  const bare = text !== "<<" && plainScalar(text) === text && !isLegacyBoolean(text) && plainText.test(text) && !/: |:$| #|^(?:---|\.\.\.)/.test(text) && !(inside && /[,[\]{}:]/.test(text));
  return bare ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\p{Cf}\p{Cn}\p{Co}]/gu, (character) => character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""));
}

/** Printable, on one line, without blanks at its ends, beginning with what begins nothing else. */
const plainText = /^[\p{L}\p{N}^$_/.(\\<+~](?:[\p{L}\p{N}\p{P}\p{S} ]*[\p{L}\p{N}\p{P}\p{S}])?$/u;
