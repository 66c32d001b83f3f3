/** Patterns that do not compile, or that can take very long on a value from outside. */
import type { Places } from "../check.js";
import { diagnostic, type Diagnostic } from "../diagnostics.js";
import type { EventDef, Json, Origin, Registry } from "../registry.js";
import type { Growth } from "./growth.js";
import { walk, type Visited } from "./walk.js";

/** Steps that one value may cost: some ten milliseconds in V8. More for 64 characters is an error, more for longer texts a warning. */
const maxSteps = 1_000_000;
/** What a text of unknown length is taken for in a message. */
const exampleLength = 10_000;

/** Each pattern is judged once, wherever it stands. */
export async function patterns(registry: Registry, places: Places): Promise<readonly Diagnostic[]> {
  const analyses = new Map<string, Analysis>();
  const found: Diagnostic[] = [];
  const judgeAll = async (uses: readonly Use[], origin: Origin): Promise<void> => {
    for (const use of uses) {
      const analysis = analyses.get(use.pattern) ?? (await analyse(use.pattern));
      analyses.set(use.pattern, analysis);
      const told = judge(analysis, use);
      if (told !== undefined) found.push(told(places(origin, ...use.keywords)));
    }
  };
  for (const visited of walk(registry)) {
    const uses = usesIn(visited);
    if (uses.length > 0) await judgeAll(uses, visited.origin);
  }
  for (const event of registry.events) await judgeAll(samplingUses(event), event.origin);
  return found;
}

interface Use {
  readonly pattern: string;
  readonly path: string;
  readonly keywords: readonly (string | number)[];
  readonly maxLength?: number | undefined;
}

function usesIn({ value, path, within, field, definition }: Visited): readonly Use[] {
  const { string, object } = value;
  const { when } = field?.meta ?? (within.length === 0 ? definition?.meta : undefined) ?? {};
  const own = string?.pattern === undefined ? [] : [{ pattern: string.pattern, path, keywords: [...within, "pattern"], maxLength: string.maxLength }];
  const keys = (object?.patterns ?? []).map(({ pattern }) => ({ pattern, path, keywords: [...within, "patternProperties", pattern] }));
  if (own.length === 0 && keys.length === 0 && typeof when !== "object") return [];
  return [...own, ...keys, ...Object.entries(typeof when === "object" ? when : {}).flatMap(([target, schema]) => conditionUse(path, target, schema))];
}

/** The conditions by which an event is sampled. */
function samplingUses({ name, sampling }: EventDef): readonly Use[] {
  return (sampling?.rules ?? []).flatMap(({ when = {} }, index) => Object.entries(when).flatMap(([target, schema]) => conditionUse(name, target, schema).map((use) => ({ ...use, keywords: ["sampling", "rules", index, ...use.keywords] }))));
}

function conditionUse(path: string, target: string, schema: Json): readonly Use[] {
  if (typeof schema !== "object" || schema === null || !("pattern" in schema) || typeof schema.pattern !== "string") return [];
  const maxLength = "maxLength" in schema && typeof schema.maxLength === "number" ? schema.maxLength : undefined;
  return [{ pattern: schema.pattern, path, keywords: ["when", target, "pattern"], maxLength }];
}

type Analysis =
  | { readonly kind: "invalid"; readonly why: string }
  | { readonly kind: "ambiguous"; readonly loop: string }
  | { readonly kind: "complex" }
  | Measured;

interface Measured {
  readonly kind: "measured";
  readonly growth: Growth;
  /** Characters of the longest text that matches. */
  readonly longest: number;
  readonly stepsAt: (length: number) => number;
  readonly lengthWithin: (steps: number) => number;
}

/** What reads patterns is loaded when there is one. */
async function analyse(pattern: string): Promise<Analysis> {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { kind: "invalid", why: text.slice(text.lastIndexOf(": ") + 2) };
  }
  const { automatonOf } = await import("./automaton.js");
  const { ambiguousLoop } = await import("./ambiguity.js");
  const { growthOf, lengthWithin, stepsAt } = await import("./growth.js");
  const automaton = automatonOf(pattern);
  if (automaton === undefined) return { kind: "complex" };
  const verdict = ambiguousLoop(automaton);
  if (verdict.kind !== "fine") return verdict;
  const growth = growthOf(automaton);
  if (growth === undefined) return { kind: "complex" };
  return { kind: "measured", growth, longest: automaton.longest, stepsAt: (length) => stepsAt(growth, length), lengthWithin: (steps) => lengthWithin(growth, steps) };
}

type Telling = (at: ReturnType<Places>) => Diagnostic;

function judge(analysis: Analysis, { pattern, path, maxLength = Infinity }: Use): Telling | undefined {
  switch (analysis.kind) {
    case "invalid":
      return (at) => diagnostic("BAD_PATTERN", { path, pattern, why: analysis.why }, { at });
    case "complex":
      return (at) => diagnostic("COMPLEX_PATTERN", { path }, { at });
    case "ambiguous":
      return (at) => diagnostic("CATASTROPHIC_PATTERN", { path, part: analysis.loop }, { at });
    case "measured":
      return growing(analysis, path, maxLength);
  }
}

function growing({ growth: { short, example, degree }, longest, stepsAt, lengthWithin }: Measured, path: string, maxLength: number): Telling | undefined {
  if (short > maxSteps) return (at) => diagnostic("CATASTROPHIC_PATTERN", { path, example, steps: short }, { at });
  const reach = Math.min(longest, maxLength);
  if (Number.isFinite(reach) ? stepsAt(reach) <= maxSteps : degree < 2) return undefined;
  const length = Math.min(reach, exampleLength);
  return (at) => diagnostic("SLOW_PATTERN", { path, degree, length, steps: stepsAt(length), maxLength: lengthWithin(maxSteps) }, { at });
}
