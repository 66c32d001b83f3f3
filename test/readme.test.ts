/** What README.md shows is true: its schemas compile, its broken ones fail with the stated diagnostic, its programs compile, its table is generated. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnosticTable } from "../src/compiler/diagnostics.js";
import * as propagation from "../src/propagation/index.js";
import { linkPackages, root, run, temporaryFolder, tryRun, tsc, wevt, writeFile } from "./helpers/example.js";
import { metaValidators } from "./helpers/meta.js";

const page = readFileSync(join(root, "README.md"), "utf8");
const command = join(root, "bin/wevt.js");

interface Block {
  readonly language: string;
  /** The diagnostic that the example must fail with. */
  readonly broken?: string;
  /** The file that its first line names. */
  readonly path?: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)(?: broken=(\w+))?\n([\s\S]*?)^```$/gm)].map(([, language = "", broken, text = ""]) => {
  const path = /^(?:#|\/\/) (\S+\.\w+)$/m.exec(text.split("\n")[0] ?? "")?.[1];
  return { language, text, ...(broken === undefined ? {} : { broken }), ...(path === undefined ? {} : { path }) };
});
const yaml = blocks.filter(({ language }) => language === "yaml");
const files = blocks.filter(({ path }) => path !== undefined);

const project = temporaryFolder();
afterAll(() => rmSync(project, { recursive: true, force: true }));

const handler = `import type { IncomingMessage, ServerResponse } from "node:http";
export async function handle(_request: IncomingMessage, response: ServerResponse): Promise<void> { response.end(); }
`;

/** As much of each framework's types as the page uses. */
const frameworks = `
declare module "express" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  type Next = (error?: unknown) => void;
  interface App {
    use(handler: (request: IncomingMessage, response: ServerResponse, next: Next) => void): App;
    use(handler: (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void): App;
  }
  export default function express(): App;
}
declare module "fastify" {
  import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
  interface Incoming { readonly raw: IncomingMessage; readonly headers: IncomingHttpHeaders }
  interface Reply { readonly raw: ServerResponse }
  interface Api {
    addHook(name: "onRequest", hook: (request: Incoming, reply: Reply, done: () => void) => void): Api;
    addHook(name: "onError", hook: (request: Incoming, reply: Reply, error: Error) => Promise<void>): Api;
  }
  export default function fastify(): Api;
}
declare module "koa" {
  import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
  interface Context { readonly req: IncomingMessage; readonly res: ServerResponse; readonly headers: IncomingHttpHeaders }
  export default class Koa { use(middleware: (context: Context, next: () => Promise<void>) => unknown): Koa }
}
declare module "hono" {
  interface Context { readonly req: { readonly raw: Request }; readonly error: Error | undefined; res: Response }
  export class Hono { use(middleware: (context: Context, next: () => Promise<void>) => Promise<Response | void>): Hono }
}
`;

describe("the examples of README.md", () => {
  const { definition, config } = metaValidators();

  it("are there, each with its file or its diagnostic", () => {
    expect(yaml.length).toBeGreaterThanOrEqual(8);
    expect(yaml.filter(({ path, broken }) => (path === undefined) === (broken === undefined))).toEqual([]);
  });

  it.each(yaml.filter(({ broken }) => broken === undefined))("$path passes the schemas in schemas/meta", ({ path, text }) => {
    const validate = path === "wevt.config.yaml" ? config : definition;
    validate(load(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(yaml.filter(({ broken }) => broken !== undefined))("broken: $broken is a diagnostic, and what the compiler says", ({ broken = "", text }) => {
    expect(Object.keys(diagnosticTable)).toContain(broken);
    const folder = join(project, broken);
    writeFile(folder, "schemas/account.yaml", text);
    const { status, output } = tryRun(folder, command, ["generate", "--dry-run"]);
    expect(output).toMatch(new RegExp(`schemas/account\\.yaml:\\d+:\\d+\\s+error\\s+${broken} `));
    expect(status).toBe(1);
  });
});

describe("the programs of README.md", () => {
  beforeAll(() => {
    for (const { path = "", text } of files) writeFile(project, path, text);
    // What the programs take from their platform: console, Request, Response.
    writeFile(project, "tsconfig.json", readFileSync(join(root, "templates/init/minimal/tsconfig.json"), "utf8").replace('"lib": ["ES2022"]', '"lib": ["ES2022", "DOM", "DOM.Iterable"]').replace('"types": []', '"types": ["node"]'));
    writeFile(project, "package.json", JSON.stringify({ name: "readme", private: true, type: "module" }));
    linkPackages(project);
    wevt(project, ["generate"]);
  });

  it("compile under the strictest flags", () => {
    writeFile(project, "src/handler.ts", handler);
    writeFile(project, "src/frameworks.d.ts", frameworks);
    tsc(project);
  });

  it("include a test, which passes", () => {
    expect(run(project, "--test", ["--test-reporter", "tap", "dist/writing.test.js"])).toMatch(/^ok 1 - a request says who asked$/m);
  });

  it("emit the line that the page shows", () => {
    const shown: { readonly [key: string]: unknown } = JSON.parse(blocks.find(({ language }) => language === "json")?.text ?? "");
    const emitted: { readonly [key: string]: unknown } = JSON.parse(run(project, "dist/main.js"));
    expect(Object.keys(emitted)).toEqual(Object.keys(shown));
    const { eventId, timestamp, durationMs, schema, originator, ...same } = shown;
    expect(emitted).toMatchObject(same);
    expect(Object.keys(emitted["originator"] ?? {})).toEqual(Object.keys(originator ?? {}));
    expect([eventId, timestamp, durationMs, schema].map((value) => typeof value)).toEqual([emitted["eventId"], emitted["timestamp"], emitted["durationMs"], emitted["schema"]].map((value) => typeof value));
  });

  it("include a worker, which goes on with the trace, and a listener that finds its event", () => {
    const records = run(project, "dist/workers.js").trim().split("\n").map((line): { readonly [key: string]: unknown } => JSON.parse(line));
    const [queue, http] = ["queue", "http"].map((name) => Object(records.find(({ event }) => event === name)));
    expect(records).toHaveLength(2);
    expect(queue.originator).toMatchObject({ queue: "thumbnails", traceId: http.originator.traceId, parentSpanId: http.originator.spanId });
    expect(http.user).toEqual({ id: "user_42" });
  });

  it("are documented by the table that the page shows", () => {
    const table = page.split("\n").filter((line) => line.startsWith("| [`user."));
    expect(table.length).toBe(2);
    const docs = readFileSync(join(project, "docs/events/partials/user.md"), "utf8");
    for (const line of table) expect(docs).toContain(line);
  });

  it("include an emitter of one's own, which runs", () => {
    writeFile(project, "wevt.config.yaml", `version: 1\nimports: [wevt:http, wevt:queue]\n${/^ {4}emitters:[\s\S]*?\n\n/m.exec(page)?.[0].replace(/^ {4}/gm, "") ?? ""}`);
    wevt(project, ["generate"]);
    expect(readFileSync(join(project, "docs/field-list/fields.md"), "utf8")).toContain("- `user.id` Stable user identifier, never reused.\n");
  });
});

describe("the tables of README.md", () => {
  it("name commands that exist", () => {
    const names = [...page.matchAll(/^\| `wevt (\w+)/gm)].map(([, name]) => name ?? "");
    const output = wevt(root, ["--help"]);
    for (const name of names) expect(output).toMatch(new RegExp(`^\\s+${name}\\b`, "m"));
  });

  it("name readers that exist, for originators that ship", () => {
    const rows = [...page.matchAll(/^\| .* \| `(\w+)Originator\((\w+)\(/gm)];
    expect(rows.map(([, originator]) => originator)).toEqual(["http", "queue", "cron", "rpc", "cli", "websocket"]);
    for (const [, originator = "", reader = ""] of rows) {
      expect(propagation).toHaveProperty(reader);
      expect(readFileSync(join(root, `schemas/${originator}.yaml`), "utf8")).toContain(`originator: ${originator}\n`);
    }
  });

  it("link to files that exist", () => {
    for (const [, target = ""] of page.matchAll(/\]\(([A-Za-z][\w./-]*)\)/g)) expect(() => readFileSync(join(root, target))).not.toThrow();
  });
});
