/** How grave a message is: nobody has to say it. */
import { isError, isLiteral } from "./look.js";

export type MessageLevel = "debug" | "info" | "warn" | "error";

/** Which function was called. */
export type MessageCall = "message" | "debug";

/**
 * `error` when an argument is an Error, or a field of the object literal that ends the arguments (`message("…", { error })`); otherwise `debug` for a debug
 * call, and `info` for all else. An Error in a debug call is an error. `warn` is never inferred.
 */
export function inferLevel(args: readonly unknown[], call: MessageCall): MessageLevel {
  return errorAmong(args) !== undefined ? "error" : call === "debug" ? "debug" : "info";
}

/** The first Error among the arguments, or else among the fields of the object literal that ends them. */
export function errorAmong(args: readonly unknown[]): unknown {
  try {
    const last = args.at(-1);
    return args.find(isError) ?? (isLiteral(last) ? Object.values(last).find(isError) : undefined);
  } catch {
    return undefined;
  }
}
