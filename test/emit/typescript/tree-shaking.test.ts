/** What a bundler keeps of the generated folder: what is used. */
import { buildSync } from "esbuild";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compileFiles } from "../../helpers/compile.js";
import { generatedProject } from "../../helpers/generated.js";

it("leaves out of a bundle the partials that are not imported", async () => {
  const partial = (name: string): string => `partial: ${name}\nbrief: A.\nproperties: { ${name}Id: { type: string, enum: [${name}One, ${name}Two] } }\n`;
  const { registry } = await compileFiles({ "schemas/user.yaml": partial("user"), "schemas/unused.yaml": partial("unused") });
  const project = await generatedProject({ shop: registry });
  try {
    project.write("src/main.ts", "import { user } from \"./shop/index.js\";\nglobalThis.console.log(user({ userId: \"userOne\" }));\n");
    const { outputFiles } = buildSync({ entryPoints: [join(project.folder, "src/main.ts")], bundle: true, format: "esm", platform: "node", write: false, minify: true });
    const text = outputFiles.map((file) => file.text).join("");
    expect(text).toContain("userTwo");
    expect(text.match(/unused\w*/g) ?? []).toEqual([]);
  } finally {
    project.remove();
  }
});
