/** What is thrown where an expectation fails. */

/** As test runners know them; the stack begins at the caller of `above`. */
export function failure(message: string, above: (...args: never[]) => unknown): Error {
  const error = Object.assign(new Error(message), { name: "AssertionError", code: "ERR_ASSERTION" });
  // As of `assert.fail`: jest prints the message, instead of two values that there are not. Not enumerable, or vitest prints it.
  Object.defineProperty(error, "operator", { value: "fail" });
  const capture: unknown = Reflect.get(Error, "captureStackTrace");
  if (typeof capture === "function") Reflect.apply(capture, Error, [error, above]);
  return error;
}
