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
  /**
   * Calls back once, after so many milliseconds of this clock; what it returns takes that back. For time limits of events and the second in which late writes
   * are gathered. Default: the timers of the platform, which all else waits on in any case (`flush`, `close`, health records, collectors).
   */
  later?(delayMs: number, work: () => void): () => void;
}

/** In ASCII order, so that texts sort like the numbers they stand for. */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The digit that a random byte stands for. The last 8 stand for none, which would make some digits likelier than others. */
const randomDigit: Uint8Array = Uint8Array.from({ length: 248 }, (_, byte) => digits.charCodeAt(byte % 62));
const timeDigits = 8;
/** 17 × log2(62) = 101 bits. */
const randomDigits = 17;
const poolBytes = 8192;
/** Hexadecimal digits are made of so many bytes at once. An identifier that somebody keeps holds the text that it was cut from. */
const hexBytes = 512;

/** Random identifiers; bytes are drawn from the platform 8 KB at a time. */
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
  const random = Array.from({ length: randomDigits }, () => 0);
  let hex = "";
  let hexUsed = 0;
  const takeHex = (count: number): string => {
    if (hexUsed + count > hex.length) {
      const from = take(hexBytes);
      hex = hexOf(pool.subarray(from, from + hexBytes));
      hexUsed = 0;
    }
    hexUsed += count;
    return hex.slice(hexUsed - count, hexUsed);
  };
  let time = Number.NaN;
  let prefix = "";
  const ids: Ids = {
    eventId: (nowMs) => {
      if (nowMs !== time) {
        time = nowMs;
        prefix = `evnt_${timeText(nowMs)}`;
      }
      for (let place = 0; place < randomDigits; ) {
        const first = take(randomDigits - place);
        for (let from = first, end = first + randomDigits - place; from < end; from++) {
          const byte = pool[from] ?? 255;
          if (byte < randomDigit.length) random[place++] = randomDigit[byte] ?? 0;
        }
      }
      return prefix + String.fromCharCode.apply(undefined, random);
    },
    traceId: () => takeHex(32),
    spanId: () => `span_${takeHex(16)}`,
  };
  // Drawn for nothing: what draws is compiled now, and not within the first event.
  if (used < poolBytes) for (const draw of [ids.eventId, ids.traceId, ids.spanId]) draw(0);
  return ids;
}

function hexOf(bytes: Uint8Array): string {
  const host: unknown = Reflect.get(globalThis, "Buffer");
  return isBufferHost(host) ? host.from(bytes).toString("hex") : Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isBufferHost(value: unknown): value is { from(bytes: Uint8Array): { toString(encoding: "hex"): string } } {
  return typeof value === "function" && "from" in value;
}

function timeText(value: number): string {
  let text = "";
  let rest = Math.max(0, Math.floor(value));
  for (let count = 0; count < timeDigits; count++) {
    text = digits.charAt(rest % 62) + text;
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
