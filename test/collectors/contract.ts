/** What every collector promises. A collector's test calls this with a way to make one and to read what it wrote. */
import { describe, expect, it } from "vitest";
import type { Collector } from "../../src/runtime/collector.js";
import { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import type { Problem } from "../../src/runtime/types.js";
import { http, user } from "../helpers/definitions.js";

export interface Subject {
  readonly collector: Collector;
  /** The lines that have arrived; called after `close`. */
  lines(): readonly string[] | Promise<readonly string[]>;
}

const request = http({ method: "POST" });

export function collectorContract(name: string, make: () => Subject | Promise<Subject>): void {
  const collect = async (work: (wevt: ReturnType<typeof createUntypedWevt>) => unknown): Promise<{ readonly lines: readonly string[]; readonly problems: readonly Problem[] }> => {
    const problems: Problem[] = [];
    const subject = await make();
    const wevt = createUntypedWevt({ service: { name: "s" }, collectors: [subject.collector], onProblem: (problem) => problems.push(problem) });
    await work(wevt);
    await wevt.close();
    return { lines: await subject.lines(), problems };
  };

  describe(`${name} keeps the contract of collectors:`, () => {
    it("has a name, for problem messages", async () => {
      expect((await make()).collector.name).toEqual(expect.any(String));
    });

    it("takes every event once, in order, one line each", async () => {
      const { lines, problems } = await collect((wevt) => {
        for (let index = 0; index < 500; index++) wevt.run(request, (event) => event.log(user({ id: `u${index}` })));
      });
      expect(lines.map((line) => JSON.parse(line).user.id)).toEqual(Array.from({ length: 500 }, (_, index) => `u${index}`));
      expect(problems).toEqual([]);
    });

    it("keeps text whole: newlines, controls, emoji, long values", async () => {
      const id = `\n\r\u2028\u0000"\\ 🙂 é ${"x".repeat(70_000)}`;
      const { lines } = await collect((wevt) => wevt.run(request, (event) => event.log(user({ id }))));
      expect(lines.map((line) => JSON.parse(line).user.id)).toEqual([id]);
    });

    it("takes an empty list, and close without any event", async () => {
      const { lines } = await collect(() => {});
      expect(lines).toEqual([]);
      const { collector } = await make();
      await collector.flush([]);
      await collector.close?.();
    });
  });
}
