import { expect, it } from "vitest";
import { finished, preamble, program, start } from "../helpers/program.js";

it("without onProblem, the first three problems of a kind are printed to stderr, on one line each, and the process goes on", async () => {
  const script = program(`${preamble}
    const wevt = createUntypedWevt({ collectors: [{ flush: () => {} }] });
    for (let index = 0; index < 50; index++) wevt.run(request, (event) => event.log(user({ id: "u", ["nick" + index + "\\n\\u001b[31m"]: 1 })));`);
  const { stderr, code } = await finished(start(script));
  expect(code).toBe(0);
  expect(stderr.match(/WevtWarning: wevt: unknown_field at user\.nick\d/g)).toHaveLength(3);
  expect(stderr).not.toContain("\u001b");
  expect(stderr).toContain("not printed; give createWevt an onProblem");
});
