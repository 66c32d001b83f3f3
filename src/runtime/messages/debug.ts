/**
 * The switch of `debug(...)`. It is off, and then a debug call costs one read of a boolean. It is turned on
 * - by the environment: `WEVT_DEBUG_MESSAGES=1` (also `true`, `on`, `yes`), read once, when this file is loaded;
 * - by a function: `setDebug(true)`;
 * - by a signal, where `debugOnSignal()` was called: `kill -USR2 <pid>` turns it on, and the next one off.
 *
 * All copies of this file in a process share one switch.
 */
import { isText, usableOptions } from "../options.js";
import { environment, processObject } from "../platform.js";

interface Switch {
  on: boolean;
}

const key = Symbol.for("wevt.debugMessages");

/** @internal Read `debugSwitch.on` before anything else is done for a debug call; arguments are not looked at while it is false. */
export const debugSwitch: Switch = /* @__PURE__ */ sharedSwitch();

export function isDebug(): boolean {
  return debugSwitch.on;
}

/** Turns debug messages on or off, for the whole process. */
export function setDebug(on: boolean): void {
  debugSwitch.on = on === true;
}

export interface DebugSignalOptions {
  /**
   * Default `SIGUSR2`: Node's inspector listens to `SIGUSR1`. Choose another one where a tool of yours uses it, as nodemon and `--heapsnapshot-signal`
   * often do.
   */
  readonly signal?: string;
}

/**
 * From now on the signal turns debug messages on, and the next one off again. Nothing happens where there are no such signals (Windows, edge workers,
 * browsers). Returns the way to take it back. The listener does not keep the process alive.
 *
 *     debugOnSignal();   // kill -USR2 <pid>
 */
export function debugOnSignal(options: DebugSignalOptions = {}): () => void {
  const host = processObject();
  const { signal = "SIGUSR2" }: DebugSignalOptions = usableOptions("debugOnSignal", options, { signal: isText });
  const toggle = (): void => setDebug(!debugSwitch.on);
  try {
    host?.on?.(signal, toggle);
  } catch {
    // The platform knows no such signal.
  }
  return () => {
    try {
      host?.off?.(signal, toggle);
    } catch {
      // It was never listened to.
    }
  };
}

function sharedSwitch(): Switch {
  const own: Switch = { on: /^(1|true|on|yes)$/i.test(environment("WEVT_DEBUG_MESSAGES") ?? "") };
  try {
    const shared: unknown = Reflect.get(globalThis, key);
    if (isSwitch(shared)) return shared;
    Object.defineProperty(globalThis, key, { value: own });
  } catch {
    // A frozen global: this copy has a switch of its own.
  }
  return own;
}

function isSwitch(value: unknown): value is Switch {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "on") === "boolean";
}
