import { declared } from "./statements.js";

/** Types of wevt that declarations name. */
const fromCodegen = ["InputBase", "OriginatorBuilder", "PartialBuilder", "RuntimeRegistry", "ServiceDescriptor"];
const fromWevt = [
  "EventHandle", "EventName", "NamedEvent", "OpenService", "OriginatorName", "PartialName", "PathsOf", "RegistryTypes", "Wevt", "WevtOptions", "WideEventBase", "WideEventLog",
  "WideEventOriginator", "WideEventPartial",
];

/** How `index.d.ts` reads: the declarations of all modules, in one file, which the user's compiler reads in half the time. */
export function declarationsText(header: string, sections: readonly string[]): string {
  return `${header}\n${importText(fromCodegen, "wevt/codegen")}${importText(fromWevt, "wevt")}${sections.map((section) => `\n${section}`).join("")}`;
}

function importText(types: readonly string[], module: string): string {
  return `import type { ${types.map((type) => `${type} as ${declared(type)}`).join(", ")} } from "${module}";\n`;
}

/** How a section begins: `// partials/user.js, from schemas/user.yaml: type User, type UserInput, user, UserTier`. */
export function sectionHead({ module, source, exports }: { readonly module: string; readonly source: string; readonly exports: readonly string[] }): string {
  return `// ${module}.js, from ${source}: ${exports.join(", ")}`;
}

/** The sections of an `index.d.ts`, by their first lines. Texts of schemas are in comments that begin with `/**`, or behind other signs. */
export function sectionsIn(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(/\n(?=\/\/ )/).map((section) => [section.slice(0, section.indexOf("\n")), section]));
}

/** How the `.d.ts` of a module reads whose declarations stand in `index.d.ts`. */
export function reexportText(header: string, exports: readonly string[], index: string): string {
  return `${header}\n${exports.length === 0 ? "export {};\n" : `export { ${exports.join(", ")} } from "${index}";\n`}`;
}
