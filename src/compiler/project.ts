/** What goes into the compiler, and what the load stage makes of it. */
import type { Config } from "./config.js";
import type { PartialDef } from "./registry.js";
import type { MapNode, SourceFile } from "./source.js";

/** Everything the compiler knows: it reads nothing itself. */
export interface Project {
  readonly files: readonly ProjectFile[];
  readonly config: Config;
}

export interface ProjectFile {
  /** Relative to the project, with `/`; for an imported file the import's own name. Ends in .yaml, .yml or .json. */
  readonly path: string;
  readonly text: string;
  /** The import it came through (`wevt:http`); absent for the project's own. */
  readonly importedFrom?: string;
  /** The partial that this text was resolved to before, under this config and without a diagnostic, when it refers to no other file. */
  readonly known?: PartialDef;
}

/** A file whose text is a mapping; its grammar has been checked when it comes from `load` without an error. */
export interface LoadedFile {
  readonly source: SourceFile;
  /** Of a file whose partial is known, it is read when somebody asks. */
  readonly root: MapNode;
  readonly importedFrom?: string;
  readonly known?: PartialDef;
}
