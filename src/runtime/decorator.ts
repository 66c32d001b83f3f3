/** Decorators of methods: as the language has them, and as TypeScript's `experimentalDecorators` call them. */
import { readOption } from "./options.js";

type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;

export interface MethodDecoration<This, Args extends unknown[], Result> {
  (method: Method<This, Args, Result>, context?: unknown): Method<This, Args, Result>;
  (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Method<This, Args, Result>>): TypedPropertyDescriptor<Method<This, Args, Result>>;
}

/** What does this to the method that it decorates. Of a class it decorates nothing else. */
export function decorator<This, Args extends unknown[], Result>(wrap: (method: Method<This, Args, Result>) => Method<This, Args, Result>): MethodDecoration<This, Args, Result> {
  return asDecoration((method, _context, descriptor) => {
    const legacy = readOption(descriptor, "value");
    return typeof legacy === "function" ? { ...descriptor, value: wrap(asMethod(legacy)) } : (descriptor ?? wrap(method));
  });
}

/** Named guard: what is called with a method gives a method; with a descriptor, a descriptor. */
function asDecoration<This, Args extends unknown[], Result>(decorate: (method: Method<This, Args, Result>, context: unknown, descriptor?: object) => unknown): MethodDecoration<This, Args, Result> {
  return decorate as MethodDecoration<This, Args, Result>;
}

/** Named guard: a descriptor that is decorated is one of a method. */
function asMethod<This, Args extends unknown[], Result>(value: object): Method<This, Args, Result> {
  return value as Method<This, Args, Result>;
}
