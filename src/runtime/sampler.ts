/** What decides, when an event is complete, whether it is kept. */
import type { FieldRule } from "./contract.js";
import { clip } from "./plain.js";
import type { Outcome, Problem } from "./types.js";

/** A finished event, as a sampler sees it. */
export interface SampledEvent {
  readonly name: string;
  /** Decide by this alone, and all services of a trace decide alike. */
  readonly traceId: string;
  readonly durationMs: number;
  readonly outcome: Outcome;
  /** Of the error, when it has one; an error without was not foreseen. */
  readonly slug: string | undefined;
  /** What the caller of a continued trace decided. */
  readonly sampled: boolean | undefined;
  /** The finished record, made when it is first asked for: not to ask is what makes a dropped event cheap. */
  readonly record: { readonly [key: string]: unknown };
  /**
   * What stands under one key of the record (`user`, `originator`, `durationMs`), as it was written: not checked, nothing hashed, masked, rounded or
   * left out yet, and not a copy. It is there to be compared, costs nothing, and is not to be changed or passed on. `field`: one field of it, which is the
   * cheap way to those of the originator.
   */
  peek(key: string, field?: string): unknown;
  /** The rule of what stands under that key, where anything below it may be rounded: `wevt/sampling` compares numbers as they will stand on the record. */
  ruleOf?(key: string): FieldRule | undefined;
}

export interface Decision {
  readonly keep: boolean;
  /** At least 1: a kept record stands for so many. */
  readonly rate: number;
  /** Which rule decided: `error`, `slow`, `base` … */
  readonly reason: string;
}

/**
 * Decides on one event. One that throws, or answers with something else, keeps the event at rate 1.
 *
 *     const sampling: Sampler = (event) => ({ keep: event.outcome !== "ok" || hashBelow(event.traceId, 0.1), rate: 10, reason: "base" });
 */
export type Sampler = (event: SampledEvent) => Decision;

/** Where nothing is sampled. */
export const keepAll: Decision = { keep: true, rate: 1, reason: "all" };

/** Of an event that carries a partial whose schema says `alwaysKeep`. */
export const alwaysKept: Decision = { keep: true, rate: 1, reason: "alwaysKeep" };

const maxReasonLength = 200;

/** The sampler's answer, or to keep the event where it has none. */
export function decide(sampling: Sampler, event: SampledEvent, report: (problem: Problem) => void): Decision {
  try {
    const decision: unknown = sampling(event);
    if (decision instanceof Promise) decision.catch(() => {});
    const { keep, rate, reason } = Object(decision);
    if (typeof keep === "boolean" && Number.isFinite(rate) && rate >= 1 && typeof reason === "string") return { keep, rate, reason: clip(reason, maxReasonLength) };
    report({ problem: "constraint", path: "sampling", message: "a sampler answers { keep, rate, reason }, with a rate of at least 1: the event was kept" });
  } catch {
    report({ problem: "constraint", path: "sampling", message: "the sampler threw: the event was kept" });
  }
  return keepAll;
}
