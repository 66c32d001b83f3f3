/** The matchers with jest itself: its types, its runner, its failures. `npm run elsewhere` installs it. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder, tryRun, tsc, writeFile } from "../helpers/example.js";
import { compilerOptions, linkFrom, makeShop, matcherTests, messagesOf } from "./shop.js";

const modules = fileURLToPath(new URL("./jest/node_modules", import.meta.url));

const withJest = `
import { afterEach, expect, test } from "@jest/globals";
import type { WevtExpectations } from "wevt/testing";

declare module "expect" {
  interface Matchers<R, T> extends WevtExpectations<R, T> {}
}
${matcherTests}
test("passes across awaits", async () => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  pay("free");
  expect(kit).toHaveEmitted("checkout.completed", { user: { tier: "free" } });
});
test("fails: not once", () => {
  pay("pro");
  pay("pro");
  expect(kit).toHaveEmittedOnce("checkout.completed");
});
export function never(): void {
  // @ts-expect-error no such event
  expect(kit).toHaveEmitted("checkout.complete");
  // @ts-expect-error no such field
  expect(kit).toHaveEmitted("checkout.completed", { user: { teir: "pro" } });
}
`;

describe("a project with jest", () => {
  const project = temporaryFolder();
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("compiles its tests with the matchers that it is given, and says in them what is wrong", ({ skip }) => {
    if (!existsSync(join(modules, "jest/bin/jest.js"))) skip("jest is not installed: `npm run elsewhere` installs it and runs this test");
    makeShop(project, []);
    linkFrom(modules, project, ["@jest/globals", "expect", "jest"]);
    writeFile(project, "test/shop.test.ts", withJest);
    writeFile(project, "tsconfig.json", compilerOptions({ skipLibCheck: true, types: ["node"], noEmit: false, outDir: "out" }));
    tsc(project);
    const config = { testEnvironment: "node", transform: {}, watchman: false, cacheDirectory: join(project, ".jest"), testMatch: ["<rootDir>/out/test/*.test.js"] };
    const { status, output } = tryRun(project, "--experimental-vm-modules", [join(modules, "jest/bin/jest.js"), "--config", JSON.stringify(config), "--ci", "--no-color", "--json", "--outputFile", "report.json"]);
    expect([status, existsSync(join(project, "report.json")) ? "" : output]).toEqual([1, ""]);
    expect(messagesOf(readFileSync(join(project, "report.json"), "utf8"))).toMatchInlineSnapshot(`
      {
        "fails: another value": [
          "Error: expected an event "checkout.completed" with these fields; this one differs:
      checkout.completed (evnt_…1) ok, 0 ms: user
        user.tier  expected "free", received "pro"
        outcome    expected "error", received "ok"",
        ],
        "fails: never emitted": [
          "assert.fail(received, expected)

      Message:
        events that were opened and never emitted:
        http (evnt_…1), opened at out/src/shop.js:LINE",
        ],
        "fails: not once": [
          "Error: expected exactly one event "checkout.completed", there are 2:
        checkout.completed (evnt_…1) ok, 0 ms: user
        checkout.completed (evnt_…2) ok, 0 ms: user",
        ],
        "passes": [],
        "passes across awaits": [],
        "passes when the problem is meant to be": [],
      }
    `);
  });
});
