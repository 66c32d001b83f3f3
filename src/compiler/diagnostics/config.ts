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
};
