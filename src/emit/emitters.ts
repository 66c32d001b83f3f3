/** The built-in emitters, each loaded when it is wanted: most commands need none of them, and one brings a code generator along. */
import type { Emitter } from "./emitter.js";

export const emitters: { readonly [name: string]: () => Promise<Emitter> } = {
  typescript: async () => (await import("./typescript.js")).typescriptEmitter,
  docs: async () => (await import("./docs.js")).docsEmitter,
  fields: async () => (await import("./fields.js")).fieldsEmitter,
};
