/** The runtime where there is no Node: one program, the same bytes everywhere. */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { browse, chromium, cure, listen, neutral, runtime } from "./platforms.js";
import { portable, type Said } from "./portable.js";

const portablePath = "./test/runtime/elsewhere/portable.js";
const program = `import { portable, plain } from "${portablePath}"; console.log(JSON.stringify(await portable())); await plain();`;
const here = await portable();

function folderWith(files: { readonly [name: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), "wevt-elsewhere-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What the program printed: its report, then the lines of `plain`. */
function read(stdout: string): { readonly said: Said; readonly plain: readonly { readonly [key: string]: unknown }[] } {
  const [report = "{}", ...lines] = stdout.split("\n").filter((line) => line.startsWith("{"));
  return { said: JSON.parse(report), plain: lines.map((line): { readonly [key: string]: unknown } => JSON.parse(line)) };
}

async function output(command: string, parameters: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, parameters, { cwd, timeout: 50_000 });
  return stdout;
}

const expectedPlain = [
  expect.objectContaining({ event: "http", originator: expect.objectContaining({ method: "PLAIN", traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }), user: { id: "plain" } }),
  expect.objectContaining({ event: "wevt.health", wevt: { problems: [expect.objectContaining({ problem: "no_event" })] } }),
];

describe("a program for no platform in particular", () => {
  it("bundles without an import of Node, and says on Node what it says everywhere", () => {
    expect(neutral(program)).not.toMatch(/require\(|from "node:|import\("node:/);
    expect(here.ambient).toBe(true);
    expect(here.lines).toHaveLength(144);
  });

  it.each([["with what the web has", true], ["with nothing but the language, a console and timers", false]])("runs %s: no process, no Buffer, no modules", async (_name, web) => {
    const printed: string[] = [];
    const console = { log: (text: string) => void printed.push(text), warn: (text: string) => void printed.push(text) };
    const { crypto, performance, TextEncoder, setTimeout, clearTimeout, Headers, Blob, Response, ReadableStream, AbortSignal, URL } = globalThis;
    const globals: { [name: string]: unknown } = { console, setTimeout, clearTimeout, ...(web ? { crypto, performance, TextEncoder, Headers, Blob, Response, ReadableStream, AbortSignal, URL } : {}) };
    const script = web ? `import { portable, plain } from "${portablePath}"; globalThis.done = portable().then(async (said) => { console.log(JSON.stringify(said)); await plain(); });` : `import { plain } from "${portablePath}"; globalThis.done = plain();`;
    runInContext(neutral(script, "iife"), createContext(globals));
    await globals["done"];
    if (!web) return expect(printed.map((line) => JSON.parse(line))).toEqual(expectedPlain);
    const { said, plain } = read(printed.join("\n"));
    expect(said).toEqual({ ...here, ambient: false });
    expect(plain).toEqual(expectedPlain);
  });
});

describe("Deno and Bun", () => {
  it.for([["deno", ["run", "--quiet", "--no-prompt", "main.mjs"]], ["deno", ["run", "--quiet", "--allow-all", "main.mjs"]], ["bun", ["main.mjs"]]] as const)("%s %s says the same, and finds events without being passed them", async ([name, parameters], { skip }) => {
    const command = runtime(name) ?? skip(`${name} ${cure}`);
    const { said, plain } = read(await output(command, parameters, folderWith({ "main.mjs": neutral(program) })));
    expect(said).toEqual(here);
    expect(plain).toEqual(expectedPlain);
  });

  it.for([["deno", ["run", "--quiet", "--allow-all", "main.mjs"]], ["bun", ["main.mjs"]]] as const)("%s writes what is open when it ends", async ([name, parameters], { skip }) => {
    const command = runtime(name) ?? skip(`${name} ${cure}`);
    const open = `import { stdio } from "./src/collectors/stdio.js"; import { createUntypedWevt } from "./src/runtime/create-wevt.js"; import { http } from "./test/helpers/definitions.js";
      const wevt = createUntypedWevt({ collectors: [stdio({ pretty: false })] }); wevt.start(http({ method: "OPEN" })); wevt.run(http({ method: "DONE" }), () => {}); process.exit(0);`;
    const lines = (await output(command, parameters, folderWith({ "main.mjs": neutral(open) }))).trim().split("\n").map((line) => JSON.parse(line));
    expect(lines.map(({ originator, outcome }) => [originator.method, outcome])).toEqual([["DONE", "ok"], ["OPEN", "aborted"]]);
  });
});

function worker(flags: readonly string[], socket = ""): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]${socket});
const worker :Workerd.Worker = (modules = [(name = "worker.mjs", esModule = embed "worker.mjs")], compatibilityDate = "2026-01-01", compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(", ")}]);
`;
}

describe("workerd", () => {
  const main = `import { portable, plain, prepare } from "${portablePath}"; const prepared = prepare(); export default { async test() { console.log(JSON.stringify(await portable(prepared))); await plain(); } };`;
  const withStorage = `import { AsyncLocalStorage } from "node:async_hooks"; globalThis.AsyncLocalStorage = AsyncLocalStorage; const { portable, plain, prepare } = await import("${portablePath}"); ${main.slice(main.indexOf("const prepared"))}`;

  it.for([
    ["without the compatibility of Node: events are passed", [], main, false],
    ["with it: events are found", ["nodejs_compat"], main, true],
    ["with an AsyncLocalStorage on globalThis: events are found", ["nodejs_als"], withStorage, true],
  ] as const)("says the same %s", async ([_name, flags, script, ambient], { skip }) => {
    const command = runtime("workerd") ?? skip(`workerd ${cure}`);
    const folder = folderWith({ "worker.mjs": neutral(script), "config.capnp": worker(flags) });
    const { said, plain } = read(await output(command, ["test", "config.capnp"], folder));
    expect(said).toEqual({ ...here, ambient });
    expect(plain).toEqual(expectedPlain);
  });

  it("serves requests with a wevt made outside of them: writes while it loads do not throw, and no event of any request is lost", async ({ skip }) => {
    const command = runtime("workerd") ?? skip(`workerd ${cure}`);
    const script = `import { createUntypedWevt } from "./src/runtime/create-wevt.js"; import { ended, endOfStream, streamed } from "./src/runtime/streams/index.js"; import { http, registry, user } from "./test/helpers/definitions.js";
      const sent = [];
      const slow = { flush: async (events) => { await new Promise((resolve) => setTimeout(resolve, 10)); for (const { record } of events) sent.push(record.originator.path); } };
      const wevt = createUntypedWevt({ service: { name: "edge", wrong: {} }, collectors: [slow], onProblem: () => {} }, registry([user]));
      wevt.log(user({ id: "while loading" }));
      wevt.start(http({ method: "GET", path: "/loading" })).emit();
      export default { async fetch(request, env, context) {
        const path = new URL(request.url).pathname;
        if (path === "/sent") return wevt.flush().then(() => Response.json([...sent].sort()));
        const response = await wevt.run(http({ method: "GET", path }), async () => streamed(new Response(new Blob(["body"]).stream())), { until: endOfStream });
        context.waitUntil(ended(response).then(() => wevt.flush()));
        return response;
      } };`;
    const port = await freePort();
    const folder = folderWith({ "worker.mjs": neutral(script), "config.capnp": worker([], `, sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]`) });
    const child = spawn(command, ["serve", "config.capnp"], { cwd: folder, stdio: "ignore" });
    try {
      const get = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      await expect.poll(() => get("/first").catch(() => "not yet"), { timeout: 20_000 }).toBe("body");
      expect(await Promise.all(["/a", "/b", "/c"].map(get))).toEqual(["body", "body", "body"]);
      expect(await get("/d")).toBe("body");
      await expect.poll(async (): Promise<unknown> => JSON.parse(await get("/sent")), { timeout: 10_000 }).toEqual(expect.arrayContaining(["/a", "/b", "/c", "/d", "/first"]));
    } finally {
      child.kill("SIGKILL");
    }
  });
});

describe("a browser", () => {
  const post = `import { portable, plain } from "${portablePath}";
    const violations = []; globalThis.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.blockedURI));
    const printed = []; console.log = (text) => printed.push(text); console.warn = () => {};
    export async function tell(place) {
      let report; try { const said = await portable(); await plain(); await new Promise((resolve) => setTimeout(resolve, 50)); report = { place, said, printed, violations }; } catch (error) { report = { place, failed: String(error?.stack ?? error) }; }
      await fetch("/told", { method: "POST", body: JSON.stringify(report) });
    }`;
  const page = `${post} tell("page" + location.pathname); const worker = new Worker("/worker.js" + "?" + location.pathname, { type: "module" });`;
  const html = (body: string): string => `<!doctype html><meta charset="utf-8"><title>wevt</title>${body}`;
  const policy = { "content-security-policy": "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'" };

  it("says the same, in pages and in workers, also under a content security policy that forbids eval and WebAssembly", async ({ skip }) => {
    const command = chromium() ?? skip(`Chromium ${cure}`);
    const workerScript = { type: "text/javascript", text: neutral(`${post} tell("worker" + location.search);`) };
    const posts = await browse(
      command,
      {
        "/": { type: "text/html", text: html('<iframe src="/open"></iframe><iframe src="/strict"></iframe>') },
        "/open": { type: "text/html", text: html('<script type="module" src="/page.js"></script>') },
        "/strict": { type: "text/html", text: html('<script type="module" src="/page.js"></script>'), headers: policy },
        "/page.js": { type: "text/javascript", text: neutral(page) },
        "/worker.js?/open": workerScript,
        "/worker.js?/strict": { ...workerScript, headers: policy },
      },
      4,
    );
    const reports = posts.map((text): { readonly place: string; readonly said: Said; readonly printed: readonly string[]; readonly violations: readonly string[]; readonly failed?: string } => JSON.parse(text)).sort((left, right) => left.place.localeCompare(right.place));
    expect(reports.map(({ place, failed }) => [place, failed])).toEqual([["page/open", undefined], ["page/strict", undefined], ["worker?/open", undefined], ["worker?/strict", undefined]]);
    for (const { said, printed, violations } of reports) {
      expect(violations).toEqual([]);
      expect(said).toEqual({ ...here, ambient: false });
      expect(printed.map((line) => JSON.parse(line))).toEqual(expectedPlain);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
