/** The types that README.md shows become the file that it shows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { importFile } from "./assignability.js";

it("writes the file that README.md shows, of the types that it shows", async () => {
  const page = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const types = /^```ts\n(\/\/ src\/shapes\.ts\n[^]*?)^```$/m.exec(page)?.[1] ?? "";
  const shown = /^```yaml\n# schemas\/order\.yaml\n([^]*?)^```$/m.exec(page)?.[1];
  const folder = mkdtempSync(join(tmpdir(), "wevt-readme-"));
  try {
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/shapes.ts"), types);
    const { files, diagnostics } = await importFile(join(folder, "src/shapes.ts"));
    expect(diagnostics).toEqual([]);
    expect(files.map(({ text }) => text.replace("from shapes.ts", "from src/shapes.ts"))).toEqual([shown]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
