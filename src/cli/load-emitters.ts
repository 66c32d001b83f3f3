/** Imports the modules that `emitters` of the config names: the one place that runs code of the user's. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "../compiler/config.js";
import { diagnostic, type Diagnostic } from "../compiler/diagnostics.js";
import type { Result } from "../compiler/result.js";
import type { Emitter } from "../emit/emitter.js";
import { userEmitter } from "../emit/user-emitter.js";

/** The user's emitters by name; what is wrong with a module is told at its entry in the config. */
export async function userEmitters(root: string, { emitters, places }: Config): Promise<Result<ReadonlyMap<string, Emitter>>> {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, Emitter>();
  const paths = new Map<string, string>();
  for (const [index, path] of emitters.entries()) {
    const span = places[`/emitters/${index}`];
    const at = span === undefined ? {} : { at: span };
    const { value, diagnostics: wrong } = await loaded(join(root, path), path);
    diagnostics.push(...wrong.map((one) => ({ ...at, ...one })));
    if (value === undefined) continue;
    const other = paths.get(value.name);
    if (other === undefined) found.set(value.name, value);
    else diagnostics.push(diagnostic("DUPLICATE_EMITTER", { name: value.name, path, other }, at));
    paths.set(value.name, path);
  }
  return { value: found, diagnostics };
}

/** A version behind the path makes `--watch` see an edited module. */
async function loaded(file: string, path: string): Promise<Result<Emitter | undefined>> {
  if (!existsSync(file)) return { value: undefined, diagnostics: [diagnostic("EMITTER_NOT_FOUND", { path })] };
  try {
    return userEmitter(await import(`${pathToFileURL(file).href}?at=${Date.now()}`), path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { value: undefined, diagnostics: [diagnostic("EMITTER_NOT_LOADED", { path, reason })] };
  }
}
