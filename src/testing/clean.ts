/** What is wrong in a test whose expectations all held. */
import type { OpenEvent, OpenTimer } from "./opened.js";
import type { Problem } from "../runtime/types.js";
import { type AnyRecord, eventIdOf, isRecord, shortId } from "./records.js";
import { showList } from "./show.js";

/** A problem, with the event that it belongs to. */
export interface ToldProblem extends Problem {
  readonly eventId?: string;
}

export interface Unclean {
  readonly problems: readonly ToldProblem[];
  readonly open: readonly OpenEvent[];
  readonly timers: readonly OpenTimer[];
  readonly records: readonly AnyRecord[];
}

/** A list of what is wrong, or nothing. */
export function uncleanText({ problems, open, timers, records }: Unclean): string | undefined {
  const names = new Map<string, string>([...records.map((record): [string, string] => [eventIdOf(record), String(record["event"])]), ...open.map(({ eventId, event }): [string, string] => [eventId, event])]);
  const texts = [
    ...(problems.length === 0 ? [] : [`problems that the test does not expect:${problemList(problems, names)}`]),
    ...(open.length === 0 ? [] : [`events that were opened and never emitted:${showList(open.map(openText))}`]),
    ...(timers.length === 0 ? [] : [`timers that were started and never stopped, whose time is on no record:${showList(timers.map(timerText))}`]),
    ...(problems.length === 0 ? [] : ["a problem that is meant to be is named with kit.expectProblem(kind, path)"]),
  ];
  return texts.length === 0 ? undefined : texts.join("\n");
}

export function problemList(problems: readonly ToldProblem[], names: ReadonlyMap<string, string> = new Map()): string {
  return showList(problems.map((problem) => problemText(problem, names)));
}

function problemText({ problem, path, message, value, eventId }: ToldProblem, names: ReadonlyMap<string, string>): string {
  const place = path === undefined ? "" : ` at ${path}`;
  const shown = value === undefined ? "" : `; it was ${value}`;
  const event = eventId === undefined ? "" : ` (${[names.get(eventId), shortId(eventId)].filter((part) => part !== undefined).join(" ")})`;
  return `${problem}${place}: ${message}${shown}${event}`;
}

export function openText({ eventId, event, originator, openedAt }: OpenEvent): string {
  const from = event === originator ? "" : ` from ${originator}`;
  return `${event}${from} (${shortId(eventId)})${openedAt === undefined ? "" : `, opened at ${openedAt}`}`;
}

function timerText({ path, event, eventId, startedAt }: OpenTimer): string {
  return `${path} (${event} ${shortId(eventId)})${startedAt === undefined ? "" : `, started at ${startedAt}`}`;
}

/** The problems that stand on records. */
export function recordedProblems(records: readonly AnyRecord[]): readonly ToldProblem[] {
  return records.flatMap((record) => {
    const own: unknown = isRecord(record["wevt"]) ? record["wevt"]["problems"] : undefined;
    return Array.isArray(own) ? own.filter(isProblem).map((problem) => ({ ...problem, eventId: eventIdOf(record) })) : [];
  });
}

function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value["problem"] === "string" && typeof value["message"] === "string";
}
