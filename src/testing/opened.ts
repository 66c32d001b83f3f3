/** What is open, and where in the code it was opened. */
import type { TimerWatch } from "../runtime/core.js";
import type { EventState } from "../runtime/event.js";
import type { Timer } from "../runtime/handle.js";
import { processObject } from "../runtime/platform.js";

/** An event that was opened and has not been emitted. */
export interface OpenEvent {
  readonly eventId: string;
  /** Its name; without one, the type of its originator. */
  readonly event: string;
  /** The type of its originator. */
  readonly originator: string;
  /** The line that opened it, where the platform tells: `test/checkout.test.ts:12:23`. */
  readonly openedAt?: string;
}

/** Remembers the place at which each event is opened; reading it as text is put off until somebody asks. */
export interface Places {
  note(eventId: string): void;
  forget(): void;
  of(eventId: string): string | undefined;
}

export function createPlaces(): Places {
  const places = new Map<string, Error>();
  return {
    note: (eventId) => void places.set(eventId, new Error("opened")),
    forget: () => places.clear(),
    of: (eventId) => firstForeignFrame(places.get(eventId)?.stack),
  };
}

export function openEvents(open: Iterable<EventState>, places: Places): readonly OpenEvent[] {
  return [...open].map((state) => {
    const { eventId, originator } = state;
    const openedAt = places.of(eventId);
    return { eventId, event: nameOf(state), originator: originator.type, ...(openedAt === undefined ? {} : { openedAt }) };
  });
}

/** A timer that was started (`event.start("db.durationMs")`) and has not been stopped: its time is on no record. */
export interface OpenTimer {
  /** The path that it was started for. */
  readonly path: string;
  /** The name of its event; without one, the type of its originator. */
  readonly event: string;
  readonly eventId: string;
  /** The line that started it, where the platform tells. */
  readonly startedAt?: string;
}

export interface OpenTimers extends TimerWatch {
  list(): readonly OpenTimer[];
  forget(): void;
}

export function openTimers(): OpenTimers {
  const timers = new Map<Timer, { readonly state: EventState; readonly path: string; readonly place: Error }>();
  return {
    add: (timer, about) => void timers.set(timer, { ...about, place: new Error("started") }),
    delete: (timer) => void timers.delete(timer),
    forget: () => timers.clear(),
    list: () =>
      [...timers.values()].map(({ path, state, place }) => {
        const startedAt = firstForeignFrame(place.stack);
        return { path, event: nameOf(state), eventId: state.eventId, ...(startedAt === undefined ? {} : { startedAt }) };
      }),
  };
}

function nameOf({ definition, originator }: EventState): string {
  return definition?.name ?? originator.type;
}

/** The folder of the installed wevt. */
const ours = new URL("..", import.meta.url).href;

function firstForeignFrame(stack: string | undefined): string | undefined {
  const frames = (stack ?? "").split("\n").slice(1).map(placeIn);
  const place = frames.find((frame) => frame !== undefined && !frame.startsWith(ours) && !frame.startsWith(pathOf(ours)));
  return place === undefined ? undefined : relative(place);
}

/** `    at handle (file:///a/b.ts:12:3)`, `    at file:///a/b.ts:12:3`. */
function placeIn(frame: string): string | undefined {
  return /\(?([^\s()]+:\d+:\d+)\)?$/.exec(frame)?.[1];
}

function relative(place: string): string {
  const path = pathOf(place);
  const folder = `${processObject()?.cwd?.() ?? ""}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

function pathOf(url: string): string {
  return url.startsWith("file://") ? decodeURIComponent(url.slice("file://".length)) : url;
}
