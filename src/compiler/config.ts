/** The project's config as data. `parseConfig` reads `wevt.config.yaml` or `.json`; without a file `defaultConfig` stands. */
import { configKeywords, laterConfigKeys } from "./config-keywords.js";
import { diagnostic, isClean, type Diagnostic } from "./diagnostics.js";
import { deepFreeze } from "./freeze.js";
import { configValues } from "./grammar.generated.js";
import type { Keyword } from "./keywords.js";
import { loadSource } from "./load.js";
import type { Naming, Sensitivity, Stability } from "./registry.js";
import type { Result } from "./result.js";
import { entryOf, toJson, type Json, type MapEntry, type MapNode, type SourceFile, type SourceNode, type Span } from "./source.js";
import { suggest } from "./suggest.js";
import { judge } from "./values.js";

export interface Config {
  readonly version: 1;
  /** Globs relative to the config file, with `/`. */
  readonly schemas: readonly string[];
  /** `wevt:http`, `@acme/events/schemas/*.yaml`. */
  readonly imports: readonly string[];
  readonly naming: Naming;
  /** Metadata that every definition inherits. */
  readonly defaults: ConfigDefaults;
  readonly generate: readonly GenerateEntry[];
  /** Modules of the user's own emitters, relative to the config file. */
  readonly emitters: readonly string[];
  readonly usage: UsageConfig;
  /** Where a value stands, by JSON pointer (`/imports/0`, `/generate/1/out`); empty for what nobody wrote. */
  readonly places: { readonly [pointer: string]: Span };
  /** Where the key of that value stands, for what a mapping holds. */
  readonly keyPlaces: { readonly [pointer: string]: Span };
}

export interface ConfigDefaults {
  readonly owner?: string;
  readonly stability?: Stability;
  readonly sensitivity?: Sensitivity;
  readonly tags?: readonly string[];
}

/** What `wevt usage` reads. Paths and patterns are relative to the config file, with `/`. */
export interface UsageConfig {
  /** Paths of tsconfig files. Every `tsconfig.json` of the project when absent. */
  readonly projects?: readonly string[];
  /** Patterns of files that are tests, in place of the usual ones. */
  readonly tests?: readonly string[];
  /** Path of the file that lists known findings. */
  readonly baseline?: string;
}

export interface GenerateEntry {
  /** `typescript`, `docs`, or the name of one of `emitters`. */
  readonly emitter: string;
  /** Folder relative to the config file; the emitter's default when absent. */
  readonly out?: string;
  /** Everything else in the entry; the emitter's own schema says what it may be. */
  readonly options: { readonly [name: string]: Json };
}

/** What holds where the config is silent. */
export const defaultConfig: Config = deepFreeze({
  version: 1,
  schemas: ["schemas/**"],
  imports: [],
  naming: "camelCase",
  defaults: {},
  generate: [
    { emitter: "typescript", out: "src/wevt", options: {} },
    { emitter: "docs", out: "docs/events", options: {} },
  ],
  emitters: [],
  usage: {},
  places: {},
  keyPlaces: {},
} satisfies Config);

/**
 * Reads the config. The value is undefined after an error; every mistake has its place.
 *
 *     const { value: config, diagnostics } = parseConfig({ path: "wevt.config.yaml", text });
 */
export function parseConfig(source: SourceFile): Result<Config | undefined> {
  const { value: root, diagnostics: unreadable } = loadSource(source);
  if (root === undefined) return { value: undefined, diagnostics: unreadable.map(emptyConfig) };
  const diagnostics = [...unreadable, ...checkConfig(root)];
  return { value: isClean(diagnostics) ? configOf(root) : undefined, diagnostics };
}

/** What a config without keys needs is another thing than what such a schema file needs. */
function emptyConfig(one: Diagnostic): Diagnostic {
  return (one.id === "EMPTY_FILE" || one.id === "NOT_A_MAPPING") && one.at !== undefined ? diagnostic("NO_CONFIG_VERSION", {}, { at: one.at }) : one;
}

const keywords: ReadonlyMap<string, Keyword> = new Map(configKeywords.map((keyword) => [keyword.name, keyword]));

function checkConfig(root: MapNode): readonly Diagnostic[] {
  const found = root.entries.flatMap((entry) => checkEntry(entry) ?? []);
  if (entryOf(root, "version") !== undefined) return found;
  // A mistyped `version` has been told already.
  if (found.some((one) => one.hint?.includes('"version"') === true)) return found;
  return [diagnostic("NO_CONFIG_VERSION", {}, { at: root.entries[0]?.keySpan ?? root }), ...found];
}

function checkEntry(entry: MapEntry): Diagnostic | undefined {
  const { key, keySpan, value } = entry;
  const keyword = keywords.get(key);
  if (keyword === undefined) {
    const known = [...keywords.keys()];
    const suggestion = suggest(key, known);
    return diagnostic("UNKNOWN_CONFIG_KEY", { key, known, ...(suggestion === undefined ? {} : { suggestion }) }, { at: keySpan });
  }
  const mistake = judge(keyword, configValues[key], value);
  if (mistake === undefined) return laterConfigKeys.has(key) ? diagnostic("NOT_YET", { keyword: key }, { at: keySpan }) : undefined;
  if (mistake.kind === "wrong-value") return diagnostic("WRONG_CONFIG_VALUE", { key: mistake.path, expects: mistake.expects, found: mistake.found, ...(mistake.cure === undefined ? {} : { cure: mistake.cure }) }, { at: mistake.at });
  const { suggestion, known, at } = mistake;
  return diagnostic("UNKNOWN_KEY", { key: mistake.key, keyword: key, known, ...(suggestion === undefined ? {} : { suggestion }) }, { at });
}

function configOf(root: MapNode): Config {
  const said = (key: string): SourceNode | undefined => entryOf(root, key)?.value;
  const generate = said("generate");
  return deepFreeze({
    ...defaultConfig,
    ...given("schemas", textsOf(said("schemas"))),
    ...given("imports", textsOf(said("imports"))),
    ...given("emitters", textsOf(said("emitters"))),
    ...given("naming", checked<Naming>(said("naming"))),
    ...given("defaults", checked<ConfigDefaults>(said("defaults"))),
    ...given("usage", checked<UsageConfig>(said("usage"))),
    ...given("generate", generate?.kind === "list" ? generate.items.map(generateEntry) : undefined),
    places: Object.fromEntries(placesIn(root, "")),
    keyPlaces: Object.fromEntries(keyPlacesIn(root, "")),
  });
}

function given<K extends keyof Config>(key: K, value: Config[K] | undefined): { readonly [N in K]?: Config[K] } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [N in K]: Config[K] });
}

/** The grammar has checked the value; here it gets its type. */
function checked<T>(node: SourceNode | undefined): T | undefined {
  return node === undefined ? undefined : (toJson(node) as unknown as T);
}

function textsOf(node: SourceNode | undefined): readonly string[] | undefined {
  return node?.kind === "list" ? node.items.map((item) => (item.kind === "scalar" ? String(item.value) : "")) : undefined;
}

/** An emitter's name alone, or a mapping with `emitter`, `out` and its options. */
function generateEntry(node: SourceNode): GenerateEntry {
  if (node.kind !== "map") return { emitter: node.kind === "scalar" ? String(node.value) : "", options: {} };
  const out = entryOf(node, "out");
  const options = node.entries.filter((entry) => entry.key !== "emitter" && entry.key !== "out");
  return {
    emitter: String(checked<string>(entryOf(node, "emitter")?.value)),
    ...(out === undefined ? {} : { out: String(checked<string>(out.value)) }),
    options: Object.fromEntries(options.map((entry) => [entry.key, toJson(entry.value)])),
  };
}

function placesIn(node: SourceNode, pointer: string): readonly [string, Span][] {
  const own: [string, Span] = [pointer, { source: node.source, start: node.start, end: node.end }];
  return [own, ...childrenOf(node, pointer).flatMap(([child, inside]) => placesIn(child, inside))];
}

function keyPlacesIn(node: SourceNode, pointer: string): readonly [string, Span][] {
  const own = node.kind !== "map" ? [] : node.entries.map(({ key, keySpan }): [string, Span] => [below(pointer, key), keySpan]);
  return [...own, ...childrenOf(node, pointer).flatMap(([child, inside]) => keyPlacesIn(child, inside))];
}

/** What a node holds, each with its JSON pointer. */
function childrenOf(node: SourceNode, pointer: string): readonly (readonly [SourceNode, string])[] {
  if (node.kind === "scalar") return [];
  if (node.kind === "list") return node.items.map((item, index) => [item, below(pointer, String(index))]);
  return node.entries.map(({ key, value }) => [value, below(pointer, key)]);
}

function below(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
