/** ts-morph, for everything that reads users' TypeScript: the one file that imports it. Load what imports this file with `import()`: it is large. */
import { getLibFiles } from "@ts-morph/common";

export * from "ts-morph";

/** The declarations of the language and the DOM that the compiler of ts-morph was made with, by file name. */
export function standardLibrary(): ReadonlyMap<string, string> {
  return new Map(getLibFiles().map(({ fileName, text }) => [fileName, text]));
}
