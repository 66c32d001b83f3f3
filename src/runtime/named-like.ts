/** Functions that stand in the place of others. */

/** `made`, with the name and the number of parameters of what it stands for: Express tells handlers of errors by their four. */
export function namedLike<Made extends object>(made: Made, original: object): Made {
  for (const key of ["name", "length"]) {
    try {
      Object.defineProperty(made, key, { value: Reflect.get(original, key), configurable: true });
    } catch {
      // It cannot be read.
    }
  }
  return made;
}
