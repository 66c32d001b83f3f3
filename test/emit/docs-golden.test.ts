/** How the docs of the example projects read. After a wanted change: `npx vitest run test/emit/docs-golden.test.ts -u`, and look at the difference. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { docsEmitter } from "../../src/emit/docs.js";
import { standardRegistry, templateRegistry } from "../helpers/projects.js";

const folder = fileURLToPath(new URL("../fixtures/docs/", import.meta.url));
const context = { options: {}, data: {}, out: "docs/events" };

describe.each([
  ["rest", () => templateRegistry("rest", ["http", "route", "response"])],
  ["standard", standardRegistry],
] as const)("the docs of %s", (name, registryOf) => {
  it("read as recorded", async () => {
    const files = await docsEmitter.emit(await registryOf(), context);
    for (const { path, text } of files) await expect(text).toMatchFileSnapshot(`${folder}${name}/${path}`);
    const recorded = readdirSync(`${folder}${name}`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(recorded).toHaveLength(files.length);
  });
});
