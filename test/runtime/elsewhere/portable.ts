/**
 * A program that uses every part of the runtime which promises to run anywhere, with a clock and identifiers that are the same everywhere: what comes out
 * has to be the same everywhere, byte for byte. It may use what all platforms have, and nothing of Node.
 */
import { memory } from "../../../src/collectors/memory.js";
import { stdio } from "../../../src/collectors/stdio.js";
import { extract, httpRequest, traceHeaders } from "../../../src/propagation/index.js";
import { captureConsole } from "../../../src/runtime/console/capture.js";
import { createUntypedWevt } from "../../../src/runtime/create-wevt.js";
import { flat } from "../../../src/runtime/flat.js";
import { strict } from "../../../src/runtime/strict.js";
import { messages } from "../../../src/runtime/messages/index.js";
import { endOfStream, streamed } from "../../../src/runtime/streams/index.js";
import { tailSampling } from "../../../src/sampling/index.js";
import { call, db, http, registry, sandbox, user } from "../../helpers/definitions.js";

const definitions = registry([user, sandbox, db, call]);

function counting(): { readonly eventId: () => string; readonly traceId: () => string; readonly spanId: () => string } {
  let count = 0;
  const next = (digits: number): string => String(++count).padStart(digits, "0");
  return { eventId: () => `evnt_${next(25)}`, traceId: () => next(32), spanId: () => `span_${next(16)}` };
}

export interface Said {
  /** The lines of all events, in order. */
  readonly lines: readonly string[];
  readonly problems: object;
  /** Whether an event is found without being passed. */
  readonly ambient: boolean;
}

/** Runs once; `prepared` is a wevt that the program made when it was loaded, where platforms allow less. */
export async function portable(prepared: Prepared = prepare()): Promise<Said> {
  const { wevt, seen, hidden, joined, tick } = prepared;
  const request = http(httpRequest({ method: "post", url: "https://shop.example/cart?page=2&page=3&token=t", headers: new Headers([["accept", "text/plain"], ["cookie", "a=1"], ["x-client", "ü"]]) }, { headers: ["accept", "x-client"], query: ["page"] }));
  const from = extract(new Headers({ traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }));
  let ambient = false;
  await wevt.run(request, async (event) => {
    event.log(user({ id: "ünïcödé 🙂 \ud800", email: "leia@example.com", phone: "555", password: "p4ss", bio: "a long biography" }));
    await Promise.resolve();
    event.add("db.queries", 2);
    event.set({ db: { free: { date: new Date(0), map: new Map([["a", new Set([1])]]), big: 2n ** 64n, bytes: new Uint8Array(2) } }, sandbox: { startedAt: new Date(5) } });
    event.time("sandbox.startDuration", () => tick(12));
    event.message("Hello %{name}s, %5.2f", "Luke", 3.14159);
    event.child(http({ method: "GET", path: JSON.stringify(traceHeaders(wevt.traceContext(event))) })).emit();
    ambient = wevt.current() !== undefined;
    return "done";
  }, { from });
  await failing(prepared);
  // More of them than are written by JSON.stringify before lines are written as bytes.
  for (let index = 0; index < 40; index++) wevt.run(http({ method: "GET", path: `/many/${index} "ü\n\\ 🙂\u2028` }), (event) => event.log(user({ id: `u${index}`, tags: ["é", "\udc00", "\u0001"] })));
  const response = await wevt.run(http({ method: "GET", path: "/stream" }), async () => streamed(new Response(new Blob(["streamed ", "text"]).stream(), { headers: { "x-a": "1" } })), { until: endOfStream });
  wevt.run(http({ method: "GET", path: (await response.text()) + response.headers.get("x-a") }), () => {}, { signal: AbortSignal.abort() });
  const late = wevt.start(http({ method: "GET", path: "/late" }));
  late.emit();
  late.log(user({ id: "late" }));
  await wevt.flush();
  await wevt.close();
  return { lines: [...seen.lines, ...hidden.lines, ...joined.lines], problems: wevt.problems(), ambient };
}

async function failing({ wevt }: Prepared): Promise<void> {
  const restore = captureConsole(wevt);
  const work = async (): Promise<never> => {
    throw Object.assign(new TypeError("broken"), { code: "E_BROKEN" });
  };
  await wevt.run(http({ method: "GET", path: "/broken" }), work).catch(() => {});
  restore();
}

export type Prepared = ReturnType<typeof prepare>;

/** What programs do when they are loaded. */
export function prepare() {
  const [seen, hidden, joined] = [memory(), memory(), memory()];
  let nowMs = 1_768_868_366_748;
  const wevt = createUntypedWevt(
    {
      service: { name: "portable", version: "1.0.0" },
      collectors: [seen, strict(hidden), flat(joined)],
      clock: { now: () => nowMs, monotonic: () => nowMs },
      ids: counting(),
      hashKey: "key",
      stacks: false,
      messages,
      onProblem: () => {},
      sampling: tailSampling({ rules: [{ name: "error", outcome: ["error"] }], base: 1 }),
    },
    definitions,
  );
  return { wevt, seen, hidden, joined, tick: (milliseconds: number) => { nowMs += milliseconds; return milliseconds; } };
}

/** With nothing injected: the platform's own clock, identifiers, timers and output. */
export async function plain(): Promise<void> {
  const wevt = createUntypedWevt({ collectors: [stdio({ pretty: false })], onProblem: () => {} }, definitions);
  wevt.run(http({ method: "PLAIN" }), (event) => event.log(user({ id: "plain" })));
  wevt.log(user({ id: "nobody" }));
  await wevt.close();
}
