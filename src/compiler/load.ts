/** The stage from files as text to trees with positions whose grammar has been checked. */
import { diagnostic, type Diagnostic } from "./diagnostics.js";
import { checkGrammar } from "./grammar.js";
import { readJson } from "./json.js";
import type { LoadedFile, ProjectFile } from "./project.js";
import type { Result } from "./result.js";
import type { MapNode, SourceFile, SourceNode } from "./source.js";
import { readYaml } from "./yaml.js";

/** Loads every file; one that cannot be read is left out and reported. */
export function load(files: readonly ProjectFile[]): Result<readonly LoadedFile[]> {
  const diagnostics: Diagnostic[] = [];
  const loaded: LoadedFile[] = [];
  for (const { path, text, importedFrom, known } of files) {
    const source: SourceFile = { path, text };
    const origin = importedFrom === undefined ? {} : { importedFrom };
    if (known !== undefined) {
      loaded.push(unread({ source, known, ...origin }));
      continue;
    }
    const { value: root, diagnostics: found } = loadSource(source);
    for (const one of found) diagnostics.push(one);
    if (root === undefined) continue;
    for (const one of checkGrammar(root)) diagnostics.push(one);
    loaded.push({ source, root, ...origin });
  }
  return { value: loaded, diagnostics };
}

/** Nothing was wrong with the file when its partial became known. */
function unread(file: Omit<LoadedFile, "root">): LoadedFile {
  let root: MapNode | undefined;
  return {
    ...file,
    get root() {
      root ??= loadSource(file.source).value;
      if (root === undefined) throw new Error(`${file.source.path} could be read before`);
      return root;
    },
  };
}

/** One file as a mapping with positions: JSON when its name ends in .json, YAML otherwise. */
export function loadSource(source: SourceFile): Result<MapNode | undefined> {
  const broken = brokenText(source);
  if (broken !== undefined) return { value: undefined, diagnostics: [broken] };
  const { value: root, diagnostics } = source.path.endsWith(".json") ? readJson(source) : readYaml(source);
  if (root === undefined || root.kind === "map") return { value: root, diagnostics };
  return { value: undefined, diagnostics: [...diagnostics, notAMapping(root)] };
}

function notAMapping(root: SourceNode): Diagnostic {
  if (root.kind === "scalar" && root.value === null) return diagnostic("EMPTY_FILE", {}, { at: root });
  return diagnostic("NOT_A_MAPPING", { found: root.kind === "list" ? "a list" : "a single value" }, { at: root });
}

function brokenText(source: SourceFile): Diagnostic | undefined {
  const at = source.text.search(/\p{Surrogate}/u);
  if (at < 0) return undefined;
  const code = `U+${source.text.charCodeAt(at).toString(16).toUpperCase()}`;
  return diagnostic("BROKEN_TEXT", { code }, { at: { source, start: at, end: at + 1 } });
}
