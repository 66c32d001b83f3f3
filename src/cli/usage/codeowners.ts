/** CODEOWNERS, as GitHub and GitLab read it: the last pattern that matches decides. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { posix } from "./inputs.js";

interface Rule {
  readonly test: RegExp;
  readonly owners: readonly string[];
}

const places: readonly string[] = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** Who owns a file, given relative to `root`; nobody where there is no CODEOWNERS file. */
export function codeOwners(root: string): (file: string) => readonly string[] {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = places.map((path) => join(folder, path)).find((path) => existsSync(path));
    if (found !== undefined) {
      const rules = parseCodeOwners(readFileSync(found, "utf8"));
      return (file) => ownersOf(rules, posix(relative(folder, join(root, file))));
    }
    if (existsSync(join(folder, ".git")) || folder === dirname(folder)) return () => [];
  }
}

export function ownersOf(rules: readonly Rule[], path: string): readonly string[] {
  return [...rules].reverse().find(({ test }) => test.test(path))?.owners ?? [];
}

/** GitLab's sections (`[Docs] @writers`) give owners to the lines below that name none. */
export function parseCodeOwners(text: string): readonly Rule[] {
  let section: readonly string[] = [];
  return text.split(/\r\n|\n|\r/).flatMap((line): readonly Rule[] => {
    const words = line.replace(/(^|\s)#.*$/, "").match(/(?:\\.|[^\s\\])+/g) ?? [];
    const [pattern, ...owners] = words;
    if (pattern === undefined) return [];
    if (/^\^?\[/.test(pattern)) {
      section = /\](?:\[\d+\])?(.*)$/.exec(line)?.[1]?.trim().split(/\s+/).filter((one) => one !== "") ?? [];
      return [];
    }
    return [{ test: patternTest(pattern), owners: owners.length > 0 ? owners : section }];
  });
}

/** As in .gitignore: a pattern without a slash inside holds at any depth; one that names a folder holds for what is in it. */
function patternTest(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const source = pattern.replace(/^\//, "").replace(/\\(.)|\*\*\/|\/\*\*$|\*\*|\*|\?|[.+^${}()|[\]]/g, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (part === "**/") return "(?:.*/)?";
    if (part === "/**") return "/.*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  const end = pattern.endsWith("/") ? ".*" : /(^|\/)\*$/.test(pattern) ? "" : "(?:/.*)?";
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${source}${end}$`);
}
