/** What `wevt usage` finds out. Plain data: it is printed as JSON (`schemas/meta/usage.json`) and kept in the cache. */

/** How many functions a value is followed through: calls into wrappers, and values that functions return. */
export const maxDepth = 5;
/** How many ways into one write are followed, when wrappers call wrappers. */
export const maxWays = 2000;

/** A place in the user's code. Line and column start at 1. */
export interface Position {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** UTF-16 offsets, for a code frame. */
  readonly start: number;
  readonly end: number;
}

/** One place that writes something. */
export interface Place extends Position {
  /** The path of what is written: of a partial (`user`), a field (`user.tier`), an originator (`http`) or an event (`agent.execution`). */
  readonly path: string;
  readonly kind: "partial" | "originator" | "service" | "event";
  /** Events whose typed handle it goes through; empty for any event. */
  readonly events: readonly string[];
  /** It depends on a condition, or on what is passed. */
  readonly conditional: boolean;
  /** The calls that lead from it to the write, innermost first, when a wrapper stands between. */
  readonly through: readonly Position[];
}

/** A place that writes something, and what cannot be told. */
export interface Gap extends Position {
  /** What it may write: this and everything below it. Empty: any partial. */
  readonly path: string;
  readonly kind: Place["kind"];
  readonly reason: GapReason;
}

export type GapReason =
  | "any" // the type says nothing
  | "open-type" // a map of anything
  | "optional" // the type says that it may be there
  | "name" // a name that is computed
  | "passed-on" // a builder or method goes where it cannot be followed
  | "too-deep"; // more functions than are followed

/** What was read of the user's code. */
export interface Reading {
  readonly places: readonly Place[];
  readonly gaps: readonly Gap[];
  /** Number of source files of the projects, and of those that can reach generated code. */
  readonly files: number;
  readonly followed: number;
}
