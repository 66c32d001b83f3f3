/** One rule, from data to a function: whether it matches an event, and which share of the events like it is kept. */
import type { SampledEvent } from "../runtime/sampler.js";
import { compileCondition, compilePath } from "./condition.js";
import { createKeyTable } from "./key-table.js";
import { createRunningRate, windowSeconds } from "./running-rate.js";
import { createSketch } from "./sketch.js";
import type { EventRule, Percentile } from "./types.js";

/** Keys of one rule that are told apart: 1.9 KB each with `slowerThan`. */
export const maxKeys = 500;
/** A key's percentile makes place for another's after so long without an event. */
const sketchIdleMs = 3_600_000;
/** UTF-16 units of one value of a key. */
const maxKeyLength = 100;

export interface CompiledRule {
  readonly name: string;
  matches(event: SampledEvent): boolean;
  /** The share that is kept of the events like this one, which matches. */
  share(event: SampledEvent): number;
}

/** A rule of any registry. */
export interface RuleData extends Omit<EventRule, "when" | "per"> {
  readonly when?: { readonly [path: string]: object | undefined };
  readonly per?: readonly string[];
}

type Match = (event: SampledEvent) => boolean;

/** Throws, with what is wrong, for data that is no rule. */
export function compileRule(rule: RuleData, now: () => number): CompiledRule {
  onlyKeys(rule, ruleKeys);
  const { name, keep = 1, perSecond, slowerThanMs = 0 } = rule;
  if (typeof name !== "string" || name === "") throw new Error("has no name");
  if (!isShare(keep)) throw new Error("keep is a share from 0 to 1");
  if (!(slowerThanMs >= 0)) throw new Error("slowerThanMs is a number, 0 or more");
  const keyOf = compileKey(rule.per ?? []);
  const matches = [...cheapMatches(rule), ...(rule.when === undefined ? [] : [compileCondition(rule.when)]), ...(rule.slowerThan === undefined ? [] : [slowerThan(rule.slowerThan, keyOf, now)])];
  return { name, matches: (event) => matches.every((match) => match(event)), share: perSecond === undefined ? () => keep : thinned({ perSecond, keep }, keyOf, now) };
}

const ruleKeys: ReadonlySet<string> = new Set<keyof RuleData>(["name", "event", "outcome", "unforeseen", "sampled", "slowerThanMs", "slowerThan", "when", "per", "perSecond", "keep"]);

/** A misspelt condition would be none, and its rule match every event. */
export function onlyKeys(value: object, known: ReadonlySet<string>): void {
  const other = Object.keys(value).find((key) => !known.has(key));
  if (other !== undefined) throw new Error(`there is no ${other}`);
}

export function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function cheapMatches({ event: names, outcome: outcomes, unforeseen, sampled, slowerThanMs }: RuleData): readonly Match[] {
  return [
    ...(names === undefined ? [] : [oneOf<SampledEvent["name"]>(names, ({ name }) => name)]),
    ...(outcomes === undefined ? [] : [oneOf<SampledEvent["outcome"]>(outcomes, ({ outcome }) => outcome)]),
    ...(unforeseen === undefined ? [] : [(event: SampledEvent) => (own(event.peek("error"), "unforeseen") === true) === unforeseen]),
    ...(sampled === undefined ? [] : [(event: SampledEvent) => event.sampled === sampled]),
    ...(slowerThanMs === undefined ? [] : [({ durationMs }: SampledEvent) => durationMs > slowerThanMs]),
  ];
}

function oneOf<Value>(wanted: Value | readonly Value[], of: (event: SampledEvent) => Value): Match {
  const all = new Set([wanted].flat());
  return (event) => all.has(of(event));
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

const quantiles: { readonly [P in Percentile]: number } = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 };

function slowerThan(percentile: Percentile, keyOf: (event: SampledEvent) => string, now: () => number): Match {
  if (!Object.hasOwn(quantiles, percentile)) throw new Error(`slowerThan is one of ${Object.keys(quantiles).join(", ")}`);
  const sketches = createKeyTable({ make: () => createSketch(quantiles[percentile]), maxKeys, idleMs: sketchIdleMs });
  return (event) => {
    const nowMs = now();
    return sketches.of(keyOf(event), nowMs).isAbove(event.durationMs, nowMs);
  };
}

function thinned({ perSecond, keep }: { readonly perSecond: number; readonly keep: number }, keyOf: (event: SampledEvent) => string, now: () => number): CompiledRule["share"] {
  if (!Number.isFinite(perSecond) || perSecond <= 0) throw new Error("perSecond is a number greater than 0");
  const rates = createKeyTable({ make: () => createRunningRate(perSecond), maxKeys, idleMs: 3_000 * windowSeconds(perSecond) });
  return (event) => {
    const nowMs = now();
    return keep * rates.of(keyOf(event), nowMs).share(nowMs);
  };
}

/** The event's name and what stands at the paths; what is not there is a value like any other. Keys never leave the process. */
function compileKey(paths: readonly string[]): (event: SampledEvent) => string {
  const shown = paths.map(compileShown);
  if (shown.length === 0) return ({ name }) => name;
  return (event) => shown.reduce((key, show) => `${key}\0${show(event)}`, event.name);
}

function compileShown(path: string): (event: SampledEvent) => string {
  let text = "";
  const look = compilePath(path, (value) => {
    text = typeof value === "object" ? "" : String(value).slice(0, maxKeyLength);
    return true;
  });
  return (event) => {
    text = "";
    look(event);
    return text;
  };
}
