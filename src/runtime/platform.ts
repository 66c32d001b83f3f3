/** What the platform may offer. Nothing here imports a built-in: edge workers and browsers load the same file. */

import type { Clock } from "./ids.js";
import { maxTimerMs } from "./limits.js";

/** The parts of Node's AsyncLocalStorage that are used. */
export interface Storage<T> {
  run<Result>(store: T, work: () => Result): Result;
  getStore(): T | undefined;
}

/** An AsyncLocalStorage, or nothing where the platform has none: then events are passed explicitly. */
export function asyncStorage<T>(): Storage<T> | undefined {
  try {
    const host: unknown = Reflect.get(globalThis, "AsyncLocalStorage");
    const Constructor = isStorageConstructor<T>(host) ? host : Reflect.get(Object(builtin("node:async_hooks")), "AsyncLocalStorage");
    return isStorageConstructor<T>(Constructor) ? new Constructor() : undefined;
  } catch {
    return undefined;
  }
}

function isStorageConstructor<T>(value: unknown): value is new () => Storage<T> {
  return typeof value === "function";
}

/** A built-in module of Node, Deno or Bun, where there is one. */
export function builtin(name: "node:async_hooks" | "node:events" | "node:fs"): unknown {
  const host = processObject();
  const get: unknown = host === undefined ? undefined : Reflect.get(host, "getBuiltinModule");
  return typeof get === "function" ? Reflect.apply(get, host, [name]) : undefined;
}

/**
 * `process`, where there is one.
 *
 * @internal Declarations that users compile name no type of Node: a project need not have `@types/node`.
 */
export function processObject(): NodeJS.Process | undefined {
  const host: unknown = Reflect.get(globalThis, "process");
  return isProcess(host) ? host : undefined;
}

/** Cloudflare's workers have parts of Node, whose standard output is a prefix in the log of the console. */
export function isEdge(): boolean {
  return Reflect.get(Object(Reflect.get(globalThis, "navigator")), "userAgent") === "Cloudflare-Workers";
}

function isProcess(value: unknown): value is NodeJS.Process {
  return typeof value === "object" && value !== null;
}

/** A variable of the environment; undefined where there is none, it is empty, or reading is forbidden (Deno). */
export function environment(name: string): string | undefined {
  try {
    const value: unknown = processObject()?.env?.[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Calls back after a while, unless the process ends before: it is not kept alive. Returns the way to take it back; undefined where there are no timers, or
 * none yet (edge workers have them inside a request only). A clock that has timers of its own is waited on in their place.
 */
export function later(delayMs: number, work: () => void, clock?: Clock): (() => void) | undefined {
  try {
    if (clock?.later !== undefined) return clock.later(delayMs, work);
  } catch {
    // Those of the platform, then.
  }
  const timer = timerOf(delayMs, work);
  if (timer === undefined) return undefined;
  if (typeof timer === "object" && timer !== null && "unref" in timer && typeof timer.unref === "function") timer.unref();
  return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0]);
}

function timerOf(delayMs: number, work: () => void): unknown {
  try {
    return setTimeout(work, Math.min(delayMs, maxTimerMs));
  } catch {
    return undefined;
  }
}
