import type { Diagnostic } from "./diagnostics.js";
import type { PartialDef, Registry } from "./registry.js";
import type { Result } from "./result.js";
import { bounds } from "./rules/bounds.js";
import { keys } from "./rules/keys.js";
import { metadata } from "./rules/metadata.js";
import { namesCollide, prototypes } from "./rules/names-collide.js";
import { paths } from "./rules/paths.js";
import { patterns } from "./rules/patterns.js";
import { reserved } from "./rules/reserved.js";
import { rollups } from "./rules/rollups.js";
import { sampling } from "./rules/sampling.js";
import { values } from "./rules/values.js";
import type { Origin, Span } from "./source.js";

/** Finds the place of an origin again, for a diagnostic: of the value of a keyword there when keywords lead on to it. */
export type Places = (origin: Origin, ...keywords: readonly (string | number)[]) => Span;

/** One thing that can be wrong with a Registry. */
export type Rule = (registry: Registry, places: Places) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

/** Rules without which generated code is wrong, or says something that is not so. */
const rules: readonly Rule[] = [namesCollide, prototypes, bounds, patterns, metadata, paths, reserved, rollups, sampling];

/** These try patterns on values and names: not before it is known that each pattern comes to an end. */
const trials: readonly Rule[] = [keys, values];

/** These look at each value for itself: where they found nothing, they find nothing as long as the definition is the same. */
const local: ReadonlySet<Rule> = new Set([prototypes, bounds, keys, patterns, metadata, rollups, values]);

/** Runs the rules on the resolved Registry. `known` are partials of which they have told nothing before. */
export async function check(registry: Registry, places: Places, known: ReadonlySet<PartialDef> = new Set()): Promise<Result<Registry>> {
  const found: Diagnostic[] = [];
  const unknown = known.size === 0 ? registry : { ...registry, partials: registry.partials.filter((one) => !known.has(one)) };
  const run = (rule: Rule) => rule(local.has(rule) ? unknown : registry, places);
  for (const rule of rules) found.push(...(await run(rule)));
  const endless = found.some(({ id }) => id === "CATASTROPHIC_PATTERN" || id === "COMPLEX_PATTERN");
  if (!endless) for (const rule of trials) found.push(...(await run(rule)));
  return { value: registry, diagnostics: found };
}
