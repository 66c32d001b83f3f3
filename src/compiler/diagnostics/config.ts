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
  OUTPUT_AMONG_SCHEMAS: row<{ path: string; pattern: string }>({
    severity: "error",
    message: ({ path, pattern }) => `the generated ${quote(path)} would be read as a schema: ${quote(pattern)} matches it`,
    hint: "give the emitter an `out` elsewhere, or make the pattern narrower",
    explain: `Generated files are never input: the next run would take them for definitions.

Wrong:   schemas: [schemas/**]
         generate: [{ emitter: docs, out: schemas/docs }]     # writes schemas/docs/fields.json
Right:   generate: [{ emitter: docs, out: docs/events }]`,
  }),
  NO_SCHEMAS: row<{ pattern: string }>({
    severity: "error",
    message: ({ pattern }) => `no file matches the schemas pattern ${quote(pattern)}`,
    hint: "write a schema there, mend `schemas` in wevt.config.yaml, or run `wevt init`",
    explain: `A pattern that matches nothing is a mistake: a moved folder would otherwise take its definitions away without a word. Without a config the pattern is \`schemas/**\`.

Wrong:   schemas: [schema/**]       # the folder is called schemas
Right:   schemas: [schemas/**]`,
  }),
  SCHEMAS_OUTSIDE: row<{ pattern: string }>({
    severity: "error",
    message: ({ pattern }) => `the schemas pattern ${quote(pattern)} leaves the project`,
    hint: "schemas of others come in through `imports`: from a package, `@acme/events/schemas/*.yaml`",
    explain: `The schemas of a project stand below the folder of its config, so that they are reviewed with it.

Wrong:   schemas: [../shared/*.yaml]
Right:   imports: ["@acme/events/schemas/*.yaml"]`,
  }),
  LINK_OUTSIDE: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `${quote(path)} is a link, or below one, that leaves the project`,
    hint: "copy the file, or import it from a package",
    explain: `What a link points at outside the project is not reviewed with the schemas, and is not there in another clone.

Wrong:   schemas/user.yaml -> /home/me/user.yaml
Right:   imports: ["@acme/events/schemas/user.yaml"]`,
  }),
  BROKEN_LINK: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `${quote(path)} is a broken link`,
    hint: "remove it, or point it at a file of the project",
    explain: `A link among the schemas leads to nothing.

Wrong:   schemas/user.yaml -> ../gone.yaml
Right:   no link, or one to a file of the project`,
  }),
  UNKNOWN_IMPORT: row<{ name: string; suggestion?: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `there is no standard import ${quote(name)}`,
    hint: ({ suggestion, known }) => (suggestion === undefined ? `known: ${known.join(", ")}` : `did you mean ${quote(suggestion)}?`),
    explain: `What ships with wevt is imported by name; \`schemas/README.md\` of the package lists it.

Wrong:   imports: [wevt:htp]
Right:   imports: [wevt:http]`,
  }),
  IMPORT_NOT_PACKAGE: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the import ${quote(name)} is not of a package`,
    hint: 'an import is "wevt:http" or "@acme/events/schemas/*.yaml"; the project\'s own files stand in `schemas`',
    explain: `Wrong:   imports: [./schemas/user.yaml]
Right:   schemas: [schemas/**]
Right:   imports: ["@acme/events/schemas/*.yaml"]`,
  }),
  PACKAGE_NOT_INSTALLED: row<{ name: string; package: string }>({
    severity: "error",
    message: ({ name, package: missing }) => `the package ${quote(missing)} of import ${quote(name)} is not installed`,
    hint: ({ package: missing }) => `npm install ${missing}`,
    explain: `An import of a package is looked for in \`node_modules\` of the project and of the folders above it.

Right:   npm install @acme/events
         imports: ["@acme/events/schemas/*.yaml"]`,
  }),
  EMPTY_IMPORT: row<{ name: string; package: string }>({
    severity: "error",
    message: ({ name }) => `no file matches the import ${quote(name)}`,
    hint: ({ package: found }) => `imports name files of a package: "${found}/schemas/*.yaml"`,
    explain: `Wrong:   imports: ["@acme/events"]
Right:   imports: ["@acme/events/schemas/*.yaml"]`,
  }),
};
