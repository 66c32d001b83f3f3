/** Every function that the runtime's modules export, found by looking: whatever it is called with, it does not throw. New ones are here by themselves. */
import { describe, expect, it } from "vitest";
import * as file from "../../src/collectors/file.js";
import * as memory from "../../src/collectors/memory.js";
import * as stdio from "../../src/collectors/stdio.js";
import * as propagation from "../../src/propagation/index.js";
import * as capture from "../../src/runtime/console/capture.js";
import * as runtime from "../../src/runtime/index.js";
import * as messages from "../../src/runtime/messages/index.js";
import * as redaction from "../../src/runtime/redaction/index.js";
import * as streams from "../../src/runtime/streams/index.js";
import * as sampling from "../../src/sampling/index.js";
import { hostileValues } from "../helpers/hostile.js";
import { harness } from "../helpers/wevt.js";

const modules = { capture, file, memory, messages, propagation, redaction, runtime, sampling, stdio, streams };
/** Classes apart. */
const functions = Object.entries(modules).flatMap(([module, exported]) => Object.entries(exported).flatMap(([name, work]) => (typeof work !== "function" || /^[A-Z]/.test(name) ? [] : [[`${module}.${name}`, work] as const])));

/** Takes back what was begun, and lets no rejection be nobody's. */
function settle(name: string, result: unknown): void {
  if (/captureConsole|debugOnSignal/.test(name) && typeof result === "function") Reflect.apply(result, undefined, []);
  if (/ended|streamed/.test(name)) Promise.resolve(result).catch(() => {});
}

describe("an exported function", () => {
  it("is found in every module", () => {
    expect(functions.map(([name]) => name)).toEqual(expect.arrayContaining(["runtime.createWevt", "runtime.flat", "runtime.strict", "stdio.stdio", "file.file", "memory.memory", "redaction.redaction", "sampling.tailSampling", "sampling.declaredSampling", "propagation.httpRequest", "streams.streamed", "messages.debugOnSignal", "capture.captureConsole"]));
  });

  it.each(functions)("%s never throws", (name, work) => {
    const { wevt } = harness();
    for (const [label, value] of hostileValues()) {
      for (const [index, args] of [[value], [{}, value], ["text", value], [wevt, value], [value, value, value], [wevt, {}, value]].entries()) {
        try {
          settle(name, Reflect.apply(work, undefined, args));
        } catch (error) {
          throw new Error(`${name} threw for ${label}, call ${index}`, { cause: error });
        }
      }
    }
  });
});
