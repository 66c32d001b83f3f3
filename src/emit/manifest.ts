/** The list of what wevt owns in an output folder: sorted, one line a file, so that a changed partial changes its own lines. */
import { createHash } from "node:crypto";

export const manifestName = ".wevt-manifest";

/** Path relative to the folder → SHA-256 of the bytes that were written. */
export type Manifest = ReadonlyMap<string, string>;

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Lines that are not of our form are left out: what is not listed is not ours. */
export function parseManifest(text: string): Manifest {
  const lines = text.split("\n").map((line) => /^([0-9a-f]{64})  (.+)$/.exec(line));
  return new Map(lines.flatMap((match) => (match?.[1] === undefined || match[2] === undefined ? [] : [[match[2], match[1]] as const])));
}

export function printManifest(manifest: Manifest): string {
  const lines = [...manifest].sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}\n`);
  return `# Files that wevt generated in this folder, with their SHA-256. Do not edit.\n${lines.join("")}`;
}
