/** The example projects and the standard set as registries, for tests of emitters. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../../src/compiler/compile.js";
import { defaultConfig } from "../../src/compiler/config.js";
import type { ProjectFile } from "../../src/compiler/project.js";
import type { Registry } from "../../src/compiler/registry.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A template of `init` with what it imports. */
export function templateRegistry(template: "minimal" | "rest" | "agent", imports: readonly string[]): Promise<Registry> {
  const folder = join(root, "templates/init", template, "schemas");
  const own = readdirSync(folder).filter((name) => name.endsWith(".yaml")).map((name): ProjectFile => ({ path: `schemas/${name}`, text: readFileSync(join(folder, name), "utf8") }));
  return compiled([...imports.map(standard), ...own]);
}

/** Everything that ships. */
export function standardRegistry(): Promise<Registry> {
  const paths = readdirSync(join(root, "schemas"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".yaml") && path !== "record.yaml");
  return compiled(paths.map((path) => standard(path.replace(/\.yaml$/, ""))));
}

function standard(name: string): ProjectFile {
  return { path: `wevt:${name}.yaml`, text: readFileSync(join(root, "schemas", `${name}.yaml`), "utf8"), importedFrom: `wevt:${name.split("/")[0]}` };
}

async function compiled(files: readonly ProjectFile[]): Promise<Registry> {
  const { value, diagnostics } = await compile({ files: [standard("record"), ...files], config: defaultConfig });
  if (value === undefined) throw new Error(`no registry:\n${diagnostics.map((one) => `${one.id} ${one.message}`).join("\n")}`);
  return value;
}
