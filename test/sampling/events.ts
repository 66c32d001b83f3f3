/** Finished events made by hand, and numbers that are random and the same on each run. */
import type { SampledEvent } from "../../src/runtime/sampler.js";

export interface Given extends Partial<Omit<SampledEvent, "record" | "peek">> {
  /** What stands on the record, beside name, outcome and duration. */
  readonly fields?: { readonly [key: string]: unknown };
}

/** Making its record is a mistake: the rules look at values one by one. */
export function finished({ fields = {}, name = "http", traceId = "0".repeat(32), durationMs = 1, outcome = "ok", slug, sampled }: Given = {}): SampledEvent {
  const values: { readonly [key: string]: unknown } = { ...fields, event: name, durationMs, outcome };
  return {
    name,
    traceId,
    durationMs,
    outcome,
    slug,
    sampled,
    get record(): never {
      throw new Error("the record was made");
    },
    peek: (key, field) => (field === undefined ? values[key] : Object(values[key])[field]),
  };
}

/** mulberry32: from 0 to below 1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function traceId(next: () => number): string {
  return Array.from({ length: 4 }, () => Math.floor(next() * 2 ** 32).toString(16).padStart(8, "0")).join("");
}
