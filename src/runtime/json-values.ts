/** Questions about plain JSON values, as JSON Schema asks them. */

export function isJsonObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** JSON equality: keys in any order, 1 and 1.0 the same, false and 0 not. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((one, index) => deepEqual(one, right[index]));
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && deepEqual(left[key], right[key]));
}

export function areStrings(items: readonly unknown[]): boolean {
  for (let index = 0; index < items.length; index++) if (typeof items[index] !== "string") return false;
  return true;
}

/** No two elements are equal. Primitives by a set, the rest pair by pair. */
export function isUnique(items: readonly unknown[]): boolean {
  const objects = items.filter((item) => typeof item === "object" && item !== null);
  const others = items.filter((item) => typeof item !== "object" || item === null);
  if (new Set(others).size < others.length) return false;
  return objects.every((item, index) => objects.slice(index + 1).every((other) => !deepEqual(item, other)));
}

/** An own property, for names that every object inherits. */
export function ownValue(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key) === undefined ? undefined : Reflect.get(value, key);
}

/** What stands at a key: reading it gives the answer, except for names that every object inherits. */
export function readKey(value: { readonly [key: string]: unknown }, key: string): unknown {
  return key in Object.prototype ? ownValue(value, key) : value[key];
}

/** Something that JSON can say, seen from outside. */
export function isJson(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "object" || isNumber(value);
}

/** How many of an object's keys hold `undefined`: those count as absent. */
export function undefinedKeys(value: { readonly [key: string]: unknown }): number {
  let count = 0;
  for (const key in value) if (value[key] === undefined) count++;
  return count;
}

/** True for whole multiples; floating point decides, as in ajv. */
export function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(value / step) || (Number.isInteger(value) && value % step === 0);
}

/** Lengths are in code points: counted only where the length in UTF-16 units does not decide. */
export function isAtLeast(text: string, length: number): boolean {
  return text.length >= 2 * length || (text.length >= length && codePoints(text) >= length);
}

export function isAtMost(text: string, length: number): boolean {
  return text.length <= length || (text.length <= 2 * length && codePoints(text) <= length);
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--;
      index++;
    }
  }
  return count;
}
