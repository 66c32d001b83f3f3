/** Records by the project's registry. */
import type { EventName, OriginatorName, OriginatorRecord, PartialName, RegistryTypes, Rollups, WideEventLog } from "../runtime/types.js";

/** True for the `createWevt` of `wevt`, which knows no registry. */
type IsOpen<R extends RegistryTypes> = RegistryTypes extends R ? true : string extends keyof R["partials"] ? true : false;

/** A record of a registry; without one, any. */
export type RecordOf<R extends RegistryTypes> = IsOpen<R> extends true ? AnyRecord : WideEventLog<R>;

export interface AnyRecord {
  readonly [key: string]: unknown;
}

/** What stands under `event` on a record: a named event, or the originator of one that `wevt.run` opened; `message` outside any event. */
export type RecordName<R extends RegistryTypes> = IsOpen<R> extends true ? string : EventName<R> | OriginatorName<R> | "manual" | "message";

/** A record of this name: the partials that the event requires are there, and the originator is the one that names it. */
export type EventRecord<R extends RegistryTypes, Name> = RecordOf<R> & RequiredOf<R, Name> & OriginatorOf<R, Name>;

type RequiredOf<R extends RegistryTypes, Name> = Name extends keyof R["events"] ? (R["events"][Name] extends { readonly required: infer Required } ? { readonly [P in Extract<Required, PartialName<R>>]: P extends R["repeatable"] ? readonly R["partials"][P][] : R["partials"][P] } & RollupsOf<R, Extract<Required, string>> : unknown) : unknown;

/** Of partials that are there. */
type RollupsOf<R extends RegistryTypes, Names extends string> = Pick<Rollups<R>, Extract<keyof Rollups<R>, `${Names}Stats` | `${Names}_stats`>>;

type OriginatorOf<R extends RegistryTypes, Name> = [Name] extends [keyof R["events"]] ? unknown : [Name] extends [OriginatorName<R>] ? (string extends Name ? unknown : { readonly originator: Extract<OriginatorRecord<R>, { readonly type: Name }> }) : unknown;

/** What is looked at: a kit, a `memory()` collector, or records from anywhere. */
export type Emitted = { readonly events: readonly object[] } | { readonly records: readonly object[] } | readonly object[];

/** The records of what is looked at. */
export function recordsOf(emitted: unknown): readonly AnyRecord[] {
  if (Array.isArray(emitted)) return emitted.filter(isRecord);
  const found = isRecord(emitted) ? [emitted["records"], emitted["events"]].find(Array.isArray) : undefined;
  if (found === undefined) throw new TypeError("events are looked for in what testWevt returns, in a memory() collector, or in a list of records");
  return found.filter(isRecord);
}

export function isRecord(value: unknown): value is AnyRecord {
  return typeof value === "object" && value !== null;
}

/** With either naming of the base fields. */
export function eventIdOf(record: AnyRecord): string {
  return String(record["eventId"] ?? record["event_id"] ?? "");
}

/** Ids that a kit counts, without the zeros in between. */
export function shortId(eventId: string): string {
  return eventId.replace(/^evnt_0{2,}/, "evnt_…");
}
