/** State per key, for a bounded number of keys. */

export interface KeyTable<State> {
  /** The state of this key. While all places are taken by keys in use, the keys that came too late share one. */
  of(key: string, nowMs: number): State;
}

export interface KeyTableOptions<State> {
  readonly make: () => State;
  readonly maxKeys: number;
  /** A key that was not asked for so long makes place for another. */
  readonly idleMs: number;
}

export function createKeyTable<State>({ make, maxKeys, idleMs }: KeyTableOptions<State>): KeyTable<State> {
  /** The one that was not asked for the longest time comes first, give or take a quarter of the idle time: to move one at each use is dear. */
  const entries = new Map<string, { readonly state: State; usedMs: number }>();
  let shared: State | undefined;
  return {
    of: (key, nowMs) => {
      const known = entries.get(key);
      if (known !== undefined) {
        if (nowMs - known.usedMs > idleMs / 4) {
          known.usedMs = nowMs;
          entries.delete(key);
          entries.set(key, known);
        }
        return known.state;
      }
      if (entries.size >= maxKeys) {
        const [oldest] = entries;
        if (oldest === undefined || nowMs - oldest[1].usedMs < idleMs) return (shared ??= make());
        entries.delete(oldest[0]);
      }
      const state = make();
      entries.set(key, { state, usedMs: nowMs });
      return state;
    },
  };
}
