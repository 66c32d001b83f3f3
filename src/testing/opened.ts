/** What is open, and where in the code it was opened. */
import type { EventState } from "../runtime/event.js";
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
  return [...open].map(({ eventId, originator, definition }) => {
    const openedAt = places.of(eventId);
    return { eventId, event: definition?.name ?? originator.type, originator: originator.type, ...(openedAt === undefined ? {} : { openedAt }) };
  });
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
