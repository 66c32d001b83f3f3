/** How often something happens, forgetting what is long ago; and the share of it that makes a target. */

/** Events that a key may have at once before it is thinned; the time that is looked back follows from it and from the target. */
const burst = 10;
const leastWindowSeconds = 1;

/** Seconds after which an event counts 1/e of itself. */
export function windowSeconds(perSecond: number): number {
  return Math.max(leastWindowSeconds, burst / perSecond);
}

export interface RunningRate {
  /** Counts one event; the share to keep of those like it, so that about `perSecond` are kept. */
  share(nowMs: number): number;
}

/**
 * The sum of all events so far, each weighted by exp(-age / window), estimates rate × window, and the share is perSecond × window / sum, at most 1.
 * It depends on when events came and on nothing else, so that counts weighted by 1 / share are unbiased.
 */
export function createRunningRate(perSecond: number): RunningRate {
  const window = windowSeconds(perSecond);
  let sum = 0;
  let atMs = 0;
  return {
    share: (nowMs) => {
      sum = sum * Math.exp(Math.min(0, atMs - nowMs) / 1000 / window) + 1;
      atMs = nowMs;
      return Math.min(1, (perSecond * window) / sum);
    },
  };
}
