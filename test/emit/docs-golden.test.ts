/**
 * How the docs read: the conversation service of the first example, with a group, a list, variants, a deprecated field and a note. After a wanted
 * change: `npx vitest run test/emit/docs-golden.test.ts -u`, and look at the difference.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { docsEmitter } from "../../src/emit/docs.js";
import { compileFiles } from "../helpers/compile.js";

const folder = fileURLToPath(new URL("../fixtures/docs/", import.meta.url));
const record = readFileSync(new URL("../../schemas/record.yaml", import.meta.url), "utf8");

it("the docs of the example read as recorded", async () => {
  const schemas = readdirSync(`${folder}schemas`).map((name) => [`schemas/${name}`, readFileSync(`${folder}schemas/${name}`, "utf8")]);
  const { registry } = await compileFiles({ "wevt:record.yaml": record, ...Object.fromEntries(schemas) });
  const files = await docsEmitter.emit(registry, { options: {}, out: "docs/events" });
  for (const { path, text } of files) await expect(text).toMatchFileSnapshot(`${folder}expected/${path}`);
  const recorded = readdirSync(`${folder}expected`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(recorded).toHaveLength(files.length);
});
