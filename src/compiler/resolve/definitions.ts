/** Which file defines what. One name is defined once; `extends` replaces an imported definition by itself plus its own properties. */
import { diagnostic } from "../diagnostics.js";
import type { LoadedFile } from "../project.js";
import type { DefinitionKind } from "../registry.js";
import { entryOf, type MapEntry } from "../source.js";
import type { DefinitionIndex, RawDefinition, Scope } from "./scope.js";

export const definitionKinds: readonly DefinitionKind[] = ["partial", "originator", "service", "event", "group"];

/** All definitions by kind and name, whatever the order of the files. */
export function indexDefinitions(files: readonly LoadedFile[], report: Scope["report"]): DefinitionIndex {
  const index = { partial: new Map(), originator: new Map(), service: new Map(), event: new Map(), group: new Map() } satisfies Record<DefinitionKind, Map<string, RawDefinition>>;
  const found = files.flatMap((file) => definitionIn(file) ?? []);
  const own = (definition: RawDefinition): boolean => definition.file.known !== undefined || entryOf(definition.root, "extends") === undefined;
  for (const definition of found.filter(own)) {
    const known = index[definition.kind].get(definition.name);
    if (known === undefined) index[definition.kind].set(definition.name, definition);
    else reportTwice(report, definition, known);
  }
  for (const definition of found.filter((one) => !own(one))) extend(index, definition, report);
  return index;
}

function definitionIn(file: LoadedFile): RawDefinition | undefined {
  return file.known === undefined ? readDefinition(file) : { kind: "partial", name: file.known.name, file, get entry() { return entryIn(file); }, get root() { return file.root; } };
}

/** The entry that names the partial of a file that is read only now. */
function entryIn(file: LoadedFile): MapEntry {
  const entry = entryOf(file.root, "partial");
  if (entry === undefined) throw new Error(`${file.source.path} defined a partial before`);
  return entry;
}

function readDefinition(file: LoadedFile): RawDefinition | undefined {
  for (const kind of definitionKinds) {
    const entry = entryOf(file.root, kind);
    if (entry?.value.kind === "scalar" && typeof entry.value.value === "string") {
      return { kind, name: entry.value.value, entry, root: file.root, file };
    }
  }
  return undefined;
}

function reportTwice(report: Scope["report"], second: RawDefinition, first: RawDefinition): void {
  const { kind, name } = second;
  report(diagnostic("DUPLICATE_DEFINITION", { kind, name }, { at: second.entry.value, related: [{ at: first.entry.value, message: "also defined here" }] }));
}

function extend(index: { readonly [K in DefinitionKind]: Map<string, RawDefinition> }, definition: RawDefinition, report: Scope["report"]): void {
  const { kind, name } = definition;
  const said = entryOf(definition.root, "extends");
  const target = said?.value.kind === "scalar" ? String(said.value.value) : "";
  const base = index[kind].get(name);
  const at = said?.value ?? definition.entry.value;
  if (base?.base !== undefined) {
    report(diagnostic("EXTENDS_TWICE", { name }, { at, related: [{ at: base.entry.value, message: "extended here" }] }));
  } else if (base === undefined || base.file.importedFrom === undefined || !isNameOf(target, base)) {
    report(diagnostic("EXTENDS_UNKNOWN", { kind, name, target }, { at, ...(base === undefined ? {} : { related: [{ at: base.entry.value, message: "this one is the project's own" }] }) }));
  } else {
    index[kind].set(name, { ...definition, base });
  }
}

/** `wevt:user` names the imported definition `user`, and so does the import it came through. */
function isNameOf(target: string, base: RawDefinition): boolean {
  return target === base.file.importedFrom || target.replace(/\.(ya?ml|json)$/, "").split(/[:/]/).at(-1) === base.name;
}

/** The definition that is extended where this `extends` stands: whoever refers to the one refers to both. */
export function extendedBy(index: DefinitionIndex, said: MapEntry): RawDefinition | undefined {
  for (const kind of definitionKinds) {
    for (const definition of index[kind].values()) if (definition.base !== undefined && entryOf(definition.root, "extends") === said) return definition.base;
  }
  return undefined;
}
