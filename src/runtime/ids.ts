/** Identifiers and clocks: from the platform's cryptographic source, injectable for tests. */
import { hex } from "./sha256.js";

/** Where identifiers come from. */
export interface Ids {
  /** `evnt_` and 25 base62 digits; later ones sort behind earlier ones (milliseconds). */
  eventId(nowMs: number): string;
  /** 32 hexadecimal digits. */
  traceId(): string;
  /** `span_` and 16 hexadecimal digits. */
  spanId(): string;
}

/** Where time comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number;
}

/** In ASCII order, so that texts sort like the numbers they stand for. */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const timeDigits = 8;
/** 17 × log2(62) = 101 bits. */
const randomDigits = 17;
const poolBytes = 4096;
/** Random identifiers; bytes are drawn from the platform 4 KB at a time. */
export function randomIds(): Ids {
  const pool = new Uint8Array(poolBytes);
  let used = filled(pool) ? 0 : poolBytes;
  /** Where as many fresh bytes begin. */
  const take = (count: number): number => {
    if (used + count > poolBytes) {
      fillRandom(pool);
      used = 0;
    }
    const from = used;
    used += count;
    return from;
  };
  let time = Number.NaN;
  let prefix = "";
  return {
    eventId: (nowMs) => {
      if (nowMs !== time) {
        time = nowMs;
        prefix = `evnt_${base62(nowMs)}`;
      }
      let text = prefix;
      for (let left = randomDigits; left > 0; ) {
        const byte = pool[take(1)] ?? 0;
        if (byte >= 248) continue;
        text += digits[byte % 62];
        left--;
      }
      return text;
    },
    traceId: () => {
      const from = take(16);
      return hex(pool, from, from + 16);
    },
    spanId: () => {
      const from = take(8);
      return `span_${hex(pool, from, from + 8)}`;
    },
  };
}

function base62(value: number): string {
  let rest = Math.max(0, Math.floor(value));
  let text = "";
  for (let place = 0; place < timeDigits; place++) {
    text = (digits[rest % 62] ?? "0") + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** The first draw loads the platform's cryptography, which takes a millisecond: better now than within the first event. Some workers allow none before a request. */
function filled(pool: Uint8Array): boolean {
  try {
    fillRandom(pool);
    return true;
  } catch {
    return false;
  }
}

function fillRandom(pool: Uint8Array): boolean {
  try {
    globalThis.crypto.getRandomValues(pool);
    return true;
  } catch {
    for (let index = 0; index < pool.length; index++) pool[index] = Math.floor(Math.random() * 256);
    return false;
  }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: globalThis.performance === undefined ? () => Date.now() : () => performance.now(),
};
