/**
 * `wevt import typescript`: the types of a Registry as schema files. It reads TypeScript and knows no terminal; what it is given and what it
 * returns is data, and nothing is written here.
 */
import type { Config } from "../../compiler/config.js";
import type { Diagnostic } from "../../compiler/diagnostics.js";
import type { ProjectFile } from "../../compiler/project.js";
import type { Result } from "../../compiler/result.js";
import { passing, type ImportedFile } from "./gate.js";
import { candidates, findType, openTypes } from "./open-types.js";
import { printYaml } from "./print-yaml.js";
import { createReader, type ShowPath } from "./reader.js";
import { definitionsOf, type ImportedDefinition } from "./registry.js";
import type { YamlNode } from "./yaml-tree.js";

export type { ImportedFile } from "./gate.js";

export interface ImportOptions {
  /** Absolute path of the TypeScript file. */
  readonly file: string;
  /** The type whose properties are partials. */
  readonly type?: string;
  /** Absolute path of a tsconfig.json. */
  readonly tsconfig?: string;
  /** The path of a definition's file: where it is defined already, or is to be. */
  readonly place: (definition: ImportedDefinition) => string;
  /** The schema files of the project: what is imported must not collide with them. */
  readonly others: readonly ProjectFile[];
  readonly config: Config;
  readonly show: ShowPath;
}

/** Files; or, where no type or another one was named, the names that it may have. */
export type Imported = { readonly files: readonly ImportedFile[] } | { readonly candidates: readonly string[] };

export async function importTypes({ file, type, tsconfig, place, others, config, show }: ImportOptions): Promise<Result<Imported>> {
  const source = openTypes({ file, ...(tsconfig === undefined ? {} : { tsconfig }) });
  const node = type === undefined ? undefined : findType(source, type);
  if (node === undefined) return { value: { candidates: candidates(source) }, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const report = (one: Diagnostic): void => void diagnostics.push(one);
  const definitions = definitionsOf(createReader(report, show), node.getType(), { path: "", node, open: [] });
  const print = (definition: ImportedDefinition): ImportedFile => ({ path: place(definition), text: printYaml(definition.root, headOf(definition, show(file))), definition });
  const paths = new Set(definitions.map(place));
  const files = await passing(definitions, { others: others.filter(({ path }) => !paths.has(path)), config, print, report });
  return { value: { files }, diagnostics: inOrder(diagnostics) };
}

function headOf({ root }: ImportedDefinition, from: string): readonly string[] {
  const about = `Imported from ${from}.`;
  return [guesses(root) ? `${about} Lines like "# kind: id" are guesses from names: uncomment what is right, delete the rest.` : about];
}

/** True where a comment or a remark is to be judged. */
function guesses(node: YamlNode): boolean {
  if (node.kind === "flow") return false;
  if (node.kind === "list") return node.items.some(guesses);
  return node.comments.length > 0 || node.entries.some(({ value, remark }) => remark !== undefined || guesses(value));
}

/** By place, so that they read like the file. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const file = ({ at }: Diagnostic): string => at?.source.path ?? "";
  return [...diagnostics].sort((left, right) => (file(left) < file(right) ? -1 : file(left) > file(right) ? 1 : (left.at?.start ?? 0) - (right.at?.start ?? 0)));
}
