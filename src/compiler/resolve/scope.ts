/** What every part of resolve needs: the definitions by name, the defaults, and where mistakes go. */
import type { Diagnostic } from "../diagnostics.js";
import type { LoadedFile } from "../project.js";
import type { DefinitionKind, Deprecation, Naming, Sensitivity, Stability } from "../registry.js";
import type { MapEntry, MapNode, SourceNode } from "../source.js";

/** A definition as it stands in its file. */
export interface RawDefinition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** The entry of the key that names it: `partial: user`. */
  readonly entry: MapEntry;
  readonly root: MapNode;
  readonly file: LoadedFile;
  /** The imported definition that this one extends. */
  readonly base?: RawDefinition;
}

export interface Scope {
  readonly naming: Naming;
  readonly files: ReadonlyMap<string, LoadedFile>;
  readonly definitions: DefinitionIndex;
  readonly defaults: Inherited;
  readonly report: (diagnostic: Diagnostic) => void;
}

export type DefinitionIndex = { readonly [K in DefinitionKind]: ReadonlyMap<string, RawDefinition> };

/** Metadata that flows from config to file to object to field. */
export interface Inherited {
  readonly owner?: string;
  readonly stability?: Stability;
  readonly deprecation?: Deprecation;
  readonly sensitivity?: Sensitivity;
  readonly tags: readonly string[];
}

/** Where a node is being resolved: its path in the registry, and what flows into it. */
export interface Place {
  /** The file that `#/…` and `./…` are relative to. */
  readonly file: LoadedFile;
  readonly path: string;
  readonly pointer: string;
  readonly inherited: Inherited;
  /** Group or definition that the node was merged from. */
  readonly from?: string;
  /** Nodes under way, outermost first: meeting one again is a cycle. */
  readonly open: readonly SourceNode[];
}
