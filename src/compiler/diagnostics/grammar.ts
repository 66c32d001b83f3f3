import { quote, row } from "./row.js";

const didYouMean = (suggestion: string | undefined): string | undefined => (suggestion === undefined ? undefined : `did you mean ${quote(suggestion)}?`);

export const grammarDiagnostics = {
  NO_DEFINITION_KEY: row<{ suggestion?: string; key?: string }>({
    severity: "error",
    message: ({ key, suggestion }) => (suggestion === undefined || key === undefined ? "the file does not say what it defines" : `the file does not say what it defines: ${quote(key)} is no such key`),
    hint: ({ suggestion }) => didYouMean(suggestion) ?? "start with `partial: NAME`, or originator, service, event, group",
    explain: `A schema file is one definition, and a key at its root names it.

Wrong:   properties: { id: { type: string } }
Right:   partial: user
         properties: { id: { type: string } }`,
  }),
  SEVERAL_DEFINITION_KEYS: row<{ first: string; second: string }>({
    severity: "error",
    message: ({ first, second }) => `the file defines ${first === second ? "" : `a ${first} and `}a ${second}`.replaceAll("a originator", "an originator").replaceAll("a event", "an event"),
    hint: "write one definition per file",
    explain: `Wrong:   partial: user
         group: person
Right:   two files`,
  }),
  UNKNOWN_KEYWORD: row<{ keyword: string; suggestion?: string; looksLikeField?: boolean }>({
    severity: "error",
    message: ({ keyword }) => `unknown keyword ${quote(keyword)}`,
    hint: ({ suggestion, looksLikeField }) => didYouMean(suggestion) ?? (looksLikeField === true ? "a field stands below `properties:`" : "a key of your own starts with `x-`"),
    explain: `A keyword that nobody reads would be a silent gap. Keys of your own are kept when they start with \`x-\`.

Wrong:   id: { type: string, breif: Stable identifier. }
Right:   id: { type: string, brief: Stable identifier. }`,
  }),
  MISPLACED_KEYWORD: row<{ keyword: string; place: string; belongs: string }>({
    severity: "error",
    message: ({ keyword, place }) => `${quote(keyword)} has no meaning in ${place}`,
    hint: ({ belongs }) => `it belongs to ${belongs}`,
    explain: `Each keyword has its place: \`unit\` describes a field, \`grain\` an event, \`repeatable\` a partial.

Wrong:   event: checkout
         properties: { total: { type: number } }
Right:   event: checkout
         partials: { cart: required }     (and the field in the partial \`cart\`)`,
  }),
  UNSUPPORTED_KEYWORD: row<{ keyword: string; instead: string }>({
    severity: "error",
    message: ({ keyword }) => `JSON Schema keyword ${quote(keyword)} is not supported`,
    hint: ({ instead }) => instead,
    explain: `Every keyword has to end up in the types, the validator and the docs alike. One that cannot is refused, never ignored.

Wrong:   id: { anyOf: [{ type: string }, { type: integer }] }
Right:   id: { type: [string, integer] }`,
  }),
  NOT_YET: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `${quote(keyword)} comes with a later release`,
    hint: "remove it for now",
    explain: `The form of this key is settled, but nothing acts on it yet. A keyword that is accepted and not obeyed would be a leak, so it is refused.

Wrong:   lint: { brief: error }         in wevt.config.yaml
Right:   no \`lint\` yet`,
  }),
  WRONG_KEYWORD_VALUE: row<{ keyword: string; expects: string; found: string; cure?: string }>({
    severity: "error",
    message: ({ keyword, expects, found }) => `${quote(keyword)} has to be ${expects}; this is ${found}`,
    hint: ({ cure }) => cure,
    explain: `The value of a keyword has a form of its own. Editors know it from \`schemas/meta\`.

Wrong:   ms: { type: number, minimum: "0" }
Right:   ms: { type: number, minimum: 0 }`,
  }),
  UNKNOWN_KEY: row<{ key: string; keyword: string; suggestion?: string; known: readonly string[] }>({
    severity: "error",
    message: ({ key, keyword }) => `${quote(keyword)} has no key ${quote(key)}`,
    hint: ({ suggestion, known }) => didYouMean(suggestion) ?? `it has ${known.join(", ")}`,
    explain: `Wrong:   deprecation: { reson: renamed }
Right:   deprecation: { reason: renamed }`,
  }),
  NOT_A_SCHEMA: row<{ found: string; type?: string }>({
    severity: "error",
    message: ({ found }) => `a schema has to be a mapping; this is ${found}`,
    hint: ({ type }) => `write \`{ type: ${type ?? "string"} }\``,
    explain: `Wrong:   properties:
           id: string
Right:   properties:
           id: { type: string }`,
  }),
  IGNORED_KEYWORD: row<{ keyword: string; types: string; wanted: string }>({
    severity: "warn",
    message: ({ keyword, types, wanted }) => `${quote(keyword)} says nothing about ${types}: it is for ${wanted}`,
    hint: "remove it, or correct the type",
    explain: `A constraint of JSON Schema holds for values of its own type, and is silent about all others.

Wrong:   retries: { type: integer, minLength: 1 }
Right:   retries: { type: integer, minimum: 1 }`,
  }),
  DEPRECATED_AND_NOT: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `\`deprecated: false\` and ${quote(keyword)} contradict each other`,
    hint: "remove one of them",
    explain: `\`deprecated\`, \`deprecation\` and \`stability: deprecated\` imply each other.

Wrong:   plan: { type: string, deprecated: false, deprecation: { reason: obsolete } }
Right:   plan: { type: string, deprecation: { reason: obsolete } }`,
  }),
  BOTH_SPELLINGS: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `${quote(keyword)} and ${quote(`x-${keyword}`)} are the same keyword`,
    hint: "keep one of them",
    explain: `Metadata may be written plainly or with \`x-\`, which other JSON Schema tools ignore. With both, one would silently win.

Wrong:   { type: number, unit: ms, x-unit: s }
Right:   { type: number, unit: ms }`,
  }),
  INVALID_NAME: row<{ what: string; name: string; form: string; cure?: string }>({
    severity: "error",
    message: ({ what, name, form }) => `${quote(name)} is no name for ${what}: ${form}`,
    hint: ({ cure }) => cure,
    explain: `Names become keys of the record, columns, identifiers and file names, so they are plain.

Definitions:   a small letter, then letters, digits and _ (events: several, joined by dots)
Properties:    a letter or _, then letters, digits, _ and -

Wrong:   properties: { http.status: { type: integer } }
Right:   properties: { http: { type: object, properties: { status: { type: integer } } } }`,
  }),
  DUPLICATE_VALUE: row<{ value: string }>({
    severity: "error",
    message: ({ value }) => `${value} is listed twice`,
    hint: "remove one of the two",
    explain: `Wrong:   enum: [free, pro, free]
Right:   enum: [free, pro]`,
  }),
  LEGACY_BOOLEAN: row<{ text: string }>({
    severity: "warn",
    message: ({ text }) => `${text} is the text ${quote(text)} here, and a truth value to readers of YAML 1.1`,
    hint: ({ text }) => `write "${text}" in quotes, or true or false when that is meant`,
    explain: `YAML 1.1 reads yes, no, on, off, y and n as truth values; YAML 1.2, which wevt reads, does not. Quotes mean the same to both.

Wrong:   country: { enum: [se, no, dk] }
Right:   country: { enum: [se, "no", dk] }`,
  }),
};
