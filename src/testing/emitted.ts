/** Was there such an event? The answer names the nearest one, field by field. */
import { type Difference, differences } from "./differences.js";
import { openText, problemList, recordedProblems, type ToldProblem } from "./clean.js";
import type { OpenEvent } from "./opened.js";
import { type AnyRecord, eventIdOf, isRecord, recordsOf, shortId } from "./records.js";
import { aligned, showList, showValue } from "./show.js";

/** The answer, in the form that `expect.extend` of vitest and jest takes. */
export interface Matched {
  readonly pass: boolean;
  /** Why it failed; where it passed, why its negation fails. */
  readonly message: () => string;
  /** The event that fits. */
  readonly record?: AnyRecord | undefined;
}

export interface ExpectedEvent {
  readonly name: string;
  /** Any part of the record: `{ llm: { model: "opus" } }`. */
  readonly fields?: unknown;
  /** Exactly one event fits; default: at least one. */
  readonly once?: boolean;
}

/** Looks for an event in what was emitted: a kit, a `memory()` collector, or a list of records. */
export function matchEmitted(emitted: unknown, { name, fields = {}, once = false }: ExpectedEvent): Matched {
  const records = recordsOf(emitted);
  const named = records.filter((record) => record["event"] === name).map((record) => ({ record, wrong: differences(record, fields) }));
  const fitting = named.filter(({ wrong }) => wrong.length === 0).map(({ record }) => record);
  const pass = once ? fitting.length === 1 : fitting.length > 0;
  failing.delete(Object(emitted));
  const what = `${once ? "exactly one" : "an"} event ${JSON.stringify(name)}${hasFields(fields) ? " with these fields" : ""}`;
  const text = (): string => {
    if (pass) return `expected not to find ${what}, but there is ${describe(fitting[0] ?? {})}${showFields(fields)}`;
    if (fitting.length > 0) return `expected ${what}, there are ${fitting.length}:${showList(fitting.map(describe))}`;
    const nearest = [...named].sort((first, second) => first.wrong.length - second.wrong.length)[0];
    if (nearest === undefined) return `expected ${what}, there is none of that name\n${whatThereIs(emitted, records)}`;
    return `expected ${what}; ${named.length === 1 ? "this one differs" : `of ${named.length} of that name, the nearest differs`}:\n${describe(nearest.record)}${showDifferences(nearest.wrong)}`;
  };
  return { pass, message: told(emitted, text), record: fitting[0] };
}

/** Are there no problems, neither told to the kit nor on a record? */
export function matchNoProblems(emitted: unknown): Matched {
  const records = recordsOf(emitted);
  const problems = toldProblems(emitted) ?? recordedProblems(records);
  const names = new Map(records.map((record) => [eventIdOf(record), String(record["event"])]));
  failing.delete(Object(emitted));
  return { pass: problems.length === 0, message: told(emitted, () => (problems.length === 0 ? "expected problems, there are none" : `expected no problems, there ${problems.length === 1 ? "is one" : `are ${problems.length}`}:${problemList(problems, names)}`)) };
}

/** What the last expectation failed for: only then is its message asked for. */
const failing = new WeakSet<object>();

/** True while a test of this kit is failing already. */
export function isFailing(kit: object): boolean {
  return failing.has(kit);
}

export function forgetFailure(kit: object): void {
  failing.delete(kit);
}

function told(emitted: unknown, message: () => string): () => string {
  return () => {
    failing.add(Object(emitted));
    return message();
  };
}

/** The events that were emitted, and those that are still open. */
export function whatThereIs(emitted: unknown, records: readonly AnyRecord[]): string {
  const open = openOf(emitted);
  const texts = [records.length === 0 ? "nothing was emitted" : `emitted:${showList(records.map(describe), 12)}`, ...(open.length === 0 ? [] : [`still open:${showList(open.map(openText), 6)}`])];
  return texts.join("\n");
}

/** `http (evnt_…1) ok, 12 ms: user, order` */
export function describe(record: AnyRecord): string {
  const partials = Object.keys(record).filter((key) => !baseKeys.has(key));
  const durationMs = record["durationMs"] ?? record["duration_ms"];
  const facts = [record["outcome"], ...(durationMs === undefined ? [] : [`${String(durationMs)} ms`])].filter((fact) => fact !== undefined).join(", ");
  return `${String(record["event"])} (${shortId(eventIdOf(record))}) ${facts}${partials.length === 0 ? "" : `: ${partials.join(", ")}`}`;
}

const baseKeys: ReadonlySet<string> = new Set("service eventId event_id event timestamp originator durationMs duration_ms outcome error main parentEventId parent_event_id followUpOf follow_up_of sampleRate sample_rate sampleReason sample_reason schema wevt messages".split(" "));

function showDifferences(wrong: readonly Difference[]): string {
  return showList(aligned(wrong.map(({ path, expected, received }) => [path, `expected ${showValue(expected)}, received ${showValue(received)}`])));
}

function showFields(fields: unknown): string {
  return hasFields(fields) ? `:${showList(aligned(Object.entries(isRecord(fields) ? fields : {}).map(([key, value]) => [key, showValue(value)])))}` : "";
}

function hasFields(fields: unknown): boolean {
  return isRecord(fields) && Object.keys(fields).length > 0;
}

function toldProblems(emitted: unknown): readonly ToldProblem[] | undefined {
  const problems: unknown = isRecord(emitted) ? emitted["problems"] : undefined;
  return Array.isArray(problems) ? problems : undefined;
}

function openOf(emitted: unknown): readonly OpenEvent[] {
  const open: unknown = isRecord(emitted) ? emitted["open"] : undefined;
  return Array.isArray(open) ? open : [];
}
