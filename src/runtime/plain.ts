/** Plain data: what a record is made of. Keys are the caller's, so reading and writing never meets a prototype. */
export type Plain = null | boolean | number | string | Plain[] | PlainObject;
export interface PlainObject {
  [key: string]: Plain;
}

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object's own value of this key. */
export function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets the object's own key; `__proto__` is a key like any other. */
export function put<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** Plain data in which a key may stand for nothing, as JSON.stringify reads it. */
export interface LooseObject {
  [key: string]: Plain | undefined;
}

/** A deep copy of plain data. */
export function clonePlain(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(clonePlain);
  return isPlainObject(value) ? cloneObject(value) : value;
}

/** A deep copy without keys that stand for nothing. */
export function cloneObject(object: LooseObject): PlainObject {
  const copy: PlainObject = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined) put(copy, key, clonePlain(value));
  }
  return copy;
}

/** Text cut to this many units, with an ellipsis; lone surrogates (also those that a cut makes) become U+FFFD. */
export function clip(text: string, max: number): string {
  return wellFormed(text.length > max ? `${text.slice(0, max)}…` : text);
}

export function wellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Of newer platforms, and many times as fast as a pattern. */
const native: unknown = Reflect.get(String.prototype, "isWellFormed");

function isWellFormed(text: string): boolean {
  return typeof native === "function" ? native.call(text) === true : !/[\ud800-\udfff]/.test(text);
}
