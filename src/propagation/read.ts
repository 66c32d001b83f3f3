/** Reads what others hand over: properties that throw, values of any type. Nothing here throws. */

/** Parts of one message body. */
const maxParts = 10_000;

/** A property; undefined where there is none or it cannot be read. */
export function read(source: unknown, key: string): unknown {
  try {
    return (typeof source === "object" && source !== null) || typeof source === "function" ? Reflect.get(source, key) : undefined;
  } catch {
    return undefined;
  }
}

/** What the work returns; the other value when it throws, since callers pass anything. */
export function attempt<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** The first of the properties that is there. `properties.messageId` is one inside another. */
export function readFirst(source: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = path.split(".").reduce(read, source);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

/** Text that is not empty, or a number as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number of at least `minimum`, also where it is written as decimal digits. */
export function countOf(value: unknown, minimum = 0): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= minimum ? number : undefined;
}

/** Only what is there: keys without a value would count as written. */
export function present<Fields extends object>(fields: { readonly [Key in keyof Fields]: Fields[Key] | undefined }): Fields {
  const kept: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value;
  return asFields<Fields>(kept);
}

/** Named guard: the keys that are gone are the optional ones, the type of the others does not allow undefined. */
function asFields<Fields>(fields: object): Fields {
  return fields as Fields;
}

/** Bytes of a message body: text as UTF-8, a buffer or its view, a list of them. */
export function bytesOf(body: unknown): number | undefined {
  try {
    if (typeof body === "string") return utf8Length(body);
    if (Array.isArray(body) && body.length > maxParts) return undefined;
    if (Array.isArray(body)) return body.reduce((sum: number | undefined, part) => (sum === undefined ? undefined : add(sum, bytesOf(part))), 0);
    return countOf(read(body, "byteLength")) ?? countOf(read(body, "size"));
  } catch {
    return undefined;
  }
}

function add(sum: number, part: number | undefined): number | undefined {
  return part === undefined ? undefined : sum + part;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
