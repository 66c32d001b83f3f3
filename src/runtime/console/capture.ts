/**
 * `wevt/console`: stray `console.*` calls become messages of the event that is current, so that what libraries print stands on the record of the work that
 * made them print it. Outside an event a call is left alone.
 */
import type { MessageLevel } from "../messages/level.js";
import { messageSink, type MessageSink, type MessageSource } from "../messages/sink.js";
import { type Guards, isBoolean, readList, usableOptions } from "../options.js";
import { formatConsole } from "./format-console.js";

export type ConsoleMethod = "debug" | "log" | "info" | "warn" | "error" | "trace" | "dir";

export interface CaptureOptions {
  /** Which methods; default all of them. What the platform makes of these (`table`, `assert`, `count`) is captured with them. */
  readonly methods?: readonly ConsoleMethod[];
  /** Whether a captured call is printed as well. Default true. */
  readonly passThrough?: boolean;
  /** Default the global console. */
  readonly console?: object;
}

const defaultMethods: readonly ConsoleMethod[] = ["debug", "log", "info", "warn", "error", "trace", "dir"];
const levels: { readonly [method in ConsoleMethod]: MessageLevel } = { debug: "debug", trace: "debug", log: "info", info: "info", dir: "info", warn: "warn", error: "error" };

const guards: Guards<CaptureOptions> = { methods: Array.isArray, passThrough: isBoolean, console: (value) => typeof value === "object" || typeof value === "function" };

/** The runtimes that are handling a call right now. What is printed meanwhile (by them, by a `toString` of the caller, by `trace` through `error`) is only printed. */
const busy = new WeakSet<MessageSource>();

/**
 * Starts capturing, and returns the way to stop. A call is one message, whatever lines it has, with the level of its method; `%s %d %i %f %j %o %O %c`
 * are filled in. Nothing changes for the caller: the original is called with the same arguments, and its result is returned.
 *
 *     const restore = captureConsole(wevt);
 */
export function captureConsole(wevt: MessageSource, options: CaptureOptions = {}): () => void {
  const { methods = defaultMethods, passThrough = true, console: target = globalThis.console }: CaptureOptions = usableOptions("captureConsole", options, guards);
  const restores = [...new Set(readList(methods))].filter(isConsoleMethod).map((method) => {
    return replace(target, method, (original) => function captured(this: unknown, ...args) {
      const print = (): unknown => Reflect.apply(original, this, args);
      const sink = busy.has(wevt) ? undefined : sinkOf(wevt);
      if (sink === undefined) return print();
      busy.add(wevt);
      try {
        // What `dir` takes besides says how it is printed.
        send(sink, levels[method], method === "dir" ? args.slice(0, 1) : args);
        return passThrough ? print() : undefined;
      } finally {
        busy.delete(wevt);
      }
    });
  });
  return () => {
    for (const restore of restores) restore();
  };
}

function isConsoleMethod(value: unknown): value is ConsoleMethod {
  return typeof value === "string" && Object.hasOwn(levels, value);
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Puts another function in the place of a method. Where somebody has wrapped ours since, it stays there and passes on. */
function replace(target: object, name: string, make: (original: Method) => Method): () => void {
  try {
    const original: unknown = Reflect.get(target, name);
    if (!isMethod(original)) return () => {};
    let current = make(original);
    const replacement: Method = function (...args) {
      return Reflect.apply(current, this, args);
    };
    Object.defineProperty(replacement, "name", { value: name });
    Reflect.set(target, name, replacement);
    return () => {
      current = original;
      if (Reflect.get(target, name) === replacement) Reflect.set(target, name, original);
    };
  } catch {
    // A console that cannot be read or changed is left alone.
    return () => {};
  }
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

function sinkOf(wevt: MessageSource): MessageSink | undefined {
  try {
    return wevt[messageSink]();
  } catch {
    return undefined;
  }
}

function send(sink: MessageSink, level: MessageLevel, call: readonly unknown[]): void {
  try {
    const { text, args } = formatConsole(call, sink);
    sink.message(level, text, args);
  } catch {
    // What cannot be told must not disturb what is printed.
  }
}
