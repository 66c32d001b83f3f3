/** `wevt/testing`: captures events in tests, and says what is wrong with them. Imported by tests only; programs link nothing of it. */
export { assertEmitted, assertEmittedOnce, assertNoProblems, assertNotEmitted } from "./assert.js";
export type { ToldProblem } from "./clean.js";
export type { Moment, TestClock } from "./clock.js";
export type { Expected } from "./differences.js";
export { type ExpectedEvent, type Matched, matchEmitted, matchNoProblems } from "./emitted.js";
export { type WevtExpectations, wevtMatchers, type WevtMatchers } from "./matchers.js";
export type { OpenEvent } from "./opened.js";
export type { AnyRecord, Emitted, EventRecord, RecordName, RecordOf } from "./records.js";
export { stable, type StableOptions } from "./stable.js";
export type { FieldsIn, NameIn, RecordIn } from "./subject.js";
export { type CreateWevt, type TestOptions, type TestWevt, testWevt } from "./test-wevt.js";
