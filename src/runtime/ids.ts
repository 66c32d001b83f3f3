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
const poolBytes = 2048;

/** Random identifiers; bytes are drawn from the platform 2 KB at a time. */
export function randomIds(): Ids {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  let secure = true;
  const take = (count: number): Uint8Array => {
    if (used + count > poolBytes) {
      secure = fillRandom(pool);
      used = 0;
    }
    const bytes = pool.subarray(used, used + count);
    used = secure ? used + count : poolBytes;
    return bytes;
  };
  return {
    eventId: (nowMs) => {
      let random = "";
      while (random.length < randomDigits) {
        const byte = take(1)[0] ?? 0;
        if (byte < 248) random += digits[byte % 62];
      }
      return `evnt_${base62(nowMs)}${random}`;
    },
    traceId: () => hex(take(16)),
    spanId: () => `span_${hex(take(8))}`,
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

/** False where the platform has no cryptographic source, or none yet (edge workers have one inside a request only): it is asked again the next time. */
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
