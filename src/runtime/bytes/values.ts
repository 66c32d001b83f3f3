/**
 * Plain values as JSON, into memory: the same bytes as `JSON.stringify` gives, but for lone surrogates, which are U+FFFD. Each function writes at an offset
 * and returns the end. Positions are checked before each run of bytes that has no small bound; a line that would be too long throws `tooLong`.
 */
import { own, type Plain } from "../plain.js";
import type { Slot } from "../slots.js";
import { lineEnd, type Memory, openMemory, scratch } from "./memory.js";

/** Thrown, and caught by `line.ts`, when a line does not fit; it is then made by JSON.stringify. */
export const tooLong: Error = new Error("a line that is too long for its memory");

/** Set by `open`. Module-level, since V8 reads them faster than properties. */
let bytes: Memory["bytes"] = new Uint8Array(0);
let native: Pick<Memory["native"], "utf8Write"> = { utf8Write: () => 0 };
let dirty: Memory["dirty"] = () => 0;
let escape: Memory["escape"] = () => 0;

/** Makes this module ready; undefined where the platform has not what it takes. */
export function open(): Memory | undefined {
  const memory = openMemory();
  if (memory !== undefined) ({ bytes, native, dirty, escape } = memory);
  return memory;
}

const quote = 34;
const comma = 44;
/** Where a native call costs as much as a loop over the text (Node 20 to 26: between 12 and 40). */
const shortText = 24;
/** Text in quotes. */
export function text(value: string, at: number): number {
  const into = bytes;
  const length = value.length;
  let end = at;
  into[end++] = quote;
  if (length <= shortText) {
    let found = 0;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      // Below 32, above 126, a quote, a backslash.
      found |= (code - 32) | (126 - code) | ((code ^ quote) - 1) | ((code ^ 92) - 1);
      into[end++] = code;
    }
    if (found < 0) return escaped(value, at + 1);
  } else {
    if (end + length * 3 > lineEnd) throw tooLong;
    const start = end;
    end += native.utf8Write(value, end);
    if (dirty(start, end) !== 0) return escaped(value, start);
  }
  into[end] = quote;
  return end + 1;
}

function escaped(value: string, at: number): number {
  if (at + value.length * 6 > lineEnd) throw tooLong;
  const end = escape(scratch, native.utf8Write(value, scratch), at);
  bytes[end] = quote;
  return end + 1;
}

/** A finite number, as `String` writes it. */
export function number(value: number, at: number): number {
  if ((value | 0) === value) return integer(value, at);
  const size = value < 0 ? -value : value;
  if (size < 2_000_000 && size >= 0.001) {
    const thousandths = Math.round(size * 1_000);
    if (thousandths / 1_000 === size) return fraction(thousandths, 3, value < 0 ? sign(at) : at);
    if (size < 2_000) {
      const millionths = Math.round(size * 1_000_000);
      if (millionths / 1_000_000 === size) return fraction(millionths, 6, value < 0 ? sign(at) : at);
    }
  }
  return ascii(String(value), at);
}

function sign(at: number): number {
  bytes[at] = 45;
  return at + 1;
}

/** `count` thousandths or millionths, below 2 ** 31: at most ten digits, so no other text of that length stands for the same number. */
function fraction(count: number, digits: 3 | 6, at: number): number {
  const unit = digits === 3 ? 1_000 : 1_000_000;
  const whole = (count / unit) | 0;
  let rest = count - whole * unit;
  let end = integer(whole, at);
  bytes[end++] = 46;
  let place = digits;
  while (rest % 10 === 0) {
    rest = (rest / 10) | 0;
    place--;
  }
  end += place;
  for (let index = end - 1; place > 0; place--, index--) {
    const tenth = (rest / 10) | 0;
    bytes[index] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

function integer(value: number, at: number): number {
  const into = bytes;
  let rest = value;
  let end = at;
  if (rest < 0) {
    if (rest === -2_147_483_648) return ascii("-2147483648", at);
    end = sign(at);
    rest = -rest;
  }
  if (rest < 10) {
    into[end] = 48 + rest;
    return end + 1;
  }
  end += rest < 100 ? 2 : rest < 1_000 ? 3 : rest < 10_000 ? 4 : rest < 100_000 ? 5 : rest < 1_000_000 ? 6 : rest < 10_000_000 ? 7 : rest < 100_000_000 ? 8 : rest < 1_000_000_000 ? 9 : 10;
  for (let index = end - 1; rest > 0; index--) {
    const tenth = (rest / 10) | 0;
    into[index] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

/** Short text that is known to need no escapes. */
export function ascii(value: string, at: number): number {
  const into = bytes;
  for (let index = 0; index < value.length; index++) into[at + index] = value.charCodeAt(index);
  return at + value.length;
}

/** Any plain value. A key that stands for nothing is left out. */
export function plain(value: Slot, at: number): number {
  if (at > lineEnd) throw tooLong;
  switch (typeof value) {
    case "string":
      return text(value, at);
    case "number":
      return number(value, at);
    case "boolean":
      return ascii(value ? "true" : "false", at);
    default:
      return value === null || value === undefined ? ascii("null", at) : Array.isArray(value) ? list(value, at) : object(value, at);
  }
}

function list(items: readonly Slot[], at: number): number {
  let end = at + 1;
  for (let index = 0; index < items.length; index++) {
    end = plain(items[index], end);
    bytes[end++] = comma;
  }
  if (items.length > 0) end--;
  bytes[at] = 91;
  bytes[end] = 93;
  return end + 1;
}

function object(fields: PlainMembers, at: number): number {
  return close(at, members(fields, at));
}

type PlainMembers = { readonly [key: string]: Plain | undefined };

/** `,"a":1,"b":2`. */
export function members(fields: PlainMembers, at: number): number {
  let end = at;
  for (const key of Object.keys(fields)) {
    const value = own(fields, key);
    if (value === undefined) continue;
    if (end > lineEnd) throw tooLong;
    bytes[end] = comma;
    end = text(key, end + 1);
    bytes[end] = 58;
    end = plain(value, end + 1);
  }
  return end;
}

/** Fields were written as `,"a":1,"b":2`: the first comma becomes the brace. */
export function close(at: number, end: number): number {
  const behind = end === at ? at + 1 : end;
  bytes[at] = 123;
  bytes[behind] = 125;
  return behind + 1;
}
