/** `wevt/sampling`: which finished events are kept. Rules are data; what they look at is read without making the record of an event that is dropped. */
import type { Decision, SampledEvent, Sampler } from "../runtime/sampler.js";
import type { RegistryTypes } from "../runtime/types.js";
import type { AnyRegistry } from "../runtime/wevt-types.js";
import { compileRule, isShare, onlyKeys, type CompiledRule, type RuleData } from "./rule.js";
import { isInShare, leastShare } from "./trace.js";
import type { EventRule } from "./types.js";

export interface TailSamplingOptions<R extends RegistryTypes = AnyRegistry> {
  /** The first one that matches decides. */
  readonly rules?: readonly EventRule<R>[];
  /** The share that is kept of what no rule matches, from 0 to 1. Default 1. */
  readonly base?: number;
  /** Milliseconds of a clock that never goes back; for tests. */
  readonly now?: () => number;
}

/**
 * A sampler that decides when an event is complete.
 *
 *     createWevt({
 *       sampling: tailSampling<Registry>({
 *         rules: [
 *           { name: "error", outcome: ["error", "timeout", "aborted"] },
 *           { name: "slow", slowerThan: "p99", per: ["originator.path"] },
 *           { name: "expensive", when: { "llm.costUsd": { minimum: 0.5 } } },
 *         ],
 *         base: 0.05,
 *       }),
 *     });
 *
 * A share decides by the trace id alone, so that all services keep the same traces, and whoever keeps a larger share keeps those of a smaller one.
 * The record says which rule kept it, and how many events it stands for. Options that cannot be meant keep every event, and `sampleReason` says
 * what is wrong with them.
 */
export function tailSampling<R extends RegistryTypes = AnyRegistry>(options: TailSamplingOptions<R> = {}): Sampler {
  return compile(options, monotonic);
}

/**
 * The sampler of the events that say in their files how they are sampled. All others are kept.
 *
 *     createWevt({ sampling: declaredSampling(registry.events) })  // what the generated `createWevt` does by itself
 */
export function declaredSampling(events: readonly { readonly name: string; readonly sampling?: object }[], options: { readonly now?: () => number } = {}): Sampler {
  try {
    const { now = monotonic } = options ?? {};
    const byName = new Map(events.flatMap(({ name, sampling }) => (sampling === undefined ? [] : [[name, compile(sampling, now)] as const])));
    return (event) => byName.get(event.name)?.(event) ?? all;
  } catch {
    return () => ({ keep: true, rate: 1, reason: "invalid sampling: the events cannot be read" });
  }
}

const all: Decision = { keep: true, rate: 1, reason: "all" };

function monotonic(): number {
  return performance.now();
}

const optionKeys: ReadonlySet<string> = new Set<keyof TailSamplingOptions>(["rules", "base", "now"]);

function compile(sampling: object, clock: () => number): Sampler {
  try {
    onlyKeys(sampling, optionKeys);
    const { rules = [], base = 1, now = clock } = asData(sampling);
    if (!isShare(base)) throw new Error("base is a share from 0 to 1");
    const compiled = rules.map((rule, index) => within(`rules[${index}]`, () => compileRule(rule, now)));
    return (event) => {
      for (const rule of compiled) if (rule.matches(event)) return decision(event, rule.share(event), rule.name);
      return decision(event, base, "base");
    };
  } catch (error) {
    const reason = `invalid sampling: ${error instanceof Error ? error.message : "not to be read"}`;
    return () => ({ keep: true, rate: 1, reason });
  }
}

/** Named guard: what the types promise, the rules check for themselves, value by value. */
function asData(sampling: object): { readonly rules?: readonly RuleData[]; readonly base?: unknown; readonly now?: () => number } {
  return sampling;
}

function within(place: string, make: () => CompiledRule): CompiledRule {
  try {
    return make();
  } catch (error) {
    throw new Error(`${place}: ${error instanceof Error ? error.message : "not to be read"}`, { cause: error });
  }
}

/** An event kept with probability `share` stands for 1 / share of them. */
function decision({ traceId }: SampledEvent, share: number, reason: string): Decision {
  if (share === 0) return { keep: false, rate: 1, reason };
  const counted = Math.max(share, leastShare);
  const keep = isInShare(traceId, counted);
  return keep === undefined ? { keep: true, rate: 1, reason } : { keep, rate: 1 / counted, reason };
}

export type { Decision, SampledEvent, Sampler } from "../runtime/sampler.js";
export type { Condition, EventRule, Percentile, RecordPath, Sampling, SamplingRule } from "./types.js";
