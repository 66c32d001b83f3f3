/** Compiles a project written as an object literal: path → YAML text. Indentation that all lines share is taken off. */
import { compile } from "../../src/compiler/compile.js";
import { defaultConfig, type Config } from "../../src/compiler/config.js";
import type { Registry } from "../../src/compiler/registry.js";
import { originOf } from "../../src/compiler/source.js";

export interface Outcome {
  /** Throws when there is none: the message lists the diagnostics. */
  readonly registry: Registry;
  /** `file:line:column ID message`, one a line; related places indented below. */
  readonly problems: readonly string[];
}

export async function compileFiles(files: { readonly [path: string]: string }, config: Partial<Config> = {}): Promise<Outcome> {
  const projectFiles = Object.entries(files).map(([path, text]) => ({
    path,
    text: dedent(text),
    ...(/^(wevt:|@)/.test(path) ? { importedFrom: path.replace(/\.yaml$/, "") } : {}),
  }));
  const { value, diagnostics } = await compile({ files: projectFiles, config: { ...defaultConfig, ...config } });
  const problems = diagnostics.flatMap((one) => {
    const places = [{ at: one.at, message: `${one.id} ${one.message}` }, ...(one.related ?? [])];
    return places.map(({ at, message }, index) => `${index === 0 ? "" : "  "}${place(at)} ${message}`);
  });
  return {
    get registry() {
      if (value === undefined) throw new Error(`no registry:\n${problems.join("\n")}`);
      return value;
    },
    problems,
  };
}

function place(at: { readonly source: { readonly path: string; readonly text: string }; readonly start: number } | undefined): string {
  if (at === undefined) return "-";
  const { file, line, column } = originOf(at.source, at.start);
  return `${file}:${line}:${column}`;
}

export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").split("\n");
  const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join("\n");
}
