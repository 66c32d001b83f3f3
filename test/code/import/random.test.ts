/** Types that nobody wrote: imported, generated, and compared with the originals by tsc, many at a time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { diagnosticsText } from "../../helpers/diagnostics-text.js";
import { assignability, importFile } from "./assignability.js";
import { partialBodies, registryFile } from "./random-types.js";

const partials = 60;
const batches = Number(process.env["BATCHES"] ?? 2);

it("imports any type that a schema can express, exactly", { timeout: 300_000 }, async () => {
  const bodies = fc.array(partialBodies, { minLength: partials, maxLength: partials });
  // A batch is not made smaller: what tsc says names the partial.
  await fc.assert(fc.asyncProperty(bodies, fits), { numRuns: batches, endOnFailure: true });
});

async function fits(bodies: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wevt-import-"));
  try {
    const text = registryFile(bodies);
    writeFileSync(join(folder, "input.ts"), text);
    const imported = await importFile(join(folder, "input.ts"));
    expect(diagnosticsText(imported.diagnostics)).toBe("");
    expect(imported.problems).toEqual([]);
    const errors = await assignability(new Map([["random", { ...imported, inputs: new Map([["input.ts", text]]) }]]));
    expect(errors.get("random")).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
