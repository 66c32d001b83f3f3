/** Imports types, generates from what came out, and lets tsc compare the two: any number of imports in one run of the compiler. */
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { importTypes, type ImportedFile } from "../../../src/code/import/import-types.js";
import { compile } from "../../../src/compiler/compile.js";
import { defaultConfig } from "../../../src/compiler/config.js";
import type { Diagnostic } from "../../../src/compiler/diagnostics.js";
import type { ProjectFile } from "../../../src/compiler/project.js";
import type { Registry } from "../../../src/compiler/registry.js";
import { propertyKey } from "../../../src/emit/text.js";
import { diagnosticsText } from "../../helpers/diagnostics-text.js";
import { generatedProject } from "../../helpers/generated.js";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const record: ProjectFile = { path: "wevt:record.yaml", text: readFileSync(`${repository}schemas/record.yaml`, "utf8"), importedFrom: "wevt:record" };

export interface ImportedTypes {
  readonly files: readonly ImportedFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly registry: Registry | undefined;
  /** What `wevt check` says of the files, each on a line; empty when there is no error. */
  readonly problems: readonly string[];
}

export async function importFile(file: string, type = "Registry"): Promise<ImportedTypes> {
  const { value, diagnostics } = await importTypes({
    file,
    type,
    place: ({ kind, name }) => `schemas/${name}${kind === "partial" ? "" : `.${kind}`}.yaml`,
    others: [record],
    config: defaultConfig,
    show: (path) => relative(dirname(file), path),
  });
  if ("candidates" in value) throw new Error(`no type ${type} in ${file}`);
  const compiled = await compile({ files: [record, ...value.files.map(({ path, text }) => ({ path, text }))], config: defaultConfig });
  const errors = compiled.diagnostics.filter(({ severity }) => severity === "error");
  return { files: value.files, diagnostics, registry: compiled.value, problems: errors.map((one) => diagnosticsText([one])) };
}

export interface ToCompare extends ImportedTypes {
  /** The team's files by path; `input.ts` exports `Registry`. */
  readonly inputs: ReadonlyMap<string, string>;
}

/**
 * A type as it stands on a record: what JSON has no form for is text, what may be undefined may be absent, arrays are not written to. Brands and
 * template literals are what their patterns are to TypeScript: text.
 */
const onRecord = `export type OnRecord<T> = unknown extends T ? unknown
  : T extends Date | bigint ? string
  : T extends string ? ({} extends Record<T, 1> ? string : \`\${T}\`)
  : T extends number ? ({} extends Record<T, 1> ? number : \`\${T}\` extends \`\${infer N extends number}\` ? N : number)
  : T extends boolean | null | undefined ? T
  : T extends readonly unknown[] ? { readonly [K in keyof T]: OnRecord<T[K]> }
  : Flat<{ [K in keyof T as K extends symbol ? never : unknown extends T[K] ? K : undefined extends T[K] ? never : K]: OnRecord<T[K]> } & { [K in keyof T as K extends symbol ? never : unknown extends T[K] ? never : undefined extends T[K] ? K : never]?: OnRecord<T[K]> }>;
type Flat<T> = { [K in keyof T]: T[K] };
export type Group<R, Kind extends string> = R extends { partials: unknown } ? R[Kind & keyof R] : R;
export type Item<T> = NonNullable<T> extends readonly (infer One)[] ? One : NonNullable<T>;
`;

const compilerOptions = {
  target: "ES2022", lib: ["ES2022"], types: [], module: "NodeNext", moduleResolution: "NodeNext", strict: true, skipLibCheck: true, noEmit: true,
  paths: { wevt: [`${repository}src/runtime/index.ts`], "wevt/codegen": [`${repository}src/runtime/codegen.ts`], "wevt/sampling": [`${repository}src/sampling/index.ts`] },
};

/** What tsc says about each import; empty when the types fit in both directions. */
export async function assignability(imports: ReadonlyMap<string, ToCompare>): Promise<ReadonlyMap<string, string>> {
  const registries = [...imports].flatMap(([name, { registry }]) => (registry === undefined ? [] : [[name, registry] as const]));
  const project = await generatedProject(Object.fromEntries(registries), { checked: false });
  try {
    project.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src/*/registry.ts", "types"] }));
    project.write("types/on-record.ts", onRecord);
    for (const [name, one] of imports) {
      for (const [path, text] of one.inputs) project.write(`types/${name}/${path}`, text);
      project.write(`types/${name}/fits.ts`, statements(name, one));
    }
    const lines = project.typecheck("typescript").split("\n");
    return new Map([...imports.keys()].map((name) => [name, errorsOf(lines, name)]));
  } finally {
    project.remove();
  }
}

/** The lines of a folder with what is said below them. */
function errorsOf(lines: readonly string[], name: string): string {
  let mine = false;
  return lines.filter((line) => (mine = /^\s/.test(line) ? mine : line.replace(/^\//, "").startsWith(`types/${name}/fits.ts`) || line.includes(`src/${name}/`))).join("\n");
}

/** For each partial: the original goes into the builder, and original and record fit each other, but for the fields that the import has listed. */
function statements(name: string, { files, diagnostics }: ToCompare): string {
  const listed = diagnostics.filter(({ severity }) => severity !== "info").flatMap(({ message }) => /"([^"]+)"/.exec(message)?.[1] ?? []);
  const fits = files.flatMap(({ definition }) => {
    const { kind, name: partial } = definition;
    if (kind === "service") return [];
    const key = JSON.stringify(partial);
    const omitted = listed.filter((path) => path.startsWith(`${partial}.`)).flatMap((path) => namesAt(path.slice(partial.length + 1))).map((one) => JSON.stringify(one));
    const without = (type: string): string => (omitted.length === 0 ? type : `Omit<${type}, ${omitted.join(" | ")}>`);
    if (listed.includes(partial)) return [];
    const original = without(`Item<Group<Original, "${kind}s">[${key}]>`);
    const generated = without(`Generated["${kind}s"][${key}]`);
    return [
      ...(kind === "partial" ? [`  ${propertyKey(`input ${partial}`)}: (one: Item<Group<Original, "${kind}s">[${key}]>): ${without(`Generated["inputs"][${key}]`)} => one,`] : []),
      `  ${propertyKey(`to ${partial}`)}: (one: OnRecord<${original}>): ${generated} => one,`,
      `  ${propertyKey(`from ${partial}`)}: (one: ${generated}): OnRecord<${original}> => one,`,
    ];
  });
  return `import type { Registry as Original } from "./input.js";\nimport type { Registry as Generated } from "../../src/${name}/registry.js";\nimport type { Group, Item, OnRecord } from "../on-record.js";\n\nexport const fits = {\n${fits.join("\n")}\n};\nexport type Used = [Item<0>, Group<0, "">, OnRecord<0>, Original, Generated];\n`;
}

/** The property that a path leads to or through; a name that no property may have can hold dots. */
function namesAt(path: string): readonly string[] {
  return [...new Set([path, path.split(/[.[]/)[0] ?? path])];
}
