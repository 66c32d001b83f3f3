/** What the runtime needs of its platform: nothing. A program is run where there is no process, no Buffer, no timers of Node. */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { buildSync } from "esbuild";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function bundle(contents: string): string {
  const [output] = buildSync({ stdin: { contents, resolveDir: root, loader: "ts" }, bundle: true, platform: "browser", format: "iife", write: false, logLevel: "error" }).outputFiles;
  return output?.text ?? "";
}

const program = `
import { createWevt } from "./src/runtime/index.js";
import { stdio } from "./src/collectors/stdio.js";
import { http, user } from "./test/helpers/definitions.js";
const request = http({ method: "GET" });
for (const collectors of [undefined, [stdio()]]) {
  const wevt = createWevt({ ...(collectors ? { collectors } : {}), hashKey: "k" });
  wevt.log(user({ id: "lost" }));
  wevt.run(request, (event) => event.log(user({ id: "u", phone: "1" })));
}`;

describe("the core", () => {
  it("bundles for a browser without a built-in of Node", () => {
    expect(bundle(program)).not.toMatch(/require\(|from "node:|import\("node:/);
  });

  it("runs without a process: events go to console.log, passed explicitly, and nothing throws", () => {
    const [lines, warnings]: [string[], string[]] = [[], []];
    const console = { log: (text: string) => lines.push(text), warn: (text: string) => warnings.push(text) };
    const bare = { console, performance, crypto: globalThis.crypto, TextEncoder, setTimeout, clearTimeout };
    runInContext(bundle(program), createContext(bare));
    expect(lines.map((line) => JSON.parse(line))).toEqual([0, 1].map(() => expect.objectContaining({ service: { name: "unknown_service" }, user: { id: "u", phone: expect.stringMatching(/^[0-9a-f]{64}$/) } })));
    expect(warnings).toEqual([expect.stringContaining("no_event"), expect.stringContaining("no_event")]);
  });

  it("uses an AsyncLocalStorage that stands on globalThis", () => {
    const ambient = `${program}
      const wevt = createWevt({ collectors: [{ flush: ([event]) => { globalThis.seen = event.record.user.id; } }] });
      wevt.run(request, () => wevt.log(user({ id: "ambient" })));`;
    class AsyncLocalStorage {
      store: unknown;
      run(store: unknown, work: () => unknown): unknown {
        this.store = store;
        return work();
      }
      getStore(): unknown {
        return this.store;
      }
    }
    const bare: { [name: string]: unknown } = { console: { log: () => {}, warn: () => {} }, performance, crypto: globalThis.crypto, TextEncoder, setTimeout, clearTimeout, AsyncLocalStorage };
    runInContext(bundle(ambient), createContext(bare));
    expect(bare["seen"]).toBe("ambient");
  });

  it("is written without a static import of a built-in", () => {
    for (const file of ["index", "platform", "stdout", "collector"]) expect(readFileSync(`${root}/src/runtime/${file}.ts`, "utf8")).not.toMatch(/^import .* from "node:/m);
  });
});
