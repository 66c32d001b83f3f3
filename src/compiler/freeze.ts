/** Freezes a value and everything it reaches. Handles shared objects; plain data only. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const key in value) {
    const item = value[key];
    if (typeof item === "object" && item !== null) deepFreeze(item);
  }
  return value;
}
