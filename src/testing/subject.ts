/** What the type of a subject says of the events that can be looked for in it. */
import type { Expected } from "./differences.js";
import type { AnyRecord, EventRecord, RecordName } from "./records.js";
import type { TestWevt } from "./test-wevt.js";

/** The names of a kit's registry; elsewhere, any. */
export type NameIn<Subject> = Subject extends TestWevt<infer R, infer _Handle, infer _Events> ? RecordName<R> : string;

export type RecordIn<Subject, Name> = Subject extends TestWevt<infer R, infer _Handle, infer _Events> ? EventRecord<R, Name> : AnyRecord;

/** Any part of such a record. */
export type FieldsIn<Subject, Name> = Expected<RecordIn<Subject, Name>>;
