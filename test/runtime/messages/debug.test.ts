/** The switch of debug messages: off, until the environment, a function or a signal turns it on. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { debugOnSignal, debugSwitch, isDebug, setDebug } from "../../../src/runtime/messages/debug.js";

const folder = mkdtempSync(join(tmpdir(), "wevt-debug-"));
const module = join(folder, "debug.mjs");

beforeAll(async () => {
  await build({ entryPoints: [fileURLToPath(new URL("../../../src/runtime/messages/debug.ts", import.meta.url))], outfile: module, bundle: true, format: "esm" });
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => setDebug(false));

/** Runs a program that has imported the module as `debug`; `next` gives the lines that it prints. */
function program(code: string, variables: { readonly [name: string]: string } = {}): { readonly pid: number; readonly next: () => Promise<string>; readonly exit: Promise<number | null> } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", `import * as debug from ${JSON.stringify(pathToFileURL(module).href)};\n${code}`], { env: { ...process.env, WEVT_DEBUG_MESSAGES: "", ...variables }, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    next: async () => String((await lines.next()).value),
    exit: new Promise((resolve) => child.on("exit", resolve)),
  };
}

describe("debug messages", () => {
  it("are off", () => {
    expect(isDebug()).toBe(false);
    expect(debugSwitch.on).toBe(false);
  });

  it("are turned on and off by a function", () => {
    setDebug(true);
    expect(isDebug()).toBe(true);
    setDebug(false);
    expect(isDebug()).toBe(false);
    Reflect.apply(setDebug, undefined, ["yes"]);
    expect(isDebug()).toBe(false);
  });

  it.each([["1", true], ["true", true], ["ON", true], ["yes", true], ["", false], ["0", false], ["false", false], ["off", false]])("are set by WEVT_DEBUG_MESSAGES=%s to %s", async (value, on) => {
    expect(await program("console.log(debug.isDebug());", { WEVT_DEBUG_MESSAGES: value }).next()).toBe(String(on));
  });

  it.skipIf(process.platform === "win32")("are turned on by a signal, and off by the next one", async () => {
    const { pid, next, exit } = program(`
      const restore = debug.debugOnSignal();
      console.log(debug.isDebug());
      let seen = debug.isDebug();
      const timer = setInterval(() => {
        if (debug.isDebug() === seen) return;
        console.log(seen = debug.isDebug());
        if (!seen) { clearInterval(timer); restore(); console.log(process.listenerCount("SIGUSR2")); }
      }, 5);
    `);
    expect(await next()).toBe("false");
    process.kill(pid, "SIGUSR2");
    expect(await next()).toBe("true");
    process.kill(pid, "SIGUSR2");
    expect(await next()).toBe("false");
    expect(await next()).toBe("0");
    expect(await exit).toBe(0);
  });

  it("keep no process alive, and take another signal when told", async () => {
    const { exit, next } = program('debug.debugOnSignal({ signal: "SIGHUP" }); console.log(process.listenerCount("SIGHUP"), process.listenerCount("SIGUSR2"), process.listenerCount("SIGUSR1"));');
    expect(await next()).toBe("1 0 0");
    expect(await exit).toBe(0);
  });

  it("do not mind a signal that the platform does not have", () => {
    debugOnSignal({ signal: "SIGNONSENSE" })();
    Reflect.apply(debugOnSignal, undefined, [null])();
  });

  it("have one switch for all copies of the runtime in a process", async () => {
    const copy: typeof import("../../../src/runtime/messages/debug.js") = await import(pathToFileURL(module).href);
    expect(copy.setDebug).not.toBe(setDebug);
    copy.setDebug(true);
    expect(isDebug()).toBe(true);
  });

  it("work where there is no process and somebody else has our place on the global object", async () => {
    const { next } = program(`
      const source = await import("node:fs").then((fs) => fs.readFileSync(${JSON.stringify(module)}, "utf8"));
      const vm = await import("node:vm");
      const context = vm.createContext({});
      vm.runInContext('Object.defineProperty(globalThis, Symbol.for("wevt.debugMessages"), { value: 5 })', context);
      const run = new vm.Script("(() => {" + source.replace(/export \\{[^}]*\\};/, "setDebug(true); debugOnSignal()(); return isDebug();") + "})()");
      console.log(run.runInContext(context));
    `);
    expect(await next()).toBe("true");
  });
});
