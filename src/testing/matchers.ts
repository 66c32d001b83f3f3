/** Matchers for vitest and jest: `expect.extend(wevtMatchers)`, once, in a setup file. */
import { type Matched, matchEmitted, matchNoProblems } from "./emitted.js";
import type { FieldsIn, NameIn } from "./subject.js";

/** What `expect.extend` takes. */
export type WevtMatchers = {
  readonly toHaveEmitted: (emitted: unknown, name: string, fields?: unknown) => Matched;
  readonly toHaveEmittedOnce: (emitted: unknown, name: string, fields?: unknown) => Matched;
  readonly toHaveNoProblems: (emitted: unknown) => Matched;
};

/**
 * Matchers over what `testWevt` returns, a `memory()` collector or a list of records.
 *
 *     expect.extend(wevtMatchers);
 *     expect(kit).toHaveEmitted("agent.execution", { llm: { model: "opus" } });
 */
export const wevtMatchers: WevtMatchers = {
  toHaveEmitted: (emitted, name, fields) => matchEmitted(emitted, { name, fields }),
  toHaveEmittedOnce: (emitted, name, fields) => matchEmitted(emitted, { name, fields, once: true }),
  toHaveNoProblems: (emitted) => matchNoProblems(emitted),
};

/**
 * What the matchers add to `expect`; `Subject` is what stands in `expect(…)`. Known to vitest and to jest's globals by itself; where `expect` is imported
 * from `@jest/globals` or `expect`, a declaration adds it:
 *
 *     declare module "expect" {
 *       interface Matchers<R, T> extends WevtExpectations<R, T> {}
 *     }
 */
export interface WevtExpectations<Result, Subject> {
  /** There is an event of this name with these fields. */
  toHaveEmitted<Name extends NameIn<Subject>>(name: Name, fields?: FieldsIn<Subject, Name>): Result;
  /** There is exactly one event of this name with these fields. */
  toHaveEmittedOnce<Name extends NameIn<Subject>>(name: Name, fields?: FieldsIn<Subject, Name>): Result;
  /** No problem was told and not expected, or stands on one of these records. */
  toHaveNoProblems(): Result;
}

declare global {
  /** Here jest looks for matchers of others, and vitest as well. */
  namespace jest {
    interface Matchers<R, T = {}> extends WevtExpectations<R, T> {}
  }
}
