/** Options that cannot be read or used, given to what is made before there is a wevt: nothing throws at the start, the default holds, and stderr is told. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { file } from "../../src/collectors/file.js";
import { memory } from "../../src/collectors/memory.js";
import { stdio } from "../../src/collectors/stdio.js";
import type { Collector } from "../../src/runtime/collector.js";
import { captureConsole } from "../../src/runtime/console/capture.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { flat } from "../../src/runtime/flat.js";
import { debugOnSignal, isDebug, messages, setDebug } from "../../src/runtime/messages/index.js";
import { redaction, redactText } from "../../src/runtime/redaction/index.js";
import { strict } from "../../src/runtime/strict.js";
import { declaredSampling, tailSampling } from "../../src/sampling/index.js";
import { http } from "../helpers/definitions.js";
import { hostileValues } from "../helpers/hostile.js";
import type { Problem } from "../../src/runtime/types.js";
import { harness } from "../helpers/wevt.js";

const folder = mkdtempSync(join(tmpdir(), "wevt-options-"));
const request = http({ method: "GET" });
let path = "";
let files = 0;
/** Each text is told once in a process. */
const warnings: string[] = [];
const heard = ({ message }: Error): void => void warnings.push(message);

beforeEach(() => {
  path = join(folder, `${(files += 1)}.ndjson`);
  process.on("warning", heard);
});
afterEach(() => void process.off("warning", heard));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Process warnings come a tick later. */
async function told(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return warnings.join("\n");
}

function throwing(...keys: readonly string[]): object {
  return Object.defineProperties({}, Object.fromEntries(keys.map((key) => [key, { enumerable: true, get: () => { throw new Error("SECRET"); } }])));
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Named guard: what users of JavaScript pass. */
function any(value: unknown): never {
  return value as never;
}

async function emitTo(collector: Collector): Promise<void> {
  const wevt = createUntypedWevt({ collectors: [collector], onProblem: () => {}, healthIntervalMs: 0 });
  wevt.run(request, () => {});
  await wevt.close();
}

/** What is made with options, and what shows that the defaults hold. */
const factories: readonly (readonly [name: string, keys: readonly string[], make: (options: never) => unknown, holds: (made: never) => unknown])[] = [
  ["stdio", ["pretty", "colour", "stream"], (options) => stdio(options), (made: Collector) => expect(made.name).toBe("stdio")],
  ["file", ["bufferBytes", "intervalMs", "maxBytes"], (options) => file(path, options), async (made: Collector) => {
    await emitTo(made);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ event: "http" });
    rmSync(path);
  }],
  ["memory", ["maxEvents"], (options) => memory(options), async (made: ReturnType<typeof memory>) => {
    await emitTo(made);
    expect(made.records).toHaveLength(1);
  }],
  ["redaction", ["patterns", "custom"], (options) => redaction(options), (made: ReturnType<typeof redaction>) => {
    const { wevt, record } = harness({ messages, redaction: made });
    wevt.run(request, (event) => event.message("mail luke@example.com"));
    expect(record()["messages"]).toMatchObject([{ text: "mail [email]" }]);
  }],
  ["captureConsole", ["methods", "passThrough", "console"], (options) => captureConsole(harness().wevt, options), (made: () => void) => made()],
  ["debugOnSignal", ["signal"], (options) => debugOnSignal(options), async (made: () => void) => {
    process.kill(process.pid, "SIGUSR2");
    for (let wait = 0; wait < 200 && !isDebug(); wait++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isDebug()).toBe(true);
    setDebug(false);
    made();
  }],
];

describe.each(factories)("%s", (name, keys, make, holds) => {
  it("takes options whose getters throw for none, and says which", async () => {
    for (const key of keys) await holds(any(make(any(throwing(key)))));
    const text = await told();
    for (const key of keys) expect(text).toContain(`wevt: constraint at ${name}: cannot use ${key} as given: the default holds`);
    expect(text).not.toContain("SECRET");
  });

  it("takes what cannot be read at all for no options, and says so once", async () => {
    for (let time = 0; time < 2; time++) await holds(any(make(any(revoked()))));
    expect((await told()).split("\n").filter((line) => line.includes(`at ${name}: cannot use ${keys.join(", ")} as given`))).toHaveLength(1);
  });

  it("has no problem with null, and with undefined for each option", async () => {
    const before = await told();
    await holds(any(make(any(null))));
    await holds(any(make(any(Object.fromEntries(keys.map((key) => [key, undefined]))))));
    expect(await told()).toBe(before);
  });

  it("never throws, whatever an option is", async () => {
    for (const [, value] of hostileValues()) {
      for (const options of [value, ...keys.map((key) => ({ [key]: value }))]) {
        const made = make(any(options));
        // The way to take it back.
        if (typeof made === "function") Reflect.apply(made, undefined, []);
      }
    }
  });
});

describe("what else is handed over", () => {
  it("a path that is no text is a problem of the collector, and no throw", async () => {
    for (const [, value] of hostileValues().filter(([, one]) => typeof one !== "string")) {
      const problems: unknown[] = [];
      const wevt = createUntypedWevt({ collectors: [file(any(value), { bufferBytes: 0 })], onProblem: (problem) => problems.push(problem), healthIntervalMs: 0 });
      wevt.run(request, () => {});
      await wevt.close({ timeoutMs: 50 });
      expect(problems).toContainEqual(expect.objectContaining({ problem: "collector", path: "file" }));
    }
  });

  it("what is no collector is told by createWevt, also inside of flat and strict", () => {
    for (const [, value] of [...hostileValues(), ["throwing flush", throwing("flush")] as const]) {
      for (const wrapped of [flat(any(value)), strict(any(value)), flat(strict(any(value)))]) {
        const problems: unknown[] = [];
        const seen = memory();
        const wevt = createUntypedWevt({ collectors: [wrapped, seen], onProblem: (problem) => problems.push(problem), healthIntervalMs: 0 });
        wevt.run(request, () => {});
        expect(seen.records).toHaveLength(1);
        expect(problems).toContainEqual(expect.objectContaining({ problem: "collector", path: "collectors[0]" }));
      }
    }
  });

  it("a collector whose name or profile cannot be read is handed events all the same", async () => {
    for (const wrap of [flat, strict]) {
      const events: unknown[] = [];
      await emitTo(wrap(any(Object.assign(throwing("name", "profile", "drain", "close"), { flush: (some: readonly unknown[]) => events.push(...some) }))));
      expect(events).toHaveLength(1);
    }
  });

  it("a pattern that ships under no such name leaves all of them on, and one of one's own that is none is left out, both told", async () => {
    const own = { name: "order", pattern: /\bO-\d+/g };
    const made = redaction({ patterns: any(["emial"]), custom: [own, any({ name: "x" }), any(null), any(throwing("name", "pattern")), any({ name: "y", pattern: 7 })] });
    const { wevt, record } = harness({ messages, redaction: made });
    wevt.run(request, (event) => event.message("O-17 of luke@example.com"));
    expect(record()["messages"]).toMatchObject([{ text: "[order] of [email]" }]);
    const text = await told();
    expect(text).toContain("wevt: constraint at redaction: cannot use patterns as given");
    expect(text).toContain("wevt: constraint at redaction: cannot use custom[1], custom[2], custom[3], custom[4] as given");
  });

  it("text that is none, and patterns that fail, leave nothing unseen", () => {
    expect(redactText(any(7))).toBe(7);
    expect(redactText("secret", any([throwing("pattern", "hint")]))).toBe("***");
    expect(redactText("secret", any(7))).toBe("***");
  });

  it("sampling that cannot be read keeps every event, and says so on it", () => {
    for (const make of [() => tailSampling(any(revoked())), () => tailSampling(any(throwing("rules"))), () => tailSampling(any(null)), () => declaredSampling(any(revoked())), () => declaredSampling(any(null)), () => declaredSampling(any([throwing("name", "sampling")])), () => declaredSampling([], any(throwing("now"))), () => declaredSampling([], any(null))]) {
      const { wevt, record } = harness({ sampling: make() });
      wevt.run(request, () => {});
      expect(record()).toMatchObject({ event: "http", sampleReason: expect.stringMatching(/^all$|^invalid sampling/) });
    }
    for (const [, value] of hostileValues()) for (const sampler of [tailSampling(any(value)), tailSampling({ rules: any([value]), base: any(value) }), declaredSampling(any(value)), declaredSampling(any([value])), declaredSampling([], any(value))]) expect(typeof sampler).toBe("function");
  });

  it("a file whose path is no text is told of by its timer, which throws nothing", async () => {
    const problems: unknown[] = [];
    const wevt = createUntypedWevt({ collectors: [file(any({ toString: () => { throw new Error("no"); } }), { intervalMs: 1 })], onProblem: (problem) => problems.push(problem), healthIntervalMs: 0 });
    wevt.run(request, () => {});
    await expect.poll(() => problems).toMatchObject([{ problem: "collector", path: "file", message: expect.stringContaining("1 events wait for the file to be writable") }]);
    await wevt.close();
  });

  it("createWevt tells of options that it does not have, and which it has", () => {
    const problems: Problem[] = [];
    createUntypedWevt(any({ collectors: [], onProblem: (problem: Problem) => problems.push(problem), colectors: [], maxProblem: 3, HASHKEY: "k", elephant: 1 }));
    const message = expect.stringMatching(/^createWevt has no such option; it has service, collectors, .*hashKey.*maxProblems/);
    expect(problems).toEqual(["colectors", "maxProblem", "HASHKEY", "elephant"].map((path) => ({ problem: "unknown_field", path, message })));
  });

  it("collectors tell of options that they do not have on stderr, on one line", async () => {
    stdio(any({ "pret\nty": true }));
    file(path, any({ bufferByte: 1 }));
    const text = await told();
    expect(text).toContain("wevt: unknown_field at stdio: it has no option pret ty, but ");
    expect(text).toContain("wevt: unknown_field at file: it has no option bufferByte, but ");
  });

  it("a name or version of the service that is no text is told, and the rest stands", () => {
    const { wevt, record, told: problems } = harness({ service: any({ name: ["shop"], version: 5, region: "eu" }) });
    wevt.run(request, () => {});
    expect(problems).toEqual([
      { problem: "wrong_type", path: "service.name", message: "has to be text, and is of type object: it was left out" },
      { problem: "wrong_type", path: "service.version", message: "has to be text, and is of type number: it was left out" },
    ]);
    expect(record()["service"]).toMatchObject({ region: "eu" });
    expect(harness({ service: any({ name: undefined, version: null }) }).told).toEqual([]);
  });

  it.each([["5000"], [Number.NaN], [-1]])("a timeoutMs of %j is told on its event, which has no time limit", (timeoutMs) => {
    const { wevt, problems } = harness();
    wevt.run(request, () => {}, { timeoutMs: any(timeoutMs) });
    expect(problems()).toMatchObject([{ problem: "wrong_type", path: "timeoutMs" }]);
  });

  it("a slug that is no text is told, and the error stands without it", () => {
    const { wevt, record, problems } = harness();
    wevt.run(request, (event) => event.error(new Error("x"), { slug: any(7) }));
    expect(problems()).toMatchObject([{ problem: "wrong_type", path: "error.slug" }]);
    expect(record()["error"]).toMatchObject({ message: "x", unforeseen: true });
  });

  it("createWevt tells of options whose getters throw, too", () => {
    const problems: unknown[] = [];
    createUntypedWevt(any(Object.assign(throwing("service", "sampling"), { collectors: [], onProblem: (problem: unknown) => problems.push(problem) })));
    expect(problems).toEqual(["service", "sampling"].map((key) => expect.objectContaining({ problem: "constraint", path: key })));
  });
});
