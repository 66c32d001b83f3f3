/** One decision for a whole trace: the same in every service, whoever makes it. */

/**
 * W3C Trace Context (level 2) makes the rightmost 56 bits of a trace id random, and OpenTelemetry's consistent probability sampling keeps a trace
 * when these bits are at least (1 - share) × 2^56. Here the upper 48 of them are compared: the same decision, for thresholds of up to 12 digits.
 */
const randomFrom = 18;
const randomTo = 30;
const range = 2 ** 48;

/** Smaller shares than this count as this one. */
export const leastShare = 2 ** -40;

/** Whether a trace is in the share that is kept; undefined for an identifier that is no W3C trace id. Whoever keeps a larger share keeps all of a smaller one. */
export function isInShare(traceId: string, share: number): boolean | undefined {
  if (traceId.length !== 32) return undefined;
  let random = 0;
  for (let index = randomFrom; index < randomTo; index++) {
    const digit = digitOf(traceId.charCodeAt(index));
    if (digit < 0) return undefined;
    random = random * 16 + digit;
  }
  return random >= Math.round((1 - share) * range);
}

/** Of a hexadecimal digit; -1 for anything else. Number("0x…") takes five times as long for the twelve of them. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
