/** Every bound of the runtime, in one place. What is beyond a bound is left out or shortened, and counted as a problem of kind `limit`. */

/** UTF-16 units of one string value; the rest is cut off. */
export const maxStringLength = 100_000;
/** Items of one array. */
export const maxArrayItems = 10_000;
/** Levels of free JSON (`kind: json`, open objects). Declared fields have the depth of their schema. */
export const maxFreeDepth = 32;
/** Values copied by one write, arrays and free JSON included. */
export const maxValuesPerWrite = 100_000;
/** Problems kept on one event unless `maxProblems` says otherwise; the rest is counted. */
export const defaultMaxProblems = 20;
/** Units of a value shown in a problem. */
export const maxShownLength = 200;
/** Times each kind of problem is printed when there is no `onProblem`. */
export const maxWarningsPerKind = 3;
/** Events that wait for a collector whose previous `flush` has not settled; further ones are dropped for this collector. */
export const maxQueuedEvents = 1_000;
/** Milliseconds that `close()` and `flush()` wait for collectors unless told otherwise. */
export const defaultDeadlineMs = 5_000;
export const maxErrorMessageLength = 2_000;
export const maxStackLength = 8_000;
export const maxCauses = 8;
/** Open events that `close()` knows of and emits; beyond that, only their own end emits them. */
export const maxOpenEvents = 10_000;
/** Bytes that wait for a slow reader of stdout; further events are dropped and counted. */
export const maxWaitingText = 8_388_608;
/** Milliseconds that a process which exits waits for a reader of stdout that takes nothing. */
export const stdoutDeadlineMs = 2_000;
