import { quote, row } from "./row.js";

export const configDiagnostics = {
  NO_CONFIG_VERSION: row<Record<never, never>>({
    severity: "error",
    message: () => "the config does not say its version",
    hint: "start it with `version: 1`",
    explain: `The version tells this and later releases how to read the file.

Right:   version: 1
         imports: [wevt:http]`,
  }),
  UNKNOWN_CONFIG_KEY: row<{ key: string; suggestion?: string; known: readonly string[] }>({
    severity: "error",
    message: ({ key }) => `the config has no key ${quote(key)}`,
    hint: ({ suggestion, known }) => (suggestion === undefined ? `it has ${known.join(", ")}` : `did you mean ${quote(suggestion)}?`),
    explain: `Wrong:   version: 1
         import: [wevt:http]
Right:   version: 1
         imports: [wevt:http]

\`owner\`, \`stability\`, \`sensitivity\` and \`tags\` for all definitions stand below \`defaults:\`.`,
  }),
  WRONG_CONFIG_VALUE: row<{ key: string; expects: string; found: string; cure?: string }>({
    severity: "error",
    message: ({ key, expects, found }) => `${quote(key)} has to be ${expects}; this is ${found}`,
    hint: ({ cure }) => cure,
    explain: `Wrong:   schemas: schemas/**
Right:   schemas: [schemas/**]`,
  }),
  UNKNOWN_EMITTER: row<{ name: string; suggestion?: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `there is no emitter ${quote(name)}`,
    hint: ({ suggestion, known }) => (suggestion === undefined ? `known: ${known.join(", ")}; list your own modules under \`emitters\`` : `did you mean ${quote(suggestion)}?`),
    explain: `\`generate\` names emitters: a built-in one, or one that a module in \`emitters\` exports.

Wrong:   generate: [typscript]
Right:   generate: [typescript]

Right:   emitters: [./tools/csv.js]
         generate: [csv]`,
  }),
  EMITTER_NOT_FOUND: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `there is no emitter module ${quote(path)}`,
    hint: "`emitters` in the config lists files relative to it",
    explain: `\`emitters\` lists modules of your own: paths of files, relative to the config.

Wrong:   emitters: [csv]
Right:   emitters: [./tools/csv.js]`,
  }),
  EMITTER_NOT_LOADED: row<{ path: string; reason: string }>({
    severity: "error",
    message: ({ path, reason }) => `the emitter module ${quote(path)} cannot be loaded: ${quote(reason)}`,
    hint: ({ path }) => `run \`node ${path}\` to see where it fails`,
    explain: `An emitter's module is imported by Node, as it is: an ECMAScript module (or CommonJS), in JavaScript.

Wrong:   import { allFields } from "./wevt/emit";
Right:   import { allFields } from "wevt/emit";`,
  }),
  DUPLICATE_EMITTER: row<{ name: string; path: string; other: string }>({
    severity: "error",
    message: ({ name, path, other }) => `two modules are the emitter ${quote(name)}: ${quote(other)} and ${quote(path)}`,
    hint: "give one of them another `name`",
    explain: `An emitter is called by the \`name\` of its default export or, without one, like its file.

Wrong:   emitters: [./tools/csv.js, ./other/csv.js]     # neither exports a name
Right:   export default { name: "wide-csv", emit };`,
  }),
  WRONG_OPTION: row<{ emitter: string; key: string; problem: string; found: string }>({
    severity: "error",
    message: ({ emitter, key, problem, found }) => `${key === "" ? "the options" : quote(key)} of the emitter ${quote(emitter)} ${problem}; this is ${quote(found).slice(1, -1)}`,
    explain: `What stands beside \`emitter\` and \`out\` in an entry of \`generate\` are the emitter's options. They have to fit the JSON Schema that it declares.

Wrong:   generate:
           - { emitter: typescript, importExtension: mjs }
Right:   generate:
           - { emitter: typescript, importExtension: ts }`,
  }),
  OUT_OUTSIDE: row<{ out: string; linked?: true }>({
    severity: "error",
    message: ({ out, linked }) => `the folder ${quote(out)} ${linked === true ? "is a link, or below one, that leaves the project" : "is not below the project"}`,
    hint: "`out` is a folder relative to the config: src/wevt",
    explain: `Generated files go into a folder of their own below the folder of the config.

Wrong:   out: ../other/src
Wrong:   out: .
Right:   out: src/wevt`,
  }),
  ORPHANED_OUTPUT: row<{ folder: string }>({
    severity: "warn",
    message: ({ folder }) => `${quote(folder)} holds files that wevt generated, and no entry of \`generate\` writes there`,
    hint: "delete the folder; when it belongs to another project, give that one a wevt.config.yaml of its own",
    explain: `After a change of \`out\` the files in the old folder stay, since wevt deletes only where it writes. They are out of date from then on.

Wrong:   out: src/events, while src/wevt of an earlier run is still there
Right:   git rm -r src/wevt`,
  }),
  CLASHING_OUTPUT: row<{ path: string; other: string; count: number }>({
    severity: "error",
    message: ({ path, other, count }) =>
      `${path === other ? `two emitters write ${quote(path)}` : `${quote(other)} and ${quote(path)} differ in capitals only, and are one file on many disks`}${count > 1 ? ` (and ${count - 1} more)` : ""}`,
    hint: "give one of them another `out`",
    explain: `Each generated file belongs to one entry of \`generate\`.

Wrong:   generate:
           - { emitter: docs, out: docs }
           - { emitter: fields, out: docs }      # both write docs/fields.json
Right:   generate:
           - { emitter: docs, out: docs, fieldsJson: false }
           - { emitter: fields, out: docs }`,
  }),
};
