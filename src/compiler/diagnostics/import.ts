/** What `wevt import` cannot put into a schema, or only in another form. Each is told at its place in the user's types. */
import { quote, row } from "./row.js";

/** The words of another diagnostic, which has quoted what it tells. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");

/** A type as TypeScript prints it, on one line. */
const code = (text: string): string => quote(text).slice(1, -1);

export const importDiagnostics = {
  IMPORT_LEFT_OUT: row<{ path: string; why: string; cure: string }>({
    severity: "error",
    message: ({ path, why }) => `${quote(path)} is left out: ${why}`,
    hint: ({ cure }) => cure,
    explain: `A record is JSON, so what JSON cannot hold (functions, symbols, maps, sets, streams) is no field. The schema files are written without it.

Wrong:   interface Cart { items: Map<string, number>; total(): number }
Right:   interface Cart { items: Record<string, number>; total: number }`,
  }),
  IMPORT_NAME: row<{ path: string; what: string; name: string; why: string; cure: string }>({
    severity: "error",
    message: ({ path, what, name, why }) => `${quote(path)} is left out: ${quote(name)} is no name for ${what}: ${why}`,
    hint: ({ cure }) => cure,
    explain: `What is on the wire is never renamed behind your back, so a name that no column could have is not imported. Partials are named like variables (a
small letter first); properties have letters, digits, _ and -, and no dots.

Wrong:   interface Registry { "user.info": { "first name": string } }
Right:   interface Registry { user: { firstName: string } }`,
  }),
  IMPORT_AS_JSON: row<{ path: string; why: string; cure: string }>({
    severity: "warn",
    message: ({ path, why }) => `${quote(path)} is written as \`kind: json\`, which takes anything: ${why}`,
    hint: ({ cure }) => cure,
    explain: `The field is kept, and its generated type is \`unknown\`. A shape that a column can have says more: objects that one property with a literal tells apart,
one kind of element in an array, no type that holds itself.

Wrong:   type Payment = { card: string } | { iban: string }
Right:   type Payment = { by: "card"; card: string } | { by: "transfer"; iban: string }`,
  }),
  IMPORT_WIDER: row<{ path: string; type: string; written: string }>({
    severity: "warn",
    message: ({ path, type, written }) => `the generated type of ${quote(path)} is wider than ${code(type)}: ${written}`,
    hint: "the file is right about the values, as far as it says; write the type in a narrower form, or live with the wider one",
    explain: `A schema has one list of types for a field, and one closed list of values; TypeScript can mix both.

Wrong:   timeout: number | "never"      →  type: [number, string], pattern: ^never$
Right:   timeout: number | null         →  type: [number, "null"]`,
  }),
  IMPORT_NARROWER: row<{ path: string; type: string; written: string }>({
    severity: "warn",
    message: ({ path, type, written }) => `the file is stricter about ${quote(path)} than ${code(type)}: ${written}`,
    hint: "see that the values are so, or write the type in that stricter form",
    explain: `Two types that a schema cannot tell apart become the one that loses no data.

Wrong:   at: Date | string                             →  type: string, format: date-time; other texts are reported, and kept
         headers: Record<string, string | undefined>   →  values are text; a key without a value is left out
Right:   at: Date
         headers: Record<string, string>`,
  }),
  IMPORT_KEYWORD: row<{ path: string; keyword: string; id: string; message: string }>({
    severity: "warn",
    message: ({ path, keyword, id, message }) => `\`${keyword}\` of ${quote(path)} is kept as a comment, since it would not pass \`wevt check\` (${id}): ${oneLine(message)}`,
    hint: ({ id }) => `\`wevt explain ${id}\` says why; mend the comment in the types, or the line in the written file`,
    explain: `Imported files pass \`wevt check\`. A tag of a doc comment that would not is written as a comment.

Wrong:   /** @example far too long
          *  @maxLength 5 */
Right:   /** @example short
          *  @maxLength 5 */`,
  }),
  IMPORT_REFUSED: row<{ path: string; id: string; message: string; what: string }>({
    severity: "error",
    message: ({ path, id, message, what }) => `${what} ${quote(path)} is left out, since it would not pass \`wevt check\` (${id}): ${oneLine(message)}`,
    hint: ({ id }) => `\`wevt explain ${id}\` says why; change the type, or add to the written file by hand`,
    explain: `Imported files pass \`wevt check\`. What would not is left out of them and told here: names that collide in generated code or on the
record, one path with two types.

Wrong:   interface Registry { outcome: { result: string } }      every record has an outcome
Right:   interface Registry { order: { outcome: string } }`,
  }),
  IMPORT_TAG: row<{ path: string; tag: string; why: string }>({
    severity: "info",
    message: ({ path, tag, why }) => `@${code(tag)} of ${quote(path)} is kept as a comment: ${why}`,
    hint: "the comment stands in the written file; say it there in the words of a schema",
    explain: `An example has to be a value of its field. Examples of calls, tags without a counterpart and values of another type stay readable in comments.

Wrong:   /** @example track(user) */ id: string
Right:   /** @example "user_42" */ id: string`,
  }),
};
