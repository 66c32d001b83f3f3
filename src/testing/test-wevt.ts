/** A wevt for tests: it captures, its time and identifiers are known, and nothing goes wrong in it unnoticed. */
import { type Collector, createLane } from "../runtime/collector.js";
import type { Core, TimerWatch } from "../runtime/core.js";
import { emitOpen } from "../runtime/create-wevt.js";
import type { Clock, Ids } from "../runtime/ids.js";
import { createReporter, type OnProblem } from "../runtime/problems.js";
import type { ProblemKind, RegistryTypes } from "../runtime/types.js";
import type { AnyRegistry, EventHandle, Wevt, WevtOptions } from "../runtime/wevt-types.js";
import { problemList, type ToldProblem, uncleanText } from "./clean.js";
import { manualClock, type Moment, type TestClock } from "./clock.js";
import { describe, forgetFailure, isFailing, whatThereIs } from "./emitted.js";
import { failure } from "./failure.js";
import { countingIds } from "./ids.js";
import { listOpen } from "../runtime/open-list.js";
import { createPlaces, openEvents, type OpenEvent, openTimers } from "./opened.js";
import type { AnyRecord, EventRecord, RecordName, RecordOf } from "./records.js";
import { showList } from "./show.js";
import { coreOf, takeOver } from "./take-over.js";

/**
 * Those of `createWevt`, but for the clock and the identifiers. Of a wevt that exists already, `validation`, `collectors`, `onProblem`, `sampling` and
 * `startAt` are used.
 */
export type TestOptions<R extends RegistryTypes = AnyRegistry> = Omit<WevtOptions<R>, "clock" | "ids" | "sampling"> & {
  /** The time of day at the start; default 2026-01-01T00:00:00.000Z. */
  readonly startAt?: Moment;
  /** Default: every event is kept. `declared`: what the event files say, or the wevt's own sampler. */
  readonly sampling?: NonNullable<WevtOptions<R>["sampling"]> | "declared";
};

export interface TestWevt<R extends RegistryTypes = AnyRegistry, Handle = EventHandle<R>, Events = object> {
  /** What the code under test is given, or has imported. */
  readonly wevt: Wevt<R, Handle, Events>;
  /** The records of what was emitted, in this order. */
  readonly events: readonly RecordOf<R>[];
  /** The only event that was emitted, or the only one of this name. Throws when there is none, or another: with a list of what there is. */
  event<Name extends RecordName<R>>(name?: Name): EventRecord<R, Name>;
  /** The time in which events happen. */
  readonly clock: TestClock;
  /** The problems that nobody has expected yet. */
  readonly problems: readonly ToldProblem[];
  /** Says that there are problems of this kind (at this path) and that they are meant to be. Returns the first; throws when there is none. */
  expectProblem(kind: ProblemKind, path?: string): ToldProblem;
  /** The events that were opened and have not been emitted. */
  readonly open: readonly OpenEvent[];
  /** Throws when there are problems that nobody expected (undeclared or missing fields and partials, late writes …), events that are still open, or timers that were never stopped. */
  expectClean(): void;
  /** Forgets everything that was emitted, told or opened; time and identifiers begin anew. */
  reset(): void;
  /** `expectClean()` and, in any case, `reset()`: `afterEach(kit.done)`, where one kit serves many tests. */
  readonly done: () => void;
  /** `using kit = testWevt(…)` calls `expectClean()` at the end of the block; a wevt that existed before then goes on as it was. */
  [Symbol.dispose](): void;
}

/** The generated `createWevt`, that of `wevt`, or a function that calls one. */
export type CreateWevt<R extends RegistryTypes, Handle, Events> = (options: WevtOptions<R>) => Wevt<R, Handle, Events>;

const defaultStart = "2026-01-01T00:00:00.000Z";

/**
 * Makes a wevt for a test, or takes over the one that a project exports, until the kit is disposed. Events are captured and go nowhere else, wrong
 * fields throw at the call, and each `eventId` and `durationMs` is known in advance.
 *
 *     using kit = testWevt(createWevt); // or testWevt(wevt), as "../src/telemetry.js" exports it
 *     await handle(kit.wevt);
 *     expect(kit).toHaveEmitted("http", { user: { tier: "pro" } }); // or assertEmitted(kit, "http", …)
 */
export function testWevt<R extends RegistryTypes = AnyRegistry, Handle = EventHandle<R>, Events = object>(subject: CreateWevt<R, Handle, Events> | Wevt<R, Handle, Events>, options: TestOptions<R> = {}): TestWevt<R, Handle, Events> {
  const problems: ToldProblem[] = [];
  const onProblem: OnProblem = (problem, context) => {
    problems.push({ ...problem, ...context });
    return options.onProblem?.(problem, context);
  };
  const wevt = typeof subject === "function" ? subject(asOptions<R>(optionsOf(options, onProblem))) : subject;
  const core = coreOf(wevt);
  const records: RecordOf<R>[] = [];
  const places = createPlaces();
  const timers = openTimers();
  const time = manualClock(options.startAt ?? defaultStart);
  const ids = countingIds(places.note);
  const collector: Collector = { name: "wevt/testing", flush: (events) => void records.push(...events.map((event) => asRecord<RecordOf<R>>(event.record))) };
  const restore = takeOver(core, parts(core, options, { clock: time.source, ids: ids.source, collector, onProblem, timers }));
  const judge = (above: () => void): void => {
    const text = uncleanText({ problems, open: kit.open, timers: timers.list(), records });
    if (text !== undefined) throw failure(text, above);
  };
  const kit: TestWevt<R, Handle, Events> = {
    wevt,
    get events() {
      return [...records];
    },
    event: (name) => asRecord(onlyEvent(kit, name)),
    clock: time.clock,
    get problems() {
      return [...problems];
    },
    expectProblem: (kind, path) => takeProblem(kit, problems, { kind, path }),
    get open() {
      return openEvents(listOpen(core.open), places);
    },
    expectClean: () => judge(kit.expectClean),
    reset: () => {
      endQuietly(core);
      records.length = 0;
      problems.length = 0;
      places.forget();
      timers.forget();
      time.rewind();
      ids.rewind();
      forgetFailure(kit);
    },
    done: () => {
      try {
        judge(kit.done);
      } finally {
        kit.reset();
      }
    },
    [Symbol.dispose]: () => {
      try {
        // A second error would hide the one that the test fails with.
        if (!isFailing(kit)) judge(kit[Symbol.dispose]);
      } finally {
        endQuietly(core);
        restore();
        if (typeof subject === "function") void wevt.close();
      }
    },
  };
  return kit;
}

/** What the wevt is made with, before the kit gets into it. */
function optionsOf<R extends RegistryTypes>({ startAt: _startAt, sampling: _sampling, ...options }: TestOptions<R>, onProblem: OnProblem): object {
  return { service: { name: "test" }, validation: "throw", healthIntervalMs: 0, ...options, onProblem, collectors: [] };
}

interface Own {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly collector: Collector;
  readonly onProblem: OnProblem;
  readonly timers: TimerWatch;
}

/** What the kit puts in the place of the wevt's own. */
function parts<R extends RegistryTypes>(core: Core, { validation = "throw", sampling, collectors = [] }: TestOptions<R>, { clock, ids, collector, onProblem, timers }: Own): Partial<Core> {
  const reporter = createReporter(onProblem);
  const lanes = [collector, ...collectors].map((one, index) => createLane(one, one.name ?? `collectors[${index - 1}]`, reporter));
  return { clock, ids, timers, lanes, reporter, validation, sampling: sampling === "declared" ? core.sampling : sampling };
}

/** What is open ends here, and nobody hears of it. */
function endQuietly(core: Core): void {
  const restore = takeOver(core, { lanes: [], reporter: createReporter(() => {}) });
  emitOpen(core);
  restore();
}

interface Kit {
  readonly events: readonly AnyRecord[];
  readonly open: readonly OpenEvent[];
  event(name?: never): unknown;
  expectProblem(kind: never): unknown;
}

function onlyEvent(kit: Kit, name: string | undefined): AnyRecord {
  const found = kit.events.filter((record) => name === undefined || record["event"] === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = name === undefined ? "one event" : `one event ${JSON.stringify(name)}`;
  throw failure(found.length === 0 ? `expected ${what}, there is none\n${whatThereIs(kit, kit.events)}` : `expected ${what}, there are ${found.length}:${showList(found.map(describe))}`, kit.event);
}

function takeProblem(kit: Kit, problems: ToldProblem[], { kind, path }: { readonly kind: ProblemKind; readonly path: string | undefined }): ToldProblem {
  const found = problems.filter((one) => one.problem === kind && (path === undefined || one.path === path));
  const [first] = found;
  const there = problems.length === 0 ? "there are no problems" : `there ${problems.length === 1 ? "is" : "are"}:${problemList(problems)}`;
  if (first === undefined) throw failure(`expected a problem ${kind}${path === undefined ? "" : ` at ${path}`}, ${there}`, kit.expectProblem);
  for (const one of found) problems.splice(problems.indexOf(one), 1);
  return first;
}

/** Named guard: what `createWevt` takes, of the registry that its own type names. */
function asOptions<R extends RegistryTypes>(options: object): WevtOptions<R> {
  return options as WevtOptions<R>;
}

/** Named guard: the registry by which records are written is the one that types them. */
function asRecord<Typed>(record: AnyRecord): Typed {
  return record as Typed;
}
