import { expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";
import { generatedProject } from "../../helpers/generated.js";

it("partials named like TypeScript's own types compile beside each other", async () => {
  const names = ["record", "readonly", "omit", "pick", "extract", "partial", "date", "promise", "array", "object", "string", "map"];
  const files = Object.fromEntries(names.map((name) => [`schemas/${name}.yaml`, `partial: ${name}\nproperties: { at: { type: string, format: date-time }, none: { type: object, properties: {} } }`]));
  const project = await generatedProject({ names: (await compileFiles(files)).registry });
  try {
    expect(project.typecheck("typescript")).toBe("");
  } finally {
    project.remove();
  }
});
