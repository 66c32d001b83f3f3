/**
 * `wevt/messages`: messages in the language of Go's fmt, on the record of the event.
 *
 *     import { messages } from "wevt/messages";
 *     const wevt = createWevt({ messages });
 *     wevt.message("Hello %{name}s!", "Luke");
 */
import { debugSwitch } from "./debug.js";
import type { MessageFeature } from "./feature.js";
import { formatMessage } from "./format.js";
import { errorAmong, inferLevel } from "./level.js";

/** For `createWevt({ messages })`. */
export const messages: MessageFeature = { format: formatMessage, infer: inferLevel, errorAmong, debug: debugSwitch };

export { debugOnSignal, type DebugSignalOptions, isDebug, setDebug } from "./debug.js";
export { type FormattedMessage, formatMessage } from "./format.js";
export { inferLevel, type MessageCall, type MessageLevel } from "./level.js";
