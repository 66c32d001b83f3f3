/** The line of the flat layout in bytes, against JSON.stringify of the record that another path makes. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Collector } from "../../../src/runtime/collector.js";
import type { FieldSpec } from "../../helpers/definitions.js";
import { flat } from "../../../src/runtime/flat.js";
import { messages } from "../../../src/runtime/messages/index.js";
import { strict } from "../../../src/runtime/strict.js";
import { db, http, originator, partial, registry } from "../../helpers/definitions.js";
import { harness } from "../../helpers/wevt.js";

interface Seen {
  readonly line: string;
  readonly bytes: string;
  readonly copied: string;
  readonly json: string;
}

/** What each event looked like while it was in hand. */
function witness(): Collector & { readonly seen: Seen[] } {
  const seen: Seen[] = [];
  const decoder = new TextDecoder();
  const target = new Uint8Array(4_000_000);
  return {
    seen,
    flush: (events) => {
      for (const event of events) {
        const count = event.copyTo(target, 10);
        seen.push({ copied: decoder.decode(target.subarray(10, 10 + count)), bytes: decoder.decode(event.bytes), line: event.line, json: JSON.stringify(event.record) });
      }
    },
  };
}

function expectSame({ line, bytes, copied, json }: Seen): void {
  expect(line).toBe(json);
  expect(bytes).toBe(json);
  expect(copied).toBe(`${json}\n`);
}

const limits: FieldSpec = { type: "object", object: { fields: { soft: {}, hard: {}, deep: { object: { fields: { a: {}, b: {} } } }, none: { object: { fields: {} } } } } };
/** Lists of values, at every depth. */
const closed = partial("closed", { id: { type: "string", required: true }, limits, count: { type: "integer" }, list: { type: "array" }, map: { object: { fields: {}, rest: {} } }, rounded: { type: "number", decimals: 2 }, mail: { type: "string", handling: "mask", concealed: true }, hidden: { ...limits, handling: "mask" }, gone: { type: "string", handling: "drop" }, ["so_long_a_name_that_its_path_has_more_than_32_bytes"]: {}, free: {} });
/** Something in it is joined that is no list of values. */
const uneven = partial("uneven", { id: {}, mixed: { object: { fields: { known: {}, inside: { object: { fields: { a: {} } } } }, rest: {} } }, only: { variants: { on: "kind", cases: [["one", { fields: { kind: {}, a: {} } }]] } }, limits });
const calls = partial("calls", { model: { type: "string", required: true }, limits }, { repeatable: { max: 3 } });
const empty = partial("empty", {});
const job = originator("job", { name: {}, plan: { object: { fields: { at: {}, every: {} } } } });
/** One of its fields has the name of an identifier. */
const clash = originator("clash", { name: {}, traceId: {} });

const words = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.constantFrom("twelve chars", "half \ud800 a letter", 'says "so"\n', "x".repeat(90)));
const json = fc.jsonValue({ maxDepth: 2 });
const limitsOf = fc.oneof(fc.record({ soft: json, hard: words, deep: fc.oneof(fc.record({ a: words, b: json }, { requiredKeys: [] }), fc.constantFrom(null, "wrong", [1])), none: fc.constant({}) }, { requiredKeys: [] }), fc.constantFrom(null, 7, {}));
const closedFields = fc.record(
  { id: words, limits: limitsOf, count: fc.oneof(fc.integer(), words), list: fc.array(json), map: fc.dictionary(words, json), rounded: fc.double(), mail: words, hidden: limitsOf, gone: words, so_long_a_name_that_its_path_has_more_than_32_bytes: json, free: json, unknown: json },
  { requiredKeys: ["id"] },
);
const unevenFields = fc.record({ id: json, mixed: fc.oneof(fc.dictionary(fc.constantFrom("known", "inside", "other", "known.a", "__proto__"), json, { noNullPrototype: true }), json), only: fc.oneof(fc.record({ kind: fc.constantFrom("one", "two"), a: json, b: json }), json), limits: limitsOf }, { requiredKeys: [] });
const write = fc.oneof(
  closedFields.map((fields) => closed(fields)),
  unevenFields.map((fields) => uneven(fields)),
  fc.record({ model: words, limits: limitsOf }).map((fields) => calls(fields)),
  fc.constant(empty({})),
);

describe("a flat line", () => {
  it("is JSON.stringify of the flat record: as text, as bytes, and copied with a newline; whatever is written, and what became of the event", () => {
    const [views, hidden] = [witness(), witness()];
    const { wevt } = harness({ collectors: [flat(views), flat(strict(hidden))], messages, onProblem: () => {} }, registry([closed, uneven, calls, empty, db]));
    const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_00f067aa0ba902b7" } };
    fc.assert(
      fc.property(fc.array(write, { maxLength: 4 }), words, fc.nat({ max: 255 }), (writes, said, dice) => {
        const has = (bit: number): boolean => (dice & (1 << bit)) !== 0;
        const request = has(0) ? http({ method: "GET", path: said, headers: { [said]: said } }) : has(2) ? job({ name: said, plan: { at: said } }) : clash({ name: said, traceId: "own" });
        const event = wevt.start(request, has(1) ? { from } : {});
        for (const one of writes) event.log(one);
        if (has(3)) event.add("db.queries", 2);
        if (has(4)) event.error(Object.assign(new Error(said), { code: 7 }), has(5) ? { slug: "here" } : {});
        if (has(6)) event.message("said %s", said);
        if (has(7)) event.child(http({ method: said })).emit();
        event.emit();
        for (const { seen } of [views, hidden]) seen.splice(0).forEach(expectSame);
      }),
      { numRuns: 2_500 },
    );
  });

  it("is the same in snake_case, where runtimes take turns, with a service file, with nested lines beside it, and for bound and late values", async () => {
    const views = [witness(), witness(), witness()] as const;
    const specs = { podId: {}, place: { object: { fields: { region: {} } } } };
    const service = { contract: 1, kind: "service", name: "shop", check: () => true, rule: { fields: specs } } as const;
    const camel = harness({ collectors: [flat(views[0]), views[2]], service: { name: "shop", podId: "p\u00e9", place: { region: "eu" } } }, registry([closed, calls], [], { service }));
    const snake = harness({ collectors: [flat(views[1])], service: { name: "other", version: "2", "pod.id": 7 } }, registry([closed, calls], [], { naming: "snake_case" }));
    for (const { wevt } of [camel, snake]) {
      const bound = wevt.bind(closed({ id: "bound", limits: { soft: 1 } }));
      for (let turn = 0; turn < 60; turn++) wevt.run(http({ method: "GET" }), () => wevt.run(job({ plan: { at: turn } }), (event) => [bound, calls({ model: "a" }), calls({ model: "b" })].forEach((one) => event.log(one))));
      const late = wevt.start(http({ method: "GET" }));
      late.emit();
      late.log(closed({ id: "late", limits: { deep: { a: 1 } } }));
      await wevt.close();
    }
    for (const { seen } of views) {
      expect(seen.length).toBe(122);
      seen.forEach(expectSame);
    }
    expect(views[0].seen.at(-3)?.line).toMatch(/^\{"service\.name":"shop","service\.podId":"pé","service\.place\.region":"eu","eventId":"evnt_\w+","event":"http",/);
    expect(views[1].seen.at(-1)?.line).toMatch(/^\{"service\.name":"other","service\.version":"2","service":\{"pod\.id":7\},"event_id":.*"follow_up_of":.*,"closed\.id":"late","closed\.limits\.deep\.a":1\}$/);
  });

  it("is made without an object in between, once a process has emitted some", () => {
    const { wevt } = harness({ collectors: [flat({ flush: (events) => void events.forEach((event) => event.line) })] }, registry([closed, calls]));
    const turn = (): void => wevt.run(http({ method: "GET" }), (event) => [closed({ id: "a", limits: { soft: 1, deep: { a: 2 } } }), calls({ model: "opus" })].forEach((one) => event.log(one)));
    for (let count = 0; count < 40; count++) turn();
    const made = vi.spyOn(JSON, "stringify");
    for (let count = 0; count < 40; count++) turn();
    const times = made.mock.calls.length;
    made.mockRestore();
    expect(times).toBe(0);
  });

  it("of more than a megabyte is whole all the same", () => {
    const views = witness();
    const { wevt } = harness({ collectors: [flat(views)] }, registry([closed]));
    for (let turn = 0; turn < 36; turn++) wevt.run(http({ method: "GET" }), (event) => event.log(closed({ id: "a", list: Array.from({ length: 9 }, () => "\u20ac".repeat(99_000)) })));
    for (const { line, copied, json: expected } of views.seen) expect(line === expected && copied === `${expected}\n` && line.length > 800_000).toBe(true);
  });
});
