/** The flat layout: what stands under which key, alone and with other forms. */
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import type { Collector } from "../../src/runtime/collector.js";
import type { FieldRule } from "../../src/runtime/contract.js";
import { flat } from "../../src/runtime/flat.js";
import { messages } from "../../src/runtime/messages/index.js";
import { isPlainObject } from "../../src/runtime/plain.js";
import { pretty } from "../../src/runtime/pretty.js";
import { strict } from "../../src/runtime/strict.js";
import { call, checkOf, type FieldSpec, http, partial, registry, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const leaf: FieldRule = {};
const limits: FieldSpec = { object: { fields: { soft: leaf, hard: leaf, deep: { object: { fields: { max: leaf } } } } } };
const things = partial("things", {
  id: {},
  limits,
  tags: { items: leaf },
  lists: { items: { object: { fields: { a: leaf } } } },
  map: { object: { fields: {}, rest: leaf } },
  mixed: { object: { fields: { known: leaf }, rest: leaf } },
  patterned: { object: { fields: { known: { object: { fields: { a: leaf } } } }, patterns: [["^x-", leaf]] } },
  payment: { variants: { on: "method", cases: [["card", { fields: { method: leaf, number: leaf } }], ["cash", { fields: { method: leaf } }]] } },
  only: { variants: { on: "kind", cases: [["one", { fields: { kind: leaf, inside: { object: { fields: { a: leaf } } } } }]] } },
  json: {},
});

/** What a flat collector and a nested one get of one event. */
function both(fields: object): { readonly flatRecord: { readonly [key: string]: unknown }; readonly line: string; readonly nested: { readonly [key: string]: unknown } } {
  const [joined, nested] = [memory(), memory()];
  const { wevt } = harness({ collectors: [flat(joined), nested] }, registry([things]));
  wevt.run(http({ method: "GET" }), (event) => event.log(things(fields)));
  const [line = ""] = joined.lines;
  return { flatRecord: joined.records[0] ?? {}, line, nested: nested.records[0] ?? {} };
}

/** Of the partial alone. */
function flatThings(fields: object): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(both(fields).flatRecord).filter(([key]) => key.startsWith("things")));
}

describe("a flat record", () => {
  it("has the base record and the partials under their paths, in the order of the nested one", () => {
    const joined = memory();
    const { wevt } = harness({ collectors: [flat(joined)], stacks: false, service: { name: "shop", version: "2" } });
    const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_00f067aa0ba902b7" } };
    wevt.run(
      http({ method: "GET", path: "/a", headers: { "x.y": "1" } }),
      (event) => {
        event.log(user({ id: "u1", tags: ["a", "b"] }));
        event.log(call({ model: "opus", tokens: 7 }));
        event.error(Object.assign(new TypeError("broken", { cause: new Error("why") }), { code: "E_1" }), { slug: "here" });
        event.set({ user: { tier: "gold" } });
      },
      { from },
    );
    expect(Object.entries(joined.records[0] ?? {})).toEqual([
      ["service.name", "shop"],
      ["service.version", "2"],
      ["eventId", expect.any(String)],
      ["event", "http"],
      ["timestamp", "2026-01-20T00:19:26.748Z"],
      ["originator.type", "http"],
      ["originator.traceId", from.traceId],
      ["originator.spanId", expect.any(String)],
      ["originator.parentSpanId", `span_${from.spanId}`],
      ["originator.root.type", "cron"],
      ["originator.root.spanId", from.root.spanId],
      ["originator.method", "GET"],
      ["originator.path", "/a"],
      ["originator.headers", { "x.y": "1" }],
      ["durationMs", 0],
      ["outcome", "error"],
      ["error.type", "TypeError"],
      ["error.message", "broken"],
      ["error.code", "E_1"],
      ["error.slug", "here"],
      ["error.causes", [{ type: "Error", message: "why" }]],
      ["main", true],
      ["sampleRate", 1],
      ["sampleReason", "all"],
      ["schema", "0123456789ab"],
      ["wevt.problems", [expect.objectContaining({ path: "user.tier" })]],
      ["user.id", "u1"],
      ["user.tier", "gold"],
      ["user.tags", ["a", "b"]],
      ["call", [{ model: "opus", tokens: 7 }]],
    ]);
  });

  it("joins objects at every depth, and variants that are only one", () => {
    expect(flatThings({ id: "a", limits: { soft: 1, deep: { max: 2 } }, only: { kind: "one", inside: { a: 3 } } })).toEqual({ "things.id": "a", "things.limits.soft": 1, "things.limits.deep.max": 2, "things.only.kind": "one", "things.only.inside.a": 3 });
  });

  it("keeps lists, maps, variants and free JSON as values", () => {
    const values = { tags: ["a"], lists: [{ a: 1 }], map: { a: 1, "b.c": 2 }, payment: { method: "card", number: "4" }, json: { limits: { soft: 1 } } };
    expect(flatThings(values)).toEqual(Object.fromEntries(Object.entries(values).map(([key, value]) => [`things.${key}`, value])));
  });

  it("keeps keys that are no names of the schema together, under the path of their object, even where they look like paths", () => {
    expect(flatThings({ mixed: { known: 1, other: 2, "known.a": 3 }, patterned: { known: { a: 4 }, "x-known.a": 5 } })).toEqual({ "things.mixed.known": 1, "things.mixed": { other: 2, "known.a": 3 }, "things.patterned.known.a": 4, "things.patterned": { "x-known.a": 5 } });
  });

  it("keeps what is no object under the path of the object, and has no key for an object in which nothing is set", () => {
    expect(flatThings({ limits: null })).toEqual({ "things.limits": null });
    expect(flatThings({ limits: { deep: {} }, map: {}, id: 1 })).toEqual({ "things.map": {}, "things.id": 1 });
    expect(flatThings({})).toEqual({});
  });

  it("comes with its line, its bytes, its base and its partials; a collector beside it sees the nested one", () => {
    const [joined, nested] = [memory(), memory()];
    const { wevt } = harness({ collectors: [flat(joined), nested], validation: "off" }, registry([things]));
    const target = new Uint8Array(4_096);
    for (let turn = 0; turn < 40; turn++) {
      wevt.run(http({ method: "GET", path: "é" }), (event) => event.log(things({ id: turn, limits: { soft: 1 }, mixed: { a: 1 } })));
      const event = joined.events.at(-1);
      const { line = "", record, bytes, base = {}, partials } = event ?? {};
      expect(line).toBe(JSON.stringify(record));
      expect(new TextDecoder().decode(bytes)).toBe(line);
      expect(new TextDecoder().decode(target.subarray(0, event?.copyTo(target, 0)))).toBe(`${line}\n`);
      expect({ ...base, ...Object.fromEntries(partials ?? []) }).toEqual(record);
      expect([...(partials ?? [])]).toEqual([["things.id", turn], ["things.limits.soft", 1], ["things.mixed", { a: 1 }]]);
      expect(nested.lines.at(-1)).toContain(`"things":{"id":${turn},"limits":{"soft":1},"mixed":{"a":1}}`);
    }
  });

  it("has the names of snake_case", () => {
    const joined = memory();
    const { wevt } = harness({ collectors: [flat(joined)] }, registry([things], [], { naming: "snake_case" }));
    const from = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", root: { type: "cron", spanId: "span_00f067aa0ba902b7" } };
    wevt.run(http({ method: "GET" }), () => {}, { from });
    expect(Object.keys(joined.records[0] ?? {})).toEqual(["service.name", "service.version", "event_id", "event", "timestamp", "originator.type", "originator.trace_id", "originator.span_id", "originator.parent_span_id", "originator.root.type", "originator.root.span_id", "originator.method", "duration_ms", "outcome", "main", "sample_rate", "sample_reason", "schema"]);
  });

  it("joins the fields of a service file, and what else a service is told stays under `service`", () => {
    const joined = memory();
    const specs = { podId: {}, place: { object: { fields: { region: leaf } } } };
    const service = { contract: 1, kind: "service", name: "shop", check: checkOf(specs), rule: { fields: specs } } as const;
    harness({ collectors: [flat(joined)], service: { name: "shop", podId: "p1", place: { region: "eu" } } }, registry([], [], { service })).wevt.run(http({ method: "GET" }), () => {});
    harness({ collectors: [flat(joined)], service: { name: "shop", "pod.id": "p1" } }).wevt.run(http({ method: "GET" }), () => {});
    expect(joined.records.map((record) => Object.entries(record).filter(([key]) => key.startsWith("service")))).toEqual([
      [["service.name", "shop"], ["service.podId", "p1"], ["service.place.region", "eu"]],
      [["service.name", "shop"], ["service", { "pod.id": "p1" }]],
    ]);
  });

  it("of late values, of a health record and of a message outside any event is flat, too", async () => {
    const joined = memory();
    const { wevt } = harness({ collectors: [flat(joined)], healthIntervalMs: 60_000, messages }, registry([things]));
    const event = wevt.start(http({ method: "GET" }));
    event.emit();
    event.log(things({ limits: { soft: 1 } }));
    wevt.message("hello");
    await wevt.close();
    expect(joined.records.map((record) => [record["event"], Object.keys(record).filter((key) => /^(things|wevt|messages)/.test(key))])).toEqual(
      expect.arrayContaining([["http", ["things.limits.soft"]], ["wevt.health", ["wevt.problems"]], [expect.any(String), ["messages"]]]),
    );
    for (const record of joined.records) expect(Object.values(record).filter(isPlainObject)).toEqual([]);
  });

  it("shows the service in the headline of a terminal", () => {
    const joined = memory();
    const { wevt } = harness({ collectors: [flat(joined)] });
    wevt.run(http({ method: "GET" }), () => {});
    const [headline = "", ...tree] = joined.events.map((event) => pretty(event, { colour: false })).join("").split("\n");
    expect(headline).toContain("my-rest-service 1.0.0");
    expect(tree.join("\n")).not.toContain("service");
  });
});

describe("the forms of events", () => {
  it("are linked only where they are used", () => {
    const linked = (contents: string): readonly string[] => {
      const { metafile } = buildSync({ stdin: { contents, resolveDir: ".", loader: "ts" }, bundle: true, write: false, metafile: true, format: "esm", platform: "node" });
      return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)).map((path) => path.replace("src/runtime/", "")).filter((path) => /^(bytes\/)?(flat|form|strict|places)/.test(path)).sort();
    };
    expect(linked('import { createWevt } from "./src/runtime/index.js";\ncreateWevt();')).toEqual([]);
    expect(linked('import { createWevt, strict } from "./src/runtime/index.js";\ncreateWevt({ collectors: [strict({ flush: () => {} })] });')).toEqual(["form.ts", "strict.ts"]);
    expect(linked('import { createWevt, flat } from "./src/runtime/index.js";\ncreateWevt({ collectors: [flat({ flush: () => {} })] });')).toContain("flat.ts");
  });
});

describe("the flat form beside others", () => {
  const secret = partial("account", { id: { concealed: true }, plan: {}, address: { object: { fields: { street: { concealed: true }, country: leaf } } } });
  const fields = { id: "hidden", plan: "pro", address: { street: "hidden", country: "de" } };

  it("is strict, too, in whatever order both are asked for, and made once for all collectors", () => {
    const seen = [memory(), memory(), memory(), memory()] as const;
    const [first, second, third, fourth] = seen;
    const collectors = [flat(strict(first)), strict(flat(second)), flat(strict(flat(third))), strict(flat(strict(fourth)))];
    const { wevt } = harness({ collectors, messages }, registry([secret]));
    wevt.run(http({ method: "GET", token: "hidden" }), (event) => {
      event.log(secret(fields));
      event.message("hidden");
      event.error(new Error("hidden"));
    });
    for (const { lines, records } of seen) {
      expect(lines).toEqual(first.lines);
      expect(records[0]).toMatchObject({ "account.plan": "pro", "account.address.country": "de", "error.type": "Error" });
      expect(lines.join("")).not.toContain("hidden");
    }
    expect(collectors[0]?.profile).toBe(collectors[1]?.profile);
  });

  it("asked for twice is the same as once", () => {
    const [once, twice] = [memory(), memory()];
    const { wevt } = harness({ collectors: [flat(once), flat(flat(twice))] }, registry([things]));
    wevt.run(http({ method: "GET" }), (event) => event.log(things({ mixed: { known: 1, other: 2 }, limits: { soft: 1 } })));
    expect(twice.lines).toEqual(once.lines);
  });

  it("comes after a form that a collector has of its own", () => {
    const own = memory();
    const renamed: Collector = { ...own, flush: own.flush, profile: { form: (sealed) => ({ ...sealed, state: sealed.state, baseKeys: sealed.baseKeys, record: { ...sealed.record, event: "renamed" } }) } };
    const { wevt } = harness({ collectors: [flat(renamed)] });
    wevt.run(http({ method: "GET" }), () => {});
    expect(own.records[0]).toMatchObject({ event: "renamed", "originator.type": "http" });
  });

  it("changes nothing of what another collector sees, whatever a collector does with it", () => {
    const [nested, joined] = [memory(), memory()];
    const spoil: Collector = flat({ flush: (events) => events.forEach(({ record }) => Object.values(record).forEach((value) => Array.isArray(value) && value.push("spoilt"))) });
    const { wevt } = harness({ collectors: [spoil, nested, flat(joined)] });
    wevt.run(http({ method: "GET" }), (event) => event.log(user({ id: "a", tags: ["b"] })));
    expect([nested.records[0]?.["user"], joined.records[0]?.["user.tags"]]).toEqual([{ id: "a", tags: ["b"] }, ["b"]]);
  });

  it("keeps the name of its collector, and closes it", async () => {
    const done: string[] = [];
    const { wevt } = harness({ collectors: [flat({ name: "lake", flush: () => {}, drain: () => void done.push("drain"), close: () => void done.push("close") })] });
    await wevt.flush();
    await wevt.close();
    expect([flat({ name: "lake", flush: () => {} }).name, ...done]).toEqual(["lake", "drain", "close"]);
  });
});
