/** A generated module is a list of statements, and each knows how it reads in the two outputs: TypeScript, or JavaScript with declarations beside it. */
import { docComment, type DocLine } from "../../src/emit/text.js";

export interface Statement {
  readonly ts: string;
  readonly js: string;
  /** In the `.d.ts`. */
  readonly declaration: string;
}

export type Form = keyof Statement;

/** Re-exports of values: the same everywhere. */
export function everywhere(text: string): Statement {
  return { ts: text, js: text, declaration: text };
}

/** Interfaces, type aliases, `import type`. */
export function typesOnly(text: string): Statement {
  return { ts: text, js: "", declaration: text };
}

/** Imports of values, and what stands in a module for itself. */
export function valuesOnly(text: string): Statement {
  return { ts: text, js: text, declaration: "" };
}

export interface ConstantStatement {
  readonly doc?: readonly DocLine[];
  readonly name: string;
  readonly type: string;
  readonly value: string;
  /** Where the value has types in it: the same without. */
  readonly plain?: string;
}

/** `export const NAME: TYPE = VALUE;` after an empty line. */
export function constant({ doc = [], name, type, value, plain = value }: ConstantStatement): Statement {
  const comment = docComment(doc);
  return { ts: `\n${comment}export const ${name}: ${type} = ${value};\n`, js: `\nexport const ${name} = ${plain};\n`, declaration: `\n${comment}export declare const ${name}: ${type};\n` };
}

/** What to write in an import and what to call it after, where the module has something of that name itself. */
export function imported(name: string, own: readonly string[]): { readonly specifier: string; readonly local: string; readonly property: string } {
  return own.includes(name) ? { specifier: `${name} as ${name}_`, local: `${name}_`, property: `${name}: ${name}_` } : { specifier: name, local: name, property: name };
}

/** The text of a module in one form. A JavaScript module of types alone is still a module. */
export function moduleText(header: string, statements: readonly Statement[], form: Form): string {
  const text = statements.map((statement) => statement[form]).join("");
  return `${header}\n${text === "" ? "export {};\n" : text}`;
}
