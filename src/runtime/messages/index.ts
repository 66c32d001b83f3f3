/** `wevt/messages` */
export { debugOnSignal, type DebugSignalOptions, isDebug, setDebug } from "./debug.js";
export { type FormattedMessage, formatMessage } from "./format.js";
export { inferLevel, type MessageCall, type MessageLevel } from "./level.js";
