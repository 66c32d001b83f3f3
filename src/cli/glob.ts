/** Globs over the files of a folder: `**`, `*`, `?`, `{a,b}`. Results are sorted, relative, with `/`. */
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { diagnostic } from "../compiler/diagnostics.js";
import { ConfigFailure, type Place } from "./failure.js";

/** Names of files that can be schemas. */
export const schemaFile = /\.(ya?ml|json)$/;

/** Schema files below `root` that match; `at` is where the pattern stands. `node_modules` and what has a leading dot (an editor's lock, say) is left out. */
export function glob(root: string, pattern: string, at: Place = {}): readonly string[] {
  const base = baseOf(pattern);
  const found: string[] = [];
  if (base !== "" && existsSync(join(root, base))) staysInside(root, base, at);
  visit({ root, folder: base, found, at });
  return found.filter(matcher(pattern)).sort();
}

/** Whether a pattern takes a path of the project for a schema. */
export function matcher(pattern: string): (path: string) => boolean {
  const test = toRegExp(cleaned(pattern));
  return (path) => schemaFile.test(path) && test.test(path);
}

/** Whether a pattern takes a path, of whatever kind. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const test = toRegExp(cleaned(pattern));
  return (path) => test.test(path);
}

/** The folder below which everything that matches a pattern is; empty for the root. */
export function baseOf(pattern: string): string {
  const segments = cleaned(pattern).split("/");
  const firstMagic = segments.findIndex((segment) => /[*?{]/.test(segment));
  return (firstMagic < 0 ? segments.slice(0, -1) : segments.slice(0, firstMagic)).join("/");
}

function cleaned(pattern: string): string {
  return pattern.replace(/^\.\//, "").replace(/\/$/, "/**");
}

/** A folder that is looked into: packages and hidden ones are not. */
export function isVisited(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}

function visit({ root, folder, found, at }: { readonly root: string; readonly folder: string; readonly found: string[]; readonly at: Place }): void {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    // A folder that cannot be read is told: what it holds would be missed without a word, and what was generated from it deleted.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return;
    throw error;
  }
  for (const entry of entries) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    const isLink = entry.isSymbolicLink();
    if (isLink && !staysInside(root, path, at)) continue;
    const isFolder = entry.isDirectory() || (isLink && statSync(join(root, path)).isDirectory());
    if (!isFolder) found.push(path);
    else if (!isLink && isVisited(entry.name)) visit({ root, folder: path, found, at });
  }
}

/** A link that leaves the project is a mistake worth telling: what it points at is not reviewed with the schemas. */
function staysInside(root: string, path: string, at: Place): boolean {
  let target;
  try {
    target = realpathSync(join(root, path));
  } catch {
    throw new ConfigFailure([diagnostic("BROKEN_LINK", { path }, at)]);
  }
  const inside = realpathSync(root);
  if (target !== inside && !target.startsWith(inside + sep)) throw new ConfigFailure([diagnostic("LINK_OUTSIDE", { path }, at)]);
  return true;
}

function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("{") && part.endsWith("}")) return `(?:${part.slice(1, -1).split(",").map(escape).join("|")})`;
    return escape(part);
  });
  return new RegExp(`^${source}$`);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
