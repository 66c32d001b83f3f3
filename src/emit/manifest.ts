/** The list of what wevt owns in an output folder: sorted, one line a file, so that a changed partial changes its own lines. */
import { hash } from "node:crypto";

export const manifestName = ".wevt-manifest";

/** Path relative to the folder → SHA-256 of the bytes that were written. While a run is under way a path may have two: before and after. */
export type Manifest = ReadonlyMap<string, readonly string[]>;

export function hashOf(content: string | Uint8Array): string {
  return hash("sha256", content, "hex");
}

/** Lines that are not of our form, or that name a file outside the folder, are left out: what is not listed is not ours. */
export function parseManifest(text: string): Manifest {
  const manifest = new Map<string, readonly string[]>();
  for (const line of text.split("\n")) {
    const [, hash, path] = /^([0-9a-f]{64})  (.+)$/.exec(line) ?? [];
    if (hash !== undefined && path !== undefined && isInside(path)) manifest.set(path, [...(manifest.get(path) ?? []), hash]);
  }
  return manifest;
}

/** A manifest is read from version control, and what it lists may be deleted. */
function isInside(path: string): boolean {
  return !/[\\:\p{Cc}]/u.test(path) && path !== manifestName && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

export function printManifest(manifest: Manifest): string {
  const lines = [...manifest].sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([path, hashes]) => hashes.map((hash) => `${hash}  ${path}\n`));
  return `# Files that wevt generated in this folder, with their SHA-256. Do not edit.\n${lines.join("")}`;
}

/** Both lists in one, for the time of a run. */
export function unitedManifest(before: Manifest, after: Manifest): Manifest {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return new Map([...paths].map((path) => [path, [...new Set([...(before.get(path) ?? []), ...(after.get(path) ?? [])])]]));
}
