/** Patterns that do not compile, or that can take exponential time on a value from outside. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { Registry } from "../registry.js";
import { ambiguousLoop } from "./ambiguity.js";
import { walk, type Visited } from "./walk.js";

/** Each pattern is judged once, wherever it stands. */
export function patterns(registry: Registry, places: Places): readonly Diagnostic[] {
  const verdicts = new Map<string, Verdict>();
  return walk(registry).flatMap((visited) =>
    patternsOf(visited).flatMap((pattern) => {
      const verdict = verdicts.get(pattern) ?? judge(pattern);
      verdicts.set(pattern, verdict);
      return verdict(visited, places);
    }),
  );
}

function patternsOf({ value }: Visited): readonly string[] {
  return [...(value.string?.pattern === undefined ? [] : [value.string.pattern]), ...(value.object?.patterns ?? []).map((one) => one.pattern)];
}

type Verdict = (visited: Visited, places: Places) => readonly Diagnostic[];

function judge(pattern: string): Verdict {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const why = text.slice(text.lastIndexOf(": ") + 2);
    return ({ path, origin }, places) => [diagnostic("BAD_PATTERN", { path, pattern, why }, { at: places(origin) })];
  }
  const part = ambiguousLoop(pattern);
  return part === undefined ? () => [] : ({ path, origin }, places) => [diagnostic("CATASTROPHIC_PATTERN", { path, pattern, part }, { at: places(origin) })];
}
