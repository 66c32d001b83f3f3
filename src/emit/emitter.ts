/** The contract of an emitter: a pure function from the Registry to files. No disk, clock, environment or YAML. */
import type { Definition, Json, Registry } from "../compiler/registry.js";
import type { EmitData } from "./data.js";

export interface OutputFile {
  /** Relative to the emitter's `out` folder, with `/`. */
  readonly path: string;
  /** Ends with a newline; lines end with LF. */
  readonly text: string;
  /** SHA-256 of the text as UTF-8, where it is known already. */
  readonly hash?: string;
}

export interface EmitContext {
  /** The emitter's entry in `generate`, without `emitter` and `out`; it fits the schema of the emitter's `options`. */
  readonly options: { readonly [name: string]: Json };
  /** Where the files will go, relative to the project: for texts that name themselves. */
  readonly out: string;
  /** Absent where files are generated to be committed. */
  readonly data?: EmitData;
  /** What need not be made anew for every change; everything is made when this is absent. */
  readonly earlier?: EarlierRuns;
}

/** What earlier runs made. */
export interface EarlierRuns {
  readonly filesOf: FilesOf;
  readonly fileOf: FileOf;
  /** Texts that follow from their key alone, with everything that this run asks for or sets being there for the next. */
  readonly texts: { readonly get: (key: string) => string | undefined; readonly set: (key: string, text: string) => unknown };
}

/**
 * The files that `make` makes of a definition, or the same ones from an earlier run. They may follow from the definition, the options and everything
 * in the Registry but the contents of other partials: what is taken from those goes into `others`.
 */
export type FilesOf = (definition: Definition, others: string, make: () => readonly OutputFile[]) => readonly OutputFile[];

/** One file of many definitions. What an earlier text says of a definition follows from the same as the files of `filesOf`. */
export type FileOf = (path: string, make: (earlier: EarlierText | undefined) => string) => OutputFile;

export interface EarlierText {
  readonly text: string;
  /** Whether what the text says of a definition would be said again. */
  readonly holds: (definition: Definition) => boolean;
}

export function madeAnew(): EarlierRuns {
  return {
    filesOf: (_definition, _others, make) => make(),
    fileOf: (path, make) => ({ path, text: make(undefined) }),
    texts: new Map(),
  };
}

export type Emit = (registry: Registry, context: EmitContext) => readonly OutputFile[] | Promise<readonly OutputFile[]>;

export interface Emitter {
  readonly name: string;
  /** One line for `wevt generate --help` and the docs. */
  readonly brief: string;
  /** `out` when the config does not say. */
  readonly defaultOut: string;
  /** JSON Schema of its options; anything else in the entry is a config error with its place. */
  readonly options: { readonly [name: string]: Json };
  readonly emit: Emit;
}
