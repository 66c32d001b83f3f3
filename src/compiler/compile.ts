/**
 * From schema files to the Registry. The compiler knows no disk, no clock, no terminal and no emitter: files come in as text, and what is wrong
 * with them goes out as diagnostics. Each stage leaves a mark in the process's performance timeline (`wevt:load`), which `test/bench` reads and
 * nothing here does.
 */
import { check } from "./check.js";
import { isClean } from "./diagnostics.js";
import { load } from "./load.js";
import { placesOf } from "./places.js";
import type { Project } from "./project.js";
import type { Registry } from "./registry.js";
import { resolve } from "./resolve.js";
import type { Result } from "./result.js";

/**
 * The line of stages. A stage runs on the clean result of the one before; `value` is undefined as soon as one found an error.
 *
 *     const { value: registry, diagnostics } = await compile({ files: [{ path: "schemas/user.yaml", text }], config: defaultConfig });
 */
export async function compile({ files, config }: Project): Promise<Result<Registry | undefined>> {
  performance.mark("wevt:load");
  const loaded = load(files);
  if (!isClean(loaded.diagnostics)) return { value: undefined, diagnostics: loaded.diagnostics };

  performance.mark("wevt:resolve");
  const resolved = resolve(loaded.value, config);
  if (!isClean(resolved.diagnostics)) return { value: undefined, diagnostics: [...loaded.diagnostics, ...resolved.diagnostics] };

  performance.mark("wevt:check");
  const checked = await check(resolved.value, placesOf(loaded.value), new Set(loaded.value.flatMap(({ known }) => known ?? [])));
  const diagnostics = [...loaded.diagnostics, ...resolved.diagnostics, ...checked.diagnostics];
  return { value: isClean(diagnostics) ? checked.value : undefined, diagnostics };
}
