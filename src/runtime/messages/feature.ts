/** What the runtime takes from `wevt/messages`: formatting is linked only where messages are written. */
import type { formatMessage } from "./format.js";
import type { errorAmong, inferLevel, MessageLevel } from "./level.js";

export interface MessageFeature {
  readonly format: typeof formatMessage;
  readonly infer: typeof inferLevel;
  readonly errorAmong: typeof errorAmong;
  /** Whether debug messages are on. */
  readonly debug: { readonly on: boolean };
}

/** A template, or a template with a level that is not inferred. */
export type MessageTemplate = string | { readonly text: string; readonly level: MessageLevel };
