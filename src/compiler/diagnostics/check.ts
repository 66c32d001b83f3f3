import { quote, row } from "./row.js";

const namesRows = {
  NAME_COLLISION: row<{ kind: string; name: string; otherKind: string; other: string; identifier: string }>({
    severity: "error",
    message: ({ kind, name, otherKind, other, identifier }) => `${kind} ${quote(name)} and ${otherKind} ${quote(other)} both become ${identifier} in generated code`,
    hint: "rename one of them",
    explain: `Builders and methods are camelCase, types PascalCase; originators end in Originator, services in Service, the types of events in Event. Two
definitions whose names become the same identifier cannot both be exported.

Wrong:   partial: rate_limit
         partial: rateLimit
Right:   partial: rateLimit
         partial: rateLimitPolicy`,
  }),
  GENERATED_NAME: row<{ kind: string; name: string; identifier: string }>({
    severity: "error",
    message: ({ kind, name, identifier }) => `${kind} ${quote(name)} becomes ${identifier}, which the generated code exports itself`,
    hint: "rename it",
    explain: `The generated index.ts exports a few names of its own: createWevt, registry, paths, Registry, Events, WideEvent, …

Wrong:   partial: registry
Right:   partial: imageRegistry`,
  }),
  FILE_COLLISION: row<{ kind: string; name: string; other: string }>({
    severity: "error",
    message: ({ kind, name, other }) => `${kind}s ${quote(name)} and ${quote(other)} differ in case alone, so their generated files overwrite each other on some disks`,
    hint: "rename one of them",
    explain: `Each definition has a generated file of its name. The disks of macOS and Windows take User.ts and user.ts for one file.

Wrong:   partial: userAgent
         partial: useragent
Right:   partial: userAgent
         partial: agentOfUser`,
  }),
  RECORD_KEY: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `partial ${quote(name)} is named like a key that every record has`,
    hint: "rename it; the base fields of every record are taken",
    explain: `A partial stands on the record under its name, beside the base fields (service, eventId, timestamp, outcome, …), so it cannot take one of
their names, in camelCase or in snake_case.

Wrong:   partial: outcome
Right:   partial: order       with a property \`outcome\``,
  }),
  STATS_KEY: row<{ name: string; repeatable: string }>({
    severity: "error",
    message: ({ name, repeatable }) => `partial ${quote(name)} takes the key that holds the counts of the repeatable partial ${quote(repeatable)}`,
    hint: "rename it",
    explain: `A repeatable partial is an array on the record, with the counts beside it under its name and \`Stats\`.

Wrong:   partial: tool         repeatable: true
         partial: toolStats
Right:   partial: toolSummary`,
  }),
  NO_SHORTHAND: row<{ name: string; builder: string }>({
    severity: "info",
    message: ({ name, builder }) => `partial ${quote(name)} has no method on events, which have a method \`${builder}\` of their own`,
    hint: ({ builder }) => `write \`event.log(${builder}({ … }))\`, or rename the partial`,
    explain: `Each partial is a method of the event: \`event.user({ … })\`. The event's own methods come first: log, partial, set, add, time, start, error,
message, debug, child, emit, bind. The builder of such a partial works as any other.

Works:   event.log(message({ text: "hello" }))`,
  }),
  PROTO_PROPERTY: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `field ${quote(path)} cannot be named __proto__`,
    hint: "rename it",
    explain: `In JavaScript \`__proto__\` is not a key like others: reading or writing it reaches the prototype.

Wrong:   properties: { __proto__: { type: string } }
Right:   properties: { prototype: { type: string } }`,
  }),
};

const boundsRows = {
  NO_VALUE_FITS: row<{ path: string; conflict: string }>({
    severity: "error",
    message: ({ path, conflict }) => `no value fits ${quote(path)}: ${conflict}`,
    hint: "change one of the two constraints",
    explain: `Each constraint is right by itself; together they refuse every value, so each event with this field would be reported.

Wrong:   retries: { type: integer, minimum: 5, maximum: 3 }
Right:   retries: { type: integer, minimum: 3, maximum: 5 }`,
  }),
  REQUIRED_UNDECLARED: row<{ path: string; name: string }>({
    severity: "error",
    message: ({ path, name }) => `${quote(path)} requires ${quote(name)}, which it does not declare, and it is closed`,
    hint: "add it to `properties`, correct its name, or remove it from `required`",
    explain: `An object that lists properties refuses all others, so a required name has to be one of them.

Wrong:   required: [id, plan]
         properties: { id: { type: string } }
Right:   required: [id]
         properties: { id: { type: string } }`,
  }),
  VARIANT_REPEATED: row<{ path: string; discriminator: string; value: string }>({
    severity: "error",
    message: ({ path, discriminator, value }) => `two variants of ${quote(path)} have the same ${quote(discriminator)}: ${quote(value)}`,
    hint: "give each variant a value of its own, or make one variant of the two",
    explain: `The constant property tells the variants apart. Where two variants share it, a value fits both, and \`oneOf\` refuses what fits two.

Wrong:   oneOf: [{ …, properties: { type: { const: card } } }, { …, properties: { type: { const: card } } }]
Right:   oneOf: [{ …, properties: { type: { const: card } } }, { …, properties: { type: { const: sepa } } }]`,
  }),
};

const patternRows = {
  BAD_PATTERN: row<{ path: string; pattern: string; why: string }>({
    severity: "error",
    message: ({ path, pattern, why }) => `the pattern ${quote(pattern)} of ${quote(path)} is not a regular expression: ${why}`,
    hint: "patterns are JavaScript regular expressions in Unicode mode: write `-` and `_` without a backslash, `\\\\.` for a dot",
    explain: `A pattern is compiled with the flag u, as JSON Schema recommends. Unicode mode refuses escapes that mean nothing.

Wrong:   pattern: "^[a-z"
Wrong:   pattern: ^a\\_b$
Right:   pattern: ^a_b$`,
  }),
  CATASTROPHIC_PATTERN: row<{ path: string; pattern: string; part: string }>({
    severity: "error",
    message: ({ path, part }) => `the pattern of ${quote(path)} can take exponential time: ${quote(part)} matches one text in many ways`,
    hint: "let each repeated part begin with a character that the part before cannot contain: `a+(?:-a+)*` in place of `(?:a+-?)*`",
    explain: `Validation runs in your service. A loop around something that is itself repeated or ambiguous is tried in every combination when the text does not
match at its end: thirty characters can take minutes.

Wrong:   pattern: ^([a-z]+)+$
Wrong:   pattern: ^(a|a)*$
Right:   pattern: ^[a-z]+$
Right:   pattern: ^[a-z]+(?:-[a-z]+)*$`,
  }),
};

const valueRows = {
  UNQUOTED_VALUE: row<{ path: string; keyword: string; value: string; why: string }>({
    severity: "warn",
    message: ({ path, keyword, value, why }) => `\`${keyword}\` of ${quote(path)} was read as ${value}: ${why}`,
    hint: "put it in quotes",
    explain: `YAML reads some texts as numbers or flags when they are not in quotes.

Wrong:   build: { type: string, examples: [2e10] }
Right:   build: { type: string, examples: ["2e10"] }`,
  }),
  BAD_VALUE: row<{ path: string; keyword: string; value: string; why: string }>({
    severity: "error",
    message: ({ path, keyword, value, why }) => `${quote(path)} refuses its own \`${keyword}\` ${quote(value)}: ${why}`,
    hint: "correct the value, or the type and constraints of the field",
    explain: `Examples, defaults, known and listed values are what people copy, so they have to fit the field.

Wrong:   { type: string, maxLength: 3, examples: [EUR, "US-Dollar"] }
Right:   { type: string, maxLength: 3, examples: [EUR, USD] }`,
  }),
};

const metadataRows = {
  SECRET_IN_PLAIN: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `${quote(path)} is secret and would be written in plain`,
    hint: "remove `handling: plain` (a secret is dropped), say `handling: hash`, or lower `sensitivity`",
    explain: `A secret is never written as it is.

Wrong:   token: { type: string, sensitivity: secret, handling: plain }
Right:   token: { type: string, sensitivity: secret, handling: hash }`,
  }),
  METADATA_MISFIT: row<{ path: string; keyword: string; needs: string }>({
    severity: "error",
    message: ({ path, keyword, needs }) => `\`${keyword}\` on ${quote(path)} needs ${needs}`,
    hint: "remove it, or change the type of the field",
    explain: `sum, max, min and decimals work on numbers, append on arrays, hash, mask and truncate on text; a unit belongs to numbers, a format to text.

Wrong:   name: { type: string, merge: sum }
Right:   calls: { type: integer, merge: sum }`,
  }),
  UNIT_SYNTAX: row<{ path: string; unit: string }>({
    severity: "error",
    message: ({ path, unit }) => `the unit ${quote(unit)} of ${quote(path)} is not written as units are`,
    hint: "write ms, s, By, %, 1, {item}, By/s or currency:USD",
    explain: `Units follow UCUM: letters and digits, \`.\` and \`/\` between units, an annotation in braces; money is \`currency:\` and three letters.

Wrong:   unit: "{item"
Right:   unit: "{item}"`,
  }),
  NULL_NEVER: row<{ path: string }>({
    severity: "warn",
    message: ({ path }) => `${quote(path)} says what null means, and is never null`,
    hint: 'allow null: `type: [string, "null"]`, or remove `nullMeans`',
    explain: `\`nullMeans\` explains a null on the record, which only a field that allows null can have.

Wrong:   endedAt: { type: string, nullMeans: still running }
Right:   endedAt: { type: [string, "null"], nullMeans: still running }`,
  }),
};

const pathRows = {
  PATH_WITH_TWO: row<{ path: string; what: string; one: string; other: string }>({
    severity: "error",
    message: ({ path, what, one, other }) => `${quote(path)} has two ${what}: ${quote(one)} and ${quote(other)}`,
    hint: "rename one of them, so that each path is one column",
    explain: `A path is a column: it has one type and one unit, also where two variants share it.

Wrong:   - { type: object, required: [type], properties: { type: { const: card }, amount: { type: integer } } }
         - { type: object, required: [type], properties: { type: { const: sepa }, amount: { type: string } } }
Right:   - { type: object, required: [type], properties: { type: { const: card }, amount: { type: integer } } }
         - { type: object, required: [type], properties: { type: { const: sepa }, amountText: { type: string } } }`,
  }),
  ALIAS_TAKEN: row<{ path: string; alias: string; other: string }>({
    severity: "error",
    message: ({ path, alias, other }) => `${quote(alias)}, an earlier name of ${quote(path)}, stands in the way of the field ${quote(other)}`,
    hint: "an alias names a field that is gone: remove it, or rename the other field",
    explain: `Readers of old records look fields up by their earlier names, so an alias cannot be a field of today, nor lie above or below one.

Wrong:   tier: { type: string, aliases: [user.plan] }     with a field user.plan
Right:   tier: { type: string, aliases: [user.level] }`,
  }),
  UNKNOWN_PATH: row<{ path: string; keyword: string; target: string; suggestion?: string }>({
    severity: "warn",
    message: ({ path, keyword, target }) => `${keyword} of ${quote(path)} names ${quote(target)}, which is no field of this registry`,
    hint: ({ suggestion }) => (suggestion === undefined ? "paths are full, from the name of the partial on: `user.tier`" : `did you mean ${quote(suggestion)}?`),
    explain: `Paths are full, from the name of the partial on.

Wrong:   deprecation: { reason: renamed, replacedBy: tier }
Right:   deprecation: { reason: renamed, replacedBy: user.tier }`,
  }),
};

const reservedRows = {
  RESERVED_NAME: row<{ path: string; what: "field" | "alias"; name: string }>({
    severity: "error",
    message: ({ path, what, name }) => (what === "field" ? `${quote(path)} is reserved: it may not come back` : `${quote(name)}, an earlier name of ${quote(path)}, is reserved`),
    hint: ({ what }) => (what === "field" ? "give the field another name: old records and queries still use this one" : "remove the alias, or the name from `reserved`"),
    explain: `A reserved name belonged to a field that is gone. Old records still have it, so a new field of that name would mix two meanings in one column.
A name is that of a property; a path reaches a deeper one: \`limits.max\`, or in full \`user.limits.max\`. What a group reserves holds wherever it is used.

Wrong:   reserved: { names: [plan] }
         properties: { plan: { type: string } }
Right:   reserved: { names: [plan] }
         properties: { tier: { type: string } }`,
  }),
  RESERVED_VALUE: row<{ path: string; value: string }>({
    severity: "error",
    message: ({ path, value }) => `${quote(path)} lists the value ${quote(value)}, which is reserved: it may not come back`,
    hint: "use another value: old records still have this one, with its old meaning",
    explain: `A reserved value stood in an enum, a const or knownValues of the definition and is gone. Old records still have it.

Wrong:   reserved: { values: [trial] }
         properties: { tier: { enum: [free, trial] } }
Right:   reserved: { values: [trial] }
         properties: { tier: { enum: [free, preview] } }`,
  }),
};

export const checkDiagnostics = { ...namesRows, ...boundsRows, ...patternRows, ...valueRows, ...metadataRows, ...pathRows, ...reservedRows };
