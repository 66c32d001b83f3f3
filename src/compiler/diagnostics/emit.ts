import { quote, row } from "./row.js";

export const emitDiagnostics = {
  EMITTER_NO_FUNCTION: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `the emitter ${quote(path)} exports no function`,
    hint: "export default { name, brief, emit(registry, context) { return [{ path, text }]; } }, or the function alone",
    explain: `A module in \`emitters\` has to export, as default, an object with a function \`emit\`, or that function.

Wrong:
    export const emit = (registry) => [];

Right:
    export default { name: "csv", brief: "All fields as CSV.", emit: (registry) => [{ path: "fields.csv", text: "…" }] };`,
  }),
  EMITTER_BAD_PART: row<{ path: string; key: string; expected: string }>({
    severity: "error",
    message: ({ path, key, expected }) => `${quote(key)} of the emitter ${quote(path)} has to be ${expected}`,
    hint: ({ key }) => `change or remove ${quote(key)} in its default export`,
    explain: `The default export of an emitter may say \`name\`, \`brief\`, \`defaultOut\` (texts) and \`options\` (a JSON Schema 2020-12), besides \`emit\`.

Wrong:
    export default { name: "My Emitter", emit };

Right:
    export default { name: "my-emitter", emit };`,
  }),
  EMITTER_BAD_SCHEMA: row<{ name: string; reason: string }>({
    severity: "error",
    message: ({ name, reason }) => `\`options\` of the emitter ${quote(name)} is no JSON Schema: ${quote(reason)}`,
    hint: "it is a JSON Schema 2020-12 without references to other files",
    explain: `\`options\` in the default export of an emitter says what its entry in \`generate\` may hold, as a JSON Schema 2020-12.

Wrong:
    options: { type: "object", properties: { columns: { type: "text" } } }

Right:
    options: { type: "object", properties: { columns: { type: "string" } } }`,
  }),
  EMITTER_THREW: row<{ name: string; path: string; reason: string; frame?: string }>({
    severity: "error",
    message: ({ name, reason, frame }) => `the emitter ${quote(name)} failed: ${quote(reason)}${frame === undefined ? "" : ` at ${frame}`}`,
    hint: ({ path }) => `mend ${quote(path)}; the Registry is frozen, so an emitter that changes it fails too`,
    explain: `An emitter is a pure function from the Registry to files. What it throws is shown with its place, and nothing is written.

Wrong:
    emit: (registry) => { registry.partials.sort(); return []; }      // the Registry is frozen

Right:
    emit: (registry) => { const partials = [...registry.partials].sort(); return []; }`,
  }),
  EMITTER_BAD_OUTPUT: row<{ name: string; path: string; problem: string }>({
    severity: "error",
    message: ({ name, problem }) => `the emitter ${quote(name)} cannot be written: ${problem}`,
    hint: "return [{ path, text }]: paths relative to the emitter's folder, with /, each once",
    explain: `An emitter returns a list of { path, text }. Paths are relative to its folder, separated by \`/\`, without \`..\`, each once also where capitals do not count.

Wrong:
    [{ path: "../secrets.txt", text: "" }, { path: "A.txt", text: "" }, { path: "a.txt", text: "" }]

Right:
    [{ path: "fields.csv", text: "path,type\\n" }]`,
  }),
  FOREIGN_FILE: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `${quote(path)} is not wevt's, and it is in the way`,
    hint: "move it, or choose another `out`; nothing was written",
    explain: `A file that wevt did not write, or that is not listed in \`.wevt-manifest\`, is never overwritten. Nothing at all is written while one is in the way.

Wrong:   src/wevt/index.ts is yours, and \`out: src/wevt\`
Right:   \`out: src/events\`, or your file elsewhere

When wevt wrote the file and its manifest got lost, restore \`.wevt-manifest\` from version control, or delete the folder and generate it again.`,
  }),
};
