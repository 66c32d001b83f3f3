/** Messages: kept on the record of the event that is current; outside any event, one makes a small event of its own. */
import { readActiveSpan } from "./active-span.js";
import { type BuiltOriginator, contract, type EventDescriptor } from "./contract.js";
import type { Core } from "./core.js";
import { type EventState, openEvent, report, writable } from "./event.js";
import { maxMessageLength, maxMessages } from "./limits.js";
import type { MessageFeature, MessageTemplate } from "./messages/feature.js";
import type { MessageCall, MessageLevel } from "./messages/level.js";
import type { MessageSink } from "./messages/sink.js";
import { clip, type PlainObject } from "./plain.js";
import { emitEvent } from "./seal.js";
import { writeError } from "./write.js";

export interface Said {
  readonly call: MessageCall;
  readonly template: MessageTemplate;
  readonly args: readonly unknown[];
}

const levels: ReadonlySet<unknown> = new Set<MessageLevel>(["debug", "info", "warn", "error"]);
const aloneEvent: EventDescriptor = { contract, kind: "event", name: "message", method: "message", partials: {} };
/** For events that the library opens itself. */
export const manualOriginator: BuiltOriginator = { originator: "manual", fields: {}, descriptor: { contract, kind: "originator", name: "manual", check: () => true, rule: { fields: {} } } };

/** Writes a message; never throws but for a ValidationError of `validation: "throw"`. An event that is there for the message alone has failed where that tells of an error. */
export function say(core: Core, current: EventState | undefined, said: Said): void {
  const state = current ?? openEvent(core, manualOriginator, { definition: aloneEvent, from: readActiveSpan(core) });
  const message = core.messages === undefined ? unformatted(state, said) : formatted(state, core.messages, said);
  keepMessage(state, message);
  if (current !== undefined) return;
  if (message.error !== undefined) writeError(state, message.error);
  emitEvent(state);
}

/** Where captured console calls go. */
export function sinkOf(state: EventState): MessageSink {
  return { stacks: state.core.stacks, message: (level, text, args) => keepMessage(state, { level, text, template: undefined, args }) };
}

interface Message {
  readonly level: MessageLevel;
  readonly text: string;
  /** Absent where it says no more than the text. */
  readonly template: string | undefined;
  readonly args: PlainObject;
  /** What a message of level `error` tells of. */
  readonly error?: unknown;
}

function formatted(state: EventState, feature: MessageFeature, { call, template, args }: Said): Message {
  const withLevel = typeof template === "object" && template !== null && "level" in template;
  const given: unknown = withLevel ? template.text : template;
  const values = typeof given === "string" ? args : [given, ...args];
  const wanted: unknown = withLevel ? template.level : undefined;
  const level = isLevel(wanted) ? wanted : feature.infer(values, call);
  const made = feature.format(given, args, state.core);
  for (const problem of made.problems) report(state, { problem: "constraint", path: "messages", message: problem });
  return { level, text: made.text, template: typeof given === "string" && given !== made.text ? clip(given, maxMessageLength) : undefined, args: made.args, error: level === "error" ? feature.errorAmong(values) : undefined };
}

function unformatted(state: EventState, { call, template }: Said): Message {
  report(state, { problem: "constraint", path: "messages", message: "messages are not formatted: give createWevt `messages` of wevt/messages" });
  return { level: call === "debug" ? "debug" : "info", text: clip(String(typeof template === "object" ? template.text : template), maxMessageLength), template: undefined, args: {} };
}

function isLevel(value: unknown): value is MessageLevel {
  return levels.has(value);
}

function keepMessage(written: EventState, { level, text, template, args }: Message): void {
  const state = writable(written, "messages");
  if (state === undefined) return;
  if (state.messages.length >= maxMessages) return report(state, { problem: "limit", path: "messages", message: `more than ${maxMessages} messages on one event: the rest was left out` });
  const atMs = Math.max(0, Math.round((state.core.clock.monotonic() - state.startedMonotonic) * 1000) / 1000);
  const when = state.core.registry.naming === "snake_case" ? { at_ms: atMs } : { atMs };
  state.messages.push({ ...when, level, text, ...(template === undefined ? {} : { template }), ...(Object.keys(args).length === 0 ? {} : { args }) });
}
