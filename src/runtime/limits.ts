/**
 * Every bound of the runtime, in one place. What is beyond a bound is left out or shortened, and counted as a problem of kind `limit`. The table in
 * README.md is made of these comments: `RECORD=1 npx vitest run test/runtime/limits.test.ts` writes it.
 */

/** UTF-16 units of one string value; the rest is cut off. */
export const maxStringLength = 100_000;
/** Items of one array; of a list for a repeatable partial, and keys, in one `set`. */
export const maxArrayItems = 10_000;
/** Levels of free JSON (`kind: json`, open objects). Declared fields have the depth of their schema. */
export const maxFreeDepth = 32;
/** Values copied by one write, arrays, free JSON and keys that no schema declares included. */
export const maxValuesPerWrite = 100_000;
/** UTF-16 units of all that is written into one event, with 8 for what is no text; a write that goes beyond is left out. */
export const maxEventUnits = 1_000_000;
/** Problems kept on one event unless `maxProblems` says otherwise; the rest is counted. */
export const defaultMaxProblems = 20;
/** Units of a value shown in a problem. */
export const maxShownLength = 200;
/** Times each kind of problem is printed when there is no `onProblem`. */
export const maxWarningsPerKind = 3;
/** Events that wait for a collector whose previous `flush` has not settled; further ones are dropped for this collector. */
export const maxQueuedEvents = 1_000;
/** Milliseconds after which a `flush` that has not settled is given up, as soon as a further event comes: an edge worker drops what a request leaves behind. */
export const maxFlushMs = 60_000;
/** Milliseconds that `close()` and `flush()` wait for collectors unless told otherwise. */
export const defaultDeadlineMs = 5_000;
/** Milliseconds of any timer: platforms take a longer one for none at all. A longer limit holds for so long. */
export const maxTimerMs = 2_147_483_647;
/** Units of the type of the originator at the root of a trace, which another service sent. */
export const maxOriginatorType = 200;
/** Units of an error's message. */
export const maxErrorMessageLength = 2_000;
/** Units of an error's stack; of all stacks in the arguments of one message together. */
export const maxStackLength = 8_000;
/** Causes that are kept of one error, those of causes included. */
export const maxCauses = 8;
/** Milliseconds in which late writes are gathered before their follow-up record is emitted. */
export const followUpDelayMs = 1_000;
/** Follow-up records that are gathered at a time; one more, and they are emitted at once. */
export const maxFollowUps = 1_000;
/** Kinds and places of problems that one health record lists. */
export const maxHealthRows = 19;
/** Milliseconds between health records unless told otherwise. */
export const defaultHealthIntervalMs = 60_000;
/** Messages of one event; further ones are left out and counted. */
export const maxMessages = 100;
/** Units of free text that `wevt/redaction` looks through in one event; the rest is cut off. */
export const maxScannedUnits = 200_000;
/** Open events that `close()` knows of and emits; beyond that, only their own end emits them, and `close()` tells how many there were. */
export const maxOpenEvents = 10_000;
/** Bytes that wait for a slow reader of stdout; further events are dropped and counted. */
export const maxWaitingText = 8_388_608;
/** Milliseconds that a process which exits waits for a reader of stdout that takes nothing. */
export const stdoutDeadlineMs = 2_000;
/** UTF-16 units of a message's text, and of all that is read of its arguments. */
export const maxMessageLength = 10_000;
/** Arguments of a message that are kept. */
export const maxMessageArguments = 100;
/** Values read of the arguments of one message, those inside arrays and objects included. */
export const maxMessageValues = 1_000;
/** Items shown of one array, object, Map or Set in a message. */
export const maxMessageItems = 100;
/** Levels of arrays and objects in a message. */
export const maxMessageDepth = 8;
/** Problems told about one message. */
export const maxMessageProblems = 5;
/** Compiled templates of messages that are kept; beyond that, the oldest goes. */
export const maxCachedTemplates = 500;
/** Units of a template that is kept; a longer one is compiled at each call. */
export const maxCachedTemplateLength = 1_000;
