/** The end of work, whatever it returns: a value, a promise, or something that has a `then`. */

type Done = (error: { readonly thrown: unknown } | undefined, value?: unknown) => void;

/**
 * Runs work and calls `done` when it has returned, thrown, resolved or rejected; the result, or the error, is passed on unchanged. What `done`
 * throws (a ValidationError) gets out only where the work itself has not failed.
 */
export function settle<T>(work: () => T, done: Done): T {
  const fail = (error: unknown): never => {
    try {
      done({ thrown: error });
    } catch {
      // Reported already; the error of the work must not be replaced.
    }
    throw error;
  };
  const succeed = <Value>(value: Value): Value => {
    done(undefined, value);
    return value;
  };
  let result: T;
  let then: Then | undefined;
  try {
    result = work();
    then = thenOf(result);
  } catch (error) {
    return fail(error);
  }
  return then === undefined ? succeed(result) : later(result, then, { succeed, fail });
}

interface Ways {
  readonly succeed: (value: unknown) => unknown;
  readonly fail: (error: unknown) => never;
}

/** The result that is settled later. Its `then` is called once, as the caller would have: a lazy thenable (a query builder) runs once. */
function later<T>(result: T, then: Then, { succeed, fail }: Ways): T {
  try {
    if (!(result instanceof Promise)) return same<T>(follow(result, then, { succeed, fail }));
    if (!isMoreThanPromise(result)) return same<T>(Reflect.apply(then, result, [succeed, fail]));
    Reflect.apply(then, result, [succeed, fail]).then(undefined, () => {});
    return result;
  } catch (error) {
    return fail(error);
  }
}

/** One with methods of its own (`cancel`, `kill`) has to come back itself: no promise that is derived from it has them. */
function isMoreThanPromise(promise: object): boolean {
  return Object.getPrototypeOf(promise) !== Promise.prototype || Reflect.ownKeys(promise).some((key) => typeof key === "string");
}

/**
 * What is no promise of the language's. Where its `then` gives another of its kind, as most do, that is the result; where it gives nothing, a promise is,
 * as `await` would make of it: it settles with the first call back, and later ones count for nothing.
 */
function follow(result: unknown, then: Then, { succeed, fail }: Ways): unknown {
  let chained = false;
  let settled = false;
  let own: unknown;
  const promise = new Promise((resolve, reject) => {
    const resolved = (value: unknown): unknown => {
      if (settled) return value;
      settled = true;
      try {
        const passed = succeed(value);
        resolve(passed);
        return passed;
      } catch (error) {
        reject(error);
        if (chained) throw error;
        return value;
      }
    };
    const rejected = (error: unknown): unknown => {
      if (settled) return undefined;
      settled = true;
      reject(error);
      try {
        return fail(error);
      } catch {
        if (chained) throw error;
        return undefined;
      }
    };
    own = Reflect.apply(then, result, [resolved, rejected]);
    chained = thenOf(own) !== undefined;
  });
  if (!chained) return promise;
  promise.catch(() => {});
  return own;
}

type Then = (...args: never[]) => unknown;

function thenOf(value: unknown): Then | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    const then: unknown = Reflect.get(value, "then");
    return isThen(then) ? then : undefined;
  } catch {
    return undefined;
  }
}

function isThen(value: unknown): value is Then {
  return typeof value === "function";
}

/** Named guard: what stands for the result settles with the same value. */
function same<T>(result: unknown): T {
  return result as T;
}

/** Named guard: the result of a call that could not be made. */
export function absent<T>(): T {
  return undefined as T;
}
