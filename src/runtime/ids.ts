/** Identifiers and clocks: from the platform's cryptographic source, injectable for tests. */
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
const digits: readonly number[] = codesOf("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const hexDigits: readonly number[] = codesOf("0123456789abcdef");
const timeDigits = 8;
/** 17 × log2(62) = 101 bits. */
const randomDigits = 17;
const poolBytes = 4096;

/** Random identifiers; bytes are drawn from the platform 4 KB at a time. Each is made of codes that stay in place: pieces that are joined cost twice as much. */
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
  const event = codesOf(`evnt_${"0".repeat(timeDigits + randomDigits)}`);
  const trace = codesOf("0".repeat(32));
  const span = codesOf(`span_${"0".repeat(16)}`);
  const fillHex = (codes: number[], prefix: number): void => {
    let from = take((codes.length - prefix) / 2);
    for (let place = prefix; place < codes.length; place += 2) {
      const byte = pool[from++] ?? 0;
      codes[place] = hexDigits[byte >> 4] ?? 0;
      codes[place + 1] = hexDigits[byte & 15] ?? 0;
    }
  };
  let time = Number.NaN;
  return {
    eventId: (nowMs) => {
      if (nowMs !== time) {
        time = nowMs;
        fillTime(event, nowMs);
      }
      for (let place = event.length - randomDigits; place < event.length; ) {
        const byte = pool[take(1)] ?? 0;
        if (byte < 248) event[place++] = digits[byte % 62] ?? 0;
      }
      return String.fromCharCode(...event);
    },
    traceId: () => {
      fillHex(trace, 0);
      return String.fromCharCode(...trace);
    },
    spanId: () => {
      fillHex(span, "span_".length);
      return String.fromCharCode(...span);
    },
  };
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function fillTime(codes: number[], value: number): void {
  let rest = Math.max(0, Math.floor(value));
  for (let place = codes.length - randomDigits - 1; place >= codes.length - randomDigits - timeDigits; place--) {
    codes[place] = digits[rest % 62] ?? 48;
    rest = Math.floor(rest / 62);
  }
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
