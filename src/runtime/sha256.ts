/**
 * SHA-256 and HMAC (FIPS 180-4, RFC 2104), synchronous and without a built-in: WebCrypto is asynchronous, and edge workers have no
 * `node:crypto`.
 */
const constants = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const initial = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
const blockBytes = 64;
const schedule = new Uint32Array(64);

export function sha256(message: Uint8Array): Uint8Array {
  return digest(initial, 0, message);
}

/** The hash of a message of which `before` bytes, whole blocks, led to this state. */
function digest(start: Uint32Array, before: number, message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / blockBytes) * blockBytes);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  const length = before + message.length;
  view.setUint32(padded.length - 8, Math.floor(length / 0x2000_0000));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const state = start.slice();
  for (let offset = 0; offset < padded.length; offset += blockBytes) compress(state, view, offset);
  const result = new DataView(new ArrayBuffer(32));
  for (let index = 0; index < 8; index++) result.setUint32(index * 4, at(state, index));
  return new Uint8Array(result.buffer);
}

function compress(state: Uint32Array, block: DataView, offset: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = block.getUint32(offset + t * 4);
  for (let t = 16; t < 64; t++) {
    const early = at(schedule, t - 15);
    const late = at(schedule, t - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[t] = (at(schedule, t - 16) + s0 + at(schedule, t - 7) + s1) | 0;
  }
  // Signed throughout: V8 keeps such numbers in registers.
  let a = at(state, 0) | 0, b = at(state, 1) | 0, c = at(state, 2) | 0, d = at(state, 3) | 0, e = at(state, 4) | 0, f = at(state, 5) | 0, g = at(state, 6) | 0, h = at(state, 7) | 0;
  for (let t = 0; t < 64; t++) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + at(constants, t) + at(schedule, t)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = at(state, index) + word;
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** A keyed hash of text: 64 hexadecimal digits of HMAC-SHA-256. */
export function hmacSha256(key: string | Uint8Array): (text: string) => string {
  const encoder = new TextEncoder();
  const bytes = typeof key === "string" ? encoder.encode(key) : new Uint8Array(key);
  const block = new Uint8Array(blockBytes);
  block.set(bytes.length > blockBytes ? sha256(bytes) : bytes);
  // The key fills the first block of both hashes: where that leads to is known.
  const [inner, outer] = [after(block.map((byte) => byte ^ 0x36)), after(block.map((byte) => byte ^ 0x5c))];
  return (text) => hex(digest(outer, blockBytes, digest(inner, blockBytes, encoder.encode(text))));
}

/** The state behind one block. */
function after(block: Uint8Array): Uint32Array {
  const state = initial.slice();
  compress(state, new DataView(block.buffer), 0);
  return state;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array, from: number = 0, end: number = bytes.length): string {
  let text = "";
  for (let index = from; index < end; index++) text += hexPairs[bytes[index] ?? 0] ?? "";
  return text;
}

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
