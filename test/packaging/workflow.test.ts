/** The repository's own workflow: what it runs exists, it may do nothing but read, and its actions are pinned as those that `wevt init` writes. */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { supported } from "../../scripts/on-nodes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), "utf8");
const { scripts }: { readonly scripts: { readonly [name: string]: string } } = JSON.parse(text("package.json"));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: unknown };
}
interface Job {
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: object;
  readonly permissions: unknown;
  readonly jobs: { readonly [name: string]: Job };
}

/** Named guard of what the tests below read. */
function isWorkflow(value: unknown): value is Workflow {
  const { on, jobs } = Object(value);
  return typeof on === "object" && typeof jobs === "object" && Object.values(jobs).every((job) => Array.isArray(Object(job).steps));
}

function workflow(path: string): Workflow {
  const value: unknown = load(text(path));
  if (!isWorkflow(value)) throw new Error(`${path} is no workflow`);
  return value;
}

const ci = workflow(".github/workflows/ci.yml");
const jobs = Object.entries(ci.jobs);
const usesOf = ({ jobs: all }: Workflow): readonly string[] => Object.values(all).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
/** Job and command line, of every line that a job runs. */
const commands = jobs.flatMap(([job, { steps }]) => steps.flatMap(({ run = "" }) => run.split("\n").filter((line) => line !== "").map((line) => [job, line.trim()] as const)));

describe("the workflow of this repository", () => {
  it("runs on every push to main and on every pull request", () => {
    expect(ci.on).toEqual({ push: { branches: ["main"] }, pull_request: null });
  });

  it("may read the code, and no job more than that", () => {
    expect(ci.permissions).toEqual({ contents: "read" });
    expect(jobs.filter(([, { permissions }]) => permissions !== undefined)).toEqual([]);
  });

  it("uses the actions that the workflows of init use, at the same versions", () => {
    const known = new Set(["minimal", "rest", "agent"].flatMap((template) => usesOf(workflow(`templates/init/${template}/.github/workflows/wevt.yml`))));
    expect(usesOf(ci).length).toBeGreaterThan(0);
    expect(usesOf(ci).filter((one) => !known.has(one))).toEqual([]);
  });

  it.each(commands)("runs in %s what exists: %s", (_job, command) => {
    const [file = "", ...parameters] = command.split(" ");
    if (file !== "npm") return accessSync(join(root, file), constants.X_OK);
    const [action = "", name = ""] = parameters;
    if (action === "ci") return expect(existsSync(join(root, "package-lock.json"))).toBe(true);
    expect(scripts).toHaveProperty([action === "run" ? name : action]);
  });

  it.each(Object.entries(scripts))("finds every file of the script %s: %s", (_name, script) => {
    const files = script.split(/\s+/).filter((word) => /\.\w+$/.test(word));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    for (const [, used = ""] of script.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty([used]);
  });

  it("covers every supported version of Node: the oldest by the whole gate, the others by the tests", () => {
    const [oldest, ...newer] = supported;
    expect(ci.jobs["gate"]?.steps.flatMap((step) => step.with?.["node-version"] ?? [])).toEqual([Number(oldest)]);
    expect(ci.jobs["nodes"]?.strategy?.matrix.node.map(String)).toEqual(newer);
    expect(commands).toEqual(expect.arrayContaining([["gate", ".ci/run"], ["nodes", "npm run test:nodes -- ${{ matrix.node }}"], ["benches", "npm run bench"]]));
  });

  it("is told about in CONTRIBUTING.md, job by job", () => {
    const page = text("CONTRIBUTING.md");
    for (const [name] of jobs) expect(page).toContain(`| \`${name}\` |`);
  });
});
