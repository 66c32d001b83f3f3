/** What the checks of one generated module share: its declarations, its imports, and which checks there are at all. */
import type { Format } from "../../compiler/registry.js";
import { literal, memberAccess } from "../text.js";

/** Every check there is, by name. Taking one away has to fail a test (`test/emit/validators`). */
export const checks = [
  "type", "values", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "prefixItems",
  "items", "noMoreItems", "minItems", "maxItems", "uniqueItems", "properties", "required", "closed", "additionalProperties", "patternProperties", "propertyNames",
  "minProperties", "maxProperties", "dependentRequired", "variants",
] as const;
export type CheckName = (typeof checks)[number];

/** What a module collects while its checks are printed. */
export interface CheckModule {
  /** Declarations that the expressions use, in order. */
  readonly declarations: string[];
  /** Their names by what follows the name, so that nothing is declared twice. */
  readonly names: Map<string, string>;
  /** Names to import from `wevt/codegen`. */
  readonly imports: Set<string>;
  readonly formats: Set<Format>;
  /** JavaScript: without types. */
  readonly plain: boolean;
  /** For tests: checks that are left out. */
  readonly without: ReadonlySet<CheckName>;
}

export function checkModule({ plain = false, without = new Set() }: Partial<Pick<CheckModule, "plain" | "without">> = {}): CheckModule {
  return { declarations: [], names: new Map(), imports: new Set(), formats: new Set(), plain, without };
}

export function has({ without }: CheckModule, check: CheckName): boolean {
  return !without.has(check);
}

/** Declares a function and returns its name. */
export function declare(module: CheckModule, lines: readonly string[], { parameter, lists = false }: { readonly parameter: string; readonly lists?: boolean }): string {
  const list = lists ? (module.plain ? ", l" : ", l?: any") : "";
  const head = module.plain ? `(${parameter}${list})` : `(${parameter}: any${list}): ${lists ? "any" : "boolean"}`;
  return once(module, "c", { before: "function ", after: `${head} {\n${indent(lines).join("\n")}\n}` });
}

/** Declares a constant and returns its name. */
export function hoist(module: CheckModule, text: string): string {
  return once(module, "h", { before: "const ", after: ` = ${text};` });
}

function once({ declarations, names }: CheckModule, letter: string, { before, after }: { readonly before: string; readonly after: string }): string {
  const known = names.get(after);
  if (known !== undefined) return known;
  const name = `${letter}${declarations.length}`;
  names.set(after, name);
  declarations.push(`${before}${name}${after}`);
  return name;
}

/** Imports a helper and returns its name. */
export function helper(module: CheckModule, name: string): string {
  module.imports.add(name);
  return name;
}

/** Reads a property of `o`; one that every object inherits has to be its own. */
export function read(module: CheckModule, o: string, name: string): string {
  return name in Object.prototype ? `${helper(module, "own")}(${o}, ${literal(name)})` : `${o}${memberAccess(name)}`;
}

export function regexOf(module: CheckModule, pattern: string): string {
  return hoist(module, `/*@__PURE__*/ new RegExp(${literal(pattern)}, "u")`);
}

export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
