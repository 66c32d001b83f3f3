/** The powers of ten that `double` of scan.wat multiplies by, each made when a number first takes it: all of them are 10 KB that nobody should have to download. */
import { type Memory, powersOfTen } from "./memory.js";

const bytesEach = 16;
/** Of the first one: 10 ** -292. */
const smallest = -292;

/** Puts the one of this number where it stands: its 128 highest bits, rounded up. */
export function makePower({ view }: Pick<Memory, "view">, index: number): void {
  const bits = highest(index + smallest);
  view.setBigUint64(powersOfTen + index * bytesEach, bits >> 64n, true);
  view.setBigUint64(powersOfTen + index * bytesEach + 8, bits & 0xffff_ffff_ffff_ffffn, true);
}

function highest(exponent: number): bigint {
  const whole = 10n ** BigInt(Math.abs(exponent));
  const length = whole.toString(2).length;
  if (exponent < 0) return (1n << BigInt(127 + length)) / whole + 1n;
  if (length <= 128) return whole << BigInt(128 - length);
  const below = BigInt(length - 128);
  return (whole + (1n << below) - 1n) >> below;
}
