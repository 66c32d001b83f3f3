/**
 * Plain values as JSON, into memory: the same bytes as `JSON.stringify` gives, but for lone surrogates, which are U+FFFD. Each function writes at an offset
 * and returns the end. Positions are checked before each run of bytes that has no small bound; a line that would be too long throws `tooLong`.
 */
import { own, type Plain } from "../plain.js";
import { processObject } from "../platform.js";
import type { Slot } from "../slots.js";
import { lineEnd, type Memory, openMemory, scratch } from "./memory.js";
import { makePower } from "./powers.js";

/** Thrown, and caught by `line.ts`, when a line does not fit; it is then made by JSON.stringify. */
export const tooLong: Error = new Error("a line that is too long for its memory");

/** Set by `open`. Module-level, since V8 reads them faster than properties. */
let bytes: Memory["bytes"] = new Uint8Array(0);
let view: Memory["view"] = new DataView(new ArrayBuffer(0));
let native: Pick<Memory["native"], "utf8Write"> = { utf8Write: () => 0 };
let dirty: Memory["dirty"] = () => 0;
let copy: Memory["copy"] = () => 0;
let escape: Memory["escape"] = () => 0;
let double: Memory["double"] = () => 0;

/** Makes this module ready; undefined where the platform has not what it takes. */
export function open(): Memory | undefined {
  const memory = openMemory();
  if (memory === undefined) return undefined;
  ({ bytes, view, native, dirty, copy, escape, double } = memory);
  special = specials();
  thousand = thousands();
  if (Number.parseInt(processObject()?.versions?.node ?? "", 10) >= 22) shortText = 16;
  return memory;
}

const quote = 34;
const comma = 44;
/** Where a native call costs as much as a loop over the text: V8 calls Node's faster since Node 22. */
let shortText = 24;

/** 1 for what cannot stand in quotes as one byte: below 32, above 126, a quote, a backslash. Made by `open`, as are all tables: a page that only imports this has none. */
let special: Uint8Array = new Uint8Array(0);

function specials(): Uint8Array {
  const table = new Uint8Array(65_536).fill(1).fill(0, 32, 127);
  table[quote] = table[92] = 1;
  return table;
}

/** Text in quotes. */
export function text(value: string, at: number): number {
  const into = bytes;
  const length = value.length;
  const start = at + 1;
  into[at] = quote;
  if (length <= shortText) {
    let found = 0;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      found |= special[code] ?? 0;
      into[start + index] = code;
    }
    if (found !== 0) return escaped(native.utf8Write(value, start), start);
    into[start + length] = quote;
    return start + length + 1;
  }
  if (start + length * 3 > lineEnd) throw tooLong;
  const count = native.utf8Write(value, start);
  const end = start + count;
  if (dirty(start, end) !== 0) return escaped(count, start);
  into[end] = quote;
  return end + 1;
}

/** So many bytes at `at`, once more with escapes. */
function escaped(count: number, at: number): number {
  if (at + count * 6 > lineEnd) throw tooLong;
  copy(at, count, scratch);
  const end = escape(scratch, count, at);
  bytes[end] = quote;
  return end + 1;
}

/** A finite number, as `String` writes it. */
export function number(value: number, at: number): number {
  if ((value | 0) === value) return integer(value, at);
  const size = value < 0 ? -value : value;
  if (size < 2_000_000 && size >= 0.001) {
    const thousandths = Math.round(size * 1_000);
    if (thousandths / 1_000 === size) return threeDecimals(thousandths | 0, value < 0 ? sign(at) : at);
    if (size < 2_000) {
      const millionths = Math.round(size * 1_000_000);
      if (millionths / 1_000_000 === size) return sixDecimals(millionths | 0, value < 0 ? sign(at) : at);
    }
  }
  return shortest(size, value < 0 ? sign(at) : at);
}

/** Any other number above zero. */
function shortest(value: number, at: number): number {
  let end = double(value, at);
  if (end < 0) {
    makePower({ view }, -1 - end);
    end = double(value, at);
  }
  return end > 0 ? end : ascii(String(value), at);
}

function sign(at: number): number {
  bytes[at] = 45;
  return at + 1;
}

/** Three digits each, as bytes for one store: "000" to "999". */
let thousand: Uint32Array = new Uint32Array(0);

function thousands(): Uint32Array {
  return Uint32Array.from({ length: 1_000 }, (_, value) => 0x30_30_30 + ((value / 100) | 0) + ((((value / 10) | 0) % 10) << 8) + ((value % 10) << 16));
}

/** Thousandths, below 2 ** 31: at most ten digits, so no other text of that length stands for the same number. */
function threeDecimals(count: number, at: number): number {
  const whole = (count / 1_000) | 0;
  const end = integer(whole, at);
  bytes[end] = 46;
  return decimals(count - whole * 1_000, end + 1);
}

/** The same of millionths. Their last three digits are not all zeros: that would be thousandths. */
function sixDecimals(count: number, at: number): number {
  const whole = (count / 1_000_000) | 0;
  const rest = count - whole * 1_000_000;
  const high = (rest / 1_000) | 0;
  const end = integer(whole, at);
  bytes[end] = 46;
  view.setUint32(end + 1, thousand[high] ?? 0, true);
  return decimals(rest - high * 1_000, end + 4);
}

/** Of three digits, those before the zeros at the end. */
function decimals(value: number, at: number): number {
  view.setUint32(at, thousand[value] ?? 0, true);
  return value % 10 !== 0 ? at + 3 : value % 100 !== 0 ? at + 2 : at + 1;
}

/** Three digits. */
export function milliseconds(value: number, at: number): number {
  view.setUint32(at, thousand[value] ?? 0, true);
  return at + 3;
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

/** `true`, `false` or `null`. */
export function word(value: boolean | null, at: number): number {
  view.setUint32(at, value === true ? 0x65_75_72_74 : value === null ? 0x6c_6c_75_6e : 0x73_6c_61_66, true);
  if (value !== false) return at + 4;
  bytes[at + 4] = 101;
  return at + 5;
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
      return word(value, at);
    default:
      return value === null || value === undefined ? word(null, at) : Array.isArray(value) ? list(value, at) : object(value, at);
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
