/**
 * The memory in which lines are written, and what moves bytes in it: WebAssembly where whole runs of bytes are looked at, constant positions elsewhere.
 *
 *     [0, 1 MB) the line · [1 MB, 1.5 MB) text that waits to be escaped · up to 3 MB what stays: the service, keys, values that come again; powers of ten
 *
 * It never grows: growing would detach the views. Pages that are never touched cost nothing.
 */
import { moduleHex } from "./module.js";

const megabyte = 1_048_576;
/** A line ends before this; behind it there is room for one key and one number. */
export const lineEnd: number = megabyte - 8_192;
export const scratch: number = megabyte;
/** As scan.wat has it. */
export const powersOfTen: number = 3 * megabyte - 16_384;
/** 8-byte pieces of a key that are stored one by one. Longer keys are written as text. */
export const wordsPerKey = 4;

export interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  /** The same bytes, as what writes text into them. */
  readonly native: NativeBuffer;
  /** True (1) where one of the bytes has to be escaped in JSON. */
  readonly dirty: (from: number, end: number) => number;
  /** Returns the end of the copy. It writes up to 15 bytes more. */
  readonly copy: (from: number, count: number, to: number) => number;
  /** The same with JSON's escapes. */
  readonly escape: (from: number, count: number, to: number) => number;
  /** Writes a positive number as `String` does and returns the end; up to 31 bytes more. Negative where it takes a power of ten that is not there: see `powers.ts`; 0 where `String` has to write it. */
  readonly double: (value: number, at: number) => number;
  /** Text of the line's memory. */
  readonly text: (from: number, end: number) => string;
  /** Copies bytes out. */
  readonly read: (target: Uint8Array, at: number, end: number) => void;
}

/** Undefined where WebAssembly is missing or forbidden, or text cannot be written in place: there, lines are made by JSON.stringify. */
export function openMemory(): Memory | undefined {
  try {
    // Asked for first: where it is missing, pages may forbid WebAssembly, and would tell of the attempt.
    if (!isBufferHost(Reflect.get(globalThis, "Buffer"))) return undefined;
    const binary = Uint8Array.from({ length: moduleHex.length / 2 }, (_, index) => Number.parseInt(moduleHex.slice(index * 2, index * 2 + 2), 16));
    const host: unknown = Reflect.get(globalThis, "WebAssembly");
    // Keys are stored as numbers, in the order of bytes of nearly every processor.
    if (!isWebAssembly(host) || new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) return undefined;
    const { memory, dirty, copy, escape, double } = new host.Instance(new host.Module(binary)).exports;
    const native = nativeBuffer(memory.buffer);
    if (native === undefined) return undefined;
    const bytes = new Uint8Array(memory.buffer);
    return {
      bytes,
      view: new DataView(memory.buffer),
      native,
      dirty,
      copy,
      escape,
      double,
      text: (from, end) => native.toString("utf8", from, end),
      read: reader(bytes),
    };
  } catch {
    return undefined;
  }
}

/** Lines of one length come again, and a view of its own for each is half of what it takes to copy one. */
const keptViews = 1_024;

function reader(bytes: Uint8Array<ArrayBuffer>): Memory["read"] {
  const views = Array.from<Uint8Array | undefined>({ length: keptViews });
  return (target, at, end) => {
    let view = views[end % keptViews];
    if (view?.length !== end) views[end % keptViews] = view = bytes.subarray(0, end);
    target.set(view, at);
  };
}

let used = scratch + megabyte / 2;

/** A place for so many bytes that stay; undefined when there is no room left. */
export function reserve(count: number): number | undefined {
  if (used + count + 16 > powersOfTen) return undefined;
  const offset = used;
  used += count;
  return offset;
}

/** Bytes that stay. */
export interface Kept {
  readonly offset: number;
  readonly length: number;
}

/** Puts text where it stays; undefined when there is no room left. */
export function keep({ native }: Memory, text: string): Kept | undefined {
  const offset = reserve(text.length * 3);
  if (offset === undefined) return undefined;
  const length = native.utf8Write(text, offset);
  used = offset + length;
  return { offset, length };
}

/** What is used of Node's `Buffer`: text becomes bytes in place, without an object in between. */
export interface NativeBuffer {
  /** Writes text as UTF-8 and returns how many bytes it took; what does not fit is cut off. Lone surrogates become U+FFFD. */
  utf8Write(text: string, at: number): number;
  write(text: string, at: number): number;
  toString(encoding: "utf8", from: number, end: number): string;
}

/** `utf8Write` is not documented; where it is missing, the documented `write` takes its place for some nanoseconds more. */
function nativeBuffer(memory: ArrayBuffer): NativeBuffer | undefined {
  const host: unknown = Reflect.get(globalThis, "Buffer");
  if (!isBufferHost(host)) return undefined;
  const native = host.from(memory);
  return typeof Reflect.get(native, "utf8Write") === "function" ? native : Object.assign(native, { utf8Write: native.write });
}

function isBufferHost(value: unknown): value is { from(memory: ArrayBuffer): NativeBuffer } {
  return typeof value === "function" && "from" in value;
}

/** The part of WebAssembly that is used, with what scan.wat exports. */
interface WebAssemblyHost {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Pick<Memory, "dirty" | "copy" | "escape" | "double"> & { readonly memory: { readonly buffer: ArrayBuffer } } };
}

function isWebAssembly(value: unknown): value is WebAssemblyHost {
  return typeof value === "object" && value !== null && "Module" in value && "Instance" in value;
}
