/** What must not leave: by the field's handling, and by the profile of a collector. */
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { messages } from "../../src/runtime/messages/index.js";
import { redaction } from "../../src/runtime/redaction/index.js";
import { strict } from "../../src/runtime/strict.js";
import type { FieldSpec } from "../helpers/definitions.js";
import { http, originator, partial, registry } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const handlings = ["plain", "hash", "mask", "drop", "truncate:3"] as const;
const secret = "tell nobody 4711";

/** Every handling of a concealed field, at every place in which a field can stand. */
function specs(handling: (typeof handlings)[number]): { readonly [field: string]: FieldSpec } {
  const field: FieldSpec = { handling, concealed: true };
  return {
    direct: field,
    inside: { object: { fields: { deep: field, open: {} } } },
    listed: { items: field },
    tuple: { prefix: [field, {}] },
    map: { object: { fields: {}, rest: field } },
    pattern: { object: { fields: {}, patterns: [["^k", field]] } },
    variant: { variants: { on: "kind", cases: [["card", { fields: { kind: {}, number: field } }]] } },
    shown: {},
  };
}

const values = { direct: secret, inside: { deep: secret, open: "shown" }, listed: [secret, secret], tuple: [secret, "shown"], map: { a: secret }, pattern: { k1: secret }, variant: { kind: "card", number: secret }, shown: "shown" };

describe.each(handlings)("handling: %s on a field above internal", (handling) => {
  const thing = partial("thing", specs(handling));
  const job = originator("job", { token: { handling, concealed: true }, shown: {} });
  const kept = handling === "plain" ? [secret] : handling === "truncate:3" ? ["tel"] : [];

  it("lets nothing of the plain value reach a record, a line, a problem, a warning or an error of ours", () => {
    const [open, hidden] = [memory(), memory()];
    const { wevt, told } = harness({ collectors: [open, strict(hidden)], hashKey: "k", validation: "report", messages }, registry([thing]));
    wevt.run(job({ token: secret, shown: "shown" }), (event) => event.log(thing(values)));
    const everything = JSON.stringify([open.records, open.lines, told]);
    if (handling !== "plain") expect(everything).not.toContain(secret);
    for (const text of kept) expect(everything).toContain(text);
    expect(JSON.stringify([hidden.records, hidden.lines])).not.toMatch(/tell|4711|"tel"/);
  });

  it("leaves the rest of the record as it is, also for a strict collector", () => {
    const hidden = memory();
    const { wevt } = harness({ collectors: [strict(hidden)], hashKey: "k" }, registry([thing]));
    wevt.run(job({ token: secret, shown: "shown" }), (event) => event.log(thing(values)));
    const [record] = hidden.records;
    expect(record).toMatchObject({ originator: { type: "job", shown: "shown" }, outcome: "ok", thing: { shown: "shown", inside: { open: "shown" }, variant: { kind: "card" } } });
    expect(Object(record?.["thing"]).tuple[1]).toBe("shown");
    const concealed = handling === "hash" ? expect.stringMatching(/^[0-9a-f]{64}$/) : handling === "mask" ? "***" : undefined;
    expect(Object(record?.["thing"]).direct).toEqual(concealed);
  });
});

describe("a key that no schema declares, below a field that must not be shown", () => {
  const mail = "bob@example.com";
  const fail = (): number => 1;
  const hidden = { concealed: true } as const;
  const thing = partial("thing", {
    map: { ...hidden, object: { fields: { known: {} }, rest: {} } },
    counts: { ...hidden, object: { fields: {}, rest: { merge: "sum" } } },
    closed: { ...hidden, object: { fields: { known: {} } } },
    json: hidden,
    variant: { ...hidden, variants: { on: "kind", cases: [["card", { fields: { kind: {} }, rest: {} }]] } },
    hashed: { object: { fields: {}, rest: { handling: "hash", concealed: true } } },
  });

  it("is a star in the paths of problems, for onProblem as on the record", () => {
    const { wevt, record, told } = harness({}, registry([thing]));
    wevt.run(http({ method: "GET" }), (event) => {
      event.set({ thing: { map: { [mail]: fail, known: fail }, closed: { [mail]: 1 }, json: { [mail]: fail }, variant: { kind: "card", [mail]: fail }, hashed: { [mail]: "a" } } });
      event.set({ thing: { counts: { [mail]: Number.MAX_VALUE } } });
      event.set({ thing: { counts: { [mail]: Number.MAX_VALUE } } });
      // @ts-expect-error no number
      event.add(`thing.counts.${mail}`, "many");
      event.add(`thing.json.${mail}`, 1);
      event.time(`thing.counts.${mail}`, () => 1);
      event.start(`thing.map.${mail}`).stop();
    });
    wevt.add(`thing.counts.${mail}`, 1);
    const paths = told.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["thing.map.*", "thing.map.known", "thing.closed.*", "thing.json.*", "thing.variant.*", "thing.hashed.*", "thing.counts.*"]));
    expect(JSON.stringify(told)).not.toContain(mail);
    expect(JSON.stringify(record()["wevt"])).not.toContain(mail);
  });

  it("elsewhere names only its partial to third parties, and is looked through where free text is", () => {
    const [open, third] = [memory(), memory()];
    const write = (options: object): void => {
      const { wevt } = harness({ collectors: [open, strict(third)], ...options }, registry([thing]));
      wevt.run(http({ method: "GET" }), (event) => void event.set({ thing: { [mail]: 1 }, [mail]: { id: 1 } }));
    };
    write({ redaction: redaction() });
    expect(Object(open.records[0]?.["wevt"]).problems).toEqual([expect.objectContaining({ path: "thing.[email]" }), expect.objectContaining({ path: "[email]" })]);
    write({});
    expect(Object(third.records[1]?.["wevt"]).problems).toEqual([expect.objectContaining({ path: "thing.*" }), expect.objectContaining({ path: "*" })]);
    expect(JSON.stringify(third.records)).not.toContain("bob");
  });
});

describe("a strict collector", () => {
  it("gets no free text: neither messages and stacks of errors, nor what was said, nor values that problems quote", () => {
    const [open, hidden] = [memory(), memory()];
    const thing = partial("thing", { count: { type: "integer" }, note: {} });
    const { wevt } = harness({ collectors: [open, strict(hidden)], messages }, registry([thing]));
    wevt.run(http({ method: "GET" }), (event) => {
      event.message("for %{who}s", secret);
      event.log(thing({ count: secret, note: "stays" }));
      event.error(new Error(secret, { cause: new TypeError(secret) }), { slug: "declined" });
    });
    expect(JSON.stringify(open.records)).toContain(secret);
    expect(JSON.stringify(hidden.lines)).not.toMatch(/tell|4711/);
    expect(hidden.records[0]).toMatchObject({ error: { type: "Error", slug: "declined", causes: [{ type: "TypeError" }] }, thing: { note: "stays" }, wevt: { problems: [{ problem: "wrong_type", path: "thing.count" }] } });
    expect(hidden.records[0]).not.toHaveProperty("messages");
  });

  it("sees the same event as the others otherwise, in base, partials, line and record", () => {
    const [open, hidden] = [memory(), memory()];
    const { wevt } = harness({ collectors: [open, strict(hidden)] });
    wevt.run(http({ method: "GET", path: "/a" }), () => {});
    expect(hidden.records).toEqual(open.records);
    expect(hidden.lines).toEqual(open.lines);
    expect(hidden.events[0]?.base).toEqual(open.events[0]?.base);
    expect([...(hidden.events[0]?.partials ?? [])]).toEqual([...(open.events[0]?.partials ?? [])]);
  });

  it("whose form cannot be made loses its own events only, and that is reported", () => {
    const [open, hidden] = [memory(), memory()];
    const broken = { profile: { form: () => { throw new Error("no form"); } }, flush: hidden.flush };
    const { wevt, told } = harness({ collectors: [broken, open] });
    wevt.run(http({ method: "GET" }), () => {});
    expect([open.records.length, hidden.records.length]).toEqual([1, 0]);
    expect(told).toEqual([expect.objectContaining({ problem: "collector", message: expect.stringContaining("no form") })]);
  });

  it("is closed and named like the collector it stands for", async () => {
    const closed: string[] = [];
    const { wevt } = harness({ collectors: [strict({ name: "vendor", flush: () => {}, close: () => void closed.push("vendor") })] });
    await wevt.close();
    expect(closed).toEqual(["vendor"]);
  });
});
