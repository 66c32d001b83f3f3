/**
 * The end of the process: a normal end, `process.exit`, an uncaught exception or a rejection nobody handles (all of them `exit`, but for Deno), and the signals by which
 * processes are asked to end, where the application does not listen to them itself.
 */
import { processObject } from "./platform.js";

/** In this order: open events are emitted, then queues handed over, then what was handed over is written. */
const phases = ["events", "queues", "sinks"] as const;
export type ExitPhase = (typeof phases)[number];

const callbacks: { readonly [phase in ExitPhase]: Set<() => void> } = { events: new Set(), queues: new Set(), sinks: new Set() };
const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** On our listeners, also those of another copy of this module. */
const ours: symbol = Symbol.for("wevt.exit");
let listening = false;
let exiting = false;

/** Nothing that waits for a turn of the event loop comes any more. */
export function isExiting(): boolean {
  return exiting;
}

/** Calls back, synchronously, when the process ends. Returns the way to take it back. */
export function onExit(phase: ExitPhase, callback: () => void): () => void {
  const host = processObject();
  if (typeof host?.on !== "function") return () => {};
  if (!listening) listen(host);
  callbacks[phase].add(callback);
  return () => callbacks[phase].delete(callback);
}

function listen(host: NodeJS.Process): void {
  listening = true;
  let over = false;
  const endAll = (): void => {
    if (!over) callAll();
    over = true;
  };
  host.on("exit", endAll);
  if (Reflect.get(globalThis, "Deno") !== undefined) listenOnDeno(host, endAll);
  for (const signal of signals) {
    const listener = Object.assign(() => endBySignal(host, signal, listener), { [ours]: true });
    host.on(signal, listener);
  }
}

/**
 * Deno ends without `exit` after an error that nobody caught, and by `Deno.exit`. An application that handles such errors goes on: it listens to them in
 * `process`, or has prevented their default before we hear of them.
 */
function listenOnDeno(host: NodeJS.Process, endAll: () => void): void {
  const unlessHandled = (...handlers: readonly string[]) => (event: Event): void => {
    if (!event.defaultPrevented && handlers.every((handler) => host.listenerCount(handler) === 0)) callAll();
  };
  const listen: unknown = Reflect.get(globalThis, "addEventListener");
  if (typeof listen !== "function") return;
  Reflect.apply(listen, globalThis, ["error", unlessHandled("uncaughtException")]);
  Reflect.apply(listen, globalThis, ["unhandledrejection", unlessHandled("uncaughtException", "unhandledRejection")]);
  Reflect.apply(listen, globalThis, ["unload", endAll]);
}

function callAll(): void {
  exiting = true;
  for (const phase of phases) {
    for (const callback of [...callbacks[phase]]) {
      try {
        callback();
      } catch {
        // The others have to be called as well.
      }
    }
  }
}

/** As if nobody had listened: the process ends by the signal. An application that listens decides by itself when it ends. */
function endBySignal(host: NodeJS.Process, signal: (typeof signals)[number], listener: () => void): void {
  if (host.listeners(signal).some((one) => !Object.hasOwn(one, ours))) return;
  callAll();
  host.off(signal, listener);
  host.kill(host.pid, signal);
}
