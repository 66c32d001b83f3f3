/** Expectations as functions that throw: for node:test, or any runner. */
import type { Emitted } from "./records.js";
import { type ExpectedEvent, type Matched, matchEmitted, matchNoProblems } from "./emitted.js";
import { failure } from "./failure.js";
import type { FieldsIn, NameIn, RecordIn } from "./subject.js";

/** There is an event of this name with these fields. Returns its record. */
export function assertEmitted<Subject extends Emitted, Name extends NameIn<Subject>>(emitted: Subject, name: Name, fields?: FieldsIn<Subject, Name>): RecordIn<Subject, Name> {
  return found(emitted, { name, fields }, assertEmitted);
}

/** There is exactly one event of this name with these fields. Returns its record. */
export function assertEmittedOnce<Subject extends Emitted, Name extends NameIn<Subject>>(emitted: Subject, name: Name, fields?: FieldsIn<Subject, Name>): RecordIn<Subject, Name> {
  return found(emitted, { name, fields, once: true }, assertEmittedOnce);
}

/** There is no event of this name with these fields. */
export function assertNotEmitted<Subject extends Emitted, Name extends NameIn<Subject>>(emitted: Subject, name: Name, fields?: FieldsIn<Subject, Name>): void {
  const matched = matchEmitted(emitted, { name, fields });
  if (matched.pass) throw failure(matched.message(), assertNotEmitted);
}

/** No problem was told to the kit and not expected, or stands on one of these records. */
export function assertNoProblems(emitted: Emitted): void {
  hold(matchNoProblems(emitted), assertNoProblems);
}

function found<Typed>(emitted: Emitted, expected: ExpectedEvent, above: (...args: never[]) => unknown): Typed {
  const matched = matchEmitted(emitted, expected);
  hold(matched, above);
  return asTyped<Typed>(matched.record);
}

function hold({ pass, message }: Matched, above: (...args: never[]) => unknown): void {
  if (!pass) throw failure(message(), above);
}

/** Named guard: the subject's type names the registry by which its records are written. */
function asTyped<Typed>(record: unknown): Typed {
  return record as Typed;
}
