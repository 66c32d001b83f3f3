/** Mistakes of instrumentation: counted, told to `onProblem` or, a few times, to stderr. Never thrown from here. */
import { isExiting } from "./exit.js";
import { maxShownLength, maxWarningsPerKind } from "./limits.js";
import { clip } from "./plain.js";
import { processObject } from "./platform.js";
import type { Problem, ProblemKind } from "./types.js";

export type OnProblem = (problem: Problem, context: ProblemContext) => void;

export interface ProblemContext {
  /** The event that the problem belongs to; absent for problems of a collector or of the start. */
  readonly eventId?: string;
}

export interface Reporter {
  report(problem: Problem, context?: ProblemContext): void;
  /** Counts it, also for the health record, without telling `onProblem`. */
  count(problem: Problem): void;
  /** Tells `onProblem` of it, without counting it. */
  tell(problem: Problem, context?: ProblemContext): void;
  /** Tells one listener of our own, besides. */
  listen(listener: (problem: Problem) => void): void;
  /** How often each kind was reported. */
  readonly counts: ReadonlyMap<ProblemKind, number>;
}

export function createReporter(onProblem: OnProblem = warner()): Reporter {
  const counts = new Map<ProblemKind, number>();
  let heard: ((problem: Problem) => void) | undefined;
  let telling = false;
  const count = (problem: Problem): void => {
    counts.set(problem.problem, (counts.get(problem.problem) ?? 0) + 1);
    heard?.(problem);
  };
  const tell = (told: Problem, context: ProblemContext = {}): void => {
    // What a listener does wrong is counted, and not told to it: it would do it again.
    if (telling) return;
    telling = true;
    try {
      settle(onProblem(tidied(told), context));
    } catch {
      // Whoever listens to problems cannot be told that listening failed.
    } finally {
      telling = false;
    }
  };
  return {
    counts,
    tell,
    listen: (listener) => void (heard = listener),
    count: (told) => count(tidied(told)),
    report: (told, context) => {
      count(tidied(told));
      tell(told, context);
    },
  };
}

/** Paths are the caller's in part: they may be of any length, and hold anything. */
function tidied(problem: Problem): Problem {
  if (problem.path === undefined) return problem;
  const path = clip(problem.path, maxShownLength);
  return path === problem.path ? problem : { ...problem, path };
}

/** An async `onProblem` that rejects is no unhandled rejection. */
function settle(result: unknown): void {
  if (result instanceof Promise) result.catch(() => {});
}

/**
 * Prints the first few problems of each kind to stderr, and the first few while the process exits: as process warnings (`--no-warnings` silences them), or with
 * `console.warn` where there are none.
 */
function warner(): OnProblem {
  const printed = new Map<string, number>();
  return (problem) => {
    const key = `${problem.problem} ${isExiting()}`;
    const times = (printed.get(key) ?? 0) + 1;
    if (times > maxWarningsPerKind) return;
    printed.set(key, times);
    const place = problem.path === undefined ? "" : ` at ${problem.path}`;
    const last = times === maxWarningsPerKind ? ` (further problems of this kind are not printed; give createWevt an onProblem to see them)` : "";
    warn(printable(`wevt: ${problem.problem}${place}: ${problem.message}${last}`));
  };
}

const warned = new Set<string>();

/** For what goes wrong before there is anybody to tell. */
export function warnOnce(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  warn(printable(text));
}

function printable(text: string): string {
  return clip(text, 500).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, " ");
}

function warn(text: string): void {
  const host = processObject();
  // What `emitWarning` would print in the next turn of an event loop that has stopped.
  if (isExiting()) host?.emit("warning", Object.assign(new Error(text), { name: "WevtWarning" }));
  else if (typeof host?.emitWarning === "function") host.emitWarning(text, "WevtWarning");
  else console.warn(text);
}

/** The problems of one event, without repetitions, at most `max`; the rest is a number. */
export interface ProblemList {
  /** `known`: it was there already. `beyond`: there is no room for it; it makes a number larger. */
  add(problem: Problem): "new" | "known" | "beyond";
  list(): readonly Problem[];
}

const none: readonly Problem[] = [];

export function createProblemList(max: number): ProblemList {
  let kept: Map<string, Problem> | undefined;
  let more = 0;
  return {
    add: (told) => {
      const problem = tidied(told);
      kept ??= new Map();
      const key = `${problem.problem} ${problem.path ?? ""} ${problem.message}`;
      if (kept.has(key)) return "known";
      if (kept.size >= max) {
        more += 1;
        return "beyond";
      }
      kept.set(key, problem);
      return "new";
    },
    list: () => {
      if (kept === undefined) return none;
      if (more === 0) return [...kept.values()];
      return [...kept.values(), { problem: "limit", message: `${more} further problems are not listed (maxProblems: ${max})` }];
    },
  };
}
