/** A registry of a real size, full of real text: the attributes of OpenTelemetry. Needs a corpus that is not part of the repository. */
import { existsSync, readdirSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { linkPackages, root, run, temporaryFolder, tsc, wevt, writeFile } from "../helpers/example.js";

const corpus = join(root, "../shared/corpora/otel-1.44.0");
const missing = !existsSync(corpus);
if (missing) console.error(`skipped: ${corpus} is not there`);

describe.skipIf(missing)("the OpenTelemetry corpus", () => {
  const project = temporaryFolder();
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("generates, compiles under the strictest flags, and its builders run", () => {
    for (const name of readdirSync(corpus).filter((one) => one.endsWith(".yaml"))) cpSync(join(corpus, name), join(project, "schemas", name));
    cpSync(join(root, "templates/init/minimal/tsconfig.json"), join(project, "tsconfig.json"));
    writeFile(project, "package.json", JSON.stringify({ name: "otel", private: true, type: "module" }));
    writeFile(project, "src/main.ts", 'import { user } from "./wevt/index.js";\n\nexport const issues: readonly unknown[] = user.check({ id: 42 });\n');
    linkPackages(project);
    wevt(project, ["generate"]);
    tsc(project);
    expect(run(project, "--input-type=module", ["--eval", 'import { issues } from "./dist/main.js"; console.log(issues.length)']).trim()).toBe("1");
  }, 180_000);
});
