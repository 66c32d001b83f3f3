/** The project's config as data. `parseConfig` reads `wevt.config.yaml` or `.json`; without a file `defaultConfig` stands. */
import type { Naming, Sensitivity, Stability } from "./registry.js";
import type { Json, Span } from "./source.js";

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
  /** Where a value stands, by JSON pointer (`/imports/0`, `/generate/1/out`); empty for what nobody wrote. */
  readonly places: { readonly [pointer: string]: Span };
}

export interface ConfigDefaults {
  readonly owner?: string;
  readonly stability?: Stability;
  readonly sensitivity?: Sensitivity;
  readonly tags?: readonly string[];
}

export interface GenerateEntry {
  /** `typescript`, `docs`, or the name of one of `emitters`. */
  readonly emitter: string;
  /** Folder relative to the config file; the emitter's default when absent. */
  readonly out?: string;
  /** Everything else in the entry; the emitter's own schema says what it may be. */
  readonly options: { readonly [name: string]: Json };
}

export const defaultConfig: Config = Object.freeze({
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
  places: {},
} satisfies Config);
