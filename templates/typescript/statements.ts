/** A generated module is a list of statements, and each knows how it reads in the two outputs: TypeScript, or JavaScript with declarations. */
import { docComment, type DocLine } from "../../src/emit/text.js";

/** `declaration`: in a `.d.ts`; but for the heavy halves, `index.d.ts` holds the declarations of all modules, and their imports once. */
export type Form = "ts" | "js" | "declaration";

/** Its text in one form, made when it is asked for: a run needs one or two of them. */
export type Statement = (form: Form) => string;

/** Interfaces and type aliases. */
export function typesOnly(text: string): Statement {
  return (form) => (form === "js" ? "" : text);
}

/** The same where they name types of wevt; `locals` has those that the module calls otherwise. */
export function typesWithWevt(text: (named: (type: string) => string) => string, locals: { readonly [type: string]: string } = {}): Statement {
  return (form) => (form === "js" ? "" : form === "ts" ? text((type) => locals[type] ?? type) : text(declared));
}

/** What something of wevt is called beside names that come from schemas: they begin with a letter. In `index.d.ts` every type of wevt is called so. */
export function declared(name: string): string {
  return `_${name}`;
}

/** Imports and re-exports of types. */
export function typeImports(text: string): Statement {
  return (form) => (form === "ts" ? text : "");
}

/** Imports and re-exports of values, and what stands in a module for itself. */
export function valuesOnly(text: string): Statement {
  return (form) => (form === "declaration" ? "" : text);
}

export interface ConstantStatement {
  readonly doc?: readonly DocLine[];
  readonly name: string;
  readonly type: string;
  /** In declarations, where it is called otherwise there. */
  readonly declaredType?: string;
  readonly value: string;
  /** Where the value has types or comments in it: the same without. */
  readonly plain?: () => string;
  /** What it is called inside a JavaScript module, where its own name could be that of an import. */
  readonly local?: string;
}

/** `export const NAME: TYPE = VALUE;` after an empty line. */
export function constant({ doc = [], name, type, declaredType = type, value, plain = () => value, local }: ConstantStatement): Statement {
  return (form) => {
    if (form === "js") return local === undefined ? `\nexport const ${name} = ${plain()};\n` : `\nconst ${local} = ${plain()};\nexport { ${local} as ${name} };\n`;
    const comment = docComment(doc);
    return form === "ts" ? `\n${comment}export const ${name}: ${type} = ${value};\n` : `\n${comment}export declare const ${name}: ${declaredType};\n`;
  };
}

/** What to write in an import and what to call it after, where the module has something of that name itself. */
export function imported(name: string, own: readonly string[]): { readonly specifier: string; readonly local: string; readonly property: string } {
  const local = declared(name);
  return own.includes(name) ? { specifier: `${name} as ${local}`, local, property: `${name}: ${local}` } : { specifier: name, local: name, property: name };
}

/** The text of a module in one form. A JavaScript module of types alone is still a module. */
export function moduleText(header: string, statements: readonly Statement[], form: Form): string {
  const text = statements.map((statement) => statement(form)).join("");
  return `${header}\n${text === "" ? "export {};\n" : text}`;
}
