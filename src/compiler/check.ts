import type { Diagnostic } from "./diagnostics.js";
import type { Registry } from "./registry.js";
import type { Result } from "./result.js";
import { bounds } from "./rules/bounds.js";
import { keys } from "./rules/keys.js";
import { metadata } from "./rules/metadata.js";
import { namesCollide } from "./rules/names-collide.js";
import { paths } from "./rules/paths.js";
import { patterns } from "./rules/patterns.js";
import { reserved } from "./rules/reserved.js";
import { sampling } from "./rules/sampling.js";
import { values } from "./rules/values.js";
import type { Origin, Span } from "./source.js";

/** Finds the place of an origin again, for a diagnostic: of the value of a keyword there when keywords lead on to it. */
export type Places = (origin: Origin, ...keywords: readonly (string | number)[]) => Span;

/** One thing that can be wrong with a Registry. */
export type Rule = (registry: Registry, places: Places) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

/** Rules without which generated code is wrong, or says something that is not so. */
const rules: readonly Rule[] = [namesCollide, bounds, patterns, metadata, paths, reserved, sampling];

/** These try patterns on values and names: not before it is known that each pattern comes to an end. */
const trials: readonly Rule[] = [keys, values];

/** Runs the rules on the resolved Registry. */
export async function check(registry: Registry, places: Places): Promise<Result<Registry>> {
  const found: Diagnostic[] = [];
  for (const rule of rules) found.push(...(await rule(registry, places)));
  const endless = found.some(({ id }) => id === "CATASTROPHIC_PATTERN" || id === "COMPLEX_PATTERN");
  if (!endless) for (const rule of trials) found.push(...(await rule(registry, places)));
  return { value: registry, diagnostics: found };
}
