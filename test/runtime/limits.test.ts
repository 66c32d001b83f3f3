/** Every bound of the runtime is documented with its number, and holds. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as ofRequests from "../../src/propagation/limits.js";
import * as limits from "../../src/runtime/limits.js";
import { messages } from "../../src/runtime/messages/index.js";
import { call, db, http, partial, registry, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const begin = "<!-- limits: made by test/runtime/limits.test.ts -->\n";
const end = "<!-- /limits -->";
const request = http({ method: "GET" });

const all: { readonly [name: string]: unknown } = { ...limits, ...ofRequests };

/** Each bound with the comment above it. */
function documented(): readonly { readonly name: string; readonly text: string }[] {
  const source = ["runtime", "propagation"].map((room) => readFileSync(`${root}/src/${room}/limits.ts`, "utf8")).join("");
  return [...source.matchAll(/\/\*\* (.*?) \*\/\nexport const (\w+) =/g)].map(([, text = "", name = ""]) => ({ name, text }));
}

function table(): string {
  const rows = documented().map(({ name, text }) => `| ${Number(all[name]).toLocaleString("en-US")} | ${text.replace(/\.$/, "").replaceAll("|", "\\|")} |\n`);
  return `| at most | of what, and what happens beyond |\n| ---: | --- |\n${rows.join("")}`;
}

describe("the bounds of the runtime", () => {
  it("have a comment each", () => {
    expect(documented().map(({ name }) => name).sort()).toEqual(Object.keys(all).sort());
  });

  it("stand in the README, with their numbers", () => {
    const readme = readFileSync(`${root}/README.md`, "utf8");
    const from = readme.indexOf(begin) + begin.length;
    const made = readme.slice(0, from) + table() + readme.slice(readme.indexOf(end));
    if (process.env["RECORD"] === "1") writeFileSync(`${root}/README.md`, made);
    else expect(readme).toBe(made);
  });

  it("are all used", () => {
    const sources = readdirSync(`${root}/src`, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts") && !path.endsWith("limits.ts")).map((path) => readFileSync(`${root}/src/${path}`, "utf8")).join("\n");
    expect(Object.keys(all).filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  });
});

describe("what is beyond a bound", () => {
  it("of a whole event is left out, write by write, and the rest of the event is on record", () => {
    const text = (units: number): string[] => Array.from({ length: Math.ceil(units / 90_000) }, () => "x".repeat(90_000));
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => {
      event.log(user({ id: "first", tags: text(800_000) }));
      event.log(db({ tables: text(400_000) }));
      event.set({ db: { queries: 1 } });
      for (let index = 0; index < 50; index++) event.set({ db: { free: { [`key${index}`]: text(90_000) } } });
    });
    expect(problems()).toEqual([{ problem: "limit", path: "db", message: `an event has room for ${limits.maxEventUnits} units: this was left out` }]);
    expect(JSON.stringify(record()).length).toBeLessThan(limits.maxEventUnits * 1.2);
    expect(record()).toMatchObject({ user: { id: "first" }, db: { queries: 1 } });
  });

  it("is not reached by what is added up or replaced, however often", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => {
      for (let index = 0; index < 60_000; index++) event.add("db.queries", 1);
      for (let index = 0; index < 30; index++) event.set({ user: { id: "u", bio: "x".repeat(90_000) } });
    });
    expect([problems(), record()["db"]]).toEqual([[], { queries: 60_000 }]);
  });

  it("of a whole event is left out of an originator, too", () => {
    const { wevt, record, problems } = harness();
    wevt.run(http({ method: "GET", headers: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`h${index}`, "x".repeat(90_000)])) }), () => {});
    expect(problems()).toEqual([expect.objectContaining({ problem: "limit", path: "originator" }), expect.objectContaining({ problem: "missing_field", path: "originator.method" })]);
    expect(JSON.stringify(record()).length).toBeLessThan(1_000);
  });

  const long = "x".repeat(1_000_000);
  const cases: readonly (readonly [string, object, string])[] = [
    ["a text", { free: long }, "db.free"],
    ["a text inside a list", { tables: [long] }, "db.tables[0]"],
    ["a list", { free: Array.from({ length: limits.maxArrayItems + 1 }, () => 1) }, "db.free"],
    ["values of one write", { free: Array.from({ length: 20 }, () => Array.from({ length: limits.maxArrayItems }, () => 1)) }, ""],
  ];

  it("is looked at no more: keys that no schema declares", () => {
    const fields = Object.fromEntries(Array.from({ length: limits.maxValuesPerWrite + 5 }, (_, index) => [`key${index}`, index]));
    const { wevt, told, record } = harness({ maxProblems: 1_000_000 });
    wevt.run(request, (event) => event.set({ user: { id: "a", ...fields } }));
    expect(record()["user"]).toEqual({ id: "a" });
    expect(told.filter(({ problem }) => problem === "unknown_field").length).toBeLessThanOrEqual(limits.maxValuesPerWrite);
    expect(told.filter(({ problem }) => problem === "limit")).toHaveLength(1);
  });

  it.each(cases)("is shortened and on record: %s", (_name, fields, path) => {
    const { wevt, collected, problems } = harness();
    wevt.run(request, (event) => event.log(db(fields)));
    expect(collected.lines[0]?.length).toBeLessThan(300_000);
    expect(problems()).toEqual([expect.objectContaining({ problem: "limit", path: expect.stringContaining(path) })]);
  });

  it("is shortened and on record: levels of free JSON", () => {
    let free: unknown = 1;
    for (let level = 0; level <= limits.maxFreeDepth; level++) free = { a: free };
    const { wevt, problems } = harness();
    wevt.run(request, (event) => event.log(db({ free })));
    expect(problems()).toEqual([expect.objectContaining({ problem: "limit" })]);
  });

  it("is shortened: message, stack and causes of an error", () => {
    let error = new Error(long);
    for (let cause = 0; cause < 50; cause++) error = new Error(long, { cause: error });
    const { wevt, record } = harness();
    wevt.run(request, (event) => event.error(error));
    const { message, stack, causes } = Object(record()["error"]);
    expect([message.length, causes.length]).toEqual([limits.maxErrorMessageLength + 1, limits.maxCauses]);
    expect(stack.length).toBeLessThanOrEqual(limits.maxStackLength + 1);
  });

  it("is left out and counted: messages, items of a repeatable partial, problems", () => {
    const { wevt, record, told } = harness({ messages, maxProblems: 2 }, registry([call, user, partial("a", {}), partial("b", {})]));
    wevt.run(request, (event) => {
      for (let index = 0; index <= limits.maxMessages; index++) event.message(`${index}`);
      for (let index = 0; index < 10; index++) event.log(call({ model: "m" }));
      for (let index = 0; index < 10; index++) event.log(user({ id: "u", [`unknown${index}`]: 1 }));
    });
    expect([Object(record()["messages"]).length, Object(record()["call"]).length]).toEqual([limits.maxMessages, 3]);
    expect(Object(record()["wevt"]).problems).toHaveLength(3);
    expect(told.filter(({ problem }) => problem === "limit").length).toBeGreaterThan(0);
  });

  it("waits for its own end: open events beyond what close() knows of", async () => {
    const emitted: unknown[] = [];
    const { wevt, told } = harness({ collectors: [{ flush: (events) => void emitted.push(...events) }] });
    const open = Array.from({ length: limits.maxOpenEvents + 3 }, () => wevt.start(request));
    open.at(-1)?.emit();
    const follower = open[0];
    follower?.emit();
    follower?.log(user({ id: "late" }));
    await wevt.close();
    expect(emitted).toHaveLength(limits.maxOpenEvents + 2);
    expect(told.filter(({ problem }) => problem === "limit").map(({ message }) => message)).toEqual([expect.stringMatching(/^2 events more than 10000 were open/)]);
  });

  it("is emitted early: follow-ups of a great many events", () => {
    const { wevt, collected } = harness();
    for (let index = 0; index <= limits.maxFollowUps; index++) {
      const event = wevt.start(request);
      event.emit();
      event.log(user({ id: "late" }));
    }
    expect(collected.records.filter((record) => record["followUpOf"] !== undefined)).toHaveLength(limits.maxFollowUps);
  });

  it("is dropped and counted: events that wait for a slow collector", () => {
    const taken: number[] = [];
    const { wevt } = harness({ collectors: [{ flush: (events) => { taken.push(events.length); return new Promise<void>(() => {}); } }] });
    for (let index = 0; index < limits.maxQueuedEvents + 11; index++) wevt.run(request, () => {});
    expect(wevt.problems()).toEqual({ collector: 10 });
    expect(taken).toEqual([1]);
  });
});
