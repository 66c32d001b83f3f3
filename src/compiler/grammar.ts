/**
 * The grammar of a schema file: every keyword known, in its place, its value right. Structure is walked here, where places are known; values
 * are judged by ajv's precompiled validators. It knows nothing of what names mean or where references lead.
 */
import { diagnostic, type Diagnostic } from "./diagnostics.js";
import { values } from "./grammar.generated.js";
import { definitionKinds, keywordsByName, metadataKeywords, propertyNamePattern, unsupportedKeywords, type Keyword, type KeywordPlace } from "./keywords.js";
import { isLegacyBoolean } from "./scalar.js";
import { entryOf, type MapEntry, type MapNode, type ScalarNode, type SourceNode } from "./source.js";
import { suggest } from "./suggest.js";
import { foundIn, judge, type Mistake } from "./values.js";

/** Every mistake of grammar in a file, each once, in file order. */
export function checkGrammar(root: MapNode): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const kinds = definitionKinds.flatMap((kind) => {
    const entry = entryOf(root, kind);
    return entry === undefined ? [] : [{ kind, entry }];
  });
  const [first, second] = [...kinds].sort((left, right) => left.entry.keySpan.start - right.entry.keySpan.start);
  if (first === undefined) return [noDefinitionKey(root)];
  if (second !== undefined) {
    const related = [{ at: first.entry.keySpan, message: `the ${first.kind}` }];
    return [diagnostic("SEVERAL_DEFINITION_KEYS", { first: first.kind, second: second.kind }, { at: second.entry.keySpan, related })];
  }
  checkSchema({ report: (one) => void diagnostics.push(one) }, root, first.kind);
  return diagnostics.length < 2 ? diagnostics : inFileOrder(diagnostics);
}

/** Aliased nodes are met several times: their mistakes are told once. */
function inFileOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map(diagnostics.map((one) => [`${one.id} ${one.at?.start} ${one.message}`, one]));
  return [...distinct.values()].sort((left, right) => (left.at?.start ?? 0) - (right.at?.start ?? 0));
}

interface Check {
  readonly report: (diagnostic: Diagnostic) => void;
}

function noDefinitionKey(root: MapNode): Diagnostic {
  for (const { key, keySpan } of root.entries) {
    const suggestion = keywordsByName.has(key) ? undefined : suggest(key, definitionKinds);
    if (suggestion !== undefined) return diagnostic("NO_DEFINITION_KEY", { key, suggestion }, { at: keySpan });
  }
  const at = root.entries[0]?.keySpan ?? root;
  return diagnostic("NO_DEFINITION_KEY", {}, { at });
}

/** The keywords of each place by every spelling they have there: one look-up per key of a file. */
const keywordsAt: { readonly [P in KeywordPlace]: ReadonlyMap<string, Keyword> } = {
  field: spellingsAt("field"), partial: spellingsAt("partial"), originator: spellingsAt("originator"), service: spellingsAt("service"), event: spellingsAt("event"), group: spellingsAt("group"),
};

function spellingsAt(place: KeywordPlace): ReadonlyMap<string, Keyword> {
  const here = [...keywordsByName.values()].filter((keyword) => keyword.places.includes(place));
  return new Map(here.flatMap((keyword) => (keyword.kind === "metadata" ? [[keyword.name, keyword], [`x-${keyword.name}`, keyword]] : [[keyword.name, keyword]])));
}

function checkSchema(check: Check, node: MapNode, place: KeywordPlace): void {
  const known = keywordsAt[place];
  for (const entry of node.entries) {
    const keyword = known.get(entry.key);
    if (keyword === undefined) unknownKeyword(check, entry, place);
    else if (entry.key === keyword.name || !isSpelledTwice(check, node, entry, keyword)) checkValue(check, { keyword, entry, place });
    if (appliesTo.has(entry.key)) checkType(check, node, entry);
    else if (entry.key === "deprecated") checkDeprecated(check, node, entry);
  }
}

/** Keywords that say something about values of some types only; `format` is judged with the metadata. */
const appliesTo: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].map((name) => [name, ["integer", "number"]] as const),
  ...["minLength", "maxLength", "pattern"].map((name) => [name, ["string"]] as const),
  ...["items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems"].map((name) => [name, ["array"]] as const),
  ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependencies"].map((name) => [name, ["object"]] as const),
]);

/** Where the type is said, a keyword of another type does nothing. */
function checkType(check: Check, node: MapNode, { key: keyword, keySpan: at, value }: MapEntry): void {
  if (keyword === "required" && value.kind !== "list") return;
  const said = entryOf(node, "type")?.value;
  if (said === undefined || said.kind === "map") return;
  const types = (said.kind === "list" ? said.items : [said]).map((item) => (item.kind === "scalar" ? String(item.value) : ""));
  const wanted = appliesTo.get(keyword) ?? [];
  if (types.some((type) => wanted.includes(type))) return;
  check.report(diagnostic("IGNORED_KEYWORD", { keyword, types: types.join(" or "), wanted: wanted.join(" or ") }, { at, related: [{ at: said, message: "the type" }] }));
}

function checkDeprecated(check: Check, node: MapNode, { value: said }: MapEntry): void {
  if (said.kind !== "scalar" || said.value !== false) return;
  const other = node.entries.find(({ key, value }) => key.replace(/^x-/, "") === "deprecation" || (key.replace(/^x-/, "") === "stability" && value.kind === "scalar" && value.value === "deprecated"));
  if (other === undefined) return;
  check.report(diagnostic("DEPRECATED_AND_NOT", { keyword: other.key }, { at: said, related: [{ at: other.keySpan, message: `\`${other.key}\`` }] }));
}

function isSpelledTwice(check: Check, node: MapNode, entry: MapEntry, { name }: Keyword): boolean {
  const plain = entryOf(node, name);
  if (plain === undefined) return false;
  check.report(diagnostic("BOTH_SPELLINGS", { keyword: name }, { at: entry.keySpan, related: [{ at: plain.keySpan, message: "written plainly here" }] }));
  return true;
}

function unknownKeyword(check: Check, entry: MapEntry, place: KeywordPlace): void {
  const { key, keySpan: at } = entry;
  const bare = key.startsWith("x-") ? key.slice(2) : key;
  const keyword = keywordsByName.get(metadataKeywords.has(bare) ? bare : key);
  const instead = unsupportedKeywords.get(key);
  if (instead !== undefined && (keyword === undefined || place === "field")) return check.report(diagnostic("UNSUPPORTED_KEYWORD", { keyword: key, instead }, { at }));
  if (keyword !== undefined) return check.report(diagnostic("MISPLACED_KEYWORD", { keyword: key, place: placeNames[place], belongs: belongs(keyword, place) }, { at }));
  if (key.startsWith("x-")) {
    const near = suggest(bare, metadataKeywords);
    if (near !== undefined) check.report(diagnostic("UNKNOWN_KEYWORD", { keyword: key, suggestion: `x-${near}` }, { at }));
    return;
  }
  const suggestion = suggest(key, [...keywordsAt[place].values()].map((one) => one.name));
  const looksLikeField = entry.value.kind === "map" && place !== "event";
  check.report(diagnostic("UNKNOWN_KEYWORD", { keyword: key, looksLikeField, ...(suggestion === undefined ? {} : { suggestion }) }, { at }));
}

const placeNames: { readonly [P in KeywordPlace]: string } = {
  field: "a field", partial: "a partial", originator: "an originator", service: "a service", event: "an event", group: "a group",
};

function belongs(keyword: Keyword, place: KeywordPlace): string {
  if (place === "event" && keyword.name === "properties") return "a partial: an event owns no fields, it lists `partials:`";
  return keyword.places.map((one) => placeNames[one]).join(" or ").replaceAll(/ or (?=.* or )/g, ", ");
}

interface Placed {
  readonly entry: MapEntry;
  readonly keyword: Keyword;
  readonly place: KeywordPlace;
}

function checkValue(check: Check, placed: Placed): void {
  const { keyword, entry, place } = placed;
  const { value } = entry;
  switch (keyword.holds) {
    case "schema":
      return checkHeld(check, keyword, value);
    case "schemaOrList":
      return value.kind === "list" ? checkList(check, placed) : checkHeld(check, keyword, value);
    case "schemas":
      return checkList(check, placed);
    case "named":
    case "patterns":
      return checkNamed(check, placed);
    case undefined:
      if (place !== "field" && keyword.name === "type" && !(value.kind === "scalar" && value.value === "object")) {
        return wrongValue(check, { keyword, node: value, expects: "object: a definition is an object" });
      }
      return judgeValue(check, placed);
  }
}

function wrongValue(check: Check, { keyword, node, expects = keyword.expects }: { keyword: Keyword; node: SourceNode; expects?: string }): void {
  check.report(diagnostic("WRONG_KEYWORD_VALUE", { keyword: keyword.name, expects, found: foundIn(node), ...cureFor(keyword, node) }, { at: node }));
}

/** Where a truth value is expected, `yes` has a cure of its own. */
function cureFor(keyword: Keyword, node: SourceNode): { readonly cure?: string } {
  const legacy = keyword.expects.startsWith("true") && node.kind === "scalar" && typeof node.value === "string" && isLegacyBoolean(node.value);
  if (legacy) return { cure: `${String(node.value)} is text in YAML 1.2: write true or false` };
  return keyword.cure === undefined ? {} : { cure: keyword.cure };
}

function checkHeld(check: Check, keyword: Keyword, node: SourceNode): void {
  if (node.kind === "map") checkSchema(check, node, "field");
  else if (node.kind !== "scalar" || typeof node.value !== "boolean") wrongValue(check, { keyword, node });
}

function checkList(check: Check, { keyword, entry: { value } }: Placed): void {
  if (value.kind !== "list" || value.items.length === 0) return wrongValue(check, { keyword, node: value });
  for (const item of value.items) checkMember(check, item);
}

function checkNamed(check: Check, { keyword, entry: { value } }: Placed): void {
  if (value.kind !== "map") return wrongValue(check, { keyword, node: value });
  for (const entry of value.entries) {
    if (keyword.holds === "named" && !propertyName.test(entry.key)) check.report(invalidPropertyName(entry));
    else checkMember(check, entry.value);
  }
}

const propertyName = new RegExp(propertyNamePattern);

function invalidPropertyName({ key, keySpan }: MapEntry): Diagnostic {
  const parts = key.split(".");
  const dotted = parts.length > 1 && parts.every((part) => propertyName.test(part));
  const cure = dotted ? `nest it: \`${parts[0]}: { type: object, properties: { ${parts.slice(1).join(".")}: … } }\`` : "the name on the wire is the name in the schema: choose a plain one";
  return diagnostic("INVALID_NAME", { what: "a property", name: key, form: "a letter or _, then letters, digits, _ and -", cure }, { at: keySpan });
}

function checkMember(check: Check, node: SourceNode): void {
  if (node.kind === "map") return checkSchema(check, node, "field");
  if (node.kind === "scalar" && typeof node.value === "boolean") return;
  const type = node.kind === "scalar" && typeof node.value === "string" && typeNames.has(node.value) ? { type: node.value } : {};
  check.report(diagnostic("NOT_A_SCHEMA", { found: foundIn(node), ...type }, { at: node }));
}

const typeNames: ReadonlySet<string> = new Set(["null", "boolean", "integer", "number", "string", "array", "object"]);

function judgeValue(check: Check, { keyword, entry, place }: Placed): void {
  const mistake = judge(keyword, values[keyword.name], entry.value);
  if (mistake !== undefined) return check.report(toDiagnostic(keyword, mistake, place));
  if (keyword.name === "enum") checkEnum(check, entry.value);
  else if (keyword.name === "const") checkLegacy(check, entry.value);
}

function toDiagnostic(keyword: Keyword, mistake: Mistake, place: KeywordPlace): Diagnostic {
  if (mistake.kind === "unknown-key") {
    const { key, known, suggestion, at } = mistake;
    return diagnostic("UNKNOWN_KEY", { key, keyword: keyword.name, known, ...(suggestion === undefined ? {} : { suggestion }) }, { at });
  }
  const { node, at, path, expects, found } = mistake;
  if (keyword.name === place && node.kind === "scalar" && typeof node.value === "string") return invalidDefinitionName(keyword, node);
  const cure = mistake.cure ?? cureFor(keyword, node).cure;
  const { cure: legacy } = cureFor({ ...keyword, expects }, node);
  const hint = legacy ?? cure;
  return diagnostic("WRONG_KEYWORD_VALUE", { keyword: path, expects, found, ...(hint === undefined ? {} : { cure: hint }) }, { at });
}

function invalidDefinitionName(keyword: Keyword, node: ScalarNode): Diagnostic {
  const name = String(node.value);
  const event = keyword.name === "event";
  const form = `a small letter, then letters, digits and _${event ? "; dots between such names" : ""}`;
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const plain = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join("");
  const cure = /^[a-z][A-Za-z0-9_]*$/.test(plain) ? { cure: `write ${plain}` } : {};
  return diagnostic("INVALID_NAME", { what: placeNames[keyword.places[0] ?? "partial"], name, form, ...cure }, { at: node });
}

function checkEnum(check: Check, node: SourceNode): void {
  if (node.kind !== "list") return;
  const seen = new Map<string, SourceNode>();
  for (const item of node.items) {
    checkLegacy(check, item);
    const key = canonical(item);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else check.report(diagnostic("DUPLICATE_VALUE", { value: foundIn(item) }, { at: item, related: [{ at: first, message: "first listed here" }] }));
  }
}

/** The same text for equal JSON values, whatever the order of keys. */
function canonical(node: SourceNode): string {
  switch (node.kind) {
    case "scalar":
      return JSON.stringify(node.value);
    case "list":
      return `[${node.items.map(canonical).join(",")}]`;
    case "map":
      return `{${node.entries.map((entry) => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`).sort().join(",")}}`;
  }
}

/** An unquoted `no` among values is read as a truth value by other tools. */
function checkLegacy(check: Check, node: SourceNode): void {
  if (node.kind !== "scalar" || typeof node.value !== "string" || !isLegacyBoolean(node.value)) return;
  if (node.source.text.startsWith(node.value, node.start)) check.report(diagnostic("LEGACY_BOOLEAN", { text: node.value }, { at: node }));
}
