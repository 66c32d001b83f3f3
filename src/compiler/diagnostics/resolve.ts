import { quote, row } from "./row.js";

const didYouMean = ({ suggestion }: { readonly suggestion?: string }): string | undefined => (suggestion === undefined ? undefined : `did you mean ${quote(suggestion)}?`);

export const resolveDiagnostics = {
  DUPLICATE_DEFINITION: row<{ kind: string; name: string }>({
    severity: "error",
    message: ({ kind, name }) => `${kind} ${quote(name)} is defined twice`,
    hint: "rename one, merge the two files, or say `extends:` to add to an imported definition",
    explain: `A name has one meaning, so a partial, originator, service, event or group is defined in one file.

Wrong:   schemas/user.yaml       partial: user
         schemas/account.yaml    partial: user
Right:   schemas/account.yaml    partial: account

To add fields to a definition that you import, write \`extends: wevt:user\` beside \`partial: user\`.`,
  }),
  EXTENDS_UNKNOWN: row<{ kind: string; name: string; target: string }>({
    severity: "error",
    message: ({ kind, name, target }) => `${kind} ${quote(name)} extends ${quote(target)}, which is not an imported ${kind} of that name`,
    hint: ({ target }) => `add ${quote(target)} to \`imports\` in wevt.config.yaml; a definition extends an imported one of its own name`,
    explain: `\`extends\` replaces an imported definition by itself plus your own properties. The imported one has to be there, and has the same name.

Right:   wevt.config.yaml    imports: [wevt:user]
         schemas/user.yaml   partial: user
                             extends: wevt:user`,
  }),
  EXTENDS_TWICE: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `${quote(name)} is extended twice`,
    hint: "put both sets of properties into one file",
    explain: `An imported definition is extended in one place, so that the result never depends on the order of files.

Wrong:   schemas/a.yaml   partial: user, extends: wevt:user
         schemas/b.yaml   partial: user, extends: wevt:user
Right:   one file with the properties of both`,
  }),
  EXTENDS_OVERRIDE: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `${quote(name)} is a property of the extended definition, whose type and constraints stand`,
    hint: "remove it here; only new properties, and the definition's own texts and owner, can be given",
    explain: `Everybody who imports a standard definition may rely on its fields. An extension adds fields; it changes none.

Wrong:   partial: user
         extends: wevt:user
         properties: { id: { type: integer } }
Right:   partial: user
         extends: wevt:user
         properties: { plan: { type: string } }`,
  }),
  MISSING_TYPE: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `field ${quote(path)} has no type`,
    hint: "say `type:`, `const:`, `enum:`, `oneOf:` or `$ref:`; for any JSON say `kind: json`",
    explain: `Each field has one type: it becomes a TypeScript type, a column and a validator.

Wrong:   tier: { brief: Plan of the user. }
Right:   tier: { type: string, brief: Plan of the user. }`,
  }),
  UNSHAPED_OBJECT: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `object ${quote(path)} has neither properties nor additionalProperties`,
    hint: "list `properties:`, or say what the values of a map are: `additionalProperties: { type: string }`",
    explain: `An object without a shape has no columns.

Wrong:   labels: { type: object }
Right:   labels: { type: object, additionalProperties: { type: string } }
Right:   limits: { type: object, properties: { max: { type: integer } } }
Any JSON: payload: { kind: json }`,
  }),
  NO_DISCRIMINATOR: row<{ path: string }>({
    severity: "error",
    message: ({ path }) => `the variants of ${quote(path)} cannot be told apart`,
    hint: "give every variant the same required property with a `const` of its own, for example `type: { const: card }`",
    explain: `\`oneOf\` lists either constants (a documented enum) or objects that one required property with a \`const\` tells apart.

Right:   oneOf:
           - { type: object, required: [type], properties: { type: { const: card }, last4: { type: string } } }
           - { type: object, required: [type], properties: { type: { const: sepa }, country: { type: string } } }`,
  }),
  VARIANT_SIBLING: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `${quote(keyword)} cannot stand beside the variants of a \`oneOf\``,
    hint: "move it into each variant; share it with a group: `allOf: [{ $ref: group:NAME }]`",
    explain: `Each variant is a whole object. What they have in common is a group that each of them includes.

Wrong:   oneOf: [ … ]
         properties: { at: { type: string } }
Right:   oneOf:
           - allOf: [{ $ref: group:common }]
             properties: { kind: { const: card } }
             required: [kind]`,
  }),
  REF_SIBLING: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `${quote(keyword)} cannot stand beside $ref`,
    hint: "beside a reference only metadata may stand (brief, unit, owner, …); put structure into the referenced schema",
    explain: `A referenced schema has one meaning everywhere. Metadata beside the reference describe this use of it; types and constraints there would make a second meaning.

Wrong:   id: { $ref: "#/$defs/id", maxLength: 10 }
Right:   id: { $ref: "#/$defs/id", brief: The id of the buyer. }`,
  }),
  REF_NOT_FOUND: row<{ reference: string; where: string }>({
    severity: "error",
    message: ({ reference, where }) => `$ref ${quote(reference)} finds nothing in ${where}`,
    hint: "check the path after `#`: `#/$defs/NAME`, `#/properties/NAME`",
    explain: "The part after `#` is a JSON pointer: the keys from the root of the file, separated by `/`.",
  }),
  REF_NO_FILE: row<{ reference: string }>({
    severity: "error",
    message: ({ reference }) => `$ref names the file ${quote(reference)}, which is not one of the schema files`,
    hint: "paths are relative to the file they stand in; the file has to match `schemas` or `imports` in the config",
    explain: `A reference finds only files that the project or its imports load.

Wrong:   $ref: ./gone.yaml#/$defs/id
Right:   $ref: ./ids.yaml#/$defs/id     # and \`schemas\` in the config matches ids.yaml`,
  }),
  REF_UNKNOWN_NAME: row<{ kind: string; name: string; suggestion?: string }>({
    severity: "error",
    message: ({ kind, name }) => `there is no ${kind} ${quote(name)}`,
    hint: didYouMean,
    explain: "`group:NAME` and `partial:NAME#/properties/x` name definitions of the project or of its imports.",
  }),
  REF_LEAVES_PROJECT: row<{ reference: string }>({
    severity: "error",
    message: ({ reference }) => `$ref ${quote(reference)} leaves the project`,
    hint: "use `#/$defs/x`, `./file.yaml#/…`, `group:NAME` or `partial:NAME#/properties/x`; nothing is ever fetched from a network",
    explain: "The result of `wevt generate` depends on the project's files and its imports alone, so a reference cannot name a URL or climb out of the project.",
  }),
  REF_CYCLE: row<{ reference: string }>({
    severity: "error",
    message: ({ reference }) => `$ref ${quote(reference)} leads back to itself`,
    hint: "a recursive structure has no columns: bound its depth, or keep it as `kind: json`",
    explain: `A wide event becomes a row, and a recursive type has no finite set of columns.

Wrong:   $defs: { node: { type: object, properties: { next: { $ref: "#/$defs/node" } } } }
Right:   next: { kind: json }           # kept as it is, in one column`,
  }),
  ALLOF_NOT_A_GROUP: row<Record<never, never>>({
    severity: "error",
    message: () => "allOf holds only references to groups",
    hint: "write `allOf: [{ $ref: group:NAME }]`, and move the properties into a file that says `group: NAME`",
    explain: "`allOf` merges the properties of groups into an object, which is then closed. Other uses of it have no merged form that every reader agrees on.",
  }),
  ALLOF_LOSES: row<{ keyword: string; group: string }>({
    severity: "error",
    message: ({ keyword, group }) => `allOf does not take over \`${keyword}\` of group ${quote(group)}`,
    hint: ({ keyword }) => `say \`${keyword}\` on the object that uses the group, and remove it from the group`,
    explain: `\`allOf\` takes over the properties of a group, their patterns, and what is required. Which other keys an object has, and how many, is said by the object
itself: the closed form of two such rules would be a rule that neither of them states.

Wrong:   group: net
         minProperties: 1
         properties: { host: { type: string } }
Right:   partial: call
         minProperties: 1
         allOf: [{ $ref: group:net }]`,
  }),
  EXTENDS_LOSES: row<{ keyword: string }>({
    severity: "error",
    message: ({ keyword }) => `\`${keyword}\` of the extended definition stands: an extension cannot say it anew`,
    hint: "remove it; an extension adds properties, and gives the definition texts and an owner",
    explain: `Everybody who imports a standard definition may rely on it: which keys it has, and how many, is not for an extension to change.

Wrong:   partial: user
         extends: wevt:user
         additionalProperties: true
Right:   partial: user
         extends: wevt:user
         properties: { plan: { type: string } }`,
  }),
  PROPERTY_FROM_TWO: row<{ name: string }>({
    severity: "error",
    message: ({ name }) => `property ${quote(name)} comes from two places`,
    hint: "rename one, or remove it from the object or from one of its groups",
    explain: "An object and the groups in its `allOf` are united. A name that two of them declare would have two meanings.",
  }),
  UNKNOWN_PARTIAL: row<{ name: string; suggestion?: string }>({
    severity: "error",
    message: ({ name }) => `there is no partial ${quote(name)}`,
    hint: (parameters) => didYouMean(parameters) ?? "define it in `schemas/`, or import the file that does",
    explain: `An event lists partials of the project or of its imports.

Wrong:   partials: { usr: required }
Right:   partials: { user: required }`,
  }),
  UNKNOWN_ORIGINATOR: row<{ name: string; suggestion?: string }>({
    severity: "error",
    message: ({ name }) => `there is no originator ${quote(name)}`,
    hint: (parameters) => didYouMean(parameters) ?? "import a standard one (`wevt:http`), or define it in `schemas/`",
    explain: `An event lists the originators that may trigger it; without a list any may.

Wrong:   originators: [htpp]
Right:   originators: [http]`,
  }),
  UNKNOWN_REQUIRE: row<{ partial: string; name: string; suggestion?: string }>({
    severity: "error",
    message: ({ partial, name }) => `partial ${quote(partial)} has no field ${quote(name)} to require`,
    hint: didYouMean,
    explain: "`require` names fields of the partial that this event needs beyond those that the partial itself requires.",
  }),
  UNKNOWN_ROLLUP: row<{ partial: string; name: string; suggestion?: string }>({
    severity: "error",
    message: ({ partial, name }) => `\`rollup\` names ${quote(name)}, which is no field of partial ${quote(partial)}`,
    hint: didYouMean,
    explain: `\`rollup\` names number fields of the partial it stands in: those of its items, also inside of objects (\`usage.inputTokens\`), but not in lists and maps.

Wrong:   rollup: { duration: { sum: true } }       properties: { durationMs: { type: number } }
Right:   rollup: { durationMs: { sum: true } }`,
  }),
};
