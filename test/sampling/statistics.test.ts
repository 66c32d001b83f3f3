/** What analysts rely on: counts and sums weighted by `sampleRate` are those of all events. Seeds are fixed: nothing here can flake. */
import { describe, expect, it } from "vitest";
import { createSketch, bucketFactor } from "../../src/sampling/sketch.js";
import { isInShare } from "../../src/sampling/trace.js";
import { tailSampling, type Sampler } from "../../src/sampling/index.js";
import { finished, random, traceId } from "./events.js";

/** Beyond this many standard deviations an estimate is off: 1 in 150,000. */
const tolerated = 4.5;
const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);
const eventsPerSeed = 1_500;

interface Errors {
  /** Deviations of the estimated count and of the estimated sum of costs, in standard deviations. */
  readonly count: number;
  readonly cost: number;
}

/** Horvitz and Thompson: an event kept with probability p counts 1 / p, and adds (1 - p) / p² × value² to the variance. */
function errorsOf(seed: number, samplerOf: (now: () => number) => Sampler): Errors {
  const next = random(seed);
  let nowMs = 0;
  const sampler = samplerOf(() => nowMs);
  const totals = { count: 0, cost: 0, countVariance: 0, costVariance: 0 };
  for (let index = 0; index < eventsPerSeed; index++) {
    nowMs += next() * 20;
    const cost = next() ** 4;
    const tenant = Math.floor(next() ** 3 * 8);
    const event = finished({ traceId: traceId(next), outcome: next() < 0.02 ? "error" : "ok", durationMs: 10 / (1 - next()), fields: { llm: { costUsd: cost }, user: { id: tenant } } });
    const { keep, rate } = sampler(event);
    const weight = keep ? rate : 0;
    totals.count += weight - 1;
    totals.cost += (weight - 1) * cost;
    totals.countVariance += rate - 1;
    totals.costVariance += (rate - 1) * cost * cost;
  }
  return { count: totals.count / Math.sqrt(totals.countVariance), cost: totals.cost / Math.sqrt(totals.costVariance) };
}

describe("counts and sums weighted by sampleRate are unbiased", () => {
  const samplers: { readonly [name: string]: (now: () => number) => Sampler } = {
    "with a base share": () => tailSampling({ base: 0.05 }),
    "with rules over outcome, time and fields": () =>
      tailSampling({ rules: [{ name: "error", outcome: "error" }, { name: "slow", slowerThanMs: 200, keep: 0.5 }, { name: "dear", when: { "llm.costUsd": { minimum: 0.5 } }, keep: 0.3 }], base: 0.05 }),
    "with a running percentile": (now) => tailSampling({ rules: [{ name: "slow", slowerThan: "p95" }], base: 0.1, now }),
    "with a rate per key": (now) => tailSampling({ rules: [{ name: "tenant", per: ["user.id"], perSecond: 0.8 }], now }),
  };

  it.each(Object.keys(samplers))("%s", (name) => {
    const errors = seeds.map((seed) => errorsOf(seed, samplers[name] ?? (() => tailSampling())));
    for (const part of ["count", "cost"] as const) {
      const deviations = errors.map((one) => one[part]);
      expect(Math.max(...deviations.map(Math.abs)), part).toBeLessThan(tolerated);
      expect(Math.abs(deviations.reduce((sum, one) => sum + one, 0)) / Math.sqrt(seeds.length), `${part}, over all seeds`).toBeLessThan(tolerated);
      const spread = deviations.reduce((sum, one) => sum + one * one, 0) / seeds.length;
      expect(spread, `${part}: deviations are as large as they have to be`).toBeGreaterThan(0.5);
      expect(spread).toBeLessThan(1.6);
    }
  });

  it("and would not be if kept events counted a tenth more", () => {
    const wrong: Sampler = (event) => {
      const decision = tailSampling({ base: 0.05 })(event);
      return { ...decision, rate: decision.rate * 1.1 };
    };
    const deviations = seeds.map((seed) => errorsOf(seed, () => wrong).count);
    expect(Math.abs(deviations.reduce((sum, one) => sum + one, 0)) / Math.sqrt(seeds.length)).toBeGreaterThan(tolerated);
  });
});

describe("services of one trace", () => {
  const shares = [0.001, 0.05, 0.1, 1 / 3, 0.5, 0.999, 1];
  const next = random(11);
  const ids = Array.from({ length: 3_000 }, () => traceId(next));

  it("keep the same traces at one share", () => {
    for (const share of shares) {
      const [first, second] = [tailSampling({ base: share }), tailSampling({ base: share, rules: [{ name: "never", event: "none" }] })];
      expect(ids.filter((id) => first(finished({ traceId: id })).keep !== second(finished({ traceId: id, name: "other", durationMs: 99 })).keep)).toEqual([]);
    }
  });

  it("that keep less keep a subset of what those keep that keep more", () => {
    for (const [index, share] of shares.entries()) {
      for (const more of shares.slice(index + 1)) expect(ids.filter((id) => isInShare(id, share) === true && isInShare(id, more) === false)).toEqual([]);
    }
  });

  it("keep the share that they are told to", () => {
    for (const share of shares) {
      const kept = ids.filter((id) => isInShare(id, share)).length;
      expect(Math.abs(kept - ids.length * share)).toBeLessThanOrEqual(tolerated * Math.sqrt(ids.length * share * (1 - share)));
    }
  });

  it("decide as OpenTelemetry does: the rightmost 56 bits against the rejection threshold", () => {
    const ofBits = (share: number, id: string): boolean => BigInt(`0x${id.slice(18)}`) >= BigInt(Math.round((1 - share) * 2 ** 48)) << 8n;
    for (const share of shares) expect(ids.filter((id) => isInShare(id, share) !== ofBits(share, id))).toEqual([]);
    expect(isInShare(`${"0".repeat(18)}80000000000000`, 0.5)).toBe(true);
    expect(isInShare(`${"f".repeat(18)}7fffffffffffff`, 0.5)).toBe(false);
  });

  it.each(["", "trace-1", "z".repeat(32), "f".repeat(31)])("keep what has no W3C trace id, at rate 1: %j", (id) => {
    expect(tailSampling({ base: 0.001 })(finished({ traceId: id }))).toEqual({ keep: true, rate: 1, reason: "base" });
  });
});

describe("a running percentile", () => {
  it.each([0.5, 0.9, 0.99, 0.999])("%d lies at most 5 % above the true one", (quantile) => {
    for (const seed of [1, 2, 3]) {
      const next = random(seed);
      const durations = Array.from({ length: 8_000 }, () => 5 * Math.exp(3 * (next() + next() + next() - 1.5)));
      const sketch = createSketch(quantile);
      for (const duration of durations) sketch.isAbove(duration, 0);
      const sorted = [...durations].sort((left, right) => left - right);
      const exact = sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0;
      const [low, high] = [exact * 0.999, exact * bucketFactor * 1.001];
      // The place of the percentile is looked up every 16 observations, so one look-up may be due.
      for (let index = 0; index < 17; index++) sketch.isAbove(exact, 0);
      expect(sketch.isAbove(low, 0)).toBe(false);
      expect(sketch.isAbove(high, 0)).toBe(true);
    }
  });

  it("forgets: after a deployment that made everything slower, slow is what is slow now", () => {
    const sketch = createSketch(0.99);
    const next = random(1);
    for (let index = 0; index < 50_000; index++) sketch.isAbove(10 + next(), 0);
    let above = 0;
    for (let index = 0; index < 20_000; index++) if (sketch.isAbove(100 + 10 * next(), 0) && index >= 2_000) above += 1;
    expect(above / 18_000).toBeLessThan(0.02);
  });

  it("says nothing of too few, and of those that are all alike", () => {
    const sketch = createSketch(0.99);
    for (let index = 0; index < 99; index++) expect(sketch.isAbove(index, 0)).toBe(false);
    const alike = createSketch(0.99);
    for (let index = 0; index < 1_000; index++) expect(alike.isAbove(5, 0)).toBe(false);
    for (const odd of [0, -1, Number.NaN, Infinity]) expect(() => alike.isAbove(odd, 0)).not.toThrow();
  });
});
