/** What must not leave: by the field's handling, and by the profile of a collector. */
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import { messages } from "../../src/runtime/messages/index.js";
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
