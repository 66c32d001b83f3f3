/** Freezes a value and everything it reaches. Handles shared objects; plain data only. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const item of value) deepFreeze(item);
  // Twice the time for a list.
  else for (const key in value) deepFreeze(value[key]);
  return value;
}
