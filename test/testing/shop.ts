/** A project that wevt generated, for tests that run its tests with a runner of theirs. */
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, wevt, writeFile } from "../helpers/example.js";
import { strictest } from "../helpers/generated.js";

const schemas = {
  "schemas/user.yaml": `
partial: user
brief: Who.
required: [id]
properties:
  id: { type: string, brief: Id. }
  tier: { enum: [free, pro], brief: Plan. }
`,
  "schemas/checkout.completed.yaml": `
event: checkout.completed
brief: A customer has paid.
grain: one paid order
partials:
  user: { presence: required, require: [tier] }
originators: [http]
`,
  "wevt.config.yaml": "version: 1\nimports: [wevt:http]\n",
};

const application = {
  "src/telemetry.ts": `
import { createWevt, type Wevt } from "./wevt/index.js";
export const wevt: Wevt = createWevt({ service: { name: "shop" } });
`,
  "src/shop.ts": `
import { wevt } from "./telemetry.js";
import { httpOriginator, user, type Wevt } from "./wevt/index.js";
export function pay(tier?: "free" | "pro", using: Wevt = wevt): void {
  using.events.checkoutCompleted.run(httpOriginator({ method: "POST", path: "/pay" }), (event) => event.log(user({ id: "user_42", tier })));
}
export function forget(): void {
  wevt.start(httpOriginator({ method: "GET", path: "/" }));
}
`,
};

/** Tests of the shop with the matchers, in whatever runner has an `expect` to extend; some of them fail. */
export const matcherTests = `
import { testWevt, wevtMatchers } from "wevt/testing";
import { pay, forget } from "../src/shop.js";
import { wevt } from "../src/telemetry.js";

expect.extend(wevtMatchers);
const kit = testWevt(wevt);
afterEach(kit.done);

test("passes", () => {
  pay("pro");
  expect(kit).toHaveEmittedOnce("checkout.completed", { user: { tier: "pro", id: expect.stringMatching(/^user_/) }, originator: { path: "/pay" } });
  expect(kit).not.toHaveEmitted("http");
  expect(kit).toHaveNoProblems();
});
test("fails: another value", () => {
  pay("pro");
  expect(kit).toHaveEmitted("checkout.completed", { user: { tier: "free" }, outcome: "error" });
});
test("fails: never emitted", () => {
  forget();
});
test("passes when the problem is meant to be", () => {
  expect(() => pay()).toThrow("requires this field");
  kit.expectProblem("missing_field", "user.tier");
});
`;

/** The package as it is installed (not linked, so that runners take it as a package), and packages of this repository. */
export function makeShop(project: string, packages: readonly string[]): void {
  const target = join(project, "node_modules/wevt");
  for (const path of ["package.json", "dist/runtime", "dist/shared", "dist/testing"]) cpSync(join(root, path), join(target, path), { recursive: true });
  linkFrom(join(root, "node_modules"), project, [...packages, "@types/node", "undici-types"]);
  writeFile(project, "package.json", JSON.stringify({ name: "shop", private: true, type: "module" }));
  for (const [path, text] of Object.entries({ ...schemas, ...application })) writeFile(project, path, text);
  wevt(project, ["generate"]);
}

/** Makes packages of one folder resolvable in a project. */
export function linkFrom(modules: string, project: string, packages: readonly string[]): void {
  for (const name of packages) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(join(modules, name), join(project, "node_modules", name), "junction");
  }
}

/** A tsconfig.json under the strictest flags. */
export function compilerOptions(more: object): string {
  return JSON.stringify({ compilerOptions: { ...strictest, lib: ["ES2022", "ESNext.Disposable"], rootDir: ".", ...more }, include: ["src", "test"] });
}

/** Test title → the first lines of its failures, without stacks. */
export function messagesOf(report: string): { readonly [title: string]: readonly string[] } {
  const parsed: { readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string; readonly failureMessages: readonly string[] }[] }[] } = JSON.parse(report);
  const results = parsed.testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(results.map(({ title, failureMessages }) => [title, failureMessages.map((message) => message.replace(/\n {4}at [\s\S]*/, "").replace(/:\d+:\d+/g, ":LINE"))]));
}
