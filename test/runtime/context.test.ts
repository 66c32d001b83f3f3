/** Several runtimes in one process: two of an application, or another installed copy of the package with which a library came. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { memory } from "../../src/collectors/memory.js";
import type { createUntypedWevt } from "../../src/runtime/create-wevt.js";
import { http, user } from "../helpers/definitions.js";
import { harness } from "../helpers/wevt.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const request = http({ method: "POST" });

/** The runtime once more, as another installed copy of it is loaded. */
async function otherCopy(): Promise<typeof createUntypedWevt> {
  const outfile = join(mkdtempSync(join(tmpdir(), "wevt-copy-")), "copy.mjs");
  buildSync({ entryPoints: [join(root, "src/runtime/create-wevt.ts")], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
  const module: { readonly createUntypedWevt: typeof createUntypedWevt } = await import(pathToFileURL(outfile).href);
  return module.createUntypedWevt;
}

describe.each(["another createWevt", "another installed copy"])("%s in the same process", (kind) => {
  async function both() {
    const ours = harness();
    const collected = memory();
    const create = kind === "another createWevt" ? (await import("../../src/runtime/create-wevt.js")).createUntypedWevt : await otherCopy();
    return { ours, theirs: { wevt: create({ service: { name: "library" }, collectors: [collected], onProblem: () => {}, healthIntervalMs: 0 }), collected } };
  }

  it("stands in the same trace: its events are children of the event around them", async () => {
    const { ours, theirs } = await both();
    await ours.wevt.run(request, async () => {
      await Promise.resolve();
      theirs.wevt.run(request, () => theirs.wevt.log(user({ id: "inner" })));
    });
    const [outer, inner] = [ours.record(), theirs.collected.records[0]];
    expect(inner).toMatchObject({ parentEventId: outer["eventId"], originator: { traceId: Object(outer["originator"]).traceId, parentSpanId: Object(outer["originator"]).spanId, root: { type: "http" } }, user: { id: "inner" } });
    expect(inner).not.toHaveProperty("main");
  });

  it("writes into its own events only, also inside those of the other", async () => {
    const { ours, theirs } = await both();
    theirs.wevt.run(request, () => {
      ours.wevt.run(request, () => {
        theirs.wevt.log(user({ id: "theirs" }));
        ours.wevt.log(user({ id: "ours" }));
        expect(theirs.wevt.current()?.eventId).not.toBe(ours.wevt.current()?.eventId);
      });
    });
    expect(ours.record()["user"]).toEqual({ id: "ours" });
    expect(theirs.collected.records.map((record) => record["user"])).toEqual([{ id: "theirs" }]);
  });

  it("is told of no event where only the other one has one", async () => {
    const { ours, theirs } = await both();
    theirs.wevt.run(request, () => ours.wevt.log(user({ id: "lost" })));
    expect(ours.told).toEqual([expect.objectContaining({ problem: "no_event" })]);
  });
});
