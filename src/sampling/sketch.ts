/**
 * A running percentile of durations in bounded memory. As in DDSketch (Masson, Rim, Lee 2019), durations are counted in buckets whose bounds grow by a
 * constant factor, so that the error is relative.
 */

/** A bucket's upper bound is this factor above its lower one: the threshold lies at most 5 % above the true percentile. */
export const bucketFactor = 1.05;
/** Milliseconds; everything shorter is one bucket, and everything longer than the last bound is another. */
const shortest = 0.01;
const longest = 1e8;
const buckets = Math.ceil(Math.log(longest / shortest) / Math.log(bucketFactor)) + 2;

/** All counts are halved when there are so many observations, or every five minutes while there are enough left. */
const halvedAt = 8_192;
const halvedEveryMs = 300_000;
const enough = 2_048;
/** Observations between two looks at where the percentile lies. */
const lookEvery = 16;

export interface Sketch {
  /** Whether the duration is above the percentile of those before it. Of fewer than 1 / (1 - quantile) of them there is none. Then it is counted. */
  isAbove(durationMs: number, nowMs: number): boolean;
}

/** 1.9 KB each. */
export function createSketch(quantile: number): Sketch {
  const counts = new Float32Array(buckets);
  const atLeast = Math.round(1 / (1 - quantile));
  let total = 0;
  let limit = buckets;
  let sinceLook = 0;
  let halvedMs: number | undefined;
  const halve = (nowMs: number): void => {
    for (let index = 0; index < buckets; index++) counts[index] = (counts[index] ?? 0) / 2;
    total /= 2;
    halvedMs = nowMs;
  };
  return {
    isAbove: (durationMs, nowMs) => {
      halvedMs ??= nowMs;
      if (total >= halvedAt || (nowMs - halvedMs >= halvedEveryMs && total >= enough)) halve(nowMs);
      const bucket = bucketOf(durationMs);
      if (total >= atLeast && (limit === buckets || sinceLook >= lookEvery)) {
        limit = bucketAt(counts, (1 - quantile) * total);
        sinceLook = 0;
      }
      const isAbove = bucket > limit;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      total += 1;
      sinceLook += 1;
      return isAbove;
    },
  };
}

function bucketOf(durationMs: number): number {
  return durationMs > shortest ? Math.min(buckets - 1, Math.ceil(Math.log(durationMs / shortest) / Math.log(bucketFactor))) : 0;
}

/** The highest bucket above which there is no more than so many. */
function bucketAt(counts: Float32Array, above: number): number {
  let sum = 0;
  for (let bucket = buckets - 1; bucket > 0; bucket--) {
    sum += counts[bucket] ?? 0;
    if (sum > above) return bucket;
  }
  return 0;
}
