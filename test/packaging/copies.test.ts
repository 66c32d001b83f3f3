/** Several installed copies of the package in one process, as npm leaves them when versions differ; and generated code of another version. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract } from "../../src/runtime/contract.js";
import { runtimeContract } from "../../templates/typescript/index-module.js";
import { env, root, run, temporaryFolder, tryRun, writeFile } from "../helpers/example.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `wevt generate` would have made of one partial and one originator. */
const definitions = `
import { originatorBuilder, partialBuilder } from "wevt/codegen";
const check = () => true;
export const http = originatorBuilder({ name: "http", check, rule: { fields: { method: {} } }, slots: undefined });
export const user = partialBuilder({ name: "user", check, rule: { fields: { id: {}, tier: {} } }, slots: undefined });
`;

const library = `
${definitions}
import { createWevt } from "wevt";
import { streamed } from "wevt/streams";
import { extract, traceHeaders } from "wevt/propagation";
export const wevt = createWevt({ service: { name: "library" } });
export const work = () => wevt.run(http({ method: "INNER" }), async () => { await null; wevt.log(user({ id: "inner" })); });
export const body = () => streamed(new Response("text"));
export const carry = (context) => extract(traceHeaders(context));
`;

function install(into: string, tarball: string): void {
  mkdirSync(join(into, "node_modules/wevt"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", join(into, "node_modules/wevt"), "--strip-components=1"]);
}

beforeAll(() => {
  const packed: readonly { readonly filename: string }[] = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const tarball = join(folder, packed[0]?.filename ?? "");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  install(folder, tarball);
  writeFile(folder, "node_modules/library/package.json", '{ "name": "library", "type": "module", "exports": "./index.js" }');
  writeFile(folder, "node_modules/library/index.js", library);
  install(join(folder, "node_modules/library"), tarball);
  writeFile(folder, "definitions.js", definitions);
});

interface Line {
  readonly service: { readonly name: string };
  readonly outcome: string;
  readonly originator: { readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly method: string };
  readonly user?: object;
}

const preamble = `import * as library from "library"; import { createWevt } from "wevt"; import { endOfStream } from "wevt/streams"; import { http, user } from "./definitions.js";
const wevt = createWevt({ service: { name: "app" }, onProblem: (problem) => console.error(JSON.stringify(problem)) });
const request = http({ method: "OUTER" });
`;

/** What a program with both copies printed. */
function told(source: string): { readonly lines: readonly Line[]; readonly output: string; readonly status: number } {
  writeFile(folder, "main.js", preamble + source);
  const { stdout, output, status } = tryRun(folder, "main.js");
  return { lines: stdout.split("\n").filter((line) => line !== "").map((line): Line => JSON.parse(line)), output, status };
}

describe("two installed copies", () => {
  it("are two modules, and share the event around: what the library emits is a child of the application's event", () => {
    const { lines } = told('console.error(library.wevt.run === wevt.run); await wevt.run(request, async () => { await library.work(); wevt.log(user({ id: "outer" })); });');
    const [inner, outer] = lines;
    expect(inner).toMatchObject({ service: { name: "library" }, user: { id: "inner" }, originator: { traceId: outer?.originator.traceId, parentSpanId: outer?.originator.spanId } });
    expect(outer).toMatchObject({ service: { name: "app" }, user: { id: "outer" } });
    expect(lines).toHaveLength(2);
  });

  it("take what the other one has made: partials, originators, streams, trace contexts", () => {
    const { lines, output, status } = told(`
      await wevt.run(library.http({ method: "THEIRS" }), async (event) => {
        event.log(library.user({ id: "theirs" }));
        library.wevt.run(request, () => {}, { from: library.carry(wevt.traceContext()) });
        return library.body();
      }, { until: endOfStream }).then((response) => response.text());`);
    expect(lines.map(({ service, originator, user }) => [service.name, originator.method, user])).toEqual([["library", "OUTER", undefined], ["app", "THEIRS", { id: "theirs" }]]);
    expect(lines[0]?.originator.traceId).toBe(lines[1]?.originator.traceId);
    expect({ output: output.split("\n").length - 1, status }).toEqual({ output: 2, status: 0 });
  });

  it("both write what is open when the process ends", () => {
    const { lines, status } = told("wevt.start(request); library.wevt.start(request); process.exit(0);");
    expect([...lines.map(({ service, outcome }) => `${service.name} ${outcome}`)].sort()).toEqual(["app aborted", "library aborted"]);
    expect(status).toBe(0);
  });

  it("both write what is open when the process is told to end, which then ends by that signal", async () => {
    writeFile(folder, "main.js", `${preamble} wevt.start(request); library.wevt.start(request); setInterval(() => {}, 1000); process.stderr.write("ready");`);
    const child = spawn(process.execPath, ["main.js"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.once("data", () => child.kill("SIGTERM"));
    const signal = await new Promise((resolve) => child.on("close", (_code, by) => resolve(by)));
    expect(signal).toBe("SIGTERM");
    expect(stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).service.name).sort()).toEqual(["app", "library"]);
  });
});

describe("generated code", () => {
  it("says which runtime contract it was made for", () => {
    expect(runtimeContract).toBe(contract);
  });

  it("of another contract number is one clear warning at start: events are written all the same", () => {
    const project = join(folder, "project");
    mkdirSync(project, { recursive: true });
    writeFile(project, "package.json", '{ "type": "module" }');
    writeFile(project, "wevt.config.yaml", "version: 1\nimports: [wevt:http]\ngenerate: [{ emitter: typescript, output: js }]\n");
    writeFile(project, "schemas/user.yaml", "partial: user\nbrief: Who.\nproperties: { id: { type: string, brief: Id. } }\n");
    run(project, join(folder, "node_modules/wevt/bin/wevt.js"), ["generate"]);
    const path = join(project, "src/wevt/registry.js");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(`const contract = ${contract};`, "const contract = 99;"));
    expect(readFileSync(path, "utf8")).not.toBe(text);
    writeFile(project, "main.js", 'import { createWevt, httpOriginator, user } from "./src/wevt/index.js"; const wevt = createWevt(); for (const id of ["a", "b"]) wevt.run(httpOriginator({ method: "GET", path: "/" }), (event) => event.log(user({ id })));');
    const { stdout, output, status } = tryRun(project, "main.js");
    expect(status).toBe(0);
    expect(stdout.trim().split("\n").map((line) => JSON.parse(line).user)).toEqual([{ id: "a" }, { id: "b" }]);
    const { stderr } = warned(project);
    expect(stderr.match(/contract/g)).toHaveLength(1);
    expect(stderr).toMatch(/made for runtime contract 99, this wevt has \d+: run `wevt generate` with the installed version/);
    expect(output).not.toContain("Error");
  });
});

function warned(project: string): { readonly stderr: string } {
  const stderr = execFileSync("sh", ["-c", `"${process.execPath}" main.js 2>&1 >/dev/null`], { cwd: project, env, encoding: "utf8" });
  return { stderr };
}
