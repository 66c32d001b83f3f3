/** What a schema file of the project would say if it followed the types again. */
import type { SourceFile } from "../../compiler/source.js";
import type { ImportedFile } from "./gate.js";

export function proposalFor(_before: SourceFile, { text }: ImportedFile): string {
  return text;
}
