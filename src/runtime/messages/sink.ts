/** Where messages go that are made elsewhere: the one thing that capturing a console knows of the runtime. */
import type { PlainObject } from "../plain.js";
import type { MessageLevel } from "./level.js";

/** Takes a message that is formatted already. Must not throw. */
export interface MessageSink {
  message(level: MessageLevel, text: string, args: PlainObject): void;
  /** Whether the arguments hold the stacks of errors; default: they do. */
  readonly stacks?: boolean;
}

/** The key of a `MessageSource`. */
export const messageSink: unique symbol = Symbol.for("wevt.messageSink");

/** What `createWevt` returns is one. */
export interface MessageSource {
  /** The sink of the event that is current and still open; undefined outside any event. */
  [messageSink](): MessageSink | undefined;
}
