import { quote, quoteJson, row } from "./row.js";

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
    message: ({ name, repeatable }) => `partial ${quote(name)} takes the key that holds the roll-up of the repeatable partial ${quote(repeatable)}`,
    hint: "rename it",
    explain: `A repeatable partial is an array on the record. Its roll-up stands beside it, under its name and \`Stats\` (\`_stats\` where names have
underscores); the key is taken also as long as there is none, so that one can be added later.

Wrong:   partial: tool         repeatable: true
         partial: toolStats
Right:   partial: toolSummary`,
  }),
  NO_SHORTHAND: row<{ name: string; builder: string }>({
    severity: "info",
    message: ({ name, builder }) => `partial ${quote(name)} has no method on events, which ${builder === "then" ? "would be taken for promises by it" : `have a method \`${builder}\` of their own`}`,
    hint: ({ builder }) => `write \`event.log(${builder}({ … }))\`, or rename the partial`,
    explain: `Each partial is a method of the event: \`event.user({ … })\`. The event's own methods come first: log, partial, set, add, time, start, error,
message, debug, child, emit, bind. None is called then: JavaScript takes what has such a method for a promise, and \`await event\` would never end. The
builder of such a partial works as any other.

Works:   event.log(message({ text: "hello" }))`,
  }),
  ORIGINATOR_KEY: row<{ name: string; field: string }>({
    severity: "error",
    message: ({ name, field }) => `originator ${quote(name)} cannot have a field ${quote(field)}: every record has a value of its own there`,
    hint: "rename the field",
    explain: `The fields of an originator stand on the record under \`originator\`, beside its type and the identifiers of the trace (type, traceId, spanId,
parentSpanId, root). A field of such a name would be left out, or taken for an identifier.

Wrong:   originator: cron      properties: { type: { type: string } }
Right:   originator: cron      properties: { schedule: { type: string } }`,
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
    hint: "change one of the constraints",
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
  DEPENDENT_UNDECLARED: row<{ path: string; name: string }>({
    severity: "error",
    message: ({ path, name }) => `\`dependentRequired\` of ${quote(path)} names ${quote(name)}, which it does not declare, and it is closed`,
    hint: "add it to `properties`, or correct its name",
    explain: `An object that lists properties refuses all others. What \`dependentRequired\` asks for could never be written, and what it waits for never comes.

Wrong:   properties: { card: { type: string } }
         dependentRequired: { card: [expiry] }
Right:   properties: { card: { type: string }, expiry: { type: string } }
         dependentRequired: { card: [expiry] }`,
  }),
  NEVER_PRESENT: row<{ path: string; why: string }>({
    severity: "warn",
    message: ({ path, why }) => `${quote(path)} can never be present: ${why}`,
    hint: "remove it, or allow it",
    explain: `It is declared, documented and in the generated types, and validation refuses each value that has it.

Wrong:   point: { type: array, maxItems: 1, prefixItems: [{ type: number }, { type: number }] }
Right:   point: { type: array, maxItems: 2, prefixItems: [{ type: number }, { type: number }] }`,
  }),
  VARIANT_REPEATED: row<{ path: string; discriminator: string; value: string }>({
    severity: "error",
    message: ({ path, discriminator, value }) => `two variants of ${quote(path)} have the same ${quote(discriminator)}: ${quoteJson(value)}`,
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
  CATASTROPHIC_PATTERN: row<{ path: string } & ({ part: string } | { example: string; steps: number })>({
    severity: "error",
    message: (parameters) =>
      "part" in parameters
        ? `the pattern of ${quote(parameters.path)} can take exponential time: ${quote(parameters.part)} matches one text in many ways`
        : `the pattern of ${quote(parameters.path)} takes ${count(parameters.steps)} steps on ${[...parameters.example].length} characters: ${quote(parameters.example)}`,
    hint: "let each repeated part begin with a character that the part before cannot contain: `a+(?:-a+)*` in place of `(?:a+-?)*`",
    explain: `Validation runs in your service. A loop around something that is itself repeated or ambiguous is tried in every combination when the text does not
match at its end: thirty characters can take minutes. The same goes for counters and optional parts beside each other. A pattern that takes more than a million
steps on a text of 64 characters is refused; that is some ten milliseconds for one value.

Wrong:   pattern: ^([a-z]+)+$
Wrong:   pattern: ^(a|a)*$
Wrong:   pattern: ^(?:a?){30}$
Right:   pattern: ^[a-z]+$
Right:   pattern: ^[a-z]+(?:-[a-z]+)*$
Right:   pattern: ^a{0,30}$`,
  }),
  SLOW_PATTERN: row<{ path: string; degree: number; length: number; steps: number; maxLength: number }>({
    severity: "warn",
    message: ({ path, degree, length, steps }) =>
      `the pattern of ${quote(path)} takes ${degree < 2 ? "" : `time that grows with the ${power(degree)} of the length: `}${count(steps)} steps on ${count(length)} characters`,
    hint: ({ maxLength }) => `set \`maxLength\` (at most ${maxLength}), begin the pattern with ^, or let neighbouring parts share no characters`,
    explain: `Where two repeated parts can share a text, or where a pattern without ^ is tried from each character on, a long text that does not match is
gone through again and again. Generated validators look at \`maxLength\` before the pattern, so with one that keeps it under a million steps (some ten
milliseconds) all is well: 1,400 characters where the time grows with the square.

Wrong:   pattern: \\s+$
Wrong:   pattern: ^a*a*b$
Right:   pattern: ^\\S*\\s+$
Right:   { pattern: ^a*a*b$, maxLength: 200 }`,
  }),
  COMPLEX_PATTERN: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `the pattern of ${quote(path)} is too large to find out how long it takes`,
    hint: "write out fewer alternatives and counters: a class with one counter, `enum` for a list of words, several fields for several parts",
    explain: `Validation runs in your service, so each pattern is examined for texts on which it takes very long. That work is bounded: 1,500 positions when
counters are written out, and 60,000 ways from one to the next.

Wrong:   pattern: ^(?:word0|word1|word2| … |word399)$
Right:   enum: [word0, word1, word2, … , word399]`,
  }),
};

/** 1,234,567; beyond a billion in words. */
function count(value: number): string {
  return value < 1e9 ? Math.round(value).toLocaleString("en-US") : "over a billion";
}

function power(degree: number): string {
  return degree === 2 ? "square" : degree === 3 ? "cube" : `${degree}th power`;
}

const valueRows = {
  UNQUOTED_VALUE: row<{ path: string; keyword: string; value: string; why: string }>({
    severity: "warn",
    message: ({ path, keyword, value, why }) => `\`${keyword}\` of ${quote(path)} was read as ${quoteJson(value)}: ${why}`,
    hint: "put it in quotes",
    explain: `YAML reads some texts as numbers or flags when they are not in quotes.

Wrong:   build: { type: string, examples: [2e10] }
Right:   build: { type: string, examples: ["2e10"] }`,
  }),
  BAD_VALUE: row<{ path: string; keyword: string; value: string; why: string }>({
    severity: "error",
    message: ({ path, keyword, value, why }) => `${quote(path)} refuses its own \`${keyword}\` ${quoteJson(value)}: ${why}`,
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
    explain: `sum, max and min work on numbers (int64 too), decimals on those that are no text, append on arrays, hash, mask and truncate on text; a unit belongs to numbers, a format to text.

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
  DEFAULT_OF_REQUIRED: row<{ path: string }>({
    severity: "warn",
    message: ({ path }) => `${quote(path)} is required, so its \`default\` says nothing`,
    hint: "remove `default`, or take the field out of `required`",
    explain: `\`default\` tells readers what the absence of a field means; it is never written into an event. A required field is never absent.

Wrong:   required: [tier]
         properties: { tier: { type: string, default: free } }
Right:   properties: { tier: { type: string, default: free } }`,
  }),
  REPEATABLE_MAX: row<{ name: string; max: number; most: number }>({
    severity: "error",
    message: ({ name, max, most }) => `partial ${quote(name)} would be kept ${count(max)} times on one event; the most is ${count(most)}`,
    hint: "lower `max`, or write one event for each of them",
    explain: `A repeatable partial is a list on one record. The runtime keeps 10,000 items of any list, so that one event stays one row.

Wrong:   partial: step      repeatable: { max: 1000000 }
Right:   partial: step      repeatable: { max: 500 }`,
  }),
  NOTHING_KEPT: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `partial ${quote(name)} keeps no items and has no roll-up, so what is written is lost`,
    hint: "say what is kept in `rollup`, or raise `max`",
    explain: `With \`max: 0\` the items of a repeatable partial are added up and not kept, which needs something that they are added up to.

Wrong:   partial: query     repeatable: { max: 0 }
Right:   partial: query     repeatable: { max: 0 }     rollup: { durationMs: { sum: true, max: true } }`,
  }),
  ROLLUP_ALONE: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `partial ${quote(name)} has a roll-up, but an event carries it only once`,
    hint: "add `repeatable: true`",
    explain: `A roll-up says what many items add up to. The fields of a partial that is no list add up by \`merge\`.

Wrong:   partial: query     rollup: { durationMs: { sum: true } }
Right:   partial: query     repeatable: true     rollup: { durationMs: { sum: true } }`,
  }),
  ROLLUP_MISFIT: row<{ path: string; why: string; cure: string }>({
    severity: "error",
    message: ({ path, why }) => `${quote(path)} cannot be rolled up${why}`,
    hint: ({ cure }) => cure,
    explain: `What is rolled up are numbers that stand on the record as they were written. Text (int64 too) cannot be added up, points in time have no sum, and
what is masked or dropped must not come back in a sum. The count of items stands beside the fields, so none of them is called \`count\`.

Wrong:   rollup: { model: { max: true } }          properties: { model: { type: string } }
Right:   rollup: { durationMs: { max: true } }     properties: { durationMs: { type: number } }`,
  }),
  ROLLUP_BOUNDS: row<{ path: string; bound: number; after: number }>({
    severity: "error",
    message: ({ path, bound, after }) => `the histogram of ${quote(path)} has the bound ${bound} after ${after}`,
    hint: "list upper bounds, each greater than the one before; what is above them all is counted in `inf`",
    explain: `Each bound is a field that counts the values up to it. A last one, \`inf\`, counts all.

Wrong:   rollup: { durationMs: { histogram: [1000, 100] } }
Right:   rollup: { durationMs: { histogram: [100, 1000] } }`,
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
    explain: `A path is a column: it has one type, one format, one unit and one set of values, also where two variants share it, and where two originators or two
services have a field of one name: these are \`originator.NAME\` and \`service.NAME\` on every record. A constant may differ from variant to variant.

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
  ALIAS_TWICE: row<{ path: string; alias: string; other: string }>({
    severity: "error",
    message: ({ path, alias, other }) => `${quote(path)} and ${quote(other)} both claim the earlier name ${quote(alias)}`,
    hint: "leave it to the field that took its place",
    explain: `Readers of old records look fields up by their earlier names, so each of these belongs to one field. Where one field became two, say so with
\`deprecation: { reason: split }\` on the old one.

Wrong:   tier: { type: string, aliases: [user.plan] }     level: { type: string, aliases: [user.plan] }
Right:   tier: { type: string, aliases: [user.plan] }     level: { type: string }`,
  }),
  REPLACED_BY_ITSELF: row<{ path: string; target: string }>({
    severity: "error",
    message: ({ path, target }) => (path === target ? `${quote(path)} is replaced by itself` : `${quote(path)} is replaced by ${quote(target)}, which leads back to it`),
    hint: "name the field to use instead, or leave `replacedBy` out",
    explain: `\`replacedBy\` sends readers from a deprecated field to the one that took its place.

Wrong:   plan: { type: string, deprecation: { reason: renamed, replacedBy: user.plan } }
Right:   plan: { type: string, deprecation: { reason: renamed, replacedBy: user.tier } }`,
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

const samplingRows = {
  SAMPLING_PATH: row<{ event: string; path: string; unlisted?: string; suggestion?: string }>({
    severity: "error",
    message: ({ event, path }) => `sampling of event ${quote(event)} names ${quote(path)}, which is no field that the event carries when it is decided`,
    hint: ({ unlisted, suggestion }) => (unlisted !== undefined ? `list the partial: \`partials: { ${unlisted}: optional }\`` : suggestion === undefined ? "paths are those of the record: `user.tier`, `originator.method`, `durationMs`" : `did you mean ${quote(suggestion)}?`),
    explain: `Sampling decides on what a finished event holds: the fields of the partials that it lists, of its originators, of the service, and the base of
the record, but for identifiers and what sampling itself writes. Paths are those of the record, without the \`[]\` of a repeatable partial.

Wrong:   event: agent.execution
         partials: { llm: optional }
         sampling: { rules: [{ name: dear, when: { llm.cost: { minimum: 0.5 } } }] }
Right:   event: agent.execution
         partials: { llm: optional }
         sampling: { rules: [{ name: dear, when: { llm.costUsd: { minimum: 0.5 } } }] }`,
  }),
  CONDITION_NEVER: row<{ event: string; path: string; keyword: string; types: string }>({
    severity: "error",
    message: ({ event, path, keyword, types }) => `sampling of event ${quote(event)}: \`${keyword}\` never holds for ${quote(path)}, which is ${quoteJson(types)}`,
    hint: "a condition is a schema that some of the field's values match",
    explain: `A condition holds for a value that is there, is of the type that its keyword speaks of, and matches. One that no value of the field can match is a
mistake: a misspelt value, or a bound on text.

Wrong:   when: { user.tier: { const: gold } }        (free or pro)
Right:   when: { user.tier: { const: pro } }`,
  }),
  SAMPLING_IDLE: row<{ event: string; rule: string }>({
    severity: "error",
    message: ({ event, rule }) => `sampling of event ${quote(event)}: \`per\` of the rule ${quote(rule)} does nothing`,
    hint: "it says of what `perSecond` and `slowerThan` speak: add one of them, or remove it",
    explain: `\`per\` tells events apart for a rate or a running percentile.

Wrong:   - { name: tenants, per: [user.id], keep: 0.1 }
Right:   - { name: tenants, per: [user.id], perSecond: 5 }`,
  }),
  SAMPLING_UNREACHED: row<{ event: string; rule: string; next: string }>({
    severity: "error",
    message: ({ event, rule, next }) => `sampling of event ${quote(event)}: the rule ${quote(next)} is never reached: ${quote(rule)} before it matches every event`,
    hint: "the first rule that matches decides: put the one without conditions last",
    explain: `The first rule that matches decides. A rule without outcome, unforeseen, sampled, slowerThanMs, slowerThan and when matches every event.

Wrong:   rules: [{ name: tenants, per: [user.id], perSecond: 5 }, { name: error, outcome: error }]
Right:   rules: [{ name: error, outcome: error }, { name: tenants, per: [user.id], perSecond: 5 }]`,
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

export const checkDiagnostics = { ...namesRows, ...boundsRows, ...patternRows, ...valueRows, ...metadataRows, ...pathRows, ...samplingRows, ...reservedRows };
