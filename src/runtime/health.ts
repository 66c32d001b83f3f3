/** One `wevt.health` record per interval in which something was lost or did not fit: what, where and why, also where nobody listens to `onProblem`. */
import { contract, type EventDescriptor } from "./contract.js";
import type { Core } from "./core.js";
import { openEvent } from "./event.js";
import { maxHealthRows } from "./limits.js";
import { later } from "./platform.js";
import { createProblemList } from "./problems.js";
import { manualOriginator } from "./say.js";
import { emitEvent } from "./seal.js";
import type { Problem } from "./types.js";

const healthEvent: EventDescriptor = { contract, kind: "event", name: "wevt.health", method: "", partials: {} };

interface Row {
  times: number;
  readonly problem: Problem;
}

export interface Health {
  /** Emits what was not told yet, and stops. */
  stop(): void;
}

/** Gathers problems from now on; they are emitted `intervalMs` after the first one. 0: never. */
export function watchHealth(core: Core, intervalMs: number): Health {
  let rows = new Map<string, Row>();
  let more = 0;
  let forget: (() => void) | undefined;
  let emitting = false;
  const emit = (): void => {
    forget?.();
    forget = undefined;
    if (rows.size === 0) return;
    const problems = [...rows.values()].map(({ times, problem }) => ({ problem: problem.problem, ...(problem.path === undefined ? {} : { path: problem.path }), message: `${times} time${times === 1 ? "" : "s"} since the last health record, first: ${problem.message}` }));
    const rest = more;
    rows = new Map();
    more = 0;
    emitting = true;
    try {
      emitHealth(core, rest === 0 ? problems : [...problems, { problem: "limit", message: `${rest} further problems are not listed` }]);
    } finally {
      emitting = false;
    }
  };
  if (intervalMs <= 0) return { stop: () => {} };
  core.reporter.listen((problem) => {
    // What goes wrong with a health record waits for no other one: it would never end.
    if (emitting) return;
    const key = `${problem.problem} ${problem.path ?? ""}`;
    const row = rows.get(key);
    if (row !== undefined) row.times += 1;
    else if (rows.size < maxHealthRows) rows.set(key, { times: 1, problem });
    else more += 1;
    forget ??= later(intervalMs, emit);
  });
  return { stop: emit };
}

function emitHealth(core: Core, problems: readonly Problem[]): void {
  const state = openEvent(core, manualOriginator, { definition: healthEvent });
  state.problems = createProblemList(core.maxProblems);
  for (const problem of problems) state.problems.add(problem);
  emitEvent(state, { keep: true, rate: 1, reason: "health" });
}
