import { quote, row } from "./row.js";

/** A parser's words, which may hold text of the file. */
const plain = (reason: string): string => quote(reason).slice(1, -1);

export const loadDiagnostics = {
  YAML_SYNTAX: row<{ reason: string; cure?: string }>({
    severity: "error",
    message: ({ reason }) => `this is not YAML: ${plain(reason)}`,
    hint: ({ cure }) => cure ?? "look at the indentation and the quotes of this line and the one before it",
    explain: `The file cannot be read, so nothing in it was checked. A text that holds \`: \` or \` #\`, or starts with one of \`*&!%@>|[{\`, needs quotes.

Wrong:   brief: Time until ready: p99.
Right:   brief: "Time until ready: p99."`,
  }),
  JSON_SYNTAX: row<{ reason: string }>({
    severity: "error",
    message: ({ reason }) => `this is not JSON: ${plain(reason)}`,
    hint: "JSON knows no comments, no trailing commas and no single quotes; a .yaml file may have all three",
    explain: `The file cannot be read, so nothing in it was checked.

Wrong:   { "partial": "user", }
Right:   { "partial": "user" }`,
  }),
  DUPLICATE_KEY: row<{ key: string }>({
    severity: "error",
    message: ({ key }) => `key ${quote(key)} is written twice`,
    hint: "remove or rename one of the two",
    explain: `One of the two values would silently win.

Wrong:   properties:
           id: { type: string }
           id: { type: integer }`,
  }),
  SEVERAL_DOCUMENTS: row<Record<never, never>>({
    severity: "error",
    message: () => "a second YAML document starts here",
    hint: "write one definition per file, without `---` between two",
    explain: `A definition is one file, so that its name, its place and its history are found by its path.

Wrong:   partial: user
         ---
         partial: chat
Right:   schemas/user.yaml and schemas/chat.yaml`,
  }),
  EMPTY_FILE: row<Record<never, never>>({
    severity: "error",
    message: () => "the file is empty",
    hint: "write a definition, for example `partial: user`, or delete the file",
    explain: `A schema file holds one definition. Comments alone are none.

Right:   partial: user
         properties:
           id: { type: string }`,
  }),
  NOT_A_MAPPING: row<{ found: string }>({
    severity: "error",
    message: ({ found }) => `the file holds ${found}, not a mapping`,
    hint: "start with `partial: NAME` (or originator, service, event, group) and keys beside it",
    explain: `Wrong:   - partial: user
Right:   partial: user`,
  }),
  KEY_NOT_TEXT: row<{ found: string }>({
    severity: "error",
    message: ({ found }) => `a key has to be text, this one is ${found}`,
    hint: "put the key into quotes, or remove the `?`, `[` or `{` that makes it something else",
    explain: `Keys become property names. A number, a truth value, null, a list or a mapping is none; in quotes the first three are text.

Wrong:   true: { description: Switched on. }
Right:   "true": { description: Switched on. }`,
  }),
  UNSUPPORTED_TAG: row<{ tag: string }>({
    severity: "error",
    message: ({ tag }) => `YAML tag ${quote(tag)} is not supported`,
    hint: "remove the tag; write text in quotes, numbers and truth values plainly",
    explain: `A schema file holds what JSON can say. Of YAML's tags only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are read.

Wrong:   default: !!timestamp 2024-01-01
Right:   default: "2024-01-01"`,
  }),
  TAG_MISMATCH: row<{ tag: string; text: string }>({
    severity: "error",
    message: ({ tag, text }) => `${quote(text)} is not what its tag ${quote(tag)} says`,
    hint: "remove the tag",
    explain: `Wrong:   maximum: !!int many
Right:   maximum: 10`,
  }),
  NOT_FINITE: row<{ text: string }>({
    severity: "error",
    message: ({ text }) => `${text} is not a number that JSON can say`,
    hint: "leave the bound out, or write a finite number",
    explain: `Records are JSON, which knows neither infinity nor NaN.

Wrong:   maximum: .inf
Right:   (no maximum)`,
  }),
  ROUNDED_NUMBER: row<{ text: string; value: string }>({
    severity: "warn",
    message: ({ text, value }) => `${text} is read as ${value}`,
    hint: "numbers are exact up to 2^53; write larger whole numbers as text (`type: string, format: int64`)",
    explain: `JavaScript keeps whole numbers exactly up to 9007199254740992.

Wrong:   const: 9223372036854775807
Right:   type: string
         format: int64
         const: "9223372036854775807"`,
  }),
  AMBIGUOUS_NUMBER: row<{ text: string; value: string; old: string }>({
    severity: "warn",
    message: ({ text, value, old }) => `${text} is ${value} here, and ${old} to readers of YAML 1.1`,
    hint: ({ value, text }) => `write ${value}, or "${text}" in quotes when it is a code and not a count`,
    explain: `A leading zero means octal in YAML 1.1 and nothing in YAML 1.2, which wevt reads.

Wrong:   examples: [017]
Right:   examples: ["017"]
Octal:   0o17`,
  }),
  UNKNOWN_ALIAS: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `nothing in this file has the anchor ${quote(`&${name}`)}`,
    hint: "an anchor has to stand above its aliases; a text that starts with `*` needs quotes",
    explain: `Right:   a: &shared { type: string }
         b: *shared`,
  }),
  ALIAS_CYCLE: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `alias ${quote(`*${name}`)} stands inside what it names`,
    hint: "a value cannot hold itself; write it out, or use `kind: json`",
    explain: `Wrong:   a: &a { items: *a }`,
  }),
  ALIAS_BOMB: row<{ limit: number }>({
    severity: "error",
    message: ({ limit }) => `with its aliases written out this file has more than ${limit} nodes`,
    hint: "share structure with a group and `$ref`, not with nested aliases",
    explain: `A few lines of aliases to aliases can stand for billions of nodes. The file is refused before they are made.

Wrong:   a: &a [x, x, x, x]
         b: &b [*a, *a, *a, *a]     # and so on: four times as many with each line
Right:   $defs: { shared: { type: string } }, and $ref: "#/$defs/shared"`,
  }),
  BAD_MERGE: row<Record<never, never>>({
    severity: "error",
    message: () => "`<<` merges a mapping or a list of mappings, and this is neither",
    hint: "write `<<: *anchor` or `<<: [*first, *second]`",
    explain: `Right:   base: &base { type: string, owner: identity }
         id: { <<: *base, brief: An id. }

Keys that stand beside \`<<\` win over merged ones, and the first mapping of a list over the next.`,
  }),
  TOO_DEEP: row<{ limit: number }>({
    severity: "error",
    message: ({ limit }) => `this is nested more than ${limit} levels deep`,
    hint: "no event needs so many levels; was a bracket left open?",
    explain: `A limit on nesting keeps every later step free of a stack overflow.

Wrong:   properties: { a: { properties: { a: { properties: …
Right:   fields of fields, a few levels deep: llm.usage.inputTokens`,
  }),
  BROKEN_TEXT: row<{ code: string }>({
    severity: "error",
    message: ({ code }) => `the file holds ${code}, which is not a character`,
    hint: "save the file as UTF-8",
    explain: `Half of a surrogate pair is no character; it cannot be written as UTF-8, so no record could hold it.

Wrong:   enum: ["\\uD83D"]
Right:   enum: ["\\U0001F600"]`,
  }),
};
