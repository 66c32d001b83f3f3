/** Words that cannot name an export: a partial `delete` gets the builder `delete_`. */
const reserved = new Set(
  ("await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield " +
    "arguments async undefined NaN Infinity").split(" "),
);

/** A type of the language itself, from where `own` types are declared. */
export function globalType(name: "Date" | "Object" | "Pick", own: ReadonlySet<string>): string {
  return own.has(name) ? `globalThis.${name}` : name;
}

/** The identifier itself, or with `_` behind it where the language keeps it. */
export function safeIdentifier(name: string): string {
  return reserved.has(name) ? `${name}_` : name;
}
