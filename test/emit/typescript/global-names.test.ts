import { expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";
import { generatedProject } from "../../helpers/generated.js";

it("partials named like TypeScript's own types, or like what generated code calls things, compile beside each other", async () => {
  const ours = ["check", "rule", "contract", "schema", "data", "checker", "partialBuilder", "inputBase", "input", "partials", "options", "createRuntime"];
  const names = [...ours, "record", "readonly", "omit", "pick", "extract", "partial", "date", "promise", "array", "object", "string", "map"];
  const files = Object.fromEntries(names.map((name) => [`schemas/${name}.yaml`, `partial: ${name}\nproperties: { at: { type: string, format: date-time }, none: { type: object, properties: {} } }`]));
  const project = await generatedProject({ names: (await compileFiles(files)).registry });
  try {
    project.write("src/main.ts", `import { check, contract, createWevt, rule } from "./names/index.js";\nconst wevt = createWevt();\nwevt.log(check({}));\nwevt.log(rule({}));\nwevt.log(contract({}));\nwevt.log(contract({ at: new Date() }));\n`);
    expect(project.typecheck("typescript")).toBe("");
  } finally {
    project.remove();
  }
});
