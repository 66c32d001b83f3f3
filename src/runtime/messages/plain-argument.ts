/** The arguments of a message as they stand on the record: plain JSON values, numbers as numbers. */
import { type Plain, type PlainObject, put, wellFormed } from "../plain.js";
import type { Composite, Seen } from "./look.js";

/**
 * Undefined for what a record has no place for: `undefined`, NaN, Infinity, functions, symbols, bytes, what could not be read. Bigints become numbers
 * where that is exact and decimal text where it is not, Dates ISO text, Errors `{ type, message, code, stack, causes }`, Maps objects, Sets arrays.
 */
export function plainArgument(value: Seen): Plain | undefined {
  switch (typeof value) {
    case "string":
      return wellFormed(value);
    case "number":
      if (!Number.isFinite(value)) return undefined;
      return value === 0 ? 0 : value;
    case "bigint":
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
    case "object":
      return value === null ? null : plainComposite(value);
    default:
      return value;
  }
}

function plainComposite(value: Composite): Plain | undefined {
  switch (value.kind) {
    case "text":
      return value.value ? wellFormed(value.text) : undefined;
    case "error":
      return plainError(value);
    case "list":
      return value.items.map((item) => plainArgument(item) ?? null);
    case "fields":
      return plainFields(value.fields);
    default:
      return undefined;
  }
}

function plainError({ type, message, code, stack, causes }: Extract<Composite, { kind: "error" }>): PlainObject {
  return {
    type,
    message: wellFormed(message),
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack }),
    ...(causes.length === 0 ? {} : { causes: causes.map((cause) => ({ ...cause, message: wellFormed(cause.message) })) }),
  };
}

export function plainFields(fields: readonly (readonly [key: string, value: Seen])[], target: PlainObject = {}): PlainObject {
  for (const [key, value] of fields) {
    const plain = plainArgument(value);
    if (plain !== undefined) put(target, wellFormed(key), plain);
  }
  return target;
}
